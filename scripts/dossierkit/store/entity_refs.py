"""The items of `entities:` in a page, as values."""

from __future__ import annotations

from collections.abc import Iterable

from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import ProposedEntity
from dossierkit.store.edit_values import Value
from dossierkit.store.reader import Values
from dossierkit.text.fold import name_id


def references(items: Iterable[Values]) -> tuple[EntityRef, ...]:
    """The items as the reader gives them; one without an id gets it from its name and type."""
    return tuple(EntityRef(**_identified(item)) for item in items)


def _identified(item: Values) -> Values:
    return item if item.get("id") else {**item, "id": name_id(item["name"], item["type"])}


def as_value(ref: EntityRef) -> Value:
    """An item as a page has it: an id alone where there is no more to say."""
    if ref.name:
        also = {"also": ref.also} if ref.also else {}
        return {"name": ref.name, "type": ref.type, **also}
    return {"id": ref.id, "also": ref.also} if ref.also else ref.id


def reference(entity: ProposedEntity) -> EntityRef:
    """A proposed entity as a page names it: by the id of its record, or by itself."""
    if entity.known:
        return EntityRef(entity.entity, entity.also)
    return EntityRef(entity.entity, entity.also, name=entity.name, type=entity.type)
