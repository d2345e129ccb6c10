"""A date as readers see it: in words, in EDTF, and how sure it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from dossierkit.model.edtf import Edtf, parse
from dossierkit.text.datewords import part_of_period, words

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_HOUR = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{5,8}(Z|[+-][0-9]{2}:?[0-9]{2})?")
_LAST = (2, 0, 0, "")


class DateView(NamedTuple):
    """A date prepared for templates.

    `certainty`: exact | within (some time in a month, a week, a year) | span | open | about | uncertain | undated. `year`: in
    years of our era, empty for dates before it. `machine`: the date if it has the form of HTML's `<time datetime>`, else
    empty. `sort`: the key by which dates are ordered.
    """

    words: str
    edtf: str
    certainty: str
    machine: str
    year: str
    sort: tuple[int, int, int, str]

    @property
    def stamp(self) -> str:
        """The value for `<time datetime>`; empty for years before 1, which HTML cannot express."""
        return "" if self.machine.startswith(("-", "0000")) else self.machine


UNDATED = DateView("", "", "undated", "", "", _LAST)


@lru_cache(maxsize=65_536)
def view(edtf: str, lang: str) -> DateView:
    """The view of an EDTF date; `UNDATED` for an empty one. Raises EdtfError."""
    if not edtf:
        return UNDATED
    date = parse(edtf)
    plain = (date.kind in {"day", "month", "year"} and edtf.replace("-", "").isdigit()) or _HOUR.fullmatch(
        edtf
    )
    machine = edtf if plain and date.earliest else ""
    year = (date.first_day or date.last_day)[:-6].lstrip("0")
    counted = year if year.isdigit() else ""
    return DateView(words(edtf, lang), edtf, _certainty(date), machine, counted, date.sort_key)


def year(edtf: str) -> str:
    """The year of a date, as `view(edtf, …).year`. Most dates are days, for which it need not make the view."""
    return str(int(edtf[:4])) if _DAY.fullmatch(edtf) else view(edtf, "en").year


def _certainty(date: Edtf) -> str:
    if date.uncertain:
        return "uncertain"
    if date.low is None or date.high is None:
        return "open" if date.kind in {"interval", "set"} else "about" if date.approximate else "undated"
    if date.kind in {"interval", "set"}:
        if not within(date):
            return "span"
        return "about" if date.approximate and _week(date) else "within"
    if date.approximate:
        return "about"
    return "exact" if date.high - date.low <= 1 else "within"


def within(date: Edtf) -> bool:
    """Whether an interval or a set is a period in which something happened, not the length of time that it took.

    True for one of several dates (`[..]`), a week, a weekend, and the early, middle or late part of a month, a year or a
    decade. All other intervals run from one day to another.
    """
    if date.kind == "set":
        return date.text.startswith("[")
    return part_of_period(date) or _week(date)


def _week(date: Edtf) -> bool:
    """Whether it is seven days from a Monday or a Sunday, or a Saturday and a Sunday."""
    first, last = date.spans[0]
    if date.earliest is None or not (first and last and first.kind == last.kind == "day"):
        return False
    days, begins = (date.high or 0) - (date.low or 0), date.earliest.weekday()
    return (days == 7 and begins in {0, 6}) or (days == 2 and begins == 5)
