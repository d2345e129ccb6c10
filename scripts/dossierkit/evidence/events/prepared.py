"""Comparable entries as JSON, so that after an addition only those of changed articles are prepared for joining events."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dossierkit.evidence.events.comparable import ComparableEntry
from dossierkit.evidence.events.words import EventStatement
from dossierkit.model.plain import dumps, parse


def written(entries: Iterable[ComparableEntry]) -> bytes:
    """The entries of one article as one line. Raises UnkeepableError."""
    return dumps([_row(one) for one in entries])


def read(article: str, line: bytes) -> Iterator[ComparableEntry]:
    """The inverse of `written`; `article`: the id of the article."""
    for item, event, lang, (first, end, low, high), days, heading, every, weights, sorts, wording in parse(
        line
    ):
        words, orders, denied, intended = heading
        yield ComparableEntry(
            (article, item),
            event,
            lang,
            _day(first),
            _day(end),
            days,
            (_day(low), _day(high)),
            EventStatement(frozenset(words), frozenset(orders), denied, intended),
            tuple(every),
            weights,
            {kind: frozenset(ids) for kind, ids in sorts.items()},
            wording,
        )


def _row(one: ComparableEntry) -> list[object]:
    words, orders, denied, intended = one.heading
    return [
        one.key[1],
        one.event,
        one.lang,
        [day and day.toordinal() for day in (one.first, one.end, *one.reach)],
        one.days,
        [[*words], [*orders], denied, intended],
        one.all_words,
        one.weights,
        {kind: [*ids] for kind, ids in one.sorts.items()},
        one.wording,
    ]


def _day(ordinal: int | None) -> date | None:
    return None if ordinal is None else date.fromordinal(ordinal)
