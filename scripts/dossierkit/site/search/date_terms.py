"""The search terms of a date: `#2016`, `#2016-05`, `#2016-05-29`, and `#05-29` for a day in any year.

A browser turns a date in a query into the same terms (templates/assets/dossierkit/search/dates.js).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from dossierkit.model.edtf import parse

EXACT, WITHIN, PUBLISHED = 6, 3, 2
"""Levels: the date lies within the period of the term; it may lie in it, or overlaps it; an article was published in it."""
_MONTH, _HALF_YEAR, _CENTURY = 31, 184, 100


def of_event(edtf: str) -> dict[str, int]:
    """The level of each term of an EDTF date; none without a year. An open interval counts as its known end."""
    first, last = _ends(edtf)
    if first is None or last is None:
        return {}
    found = dict(_years(first, last))
    found.update(_months(first, last))
    found.update(_days(first, last))
    return found


def of_article(edtf: str) -> dict[str, int]:
    """The level of each term of a date of publication."""
    return dict.fromkeys(of_event(edtf), PUBLISHED)


def _ends(edtf: str) -> tuple[date | None, date | None]:
    """The first and the last day."""
    when = parse(edtf) if edtf else None
    if when is None:
        return None, None
    last = when.latest - timedelta(days=1) if when.latest else when.earliest
    return when.earliest or last, last


def _years(first: date, last: date) -> Iterator[tuple[str, int]]:
    for year in range(first.year, min(last.year, first.year + _CENTURY) + 1):
        yield f"#{year:04d}", EXACT if first.year == last.year else WITHIN


def _months(first: date, last: date) -> Iterator[tuple[str, int]]:
    if (last - first).days > _HALF_YEAR:
        return
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    for month in range(start, end + 1):
        yield f"#{month // 12:04d}-{month % 12 + 1:02d}", EXACT if start == end else WITHIN


def _days(first: date, last: date) -> Iterator[tuple[str, int]]:
    length = (last - first).days + 1
    if length > _MONTH:
        return
    for number in range(length):
        day = first + timedelta(days=number)
        yield f"#{day.isoformat()}", EXACT if length == 1 else WITHIN
        if length == 1:
            yield f"#{day:%m-%d}", EXACT
