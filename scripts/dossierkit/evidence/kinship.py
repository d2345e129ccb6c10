"""Which articles have most in common with one: events that both report, names that both bear."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
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
    """An article with what it has in common with another: how many `events`, and the ids of those `names` that the fewest bear."""

    article: str
    events: int
    names: tuple[str, ...]


class Kinship(Mapping[str, tuple[Kin, ...]]):
    """Of each article, those that are closest to it; worked out when they are asked for.

    A name counts the more, the fewer bear it.
    """

    def __init__(self, graph: Backreferences, events: Events) -> None:
        self._graph, self._events = graph, events

    def __getitem__(self, id_: str) -> tuple[Kin, ...]:
        names, events = self._names(id_), Counter(self._reporting(id_))
        weights = Counter({other: _OF_EVENT * number for other, number in events.items()})
        for other, shared in names.items():
            weights[other] += sum(weight for weight, _ in shared)
        found = (other for other in weights if events[other] or len(names.get(other, ())) >= _LEAST_SHARED)
        best = sorted(found, key=lambda other: (-weights[other], other))[:_MOST]
        return tuple(Kin(other, events[other], _rarest(names.get(other, []))) for other in best)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._graph.articles

    def __iter__(self) -> Iterator[str]:
        return iter(self._graph.articles)

    def __len__(self) -> int:
        return len(self._graph.articles)

    def _reporting(self, id_: str) -> Iterator[str]:
        """The other articles that report an event of this one, once for each event."""
        for key in self._events.by_article.get(id_, ()):
            yield from dict.fromkeys(other for other, _ in self._events.group(key) if other != id_)

    def _names(self, id_: str) -> Mapping[str, list[tuple[int, str]]]:
        """Names in common by article, each with its weight."""
        found: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for record in self._graph.articles[id_].named:
            naming = self._graph.naming.get(record.id, ())
            if 1 < len(naming) <= _COMMON:
                told = (_OF_NAME // (len(naming) - 1), record.id)
                for other in naming:
                    if other.id != id_:
                        found[other.id].append(told)
        return found


def _rarest(names: list[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(id_ for _, id_ in sorted(names, key=lambda one: (-one[0], one[1]))[:_SAID])
