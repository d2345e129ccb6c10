"""What a page's own address says: the day of publication, and the name of the house."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from urllib.parse import urlsplit

from dossierkit.ingest.days import day
from dossierkit.text import data

_YEAR = r"(?:199|20\d)\d"
_JOINED = re.compile(rf"(?<![\d-])({_YEAR})([-_])(\d{{2}})\2(\d{{2}})(?!\d)")
_FOLDERS = re.compile(
    rf"/({_YEAR})/(?:[A-Za-z][\w-]{{1,30}}/)?(\d{{1,2}}|[a-z]{{3,9}})/(\d{{1,2}})(?=/|\Z)", re.IGNORECASE
)
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})


def addressed_day(url: str) -> str:
    """The day in an address such as /2016/05/13/council-signs or /2016-05-13/; "" without one, or with several."""
    path = urlsplit(url).path
    found = {day(f"{year}-{month}-{number}") for year, _, month, number in _JOINED.findall(path)}
    found |= {_written(*parts) for parts in _FOLDERS.findall(path)}
    days = found - {""}
    return days.pop() if len(days) == 1 else ""


def apart(one: str, other: str) -> int:
    """Days between two days as text; 0 where one of them is no full day."""
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return 0


def is_house(name: str, publisher: str, url: str = "") -> bool:
    """Whether a name is that of the publisher or of the host, whatever its spaces, capitals and domain."""
    houses = {_letters(publisher), _letters(_stem(publisher.casefold()))} | host_names(url)
    return bool(_letters(name)) and bool({_letters(name), _letters(_stem(name.casefold()))} & (houses - {""}))


def host_names(url: str) -> frozenset[str]:
    """The host of an address as letters and digits, with and without its domain: news.example.co.uk -> example."""
    host = urlsplit(url).netloc.casefold().partition(":")[0].removeprefix("www.")
    return frozenset({_letters(host), _letters(_stem(host))} - {""})


def _stem(host: str) -> str:
    """The name that was registered: herald of www.herald.example and of herald.co.uk."""
    parts = host.split(".")
    if len(parts) < 2 or not all(parts) or " " in host:
        return host
    ends = 2 if len(parts) > 2 and parts[-2] in _SECOND_LEVEL else 1
    return parts[-ends - 1]


def _written(year: str, month: str, number: str) -> str:
    named = _months().get(month.casefold(), 0) if month.isalpha() else int(month)
    return day(f"{year}-{named:02d}-{int(number):02d}") if named else ""


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name)).casefold()


@cache
def _months() -> dict[str, int]:
    return {name: number for number, names in data.load("pageparts")["months"].items() for name in names}
