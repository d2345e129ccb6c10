"""Whether two entries of different articles describe one event; prefers precision to recall.

The steps of record linkage: candidates for comparison (`join`), what must agree, what must not differ, and a score
of the words in their headings, weighted by inverse document frequency (cosine of two sets).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import log, sqrt

from dossierkit.evidence.events.comparable import ComparableEntry

WORDS = 0.65
"""The least likeness of headings. Chosen on tests/evidence/events_gold.yml; see docs/explanation/joined-events.md."""
ENTITIES = 0.5
"""The least weight of shared entities: a place, two countries, or anybody."""
_WIDEST = 366
"""Days: a date that may mean more than a year agrees with everything."""
_PRIOR = 20
"""Counted as if so many more entries had been seen, so that a word is not called rare in a collection of three."""


class Rarity:
    """The rarity of words in one language of the collection."""

    def __init__(self, entries: Iterable[ComparableEntry]) -> None:
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._entries: Counter[str] = Counter()
        for entry in entries:
            self._entries[entry.lang] += 1
            self._counts[entry.lang].update(entry.all_words)

    def weight(self, word: str, lang: str) -> float:
        return log(1 + (self._entries[lang] + _PRIOR) / (self._counts[lang][word] + 1))


def likeness(one: ComparableEntry, other: ComparableEntry, rarity: Rarity) -> float:
    """0 to 1; 0 if anything contradicts. Symmetric."""
    if same_wording(one, other):
        return 1.0
    if not may_be_one(one, other):
        return 0.0
    found = round(cosine(_acts(one), _acts(other), one.lang, rarity), 6)
    return found if found >= WORDS else 0.0


def may_be_one(one: ComparableEntry, other: ComparableEntry) -> bool:
    """Whether language, date and entities agree, and no figure or negation differs.

    If each heading has a verb that the other lacks, they are two acts: "vetoes a draft", "votes for a draft".
    """
    return (
        _undecided(one, other)
        and dates_agree(one, other)
        and shared_weight(one, other) >= ENTITIES
        and not differ(one.heading.orders, other.heading.orders)
        and one.heading.denied == other.heading.denied
        and one.heading.intended == other.heading.intended
        and (_acts(one) <= _acts(other) or _acts(other) <= _acts(one))
    )


def same_wording(one: ComparableEntry, other: ComparableEntry) -> bool:
    """Whether two articles print one sentence about the same people and places, with the same date or none."""
    return (
        one.wording == other.wording != 0
        and (one.first, one.end) == (other.first, other.end)
        and _undecided(one, other)
    )


def _undecided(one: ComparableEntry, other: ComparableEntry) -> bool:
    """Whether two entries may be compared at all: of one language, of two articles, without an editor's word, about no two
    persons, places or documents.
    """
    return (
        one.lang == other.lang
        and one.key[0] != other.key[0]
        and not (one.event or other.event)
        and not sorts_differ(one, other)
    )


def shared_weight(one: ComparableEntry, other: ComparableEntry) -> float:
    """What the entities are worth that both have."""
    return sum(one.weights[id_] for id_ in one.weights.keys() & other.weights.keys())


def sorts_differ(one: ComparableEntry, other: ComparableEntry) -> bool:
    """Whether both name persons, or places, or documents, and none in common."""
    return any(differ(one.sorts[kind], other.sorts[kind]) for kind in one.sorts.keys() & other.sorts.keys())


def dates_agree(one: ComparableEntry, other: ComparableEntry) -> bool:
    """Whether one date is within the other; dates that are open, unknown or wider than a year agree with none."""
    if one.days is None or other.days is None or max(one.days, other.days) > _WIDEST:
        return False
    return _within(one, other) or _within(other, one)


def _within(inner: ComparableEntry, outer: ComparableEntry) -> bool:
    low, high = outer.reach
    assert low is not None
    assert high is not None
    assert inner.first is not None
    assert inner.end is not None
    return low <= inner.first and inner.end <= high


def _acts(entry: ComparableEntry) -> frozenset[str]:
    """A heading's words without figures, which may differ within one event."""
    return frozenset(word for word in entry.heading.words if not word[0].isdigit())


def differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether both have something, and nothing in common."""
    return bool(one) and bool(other) and not one & other


def cosine(one: frozenset[str], other: frozenset[str], lang: str, rarity: Rarity) -> float:
    """From 0 to 1, of two sets of stems; each weighted by how rare it is."""
    shared = sum(rarity.weight(word, lang) for word in sorted(one & other))
    if not shared:
        return 0.0
    sizes = (sum(rarity.weight(word, lang) for word in sorted(words)) for words in (one, other))
    return shared / sqrt(next(sizes) * next(sizes))
