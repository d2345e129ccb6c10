"""Dates of a chronicle: a line that consists of a date, or a date that begins a paragraph, dates what follows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from dossierkit.extract.events.dating import Day, no_later
from dossierkit.extract.sentences.participants import SentenceParticipants
from dossierkit.extract.timex.day_lines import SECTION, is_bare
from dossierkit.model.edtf import EdtfError, parse
from dossierkit.model.finding import Timex
from dossierkit.text.data import load

_WEEK = 7  # days
_LEAST = 2  # dated headings or entries in a chronicle; a single one dates the document
_PLACE = r"[^\W\d_a-z][\w’'.-]*(?:,? (?:[a-z]{1,3} )?[^\W\d_a-z][\w’'.-]*){0,5}"
_OPENS_ENTRY = re.compile(rf"(?:, ?{_PLACE})?\s?[:–—|-]\s")
_LONGEST = 60  # code points of a heading
_WORD = re.compile(r"[^\W\d_]+")
_LABEL = 24  # code points; longest label such as "Day two: " before the date of an entry


def section_days(text: str, sentences: Sequence[SentenceParticipants]) -> list[Day | None]:
    """For each sentence the date of its heading or entry, None outside a chronicle."""
    dates = [_heading(text, sentence) for sentence in sentences]
    headings = ["" if after else own for own, after in pairwise([*dates, ""])]
    entries = [_entry(text, sentence) for sentence in sentences]
    return _scoped(text, sentences, _chronicle(headings), _chronicle(entries))


def says_day_again(timex: Timex, day: Day) -> bool:
    """Whether a relative day is that of the heading, counted from the entry before: "the following Sunday" under a Sunday."""
    own, said = _day(day.edtf), _day(timex.edtf)
    return timex.relative and own is not None and said is not None and abs((said - own).days) == _WEEK


def _day(edtf: str | None) -> date | None:
    try:
        found = parse(edtf) if edtf else None
    except EdtfError:
        return None
    return found.earliest if found is not None and found.kind == "day" else None


def _chronicle(dates: Sequence[str]) -> Sequence[str]:
    """The dates if there are enough of them for a chronicle, else blanks."""
    return dates if len({date for date in dates if date}) >= _LEAST else [""] * len(dates)


def _scoped(
    text: str, sentences: Sequence[SentenceParticipants], headings: Sequence[str], entries: Sequence[str]
) -> list[Day | None]:
    days: list[Day | None] = []
    section = entry = ""
    written = _written_later(sentences, headings)
    following = [*headings, ""][1:]
    for one, heading, opened, coming in zip(sentences, headings, entries, following, strict=True):
        if heading:
            section, entry = heading, ""
        elif opened or _opens_paragraph(text, one):
            entry = opened
        date = entry or (no_later(section) if section in written else section) or ""
        titles_next = coming and one.words[-1:].isalnum()
        days.append(Day(date, "heading") if date and not (heading or titles_next) else None)
    return days


def _written_later(sentences: Sequence[SentenceParticipants], headings: Sequence[str]) -> set[str]:
    """The headings that are days of writing: below them stand days counted from them ("on Wednesday")."""
    written: set[str] = set()
    section = ""
    for one, heading in zip(sentences, headings, strict=True):
        section = heading or section
        if any(timex.anchor.startswith(SECTION) and timex.edtf != section for _, timex in one.dates):
            written.add(section)
    return written


def _heading(text: str, one: SentenceParticipants) -> str:
    """The date of a line that consists of one, also "Day two: 22 May", "Date of incident: 22 May", "22 May – Tarn", but not "Updated: 22 May"."""
    alone = opens_line(text, one) and text[one.sentence.end : one.sentence.end + 1] in {"", "\n"}
    if not alone or not one.dates or len(one.words) > _LONGEST:
        return ""
    timex = one.dates[0][1]
    label = _WORD.findall(text, one.sentence.start, timex.start)
    counted = not label or label[0].lower() in load("en/clauses")["counted_headings"]
    end = max(other.end for _, other in one.dates if other.edtf == timex.edtf)  # of "2008-2010"
    return _date(one) if counted and is_bare(text[end : one.sentence.end]) else ""


def _entry(text: str, one: SentenceParticipants) -> str:
    """The date that begins a line, before a colon, a dash or a bar, with or without a place."""
    return _date(one) if opens_line(text, one) and _behind_date(text, one) else ""


def item_start(text: str, one: SentenceParticipants) -> int:
    """The offset of the words behind the date of an entry ("3 March 2016: "), of all words if no date begins the sentence."""
    return max(_behind_date(text, one), one.body)


def _behind_date(text: str, one: SentenceParticipants) -> int:
    """The offset behind the mark of an entry; 0 if no date begins the sentence."""
    near = (timex for _, timex in one.dates if timex.start - one.sentence.start <= _LABEL)
    marked = (_OPENS_ENTRY.match(text, timex.end, one.sentence.end) for timex in near)
    return next((found.end() for found in marked if found), 0)


def opens_line(text: str, one: SentenceParticipants) -> bool:
    start = one.sentence.start
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()


def _opens_paragraph(text: str, one: SentenceParticipants) -> bool:
    line = text.rfind("\n", 0, one.sentence.start) + 1
    return opens_line(text, one) and text[max(0, line - 2) : line] in {"", "\n\n"}


def _date(one: SentenceParticipants) -> str:
    return next((timex.edtf for _, timex in one.dates if timex.edtf), "")
