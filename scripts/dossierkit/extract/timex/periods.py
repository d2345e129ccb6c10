"""Meanings relative to another date: "yesterday", "last week", "two days later"."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dossierkit.extract.timex import moment as at
from dossierkit.extract.timex.context import AnchorDate, ReadingContext
from dossierkit.extract.timex.found import RuleMatch
from dossierkit.extract.timex.lengths import CLOCK_UNITS, duration, period_value
from dossierkit.extract.timex.limits import DAYS, MONTHS, limited
from dossierkit.extract.timex.moment import Moment, moved
from dossierkit.model.edtf import parse

_UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "WE": "XXXX-WXX-WE", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX",
            "DE": "XXX", "CE": "XX"}  # fmt: skip
"""TIMEX3's values of periods that cannot be placed; an X is a digit that is not known."""
_MOST = 100_000  # counts; larger ones are not resolved


_APPOSED = 6  # tokens from the beginning of a day to what stands beside it


def day(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """As in "yesterday", "tonight", "this morning"."""
    shift = found.get("o") if found.has("o") else found.get("shift")
    anchor = context.anchor.day if context.anchor else None
    if anchor is None or context.anchor is None:
        moment = replace(at.unplaced("XXXX-XX-XX"), relative=True)
    else:
        value = moved(anchor, shift)
        if value is None:
            return None
        moment = at.day(value).resolved(context.anchor.label)
    part = found.get("p") or found.rule.fixed.get("part")
    return at.part_of_day(moment, part) if part else moment


def unit(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """As in "last week", "this year", "the end of the year"."""
    code = found.get("u")
    shift = found.get("s") if found.has("s") else found.get("shift")
    moment = _period(context.anchor, code, shift or 0)
    if moment is None:
        return None
    mod = found.get("mod")
    return at.narrowed(moment, mod) if mod else moment


def _period(base: AnchorDate | None, code: str, shift: int) -> Moment | None:
    """The week, month, ... `shift` periods from the one that contains `base`."""
    if base is None or (not base.m and code not in {"Y", "DE", "CE"}) or (not base.d and code in DAYS):
        return replace(at.unplaced(_UNKNOWN[code]), relative=True)
    if code in DAYS:
        return _day_period(base, code, shift)
    y, m, _ = at.add_months((base.y, base.m or 1, 1), shift * MONTHS[code])
    if not 1 <= y <= 9999:
        return None
    made = {
        "M": lambda: at.month(y, m),
        "Q": lambda: at.quarter(y, (m + 2) // 3),
        "Y": lambda: at.year(y),
        "DE": lambda: at.decade(y // 10),
        "CE": lambda: at.century(y // 100),
    }[code]()
    return made.resolved(base.label)


def _day_period(base: AnchorDate, code: str, shift: int) -> Moment | None:
    value = moved(base.day or date.min, shift * DAYS[code]) if base.day else None
    if value is None or not 1 < value.year < 9999:  # the week may exceed the calendar
        return None
    made = at.day(value) if code == "D" else at.weekend(value) if code == "WE" else at.week(value)
    return made.resolved(base.label)


def offset(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """As in "two years ago", "three days from now": relative to the publication date; of a rule that is `exact` ("ten years ago today") the day."""
    made = _day_then(found, context.anchor) if found.has("exact") else None
    return made or _moved_by(found, context.anchor)


def _day_then(found: RuleMatch, base: AnchorDate | None) -> Moment | None:
    """The day some months or years from a day."""
    code, count = found.get("u"), found.amount()
    if (
        base is None
        or not base.d
        or count is None
        or count != int(count)
        or code not in MONTHS
        or count > _MOST
    ):
        return None
    value = at.real_day(*at.add_months(base.at, found.get("sign") * int(count) * MONTHS[code]))
    return at.day(value).resolved(base.label) if value else None


def later(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """As in "two days later", "the following month": relative to the date that the text last told of, else the publication date.

    Without a place in time if that were after publication in a sentence about the past: then another date is meant; or if the text has moved on
    from that date.
    """
    if found.has("final") and not _is_final(found, context):
        return duration(found) if found.has("n") and "n" in found.captures else None
    if context.adrift:
        return _moved_by(found, None)
    behind = found.get("sign") < 0
    next_day = (
        found.get("u") == "D" and found.rule.fixed.get("n") == 1 and not (context.told and context.told.d)
    )
    base = context.last_day if next_day else context.told
    made = _moved_by(found, base or (context.anchor if behind else None))
    ahead = not behind and _is_after(made, context) and context.direction(found.first, found.last) < 0
    return _moved_by(found, None) if ahead else made


def _is_after(moment: Moment | None, context: ReadingContext) -> bool:
    """Whether a moment begins after the day of publication."""
    if moment is None or moment.edtf is None or context.anchor is None or context.anchor.day is None:
        return False
    first = parse(moment.edtf).earliest
    return first is not None and first > context.anchor.day


def weekend(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """As in "the weekend", "this weekend": the one before if a weekday's clause is in the past."""
    day = context.anchor.day if context.anchor else None
    limit = 0 if found.tokens.lower(found.first) in found.grammar.data["articles"] else -1
    past = context.direction(found.first, found.last) <= limit
    before = past and day is not None and day.isoweekday() < 6
    return _period(context.anchor, "WE", -1 if before else 0)


def _is_final(found: RuleMatch, context: ReadingContext) -> bool:
    """Whether nothing follows that "before" or "after" could govern."""
    after = context.tokens.forms[found.last] if found.last < len(context.tokens.forms) else ""
    return not after.strip(".,;:)!?—–")


def _moved_by(found: RuleMatch, base: AnchorDate | None) -> Moment | None:
    code, sign, count = found.get("u"), found.get("sign"), found.amount()
    if count is None:
        return at.unplaced("PAST_REF" if sign < 0 else "FUTURE_REF")
    moment = _counted(code, sign * count, base) or at.duration(period_value(count, code))
    limit = found.get("lim")
    return limited(moment, limit, base, sign * count, code) if limit and base else moment


def _counted(code: str, count: float, base: AnchorDate | None) -> Moment | None:
    """The period `count` units from `base`; None if it has no place in time."""
    if code in CLOCK_UNITS:
        return _clock_offset(code, base, count)
    whole = int(count)
    if count != whole or abs(whole) > _MOST:
        return _fraction(code, count, base)
    if code == "FN":
        code, whole = "W", 2 * whole
    return _period(base, "W" if code == "WE" else code, whole)


def _fraction(code: str, count: float, base: AnchorDate | None) -> Moment | None:
    months = count * MONTHS[code] if code in MONTHS and code != "M" else None
    return _period(base, "M", int(months)) if months is not None and months == int(months) and base else None


def _clock_offset(code: str, base: AnchorDate | None, count: float) -> Moment | None:
    """As in "six hours ago": the day is known only for whole days."""
    hours = count if code == "H" else 0
    if base is None or base.day is None or hours == 0 or hours % 24 or abs(hours) > 24 * _MOST:
        return None
    value = moved(base.day, int(hours // 24))
    return at.day(value).resolved(base.label) if value else None


def same(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """As in "that year", "the same month": relative to the last date named."""
    code = found.get("u")
    moment = _period(context.at_hand, code, 0) if code in _UNKNOWN else None
    return at.narrowed(moment, found.get("mod")) if moment and found.has("mod") else moment


def apposed(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """As in "Yesterday, day five of the tournament,": the day named right before."""
    day = context.last if 0 < found.first - context.last_token <= _APPOSED else None
    return _period(day, "D", 0) if day is not None and day.d else None


def same_part(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """As in "that evening"."""
    moment = _period(context.at_hand, "D", 0)
    return at.part_of_day(moment, found.get("p")) if moment else None
