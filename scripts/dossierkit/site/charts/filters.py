"""The filters of a timeline: entities, their types, certainty of the date, sources; each option with its count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dossierkit.model.record import ENTITY_TYPES
from dossierkit.site.strings import Strings
from dossierkit.site.views import EntryItem

LEAST = 8
"""A timeline with fewer entries is read faster than filtered."""
_MOST = 40
"""Options of a filter, of those for entities and sources, of which there can be any number."""
_CERTAINTIES = ("exact", "within", "span", "open", "about", "uncertain", "undated")


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a filter. `value` is used in the page's address."""

    value: str
    label: str
    count: int


class OptionGroup(NamedTuple):
    """A group of options. `label` is empty for options without a group."""

    label: str
    options: tuple[Option, ...]


class Facet(NamedTuple):
    """A filter. `name`: its key in the page's address. `every`: the label of the option that filters nothing."""

    name: str
    label: str
    every: str
    groups: tuple[OptionGroup, ...]


def facets(items: Sequence[EntryItem], here: str, t: Strings) -> tuple[Facet, ...]:
    """The filters with at least two options. `here`: the id of the page's own entity, or empty."""
    made = (_entities(items, here, t), _types(items, here, t), _certainties(items, t), _sources(items, t))
    return tuple(facet for facet in made if sum(len(group.options) for group in facet.groups) > 1)


def _facet(name: str, groups: Iterable[OptionGroup], t: Strings) -> Facet:
    listed = tuple(group for group in groups if group.options)
    return Facet(name, t(f"timelines.filter.{name}"), t(f"timelines.filter.every_{name}"), listed)


def _entities(items: Sequence[EntryItem], here: str, t: Strings) -> Facet:
    """The most frequent entities, grouped by type, sorted by name in each group."""
    known = {entity.id: entity for item in items for entity in item.entities if entity.id != here}
    counts = Counter(entity.id for item in items for entity in item.entities if entity.id != here)
    most = _most(counts)
    named = sorted((known[id_] for id_ in most), key=lambda entity: (entity.name.casefold(), entity.id))
    return _facet(
        "entity",
        (
            OptionGroup(
                t(f"types.{type_}.many"),
                tuple(Option(item.id, item.name, counts[item.id]) for item in named if item.type == type_),
            )
            for type_ in ENTITY_TYPES
        ),
        t,
    )


def _types(items: Sequence[EntryItem], here: str, t: Strings) -> Facet:
    counts = Counter(
        type_
        for item in items
        for type_ in dict.fromkeys(entity.type for entity in item.entities if entity.id != here)
    )
    options = (Option(one, t(f"types.{one}.many"), counts[one]) for one in ENTITY_TYPES if counts[one])
    return _facet("type", [OptionGroup("", tuple(options))], t)


def _certainties(items: Sequence[EntryItem], t: Strings) -> Facet:
    counts = Counter(item.date.certainty for item in items)
    options = (
        Option(certainty, t(f"certainty.{certainty}"), counts[certainty])
        for certainty in _CERTAINTIES
        if counts[certainty]
    )
    return _facet("certainty", [OptionGroup("", tuple(options))], t)


def _most(counts: Counter[str]) -> list[str]:
    return sorted(counts, key=lambda id_: (-counts[id_], id_))[:_MOST]


def _sources(items: Sequence[EntryItem], t: Strings) -> Facet:
    """The most frequent sources, by name; none if each has one entry, since that is a list and no filter."""
    labels: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for item in items:
        for source in {source.id: source for source in item.sources}.values():
            labels.setdefault(source.id, source.publisher or source.title)
            counts[source.id] += 1
    chosen = _most(counts) if max(counts.values(), default=0) > 1 else []
    ordered = sorted(chosen, key=lambda id_: (labels[id_].casefold(), id_))
    options = tuple(Option(id_, labels[id_], counts[id_]) for id_ in ordered)
    return _facet("source", [OptionGroup("", options)], t)
