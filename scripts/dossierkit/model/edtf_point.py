"""One date of an EDTF expression: year, month, day, with unspecified digits and qualifiers on each part.

Source: ISO 8601-2:2019 and the Library of Congress EDTF specification, levels 0 and 1, of level 2 unspecified
digits anywhere and the qualification of parts.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from dossierkit.model.message import Message, MessageError

APPROXIMATE = 1
UNCERTAIN = 2

_MARKS = {"": 0, "~": APPROXIMATE, "?": UNCERTAIN, "%": APPROXIMATE | UNCERTAIN}
_SIGNS = {flag: mark for mark, flag in _MARKS.items()}

_POINT = re.compile(
    r"(?P<yp>[~?%]?)(?P<year>-?[0-9X]{4}|Y-?[0-9]{5,})(?P<ys>[~?%]?)"
    r"(?:-(?P<mp>[~?%]?)(?P<month>[0-9X]{2})(?P<ms>[~?%]?)"
    r"(?:-(?P<dp>[~?%]?)(?P<day>[0-9X]{2})(?P<ds>[~?%]?)"
    r"(?:T(?P<time>[0-2][0-9]:[0-5][0-9](?::[0-6][0-9])?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)?))?)?)?",
    re.ASCII,
)

# Code: (first month, number of months). Meteorological seasons: 21-24 (hemisphere not stated) and 25-28 as in the northern
# hemisphere, 29-32 in the southern; then quarters, four-month periods, halves.
_SEASONS = {
    **{code: (3 + 3 * (i % 4), 3) for i, code in enumerate(range(21, 29))},
    29: (9, 3), 30: (12, 3), 31: (3, 3), 32: (6, 3),
    **{code: (1 + 3 * i, 3) for i, code in enumerate(range(33, 37))},
    **{code: (1 + 4 * i, 4) for i, code in enumerate(range(37, 40))},
    40: (1, 6), 41: (7, 6),
}  # fmt: skip


class EdtfError(MessageError):
    """A text that is not EDTF. The message says what was found and what is expected, with an example."""


@dataclass(frozen=True, slots=True)
class EdtfPoint:
    """A single date: `year`, `month`, `day`, `time` as written ("201X", "04", "21" for spring, ""), without qualifiers.

    `flags`: for year, month and day, the sum of APPROXIMATE and UNCERTAIN.
    """

    year: str
    month: str = ""
    day: str = ""
    time: str = ""
    flags: tuple[int, int, int] = (0, 0, 0)

    @property
    def kind(self) -> str:
        """The finest part given: century | decade | year | season | quarter | month | day | time."""
        if self.time:
            return "time"
        if self.day:
            return "day"
        if self.month:
            return _month_kind(self.month)
        masked = len(self.year) - len(self.year.rstrip("X"))
        return {1: "decade", 2: "century"}.get(masked, "year")

    @property
    def year_known(self) -> bool:
        """False for `XXXX`, a wholly unknown year."""
        return self.year.lstrip("-") != "XXXX"

    @property
    def any_flag(self) -> int:
        return self.flags[0] | self.flags[1] | self.flags[2]

    def __str__(self) -> str:
        parts = [part for part in (self.year, self.month, self.day) if part]
        shared = 1
        while shared < len(parts) and self.flags[shared] == self.flags[0]:
            shared += 1
        head = "-".join(parts[:shared]) + _SIGNS[self.flags[0]]
        tail = [f"-{_SIGNS[self.flags[i]]}{parts[i]}" for i in range(shared, len(parts))]
        return head + "".join(tail) + (f"T{self.time}" if self.time else "")


def parse_point(text: str) -> EdtfPoint:
    """Parse a single date. Raises EdtfError."""
    found = _POINT.fullmatch(text)
    if found is None:
        raise EdtfError(explain(text))
    suffixes = [_MARKS[found[name] or ""] for name in ("ys", "ms", "ds")]
    prefixes = [_MARKS[found[name] or ""] for name in ("yp", "mp", "dp")]
    y, m, d = suffixes
    point = EdtfPoint(
        found["year"],
        found["month"] or "",
        found["day"] or "",
        found["time"] or "",
        (prefixes[0] | y | m | d, prefixes[1] | m | d, prefixes[2] | d),
    )
    _check(point, text)
    return point


def bounds(point: EdtfPoint) -> tuple[int | None, int | None]:
    """The first possible day and the day after the last, as proleptic Gregorian ordinals; (None, None) if the year is unknown."""
    if not point.year_known:
        return None, None
    first = next(_candidates(point, latest=False))
    last = next(_candidates(point, latest=True))
    return first[0], last[1]


def ordinal(year: int, month: int, day: int) -> int:
    """`date.toordinal` for any year, by the calendar's cycle of 400 years."""
    return date(year % 400 + 400, month, day).toordinal() + (year // 400 - 1) * 146097


def iso(number: int) -> str:
    """The day of an ordinal in ISO 8601: `-0043-03-15`; a year of more than four digits has its sign."""
    cycles, within = divmod(number - 1, 146097)
    day = date.fromordinal(within + 1)
    year = day.year + 400 * cycles
    sign, digits = "-" if year < 0 else "+" if year > 9999 else "", f"{abs(year):04d}"
    return f"{sign}{digits}-{day.month:02d}-{day.day:02d}"


def _candidates(point: EdtfPoint, *, latest: bool) -> Iterator[tuple[int, int]]:
    """Each period that the point may mean, as (first day, day after the last), earliest (or latest) first."""
    for year in _numbers(point.year, latest=latest):
        for month in _months(point.month, latest=latest):
            yield from _periods(year, month, point.day, latest=latest)


def _months(digits: str, *, latest: bool) -> Iterator[int]:
    """Month or season numbers, 0 for none. Unspecified digits stand for months only, not for seasons."""
    if "X" not in digits:
        yield int(digits or 0)
        return
    yield from (number for number in _numbers(digits, latest=latest) if number <= 12)


def _periods(year: int, month: int, day: str, *, latest: bool) -> Iterator[tuple[int, int]]:
    if month == 0:
        yield ordinal(year, 1, 1), ordinal(year + 1, 1, 1)
    elif month > 12:
        first, length = _SEASONS[month]
        yield _first_of(year, first), _first_of(year, first + length)
    elif not day:
        yield _first_of(year, month), _first_of(year, month + 1)
    else:
        days = monthrange(year % 400 + 400, month)[1]
        for number in _numbers(day, latest=latest):
            if 1 <= number <= days:
                start = ordinal(year, month, number)
                yield start, start + 1


def _first_of(year: int, month: int) -> int:
    return ordinal(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _numbers(digits: str, *, latest: bool) -> Iterator[int]:
    """The numbers that a part may stand for, least (or greatest) first; never 0 if it has unspecified digits."""
    sign = -1 if "-" in digits else 1
    body = digits.lstrip("Y-")
    free = body.count("X")
    down = latest != (sign < 0)
    order = range(10**free - 1, -1, -1) if down else range(10**free)
    pattern = body.replace("X", "{}")
    for n in order:
        number = int(pattern.format(*f"{n:0{free}d}")) if free else int(body)
        if number or not free:
            yield sign * number


def _month_kind(month: str) -> str:
    if "X" in month or int(month) <= 12:
        return "month"
    return "quarter" if 33 <= int(month) <= 36 else "season"


def _check(point: EdtfPoint, text: str) -> None:
    month = point.month
    if month and "X" not in month and not (1 <= int(month) <= 12 or int(month) in _SEASONS):
        raise EdtfError(
            "{text!r}: there is no month {month}; expected 01 to 12, a season 21 to 24 or a quarter 33 to 36, for example 2016-05 or 2016-33",
            text=text,
            month=month,
        )
    if month and "X" in month and not re.fullmatch("[01X]X|X[0-9]", month):
        raise EdtfError(
            "{text!r}: no month can be {month}; expected 0X, 1X or XX, for example 2016-XX-12",
            text=text,
            month=month,
        )
    if point.day and _month_kind(month) != "month":
        raise EdtfError("{text!r}: a season or quarter has no days; expected for example 2016-21", text=text)
    if point.time and int(point.time[:2]) > 24:
        raise EdtfError(
            "{text!r}: there is no hour {hour}; expected for example 2016-05-30T14:30",
            text=text,
            hour=point.time[:2],
        )
    if point.day and next(_candidates(point, latest=False), None) is None:
        raise EdtfError(
            "{text!r}: there is no such day; expected a day of that month, for example 2016-02-29", text=text
        )


_DAY = r"[0-9]{1,2}(?:er|st|nd|rd|th|\.)?"
_MONTH = r"[^\W\d_]{3,12}\.?"
_IN_ENGLISH = r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[^\W\d_]{0,6}\.?"
_HINTS = (
    (
        rf"{_DAY} {_MONTH} [0-9]{{4}}|{_MONTH} {_DAY},? [0-9]{{4}}|{_IN_ENGLISH} [0-9]{{4}}",
        "write the year first, and the month as a number: 2016-05 for May 2016",
    ),
    (r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}", "write the year first: 2016-05-30 for 30 May 2016"),
    (r"[0-9]{4}[./][0-9]{1,2}[./][0-9]{1,2}", "write hyphens between the parts: 2016-05-30"),
    (r"[0-9]{8}", "write hyphens between the parts: 2016-05-30"),
    (r"[0-9]{4}-[0-9](-.*)?|[0-9]{4}-[0-9]{2}-[0-9]", "write two digits for month and day: 2016-05-03"),
    (r"(?i)c(a|irca)?\.?\s*[0-9]{4}", "write ~ after an approximate date: 2016~"),
    (r"(?i)unknown|open|present|now", "write .. for an open end: 2016/.."),
    (r"[0-9ux]{4}(-.*)?", "write a capital X for an unspecified digit: 201X"),
    (r".*[–—−].*", "write a plain hyphen between the parts (2016-05-30) and / between two dates"),
    (r"[0-9]{5,}", "write Y before a year of more than four digits: Y17000"),
)


def explain(text: str) -> Message:
    """What is wrong with a text that is no point in time, and what to write."""
    for pattern, hint in _HINTS:
        if re.fullmatch(pattern, text):
            return Message("{text!r} is not an EDTF date; {hint}", {"text": text, "hint": Message(hint)})
    return Message(
        "{text!r} is not an EDTF date; expected a year, month or day, "
        "for example 2016, 2016-05, 2016-05-30, 2016-05~, 201X, XXXX-04",
        {"text": text},
    )
