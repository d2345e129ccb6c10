"""A date as readers see it: in words, in EDTF, and how sure it is."""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache
from typing import NamedTuple

from dossierkit.model.edtf import Edtf, parse
from dossierkit.text.datewords import words

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_LAST = (2, 0, 0, "")


class DateView(NamedTuple):
    """`certainty`: exact | within (some time in a month, a week, a year) | span | open | about | uncertain | undated.

    `machine` is what HTML's `<time datetime>` accepts, empty where it has no word for the date. `sort` orders dates.
    """

    words: str
    edtf: str
    certainty: str
    machine: str
    year: str
    sort: tuple[int, int, int, str]


UNDATED = DateView("", "", "undated", "", "", _LAST)


@lru_cache(maxsize=65_536)
def view(edtf: str, lang: str) -> DateView:
    """`edtf` empty gives UNDATED. Raises EdtfError."""
    if not edtf:
        return UNDATED
    date = parse(edtf)
    machine = edtf if date.kind in {"day", "month", "year"} and edtf.replace("-", "").isdigit() else ""
    year = str(date.earliest.year) if date.earliest else str(date.latest.year) if date.latest else ""
    return DateView(words(edtf, lang), edtf, _certainty(date), machine, year, date.sort_key)


def year(edtf: str) -> str:
    """That of `view`; of a day, which most dates are, without asking what else it says."""
    return str(int(edtf[:4])) if _DAY.fullmatch(edtf) else view(edtf, "en").year


def _certainty(date: Edtf) -> str:
    if date.uncertain:
        return "uncertain"
    if date.kind in {"interval", "set"}:
        return "open" if None in {date.earliest, date.latest} else "within" if _short(date) else "span"
    if date.approximate:
        return "about"
    if date.earliest is None or date.latest is None:
        return "undated"
    return "exact" if date.latest - date.earliest <= timedelta(days=1) else "within"


def _short(date: Edtf) -> bool:
    """A third of a month or a week names one stretch of the calendar; longer intervals run from one day to another."""
    return date.earliest is not None and date.latest is not None and (date.latest - date.earliest).days <= 11
