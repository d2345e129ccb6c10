"""Days in numbers, by the calendar that their language counts in (data/calendars.yml)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from dossierkit.extract.timex import moment as at
from dossierkit.extract.timex.moment import Moment
from dossierkit.text.data import load

_OURS = range(1500, 2200)
_BUDDHIST = 543  # years; exact since 1941, when the year began to begin on 1 January
_SOLAR_EPOCH, _ISLAMIC_EPOCH = 226_894, 227_014  # the day before the first, as of `date.toordinal`
_ETHIOPIC_EPOCH = 2_795
_LAST_SHORT = 13  # the month of five or six days


def is_untold(lang: str) -> bool:
    """Whether a year in digits may be of another calendar or of ours, and nothing tells which."""
    return lang in load("calendars")["untold"]


def latest_year(lang: str) -> int:
    """The last number of four digits that may be a year."""
    calendars = load("calendars")["years"].get(lang, {})
    return max(_OURS[-1], *(last for _, last in calendars.values())) if calendars else _OURS[-1]


def ours(lang: str, y: int) -> int:
    """The year of ours that a year beside a month of ours is."""
    return y - _BUDDHIST if _calendar(lang, y) == "buddhist" else y


def day(lang: str, y: int, m: int, d: int) -> Moment | None:
    """The day of three numbers in a language (primary subtag); approximate (`~`) if its calendar follows the moon.

    None if no calendar of the language has it.
    """
    calendar = _calendar(lang, y)
    if calendar == "islamic":
        value = islamic_day(y, m, d)
        moment = at.day(value) if value else None
        return replace(moment, edtf=f"{moment.edtf}~") if moment else None
    if calendar == "solar":
        value = solar_day(y, m, d)
    else:
        value = at.real_day(ours(lang, y), m, d) if ours(lang, y) in _OURS else None
    return at.day(value) if value else None


def _calendar(lang: str, y: int) -> str:
    calendars = load("calendars")["years"].get(lang, {})
    return next((name for name, (first, last) in calendars.items() if first <= y <= last), "")


def solar_day(y: int, m: int, d: int) -> date | None:
    """A day of the calendar of Iran and Afghanistan.

    Its leap years by the cycle of 33 years, which agrees with the astronomical rule from 1178 to 1633 (K. M. Borkowski, The Persian
    Calendar for 3000 Years, Earth, Moon, and Planets 74, 1996).
    """
    before = 31 * (m - 1) if m <= 7 else 30 * (m - 1) + 6
    length = 31 if m <= 6 else 30 if m <= 11 or (25 * y + 11) % 33 < 8 else 29
    if not (1178 <= y <= 1633 and 1 <= m <= 12 and 1 <= d <= length):
        return None
    return date.fromordinal(_SOLAR_EPOCH + 365 * (y - 1) + (8 * y + 21) // 33 + before + d)


def islamic_day(y: int, m: int, d: int) -> date | None:
    """A day of the tabular Islamic calendar (Ulugh Beg's leap years); what was observed may be a day or two apart."""
    if not (1 <= y <= 9000 and 1 <= m <= 12 and 1 <= d <= 30):
        return None
    return date.fromordinal(_ISLAMIC_EPOCH + 354 * (y - 1) + (11 * y + 3) // 30 + (59 * (m - 1) + 1) // 2 + d)


def ethiopic_day(y: int, m: int, d: int) -> date | None:
    """A day of the calendar of Ethiopia and Eritrea; every fourth year, before one that four divides, its last month has a day more."""
    length = 30 if m < _LAST_SHORT else 6 if y % 4 == 3 else 5
    if not (1500 <= y <= 2191 and 1 <= m <= _LAST_SHORT and 1 <= d <= length):
        return None
    return date.fromordinal(_ETHIOPIC_EPOCH + 365 * (y - 1) + y // 4 + 30 * (m - 1) + d)


def span(day_of: Callable[[int, int, int], date | None], y: int, first: int, last: int) -> Moment | None:
    """The days of the months `first` to `last` of a year of another calendar."""
    begins = day_of(y, first, 1)
    ends = next(filter(None, (day_of(y, last, d) for d in range(31, 0, -1))), None)
    return at.days(begins, ends) if begins and ends else None
