"""From days to positions across a drawing, in per cent of its width.

Long gaps without entries are cut out; otherwise a few early dates would push all others into a corner. Each stretch between
two cuts is linear in time, and its width depends on its length and on its number of entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

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

Extent = tuple[int, int]
"""First day and the day after the last, as proleptic Gregorian ordinals."""


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


def scale(extents: Sequence[Extent]) -> Scale:
    """A scale that includes all extents (at least one)."""
    merged = _merged(extents)
    runs = _runs(merged)
    counts = [sum(first <= low < end for low, _ in extents) for first, end in runs]
    padded = [_padded(run) for run in runs]
    return Scale(tuple(_placed(padded, counts)))


def _merged(extents: Iterable[Extent]) -> list[Extent]:
    merged: list[Extent] = []
    for first, end in sorted(extents):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((first, end))
    return merged


def _runs(merged: Sequence[Extent]) -> list[Extent]:
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


def _padded(run: Extent) -> Extent:
    """The run with a margin at either side, so that a single day does not fill the drawing."""
    room = max(1, (run[1] - run[0]) // 40)
    return run[0] - room, run[1] + room


def _placed(runs: Sequence[Extent], counts: Sequence[int]) -> Iterable[Stretch]:
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
