"""Find the time expressions of a text, in order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from dossierkit.extract.timex import dates
from dossierkit.extract.timex.context import AnchorDate, ReadingContext, published_anchor
from dossierkit.extract.timex.covered import covered
from dossierkit.extract.timex.day_lines import is_day_line
from dossierkit.extract.timex.found import RuleMatch
from dossierkit.extract.timex.grammar import Grammar, Rule, grammar
from dossierkit.extract.timex.locales import grammar_of
from dossierkit.extract.timex.meanings import ABSOLUTE, RELATIVE
from dossierkit.extract.timex.moment import Moment, overnight, part_of_day
from dossierkit.extract.timex.named import bears_name
from dossierkit.extract.timex.other_now import without_other_now
from dossierkit.extract.timex.plausible import plausible
from dossierkit.extract.timex.ranges import TimexReading, join, year_after, year_hint
from dossierkit.extract.timex.tokens import Tokens, tokenise
from dossierkit.extract.timex.weekdays import before_next, opens_item
from dossierkit.model.edtf import interval, parse
from dossierkit.model.finding import Sentence, Timex

_MINUTES = re.compile(r"\bminutes\b", re.IGNORECASE)
_REACH = 24  # code points before a date
_FORTNIGHT = 14  # days
_LATE = 120  # days from a meeting to the publication of its minutes
_LISTED = 5  # dates of a list that share the year of the last
_LAST_YEAR = 9999  # EDTF's plain years


def find_timexes(
    text: str, sentences: Sequence[Sentence], published: str | None, lang: str = "en", title: str = ""
) -> tuple[Timex, ...]:
    """Time expressions of `text`, in order, none overlapping, none across sentences.

    Relative ones are resolved against `published` (EDTF). A date alone in one of the first lines replaces it if it is
    missing, or only days apart (publication followed writing); so does the day of a meeting, in its minutes, and the last of a digest whose lines begin with weekdays. Unresolved expressions have X's in their value, and no
    EDTF or one without a year. Those of an English report about a year, named in `title` or the first lines, are resolved against its end. Languages without rules have dates by month and weekday if CLDR names them, else numeric
    dates only.
    """
    base = lang.partition("-")[0].lower()
    rules = grammar(grammar_of(base))
    tokens = tokenise(text, sentences, rules)
    found = _matches(tokens, rules)
    anchor = _anchor(published, _dateline(text, found, tokens, rules))
    if base == "en" and anchor:
        of_a_day = any(match.rule.means in _OF_DAY for match in found)
        anchor = covered(title, text, anchor, _full_dates(text, found, tokens, rules), of_a_day=of_a_day)
        anchor = _meeting(f"{title}\n{text}", anchor, _full_dates(text, found, tokens, rules)) or anchor
    week = _week(found, tokens, text, (title, published, lang))
    if week:
        last = week[1]
        label = f"digest of {interval(week[0].isoformat(), last.isoformat())}"
        anchor = AnchorDate(last.year, last.month, last.day, label)
    context = ReadingContext(
        rules,
        text,
        tokens,
        anchor,
        past=base == "en" and anchor is not None and not anchor.covered and _of_past(found, anchor),
        day_first=_day_first(found),
        week=week,
    )
    readings = join(without_other_now(_read(found, context), context), context)
    return tuple(_timex(reading, text, tokens) for reading in readings)


def _matches(tokens: Tokens, rules: Grammar) -> list[RuleMatch]:
    """The first plausible rule at each position, from left to right, without overlaps."""
    found: list[RuleMatch] = []
    classes, position = tokens.classes, 0
    while start := rules.starts.search(classes, position):
        position = start.start()
        for rule in rules.rules_for(classes[position : position + 2]):
            one = _match(rule, position, tokens, rules)
            if one and plausible(one):
                found.append(one)
                position = one.last - 1
                break
        position += 1
    return found


def _match(rule: Rule, position: int, tokens: Tokens, rules: Grammar) -> RuleMatch | None:
    match = rule.pattern.match(tokens.classes, position)
    if match is None:
        return None
    captures = {name: match.span(name) for name, span in match.groupdict().items() if span is not None}
    return RuleMatch(rule, position, match.end(), captures, tokens, rules)


def _read(found: list[RuleMatch], context: ReadingContext) -> list[TimexReading]:
    """The meaning of each match, in order, since later ones may refer to earlier ones."""
    readings: list[TimexReading] = []
    headings = _headings(found, context)
    for index, match in enumerate(found):
        before = found[index - 1] if index else None
        for reading in _meaning(match, before, found[index + 1 : index + _LISTED], context):
            if reading.moment.at and not 1 <= reading.moment.at[0] <= _LAST_YEAR:
                continue
            context.named(reading.moment, reading.first, reading.last)
            if index in headings:
                context.begin_section(reading.moment)
            readings.append(reading)
    return readings


def _headings(found: Sequence[RuleMatch], context: ReadingContext) -> frozenset[int]:
    """The matches that are a day with its year in a line of their own, if there are several: what follows was written on that day."""
    tokens, text = context.tokens, context.text
    lines = [
        at
        for at, match in enumerate(found)
        if match.rule.means in _FULL_DATES
        and (match.rule.means != "date" or (match.has("y") and match.has("d")))
        and is_day_line(text, tokens.starts[match.first], tokens.ends[match.last - 1])
    ]
    return frozenset(lines) if len(lines) > 1 else frozenset()


def _meaning(
    match: RuleMatch, before: RuleMatch | None, behind: Sequence[RuleMatch], context: ReadingContext
) -> list[TimexReading]:
    """What a match means. `behind`: the next ones."""
    means, following = match.rule.means, behind[0] if behind else None
    if bears_name(match):
        return []
    if means in {"date", "days"}:
        hint = year_hint(match, behind, context) or year_after(match, before, context)
        if means == "days":
            joined = bool(match.rule.fixed.get("joined"))
            both = dates.days(match, context, hint)
            either = bool(match.rule.fixed.get("either"))
            return [
                TimexReading(m, i, j, joined=joined and n == 0, either=either and n == 0)
                for n, (m, (i, j)) in enumerate(both)
            ]
        moment = dates.calendar_date(match, context, hint)
    else:
        moment = ABSOLUTE[means](match) if means in ABSOLUTE else RELATIVE[means](match, context)
        if means == "weekday":
            moment = (
                _named_again(match, following, context) or before_next(match, following, context) or moment
            )
    if moment and match.has("over"):
        moment = overnight(moment, match.get("over"))
    return [TimexReading(moment, match.first, match.last)] if moment else []


def _named_again(weekday: RuleMatch, following: RuleMatch | None, context: ReadingContext) -> Moment | None:
    """The day of "on Sunday (June 5)", by the date in brackets; None if that is no Sunday."""
    dated = following is not None and following.rule.means == "date" and following.first == weekday.last + 1
    if following is None or not dated or context.tokens.lower(weekday.last) != "(":
        return None
    moment = dates.calendar_date(following, context, None)
    day = moment.at if moment is not None else None
    fits = day is not None and all(day) and date(*day).isoweekday() == weekday.get("w")
    if moment is None or not fits:
        return None
    return part_of_day(moment, weekday.get("p")) if weekday.get("p") else moment


def _timex(reading: TimexReading, text: str, tokens: Tokens) -> Timex:
    start, end = tokens.starts[reading.first], tokens.ends[reading.last - 1]
    moment = reading.moment
    return Timex(
        start, end, text[start:end], moment.type, moment.value, moment.edtf, moment.relative, moment.anchor
    )


_FULL_DATES = frozenset({"date", "iso", "slash"})
_HEAD = 5  # lines
_NEAR = 3  # days
_MANY = 3  # years
_MONTHS = 12
_OF_DAY = frozenset({"weekday", "day", "weekend"})
_OF_NOW = _OF_DAY | {"unit"}


def _of_past(found: Sequence[RuleMatch], anchor: AnchorDate) -> bool:
    """Whether a text is about the past: most of its years are, and no day is relative to the publication ("on Friday")."""
    if any(match.rule.means in _OF_NOW or match.has("s") for match in found):
        return False
    years = [y for match in found if "y" in match.captures and (y := match.integer("y")) is not None]
    old = sum(1 for y in years if y < anchor.y - 1)
    return old >= _MANY and 2 * old > len(years)


def _day_first(found: Sequence[RuleMatch]) -> bool | None:
    """Whether the day stands first in dates with slashes, by those that can be read in one way only; None if none or both ways occur."""
    slashed = [match.tokens.forms[match.first] for match in found if match.rule.means == "slash"]
    pairs = [dates.numbers_of(form)[:2] for form in slashed if "/" in form]
    orders = {a > b for a, b in pairs if max(a, b) > _MONTHS}
    return orders.pop() if len(orders) == 1 else None


def _week(
    found: Sequence[RuleMatch], tokens: Tokens, text: str, about: tuple[str, str | None, str]
) -> tuple[date, date] | None:
    """The days of at most two weeks that the title or the first line gives, if lines below begin with weekdays: "Digest, 25-31 January".
    `about`: title, date of publication and language.
    """
    labels = (one for one in found if one.rule.means == "weekday" and opens_item(tokens, text, one))
    if "\n" not in text or not any(labels):
        return None
    title, published, lang = about
    for line in (title, text.partition("\n")[0]):
        for timex in find_timexes(line, (Sentence(0, len(line)),), published, lang) if line else ():
            days = parse(timex.edtf) if timex.edtf else None
            if (
                days
                and days.earliest
                and days.latest
                and 1 < (days.latest - days.earliest).days <= _FORTNIGHT
            ):
                return days.earliest, days.latest - timedelta(days=1)
    return None


def _meeting(text: str, anchor: AnchorDate, dates: Iterable[tuple[str, AnchorDate]]) -> AnchorDate | None:
    """The day of the meeting of which the first lines say that these are its minutes."""
    head = "\n".join(text.split("\n", _HEAD)[:_HEAD])
    first = next((day for _, day in dates if day.day), None) if _MINUTES.search(head) else None
    near = first and first.day and anchor.day and 0 <= (anchor.day - first.day).days <= _LATE
    return replace(first, label=f"meeting {first.day}") if near and first else None


def _full_dates(
    text: str, found: Sequence[RuleMatch], tokens: Tokens, rules: Grammar
) -> Iterator[tuple[str, AnchorDate]]:
    """The days with their year, each with the words before it."""
    for match in found:
        if match.rule.means == "date" and match.has("y") and match.has("d"):
            start = tokens.starts[match.first]
            moment = _plain(match, rules, tokens, text)
            if moment and moment.at:
                yield text[max(0, start - _REACH) : start], AnchorDate(*moment.at, "")


def _anchor(published: str | None, dateline: AnchorDate | None) -> AnchorDate | None:
    known = published_anchor(published)
    if known is None or dateline is None or known.day is None or dateline.day is None:
        return known or dateline
    return dateline if abs((known.day - dateline.day).days) <= _NEAR else known


def _dateline(text: str, found: Sequence[RuleMatch], tokens: Tokens, rules: Grammar) -> AnchorDate | None:
    """A full date alone in one of the first lines."""
    head = re.match(rf"(?:[^\n]*\n){{0,{_HEAD - 1}}}[^\n]*", text)
    stop = head.end() if head else 0
    for match in found:
        start, end = tokens.starts[match.first], tokens.ends[match.last - 1]
        if start >= stop:
            return None
        whole_line = not text[:start].rpartition("\n")[2].strip() and not text[end:].partition("\n")[0].strip(
            " .\r"
        )
        if whole_line and match.rule.means in {"date", "iso"}:
            moment = _plain(match, rules, tokens, text)
            if moment and moment.at and moment.at[2]:
                return AnchorDate(*moment.at, f"dateline {moment.value}")
    return None


def _plain(match: RuleMatch, rules: Grammar, tokens: Tokens, text: str) -> Moment | None:
    """The date by itself, without an anchor."""
    nowhere = ReadingContext(rules, text, tokens, None)
    return dates.iso(match) if match.rule.means == "iso" else dates.calendar_date(match, nowhere)
