"""Combine expressions: ranges, open ends, a time with its day, "about"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dossierkit.extract.timex.context import ReadingContext
from dossierkit.extract.timex.found import RuleMatch
from dossierkit.extract.timex.grammar import BREAK
from dossierkit.extract.timex.moment import Moment
from dossierkit.model import edtf
from dossierkit.model.edtf import EdtfError, parse

_NEAR = 6  # tokens between a time and its day
_STOPS = frozenset({"", ",", ".", ";"})
_MOVED = 8  # tokens before the first of two days, of which one is put in the place of the other
_BETWEEN, _SHORT = 3, 3  # words between the dates of a choice, and code points of those behind "or"


@dataclass(frozen=True, slots=True)
class TimexReading:
    """A moment and its tokens (half open).

    `joined`: the next reading is the other end of a range. `either`: it or the next one is meant. `whole`: its EDTF is that of both. `dated`: a
    time whose day follows.
    """

    moment: Moment
    first: int
    last: int
    joined: bool = False
    either: bool = False
    whole: bool = False
    dated: bool = False


def year_hint(match: RuleMatch, behind: Sequence[RuleMatch], context: ReadingContext) -> int | None:
    """The year for "March" in "March and May 2016" and in "March, May and June 2016", for "14 March" in "14 March to 2 April 2016"."""
    following = behind[0] if behind else None
    if match.has("y") or match.has("s") or following is None or following.rule.means not in {"date", "days"}:
        return None
    between = [context.tokens.lower(k) for k in range(match.last, following.first)]
    if (
        not between
        or between[0] not in context.grammar.data["range"]
        or not _only_articles(between[1:], context)
    ):
        return None
    y = following.integer("y") if following.has("y") else year_hint(following, behind[1:], context)
    first, second = match.get("m"), following.get("m")
    if y is None or first is None or second is None:
        return None
    return y if first <= second else y - 1


def year_after(match: RuleMatch, before: RuleMatch | None, context: ReadingContext) -> int | None:
    """The year for the second "May" in "between November 2023 and May", for "5 May" in "from 3 March 2020 to 5 May": the next one."""
    if match.has("y") or match.has("s") or before is None or before.rule.means != match.rule.means:
        return None
    between = context.tokens.lower(before.last)
    y, first, second = before.integer("y"), before.get("m"), match.get("m")
    joins = context.grammar.data["joined"].get(context.tokens.before(before.first), ())
    if before.last + 1 != match.first or between not in joins or y is None or first is None or second is None:
        return None
    return y + ((second, match.integer("d") or 0) <= (first, before.integer("d") or 0))


def join(readings: list[TimexReading], context: ReadingContext) -> list[TimexReading]:
    """Give times their days, and put ranges and open ends into EDTF."""
    merged = _times_before_days(_times_on_days(readings, context), context)
    paired = _ranges(merged, context)
    return [_opened(reading, context) for reading in paired]


def _times_on_days(readings: list[TimexReading], context: ReadingContext) -> list[TimexReading]:
    """As in "8 p.m. on Monday", "Monday at 8 p.m.": one expression."""
    out: list[TimexReading] = []
    for reading in readings:
        both = _one_time(out[-1], reading, context) if out else None
        if both:
            out[-1] = both
        else:
            out.append(reading)
    return out


def _times_before_days(readings: list[TimexReading], context: ReadingContext) -> list[TimexReading]:
    """As in "at 3:30 p.m. local time (1330 GMT) on Thursday": times take a day that follows closely."""
    out: list[TimexReading] = []
    for reading in reversed(readings):
        following = out[-1] if out else None
        if following and _awaits_day(reading, context) and _gives_day(following, reading.last, context):
            day = following.moment.value.partition("T")[0]
            moment = replace(
                following.moment, type="TIME", value=f"{day}T{reading.moment.value.partition('T')[2]}"
            )
            out.append(replace(reading, moment=moment, dated=True))
        else:
            out.append(reading)
    return out[::-1]


def _awaits_day(reading: TimexReading, context: ReadingContext) -> bool:
    """A time on the clock with only the day of publication."""
    anchor = context.anchor
    unnamed = reading.moment.anchor == anchor.label if anchor else reading.moment.value.startswith("XXXX")
    return _kind(reading.moment) == "clock" and unnamed and reading.moment.relative


def _gives_day(reading: TimexReading, token: int, context: ReadingContext) -> bool:
    """Whether a day after "on", or a time followed by such a day, is close and in the same sentence."""
    between = context.tokens.classes[token : reading.first]
    if len(between) > _NEAR or BREAK in between:
        return False
    joins = context.grammar.data["time_joins"]
    return reading.dated or (
        _kind(reading.moment) == "day" and context.tokens.lower(reading.first - 1) in joins
    )


def _one_time(first: TimexReading, second: TimexReading, context: ReadingContext) -> TimexReading | None:
    between = [context.tokens.lower(k) for k in range(first.last, second.first)]
    if len(between) > 1 or (between and between[0] not in context.grammar.data["time_joins"]):
        return None
    kinds = (_kind(first.moment), _kind(second.moment))
    if kinds == ("clock", "day"):
        day, time = second.moment, first.moment
    elif kinds == ("day", "clock"):
        day, time = first.moment, second.moment
    else:
        return None
    value = f"{day.value.partition('T')[0]}T{time.value.partition('T')[2]}"
    return TimexReading(replace(day, type="TIME", value=value), first.first, second.last)


def _kind(moment: Moment) -> str:
    """A "clock" time, a "day" or part of one ("the morning of 5 June"), or ""."""
    if moment.on_clock:
        return "clock"
    return (
        "day"
        if moment.type in {"DATE", "TIME"} and len(moment.value.partition("T")[0]) == len("2016-05-30")
        else ""
    )


def _ranges(readings: list[TimexReading], context: ReadingContext) -> list[TimexReading]:
    """Give both ends of a range, and both dates of a choice, the EDTF of the whole."""
    out = list(readings)
    for index in range(len(out) - 1):
        first, second = out[index], out[index + 1]
        if first.whole:
            continue
        whole = None
        if first.either or _is_choice(first, second, context):
            whole = _one_of(first.moment, second.moment)
        elif first.joined or _is_range(first, second, context):
            whole = _interval(_about(first, context), second.moment)
        if whole:
            out[index] = replace(first, moment=replace(first.moment, edtf=whole), whole=True)
            out[index + 1] = replace(second, moment=replace(second.moment, edtf=whole), whole=True)
    return out


def _is_choice(first: TimexReading, second: TimexReading, context: ReadingContext) -> bool:
    """As in "on Monday or Tuesday", "in 2014 or early 2015"."""
    between = [context.tokens.lower(k) for k in range(first.last, second.first)]
    choosing = between[:1] and between[0] in context.grammar.data.get("choosing", ())
    return (
        bool(choosing)
        and all(len(word) <= _SHORT and word.isalpha() for word in between[1:])
        and len(between) <= _BETWEEN
    )


def _one_of(first: Moment, second: Moment) -> str | None:
    """One of two dates, None if one has no place in time, or is a span."""
    dates = [one.edtf for one in (first, second) if one.edtf and not set("/[X") & set(one.edtf)]
    return f"[{','.join(sorted(dates))}]" if len(dates) == 2 and first.type == second.type == "DATE" else None


def _is_range(first: TimexReading, second: TimexReading, context: ReadingContext) -> bool:
    data, tokens = context.grammar.data, context.tokens
    between = [tokens.lower(k) for k in range(first.last, second.first)]
    if not between or between[0] not in data["range"] or not _only_articles(between[1:], context):
        return False
    opens = first.first - 1
    while tokens.lower(opens) in data["articles"] or tokens.lower(opens) in context.grammar.lists["about"]:
        opens -= 1  # "between approximately 3 May and 5 June"
    before = tokens.lower(opens)
    if any(tokens.lower(k) in data.get("moved", ()) for k in range(max(0, opens - _MOVED), opens)):
        return False
    if before in data["joined"]:
        return between[0] in data["joined"][before] or data["range"][between[0]] == 1
    return bool(data["range"][between[0]] == 1)


def _only_articles(words: list[str], context: ReadingContext) -> bool:
    return len(words) < 3 and all(word in context.grammar.data["articles"] for word in words)


def _interval(first: Moment, second: Moment) -> str | None:
    """From the beginning of the first to the end of the second, None if they are not a range."""
    if not first.edtf or not second.edtf or any("[" in text for text in (first.edtf, second.edtf)):
        return None
    text = edtf.interval(first.edtf.split("/")[0], second.edtf.split("/")[-1])
    try:
        return parse(text).text
    except EdtfError:
        return None


def _opened(reading: TimexReading, context: ReadingContext) -> TimexReading:
    """As in "since 2012", "up to mid-April", "about 2015": the EDTF of a single expression."""
    moment = reading.moment
    if reading.whole or not moment.edtf or moment.type not in {"DATE", "TIME"}:
        return reading
    side = _open_side(reading, context)
    period = moment.value if "/" in moment.value else moment.edtf  # of another calendar, some time in it
    if side and "[" not in period:
        ends = period.split("/")
        text = f"{ends[0]}/.." if side == "start" else f"../{ends[-1]}"
        return replace(reading, moment=replace(moment, edtf=text))
    return replace(reading, moment=_about(reading, context))


def _about(reading: TimexReading, context: ReadingContext) -> Moment:
    """The moment, approximate behind "about"; "about 3 p.m. on Monday" leaves the day certain."""
    moment = reading.moment
    whole = moment.edtf is not None and "/" not in moment.edtf and "[" not in moment.edtf
    clock = moment.on_clock or moment.type == "TIME"
    if whole and not clock and context.tokens.before(reading.first) in context.grammar.lists["about"]:
        return replace(moment, edtf=f"{(moment.edtf or '').rstrip('~')}~")
    return moment


_COMPARED = 10  # tokens before the word for "since"


def _compares(context: ReadingContext, since: int) -> bool:
    """As in "the worst storm since 2010": a comparison."""
    tokens, compared = context.tokens, context.grammar.data.get("compared", ())
    for index in range(since - 1, max(-1, since - _COMPARED), -1):
        if tokens.classes[index] == BREAK or tokens.lower(index) in {",", ";"}:
            return False
        if tokens.lower(index) in compared:
            return True
    return False


def _open_side(reading: TimexReading, context: ReadingContext) -> str:
    data, tokens = context.grammar.data, context.tokens
    index = reading.first - 1
    if tokens.lower(index) in data["articles"]:
        index -= 1
    word = tokens.lower(index)
    if data["open"].get(word) == "start" and _compares(context, index):
        return ""
    if word in data.get("as_early_as", ()) and context.direction(reading.first, reading.last) < 0:
        return ""  # "dès lundi, la radio a publié", not "dès lundi, la mesure s’appliquera"
    behind = data.get("open_behind", {}).get(tokens.lower(reading.last))
    if behind and word in data.get("from", ()) and tokens.lower(reading.last + 1) in _STOPS:
        return str(behind)
    compound = tokens.lower(index - 2) in {"-", "–"}  # "a follow-up to last year's talks"
    phrase = "" if compound else f"{tokens.lower(index - 1)} {word}"
    return str(
        data["open"].get(word) or data["open_phrases"].get(phrase) or data["open_phrases"].get(word) or ""
    )
