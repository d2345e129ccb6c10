"""Dates as formats and scrapers write them (ISO 8601, RFC 5322, PDF, compact, 21.11.2019, 21 November 2019) -> EDTF.

Ambiguous dates (11/12/2019) give nothing, and dates stay in the zone of their author.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_tz

from dossierkit.model.edtf import EdtfError, parse

_DAY = re.compile(r"\s*(\d{4}-\d{2}(?:-\d{2})?)(?![\d-])")
_COMPACT = re.compile(r"\s*(?:D:)?(\d{4})(\d{2})(\d{2})(?!\d(?!\d{5}))")
_DOTTED = re.compile(r"\s*(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})(?!\d)")
_SLASHED = re.compile(r"\s*(\d{1,2})/(\d{1,2})/(\d{4})(?!\d)")
_WORDED = re.compile(r"\s*(?:(\d{1,2})\.? ([A-Za-z]{3,9})|([A-Za-z]{3,9})\.? (\d{1,2})),? (\d{4})(?!\d)")
_TYPED = re.compile(
    r"\s*(?:\d{1,2}/\d{1,2}/\d{4}|\d{1,2}\.\s?\d{1,2}\.\s?\d{4}|\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}(?::\d{2})?(?:\.\d{1,6})?(?:Z|[+-]\d{2}:?\d{2})?)\s*"
)
_BEFORE_OUR_ERA = re.compile(r"[A-Za-z]{3} -\d")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_YEAR = re.compile(r"\s*(\d{4})\s*\Z")


def day(value: str) -> str:
    """The EDTF day, month or year at the beginning of a timestamp; "" if there is none."""
    return next((found for found in _candidates(value) if _exists(found)), "")


def typed_day(value: str) -> str:
    """The EDTF day of a cell that holds nothing but a day, as spreadsheets write it (23/01/2023, 1/23/2023, 23.1.2023, 2023-01-23
    00:00:00); empty where it is no day, or may be two.
    """
    return day(value) if _TYPED.fullmatch(value) else ""


def both_days(value: str) -> tuple[str, ...]:
    """The two days that one with slashes may be, where nobody knows which number is the month; nothing for all others."""
    slashed = _SLASHED.fullmatch(value.strip())
    if slashed is None or day(value):
        return ()
    first, second, year = slashed.groups()
    found = (_written(year, second, first), _written(year, first, second))
    return found if all(map(_exists, found)) else ()


def _candidates(value: str) -> tuple[str, ...]:
    dashed, compact, year = _DAY.match(value), _COMPACT.match(value.replace("/", "")), _YEAR.match(value)
    return (
        dashed[1] if dashed else "",
        "-".join(compact.groups()) if compact and not dashed else "",
        year[1] if year else "",
        _mail_day(value) if not (dashed or compact or year) else "",
        *(_written(*groups) for groups in _ordered(value)),
    )


def _ordered(value: str) -> Iterator[tuple[str, str, str]]:
    """Year, month and day of a written date, if only one order is possible."""
    if dotted := _DOTTED.match(value):
        yield dotted[3], dotted[2], dotted[1]
    if slashed := _SLASHED.match(value):
        first, second, year = slashed.groups()
        if int(second) > 12 or first == second:
            yield year, first, second
        elif int(first) > 12:
            yield year, second, first
    if worded := _WORDED.match(value):
        month = (worded[2] or worded[3]).lower()[:3]
        if month in _MONTHS:
            yield worded[5], str(_MONTHS.index(month) + 1), worded[1] or worded[4]


def _written(year: str, month: str, day_: str) -> str:
    return f"{year}-{int(month):02d}-{int(day_):02d}"


def _mail_day(value: str) -> str:
    """The day of a date in RFC 5322 form, in its own zone."""
    # WordPress writes "30 Nov -0001" for no date; the library would read 2000.
    if _BEFORE_OUR_ERA.search(value[:200]):
        return ""
    try:
        parsed = parsedate_tz(value[:200])
    except (ValueError, IndexError, TypeError):
        return ""
    return f"{parsed[0]:04d}-{parsed[1]:02d}-{parsed[2]:02d}" if parsed else ""


def _exists(found: str) -> bool:
    try:
        return bool(found and parse(found))
    except EdtfError:
        return False
