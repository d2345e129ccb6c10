"""Days -> places across a drawing, in per cent of its width.

Long stretches without any entry are cut out, or a few early dates would press all others into a corner. What lies
between two cuts is linear in time; each such stretch gets room by its length and by how much is in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

EDGE = 2.0
"""Per cent that stay free at either end, for marks that are wider than their day."""
CUT = 4.0
"""Per cent that a cut takes up."""
_LONG = 0.4
"""A gap is cut out that is longer than this part of all that is drawn."""
_SHORTEST = 45
"""Days: shorter gaps stay, whatever is around them."""
_MOST_CUTS = 4
_LEAST = 0.08
"""The least part of the drawing that a stretch gets."""

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
        """The place of a day, held within the stretch."""
        return self.left + (min(max(day, self.first), self.end) - self.first) * self.per_day


class Scale(NamedTuple):
    """At least one stretch, in time order. `cuts`: the middle of what lies between two, in per cent."""

    stretches: tuple[Stretch, ...]

    @property
    def cuts(self) -> tuple[float, ...]:
        return tuple((one.right + two.left) / 2 for one, two in pairwise(self.stretches))

    def at(self, day: float) -> float:
        """From 0 to 100; a day that was cut out lies at the nearer end of its stretch, never beyond the drawing."""
        for stretch in self.stretches:
            if day <= stretch.end:
                return stretch.at(day)
        return self.stretches[-1].right


def scale(extents: Sequence[Extent]) -> Scale:
    """A scale on which all extents (at least one) have their place."""
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
    """The longest gaps are cut, one after the other, as long as one is long beside what is left."""
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
    """A little room on either side, so that a lone day is not as wide as the drawing."""
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
