"""Back-references: which articles mention each entity. Derived, never stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from dossierkit.evidence.gathering import Evidence
from dossierkit.model.record import Relation

Counted = tuple[tuple[str, int], ...]
EXACT = 10
"""Below this, numbers that stand on many pages are said exactly."""


class Together(Mapping[str, Counted]):
    """In how many articles an entity is named with each other one, highest first; counted on demand, since all pairs of a large
    site are many.
    """

    def __init__(self, naming: Mapping[str, Iterable[Evidence]]) -> None:
        self._naming = naming
        self._last: tuple[str, Counted] = ("", ())

    def __getitem__(self, entity: str) -> Counted:
        if entity != self._last[0]:
            self._last = (entity, _counted(entity, self._naming[entity]))
        return self._last[1]

    def __contains__(self, entity: object) -> bool:
        return entity in self._naming

    def __iter__(self) -> Iterator[str]:
        return iter(self._naming)

    def __len__(self) -> int:
        return len(self._naming)


class Shared(Mapping[str, tuple[Evidence, ...]]):
    """The articles that name both of two entities, by `pair`, in the order of `naming`; computed on demand."""

    def __init__(self, naming: Mapping[str, tuple[Evidence, ...]]) -> None:
        self._naming = naming
        self._by_id: dict[str, dict[str, Evidence]] = {}

    def __getitem__(self, key: str) -> tuple[Evidence, ...]:
        one, _, other = key.partition(" ")
        ids = self._articles(other)
        return tuple(article for id_, article in self._articles(one).items() if id_ in ids)

    def _articles(self, entity: str) -> Mapping[str, Evidence]:
        if entity not in self._by_id:
            self._by_id[entity] = {article.id: article for article in self._naming[entity]}
        return self._by_id[entity]

    def __contains__(self, key: object) -> bool:
        one, _, other = str(key).partition(" ")
        return one in self._naming and other in self._naming

    def __iter__(self) -> Iterator[str]:
        return (pair(one, other) for one in self._naming for other in self._naming if one < other)

    def __len__(self) -> int:
        return len(self._naming) * (len(self._naming) - 1) // 2


def pair(one: str, other: str) -> str:
    """Two entities as one key, in either order."""
    return f"{min(one, other)} {max(one, other)}"


@dataclass(frozen=True, slots=True)
class Backreferences:
    """`articles`: evidence by article id, newest publication first (undated last).

    `naming[e]`: articles with the entity in their sidebar. `together[e]`: see Together. `elsewhere[e]`: number of
    articles that name it besides one, rounded down from ten on, so that pages do not change with each new article.
    `shared`: see Shared.
    """

    articles: Mapping[str, Evidence]
    naming: Mapping[str, tuple[Evidence, ...]]
    together: Mapping[str, Counted]
    elsewhere: Mapping[str, int] = field(default_factory=dict)
    shared: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)

    def supports(self, relation: Relation) -> bool:
        """Whether readers may see the article that a relation rests on, if it names one."""
        return not relation.article or relation.article in self.articles


def connect(articles: Iterable[Evidence]) -> Backreferences:
    """Index evidence by entity."""
    ordered = sorted(articles, key=lambda item: item.id)
    ordered.sort(key=lambda item: item.page.date, reverse=True)
    found: dict[str, list[Evidence]] = defaultdict(list)
    for article in ordered:
        for record in article.named:
            found[record.id].append(article)
    naming = {entity: tuple(same) for entity, same in found.items()}
    elsewhere = {entity: rounded(len(same) - 1) for entity, same in naming.items()}
    by_id = {article.id: article for article in ordered}
    return Backreferences(by_id, naming, Together(naming), elsewhere, Shared(naming))


def rounded(number: int) -> int:
    """The number itself below EXACT, else the next lower of 10, 20, 50, 100, 200, 500 and so on."""
    if number < EXACT:
        return number
    power: int = 10 ** (len(str(number)) - 1)
    return max(step * power for step in (1, 2, 5) if step * power <= number)


def _counted(entity: str, naming: Iterable[Evidence]) -> Counted:
    counts = Counter(other.id for article in naming for other in article.named if other.id != entity)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
