"""Meanings without a place in time: durations, sets, vague references."""

from __future__ import annotations

from dossierkit.extract.timex import moment as at
from dossierkit.extract.timex.found import RuleMatch
from dossierkit.extract.timex.moment import Moment

CLOCK_UNITS = {"S", "MIN", "H"}


def duration(found: RuleMatch) -> Moment | None:
    """As in "three years", "several months"."""
    code = found.get("u")
    count = found.amount()
    if count is not None and found.has("half"):
        count += 0.5
    return at.duration(period_value(count, code))


def period_value(count: float | None, code: str) -> str:
    number = "X" if count is None else f"{count:.10f}".rstrip("0").rstrip(".")
    if code in CLOCK_UNITS:
        return f"PT{number}{'M' if code == 'MIN' else code}"
    if code == "FN":
        return f"P{2 * count:.0f}W" if count is not None else "PXW"
    return f"P{number}{code}"


def plural(found: RuleMatch) -> Moment | None:
    """As in "months", "decades-long": an unspecified plural."""
    return at.duration(period_value(None, found.get("u")))


def set_unit(found: RuleMatch) -> Moment | None:
    """As in "every two years", "twice a week"."""
    count = found.amount() if "n" in found.captures else 1
    return at.every(period_value(count, found.get("u")))


def set_weekday(found: RuleMatch) -> Moment | None:
    part = f"T{found.get('p')}" if found.get("p") else ""
    return at.every(f"XXXX-WXX-{found.get('w')}{part}")


def set_month(found: RuleMatch) -> Moment | None:
    return at.every(f"XXXX-{found.get('m'):02d}")


def set_date(found: RuleMatch) -> Moment | None:
    """As in "every 3 May"."""
    return at.every(f"XXXX-{found.get('m'):02d}-{found.integer('d') or 0:02d}")


def set_part(found: RuleMatch) -> Moment | None:
    return at.every(f"XXXX-XX-XXT{found.get('p')}")


def adverb(found: RuleMatch) -> Moment | None:
    """As in "daily"."""
    return at.every(found.get("a"))


def reference(found: RuleMatch) -> Moment | None:
    """As in "now", "recently"."""
    return at.unplaced(found.get("r") or found.get("value"))


def somewhen(found: RuleMatch) -> Moment | None:
    """As in "at Easter", "in the summer", "on the 5th": a date, and not that of the report, but the words do not tell which."""
    code, d = found.get("e"), found.integer("d")
    return at.unplaced(f"XXXX-{code}" if code else f"XXXX-XX-{d:02d}" if d else "XXXX-XX-XX")


def nothing(_: RuleMatch) -> Moment | None:
    """As in "55 years old": not a time."""
    return None
