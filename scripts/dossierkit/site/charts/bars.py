"""Many dates as counts: for each unit of the calendar, how many entries certainly lie in it and how many may."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from dossierkit.site.charts.date_marks import Dated
from dossierkit.site.charts.scale import Scale

MOST_BARS = 60
_UNITS = ("day", "week", "month", "quarter", "year", "decade", "century")
_DAYS = {
    "day": 1,
    "week": 7,
    "month": 30.4,
    "quarter": 91.3,
    "year": 365.2,
    "decade": 3652.4,
    "century": 36524.0,
}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


class Bar(NamedTuple):
    """A bar for the days `first` to `end` (ordinals, half open). `sure`, `maybe`: indices of entries that certainly or
    possibly lie in it. `left`, `right`: per cent.
    """

    first: int
    end: int
    left: float
    right: float
    sure: tuple[int, ...]
    maybe: tuple[int, ...]


def bars(listed: Sequence[Dated], scale: Scale) -> tuple[str, tuple[Bar, ...]]:
    """The unit of the calendar (day | week | month | quarter | year | decade | century), and the bars that count an entry."""
    total = sum(stretch.end - stretch.first for stretch in scale.stretches)
    unit = next((one for one in _UNITS if total / _DAYS[one] <= MOST_BARS), _UNITS[-1])
    edges = sorted({edge for stretch in scale.stretches for edge in _edges(stretch.first, stretch.end, unit)})
    sure: dict[int, list[int]] = {}
    maybe: dict[int, list[int]] = {}
    for index, one in enumerate(listed):
        first, end = one.extent
        begin, last = bisect_right(edges, first) - 1, bisect_right(edges, end - 1) - 1
        exact = begin == last and None not in {one.first, one.end}
        for at in range(max(begin, 0), min(last, len(edges) - 2) + 1):
            (sure if exact else maybe).setdefault(at, []).append(index)
    return unit, tuple(
        Bar(
            edges[at],
            edges[at + 1],
            scale.at(edges[at]),
            scale.at(edges[at + 1]),
            tuple(sure.get(at, ())),
            tuple(maybe.get(at, ())),
        )
        for at in sorted(sure.keys() | maybe.keys())
    )


def _edges(first: int, end: int, unit: str) -> Iterator[int]:
    """The first days of the units that overlap the days `first` to `end`, and the end of the last one."""
    day = _start(date.fromordinal(max(first, 1)), unit)
    while True:
        yield day.toordinal()
        if day.toordinal() >= end:
            return
        following = _next(day, unit)
        if following is None:
            yield date.max.toordinal() + 1
            return
        day = following


def _start(day: date, unit: str) -> date:
    if unit == "day":
        return day
    if unit == "week":
        return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    months = _MONTHS[unit]
    number = (day.year * 12 + day.month - 1) // months * months
    return date(max(number // 12, 1), number % 12 + 1, 1)


def _next(day: date, unit: str) -> date | None:
    """The first day of the next unit; None after the last unit of `datetime`'s calendar."""
    if unit in {"day", "week"}:
        number = day.toordinal() + (1 if unit == "day" else 7)
        return date.fromordinal(number) if number <= date.max.toordinal() else None
    number = (day.year * 12 + day.month - 1) // _MONTHS[unit] * _MONTHS[unit] + _MONTHS[unit]
    return date(number // 12, number % 12 + 1, 1) if number < (date.max.year + 1) * 12 else None
