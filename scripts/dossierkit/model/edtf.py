"""Dates that may be imprecise, uncertain or open, as EDTF (ISO 8601-2): `2016-03`, `2012/..`, `XXXX-04`, `2015~`.

Levels 0 and 1; of level 2 unspecified digits anywhere, qualified parts, sets (`[a..b]` one of, `{a,b}` all of),
seasons, quarters and halves. Not covered: exponents (`Y17E7`) and significant digits (`1950S2`).
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dossierkit.model.edtf_point import (
    APPROXIMATE,
    UNCERTAIN,
    EdtfError,
    EdtfPoint,
    bounds,
    explain,
    iso,
    parse_point,
)

__all__ = ["Edtf", "EdtfError", "EdtfPoint", "day", "interval", "month", "one_of", "parse", "third", "year"]

Span = tuple[EdtfPoint | None, EdtfPoint | None]


@dataclass(frozen=True, slots=True)
class Edtf:
    """A parsed date.

    `text` is the canonical form. `earliest` and `latest` (exclusive) enclose every day the date may mean; None if that end
    is open, unknown, or outside the years 1 to 9999. `low` and `high` are the same as proleptic Gregorian ordinals (1 is
    1 January of the year 1), for any year. `~` and `?` do not widen them. `kind`: time | day | month | season | quarter |
    year | decade | century | interval | set. `spans`: its parts as pairs (first, last) of points: one pair for an interval;
    one pair with the same point twice for a single date; one pair for each member of a set; None for an open or unknown
    end. `sort_key` orders by the first possible day, wider dates first, unknown years last.
    """

    text: str
    kind: str
    earliest: date | None
    latest: date | None
    approximate: bool
    uncertain: bool
    sort_key: tuple[int, int, int, str]
    spans: tuple[Span, ...]
    low: int | None = None
    high: int | None = None

    @property
    def first_day(self) -> str:
        """The first possible day in ISO 8601 (any year); empty if that end is open or unknown."""
        return "" if self.low is None else iso(self.low)

    @property
    def last_day(self) -> str:
        """The last possible day, inclusive, in ISO 8601; empty if that end is open or unknown."""
        return "" if self.high is None else iso(self.high - 1)

    def __str__(self) -> str:
        return self.text

    def overlaps(self, other: Edtf) -> bool:
        """Whether a day can be in both; an open or unknown end is unlimited."""
        return _before(self.low, other.high) and _before(other.low, self.high)

    def within(self, other: Edtf) -> bool:
        """Whether all possible days are in `other`, whose ends are known: the same date, more exactly."""
        if self.low is None or self.high is None or other.low is None or other.high is None:
            return False
        return other.low <= self.low and self.high <= other.high


@lru_cache(maxsize=4096)
def parse(text: str) -> Edtf:
    """Parse an EDTF expression; surrounding white space is ignored. Raises EdtfError."""
    stripped = text.strip()
    if not stripped:
        raise EdtfError(
            "the date is empty; expected for example 2016-05-30, or leave the key out when unknown"
        )
    if stripped[0] in "[{":
        return _parse_set(stripped)
    if "/" in stripped:
        return _parse_interval(stripped)
    point = parse_point(stripped)
    return _build(str(point), point.kind, ((point, point),))


def year(number: int) -> str:
    """A year as EDTF. 0 is the year before 1; years of more than four digits have the prefix Y."""
    digits = f"{'-' if number < 0 else ''}{abs(number):04d}"
    return digits if abs(number) <= 9999 else f"Y{digits}"


def month(number: int, month_number: int) -> str:
    return f"{number:04d}-{month_number:02d}"


def day(value: date) -> str:
    return value.isoformat()


def interval(first: str | None, last: str | None) -> str:
    """`first/last` as EDTF; None is an open end. If both are the same date, that date alone."""
    return first if first is not None and first == last else f"{first or '..'}/{last or '..'}"


def one_of(first: date, last: date) -> str:
    """An unknown day from `first` to `last`, both inclusive, as EDTF (`[first..last]`)."""
    return f"[{first.isoformat()}..{last.isoformat()}]"


def third(number: int, month_number: int, part: str) -> str:
    """The "early", "mid" or "late" third of a month as an interval whose inner bounds are approximate."""
    ym = month(number, month_number)
    last = monthrange(number, month_number)[1]
    return {
        "early": f"{ym}-01/{ym}-10~",
        "mid": f"{ym}-11~/{ym}-20~",
        "late": f"{ym}-21~/{ym}-{last}",
    }[part]


def _parse_interval(text: str) -> Edtf:
    ends = text.split("/")
    if (
        len(ends) == 3
        and all(end.strip().isdecimal() for end in ends)
        and len(max(ends, key=len)) > len(min(ends, key=len))
    ):
        raise EdtfError(explain(text))
    if len(ends) != 2:
        raise EdtfError(
            "{text!r} has more than one /; expected two dates, for example 2016-05-23/2016-05-29", text=text
        )
    if not any(end.strip(". ") for end in ends):
        raise EdtfError(
            "{text!r} has no date; expected at least one end, for example 2012/.. or ../2016-04", text=text
        )
    first, last = (None if end in ("", "..") else parse_point(end) for end in ends)
    words = [end if point is None else str(point) for end, point in zip(ends, (first, last), strict=True)]
    _check_order(text, (first, last))
    return _build("/".join(words), "interval", ((first, last),))


def _parse_set(text: str) -> Edtf:
    closing = {"[": "]", "{": "}"}[text[0]]
    if text[-1] != closing:
        raise EdtfError(
            "{text!r} lacks its closing {closing}; expected for example [2016-05-20..2016-05-24]",
            text=text,
            closing=closing,
        )
    members = [_parse_member(member.strip(), text) for member in text[1:-1].split(",")]
    body = ",".join(_member_text(member) for member in members)
    return _build(f"{text[0]}{body}{closing}", "set", tuple(members))


def _parse_member(member: str, text: str) -> Span:
    first, dots, last = member.partition("..")
    if not first and not last:
        raise EdtfError(
            "{text!r} has an empty member; expected for example [2016-05-20..2016-05-24] or [2015,2016]",
            text=text,
        )
    if not dots:
        point = parse_point(first)
        return point, point
    span = (parse_point(first) if first else None, parse_point(last) if last else None)
    _check_order(text, span)
    return span


def _member_text(span: Span) -> str:
    first, last = span
    if first is last and first is not None:
        return str(first)
    return f"{first or ''}..{last or ''}"


def _check_order(text: str, span: Span) -> None:
    low = bounds(span[0])[0] if span[0] else None
    high = bounds(span[1])[1] if span[1] else None
    if low is not None and high is not None and low >= high:
        raise EdtfError(
            "{text!r} ends before it begins; expected the earlier date first: {last}/{first}",
            text=text,
            last=span[1],
            first=span[0],
        )


def _build(text: str, kind: str, spans: tuple[Span, ...]) -> Edtf:
    lows = [bounds(first)[0] if first else None for first, _ in spans]
    highs = [bounds(last)[1] if last else None for _, last in spans]
    low = None if None in lows else min(n for n in lows if n is not None)
    high = None if None in highs else max(n for n in highs if n is not None)
    flags = 0
    for first, last in spans:
        flags |= (first.any_flag if first else 0) | (last.any_flag if last else 0)
    return Edtf(
        text,
        kind,
        _as_date(low),
        _as_date(high) if high != 1 else None,  # the day before ordinal 1 is outside `datetime.date`
        bool(flags & APPROXIMATE),
        bool(flags & UNCERTAIN),
        _sort_key(low, high, spans, text),
        spans,
        low,
        high,
    )


def _sort_key(
    low: int | None, high: int | None, spans: tuple[Span, ...], text: str
) -> tuple[int, int, int, str]:
    if low is not None:
        return 0, low, -high if high is not None else -(10**12), text
    if high is not None:
        return 0, high - 1, -1, text
    within_year = next((p.month + p.day for span in spans for p in span if p), "")
    return 1, int(within_year.replace("X", "0") or 0), 0, text


def _as_date(number: int | None) -> date | None:
    if number is None or not 1 <= number <= date.max.toordinal():
        return None
    return date.fromordinal(number)


def _before(first: int | None, end: int | None) -> bool:
    return first is None or end is None or first < end
