"""Meanings of years and their parts and multiples: quarters, halves, seasons, decades, centuries."""

from __future__ import annotations

from dataclasses import replace

from dossierkit.extract.timex import moment as at
from dossierkit.extract.timex.context import AnchorDate, ReadingContext
from dossierkit.extract.timex.found import RuleMatch
from dossierkit.extract.timex.moment import Moment

_FULL = 1000  # a year in four digits


def year(found: RuleMatch) -> Moment | None:
    y = found.integer("y")
    if y is None:
        return None
    if found.has("era") and found.get("era"):
        text = f"-{y - 1:04d}" if y > 1 else "0000"
        return Moment("DATE", f"BC{y:04d}", text) if y < 10000 else None
    if not 1 <= y <= 9999:
        return None
    moment = at.year(y)
    return at.narrowed(moment, found.get("mod")) if found.has("mod") else moment


def years(found: RuleMatch) -> Moment | None:
    """As in "2012-13", the year of accounts "2012/13", or the month of "2016-05"."""
    y, z = found.integer("y"), int(found.words("z")[0])
    if y is None:
        return None
    second = z if z >= _FULL else y + 1 if (y + 1) % 100 == z else y // 100 * 100 + z
    if found.tokens.lower(found.last - 2) == "/" and second != y + 1:
        return None
    if y < second:
        return replace(at.year(y), edtf=f"{y:04d}/{second:04d}")
    written_together = found.tokens.ends[found.last - 1] - found.tokens.starts[found.first] == len("2016-05")
    return at.month(y, z) if 1 <= z <= 12 and written_together else None


def decade(found: RuleMatch) -> Moment | None:
    """As in "the 1990s", "the late '80s", German "90er": two digits are of the last hundred years."""
    word = found.words("k")[0]
    digits = word.rstrip("ers")
    if digits.isdecimal():
        if len(digits) not in {2, 4} or not digits.endswith("0"):
            return None
        number = int(digits) // 10
        number = number if len(digits) == 4 else 190 + number if number > 2 else 200 + number
    else:
        tens = found.grammar.values.get(("decadeword", word))
        if tens is None:
            return None
        number = 190 + tens
    moment = at.decade(number)
    return at.narrowed(moment, found.get("mod")) if found.has("mod") else moment


def decade_of(found: RuleMatch) -> Moment | None:
    """As in "the 1930's"; "the 1935's" would be a year."""
    y = found.integer("y")
    if y is None or y % 10:
        return year(found)
    moment = at.decade(y // 10)
    return at.narrowed(moment, found.get("mod")) if found.has("mod") else moment


def century(found: RuleMatch) -> Moment | None:
    number = found.integer("c")
    if number is None or not 1 <= number <= 30 or found.get("era"):
        return None
    return at.century(number - 1)


def fiscal(found: RuleMatch) -> Moment | None:
    """As in "fiscal 2016": approximate, since companies and states set its bounds; of a rule that `ends`, the two years that it may lie in."""
    y, moment = found.integer("y"), year(found)
    if moment is None or y is None:
        return None
    both = f"{y - 1:04d}~/{y:04d}~" if found.has("ends") and y > 1 else f"{moment.edtf}~"
    return replace(moment, edtf=both)


def quarter(found: RuleMatch, context: ReadingContext) -> Moment | None:
    number, y, shift = found.get("q"), found.integer("y"), found.get("s")
    if number is None or not 1 <= number <= 4:
        return None
    if y is not None:
        return _fiscal_mark(at.quarter(y, number), found)
    anchor = context.anchor
    if anchor is None:
        return at.without_year(f"Q{number}", f"{32 + number}")
    if shift is not None:
        y = anchor.y + shift
    elif not anchor.m:
        return at.without_year(f"Q{number}", f"{32 + number}")
    else:
        direction = context.direction(found.first, found.last)
        current = (anchor.m + 2) // 3
        ahead = direction > 0 or (direction == 0 and number == current + 1)
        y = anchor.y + (number < current if ahead else -(number > current))
    return _fiscal_mark(at.quarter(y, number), found).resolved(anchor.label)


def same_quarter(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """As in "the same quarter last year": the quarter of a date just named, else of publication, in another year."""
    base = _near(context.last, context.anchor) or context.anchor or context.last
    if base is None or not base.m:
        return replace(at.unplaced("XXXX-QX"), relative=True)
    y = base.y + found.get("s")
    return at.quarter(y, (base.m + 2) // 3).resolved(base.label) if 1 <= y <= 9999 else None


def _near(last: AnchorDate | None, anchor: AnchorDate | None) -> AnchorDate | None:
    """A date with a month, of the year of publication or the year before."""
    return last if last and anchor and last.m and 0 <= anchor.y - last.y <= 1 else None


def _fiscal_mark(moment: Moment, found: RuleMatch) -> Moment:
    words = found.grammar.lists["fiscal"]
    is_fiscal = any(found.tokens.lower(k) in words for k in range(found.first, found.last))
    return replace(moment, edtf=f"{moment.edtf}~") if is_fiscal else moment


def half(found: RuleMatch, context: ReadingContext) -> Moment | None:
    number, y = found.get("h"), found.integer("y")
    if number not in {1, 2}:
        return None
    if y is not None:
        return at.half(y, number)
    if context.anchor is None:
        return at.without_year(f"H{number}", f"{39 + number}")
    return at.half(context.anchor.y + (found.get("s") or 0), number).resolved(context.anchor.label)


def season(found: RuleMatch, context: ReadingContext) -> Moment | None:
    """As in "summer 2015", "last summer": seasons of the northern hemisphere."""
    code, y, shift = found.get("e"), found.integer("y"), found.get("s")
    if y is not None:
        return at.season(y, code)
    after = found.has("after")
    anchor = context.telling if after else context.anchor
    if anchor is None or not (anchor.m or after):
        return at.without_year(code, f"{at.SEASONS[code]}")
    first = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    y = anchor.y + (after and (not anchor.m or anchor.m >= first))
    if shift == -1 and anchor.m < first + 3:
        y -= 1
    if shift == 1 and anchor.m >= first:
        y += 1
    if shift == 0 and code == "WI" and anchor.m < 6:
        y -= 1
    return at.season(y, code).resolved(anchor.label)
