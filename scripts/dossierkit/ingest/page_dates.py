"""Days as pages show them to readers ("13 May 2016", "13.05.2016", "١٣ مايو ٢٠١٦") -> EDTF."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from dossierkit.ingest.days import day
from dossierkit.text import data

_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)((?:19|20)\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
_MONTH_FIRST = "en-us"


def shown_day(text: str, lang: str = "") -> str:
    """The first whole day in a line; empty where there is none, or where day and month cannot be told apart."""
    line = _digits(text)
    worded = _worded().search(line)
    if worded and (number := worded["first"] or worded["last"]):
        month = _months()[worded["month"].casefold().rstrip(".")]
        return day(f"{worded['year']}-{month:02d}-{int(number):02d}")
    iso = _ISO.search(line)
    if iso:
        return day(f"{iso[1]}-{int(iso[3]):02d}-{int(iso[4]):02d}")
    numeric = _NUMERIC.search(line)
    return _certain(int(numeric[1]), int(numeric[3]), numeric[4], numeric[2], lang) if numeric else ""


def _certain(one: int, two: int, year: str, mark: str, lang: str) -> str:
    """Day and month of a date in figures, where it is certain which is which."""
    english = lang.lower().startswith("en") or not lang
    if two > 12 >= one:
        return day(f"{year}-{one:02d}-{two:02d}")
    if one > 12 >= two or mark == "." or not english or one == two:
        return day(f"{year}-{two:02d}-{one:02d}")
    return day(f"{year}-{one:02d}-{two:02d}") if lang.lower() == _MONTH_FIRST else ""


def _digits(text: str) -> str:
    """Digits of any script as 0 to 9."""
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


@cache
def _months() -> dict[str, int]:
    return {name: number for number, names in data.load("pageparts")["months"].items() for name in names}


@cache
def _worded() -> re.Pattern[str]:
    """A day with its month in words; in Arabic both names of the month may stand there."""
    names = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    return re.compile(
        rf"(?<![\w])(?:(?P<first>\d{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?: de| of)? )?(?P<month>{names})\.?(?:/[^\W\d_]{{2,12}})?"
        rf"(?: (?P<last>\d{{1,2}})(?:st|nd|rd|th)?,?)?(?: de| of|,)? (?P<year>(?:19|20)\d{{2}})(?!\d)",
        re.IGNORECASE,
    )
