"""Items of lists in front matter: entries, authors, entities and relations, from the reader's values and back to values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import yaml

from dossierkit.model.media import Author
from dossierkit.model.page import ClaimReview, EntityRef, TimelineEntry
from dossierkit.model.proposal import ProposedEntity
from dossierkit.model.record import Relation
from dossierkit.store.edit_values import Value, inline
from dossierkit.store.reader import Values, without_position
from dossierkit.store.schema import RELATION, names
from dossierkit.text.fold import name_id
from dossierkit.text.recordfacts import entry_facts


def entry(item: Mapping[str, Any]) -> TimelineEntry:
    """An entry from the values of an item of `timeline`."""
    values = dict(item)
    review = values.pop("claim_review", None)
    facts = taken(values, entry_facts())
    return TimelineEntry(**values, claim_review=_review(review) if review else None, facts=facts)


def taken(values: Values, properties: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The facts, removed from the values."""
    found = [(name, values.pop(name, "")) for name in properties]
    return tuple((name, value) for name, value in found if value)


def author(item: Mapping[str, Any]) -> Author:
    """An author from the values of an item of `authors`; an ORCID loses its address."""
    return Author(**{**item, "orcid": item.get("orcid", "").rpartition("/")[2]})


def _review(item: Mapping[str, Any]) -> ClaimReview | None:
    """A review without positions, since no later problem refers to it. None without a claim or a rating."""
    by, reviewer = (tuple(map(_unplaced, item.get(name, ()))) for name in ("by", "reviewer"))
    claim, rating = item.get("claim", ""), item.get("rating", "")
    return ClaimReview(claim, rating, by, reviewer, item.get("url", "")) if claim and rating else None


def _unplaced(item: Mapping[str, Any]) -> Author:
    return author(without_position(item))


def references(items: Iterable[Values]) -> tuple[EntityRef, ...]:
    """References from the reader's values; an item without an id gets one from its name and type."""
    return tuple(EntityRef(**_identified(item)) for item in items)


def _identified(item: Values) -> Values:
    return item if item.get("id") else {**item, "id": name_id(item["name"], item["type"])}


def as_value(ref: EntityRef) -> Value:
    """A reference as a value for front matter: just the id if there is nothing else."""
    if ref.name:
        also = {"also": ref.also} if ref.also else {}
        return {"name": ref.name, "type": ref.type, **also}
    return {"id": ref.id, "also": ref.also} if ref.also else ref.id


def reference(entity: ProposedEntity) -> EntityRef:
    """A proposed entity as a page refers to it: by the id of its record, or by name and type."""
    if entity.known:
        return EntityRef(entity.entity, entity.also)
    return EntityRef(entity.entity, entity.also, name=entity.name, type=entity.type)


def relation_text(relation: Relation) -> str:
    """The relation as a YAML mapping on one line, as it is proposed, stored and compared; empty keys are left out."""
    return inline({key: text for key in names(RELATION) if (text := getattr(relation, key))})


def relation_value(text: str) -> Value:
    """Read what `relation_text` wrote; every value is a text."""
    value: dict[str, Any] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 -- makes nothing but texts
    return value


def proposed_value(field: str, text: str) -> Value:
    """A proposed value for a key of a record, in the form that the record contains."""
    return relation_value(text) if field == "relations" else text


def value_text(item: Any) -> str:  # noqa: ANN401 -- a text, a name or a relation, as a record holds it
    """An item of a record's list as a text: a relation on one line, a name without its language."""
    if isinstance(item, str):
        return item
    return relation_text(Relation(**item)) if "to" in item else str(item["name"])
