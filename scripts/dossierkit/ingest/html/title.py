"""Separate the headline of a page from the site's name in its title."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dossierkit.ingest.clean import one_line
from dossierkit.ingest.html.address import is_house
from dossierkit.ingest.html.byline import is_byline
from dossierkit.ingest.html.lines import HEADINGS, PageLine
from dossierkit.text.unspaced import UNSPACED, count_words

_MARKS = re.compile(
    rf"(?<=\s)(?:[|｜–—»«›‹·•-]|--|:{{1,2}})(?=\s)|:(?=\s)|(?<=\s)[|»]|(?<=[{UNSPACED}\d”」』）？！])[-_|｜－—](?=[{UNSPACED}A-Za-z])"
)
_MARK_CHARS = " |｜–—－»«›‹·•:_-"
_BEHIND = "|｜–—-－»›·•:：（(["
_LONGEST = 300
_BYLINE = 100
_NEAR = 6
_FEWEST_WORDS = 3


def headline(declared: str, title: str, lines: Sequence[PageLine]) -> tuple[str, str]:
    """The headline, and the rest of the page's `title`, which names the site; either may be "".

    `declared`: the headline in metadata. Else the part of `title` that is also a line of the page, else the only heading of the
    highest level.
    """
    parts = [one for one in (one_line(part) for part in _MARKS.split(title)) if one]
    wholes = _candidates(title, parts)
    found = _as_shown(declared, lines) or _shown(wholes, parts, lines)
    if not declared and len(parts) > 1 and (heading := _heading_below(found, wholes, lines)):
        return heading, _site(title, parts, found)
    if not declared and len(parts) == 1 and (heading := _only_long_heading(title, lines)):
        return heading, parts[0]
    found = found or _linked(title, wholes, lines) or _only_heading(lines) or _begun(title, lines)
    found = found or _above_byline(lines) or title
    return found, _site(title, parts, found)


def _as_shown(declared: str, lines: Sequence[PageLine]) -> str:
    """The declared headline; without its end behind a mark or bracket, where a heading of the page has only the beginning."""
    found = [line.text for line in lines if line.tag in HEADINGS[:2] and _is_beginning(line, declared)]
    return max(found, key=len, default=declared)


def _is_beginning(line: PageLine, declared: str) -> bool:
    begun, rest = declared[: len(line.text)], declared[len(line.text) :].lstrip()
    said = begun.casefold() == line.text.casefold() and count_words(line.text) >= _FEWEST_WORDS
    return said and not line.front and rest != "" and rest[0] in _BEHIND


def _shown(wholes: Sequence[str], parts: Sequence[str], lines: Sequence[PageLine]) -> str:
    """The part of the title that is a line of the page, as it is written there; the longest, if the first would be the site's name."""
    texts = {
        line.text.casefold(): line.text
        for line in reversed(lines)
        if len(line.text) <= _LONGEST and (not line.link or line.tag in HEADINGS)
    }
    there = [part for part in wholes if part.casefold() in texts]
    found = texts[there[0].casefold()] if there else ""
    opens = found.casefold() == (parts[:1] or [""])[0].casefold()
    return max(there, key=len) if there and opens and len(parts) > 1 else found


def _linked(title: str, wholes: Sequence[str], lines: Sequence[PageLine]) -> str:
    """The longest part of the title that is a link below the first line: on some blogs headlines link to their own page."""
    links = {
        line.text.casefold() for line in lines[1:] if line.link and count_words(line.text) >= _FEWEST_WORDS
    }
    links -= {line.text.casefold() for line in lines[:1]}
    return next((part for part in wholes if part != one_line(title) and part.casefold() in links), "")


def _heading_below(found: str, wholes: Sequence[str], lines: Sequence[PageLine]) -> str:
    """The only level-1 heading, if the title has another line above it (the number of a press release)."""
    headings = [line for line in lines if line.tag == "h1"]
    named = {part.casefold() for part in wholes}
    if (
        len(headings) != 1
        or headings[0].text.casefold() in named
        or count_words(headings[0].text) < _FEWEST_WORDS
    ):
        return ""
    at = lines.index(headings[0])
    above = any(line.text == found and line.tag not in HEADINGS for line in lines[max(0, at - _NEAR) : at])
    return headings[0].text if above else ""


def _above_byline(lines: Sequence[PageLine]) -> str:
    """The line above the author's line, on a page without headings."""
    for line, below in pairwise(lines):
        if len(below.text) <= _BYLINE and is_byline(below.text):
            whole = not line.link and count_words(line.text) >= _FEWEST_WORDS and len(line.text) <= _LONGEST
            return line.text if whole else ""
    return ""


def _only_long_heading(title: str, lines: Sequence[PageLine]) -> str:
    """The only level-1 heading of several words, if the page's title is too short to be more than a name."""
    if count_words(title) >= _FEWEST_WORDS:
        return ""
    found = [line.text for line in lines if line.tag == "h1" and count_words(line.text) >= _FEWEST_WORDS]
    return found[0] if len(found) == 1 and len(found[0]) <= _LONGEST else ""


def without_site(headline: str, names: Sequence[str]) -> str:
    """A headline without the name of its site before or behind a mark."""
    parts = [one_line(part) for part in _MARKS.split(headline)]
    if len(parts) > 1 and any(is_house(parts[-1], name) for name in names):
        return headline[: headline.rindex(parts[-1])].rstrip(_MARK_CHARS)
    if len(parts) > 1 and any(is_house(parts[0], name) for name in names):
        return headline[len(parts[0]) :].lstrip(_MARK_CHARS)
    return headline


def _candidates(title: str, parts: Sequence[str]) -> list[str]:
    """The title and its runs of parts, longest first."""
    runs = {one_line(title)}
    for begin in range(len(parts)):
        for end in range(begin + 1, len(parts) + 1):
            first, last = title.find(parts[begin]), title.find(parts[end - 1])
            runs.add(one_line(title[first : last + len(parts[end - 1])]))
    return sorted(filter(None, runs), key=lambda one: (-len(one), one))


def _only_heading(lines: Sequence[PageLine]) -> str:
    for tag in HEADINGS:
        found = [
            line.text for line in lines if line.tag == tag and not line.link and len(line.text) <= _LONGEST
        ]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def _begun(title: str, lines: Sequence[PageLine]) -> str:
    """A title that begins a line of the text."""
    whole = one_line(title)
    return whole if whole and any(line.text.casefold().startswith(whole.casefold()) for line in lines) else ""


def _site(title: str, parts: Sequence[str], found: str) -> str:
    """The part of the title beside the headline."""
    whole = one_line(title)
    if not found or whole.casefold() == found.casefold() or found.casefold() not in whole.casefold():
        return ""
    at = whole.casefold().index(found.casefold())
    rest = [whole[:at].strip(_MARK_CHARS), whole[at + len(found) :].strip(_MARK_CHARS)]
    left = [one for one in rest if one]
    marked = len(parts) > 1 or any("：" in one for one in left)  # in Japanese: section：site
    left = [one.rpartition("：")[2] for one in left]
    return left[0] if len(left) == 1 and count_words(left[0]) <= 7 and marked else ""
