"""The line of a plain text that is its title: the first one, or the first below a letterhead ("FOR IMMEDIATE RELEASE", "Press release No. 12")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from dossierkit.ingest.days import day
from dossierkit.text.data import load

_HEAD = 8  # lines in which a letterhead is looked for
_LONGEST = 100  # code points of its lines
_NUMBER = re.compile(r"(?:No|Nr|N°|№)[.:]? ?[\d/-]+(?: of|,|:)? ", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
_SMALL = re.compile("[a-zà-ÿ]")


def title_line(lines: Sequence[str]) -> int | None:
    """The number of the title's line; None if all lines are empty. Lines above the last one of a letterhead belong to it."""
    written = [number for number, line in enumerate(lines) if line]
    head = written[:_HEAD]
    last = max((at for at, number in enumerate(head) if _is_letterhead(lines[number])), default=-1)
    below = (number for number in written[last + 1 :] if last < 0 or not _is_date(lines[number]))
    title = next(below, None)
    return title if title is not None and title != written[-1] else next(iter(written), None)


def _is_letterhead(line: str) -> bool:
    """Whether a line begins a letterhead's phrase, and goes on with no more than a number, a date or the like."""
    if len(line) > _LONGEST:
        return False
    found = _phrases("letterheads").match(line)
    if found is not None:
        words = _WORD.findall(line[found.end() :])
        rest = [word for word in words if _SMALL.search(word[:-2]) and word.lower() not in _numbering()]
        return not rest or _is_date(line[found.end() :].strip(" :,–-"))
    return _phrases("letterhead_starts").match(line) is not None or _is_numbered_date(line)


def _is_numbered_date(line: str) -> bool:
    """As in "No: 55, 13 February 2021"."""
    found = _NUMBER.match(line)
    return found is not None and _is_date(line[found.end() :])


def _is_date(line: str) -> bool:
    return len(line.split()) <= len("Monday 3 May 2016".split()) and day(line) != ""


@cache
def _phrases(name: str) -> re.Pattern[str]:
    phrases = sorted(load("pageparts")[name], key=len, reverse=True)
    return re.compile(rf"\A\W*(?:{'|'.join(map(re.escape, phrases))})(?!\w)", re.IGNORECASE)


@cache
def _numbering() -> frozenset[str]:
    return frozenset(load("pageparts")["numbering"])
