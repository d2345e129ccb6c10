"""What all articles together say of each entity: back-references, derived and never stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dossierkit.compile.evidence import Evidence, Supported


@dataclass(frozen=True, slots=True)
class Graph:
    """`articles`: evidence by article id, in order of publication, newest first (undated last).

    `naming[e]`: the articles whose sidebar has the entity; `together[e]`: how many articles name it with each other
    entity, most first.
    """

    articles: Mapping[str, Evidence]
    naming: Mapping[str, tuple[Evidence, ...]]
    together: Mapping[str, tuple[tuple[str, int], ...]]

    def all_entries(self) -> tuple[tuple[Evidence, Supported], ...]:
        return tuple((article, item) for article in self.articles.values() for item in article.timeline)


def connect(articles: Iterable[Evidence]) -> Graph:
    """Turn evidence by article into evidence by entity."""
    ordered = sorted(articles, key=lambda item: item.page.id)
    ordered.sort(key=lambda item: item.page.date, reverse=True)
    naming: dict[str, list[Evidence]] = defaultdict(list)
    together: dict[str, Counter[str]] = defaultdict(Counter)
    for article in ordered:
        named = [record.id for record in article.named]
        for entity in named:
            naming[entity].append(article)
            together[entity].update(other for other in named if other != entity)
    return Graph(
        {article.page.id: article for article in ordered},
        {entity: tuple(found) for entity, found in naming.items()},
        {
            entity: tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
            for entity, counts in together.items()
        },
    )
