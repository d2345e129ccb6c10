"""Points and periods of the calendar, with TIMEX3 value and EDTF."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dossierkit.model import edtf

SEASONS = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}


@dataclass(frozen=True, slots=True)
class Moment:
    """The meaning of a time expression.

    `value`: TIMEX3. `edtf`: None if it has no place in time. `at`: the calendar date as far as it is named, (year, month
    or 0, day or 0), against which others are resolved. `type`: DATE, TIME, DURATION, SET. `relative`, `anchor`: as in
    model.finding.Timex.
    """

    type: str
    value: str
    edtf: str | None = None
    at: tuple[int, int, int] | None = None
    relative: bool = False
    anchor: str = ""

    @property
    def on_clock(self) -> bool:
        """Whether it is a time of day with hour and minute."""
        return self.type == "TIME" and self.value.partition("T")[2][:1].isdecimal()

    def resolved(self, anchor: str) -> Moment:
        return replace(self, relative=True, anchor=anchor)


def day(value: date) -> Moment:
    return Moment("DATE", value.isoformat(), value.isoformat(), (value.year, value.month, value.day))


def days(first: date, last: date) -> Moment:
    """Some time in a period that is none of our calendar's, such as a month of another."""
    return Moment("DATE", f"{first}/{last}", f"[{first}..{last}]")


def month(y: int, m: int) -> Moment:
    return Moment("DATE", edtf.month(y, m), edtf.month(y, m), (y, m, 0))


def year(y: int) -> Moment:
    return Moment("DATE", edtf.year(y), edtf.year(y), (y, 0, 0))


def week(inside: date) -> Moment:
    """The week, Monday to Sunday, that contains a day."""
    first = inside - timedelta(days=inside.weekday())
    y, number, _ = inside.isocalendar()
    span = edtf.interval(edtf.day(first), edtf.day(first + timedelta(days=6)))
    return Moment("DATE", f"{y:04d}-W{number:02d}", span, (first.year, first.month, first.day))


def weekend(inside: date) -> Moment:
    saturday = inside - timedelta(days=inside.weekday() - 5)
    span = edtf.interval(edtf.day(saturday), edtf.day(saturday + timedelta(days=1)))
    return Moment("DATE", f"{week(inside).value}-WE", span, (saturday.year, saturday.month, saturday.day))


def quarter(y: int, number: int) -> Moment:
    return Moment("DATE", f"{y:04d}-Q{number}", f"{y:04d}-{32 + number}", (y, 3 * number - 2, 0))


def half(y: int, number: int) -> Moment:
    return Moment("DATE", f"{y:04d}-H{number}", f"{y:04d}-{39 + number}", (y, 6 * number - 5, 0))


def season(y: int, code: str) -> Moment:
    return Moment("DATE", f"{y:04d}-{code}", f"{y:04d}-{SEASONS[code]}", (y, 0, 0))


def decade(number: int) -> Moment:
    """A decade by its first three digits: 201 is the 2010s."""
    return Moment("DATE", f"{number:03d}", f"{number:03d}X", None)


def century(number: int) -> Moment:
    """A century by its number: 19 is 1900 to 1999."""
    return Moment("DATE", f"{number:02d}", f"{number:02d}XX", None)


def unplaced(value: str) -> Moment:
    """An expression with a partly known value, or without a place in time."""
    return Moment("DATE", value)


def without_year(value: str, text: str) -> Moment:
    """A part of an unknown year: "04" or "Q3" in TIMEX3, with its EDTF code."""
    return Moment("DATE", f"XXXX-{value}", f"XXXX-{text}", None, relative=True)


def duration(value: str) -> Moment:
    return Moment("DURATION", value)


def every(value: str) -> Moment:
    return Moment("SET", value)


def part_of_day(moment: Moment, part: str) -> Moment:
    """As in "Friday" with "MO": its morning. The EDTF stays the day."""
    return replace(moment, type="TIME", value=f"{moment.value}T{part}")


def overnight(moment: Moment, way: int) -> Moment:
    """As in "the night of Thursday to Friday": of a day and the next (`way` 1) or the one before (-1), since either may be meant."""
    here = real_day(*moment.at) if moment.at else None
    other = moved(here, way) if here else None
    if here is None or other is None:
        return moment
    return replace(moment, edtf=edtf.interval(*(edtf.day(one) for one in sorted((here, other)))))


def narrowed(moment: Moment, mod: str) -> Moment:
    """The START, MID or END of a month, year or decade: TIMEX3 keeps the value, EDTF is a third with approximate bounds (`~`)."""
    text = moment.edtf or ""
    if moment.value != text and not text.endswith("X"):
        return moment
    if text.endswith("X") and text[:3].isdecimal() and text[2:3] != "X":
        return replace(moment, edtf=_third_of_decade(int(text[:3] + "0"), mod))
    if moment.at and len(text) == 4:
        return replace(moment, edtf=_third_of_year(moment.at[0], mod))
    if moment.at and len(text) == 7 and text[:4].isdecimal():
        return replace(moment, edtf=edtf.third(moment.at[0], moment.at[1], _THIRDS[mod]))
    return moment


_THIRDS = {"START": "early", "MID": "mid", "END": "late"}


def _third_of_year(y: int, mod: str) -> str:
    return {
        "START": f"{y:04d}-01/{y:04d}-04~",
        "MID": f"{y:04d}-05~/{y:04d}-08~",
        "END": f"{y:04d}-09~/{y:04d}-12",
    }[mod]


def _third_of_decade(first: int, mod: str) -> str:
    a, b = {"START": (0, 3), "MID": (4, 6), "END": (7, 9)}[mod]
    low, high = f"{first + a:04d}", f"{first + b:04d}"
    return edtf.interval(low if a == 0 else f"{low}~", high if b == 9 else f"{high}~")


def add_months(at: tuple[int, int, int], months: int) -> tuple[int, int, int]:
    """(year, month, day) months later, the day limited to the month's length; the year may leave 1 to 9999."""
    total = at[0] * 12 + at[1] - 1 + months
    y, m = divmod(total, 12)
    last = monthrange(y % 400 + 400, m + 1)[1]
    return y, m + 1, min(at[2], last)


def real_day(y: int, m: int, d: int) -> date | None:
    """The date, None if the calendar does not have it."""
    if not (1 <= y <= 9999 and 1 <= m <= 12 and 1 <= d <= monthrange(y % 400 + 400, m)[1]):
        return None
    return date(y, m, d)


def moved(value: date, days: int) -> date | None:
    """The date some days later, None outside the calendar."""
    number = value.toordinal() + days
    return date.fromordinal(number) if 1 <= number <= date.max.toordinal() else None
