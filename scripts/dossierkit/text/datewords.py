"""EDTF dates in words: "late January 2016", "23–29 May 2016", "since 2012"."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from typing import Any

from dossierkit.model.edtf import Edtf, EdtfPoint, parse
from dossierkit.model.edtf_point import APPROXIMATE, UNCERTAIN
from dossierkit.text.data import load, names

LANGUAGES = names("datewords")
_WEEK = 7


def words(edtf_text: str, lang: str = "en") -> str:
    """`edtf_text` in words; English for languages without a file in data/datewords. Raises EdtfError."""
    facts = _facts(lang)
    date = parse(edtf_text)
    if date.kind == "set":
        return _set(date, facts)
    first, last = date.spans[0]
    if first and last and first.any_flag == last.any_flag == APPROXIMATE and _days(date) == _WEEK:
        return str(facts["about"]).format(date=words(edtf_text.replace("~", ""), lang))
    return _span(first, last, facts)


def _days(date: Edtf) -> int | None:
    return None if date.low is None or date.high is None else date.high - date.low


def part_of_period(date: Edtf) -> bool:
    """Whether it is an early, middle or late part of a month, year or decade, in the form that the extractor writes."""
    first, last = date.spans[0]
    return date.kind == "interval" and bool(first and last and _third(first, last, _facts("en")))


def short_month(number: int, lang: str) -> str:
    """A month (from 1) abbreviated for the scale of a chart."""
    return str(_facts(lang)["short_months"][number - 1])


def _facts(lang: str) -> dict[str, Any]:
    base = lang.partition("-")[0].lower()
    facts: dict[str, Any] = load(f"datewords/{base if base in LANGUAGES else 'en'}")
    return facts


def _set(date: Edtf, facts: dict[str, Any]) -> str:
    members = [_span(first, last, facts) for first, last in date.spans]
    if date.text.startswith("{"):
        return str(facts["and"]).join(members)
    first, last = date.spans[0]
    if len(members) == 1 and first is not last:
        if first is None or last is None:
            return _open(first, last, facts, ("from", "by"))
        if first.day:
            return str(facts["one_day"]).format(a=members[0])
    return str(facts["or"]).join(members)


def _span(first: EdtfPoint | None, last: EdtfPoint | None, facts: dict[str, Any]) -> str:
    if first is None or last is None:
        return _open(first, last, facts)
    if first is last:
        return _qualified(first, facts)
    return _third(first, last, facts) or _close(first, last, facts) or _two(first, last, facts)


def _open(
    first: EdtfPoint | None,
    last: EdtfPoint | None,
    facts: dict[str, Any],
    names: tuple[str, str] = ("since", "until"),
) -> str:
    """`names`: of the facts for an open end and an open beginning."""
    point = first or last
    if point is None:
        return str(facts["date_unknown"])
    pattern = facts[names[0 if first else 1]]["day" if point.day else "other"]
    date = _qualified(point, facts)
    return str(pattern).format(a=date, b=date)


def _two(first: EdtfPoint, last: EdtfPoint, facts: dict[str, Any]) -> str:
    begin, end = _edge(first, _STARTS, facts), _edge(last, _ENDS, facts)
    if begin and end and first.year == last.year:
        begin = str(facts["part"][_STARTS[first.day]]).format(month=_month_name(first, facts))
    return str(facts["range"]).format(a=begin or _qualified(first, facts), b=end or _qualified(last, facts))


# Approximate days on which a third of a month begins and ends, for intervals between thirds.
_STARTS = {"11": "mid", "21": "late"}
_ENDS = {"10": "early", "20": "mid"}


def _edge(point: EdtfPoint, days: dict[str, str], facts: dict[str, Any]) -> str:
    """As in "late January 2016", for an approximate day that bounds a third of its month; else ""."""
    if point.any_flag != APPROXIMATE or point.day not in days or "X" in point.year + point.month:
        return ""
    return str(facts["part"][days[point.day]]).format(month=_point(EdtfPoint(point.year, point.month), facts))


def _third(first: EdtfPoint, last: EdtfPoint, facts: dict[str, Any]) -> str:
    """As in "late January 2016": thirds of months, years and decades as the extractor writes them; else ""."""
    if "X" in first.year + last.year + first.month + last.month + first.day + last.day:
        return ""
    fuzzy = (bool(first.any_flag & APPROXIMATE), bool(last.any_flag & APPROXIMATE))
    if not any(fuzzy) or first.kind != last.kind:
        return ""
    part, whole = _part_of_whole(first, last, fuzzy)
    name = _point(whole, facts).removeprefix(str(facts["article"]))
    return str(facts["part"][part]).format(month=name) if part else ""


def _part_of_whole(first: EdtfPoint, last: EdtfPoint, fuzzy: tuple[bool, bool]) -> tuple[str, EdtfPoint]:
    """(which third, of which month, year or decade); empty if it is not a third."""
    if first.day and (first.year, first.month) == (last.year, last.month):
        late = first.day == "21" and _is_month_end(last)
        ends = ("21", "end") if late else (first.day, last.day)
        return _PARTS.get((*ends, *fuzzy), ""), EdtfPoint(first.year, first.month)
    if first.kind == "month" and first.year == last.year:
        return _PARTS.get((first.month, last.month, *fuzzy), ""), EdtfPoint(first.year)
    if first.kind == "year" and first.year[:3] == last.year[:3]:
        return _PARTS.get((first.year[3:], last.year[3:], *fuzzy), ""), EdtfPoint(f"{first.year[:3]}X")
    return "", first


_PARTS = {
    ("01", "10", False, True): "early", ("11", "20", True, True): "mid", ("21", "end", True, False): "late",
    ("01", "04", False, True): "early", ("05", "08", True, True): "mid", ("09", "12", True, False): "late",
    ("0", "3", False, True): "early", ("4", "6", True, True): "mid", ("7", "9", True, False): "late",
}  # fmt: skip


def _is_month_end(point: EdtfPoint) -> bool:
    return bool(point.day) and int(point.day) == monthrange(int(point.year), int(point.month))[1]


def _close(first: EdtfPoint, last: EdtfPoint, facts: dict[str, Any]) -> str:
    """Two plain dates of one year, with the year once; else ""."""
    exact = not any(p.any_flag or "X" in p.year + p.month + p.day for p in (first, last))
    if not exact or first.year != last.year or first.kind != last.kind or first.kind not in {"day", "month"}:
        return ""
    if first.kind == "month":
        return str(facts["range"]).format(a=_month_name(first, facts), b=_point(last, facts))
    if first.month == last.month:
        names = {"first": _day(first, facts), "last": _day(last, facts)}
        return str(facts["days"]).format(**names, month=_month_name(first, facts), year=first.year)
    return str(facts["range"]).format(a=_day_month(first, facts), b=_point(last, facts))


def _qualified(point: EdtfPoint, facts: dict[str, Any]) -> str:
    date = _point(point, facts)
    if point.any_flag & APPROXIMATE:
        date = str(facts["about"]).format(date=date)
    if point.any_flag & UNCERTAIN:
        date = str(facts["uncertain"]).format(date=date)
    return date


def _point(point: EdtfPoint, facts: dict[str, Any]) -> str:
    if point.time:
        day = _point(replace(point, time="", flags=(0, 0, 0)), facts)
        return str(facts["time"]).format(day=day, time=point.time)
    if not point.year_known:
        return _unknown_year(point, facts)
    if "X" in point.month + point.day or (point.month and "X" in point.year):
        return _masked(point, facts)
    return _plain(point, facts)


def _plain(point: EdtfPoint, facts: dict[str, Any]) -> str:
    """A date without unspecified digits, or a decade or century."""
    year = _year(point, facts)
    if point.kind in {"season", "quarter"}:
        number = int(point.month)
        pattern = facts["season"]["part" if number > 32 else "named"]
        return str(pattern).format(season=facts["seasons"][number], year=year)
    if not point.month:
        return year
    values = {"month": _month_name(point, facts), "year": year}
    if not point.day:
        return str(facts["month"]).format(**values)
    return str(facts["day"]).format(day=_day(point, facts), **values)


def _year(point: EdtfPoint, facts: dict[str, Any]) -> str:
    digits = point.year.lstrip("Y")
    if digits.startswith("-") or digits == "0000":
        return str(facts["bc"]).format(year=_before_christ(digits.lstrip("-"), facts))
    if point.kind == "century" and "X" in digits:
        return _century(int(digits[:2]) + 1, facts)
    if "X" in digits:
        return str(facts["decade"]).format(year=digits.replace("X", "0"))
    return digits.lstrip("0")


def _before_christ(digits: str, facts: dict[str, Any]) -> str:
    """The year 0 of EDTF is 1 BC, the year -1 is 2 BC."""
    if digits.endswith("XX"):
        return _century(int(digits[:2]) + 1, facts)
    if "X" in digits:
        return f"{int(digits.replace('X', '9')) + 1}–{int(digits.replace('X', '0')) + 1}"
    return str(int(digits) + 1)


def _century(number: int, facts: dict[str, Any]) -> str:
    ordinal = facts["ordinals"].get(number, facts["ordinals"]["default"])
    return str(facts["century"]).format(number=number, ordinal=ordinal)


def _masked(point: EdtfPoint, facts: dict[str, Any]) -> str:
    """Unspecified digits among others: in words if they are whole parts, else the possible days."""
    if point.day == "XX" and "X" not in point.year + point.month:
        return str(facts["some_day"]).format(month=_point(replace(point, day=""), facts))
    if not point.day and point.month == "XX" and "X" not in point.year:
        return str(facts["some_month"]).format(year=_year(point, facts))
    return str(replace(point, flags=(0, 0, 0)))


def _unknown_year(point: EdtfPoint, facts: dict[str, Any]) -> str:
    if not point.month or "X" in point.month + point.day:
        return str(facts["date_unknown"])
    if int(point.month) > 12:
        return str(facts["year_unknown"]).format(date=facts["seasons"][int(point.month)])
    date = _day_month(point, facts) if point.day else _month_name(point, facts)
    return str(facts["year_unknown"]).format(date=date)


def _day_month(point: EdtfPoint, facts: dict[str, Any]) -> str:
    return str(facts["day_month"]).format(day=_day(point, facts), month=_month_name(point, facts))


def _day(point: EdtfPoint, facts: dict[str, Any]) -> str:
    return str(facts["first_day"]) if point.day == "01" else str(int(point.day))


def _month_name(point: EdtfPoint, facts: dict[str, Any]) -> str:
    return str(facts["months"][int(point.month) - 1])
