"""The date of an event, and how certain it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from dossierkit.extract.headings.plain_pieces import plain_words
from dossierkit.extract.headings.plain_whose_date import is_of_law
from dossierkit.extract.headings.words import listed
from dossierkit.extract.sentences.participants import LEAD_SENTENCES, SentenceParticipants
from dossierkit.extract.tense import in_perfect
from dossierkit.model.edtf import Edtf, EdtfError, parse
from dossierkit.model.finding import Timex
from dossierkit.text.data import load

_SPEECH = re.compile(r"\b(?:said|told|announced|stated|added)\b")
_SAYS = re.compile(r"\b(?:says|claims|announces|warns|denies|plans)\b")
_YOUNG = re.compile(r"(?:At|Aged) (?:the age of )?\d{1,2}\b|As an? (?:boy|child|girl|student|teenager)\b")
_DONE = re.compile(r"\b(?:has|have) ([a-z]+)")
_SAID = re.compile(r"\b(?:said|says|told)\b[^,.;:]*$")
_LETTERS = re.compile(r"[a-z]+")
_LEAD_DAYS = 10
_LEAD_DAYS_READ_PLAINLY = (
    3  # where clauses are told by their first words alone, an earlier day is mostly that of what went before
)
IN_PASSING = (0.4, "birth told in passing")
ELSEWHERE = 0.4  # of a state or activity that an event on another day belongs to
_WIDE_DAYS = 93
_REACH = 12  # code points before a date in which its determiner is looked for
_RANGE = 5  # code points between the ends of a range: "14 and 24 March"
_PHRASE = 60  # code points
_BEFORE_EVENT = re.compile(
    r"\b(?:ahead of|before|until(?: after)?) (?:an?|her|his|its|next|the|their) (?:[\w’'-]{1,20} ){0,3}([\w’'-]{1,20}) (?:in|on) $"
)
_BEHIND_EVENT = re.compile(
    r"\b(?:about|after|despite|following|since) (?:an?|her|his|its|the|their) (?:[\w’'-]{1,20} ){0,3}([\w’'-]{1,20}) of $"
)
_TITLE = re.compile(
    r"(?: [\w’'-]{1,20}){0,3}? (?:laureate|champion|winner|finalist|nominee|recipient|graduate)s?\b"
)
_WORD_BEFORE = re.compile(r"\b([^\W\d_]+) $")
_ENCLOSED_YEAR = re.compile(r", \d{4}$")  # between commas in American dates
_WORD_AFTER = re.compile(r" ([a-z][^\W\d_]*)")


@dataclass(frozen=True, slots=True)
class Day:
    """The date of sentences that name none.

    `named_by`: "report" (day of publication), "story" (day that the lead names) or "heading" (date of a heading or entry
    of a chronicle, possibly a month or a year).
    """

    edtf: str
    named_by: str

    def near(self, edtf: str | None, days: int = _LEAD_DAYS) -> bool:
        """Whether a date may lie within so many days of this one, or contain it."""
        own, other = _span(self.edtf), _parsed(edtf)
        if own is None or other is None:
            return True
        begins, ends = other.earliest or own[0], other.latest or own[1]
        return (own[0] - ends).days <= days and (begins - own[1]).days <= days

    def follows(self, edtf: str | None) -> bool:
        """Whether a date has ended before this one begins."""
        own, other = _span(self.edtf), _span(edtf)
        return own is not None and other is not None and other[1] <= own[0]


def story_day(published: str | None, sentences: Sequence[SentenceParticipants]) -> Day | None:
    """The day of the article's news: the first day named in its lead, if it lies shortly before publication.

    Without a publication date, a line that consists of a date is used; without that, None.
    """
    dated = published or _dateline(sentences)
    written = _parsed(dated)
    if written is None:
        return None
    for sentence in sentences[:LEAD_SENTENCES]:
        reach = _LEAD_DAYS if sentence.lang == "en" else _LEAD_DAYS_READ_PLAINLY
        for _, timex in () if sentence.dateline or sentence.caption else sentence.dates:
            named = _day(timex.edtf)
            if named and written.earliest and 0 <= (written.earliest - named).days <= reach:
                return Day(named.isoformat(), "report" if named.isoformat() == dated else "story")
    return Day(dated or "", "report")


def _dateline(sentences: Sequence[SentenceParticipants]) -> str | None:
    days = (
        _day(timex.edtf)
        for sentence in sentences[:LEAD_SENTENCES]
        if sentence.dateline
        for _, timex in sentence.dates
    )
    return next((day.isoformat() for day in days if day is not None), None)


def _day(edtf: str | None) -> date | None:
    """The day that an EDTF date names; None if it is not a day."""
    found = _parsed(edtf)
    return found.earliest if found is not None and found.kind in ("day", "time") else None


def _parsed(edtf: str | None) -> Edtf | None:
    try:
        return parse(edtf) if edtf else None
    except EdtfError:
        return None


def narrowest(text: str, dates: Sequence[tuple[int, Timex]]) -> list[tuple[int, Timex]]:
    """Without dates that repeat another date of the sentence, as in "on Sunday (5 June)", or contain it; but a week holds also what is
    said "today".
    """
    by_value: dict[str, tuple[int, Timex]] = {}
    for index, timex in dates:
        same = by_value.get(timex.edtf or timex.value)
        again = same is not None and text[same[1].end : timex.start] == " ("
        if same is None or (timex.type == same[1].type and timex.start - same[1].end <= _RANGE and not again):
            # Of the day of a deed and the day on which it was told, the deed’s comes first.
            by_value[timex.edtf or timex.value] = (index, timex)
    distinct = list(by_value.values())
    spans = [_span(timex.edtf) for _, timex in distinct]
    return [
        item
        for item, wide in zip(distinct, spans, strict=True)
        if not any(
            _inside(span, wide) and not _SAID.search(text, max(0, at.start - _PHRASE), at.start)
            for span, (_, at) in zip(spans, distinct, strict=True)
        )
    ]


def _span(edtf: str | None) -> tuple[date, date] | None:
    found = _parsed(edtf)
    if found is None or found.earliest is None or found.latest is None:
        return None
    return found.earliest, found.latest


def _inside(narrow: tuple[date, date] | None, wide: tuple[date, date] | None) -> bool:
    if narrow is None or wide is None or narrow == wide:
        return False
    return wide[0] <= narrow[0] and narrow[1] <= wide[1]


def compares(text: str, timex: Timex, lang: str = "en") -> bool:
    """Whether a date belongs to a comparison or a law: "a day earlier than planned", "below 1990 levels", "the Inquiries Act, 2005"."""
    words = plain_words(lang)
    if words is not None:
        return is_of_law(text, (timex.start, timex.end), words)
    before = text[max(0, timex.start - _REACH) : timex.start]
    law = _WORD_BEFORE.search(before.replace(", ", " ") if timex.text.isdigit() else before)
    if law is not None and law[1] in listed("laws"):
        return True
    after = text[timex.end :].partition("\n")[0].lstrip().partition(" ")[0].strip(".,;:)")
    return after == "than" or after in _measures()


def names_event(text: str, timex: Timex) -> bool:
    """Whether a date is part of a noun that names an event: "the October 2017 murder of", "the Aug. 4, 2020, explosion"."""
    before = _WORD_BEFORE.search(text, max(0, timex.start - _REACH), timex.start)
    enclosed = _ENCLOSED_YEAR.search(timex.text) and text.startswith(", ", timex.end)
    after = _WORD_AFTER.match(text, timex.end + bool(enclosed))
    determined = before is not None and before[1].lower() in listed("determiners")
    if after is None or not (determined or timex.text.lower().startswith("the ")):
        return False
    others = listed("prepositions", "conjunctions", "adverbs")
    return after[1] not in (others | listed("determiners", "pronouns", "relatives") if enclosed else others)


def of_another_event(text: str, timex: Timex) -> bool:
    """Whether a date is that of what something came before or after, or was about: "two years after the July 2015 agreement", "before the
    election in November", "since the flood of 1997", "the 2021 Nobel laureate".
    """
    coming = _BEFORE_EVENT.search(text, max(0, timex.start - _PHRASE), timex.start)
    if coming is not None and coming[1].lower() not in listed("hearing_bodies"):
        return True
    noun = _BEHIND_EVENT.search(text, max(0, timex.start - _PHRASE), timex.start)
    if noun is not None and noun[1] not in listed("day_parts"):
        return True
    if timex.text.isdigit() and _TITLE.match(text, timex.end):
        return True
    said = text[max(0, timex.start - _PHRASE) : timex.start].lower().split()
    own = timex.text.lower().startswith("the ")
    behind = said[-1:] if own else said[-2:-1]
    return behind != [] and behind[0] in listed("of_another") and names_event(text, timex)


def ahead(edtf: str | None, published: str | None, days: int) -> bool:
    """Whether a date begins more than so many days after publication."""
    own, written = _span(edtf), _span(published)
    return own is not None and written is not None and (own[0] - written[1]).days >= days


def to_end(edtf: str | None, published: str | None) -> bool:
    """Whether a date only says until when, in the days after publication: "../2016-06-05"."""
    own, written = _parsed(edtf), _span(published)
    if own is None or own.latest is None or written is None:
        return False
    return (edtf or "").startswith("../") and own.latest > written[1]


def no_later(edtf: str | None) -> str | None:
    """On or before a day: `[..2016-05-30]`; any other date as it is."""
    return f"[..{edtf}]" if edtf and _day(edtf) else edtf


@cache
def _measures() -> frozenset[str]:
    return frozenset(load("en/clauses")["measures"])


def judge_dated(timex: Timex, tense: str, entities: Sequence[str]) -> tuple[float, str]:
    """(score, reason) of an event with a date in its sentence."""
    score, reason = 0.7, "date in the sentence"
    if tense == "past":
        score += 0.15
    elif tense == "future":
        score, reason = 0.6, "date in the sentence, to come"
    if _span(timex.edtf) is None:
        score -= 0.1
    if not entities:
        score -= 0.15
    return round(score, 2), reason


def judge_headed(one: SentenceParticipants, tense: str) -> tuple[float, str]:
    """(score, reason) of dating a sentence by the heading above it; chronicles often use the present tense."""
    if not one.entities or tense == "future":
        return 0.0, ""
    return 0.6, "date of the heading above"


def judge_undated(one: SentenceParticipants, tense: str) -> tuple[float, str]:
    """(score, reason) of dating a sentence by the day of the story; score 0 if it must not be."""
    young = _YOUNG.match(one.words) is not None  # "At 17 he joined the railways"
    news = one.lang == "en" and one.lead and in_perfect(one.words)  # "Six miners have been found guilty"
    if one.undated or young or not (one.entities or news) or (one.lang != "en" and one.words.endswith(":")):
        return 0.0, ""
    if not one.dates:
        if one.headline:
            return 0.5, "headline, date of the story"
        says = tense == "present" and _SAYS.search(one.words) is not None
        says = says or (one.lead and declares(one.words))
        return (0.45, "date of the story") if tense == "past" or says else (0.0, "")
    reports = one.lead or reports_speech(one.words)
    if reports and tense == "past" and all(_is_background(timex) for _, timex in one.dates):
        score = 0.45 if one.lead and in_perfect(one.words) else 0.4
        return score, "its own dates are background, date of the story"
    return 0.0, ""


def reports_speech(words: str) -> bool:
    return _SPEECH.search(words) is not None


def declares(words: str) -> bool:
    """Whether a sentence is what a body does by writing it: "The mission condemns the attack", "has condemned Friday’s attack"."""
    said = _LETTERS.findall(words)
    done = in_perfect(words) and not listed("declared").isdisjoint(said)
    return done or not listed("declaring").isdisjoint(said)


def calls(words: str) -> bool:
    """Whether a sentence has a deed of speech in the perfect, which is news of its day: "The union has warned of a strike"."""
    done = _DONE.search(words) if in_perfect(words) else None
    return done is not None and done[1] in load("en/undated")["call"]


def of_topic(day: Day, timex: Timex) -> bool:
    """Whether what a report of a day tells in the perfect is not of this date, but about it: a few days before, or a year ("has denied any part in the
    fire of 1999").
    """
    year = timex.edtf is not None and timex.edtf.isdigit()
    return day.follows(timex.edtf) and (day.near(timex.edtf) or year)


def _is_background(timex: Timex) -> bool:
    """Whether a date is too wide or too distant to be the day of the news."""
    span = _span(timex.edtf)
    return span is None or timex.text.endswith("ago") or (span[1] - span[0]).days > _WIDE_DAYS
