"""Runs of capitalised words, from which the rules take their candidates."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dossierkit.model.finding import Sentence

_RANGES = ((0x41, 0x250), (0x370, 0x530), (0x1E00, 0x2000))
_UPPER = "".join(
    re.escape(chr(code))
    for first, last in _RANGES
    for code in range(first, last)
    if unicodedata.category(chr(code)) in ("Lu", "Lt")
)
_PARTICLE = "al|el|ez|as|ash|ad|an|ar|at|az|ul|ur|us|ol|i|e|de|ha|bin|la|le|d|l|sur|upon"
_U = f"[{_UPPER}]"
_REST = r"[^\W_]*(?:[’'](?![sS]\b)[^\W_]+|(?<=\bCo)-[a-z]+)*"
_ABBREVIATED = (
    r"(?:(?<=\b[JSDMPG]r)|(?<=\b(?:Mrs|Gen|Col|Maj|Sgt|Cpl|Adm|Gov|Sen|Rep|Rev|Inc|Ltd|Msg))|(?<=\b(?:Lt|Mt|St|Ms|Co|Fr))"
    r"|(?<=\b(?:Corp|Capt|Cmdr|Brig|Prof|Pres)))\."
)
# A word from its first capital: dotted letters, an initial, or letters with hyphens and apostrophes inside.
_AFTER_CAPITAL = (
    rf"(?:(?:\.{_U})+(?:\.|(?!\w))|\.(?=[ \xa0]{_U})"
    rf"|{_REST}(?:(?:[-‐‑]|&)(?:(?i:{_PARTICLE})[-‐‑])?(?:{_U}|\d){_REST})*(?:{_ABBREVIATED})?)"
)
_WORD = rf"(?:(?i:{_PARTICLE})[-‐‑’'])?[a-z]?{_U}{_AFTER_CAPITAL}"
_LINK = r"(?:of the|for the|of|for|on the|on|against|and the|and|or|&|-|de la|del|de|di|da|du|van der|van|von|der|bin|ibn|bint|al|el|ul|la|y)"
_SIGNS = ("&", "-", ",")
# After an adjective a comma may belong to a name: "Covenant on Economic, Social and Cultural Rights".
_COMMA = r"(?:,(?<=(?:ic|al),))?"
_SPACE = r"[ \xa0]{1,2}"
_NUMBER = r"\d[\w-]*"
# Begins with a plain character class, which the regex engine finds fast; what precedes the capital is added later.
_CHUNK = re.compile(
    rf"{_U}(?:(?<![\w@/#].)|(?<=(?<![\w@/#])[a-z].)){_AFTER_CAPITAL}"
    rf"(?:(?:{_COMMA}{_SPACE}|{_SPACE}{_LINK}{_SPACE})(?:{_WORD}|{_NUMBER}(?![.,]?\d|\s?%|{_SPACE}[a-z])))"
    r"{0,30}"  # words; longer runs are not names, and the bound keeps the work linear
)
_PART = re.compile(rf"(?:{_WORD})|{_NUMBER}|[^\s]+")
_LEAD = re.compile(rf"(?<!\w)(?:(?i:{_PARTICLE})[-‐‑’']|[a-z])$")


@dataclass(frozen=True, slots=True)
class RunWord:
    """A word of a run; code points, half open. `link`: the small word ("of", "and") before it, or ""."""

    start: int
    end: int
    text: str
    link: str


@dataclass(frozen=True, slots=True)
class Run:
    """Adjacent words, at least one."""

    parts: tuple[RunWord, ...]

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end


@dataclass(frozen=True, slots=True)
class CapitalisedRun(Run):
    """A run of capitalised words. `opens`: it begins its sentence, so its first capital says little."""

    opens: bool
    sentence: Sentence


def written(parts: Sequence[RunWord]) -> str:
    """The words with their links, separated by single spaces."""
    return " ".join(
        f"{part.link} {part.text}" if part.link and i else part.text for i, part in enumerate(parts)
    )


def chunks(text: str, sentence: Sentence) -> Iterator[CapitalisedRun]:
    """Runs of capitalised words in one sentence, with "of", "and" and the like inside, in text order."""
    for match in _CHUNK.finditer(text, sentence.start, sentence.end):
        start = _with_lead(text, sentence.start, match.start())
        lead = text[sentence.start : start] if start - sentence.start < 8 else "x"
        yield CapitalisedRun(
            tuple(_parts(text, start, match.end())), not any(char.isalnum() for char in lead), sentence
        )


def _with_lead(text: str, floor: int, start: int) -> int:
    """Extend to the left over the beginning of a name before its first capital: "al-", "i" of "iPhone"."""
    if start == floor or text[start - 1] == " ":
        return start
    lead = _LEAD.search(text, max(floor, start - 5), start)
    return lead.start() if lead else start


def _parts(text: str, start: int, end: int) -> Iterator[RunWord]:
    link = ""
    for match in _PART.finditer(text, start, end):
        word = match.group()
        if word.islower() or word in _SIGNS:
            link = f"{link} {word}".strip()
        else:
            yield RunWord(match.start(), match.end(), word, link)
            link = ""
