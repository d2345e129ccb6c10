"""Weak aliases that are part of another name ("Latin American", "American Airlines") or of an amount ("US$40"), or name a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from dossierkit.text.data import load
from dossierkit.text.unspaced import is_unspaced

_AROUND = 24
"""Code points around an alias in which the words of the data file lie."""
_THE = "the "
_WORD = 6  # code points of a longer word on each side of a name
_STATE, _STATE_GOES_ON = "国國", "家"  # "states" in Chinese: "拉美国家" has nothing of "美国"
_CLAUSE_END = (
    r"(?=\s{0,3}(?:[.;:!?()\"”’\]]|,(?! [A-Z])|\Z)|\s{1,3}(?:as|at|by|only|that|when|which|while|with)\b)"
)


@dataclass(frozen=True, slots=True)
class _Surroundings:
    before: re.Pattern[str]
    after: re.Pattern[str]
    languages: frozenset[str]
    spoken: re.Pattern[str]
    clause_end: re.Pattern[str]
    tongue: re.Pattern[str]
    families: tuple[str, ...]
    articled: frozenset[str]
    club: re.Pattern[str]
    club_end: re.Pattern[str]


def in_other_name(text: str, start: int, end: int) -> bool:
    """Whether the weak alias at [start, end), in code points, means none of its records for what stands around it."""
    around = _surroundings()
    first, last = max(0, start - _AROUND), end + _AROUND
    if around.before.search(text, first, start) or around.after.match(text, end, last):
        return True
    if text[start:end] in around.articled and text[max(0, start - len(_THE)) : start].lower() != _THE:
        return True
    if text[start:end] not in around.languages:
        return False
    spoken = around.spoken.search(text, first, start) and around.clause_end.match(text, end, last)
    return bool(spoken or around.tongue.match(text, end, last) or _glossed(text, start, end))


def in_longer_name(text: str, start: int, end: int) -> bool:
    """Whether a name, weak alias or not, is the beginning of a family of languages ("Niger-Congo"), part of the name of a club
    ("Real Madrid") or, in a script without spaces, of a longer word ("发展中国家"): no name is there. Offsets in code points.
    """
    if is_unspaced(text[start]):
        return _in_longer_word(text, start, end)
    around = _surroundings()
    if text.startswith(around.families, start) or around.club_end.match(text, end):
        return True
    return around.club.search(text, max(0, start - _AROUND), start) is not None


def _in_longer_word(text: str, start: int, end: int) -> bool:
    if text[end - 1] in _STATE and text[end : end + 1] == _STATE_GOES_ON:
        return True
    first = max(0, start - _WORD)
    words = _longer_words().finditer(text, first, end + _WORD)
    return any(word.start() <= start and end <= word.end() for word in words)


@cache
def _longer_words() -> re.Pattern[str]:
    words = sorted(load("othernames")["words"], key=len, reverse=True)
    return re.compile("|".join(map(re.escape, words)))


def in_tongue(text: str, start: int) -> bool:
    """Whether a family of languages begins at an offset."""
    return text.startswith(_surroundings().families, start)


def _glossed(text: str, start: int, end: int) -> bool:
    """Whether a word follows in the language: "(German: Köln)"."""
    return text.endswith("(", 0, start) and text.startswith(":", end)


@cache
def _surroundings() -> _Surroundings:
    words = load("othernames")
    return _Surroundings(
        before=re.compile(rf"\b{_any(words['before'])}[ -]\Z"),
        after=re.compile(rf"\s{_any(words['after'])}\b|{'|'.join(words['amounts'])}"),
        languages=frozenset(words["languages"]),
        spoken=re.compile(rf"\b{_any(words['spoken'])}\s\Z", re.IGNORECASE),
        clause_end=re.compile(_CLAUSE_END),
        tongue=re.compile(rf"(?:, an? [\w-]{{1,20}} |[\s-]){_any(words['tongue'])}\b"),
        families=tuple(words["families"]),
        articled=frozenset(words["articled"]),
        club=re.compile(rf"\b{_any(words['clubs'])} \Z"),
        club_end=re.compile(rf" {_any(words['club_ends'])}\b"),
    )


def _any(words: list[str]) -> str:
    return "(?:" + "|".join(map(re.escape, words)) + ")"
