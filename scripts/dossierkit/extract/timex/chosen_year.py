"""The year of a date that is told without one: by the weekday named with it, the tense, or how near it is to the anchor."""

from __future__ import annotations

from dossierkit.extract.timex import moment as at
from dossierkit.extract.timex.context import AnchorDate
from dossierkit.extract.timex.found import RuleMatch

_NEAR = 30
"""Days from the publication."""
_WEEK = 7
_HALF_A_YEAR = 6  # months


def year_by_weekday(
    found: RuleMatch, anchor: AnchorDate, m: int, d: int | None, direction: int = 0
) -> int | None:
    """The nearest year in which the day has the weekday named with it; of a report's own days one that is wrong by a day will do. `direction`: of
    what has happened (-1) no day to come, of what will (1) none that is over.
    """
    if not found.has("w") or d is None:
        return None
    if _is_slip(found, anchor, m, d):
        return anchor.y
    for y in (anchor.y, anchor.y - 1, anchor.y + 1):
        value = at.real_day(y, m, d)
        after = bool(value) and (y, m, d) > anchor.at
        against = (direction < 0 and after) or (direction > 0 and not after and (y, m, d) != anchor.at)
        if value and value.isoweekday() == found.get("w") and not against:
            return y
    return None


def _is_slip(found: RuleMatch, anchor: AnchorDate, m: int, d: int) -> bool:
    """Whether the day lies within a week of the anchor, and has the weekday before or after the one that is named."""
    value, here = at.real_day(anchor.y, m, d), anchor.d and at.real_day(anchor.y, anchor.m, anchor.d)
    if not value or not here or abs((value - here).days) > _WEEK:
        return False
    return (value.isoweekday() - found.get("w")) % _WEEK in {1, _WEEK - 1}


def year_by_tense(anchor: AnchorDate, m: int, d: int | None, direction: int) -> int:
    here, there = (anchor.m, anchor.d), (m, d or 0)
    if d is None or not anchor.d:
        here, there = (anchor.m, 0), (m, 0)
    if direction < 0:
        return anchor.y if there <= here else anchor.y - 1
    if direction > 0:
        return anchor.y if there >= here else anchor.y + 1
    gap = m - anchor.m
    return anchor.y - 1 if gap > _HALF_A_YEAR else anchor.y + 1 if gap < -_HALF_A_YEAR else anchor.y


def year_near(anchor: AnchorDate, m: int, d: int | None) -> int | None:
    """The year in which the day is within weeks of the publication date, whatever the tense nearby."""
    day = anchor.day
    if day is None or d is None:
        return None
    for y in (anchor.y, anchor.y - 1, anchor.y + 1):
        value = at.real_day(y, m, d)
        if value and abs((value - day).days) <= _NEAR:
            return y
    return None
