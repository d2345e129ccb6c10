"""Days without their month, as agencies write them in China, Japan and Korea: "24日"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dossierkit.extract.timex import moment as at
from dossierkit.extract.timex.context import AnchorDate, ReadingContext
from dossierkit.extract.timex.found import RuleMatch
from dossierkit.extract.timex.moment import Moment


def day_number(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """The last such day up to publication, or the next one if the words behind it say so; else of the month that the line named last.

    None for a number of days: "3日間", "10日目".
    """
    facts, tokens = found.grammar.data["day_number"], found.tokens
    before = tokens.forms[found.first - 1] if found.first else ""
    after = tokens.forms[found.last] if found.last < len(tokens.forms) else ""
    if before.endswith(tuple(facts["not_before"])) or after.startswith(tuple(facts["not_after"])):
        return None
    d, anchor = found.integer("d"), context.anchor
    if d is None or anchor is None or not anchor.d:
        return None
    named = next((shift for word, shift in facts["months"].items() if before.endswith(word)), None)
    told = _told(found, context, anchor)
    if named is None and told is not None:
        return _first_real([told.at], d, told.label)
    ahead = _is_ahead(facts, before, after)
    ways: Iterable[int] = (named,) if named is not None else (0, 1) if ahead else (0, -1)
    months = [at.add_months(anchor.at, way) for way in ways]
    due = [one for one in months if named is not None or _fits((*one[:2], d), anchor, ahead=ahead)]
    return _first_real(due, d, anchor.label)


def _is_ahead(facts: Mapping[str, list[str]], before: str, after: str) -> bool:
    within = any(word in after for word in facts["ahead_within"])
    return within or after.startswith(tuple(facts["ahead"])) or before.endswith(tuple(facts["ahead_before"]))


def _fits(day: tuple[int, int, int], anchor: AnchorDate, *, ahead: bool) -> bool:
    return day >= anchor.at if ahead else day <= anchor.at


def _told(found: RuleMatch, context: ReadingContext, anchor: AnchorDate) -> AnchorDate | None:
    """The day that the same line has told of with its year and month, if those are not of the time of publication."""
    full = context.full
    if full is None or full.at[:2] == anchor.at[:2]:
        return None
    between = context.text[found.tokens.starts[context.full_token] : found.tokens.starts[found.first]]
    return None if "\n" in between else full


def _first_real(months: Iterable[tuple[int, int, int]], d: int, label: str) -> Moment | None:
    days = (at.real_day(y, m, d) for y, m, _ in months)
    value = next(filter(None, days), None)
    return at.day(value).resolved(label) if value else None
