"""What bounds a length: "more than two weeks ago" is any day up to that one, "less than two weeks ago" any day since.

Source: the values of `mod` in TIMEX3 (TimeML 1.2.1), of which these rules use MORE_THAN, LESS_THAN and APPROX.
"""

from __future__ import annotations

from dataclasses import replace

from dossierkit.extract.timex import moment as at
from dossierkit.extract.timex.context import AnchorDate
from dossierkit.extract.timex.moment import Moment, moved
from dossierkit.model import edtf

MONTHS = {"M": 1, "Q": 3, "Y": 12, "DE": 120, "CE": 1200}
DAYS = {"D": 1, "W": 7, "WE": 7, "FN": 14}
_HOURS = 24


def limited(moment: Moment, limit: str, base: AnchorDate, count: float, code: str) -> Moment:
    """`moment`, which lies `count` units from `base`, with the EDTF that `limit` leaves; its TIMEX3 value stays.

    A moment without a place in time stays as it is.
    """
    if moment.edtf is None:
        return moment
    if limit == "APPROX":
        return replace(moment, edtf="/".join(f"{end}~" for end in moment.edtf.split("/")))
    end = _moved(base, count, code)
    if end is None:
        return moment
    near, far = _point(base.at), _point(end)
    if limit == "MORE_THAN":
        return replace(moment, edtf=f"[..{far}]" if count < 0 else f"[{far}..]")
    first, last = (far, near) if count < 0 else (near, far)
    return replace(moment, edtf=first if first == last else f"[{first}..{last}]")


def _moved(base: AnchorDate, count: float, code: str) -> tuple[int, int, int] | None:
    """The date so many units from `base`, as far as `base` is named; None outside the calendar."""
    if code in DAYS or code == "H":
        days = count * DAYS[code] if code in DAYS else count / _HOURS
        day = moved(base.day, int(days)) if base.day else None
        return (day.year, day.month, day.day) if day else None
    y, m, d = at.add_months((base.y, base.m or 1, base.d or 1), int(count * MONTHS[code]))
    return (y, m if base.m else 0, d if base.d else 0) if 1 <= y <= 9999 else None


def _point(date: tuple[int, int, int]) -> str:
    y, m, d = date
    return edtf.year(y) if not m else edtf.month(y, m) if not d else f"{edtf.month(y, m)}-{d:02d}"
