"""Figures that differ between quotes of one event: "at least 33 killed" and "27 killed".

Only digits that count the same thing in the same words are compared, and only if each quote has one such number;
dates, ordinals and numbers of documents do not count.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from dossierkit.evidence.events.words import facts, stem
from dossierkit.text.fold import fold

_FIGURE = re.compile(
    r"(?<![\w.,–/:$€£-])(?P<number>\d{1,3}(?:[,\u202f\u00a0 ]\d{3}){1,6}+|\d+(?:\.\d+)?)(?![\w–/:-])"
    r"(?P<after>(?: +[^\W\d_][^\W\d_’'-]*){1,4})"
)
_BEFORE = re.compile(
    r"(?:\b(?:at least|at most|more than|fewer than|less than|up to|as many as|nearly|almost|about|around|over|some|only)"
    r"|\b(?:au moins|plus de|moins de|environ|près de))\s+$",
    re.IGNORECASE,
)
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]+) +$")
_LOOK_BACK = 60  # code points before a number; the bound keeps the work linear
_REACH = 3
"""How many words that say something may name what is counted."""


class Quantity(NamedTuple):
    """`words`: as in the quote. `unit`: stems of what is counted."""

    words: str
    number: str
    unit: frozenset[str]


def figures(quote: str, lang: str) -> tuple[Quantity, ...]:
    """The counting figures of a quote, one for each unit; units that occur twice are left out."""
    by_unit: dict[frozenset[str], list[Quantity]] = defaultdict(list)
    for found in _figures(quote, lang):
        by_unit[found.unit].append(found)
    return tuple(same[0] for same in by_unit.values() if len(same) == 1)


def differing(quotes: Iterable[tuple[str, str]]) -> tuple[tuple[tuple[int, str], ...], ...]:
    """Differences between (quote, language) pairs: each as (index of the quote, its words), in the given order."""
    by_unit: dict[frozenset[str], list[tuple[int, Quantity]]] = defaultdict(list)
    listed = tuple(quotes)
    for index, (quote, lang) in enumerate(listed if len(listed) > 1 else ()):
        for figure in figures(quote, lang):
            by_unit[figure.unit].append((index, figure))
    return tuple(
        tuple((index, figure.words) for index, figure in found)
        for found in by_unit.values()
        if len({figure.number for _, figure in found}) > 1
    )


def _figures(quote: str, lang: str) -> Iterator[Quantity]:
    for found in _FIGURE.finditer(quote):
        unit, end = _unit(found["after"], lang)
        before = _BEFORE.search(quote, max(0, found.start() - _LOOK_BACK), found.start())
        start = before.start() if before else found.start()
        if end and not unit:
            unit, start = _deed(quote, start, lang)
        if not unit:
            continue
        words = quote[start : found.start("after") + end]
        yield Quantity(words, re.sub(r"[^\d.]", "", found["number"]), unit)


def _unit(after: str, lang: str) -> tuple[frozenset[str], int]:
    """What is counted, and the end of its words in `after`; words such as "people" are ignored."""
    lists = facts(lang)
    stems: list[str] = []
    end = 0
    for word in re.finditer(r"\S+", after):
        folded = fold(word.group())
        if folded in lists["auxiliaries"]:
            continue
        if folded in lists["plain"] or len(stems) == _REACH:
            break
        if folded not in lists["many"]:
            stems.append(stem(folded, lang))
        end = word.end()
    return frozenset(stems), end


def _deed(quote: str, start: int, lang: str) -> tuple[frozenset[str], int]:
    """As in "killed 33 people": the word before the number says what is counted. With its offset."""
    found = _WORD_BEFORE.search(quote, max(0, start - _LOOK_BACK), start)
    word = fold(found[1]) if found else ""
    if not found or word in facts(lang)["plain"]:
        return frozenset(), start
    return frozenset({stem(word, lang)}), found.start()
