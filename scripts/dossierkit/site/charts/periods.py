"""Timeline entries grouped by year, many years by decade, a full year by month, a full month by day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Generic, TypeVar

from dossierkit.model.edtf import parse, year

MONTHS_FROM = 12
"""A year with more entries is divided into months."""
DAYS_FROM = 24
"""A month with more entries is divided into days."""
DECADES_FROM = 24
"""More years than these are gathered by decade."""
_WIDE = frozenset({"decade", "century"})
_WHOLE = frozenset({"year", "decade", "century", "season", "quarter"})
T = TypeVar("T")
PageItem = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Period(Generic[T]):
    """A group of items. `edtf`: its century, decade, year, month or day; empty for items without a date. `vague`: the items lie
    somewhere in the larger period `edtf`.

    `items` come before `parts`; only a decade has both. `count` is the number of items in all.
    """

    edtf: str
    items: tuple[T, ...]
    parts: tuple[Period[T], ...] = ()
    vague: bool = False

    @property
    def count(self) -> int:
        return len(self.items) + sum(part.count for part in self.parts)


def gather(items: Iterable[T], edtf: Callable[[T], str]) -> tuple[Period[T], ...]:
    """Periods in time order, a decade or century before its first year, items without a year last; within a period, items keep
    their order.
    """
    named: dict[str, list[tuple[PageItem, T]]] = defaultdict(list)
    for item in items:
        named[_wide(edtf(item))].append((open_page(edtf(item)), item))
    periods = [_year(period, same) for period, same in _split(named.pop("", ()), 0)]
    periods += [Period(name, tuple(item for _, item in same)) for name, same in named.items()]
    return tuple(sorted(periods, key=lambda period: _order(period.edtf)))


def decades(periods: Sequence[Period[T]]) -> tuple[Period[T], ...]:
    """The periods of `gather`, with the years of one decade as its parts if there are many; a decade of one period stays that."""
    if len(periods) <= DECADES_FROM:
        return tuple(periods)
    named = groupby(periods, key=lambda period: _decade_of(period.edtf) or period.edtf)
    return tuple(_decade(name, tuple(same)) for name, same in named)


def _decade(edtf: str, periods: tuple[Period[T], ...]) -> Period[T]:
    if len(periods) == 1:
        return periods[0]
    items = tuple(item for period in periods if period.edtf == edtf for item in period.items)
    return Period(edtf, items, tuple(period for period in periods if period.edtf != edtf))


def _decade_of(period: str) -> str:
    """The decade of a year or a decade of our era, as EDTF; empty for other periods."""
    return f"{period[:3]}X" if len(period) == len("2016") and period[:3].isdecimal() else ""


def _order(period: str) -> tuple[bool, int, int]:
    """The sort key of a year, a decade or a century."""
    first = open_page(period)
    return not first, first[0] if first else 0, -period.count("X")


@lru_cache(maxsize=4096)
def _wide(edtf: str) -> str:
    """The decade or century that a date names, as EDTF; empty for any other date."""
    when = parse(edtf) if edtf else None
    if when is None or when.kind not in _WIDE or not when.first_day or when.first_day.startswith("-"):
        return ""
    return f"{when.first_day[:3]}X" if when.kind == "decade" else f"{when.first_day[:2]}XX"


def months(items: Iterable[T], edtf: Callable[[T], str]) -> tuple[Period[T], ...]:
    """The items of one year grouped by month, however few."""
    placed = [(open_page(edtf(item)), item) for item in items]
    return tuple(
        Period(
            month or _wide(edtf(same[0][1])) or _year_of(placed),
            tuple(item for _, item in same),
            vague=not month,
        )
        for month, same in _split(placed, 1)
    )


def days(items: Iterable[T], edtf: Callable[[T], str]) -> tuple[Period[T], ...]:
    """The items of one month grouped by day if they are many; otherwise the month."""
    placed = [(open_page(edtf(item)), item) for item in items]
    ((month, same),) = _split(placed, 1)
    found = _month(month or _year_of(placed), same, vague=not month)
    return found.parts or (found,)


@lru_cache(maxsize=4096)
def open_page(edtf: str) -> PageItem:
    """The position of a date in the calendar: (year, month, day), shorter for a vaguer date, empty without a year.

    An interval counts from its beginning, or by its end if the beginning is open.
    """
    if not edtf:
        return ()
    when = parse(edtf)
    begin = when.first_day or when.last_day
    if not begin:
        return ()
    begins = tuple(map(int, begin.rsplit("-", 2)))
    if when.kind in _WHOLE:
        return begins[:1]
    to_the_day = when.high is not None and (when.low is None or when.high <= when.low + 1)
    exact = to_the_day or (when.kind == "interval" and not when.approximate)
    return begins if exact else begins[:2]


def _year_of(placed: Sequence[tuple[PageItem, T]]) -> str:
    return _edtf(placed[0][0][:1])


def _year(edtf: str, same: Sequence[tuple[PageItem, T]]) -> Period[T]:
    months = list(_split(same, 1))
    if not edtf or len(same) <= MONTHS_FROM or len(months) < 2:
        return Period(edtf, tuple(item for _, item in same))
    return Period(edtf, (), tuple(_month(month or edtf, within, vague=not month) for month, within in months))


def _month(edtf: str, same: Sequence[tuple[PageItem, T]], *, vague: bool) -> Period[T]:
    days = list(_split(same, 2))
    if vague or len(same) <= DAYS_FROM or len(days) < 2:
        return Period(edtf, tuple(item for _, item in same), vague=vague)
    return Period(
        edtf,
        (),
        tuple(Period(day or edtf, tuple(item for _, item in within), vague=not day) for day, within in days),
    )


def _split(
    placed: Iterable[tuple[PageItem, T]], depth: int
) -> Iterator[tuple[str, list[tuple[PageItem, T]]]]:
    """Split by year (depth 0), month (1) or day (2), in order; shorter positions come first, but without a year last."""
    parts: dict[PageItem, list[tuple[PageItem, T]]] = defaultdict(list)
    for place, item in placed:
        parts[place[: depth + 1] if len(place) > depth else ()].append((place, item))
    for key in sorted(parts, key=lambda key: (not key and depth == 0, key)):
        yield _edtf(key), parts[key]


def _edtf(key: PageItem) -> str:
    return "-".join(f"{number:02d}" if at else year(number) for at, number in enumerate(key))
