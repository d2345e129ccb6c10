"""The main event of an article in another language than English, where reading by clauses proposes none.

It is the sentence of the lead that shares most words with the title, dated by the day of the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dossierkit.extract.dating import Day
from dossierkit.extract.participants import SentenceParticipants
from dossierkit.extract.tense import tense
from dossierkit.model.finding import Event

MAIN = (0.45, "main event of the article, date of the report")
_LONGEST = 160  # code points of a heading
_SHORTEST = 60  # of one that is cut at a sign
_LEAST = 20  # code points of a sentence
_STEM = 5  # first letters by which a word of the title is known in another form
_NEAR = 3  # days from the report on which its news may have happened
_JUST = 1  # day before the report on which its main sentence says that it happened
_WORD = re.compile(r"[^\W\d_]{4,}")
_SIGN = re.compile(r"[,،;؛:] | [–—-] ")
_EDGES = " \t\n,،;:.!。…–—-"
_CLOSED = re.compile(r"[^“«„”»]*[”»]")
_OPENING = tuple("“«„\"'‘»–—-")


def main_sentence(
    title: str, sentences: Sequence[SentenceParticipants], lang: str
) -> SentenceParticipants | None:
    """The sentence of the lead with most words of the title, the first of equals; with a verb, if one that fits has one."""
    fits = [one for one in sentences if one.lead and _fits(one)]
    told = [one for one in fits if tense(one.words, lang)] or fits
    stems = _stems(title)
    return max(told, key=lambda one: len(stems & _stems(one.words)), default=None)


def main_day(one: SentenceParticipants, published: str) -> Day:
    """The last day before the report that its main sentence names ("yesterday"), else the day of the report."""
    day = Day(published, "report")
    days = [timex.edtf or "" for _, timex in one.dates if _is_day(timex.edtf) and day.near(timex.edtf, _JUST)]
    named = max((edtf for edtf in days if edtf <= published), default=published)
    return Day(named, "story") if named != published else day


def _is_day(edtf: str | None) -> bool:
    return len(edtf or "") == len("2016-05-30")


def main_heading(sentence: str) -> str:
    """A sentence as a heading: whole, or to the last sign that is not too far in, or to a word with "…" behind it."""
    line = " ".join(sentence.split()).rstrip(_EDGES)
    if len(line) <= _LONGEST:
        return line
    signs = [found.start() for found in _SIGN.finditer(line, _SHORTEST, _LONGEST)]
    return line[: signs[-1]] if signs else f"{line[: line.rfind(' ', 0, _LONGEST)].rstrip(_EDGES)} …"


def with_main(events: Sequence[Event], main: Event, published: str) -> tuple[Event, ...]:
    """The events with `main` among the proposed ones, unless one of them reports what its sentence does, or is in the lead and
    of these days.
    """
    day = Day(published, "report")
    if any(one.proposed and (one.start == main.start or _is_news(one, main, day)) for one in events):
        return tuple(events)
    others = (
        replace(one, proposed=False)
        if one.timex is None and one.dated_by != "heading"
        else one  # less sure than `main`
        for one in events
        if (one.date, one.quote) != (main.date, main.quote)
    )
    return tuple(sorted((*others, replace(main, proposed=True)), key=lambda one: one.start))


def _is_news(one: Event, main: Event, day: Day) -> bool:
    return one.start <= main.start and bool(one.date) and day.near(one.date, _NEAR)


def _fits(one: SentenceParticipants) -> bool:
    written = one.words.strip()
    plain = not (one.dateline or one.shouted or one.caption or "?" in written or "؟" in written)
    goes_on = _CLOSED.match(written) is not None  # with a quotation from the sentence before
    return plain and not goes_on and len(written) >= _LEAST and not written.startswith(_OPENING)


def _stems(words: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(words.casefold()))
