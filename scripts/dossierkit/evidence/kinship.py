"""Related articles, by common events and common names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from dossierkit.evidence.backreferences import Backreferences
from dossierkit.evidence.events.joined import Events

_MOST = 4
_LEAST_SHARED = 2
"""One name in common makes no article related."""
_COMMON = 200
"""A name that more articles bear tells nothing of what they have in common."""
_SAID = 3
_OF_EVENT = 120
_OF_NAME = 60
"""What an event in common, and a name that no other article bears, weigh."""


class Kin(NamedTuple):
    """A related article: number of common `events`, and ids of the rarest common `names`."""

    article: str
    events: int
    names: tuple[str, ...]


class Kinship(Mapping[str, tuple[Kin, ...]]):
    """The closest articles of each, computed on demand. Rare names count more."""

    def __init__(self, graph: Backreferences, events: Events) -> None:
        self._graph, self._events = graph, events
        self._bearers: dict[str, frozenset[str]] = {}
        # What the page of an article reads is digested right after it was made.
        self._latest = lru_cache(maxsize=4)(self._related)

    def __getitem__(self, id_: str) -> tuple[Kin, ...]:
        return self._latest(id_)

    def _related(self, id_: str) -> tuple[Kin, ...]:
        events = Counter(self._reporting(id_))
        names = [(_OF_NAME // (len(ids) - 1), name, ids) for name, ids in self._names(id_)]
        shared = Counter(chain.from_iterable(ids for _, _, ids in names))
        del shared[id_]
        close = {other for other, number in shared.items() if number >= _LEAST_SHARED} | events.keys()
        weights = {other: _OF_EVENT * events[other] for other in close}
        for weight, _, ids in names:
            for other in close & ids:
                weights[other] += weight
        best = sorted(close, key=lambda other: (-weights[other], other))[:_MOST]
        rarest = sorted(names, key=lambda one: (-one[0], one[1]))
        return tuple(
            Kin(other, events[other], tuple(name for _, name, ids in rarest if other in ids)[:_SAID])
            for other in best
        )

    def __contains__(self, id_: object) -> bool:
        return id_ in self._graph.articles

    def __iter__(self) -> Iterator[str]:
        return iter(self._graph.articles)

    def __len__(self) -> int:
        return len(self._graph.articles)

    def _reporting(self, id_: str) -> Iterator[str]:
        """Other articles with an event of this one, once for each event."""
        for key in self._events.by_article.get(id_, ()):
            yield from dict.fromkeys(other for other, _ in self._events.group(key) if other != id_)

    def _names(self, id_: str) -> Iterator[tuple[str, frozenset[str]]]:
        """Its names that others share, except very frequent ones: each with its articles."""
        for record in self._graph.articles[id_].named:
            naming = self._graph.naming.get(record.id, ())
            if 1 < len(naming) <= _COMMON:
                if record.id not in self._bearers:
                    self._bearers[record.id] = frozenset(evidence.id for evidence in naming)
                if len(self._bearers[record.id]) > 1:  # a name listed twice is reported elsewhere
                    yield record.id, self._bearers[record.id]
