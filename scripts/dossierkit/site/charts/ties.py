"""Pairs of entities: how many sentences name both, and the relations that curators state. Counts are not claims."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from dossierkit.evidence.backreferences import Backreferences
from dossierkit.evidence.gathering import Evidence, Pair
from dossierkit.model.record import Record, Relation


class CuratedRelation(NamedTuple):
    """A curated relation from one entity to another."""

    source: str
    relation: Relation


class Between(Mapping[str, Mapping[Pair, int]]):
    """By ids of entities, joined by spaces: how many sentences name both of each pair of them; computed on demand."""

    def __init__(self, with_each: Mapping[str, Mapping[str, int]]) -> None:
        self._with_each = with_each

    def __getitem__(self, key: str) -> Mapping[Pair, int]:
        pairs = combinations(key.split(" "), 2)
        return {
            (one, other): count for one, other in pairs if (count := self._with_each.get(one, {}).get(other))
        }

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str)

    def __iter__(self) -> Iterator[str]:
        return (" ".join(both) for both in combinations(self._with_each, 2))

    def __len__(self) -> int:
        return len(self._with_each) * (len(self._with_each) - 1) // 2


class Ties(NamedTuple):
    """`sentences[article]`: by pair of ids in order, how many of the article's sentences name both; `with_each[e]`: the sum
    over all articles, by the other entity; `between`: see Between; `stated[e]`: relations from or to the entity, in the order
    of the records.
    """

    sentences: Mapping[str, Mapping[Pair, int]]
    with_each: Mapping[str, Mapping[str, int]]
    between: Mapping[str, Mapping[Pair, int]]
    stated: Mapping[str, tuple[CuratedRelation, ...]]

    def over(self, articles: Iterable[Evidence]) -> Counter[Pair]:
        total: Counter[Pair] = Counter()
        for article in articles:
            total.update(self.sentences[article.id])
        return total

    def among(self, entities: Iterable[str]) -> tuple[CuratedRelation, ...]:
        """The relations stated between two of these entities."""
        known = dict.fromkeys(sorted(entities))
        return tuple(
            item
            for id_ in known
            for item in self.stated.get(id_, ())
            if item.source == id_ and item.relation.to in known
        )


def tie(graph: Backreferences, records: Mapping[str, Record]) -> Ties:
    """Collect the ties from the pairs of all articles and the relations of all records."""
    sentences = {id_: article.pairs for id_, article in graph.articles.items()}
    with_each: dict[str, Counter[str]] = defaultdict(Counter)
    for pairs in sentences.values():
        for (one, other), count in pairs.items():
            with_each[one][other] += count
            with_each[other][one] += count
    relations: dict[str, list[CuratedRelation]] = defaultdict(list)
    for record in records.values():
        for relation in record.relations:
            if relation.to in records and graph.supports(relation):
                for end in dict.fromkeys((record.id, relation.to)):
                    relations[end].append(CuratedRelation(record.id, relation))
    return Ties(
        sentences, with_each, Between(with_each), {id_: tuple(found) for id_, found in relations.items()}
    )
