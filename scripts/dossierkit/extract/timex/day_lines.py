"""Lines that consist of a date, with or without a place: the headings of chronicles, incident logs and compilations."""

from __future__ import annotations

import re

SECTION = "heading"
"""How the anchor begins of what counts from such a line."""
_PLACE = r"[^\W\d_a-z][\w.’'-]*+(?:(?:,? (?:[a-z]{1,3} )?| / )[^\W\d_a-z][\w.’'-]*+){0,5}"
_CAPITALS = r"[^\W\d_a-z]{2,}(?:[ /-]+[^\W\d_a-z]{2,}){0,5}"
_REST = re.compile(rf"\A(?:\s?[,:–—|-]\s?{_PLACE}| {_CAPITALS})?[ .:)\]*_#–—|-]*\Z")
_LONGEST = 60  # code points of such a line before and behind its date


def is_bare(rest: str) -> bool:
    """Whether nothing but a place stands behind the date of a line: "– West Darfur", " GIREIDA"."""
    return len(rest) <= _LONGEST and _REST.match(rest) is not None


def is_day_line(text: str, start: int, end: int) -> bool:
    """Whether the date text[start:end] has a line of its own, with no more than a place behind it."""
    head = text[max(0, start - _LONGEST) : start]
    opens = start <= _LONGEST or "\n" in head
    before = head.rpartition("\n")[2].strip(" *_#-–—")
    return opens and not before and is_bare(text[end : end + _LONGEST + 1].partition("\n")[0])
