"""From days to positions across a drawing, in per cent of its width, and the ticks there: days, months, years, decades or centuries,
depending on the space.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from dossierkit.text.datewords import short_month

EDGE = 2.0
"""Per cent left free at either end, for marks that are wider than their day."""
CUT = 4.0
"""Per cent of the width of a cut."""
_LONG = 0.4
"""A gap is cut out if it is longer than this share of all days drawn."""
_SHORTEST = 45
"""In days: shorter gaps are never cut out."""
_MOST_CUTS = 4
_LEAST = 0.08
"""The least share of the drawing for a stretch."""

DaySpan = tuple[int, int]
"""First day and the day after the last, as proleptic Gregorian ordinals."""
_APART = 6.0
"""Least distance in per cent between two labels in a wide drawing."""
_CHARACTER = 2.0
"""Width of a character in per cent on a phone: 7 px of 350."""
_SHORT = 16.0
"""In per cent: a narrower stretch gets one label."""
_STEPS = (
    ("day", 1, 1), ("day", 2, 2), ("day", 5, 5), ("day", 10, 10), ("month", 1, 31), ("month", 3, 91), ("month", 6, 182),
    ("year", 1, 365), ("year", 2, 730), ("year", 5, 1826), ("year", 10, 3652), ("year", 20, 7305), ("year", 50, 18262),
    ("year", 100, 36524), ("year", 500, 182621),
)  # fmt: skip
_LAST_STEP = ("year", 1000, 365242)


class Stretch(NamedTuple):
    """Days `first` to `end` (half open) drawn from `left` to `right`, in per cent."""

    first: int
    end: int
    left: float
    right: float

    @property
    def per_day(self) -> float:
        return (self.right - self.left) / (self.end - self.first)

    def at(self, day: float) -> float:
        """The position of a day, at most that of the stretch's end."""
        return self.left + (min(max(day, self.first), self.end) - self.first) * self.per_day


class Scale(NamedTuple):
    """At least one stretch, in time order. `cuts`: the middle of each cut, in per cent."""

    stretches: tuple[Stretch, ...]

    @property
    def cuts(self) -> tuple[float, ...]:
        return tuple((one.right + two.left) / 2 for one, two in pairwise(self.stretches))

    def at(self, day: float) -> float:
        """A position from 0 to 100; a day that was cut out is at the nearer end of its stretch."""
        for stretch in self.stretches:
            if day <= stretch.end:
                return stretch.at(day)
        return self.stretches[-1].right


def scale(extents: Sequence[DaySpan]) -> Scale:
    """A scale that includes all extents (at least one)."""
    merged = _merged(extents)
    runs = _runs(merged)
    counts = [sum(first <= low < end for low, _ in extents) for first, end in runs]
    padded = [_padded(run) for run in runs]
    return Scale(tuple(_placed(padded, counts)))


def _merged(extents: Iterable[DaySpan]) -> list[DaySpan]:
    merged: list[DaySpan] = []
    for first, end in sorted(extents):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((first, end))
    return merged


def _runs(merged: Sequence[DaySpan]) -> list[DaySpan]:
    """Cut the longest gaps, one after another, as long as a gap is long compared with the rest."""
    gaps = sorted(((two[0] - one[1], at) for at, (one, two) in enumerate(pairwise(merged))), reverse=True)
    left = merged[-1][1] - merged[0][0]
    cut: list[int] = []
    for gap, at in gaps[:_MOST_CUTS]:
        if gap <= max(_LONG * left, _SHORTEST):
            break
        left -= gap
        cut.append(at)
    edges = [-1, *sorted(cut), len(merged) - 1]
    return [(merged[begin + 1][0], merged[last][1]) for begin, last in pairwise(edges)]


def _padded(run: DaySpan) -> DaySpan:
    """The run with a margin at either side, so that a single day does not fill the drawing."""
    room = max(1, (run[1] - run[0]) // 40)
    return run[0] - room, run[1] + room


def _placed(runs: Sequence[DaySpan], counts: Sequence[int]) -> Iterable[Stretch]:
    length, number = sum(end - first for first, end in runs), sum(counts)
    shares = [
        max(_LEAST, (end - first) / length / 2 + count / number / 2)
        for (first, end), count in zip(runs, counts, strict=True)
    ]
    room = 100 - 2 * EDGE - CUT * (len(runs) - 1)
    left = EDGE
    for (first, end), share in zip(runs, shares, strict=True):
        right = left + room * share / sum(shares)
        yield Stretch(first, end, left, right)
        left = right + CUT


class Tick(NamedTuple):
    """A tick, `at` in per cent. `label`: a day, month or year; `below`: its month or year, if that differs from the previous
    tick's.

    `narrow`: whether the label is shown in a narrow drawing.
    """

    at: float
    label: str
    below: str = ""
    narrow: bool = True


def ticks(scale: Scale, lang: str) -> tuple[Tick, ...]:
    """Ticks in order, with no two labels too near to be read."""
    placed = [tick for stretch in scale.stretches for tick in _of(stretch, lang)]
    return tuple(_thinned(placed))


def _of(stretch: Stretch, lang: str) -> Iterator[Tick]:
    unit, step, _ = next((one for one in _STEPS if one[2] * stretch.per_day >= _APART), _LAST_STEP)
    if stretch.right - stretch.left < _SHORT:
        yield _only(stretch, lang)
        return
    context = ""
    found = False
    for day in _days(stretch, unit, step):
        label, new = _label(day, unit, lang)
        if not found and unit == "day" and not new:
            label, new = f"{label} {short_month(day.month, lang)}", str(day.year)
        yield Tick(stretch.at(day.toordinal()), label, new if new != context else "")
        context, found = new or context, True
    if not found:
        yield _only(stretch, lang)


def _days(stretch: Stretch, unit: str, step: int) -> Iterator[date]:
    first, last = (
        date.fromordinal(max(stretch.first, 1)),
        date.fromordinal(min(stretch.end, date.max.toordinal())),
    )
    if unit == "year":
        years = range(-(-first.year // step) * step, last.year + 1, step)
        candidates: Iterator[date] = (date(year, 1, 1) for year in years if year)
    else:
        months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
        starts = (date(number // 12, number % 12 + 1, 1) for number in months)
        if unit == "month":
            candidates = (day for day in starts if (day.month - 1) % step == 0)
        else:
            candidates = (day for start in starts for day in _of_month(start, step))
    return (day for day in candidates if first <= day < last)


def _of_month(start: date, step: int) -> Iterator[date]:
    """The days of a month to label: all, every second, or round ones, without those whose labels would touch the next month's."""
    numbers = {1: range(1, 32), 2: range(1, 30, 2), 5: (1, 5, 10, 15, 20, 25), 10: (1, 10, 20)}[step]
    for number in numbers:
        day = date.fromordinal(start.toordinal() + number - 1)
        if day.month == start.month:
            yield day


def _label(day: date, unit: str, lang: str) -> tuple[str, str]:
    if unit == "year":
        return str(day.year), ""
    if unit == "month":
        return short_month(day.month, lang), str(day.year)
    if day.day == 1:
        return short_month(day.month, lang), str(day.year)
    return str(day.day), ""


def _only(stretch: Stretch, lang: str) -> Tick:
    """The tick at the middle of a stretch that is too narrow or contains no round date."""
    day = date.fromordinal((max(stretch.first, 1) + stretch.end) // 2)
    if stretch.end - stretch.first > 62:
        return Tick(stretch.at(day.toordinal()), str(day.year))
    return Tick(stretch.at(day.toordinal()), short_month(day.month, lang), str(day.year))


def _thinned(placed: list[Tick]) -> Iterator[Tick]:
    """Leave out labels too near to the previous one; in narrow drawings more of them. A label below that has no room is put
    under the next tick that has.
    """
    last = narrow = below = -100.0
    owed = ""
    for tick in placed:
        owed = tick.below or owed
        if tick.at - last < _APART * 0.8:
            continue
        last = tick.at
        half, half_below = len(tick.label) * _CHARACTER / 2, len(owed) * _CHARACTER / 2
        fits = tick.at - half > narrow
        narrow = tick.at + half + _CHARACTER if fits else narrow
        fits_below = bool(owed) and tick.at - half_below > below
        below = tick.at + half_below + _CHARACTER if fits_below else below
        yield tick._replace(below=owed if fits_below else "", narrow=fits)
        owed = "" if fits_below else owed
