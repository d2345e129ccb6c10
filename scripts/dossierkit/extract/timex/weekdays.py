"""Meanings of weekdays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dossierkit.extract.timex import moment as at
from dossierkit.extract.timex.context import ReadingContext
from dossierkit.extract.timex.found import RuleMatch
from dossierkit.extract.timex.moment import Moment, moved
from dossierkit.extract.timex.tokens import Tokens

_TWO_MONTHS = 62  # days


def weekday(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """As in "Friday", "last Friday", "Friday night", "Tuesday last week"."""
    w = found.get("w")
    anchor = context.anchor.day if context.anchor else None
    if anchor is None or context.anchor is None:
        moment = replace(at.unplaced(f"XXXX-WXX-{w}"), relative=True)
    else:
        value = _weekday_near(found, context, anchor, w)
        numbered = _numbered(found, context, anchor, w)
        day = _of_digest(found, context, w) or numbered or value
        if day is None:
            return None
        moment = at.day(day).resolved(context.anchor.label)
        if (found.has("d") and numbered is None) or _is_guessed(found, day, anchor):
            moment = replace(moment, edtf=f"{moment.edtf}?")
    return at.part_of_day(moment, found.get("p")) if found.get("p") else moment


def opens_item(tokens: Tokens, text: str, found: RuleMatch) -> bool:
    """Whether a weekday begins a line, and stands there alone or before a colon or dash: "Thursday: Two journalists"."""
    start, end = tokens.starts[found.first], tokens.ends[found.last - 1]
    before, after = text[:start].rpartition("\n")[2], text[end:].partition("\n")[0].lstrip()
    return not before.strip(" \t*#-–—•") and after[:1] in {"", ":", "-", "–", "—"}


def _of_digest(found: RuleMatch, context: ReadingContext, w: int) -> date | None:
    """The day of the week that a digest covers, for a weekday that begins an item of it."""
    if context.week is None or not opens_item(context.tokens, context.text, found):
        return None
    first, last = context.week
    day = moved(first, (w - first.isoweekday()) % 7)
    return day if day is not None and day <= last else None


def _is_guessed(found: RuleMatch, day: date, anchor: date) -> bool:
    """Whether nothing can tell if a weekday lies before or after publication, in a language of whose verbs nothing is known."""
    tense = found.grammar.data["tense"]
    told = found.has("week") or found.has("s") or day == anchor
    return not (told or tense["past"] or tense["future"])


def _numbered(found: RuleMatch, context: ReadingContext, anchor: date, w: int) -> date | None:
    """The day of "Sunday 17": the nearest in the direction of the tense, in the past before the future without one; None if none is near."""
    number = found.integer("d") if found.has("d") else None
    if number is None:
        return None
    tense = context.direction(found.first, found.last)
    near = (moved(anchor, step * way) for way in (-1, 1) if way != -tense for step in range(_TWO_MONTHS + 1))
    return next((day for day in near if day and (day.day, day.isoweekday()) == (number, w)), None)


def _weekday_near(found: RuleMatch, context: ReadingContext, anchor: date, w: int) -> date | None:
    week, shift = found.get("week"), found.get("s")
    told = (
        context.last.day
        if context.last and found.tokens.lower(found.first - 1) in found.grammar.data.get("told", ())
        else None
    )
    if told is not None:
        return moved(told, (w - told.isoweekday()) % 7)  # "on 21 June ... On that Saturday"
    if week is None and shift is None and (listed := _listed(found, context, anchor)) is not None:
        return listed
    back = (anchor.isoweekday() - w) % 7
    if week is not None:
        days = w - anchor.isoweekday() + 7 * week
    elif shift == -1:
        days = -(back or 7)
    elif shift == 1:
        days = 7 - back
    elif shift == 0:
        days = w - anchor.isoweekday()
    elif context.direction(found.first, found.last) > 0:
        days = -back % 7
    else:
        days = -back - (7 if _is_before_report(found, context, anchor, back) else 0)
    return moved(anchor, days)


def before_next(found: RuleMatch, following: RuleMatch | None, context: ReadingContext) -> Moment | None:
    """The first of two days in a row that are past, in a report of its weekday: "struck on | Monday | and Tuesday", told on Monday; else None."""
    anchor = context.anchor.day if context.anchor else None
    if following is None or context.anchor is None or anchor is None or anchor.isoweekday() != found.get("w"):
        return None
    if not _are_pair(found, following, context) or context.direction(found.first, found.last) >= 0:
        return None
    day = moved(anchor, -7)
    moment = at.day(day).resolved(context.anchor.label) if day else None
    return at.part_of_day(moment, found.get("p")) if moment and found.get("p") else moment


def _are_pair(found: RuleMatch, following: RuleMatch, context: ReadingContext) -> bool:
    """Whether both are plain weekdays in a row with "and" between them, and no list goes on to them."""
    tokens, listing = found.tokens, found.grammar.data.get("listing", ())
    link = tokens.lower(found.last)
    plain = all(
        one.rule.means == "weekday" and not any(map(one.has, ("week", "s", "d")))
        for one in (found, following)
    )
    linked = following.first == found.last + 1 and link in listing and link.isalpha()
    in_a_row = following.rule.means == "weekday" and (following.get("w") - found.get("w")) % 7 == 1
    return (
        plain
        and linked
        and in_a_row
        and tokens.lower(found.first - 1) not in listing
        and context.week is None
    )


def _is_before_report(found: RuleMatch, context: ReadingContext, anchor: date, back: int) -> bool:
    """As in "said on Tuesday that it had closed on | Friday", in a report of that Friday: who told of it on Tuesday meant the one before."""
    told, day = context.last_token, context.last.day if context.last else None
    later = day is not None and day <= anchor and (anchor - day).days > back
    return later and context.told_at(told, found.first) is not None


def _listed(found: RuleMatch, context: ReadingContext, anchor: date) -> date | None:
    """The day in a list of weekdays, after the one before: "next Monday, Tuesday and Wednesday"; None if there is no list.

    A list does not go on from the past into the future, unless its sentence is about the future.
    """
    index = found.first - 1
    while found.tokens.lower(index) in found.grammar.data.get("listing", ()):
        index -= 1
    before = context.last.day if context.last else None
    if index == found.first - 1 or before is None or not 0 <= index - context.last_token <= 1:
        return None
    day = moved(before, (found.get("w") - before.isoweekday()) % 7)
    crosses = day is not None and before <= anchor < day
    return None if crosses and context.direction(found.first, found.last) <= 0 else day


def weekday_later(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """As in "the following Friday": after the last date named."""
    base, w, sign = context.last or context.anchor, found.get("w"), found.get("sign")
    day = base.day if base else None
    step = ((w - day.isoweekday()) * sign % 7 or 7) if day else 0
    value = moved(day, sign * step) if day else None
    ahead = (
        value is not None
        and context.anchor is not None
        and context.anchor.day is not None
        and value > context.anchor.day
    )
    if base is None or value is None or (ahead and context.direction(found.first, found.last) < 0):
        return replace(at.unplaced(f"XXXX-WXX-{w}"), relative=True)
    moment = at.day(value).resolved(base.label)
    return at.part_of_day(moment, found.get("p")) if found.get("p") else moment
