"""Dates as marks on a scale, each in the first row with enough space."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from dossierkit.model.edtf import parse
from dossierkit.site.charts.scale import DaySpan, Scale

OPEN = 7.0
"""Per cent of the width over which an open end fades."""
_DOT = 3.2
"""The least width of a mark in per cent: 11 px on a phone."""
_GAP = 0.6


class Dated(NamedTuple):
    """The date of an entry as it is drawn. `certainty`: see DateView; `first`, `end`: see DaySpan, None for an open end."""

    certainty: str
    first: int | None
    end: int | None

    @property
    def extent(self) -> DaySpan:
        """The days that the scale must include."""
        if self.first is None:
            assert self.end is not None
            return self.end - 1, self.end
        return self.first, self.first + 1 if self.end is None else self.end


class DateMark(NamedTuple):
    """A mark. `shape`: dot | bar | since (open end) | until (open beginning). `left` and `right` in per cent, `row` from 0."""

    shape: str
    left: float
    right: float
    row: int


@lru_cache(maxsize=4096)
def dated(edtf: str, certainty: str) -> Dated | None:
    """The date of an entry; None for one without year."""
    if not edtf:
        return None
    when = parse(edtf)
    first = when.earliest.toordinal() if when.earliest else None
    end = when.latest.toordinal() if when.latest else None
    return None if first is None and end is None else Dated(certainty, first, end)


def marks(listed: Sequence[Dated], scale: Scale) -> tuple[DateMark, ...]:
    """One mark for each date, in the same order."""
    placed = [_placed(one, scale) for one in listed]
    rows = _rows([(left, right) for _, left, right in placed])
    return tuple(
        DateMark(shape, left, right, row) for (shape, left, right), row in zip(placed, rows, strict=True)
    )


def _placed(one: Dated, scale: Scale) -> tuple[str, float, float]:
    first, end = one.extent
    if one.end is None:
        left = min(scale.at(first), 100 - OPEN)
        return "since", left, left + OPEN
    if one.first is None:
        right = max(scale.at(end), OPEN)
        return "until", right - OPEN, right
    left, right = scale.at(first), scale.at(end)
    if end - first == 1:
        middle = (left + right) / 2
        return "dot", middle - _DOT / 2, middle + _DOT / 2
    missing = max(0.0, _DOT - (right - left))
    return "bar", *_moved_inside(left - missing / 2, right + missing / 2)


def _moved_inside(left: float, right: float) -> tuple[float, float]:
    """A mark moved so that it lies within 0 and 100 per cent."""
    over = max(0.0, right - 100) + min(0.0, left)
    return left - over, right - over


def _rows(extents: Iterable[tuple[float, float]]) -> list[int]:
    """For each extent, from left to right, the lowest row with free space."""
    listed = list(extents)
    rows = [0] * len(listed)
    ends: list[float] = []
    for at in sorted(range(len(listed)), key=lambda at: (listed[at], at)):
        left, right = listed[at]
        row = next((row for row, end in enumerate(ends) if end + _GAP <= left), len(ends))
        ends[row : row + 1] = [right]
        rows[at] = row
    return rows
