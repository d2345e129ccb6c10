"""The results of extraction from an article. All offsets are code points into the article's text, half open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of text that names an entity.

    `text`: its words, and in Arabic the letter of the article that a preposition before it swallows, so that "للأمم المتحدة"
    names "الأمم المتحدة".
    `type`: person | organization | place | document | event. `entity`: the id it was resolved to (an authority
    record's id, or one made from the name), empty before resolution. `score`: from 0 to 1. `reason`: the rule or model that
    found it and, after resolution, the rule that joined it to its entity.
    """

    start: int
    end: int
    text: str
    type: str
    score: float = 1.0
    reason: str = ""
    entity: str = ""

    def over(self, text: str, start: int, end: int) -> Mention:
        """The same name with more or fewer words of the article's text."""
        return replace(self, start=start, end=end, text=text[start:end])


@dataclass(frozen=True, slots=True)
class Timex:
    """A time expression. `type` (DATE, TIME, DURATION, SET) and `value` as in TIMEX3.

    `edtf` is None when the expression cannot be dated. `relative`: its value depends on `anchor`, which says what
    it was resolved against ("published 2016-05-30", "2016-01-29 at 120", "" for absolute expressions).
    """

    start: int
    end: int
    text: str
    type: str
    value: str
    edtf: str | None
    relative: bool
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event that a sentence reports.

    `start`, `end`: the span of the sentence. `timex`: index into the article's timexes, None if the sentence has no date; the
    first of two that are one date ("11 and 12 February"). `when`: the words of the date.
    `date`: EDTF, None if the words could not be resolved. `quote`: words of the sentence. `text`: a short heading cut from
    them; no word is invented. `dated_by`: if the sentence has no date, where its date is from: the day of the "report", of
    the "story" (named in the first sentences), or of the "heading" above. `proposed`: whether it is shown to an editor.
    """

    start: int
    end: int
    date: str | None
    timex: int | None
    entities: tuple[str, ...]
    quote: str
    text: str
    score: float = 1.0
    reason: str = ""
    dated_by: str = ""
    proposed: bool = False
    when: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The results for one article, in text order. `notes`: what was left out, and why."""

    id: str
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    timexes: tuple[Timex, ...] = ()
    events: tuple[Event, ...] = ()
    notes: tuple[str, ...] = ()


class NameFinder(Protocol):
    """A name model: returns spans of people, organisations and places, sorted, none overlapping."""

    def reads(self, lang: str) -> bool:
        """Whether it supports texts of this language (primary subtag of BCP 47, lower case)."""
        ...

    def find(self, text: str, sentences: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int, str, float]]:
        """(start, end, type, score in 0..1) in code points, half open."""
        ...
