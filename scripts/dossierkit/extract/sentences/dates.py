"""The dates of one sentence: two days in a row as one, the words of a period, dates that are part of a name."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from dossierkit.extract.headings.plain_pieces import plain_words
from dossierkit.extract.sentences.participants import SentenceParticipants
from dossierkit.model.edtf import parse
from dossierkit.model.finding import Timex
from dossierkit.text.quote import cuts_word

_BETWEEN = 20  # code points between the ends of a period
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MONTHS = re.compile(r"\d{4}-(?:0\d|1[0-2])(?:-\d\d~?/\d{4}-\d\d-\d\d~?)?")
"""A month, or its beginning, middle or end, as `model.edtf.third` writes them."""


def words_of_date(text: str, one: SentenceParticipants, timex: Timex | None) -> str:
    """The words of a date; of a period, from its first end to its last: "3 to 5 May 2016".

    What is written to the front or end of a word, as in Arabic and Korean, belongs to it, since no quotation cuts a word.
    """
    if timex is None:
        return ""
    start, end = _date_span(one, timex)
    while start > one.sentence.start and cuts_word(text, start):
        start -= 1
    while end < one.sentence.end and cuts_word(text, end):
        end += 1
    return text[start:end]


def _date_span(one: SentenceParticipants, timex: Timex) -> tuple[int, int]:
    ends = [
        (other.start, other.end)
        for _, other in one.dates
        if other.edtf == timex.edtf and other.value != timex.value and "/" in (timex.edtf or "")
    ]
    if len(ends) != 1:
        return timex.start, timex.end
    first, last = sorted((*ends, (timex.start, timex.end)))
    return (first[0], last[1]) if last[0] - first[1] <= _BETWEEN else (timex.start, timex.end)


def with_next_day(text: str, dates: Sequence[tuple[int, Timex]], lang: str) -> list[tuple[int, Timex]]:
    """The dates, with a day or month and the next ones as one date: "on August 17 and 18", "in late January, February and March"."""
    words = plain_words(lang)
    links = words.links if words else frozenset({"and"})
    out: list[tuple[int, Timex]] = []
    first = 0
    for last, (_, timex) in enumerate(dates):
        follows = last + 1 < len(dates) and _goes_on(text, timex, dates[last + 1][1], links)
        if not follows:
            out += _as_one(text, dates[first : last + 1], links)
            first = last + 1
    return out


def _goes_on(text: str, one: Timex, other: Timex, links: AbstractSet[str]) -> bool:
    link = text[one.end : other.start].strip(" ")
    return (link in links or link == ",") and _follows(one.edtf or "", other.edtf or "")


def _as_one(
    text: str, run: Sequence[tuple[int, Timex]], links: AbstractSet[str]
) -> Sequence[tuple[int, Timex]]:
    """A run of dates as one, if it ends in "and": not "on Monday, 3 May, ..."."""
    (at, first), (_, last) = run[0], run[-1]
    if len(run) == 1 or text[run[-2][1].end : last.start].strip(" ") not in links:
        return run
    edtf = f"{(first.edtf or '').partition('/')[0]}/{(last.edtf or '').rpartition('/')[2]}"
    return [(at, replace(first, end=last.end, text=text[first.start : last.end], edtf=edtf))]


def _follows(one: str, other: str) -> bool:
    """Whether two dates are days, or months or thirds of them, the second right after the first."""
    if not (_DAY.fullmatch(one) and _DAY.fullmatch(other)) and not (
        _MONTHS.fullmatch(one) and _MONTHS.fullmatch(other)
    ):
        return False
    last, first = parse(one).last_day, parse(other).first_day
    return (dt.date.fromisoformat(first) - dt.date.fromisoformat(last)).days == 1


def in_name(one: SentenceParticipants, timex: Timex) -> bool:
    """As in "the 2022 Nobel Peace Prize", "el número 2 de Julio de Vido"."""
    return any(
        (name.type in {"event", "document"} and name.start <= timex.start and timex.end <= name.end)
        or (name.type == "person" and timex.start <= name.start < timex.end < name.end)
        for name in one.mentions
    )
