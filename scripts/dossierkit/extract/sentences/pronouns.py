"""Pronouns of the narrator, outside quotations, and a person's gender by titles and relations (English)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dossierkit.extract.headings.words import listed, verb_at, words_of
from dossierkit.model.finding import Mention
from dossierkit.text.data import load

# Of several sentences each may begin with a mark of its own: "One. "Two." has one quotation.
_QUOTED = re.compile(r"“[^”\n]*[”\n]?|\"(?:[^\"\n]|(?<=\s)\"(?=\w))*[\"\n]?|«[^»\n]*[»\n]?")
_CLOSING = frozenset('”"»')
_GOES_ON = re.compile(r"\n?(?:[^“”\"\n]{0,2000}\n{1,3}){0,4}[^“”\"\n]{0,2000}(?<=\S)[”\"](?!\w)")
_BEFORE = 24  # code points before a name in which its title is looked for
_AHEAD = 8  # words after "it" in which its verb is looked for
_WORD = re.compile(r"([^\W\d_]+)")
_LAST_WORD = re.compile(r"\b((?:[Mm](?:rs?|s|me)(?=\.? $))|[^\W\d_]+(?=,? $))\.?,? $")
_PERFECT = frozenset({"has", "have", "had"})


@dataclass(frozen=True, slots=True)
class Pronoun:
    """A pronoun; code points, half open.

    `said`: in lower case. `gender`: "he", "she", or "" for a thing. `owns`: "his", "her", "its".
    """

    start: int
    end: int
    said: str
    gender: str
    owns: bool


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The quotations of a text. One that is not closed in its paragraph ends with it, or where it is closed some paragraphs on."""
    at = 0
    while match := _QUOTED.search(text, at):
        goes_on = (
            None if match[0][-1] in _CLOSING and len(match[0]) > 1 else _GOES_ON.match(text, match.end())
        )
        at = goes_on.end() if goes_on is not None else match.end()
        yield match.start(), at


class Quotations:
    """Spans of quotations, whose pronouns do not refer to the narrator's people."""

    def __init__(self, text: str) -> None:
        spans = list(_spans(text))
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def hold(self, at: int) -> bool:
        return self.around(at) is not None

    def around(self, at: int) -> tuple[int, int] | None:
        """The quotation that holds a place, in code points, half open."""
        index = bisect_right(self._starts, at) - 1
        inside = index >= 0 and at < self._ends[index]
        return (self._starts[index], self._ends[index]) if inside else None


def personal(text: str, start: int, end: int) -> Iterator[Pronoun]:
    """Personal and possessive pronouns of one person in text[start:end], without "he or she"."""
    for match in _personal().finditer(text, start, end):
        said = match[0].lower()
        if (
            _either().match(text, match.end()) is None
            and _either_before().search(text, start, match.start()) is None
        ):
            yield Pronoun(*match.span(), said, _forms()[said], said in _data("owning"))


def opening(text: str, start: int, end: int) -> Pronoun | None:
    """An "it" or "its" that begins a sentence or follows its adjunct, and refers to an acting body or thing.

    Not in "it is likely that", "it was a very emotional day", "it may cost".
    """
    for match in _thing().finditer(text, start, end):
        said = match[0].lower()
        owns = said in _data("owning")
        if owns or _tells(text, match.start(), end):
            return Pronoun(*match.span(), said, "", owns)
    return None


def _tells(text: str, start: int, end: int) -> bool:
    words = words_of(text, start, end)[:_AHEAD]  # from the pronoun
    kinds = [verb_at(words, k) for k in range(len(words))]
    at = next((k for k, word in enumerate(words) if kinds[k] == "finite" or word.low in _data("be")), None)
    if at is None or words[at].low in _data("maybe"):
        return False
    if words[at].low not in _data("be") | _PERFECT:
        return True
    after = next((k for k in range(at + 1, len(words)) if kinds[k] == "participle"), None)
    if after is None or any(word.low not in listed("adverbs") | {"been"} for word in words[at + 1 : after]):
        return False
    active = words[at].low in _PERFECT and words[after - 1].low != "been"
    return active or words[after].low in _data("done_to_bodies")


def gender_of(text: str, mention: Mention) -> str:
    """The gender that a title, office or relation before the name, or its first word, implies: "he", "she" or ""."""
    before = _LAST_WORD.search(text, max(0, mention.start - _BEFORE), mention.start)
    first = _WORD.match(mention.text)
    words = [match[1].lower() for match in (before, first) if match is not None]
    genders = {gender for word in words if (gender := _titles().get(word))}
    return next(iter(genders)) if len(genders) == 1 else ""


def gender_of_noun(noun: str) -> str:
    """The gender that a noun of one person implies ("brother"), else ""."""
    return _titles().get(noun.lower(), "")


@cache
def _data(kind: str) -> frozenset[str]:
    return frozenset(map(str, load("en/subjects")[kind]))


@cache
def _forms() -> dict[str, str]:
    data: dict[str, Any] = load("en/subjects")
    return {form: gender for gender in ("he", "she") for form in data["forms"][gender]}


@cache
def _titles() -> dict[str, str]:
    data: dict[str, Any] = load("en/subjects")
    return {word: gender for gender in ("he", "she") for word in data["titles"][gender]}


def _alternatives(words: Sequence[str]) -> str:
    return "|".join(form for word in sorted(words) for form in (word, word.title()))


@cache
def _personal() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives([*_forms()])})\b")


@cache
def _either() -> re.Pattern[str]:
    return re.compile(rf" ?(?:/|\bor\b) ?(?:{_alternatives([*_forms()])})\b")


@cache
def _either_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_alternatives([*_forms()])}) ?(?:/|\bor\b) ?$")


@cache
def _thing() -> re.Pattern[str]:
    opens = r"(?:(?<=^)|(?<=[.;:\n”\"] )|(?<=, )|(?<=\n))"
    return re.compile(rf"{opens}\b(?:{_alternatives(load('en/subjects')['thing'])})\b")
