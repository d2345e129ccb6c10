"""Lines of pages that are no text, by their form: menus, times of updates, addresses, counts, invitations to follow."""

from __future__ import annotations

import re
from functools import cache

from dossierkit.ingest.html.byline import shown_day
from dossierkit.text import data
from dossierkit.text.segment import STOPS

_LONGEST = 160
_BAR = re.compile(r"[|·•](?=\s)")
_FEWEST_ITEMS = 4  # of a menu
_ITEM = 40  # characters
_ADDRESS = re.compile(r"(?:[\w.'’-]{1,40} ){0,3}[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}\.?")
_COUNT = re.compile(r"\d{2,6}(?P<of> .+)?")
_COUNT_OF = re.compile(r"\d{1,6} (\S{1,30})")
_CLOCK = re.compile(
    r"\b(?:[01]?\d|2[0-3])(?:[:.h]| h )[0-5]\d(?!\d)|\b\d{4} (?:GMT|UTC|EST|EDT|CET|CEST|HKT)\b"
)
_MOST_WORDS = 5  # beside day and time


def is_furniture(text: str, lang: str) -> bool:
    """Whether a line at the beginning or end of a text is a menu, the time of an update, an address, or a count of comments."""
    if not text or len(text) > _LONGEST:
        return False
    return _is_menu(text) or _is_stamp(text, lang) or _is_count(text) or _ADDRESS.fullmatch(text) is not None


def is_mark_of_teaser(text: str, lang: str) -> bool:
    """Whether a line is what lists of stories give with each: how many readers commented, an offer to do so, or a time of update."""
    counted = _COUNT_OF.fullmatch(text)
    commented = counted is not None and counted[1].casefold() in _words("counted")
    offered = text.casefold().strip(" .:") in _words("offers")
    return bool(text) and len(text) <= _LONGEST and (commented or offered or _is_stamp(text, lang))


def is_label(text: str) -> bool:
    """Whether a line is what pages write above and between texts for their own use, or asks to follow them."""
    folded = text.casefold().strip(" .:()")
    return folded in _words("labels") or (
        folded.startswith(tuple(_words("follow")))
        and any(one in folded.split() for one in _words("networks"))
    )


def _is_menu(text: str) -> bool:
    items = [one.strip() for one in _BAR.split(text) if one.strip()]
    return len(items) >= _FEWEST_ITEMS and all(len(one) <= _ITEM and one[-1] not in STOPS for one in items)


def _is_stamp(text: str, lang: str) -> bool:
    """Whether a line is a day with a time of day, and hardly a word beside them. Days alone may be headings of a chronology."""
    if not shown_day(text, lang) or not _CLOCK.search(text):
        return False
    spoken = [one for one in re.findall(r"[^\W\d_]{3,}", text) if one.casefold() not in _words("stamp_words")]
    return len(spoken) <= _MOST_WORDS


def _is_count(text: str) -> bool:
    match = _COUNT.fullmatch(text)
    year = re.fullmatch(r"(?:1[89]|20)\d\d", text)
    return (
        match is not None and not year and (match["of"] or "").strip().casefold() in {"", *_words("counted")}
    )


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(data.load("pageparts")[kind])
