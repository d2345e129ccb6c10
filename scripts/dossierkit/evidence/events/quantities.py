"""Figures that contradict each other in quotes of one event: "at least 33 killed" and "27 killed".

Only numbers in digits that count the same thing are compared, and only where each quote has one such number; dates,
ordinals, and the numbers of documents count nothing. What counts the dead, the injured, the arrested or the displaced
is compared across languages (data/figures.yml), anything else in the same words of one language.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from math import inf
from typing import NamedTuple

from dossierkit.evidence.events.words import facts, stem
from dossierkit.text.data import load
from dossierkit.text.fold import fold

_FIGURE = re.compile(
    r"(?:(?<![\w.,–/:$€£-])|(?<=\sو))"
    r"(?P<number>\d{1,3}(?>(?:[.,٬\u202f\u00a0 ]\d{3}){1,6})|\d+(?:\.\d+)?)(?![\w–/:-]|[.,]\d)"
    r"(?P<after>(?: +[^\W\d_][^\W\d_’'-]*){0,6})"
)
_WORDS_BEFORE = re.compile(r"[^\s(«“„\"\[]+")
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]+) +$")
_LOOK_BACK = 60  # code points before a number; the bound keeps the work linear
_REACH = 3
"""How many words that say something may name what is counted."""
_LONGEST_PHRASE = 4
_ABOUT = 0.1
"""The part by which an approximate figure may be wrong on either side."""
_AND = "و"
"""Arabic writes it together with the word that follows."""
_COMPARED = ("dead", "injured", "arrested", "displaced")
_YEARS = range(1900, 2101)


class Quantity(NamedTuple):
    """`words`: as they stand in the quote. `low`, `high`: what it may be, both included. `unit`: what is counted.

    A unit holds stems, and names such as `dead:` for what every language counts.
    """

    words: str
    low: float
    high: float
    unit: frozenset[str]


class _FigureWords(NamedTuple):
    """`bounds`: phrases before a number, `behind`: phrases after what is counted, all folded; `counted`: a word's unit."""

    bounds: Mapping[str, str]
    behind: frozenset[str]
    scales: Mapping[str, int]
    counted: Mapping[str, str]
    thousands: str


def figures(quote: str, lang: str) -> tuple[Quantity, ...]:
    """The counting figures of a quote, one for each unit; units that occur twice are left out."""
    by_unit: dict[frozenset[str], list[Quantity]] = defaultdict(list)
    for found in _figures(quote, _language(lang)):
        by_unit[found.unit].append(found)
    return tuple(same[0] for same in by_unit.values() if len(same) == 1)


def differing(quotes: Iterable[tuple[str, str]]) -> tuple[tuple[tuple[int, str], ...], ...]:
    """Contradictions between (quote, language) pairs: each as (index of the quote, its words), in the given order."""
    by_unit: dict[frozenset[str], list[tuple[int, Quantity]]] = defaultdict(list)
    listed = tuple(quotes)
    for index, (quote, lang) in enumerate(listed if _may_differ(listed) else ()):
        for figure in figures(quote, lang):
            by_unit[figure.unit].append((index, figure))
    return tuple(
        tuple((index, figure.words) for index, figure in found)
        for found in by_unit.values()
        if contradict([figure for _, figure in found])
    )


def _may_differ(quotes: Sequence[tuple[str, str]]) -> bool:
    """Whether figures contradict each other if dates count too: to tell which are dates costs much more than to compare them."""
    by_unit: dict[frozenset[str], list[Quantity]] = defaultdict(list)
    for quote, lang in quotes if len(quotes) > 1 else ():
        for _, figure in _numbers(quote, _language(lang)):
            by_unit[figure.unit].append(figure)
    return any(map(contradict, by_unit.values()))


def contradict(figures: Sequence[Quantity]) -> bool:
    """Whether figures of one unit cannot all be right: "at least 200" and "more than 215" can."""
    return max(one.low for one in figures) > min(one.high for one in figures)


def _language(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _figures(quote: str, lang: str) -> Iterator[Quantity]:
    return (figure for at, figure in _numbers(quote, lang) if not _is_date(quote, at, lang))


def _numbers(quote: str, lang: str) -> Iterator[tuple[int, Quantity]]:
    """Numbers that count something or are dates, each with its place."""
    words = _figure_words(lang)
    for found in _FIGURE.finditer(quote):
        unit, end, scale = _unit(found["after"], lang)
        start, bound = _bound(quote, found.start(), words.bounds)
        if not unit and (end or not _is_year(found["number"])):
            unit, start = _deed(quote, start, lang, alone=not end)
        if not unit:
            continue
        bound, end = ("least", behind) if (behind := _behind(found["after"], end, words)) else (bound, end)
        said = quote[start : found.start("after") + end]
        value = _value(found["number"], words.thousands) * scale
        yield found.start("number"), Quantity(said, *_range(value, bound), unit)


def _value(number: str, thousands: str) -> float:
    """Of digits in any script. A group of three after the language's own sign is thousands, after a point elsewhere decimals."""
    groups = number.count(".") > 1 or (thousands == "." and re.fullmatch(r"\d{1,3}\.\d{3}", number))
    point = "" if groups else "."
    return float(re.sub(rf"[^\d{point}]", "", number))


def _range(value: float, bound: str) -> tuple[float, float]:
    if bound == "about":
        return value * (1 - _ABOUT), value * (1 + _ABOUT)
    return (0.0 if bound == "most" else value), (inf if bound == "least" else value)


def _bound(quote: str, start: int, bounds: Mapping[str, str]) -> tuple[int, str]:
    """Where the longest phrase right before a number begins, and what it says of it; the number's place and nothing if none."""
    before = list(_WORDS_BEFORE.finditer(quote, max(0, start - _LOOK_BACK), start))[-_LONGEST_PHRASE:]
    for at in range(len(before)):
        if (phrase := fold(quote[before[at].start() : start])) in bounds:
            return before[at].start(), bounds[phrase]
    return start, ""


def _behind(after: str, end: int, words: _FigureWords) -> int:
    """Where a phrase such as "or more" ends that follows what is counted; 0 if there is none."""
    following = list(re.finditer(r"\S+", after[end:]))[:_LONGEST_PHRASE]
    ends = (end + word.end() for word in following)
    return next((at for at in ends if fold(after[end:at]) in words.behind), 0)


def _is_year(number: str) -> bool:
    return number.isdigit() and int(number) in _YEARS


def _is_date(quote: str, at: int, lang: str) -> bool:
    return any(start <= at < end for start, end in _dates(quote, lang))


@lru_cache(maxsize=1024)
def _dates(quote: str, lang: str) -> tuple[tuple[int, int], ...]:
    """Spans of the dates in a quote."""
    from dossierkit.extract.timex.find import find_timexes  # noqa: PLC0415 -- heavy
    from dossierkit.model.finding import Sentence  # noqa: PLC0415 -- as above

    found = find_timexes(quote, (Sentence(0, len(quote)),), None, lang)
    return tuple((timex.start, timex.end) for timex in found if timex.type in ("DATE", "TIME"))


def _unit(after: str, lang: str) -> tuple[frozenset[str], int, int]:
    """What is counted, where in `after` its words end, and by what they multiply; "people" says nothing of what is counted."""
    lists, words = facts(lang), _figure_words(lang)
    stems: list[str] = []
    end, scale = 0, 1
    for word in re.finditer(r"\S+", after):
        folded = fold(word.group())
        if folded in words.scales and not stems:
            scale *= words.scales[folded]
        elif folded in words.counted:
            stems.append(words.counted[folded])
        elif folded in lists["auxiliaries"]:
            continue
        elif folded in lists["plain"] or len(stems) == _REACH or folded.removeprefix(_AND) in words.counted:
            break
        elif folded not in lists["many"]:
            stems.append(stem(folded, lang))
        end = word.end()
        if stems and not lists["plain"] and folded in words.counted:
            break
    return frozenset(stems), end, scale


def _deed(quote: str, start: int, lang: str, *, alone: bool) -> tuple[frozenset[str], int]:
    """As in "killed 33 people": the word right before the number says what is counted. With where it begins.

    `alone`: nothing after the number says that it counts people, as in "killing 33"; then only a word that surely counts them
    will do.
    """
    found = _WORD_BEFORE.search(quote, max(0, start - _LOOK_BACK), start)
    word = fold(found[1]).removeprefix(_AND) if found else ""
    counted = _figure_words(lang).counted
    if not found or word in facts(lang)["plain"] or (alone and word not in counted):
        return frozenset(), start
    return frozenset({counted.get(word) or stem(word, lang)}), found.start()


@cache
def _figure_words(lang: str) -> _FigureWords:
    block = load("figures").get(lang, {})
    bounds = {fold(phrase): kind for kind in ("least", "most", "about") for phrase in block.get(kind, ())}
    counted = {fold(word): f"{kind}:" for kind in _COMPARED for word in block.get(kind, ())}
    scales = {fold(word): number for word, number in block.get("scales", {}).items()}
    behind = frozenset(map(fold, block.get("after_least", ())))
    return _FigureWords(bounds, behind, scales, counted, block.get("thousands", ""))
