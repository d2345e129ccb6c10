"""Meanings of calendar dates: months with or without day and year, several days of one month, numeric dates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from dossierkit.extract.timex import calendars
from dossierkit.extract.timex import moment as at
from dossierkit.extract.timex.chosen_year import year_by_tense, year_by_weekday, year_near
from dossierkit.extract.timex.context import AnchorDate, ReadingContext
from dossierkit.extract.timex.found import RuleMatch
from dossierkit.extract.timex.moment import Moment
from dossierkit.text.data import load

_SENTENCES = 2  # in which a narrative keeps its year
_HALF_A_YEAR = 6  # months
_RIGHT_AFTER = 30  # days
_LAST = 9999  # the calendar's last year
_LEAP = 2000  # a leap year
_MONTHS = 12
_SOLAR_YEARS = (620, 621, 622)  # how many fewer Iran's calendar counts, in the year around
_ETHIOPIC_YEARS = (6, 7, 8)


def calendar_date(found: RuleMatch, context: ReadingContext, hint: int | None = None) -> Moment | None:
    """A month, with or without day, year and part of the day. `hint`: the year of a range's other end."""
    moment = _calendar_date(found, context, hint)
    if moment and found.has("whole"):
        return _week_of(moment)
    return at.part_of_day(moment, found.get("p")) if moment and found.has("p") else moment


def _week_of(moment: Moment) -> Moment | None:
    """As in "the week of June 6"."""
    day = at.real_day(*moment.at) if moment.at else None
    if day is None or not 1 < day.year < _LAST:  # the week may leave the calendar
        return None
    return replace(at.week(day), relative=moment.relative, anchor=moment.anchor)


def _calendar_date(found: RuleMatch, context: ReadingContext, hint: int | None) -> Moment | None:
    m = found.get("m")
    d = found.integer("d")
    y = found.integer("y")
    if m is None:
        return day_of_month(found, context, d)
    y = hint if y is None and not found.has("s") else y
    if y is not None:
        return _absolute(y, m, d, found)
    if found.has("s"):
        return _shifted(found, context, m, d)
    if found.has("after"):
        return _following(found, context, m)
    anchor = context.last if found.has("same") else None
    if anchor is not None:
        return _in_year_of(anchor, m, d, found)
    return _nearest(found, context, m, d)


def _following(found: RuleMatch, context: ReadingContext, m: int) -> Moment | None:
    """As in "the following February": after the date that the text last told of; without a year if that is not known."""
    base = context.telling
    if base is None:
        return _without_year(m, None)
    y = base.y if base.m and m > base.m else base.y + 1
    return _in_year_of(replace(base, y=y), m, None, found)


def day_of_month(found: RuleMatch, context: ReadingContext, d: int | None) -> Moment | None:
    """As in "the 5th of this month"."""
    anchor, shift = context.anchor, found.get("s")
    if d is None or shift is None:
        return None
    if anchor is None or not anchor.m:
        return at.unplaced(f"XXXX-XX-{d:02d}")
    y, m, _ = at.add_months(anchor.at, shift)
    value = at.real_day(y, m, d)
    return at.day(value).resolved(anchor.label) if value else None


def _absolute(named: int, m: int, d: int | None, found: RuleMatch) -> Moment | None:
    y = calendars.ours(found.grammar.lang, named)
    if d is None:
        moment = at.month(y, m)
        return at.narrowed(moment, found.get("mod")) if found.has("mod") else moment
    value = at.real_day(y, m, d)
    if value is None:
        return None
    moment = at.day(value)
    contradicts = found.has("w") and found.get("w") != value.isoweekday()
    return replace(moment, edtf=f"{moment.edtf}?") if contradicts else moment


def _in_year_of(anchor: AnchorDate, m: int, d: int | None, found: RuleMatch) -> Moment | None:
    moment = _absolute(anchor.y, m, d, found)
    return moment.resolved(anchor.label) if moment else None


def _shifted(found: RuleMatch, context: ReadingContext, m: int, d: int | None) -> Moment | None:
    """As in "last October", "March of last year"."""
    anchor, shift = context.anchor, found.get("s")
    if anchor is None:
        return _without_year(m, d)
    said_year = found.has("of_year")
    y = anchor.y + shift
    if not said_year and anchor.m:
        y = _by_month(anchor, (m, d or anchor.d), shift)
    return _in_year_of(replace(anchor, y=y), m, d, found)


def _by_month(anchor: AnchorDate, there: tuple[int, int], shift: int) -> int:
    """The year of "last", "this" or "next" month and day."""
    here = (anchor.m, anchor.d)
    if shift < 0:
        return anchor.y if there < here else anchor.y - 1
    if shift > 0:
        return anchor.y if there > here else anchor.y + 1
    return anchor.y


def _nearest(found: RuleMatch, context: ReadingContext, m: int, d: int | None) -> Moment | None:
    """The year of a month or day without one: by the narrative, else by tense from the publication date."""
    before = context.narrative(found.first) if found.has("same_year") else None
    entry = before or context.chronicle(found.first, found.last, m, d) or context.year_heading(found.first)
    if entry is not None:
        return _in_year_of(entry, m, d, found)
    if context.anchor is not None and context.anchor.covered:
        return _in_report(found, context, context.anchor, (m, d))
    return _in_text(found, context, m, d)


def _in_text(found: RuleMatch, context: ReadingContext, m: int, d: int | None) -> Moment | None:
    """The year that the text goes on with, else that of tense and publication date."""
    if context.past and context.last:
        named = context.year_named(found.first)
        if named is not None and named.y != context.base_year:
            return _in_year_of(named, m, d, found)
        if not (context.anchor and year_near(context.anchor, m, d)):
            return _without_year(m, d)
    direction = context.direction(found.first, found.last) if d or _is_dated(found) else 0
    if direction > 0 and _is_aim_of_then(found, context, m, d):
        direction = -1
    anchor = context.base(found.first)
    told = _told(found, context, anchor, (m, d), direction)
    if told is not None:
        return _in_year_of(told, m, d, found)
    if anchor is None or not anchor.m or _is_of_another_year(found, context, anchor, (m, d), direction):
        return _without_year(m, d)
    return _around(found, context, anchor, (m, d), direction)


def _is_aim_of_then(found: RuleMatch, context: ReadingContext, m: int, d: int | None) -> bool:
    """Whether it is what was meant to come right after the day named before: "met on 14 March. They agreed to vote on | 15 March"."""
    last, anchor = context.at_hand, context.anchor.day if context.anchor else None
    before = last.day if last else None
    day = at.real_day(before.year, m, d) if before and d else None
    if not (before and day and anchor) or not 0 <= (day - before).days <= _RIGHT_AFTER or day > anchor:
        return False
    return context.aims_in_past(found.first)


def _around(
    found: RuleMatch, context: ReadingContext, anchor: AnchorDate, day: tuple[int, int | None], direction: int
) -> Moment | None:
    """A month or day of the year that tense and anchor give; of what was still to come on a date of the sentence, the next one from there."""
    m, d = day
    planned = context.planned_then(found.first)
    if planned is not None and planned.at < anchor.at:
        y = planned.y + ((m, d or 31) < (planned.m, planned.d))
        return _in_year_of(replace(planned, y=y), m, d, found) if planned.m else _without_year(m, d)
    near = year_by_weekday(found, anchor, m, d, direction) or year_near(anchor, m, d)
    if not direction and anchor.m - m > _HALF_A_YEAR and context.told_in_past(found.first):
        direction = -1
    y = near or year_by_tense(anchor, m, d, direction)
    return _in_year_of(replace(anchor, y=y), m, d, found)


def _in_report(
    found: RuleMatch, context: ReadingContext, anchor: AnchorDate, day: tuple[int, int | None]
) -> Moment | None:
    """A month or day of the year that a report is about, whose end the anchor is; without a year behind a month of the same sentence long before
    ("arrested in May 2019 and tried in | July", in a report about 2024).
    """
    m, d = day
    y = min(year_by_weekday(found, anchor, m, d) or year_by_tense(anchor, m, d, -1), anchor.y)
    story = context.narrative(found.first)
    if story is None or not story.m or not context.in_sentence(context.story_token, found.first):
        return _in_year_of(replace(anchor, y=y), m, d, found)
    following = story.y + (not _goes_on(story, m, d))
    return _in_year_of(replace(anchor, y=y), m, d, found) if following == y else _without_year(m, d)


def _told(
    found: RuleMatch,
    context: ReadingContext,
    anchor: AnchorDate | None,
    day: tuple[int, int | None],
    direction: int,
) -> AnchorDate | None:
    """The date whose year the text goes on with; None if it does not. `day`: month and day."""
    story, (m, d) = context.narrative(found.first, _SENTENCES), day
    past = anchor is None or (story is not None and story.y != anchor.y and direction < 0)
    if story is not None and past and _goes_on(story, m, d):
        return story
    return context.same_month(found.first, m, d) if d and direction <= 0 and not found.has("w") else None


def _is_of_another_year(
    found: RuleMatch, context: ReadingContext, anchor: AnchorDate, day: tuple[int, int | None], direction: int
) -> bool:
    """Whether a narrative that is some years ago goes back in the year: "arrested in November 2014 and released in | March"."""
    story, (m, d) = context.narrative(found.first, _SENTENCES), day
    if story is None or direction >= 0 or not story.m or _goes_on(story, m, d):
        return False
    if year_near(anchor, m, d):
        return False
    return story.y + 1 < (anchor.y if (m, d or 0) <= (anchor.m, anchor.d) else anchor.y - 1)


def _goes_on(story: AnchorDate, m: int, d: int | None) -> bool:
    """A narrative advances: a date that would lie before its last one is of another year."""
    return (m, d or 31) >= (story.m, story.d)


def _is_dated(found: RuleMatch) -> bool:
    """Whether a bare month dates something: "in August", not "the August figures"."""
    words = found.grammar.data["dating"]
    return not words or found.has("mod") or found.tokens.lower(found.first - 1) in words


def _without_year(m: int, d: int | None) -> Moment | None:
    if d and not at.real_day(_LEAP, m, d):
        return None
    text = f"{m:02d}" + (f"-{d:02d}" if d else "")
    return at.without_year(text, text)


def days(
    found: RuleMatch, context: ReadingContext, hint: int | None = None
) -> list[tuple[Moment, tuple[int, int]]]:
    """As in "2 to 5 March", "5, 6 and 7 January": the days, each with its tokens (half open)."""
    second = calendar_date(found, context, hint)
    a, d = found.integer("a"), found.integer("d")
    if second is None or second.edtf is None or a is None or d is None:
        return []
    first = _same_month(second, a)
    if first is None:
        return []
    (a0, a1), (d0, _), (m0, _) = found.captures["a"], found.captures["d"], found.captures["m"]
    begun = found.first if m0 < a0 else a0
    return [(first, (begun, a1)), *_between(found, second), (second, (d0, found.last))]


def _between(found: RuleMatch, last: Moment) -> list[tuple[Moment, tuple[int, int]]]:
    """The middle of three days."""
    b = found.integer("b")
    middle = _same_month(last, b) if b is not None else None
    return [(middle, found.captures["b"])] if middle else []


def _same_month(moment: Moment, d: int) -> Moment | None:
    text = f"{moment.value[:7]}-{d:02d}"
    if moment.at is None:
        return replace(moment, value=text, edtf=text) if at.real_day(_LEAP, int(text[5:7]), d) else None
    value = at.real_day(moment.at[0], moment.at[1], d)
    if value is None:
        return None
    return replace(at.day(value), relative=moment.relative, anchor=moment.anchor)


def iso(found: RuleMatch) -> Moment | None:
    text, _, clock = found.tokens.forms[found.first].partition("T")
    y, m, d = (int(part) for part in text.replace("/", "-").split("-"))
    moment = calendars.day(found.grammar.lang, y, m, d)
    return replace(moment, type="TIME", value=f"{moment.value}T{clock[:5]}") if moment and clock else moment


def numbered(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """A month in digits between words for year, month and day, as in Chinese and Vietnamese."""
    m, d, y = found.integer("n"), found.integer("d"), found.integer("y")
    if m is None or not 1 <= m <= _MONTHS:
        return None
    return _nearest(found, context, m, d) if y is None else _absolute(y, m, d, found)


def era(found: RuleMatch) -> Moment | None:
    """A day in a year of an era, whose name is the end of the word before: "令和2年5月30日"."""
    before = found.tokens.lower(found.first - 1)
    begun = next((y for name, y in load("calendars")["eras"].items() if before.endswith(name)), None)
    e, m, d = found.integer("e"), found.integer("n"), found.integer("d")
    value = at.real_day(begun + e, m, d) if begun and e and m and d else None
    return at.day(value) if value else None


def solar(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """A day, month or year of Iran's calendar; a day without a year is the nearest to the publication date."""
    m, d, y = found.get("m"), found.integer("d"), found.integer("y")
    if m is None:
        return _solar_year(y or 0)
    return _other_day(calendars.solar_day, (y, m, d), _SOLAR_YEARS, found, context)


def _solar_year(y: int) -> Moment | None:
    return calendars.span(calendars.solar_day, y, 1, _MONTHS) or at.year(y)


def ethiopic(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """A day or month of the calendar of Ethiopia and Eritrea; a day without a year is the nearest to the publication date."""
    named = found.integer("y"), found.get("m"), found.integer("d")
    return _other_day(calendars.ethiopic_day, named, _ETHIOPIC_YEARS, found, context)


def _other_day(
    day_of: Callable[[int, int, int], date | None],
    named: tuple[int | None, int, int | None],
    behind: tuple[int, ...],
    found: RuleMatch,
    context: ReadingContext,
) -> Moment | None:
    """A day of another calendar, or its month. `named`: year, month and day. `behind`: how many years fewer it counts in the year around."""
    y, m, d = named
    if d is None:
        return calendars.span(day_of, y, m, m) if y is not None else None
    if y is not None:
        value = day_of(y, m, d)
        return at.day(value) if value else None
    anchor = context.base(found.first)
    if anchor is None or anchor.day is None:
        return None
    here = anchor.day
    near = (day_of(here.year - gap, m, d) for gap in behind)
    value = min(filter(None, near), key=lambda one: abs((one - here).days), default=None)
    return at.day(value).resolved(anchor.label) if value else None


def numbers_of(slashed: str) -> tuple[int, int, int]:
    """The numbers of "30/05/2016", "30.05.2016" or "30-05-2016"."""
    a, b, y = (int(part) for part in slashed.replace(".", "/").replace("-", "/").split("/"))
    return a, b, y


def slash(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """As in "30/05/2016": one of two days if both orders are possible and neither the language nor another date of the text decides."""
    text = found.tokens.forms[found.first]
    a, b, y = numbers_of(text)
    dotted = "." in text or "-" in text
    first, second = (calendars.day(found.grammar.lang, y, *pair) for pair in ((b, a), (a, b)))
    if found.rule.fixed.get("order") == "day" or dotted or (first and context.day_first):
        second = None
    elif second and context.day_first is False:
        first = None
    if first and second and first != second:
        earlier, later = sorted((first.value, second.value))
        return Moment("DATE", f"{earlier[:4]}-XX-XX", f"[{earlier},{later}]")
    return first or second
