"""The dates of one sentence: two days in a row as one, the words of a period, dates that are part of a name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from dossierkit.extract.headings.plain_pieces import plain_words
from dossierkit.extract.sentences.participants import SentenceParticipants
from dossierkit.model.finding import Timex
from dossierkit.text.quote import cuts_word

_BETWEEN = 20  # code points between the ends of a period
_YEAR = 12  # months


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
    """The dates, with a day or month and the next one as one date: "on August 17 and 18", "in January and February"."""
    words = plain_words(lang)
    links = words.links if words else {"and"}
    out: list[tuple[int, Timex]] = []
    for index, timex in dates:
        before = out[-1][1] if out else None
        linked = before is not None and text[before.end : timex.start].strip(" ") in links
        if before and linked and _follows(before.edtf, timex.edtf):
            both = f"{before.edtf}/{timex.edtf}"
            out[-1] = (
                out[-1][0],
                replace(before, end=timex.end, text=text[before.start : timex.end], edtf=both),
            )
        else:
            out.append((index, timex))
    return out


def _follows(one: str | None, other: str | None) -> bool:
    """Whether two dates are days or months, the second right after the first."""
    if one and other and len(one) == len(other) == len("2018-01"):
        return _months(other) - _months(one) == 1
    try:
        days = [dt.date.fromisoformat(edtf or "") for edtf in (one, other)]
    except ValueError:
        return False
    return (days[1] - days[0]).days == 1


def _months(edtf: str) -> int:
    y, _, m = edtf.partition("-")
    return int(y) * _YEAR + int(m) if y.isdecimal() and m.isdecimal() and int(m) <= _YEAR else -_YEAR


def in_name(one: SentenceParticipants, timex: Timex) -> bool:
    """As in "the 2022 Nobel Peace Prize", "el número 2 de Julio de Vido"."""
    return any(
        (name.type in {"event", "document"} and name.start <= timex.start and timex.end <= name.end)
        or (name.type == "person" and timex.start <= name.start < timex.end < name.end)
        for name in one.mentions
    )
