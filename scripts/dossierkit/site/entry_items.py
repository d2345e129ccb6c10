"""Items of timelines: their anchors, their order, and which of their sources say the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from dossierkit.evidence.events.words import repeated
from dossierkit.site.views import EntryItem, SourceItem
from dossierkit.text.segment import STOPS
from dossierkit.text.unspaced import count_words

_REPEATED = 3
"""In words: a heading shorter than this repeats only a quote that is equal to it."""
_CLOSING = f" {STOPS}፡"


def grouped(sources: Sequence[SourceItem]) -> tuple[tuple[SourceItem, ...], int]:
    """The sources, those that repeat a quote behind the one that they repeat, and how many have such a quote."""
    first = repeated([source.quote for source in sources])
    for at, source in enumerate(sources):
        source.repeats = first[at] != at
        source.note = "" if source.repeats and source.note == sources[first[at]].note else source.note
    order = sorted(range(len(sources)), key=lambda at: (first[at], at))
    return tuple(sources[at] for at in order), sum(first.count(place) > 1 for place in first)


def entry_id(item: str) -> str:
    """The anchor of a timeline entry, from the anchor of its quote in the article."""
    return f"e-{item.removeprefix('t-')}"


def within(heading: str, quote: str) -> tuple[str, str, str] | None:
    """The parts of the quote before, in and after the words that the heading repeats; None if the heading says something else."""
    bare = heading.rstrip(_CLOSING)
    if not bare or (_is_short(bare) and bare != quote.rstrip(_CLOSING)):
        return None
    at = max(quote.find(bare), quote.find(bare[0].swapcase() + bare[1:]))
    return (quote[:at], quote[at : at + len(bare)], quote[at + len(bare) :]) if at >= 0 else None


def _is_short(heading: str) -> bool:
    return count_words(heading) < _REPEATED


def ordered(items: Iterable[EntryItem]) -> tuple[EntryItem, ...]:
    """Sorted by date; items of one date by `order:`, then by the hour that is said, else in the order given."""
    return tuple(sorted(items, key=lambda item: (item.date.sort, item.rank)))


def with_unique_ids(items: Iterable[EntryItem]) -> Iterator[EntryItem]:
    """Number repeated ids: two articles may have an entry of the same date and quote."""
    counts: Counter[str] = Counter()
    for item in items:
        counts[item.id] += 1
        yield item if counts[item.id] == 1 else replace(item, id=f"{item.id}-{counts[item.id]}")
