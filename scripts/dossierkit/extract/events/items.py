"""Whether the sentence of a chronicle's entry is its heading: verbs in the present, in which chronicles are told, are not known in languages
other than English, and not all in English, so the sentence behind its date is taken unless something speaks against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from dossierkit.extract.headings.judging import unfit
from dossierkit.extract.headings.plain_pieces import PlainWords, lowered
from dossierkit.extract.headings.words import listed
from dossierkit.extract.lexicon import known_place

_ENDS = " .!…"
_RELATIVE = re.compile(r", (?:\w+ )?(?:which|who|whom|where)\b")
_LONGEST = 240  # code points
_LETTERS = re.compile(r"[^\W\d_]+")
_STOPS = (".", "!", "…")


@dataclass(frozen=True, slots=True)
class ChronicleItem:
    """`said`: the words of the sentence behind its date; `line`: the heading made of them. `dated`: its date stands in front. `opens`: it begins
    its line or stands right behind a date. `named`: it names an entity. `above`: its text begins in the next line.
    """

    said: str
    line: str
    dated: bool
    opens: bool
    named: bool
    above: bool
    words: PlainWords

    @property
    def low(self) -> tuple[str, ...]:
        return tuple(lowered(self.line)) or ("",)

    @property
    def verbal(self) -> bool:
        return self.words.has_verb(self.line, self.low)

    @property
    def stopped(self) -> bool:
        return self.said.rstrip().endswith(_STOPS)


REASONS: Mapping[str, Callable[[ChronicleItem], bool]] = MappingProxyType(
    {
        "its date stands within it": lambda item: not item.dated,
        "it goes on in its line": lambda item: not item.opens,
        "it tells of nothing": lambda item: not (item.named or item.verbal or item.said.endswith(".")),
        "its heading is cut": lambda item: len(item.line) < len(item.said.rstrip(_ENDS)),
        "it is a headline of the next line": lambda item: item.above and not item.stopped,
        "it begins with a pronoun": lambda item: item.words.begins(item.low, item.words.pronouns),
    }
)
"""What speaks against it, by its name."""


def against(item: ChronicleItem) -> list[str]:
    """The reasons against a sentence as the heading of its entry; none if it is one."""
    return [reason for reason, applies in REASONS.items() if applies(item)]


def entry_line(said: str) -> str:
    """The heading of an English entry: its sentence, if long without a last relative clause; "" if it is none of its own, or too long."""
    words = " ".join(said.split()).rstrip(_ENDS)
    line = words if len(words) <= _LONGEST else _RELATIVE.split(words, maxsplit=1)[0]
    low = _LETTERS.findall(line.lower())
    unclear = (
        not low
        or low[0] in listed("standing_for")
        or not listed("speakers").isdisjoint(low)
        or _is_place(line)
    )
    return "" if unclear or not said.rstrip().endswith(".") or len(line) > _LONGEST or unfit(said) else line


def _is_place(line: str) -> bool:
    """As in "Choluteca, Honduras", which says where what follows happened."""
    return line.title() == line and known_place(line.rpartition(", ")[2])
