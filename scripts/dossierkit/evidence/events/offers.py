"""Entries of one date in several articles that may report one event although they are not joined: offered to an editor.

Joining is strict, since nobody looks at it; here somebody does. Languages may differ: what entries of one day have in common
are entities, the kind of event (data/eventkinds.yml), and, in one language, words. Entries of one month, year or decade must
have nearly the same heading, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations

from dossierkit.evidence.events.comparable import ComparableEntry, Key
from dossierkit.evidence.events.likeness import WORDS, Rarity, cosine, differ, shared_weight, sorts_differ
from dossierkit.evidence.events.words import stem
from dossierkit.text.data import load
from dossierkit.text.fold import fold

Pair = frozenset[Key]
_LEAST = 1.0
"""The least likeness of two entries: one person and half a kind, or a kind alone where nothing speaks against it."""
_MOST_WHO = 1.5
_LIKE_WORDS = 0.3
"""Likeness of all words, in one language, from which on no common kind is needed."""
_MOST = 120
"""Events of one day that are compared with each other."""
_MOST_VAGUE = 40
"""Events of one longer date that are compared since their headings share a word; a word of more of them is too common."""
Span = tuple[date, date]
"""The days that a date may mean, half open."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is one event already. `entries`: those of them that report it for the day."""

    keys: tuple[Key, ...]
    word: str
    entries: tuple[ComparableEntry, ...]


def offered(
    entries: Iterable[ComparableEntry],
    groups: Iterable[tuple[Key, ...]],
    apart: Collection[Pair] = frozenset(),
) -> tuple[tuple[Key, ...], ...]:
    """Groups of keys that may be one event, the likeliest first; keys sorted within a group, each in at most one for a date.

    `groups`: what is joined, as `grouping.join` has it. `apart`: what an editor decided to be two events. No group has
    two such entries, two entries of one article that are not joined, or two words of editors.
    """
    listed = {one.key: one for one in entries}
    rarity = Rarity(listed.values())
    found = [
        offer
        for span, units in _by_span(listed, groups).items()
        for offer in _of_span(units, _likely(span, units, rarity), apart)
    ]
    return tuple(dict.fromkeys(keys for _, keys in sorted(found, key=lambda one: (-one[0], one[1]))))


def _by_span(
    listed: Mapping[Key, ComparableEntry], groups: Iterable[tuple[Key, ...]]
) -> dict[Span, list[_Unit]]:
    spans: dict[Span, list[_Unit]] = defaultdict(list)
    for keys in sorted(groups):
        entries: dict[Span, list[ComparableEntry]] = defaultdict(list)
        for one in (listed[key] for key in keys):
            if one.first and one.end:
                entries[one.first, one.end].append(one)
        for span, some in entries.items():
            spans[span].append(_Unit(keys, listed[keys[0]].event, tuple(some)))
    return spans


def _likely(span: Span, units: Sequence[_Unit], rarity: Rarity) -> list[tuple[float, int, int]]:
    """Pairs of events that may be one, with their likeness."""
    day = (span[1] - span[0]).days == 1
    pairs = combinations(range(min(len(units), _MOST)), 2) if day else _sharing(units)
    scored = ((_likeness(units[one], units[other], rarity, day=day), one, other) for one, other in pairs)
    return [one for one in scored if one[0] >= _LEAST]


def _sharing(units: Sequence[_Unit]) -> list[tuple[int, int]]:
    """Pairs of events whose headings share a word that is not too common among them: linear in the number of words."""
    by_word: dict[tuple[str, str], list[int]] = defaultdict(list)
    for at, unit in enumerate(units):
        for word in {(one.lang, word) for one in unit.entries for word in one.heading.words}:
            by_word[word].append(at)
    listed = (some for some in by_word.values() if len(some) <= _MOST_VAGUE)
    return sorted({pair for some in listed for pair in combinations(some, 2)})


def _of_span(
    units: Sequence[_Unit], likely: Iterable[tuple[float, int, int]], apart: Collection[Pair]
) -> Iterator[tuple[float, tuple[Key, ...]]]:
    """Each group with its likeness: the best of two of its events, and a little for each event more."""
    group = {at: [at] for at in range(len(units))}
    best: dict[int, float] = {}
    for score, one, other in sorted(likely, key=lambda pair: (-pair[0], pair[1:])):
        both = group[one] if group[one] is group[other] else [*group[one], *group[other]]
        if both is not group[one] and _may_be_one([units[at] for at in both], apart):
            for at in both:
                group[at], best[at] = both, max(score, best.get(one, 0.0), best.get(other, 0.0))
    for members in {id(members): members for members in group.values() if len(members) > 1}.values():
        keys = sorted(key for at in members for key in units[at].keys)
        yield best[members[0]] + 0.25 * (len(members) - 2), tuple(keys)


def _may_be_one(units: Sequence[_Unit], apart: Collection[Pair]) -> bool:
    articles = [{key[0] for key in unit.keys} for unit in units]
    return (
        len(set().union(*articles)) == sum(map(len, articles))
        and len({unit.word for unit in units if unit.word}) < 2
        and not any(frozenset((one, other)) in apart for one, other in combinations(_keys(units), 2))
    )


def _keys(units: Iterable[_Unit]) -> Iterator[Key]:
    return (key for unit in units for key in unit.keys)


def _likeness(one: _Unit, other: _Unit, rarity: Rarity, *, day: bool) -> float:
    return max(
        (
            _of_two(this, that, rarity)
            for this in one.entries
            for that in other.entries
            if day or _same_heading(this, that, rarity)
        ),
        default=0.0,
    )


def _same_heading(one: ComparableEntry, other: ComparableEntry, rarity: Rarity) -> bool:
    return (
        one.lang == other.lang and cosine(one.heading.words, other.heading.words, one.lang, rarity) >= WORDS
    )


def _of_two(one: ComparableEntry, other: ComparableEntry, rarity: Rarity) -> float:
    kinds = _kinds(one, other)
    words = (
        cosine(frozenset(one.all_words), frozenset(other.all_words), one.lang, rarity)
        if one.lang == other.lang
        else 0.0
    )
    if (not kinds and words < _LIKE_WORDS) or differ(one.heading.orders, other.heading.orders):
        return 0.0
    who = shared_weight(one, other)
    against = sorts_differ(one, other), one.heading.denied != other.heading.denied
    return round(min(who, _MOST_WHO) + kinds + 2 * words - sum(against) / 2, 6)


def _kinds(one: ComparableEntry, other: ComparableEntry) -> float:
    """1 if both headings name one kind of event, half if one of them names what the other's quote does."""
    table, others = _kinds_of(one.lang), _kinds_of(other.lang)
    here, there = (
        {table[word] for word in words if word in table} for words in (one.heading.words, one.all_words)
    )
    this, that = (
        {others[word] for word in words if word in others} for words in (other.heading.words, other.all_words)
    )
    return 1.0 if here & this else 0.5 if here & that or there & this else 0.0


@cache
def _kinds_of(lang: str) -> Mapping[str, str]:
    """Kinds by the stems that name them in a language."""
    return {
        stem(fold(word), lang): kind
        for kind, words in load("eventkinds").items()
        for word in words.get(lang, ())
    }
