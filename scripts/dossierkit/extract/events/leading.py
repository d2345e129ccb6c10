"""The main event of an article in a language other than English, if reading by clauses proposes no event for its news.

The main event is the sentence of the lead that shares most words with the title, dated by the day of the report.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dossierkit.extract.events.dating import Day, to_end
from dossierkit.extract.headings.plain import dates_main_clause
from dossierkit.extract.headings.plain_pieces import plain_words
from dossierkit.extract.sentences.participants import SentenceParticipants
from dossierkit.extract.tense import tense
from dossierkit.model.finding import Event, Timex
from dossierkit.text.fold import fold
from dossierkit.text.terms import without_article
from dossierkit.text.unspaced import is_shorter

MAIN = (0.45, "main event of the article, date of the report")
_WHOLE = 240  # code points of a sentence that is its own heading
_LONGEST = 160  # code points of a heading that is cut
_SHORTEST = 60  # code points of a heading that is cut at a sign
_LEAST = 20  # code points of a sentence
_STEM = 5  # first letters by which another form of a word is recognised
_NEAR = 3  # days around the report within which an event counts as its news
_JUST = 1  # days before the report that its main sentence may give as its date
_OWN = 10  # the same, if it is the date of its main clause
_LEADING, _SMALL = 4, 6  # words before a date that opens a sentence, and their code points
_WORD = re.compile(r"[^\W\d_]{4,}")
_SIGN = re.compile(r"[,،;؛:] | [–—-] ")
_EDGES = " \t\n,،;:.!。।።။։…፡–—-"
_STOPS = (".", "!", "…", "۔", "。", "।", "።", "။", "፡፡", "։")
_CLOSING = ' "”»’)]'
_PART = re.compile(r"(?:[A-Z]|[IVX]+)\. ")  # "A. Thèse du requérant"
_CLOSED = re.compile(r"[^“«„”»]*[”»]")
_OPENING = tuple("“«„\"'‘»–—-")


def main_sentence(
    title: str, sentences: Sequence[SentenceParticipants], lang: str, published: str
) -> SentenceParticipants | None:
    """The sentence of the lead that shares most words with the title, the first one of equals; None if there is none.

    One that opens with an earlier date ("Twee jaar geleden veroordeelde") tells of that time.

    Sentences with a verb are preferred; without one and without a stop it is a title ("AFFAIRE HALE c. NORLAND").
    """
    suitable = [
        one for one in sentences if one.lead and _is_suitable(one) and not _opens_long_ago(one, published)
    ]
    verbal = [sentence for sentence in suitable if tense(sentence.words, lang)]
    whole = verbal or [one for one in suitable if one.words.rstrip(_CLOSING).endswith(_STOPS)]
    stems = _stems(title)
    return max(whole, key=lambda sentence: len(stems & _stems(sentence.words)), default=None)


def _opens_long_ago(one: SentenceParticipants, published: str) -> bool:
    day = Day(published, "report")
    return any(
        timex.start == one.body and day.follows(timex.edtf) and not day.near(timex.edtf)
        for _, timex in one.dates
    )


def main_day(sentence: SentenceParticipants, published: str, own: Sequence[Timex]) -> Day | None:
    """The last day shortly before the report that its main sentence names ("yesterday"), else the day of the report. `own`: the dates of its
    main clause; None if they are of another time, or the sentence names a time that nobody can place ("at Easter").
    """
    day = Day(published, "report")
    if sentence.undated:
        return None
    elsewhen = [timex.edtf or "" for timex in own if _is_elsewhen(timex.edtf or "", day)]
    past = tense(sentence.words, sentence.lang) == "past"
    recent = _OWN if elsewhen and past else _JUST
    dates = elsewhen or [timex.edtf or "" for _, timex in sentence.dates]
    near = [date for date in dates if _is_day(date) and day.near(date, recent) and date <= published]
    set_then = past and all(to_end(date, published) for date in elsewhen)
    if elsewhen and not near and not set_then:
        return None  # "extended the detention until 5 May" is of the day of the report
    named = max(near, default=published)
    return Day(named, "story") if named != published else day


def own_dates(text: str, sentence: SentenceParticipants) -> list[Timex]:
    """The dates of the main clause: a period, a date with which the sentence opens, and those that the clause is read to have."""
    words, span = plain_words(sentence.lang), (sentence.body, sentence.sentence.end)
    ends = [timex.edtf for _, timex in sentence.dates]
    return [
        timex
        for _, timex in sentence.dates
        if ends.count(timex.edtf) > 1
        or _opens(sentence, timex)
        or (words and dates_main_clause(text, span, (timex.start, timex.end), words, sentence.points))
    ]


def _is_elsewhen(edtf: str, day: Day) -> bool:
    """Whether a date does not contain the day of the report, or is a deadline that does not tell when anything happened."""
    return edtf.startswith("../") or not day.near(edtf, 0)


def _opens(sentence: SentenceParticipants, timex: Timex) -> bool:
    """Whether a sentence opens with a date, or with small words before it: "In der Nacht zum | Mittwoch"."""
    before = sentence.words[
        max(0, sentence.body - sentence.sentence.start) : timex.start - sentence.sentence.start
    ].split()
    return len(before) <= _LEADING and all(len(word) <= _SMALL and word.isalpha() for word in before)


def _is_day(edtf: str) -> bool:
    return len(edtf) == len("2016-05-30")


def main_heading(sentence: str) -> str:
    """A sentence as a heading: whole if it is short, else cut at its last suitable sign, else at a word, with "…"."""
    line = " ".join(sentence.split()).rstrip(_EDGES)
    if len(line) <= _WHOLE:
        return line
    signs = [found.start() for found in _SIGN.finditer(line, _SHORTEST, _LONGEST)]
    return line[: signs[-1]] if signs else f"{line[: line.rfind(' ', 0, _LONGEST)].rstrip(_EDGES)} …"


def with_main(events: Sequence[Event], main: Event, published: str) -> tuple[Event, ...]:
    """The events, with `main` proposed unless one of the proposed events is of its sentence, or is news of these days before it.

    Events dated by the report or story are then no longer proposed: they are less certain than `main`.
    """
    day = Day(published, "report")
    if any(event.proposed and (event.start == main.start or _is_news(event, main, day)) for event in events):
        return tuple(events)
    others = (
        event if event.timex is not None or event.dated_by == "heading" else replace(event, proposed=False)
        for event in events
        if (event.date, event.quote) != (main.date, main.quote)
    )
    return tuple(sorted((*others, replace(main, proposed=True)), key=lambda event: event.start))


def _is_news(event: Event, main: Event, day: Day) -> bool:
    return event.start <= main.start and bool(event.date) and day.near(event.date, _NEAR)


def _is_suitable(sentence: SentenceParticipants) -> bool:
    written = sentence.words.strip()
    plain = not (
        sentence.dateline or sentence.shouted or sentence.caption or "?" in written or "؟" in written
    )
    continues = _CLOSED.match(written) is not None  # a quotation that began in the sentence before
    heads = written.endswith(":") or (_PART.match(written) is not None and written[-1:].isalnum())
    return (
        plain
        and not heads
        and not continues
        and not is_shorter(written, _LEAST)
        and not written.startswith(_OPENING)
    )


def _stems(words: str) -> frozenset[str]:
    return frozenset(without_article(word)[:_STEM] for word in _WORD.findall(fold(words)))
