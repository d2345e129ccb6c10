"""The year that a report is about, as its title or its first lines name it: its days without a year are of that year."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from dossierkit.extract.timex.context import COVERED, AnchorDate

_YEAR = r"(?P<y>(?:19|20)\d\d)"
_WORD = r"(?:[A-Z][\w’'.-]{0,40}|&|and|for|in|of|on|the|to)"
_REPORT = r"(?:[Rr]eports?|REPORTS?|[Rr]eview|REVIEW)"
_BEGINS = r"(?:^|[—–:,|(-] ?)"
_ENDS = r"(?=\s{0,3}(?:$|[—–:,;|()-]))"
_ANNUAL = re.compile(
    r"\b(?:annual|yearly) (?:activity |progress )?(?:report|review) (?:for |of )?(?P<y>(?:19|20)\d\d)(?:[/–-](?:20)?(?P<z>\d\d))?\b",
    re.IGNORECASE,
)
_TITLED = re.compile(
    rf"{_BEGINS}(?:{_WORD} ){{0,6}}{_YEAR} (?P<what>(?:{_WORD} ){{0,8}}{_REPORT})(?: (?:for|of|on)(?: {_WORD}){{1,9}})?{_ENDS}"
)
_YEARLY = re.compile(r"\b(?:annual|activity|activities|country|human rights|yearly)\b", re.IGNORECASE)
_SURE = (
    re.compile(
        rf"^(?:{_WORD} ){{0,8}}{_REPORT} (?:{_WORD} ){{0,8}}(?:for|in|during) (?:the year )?{_YEAR}{_ENDS}"
    ),
    re.compile(rf"\b[Aa]nnual (?:{_WORD} ){{0,4}}{_REPORT}(?: {_WORD}){{0,9}},? {_YEAR}{_ENDS}"),
    re.compile(rf"^(?:the )?(?:year )?{_YEAR} in review\b", re.IGNORECASE),
    re.compile(rf"{_BEGINS}events (?:of|in) {_YEAR}\W{{0,3}}$", re.IGNORECASE),
    re.compile(
        rf"\breport covers (?:the )?(?:(?:calendar )?year |(?:events|developments) (?:of|in|during) )?{_YEAR}\b"
    ),
    re.compile(
        rf"\breport covers (?:the )?period (?:from )?(?:1 )?January(?: to | ?[–-] ?)(?:31 )?December {_YEAR}\b"
    ),
)
_EDITION = re.compile(
    rf"{_REPORT},? {_YEAR}(?:[/–-]\d{{2,4}})?{_ENDS}|\bin the [Ww]orld (?P<of>(?:19|20)\d\d){_ENDS}"
)
_ITS_YEAR = re.compile(r"\bduring the year\b|\byear[’']s end\b|\bend of the year\b", re.IGNORECASE)
_ENDING = re.compile(r"\byear (?:ended|ending|to|up to)(?: the)?(?: on)? $", re.IGNORECASE)
_HEAD = 5  # lines
_LINE = 300  # code points


def covered(
    title: str, text: str, anchor: AnchorDate, dates: Iterable[tuple[str, AnchorDate]], *, of_a_day: bool
) -> AnchorDate:
    """The end of the year that an English report is about, if that lies behind; else the anchor.

    "Annual report 2019", "2019 Human Rights Report", "Report on Prisons in 2019", "events of 2019". A report that only bears a year ("World Report
    2019") may be about the one before: of the anchor only the year is left, so that no day is resolved. `dates`: each with what stands before it.
    `of_a_day`: the text counts days from that of its publication ("on Monday"), as an article about a report does.
    """
    annual = _ANNUAL.search(title)
    if annual is not None:
        end = _accounts(int(annual["y"]), dates) if annual["z"] else _end(int(annual["y"]))
        return replace(end, label=f"{COVERED} {end.y}") if end.y < anchor.y else anchor
    its_year = _ITS_YEAR.search(text) is not None
    if of_a_day and not its_year:
        return anchor
    lines = (line.strip()[:_LINE] for line in (title, *text.split("\n", _HEAD)[:_HEAD]))
    sure = next((y for line in lines if (y := _year(line, its_year=its_year))), None)
    if sure is not None:
        return replace(_end(sure), label=f"{COVERED} {sure}") if sure < anchor.y else anchor
    edition = _EDITION.search(title)
    old = edition is not None and int(edition["y"] or edition["of"]) < anchor.y
    return replace(anchor, m=0, d=0) if old else anchor


def _year(line: str, *, its_year: bool) -> int | None:
    """The year that a line surely says a report is about. `its_year`: the text speaks of what was "during the year"."""
    titled = _TITLED.search(line)
    if titled is not None and (its_year or _YEARLY.search(titled["what"])):
        return int(titled["y"])
    return next((int(found["y"]) for one in _SURE if (found := one.search(line))), None)


def _end(y: int) -> AnchorDate:
    return AnchorDate(y, 12, 31, "")


def _accounts(y: int, dates: Iterable[tuple[str, AnchorDate]]) -> AnchorDate:
    """The end of a year of two calendar years: the day that the text says ("the year to 31 March 2020"), else in June."""
    said = (day for before, day in dates if _ENDING.search(before) and day.y == y + 1)
    return next(said, AnchorDate(y + 1, 6, 30, ""))
