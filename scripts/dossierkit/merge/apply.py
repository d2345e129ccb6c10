"""A merge's intents -> edits of the page's text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from dossierkit.merge.lists import FieldChange, ListMerge
from dossierkit.merge.page_items import ENTITIES, Item
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import ProposedEntity
from dossierkit.store.edit import Append, Edit, EditError, Insert, Put, Remove, apply, front_matter_values
from dossierkit.store.edit_nodes import Path
from dossierkit.store.edit_values import Value
from dossierkit.store.items import as_value as reference_value
from dossierkit.store.items import reference
from dossierkit.store.proposed import PROPOSED
from dossierkit.store.schema import ENTRY, before, names


def written(text: str, lists: Iterable[ListMerge]) -> str:
    """The page's text with the results of the merge. Raises EditError."""
    merged = tuple(lists)
    for list_merge in merged:
        for change in list_merge.changes:
            text = apply(text, change_edits(text, change))
    for one in merged:
        for page_item in sorted(one.removed, key=lambda page_item: page_item.path, reverse=True):
            text = take_out(text, page_item.path)
    for one in merged:
        for proposed in one.added:
            text = hold(text, one.name, as_value(proposed.item))
    return text


def change_edits(text: str, change: FieldChange) -> Iterator[Edit]:
    """The edits that set one field of an item."""
    path = (*change.page_item.path, change.field)
    if isinstance(change.value, str):
        after = before(ENTRY, change.field)
        yield Put(path, change.value, after) if change.value else Remove(path)
        return
    item = value_at(text, change.page_item.path)
    if isinstance(item, str):
        yield Put(change.page_item.path, {"id": item, change.field: change.value})
        return
    old = item.get(change.field)
    if not change.value:
        yield Remove(path)
    elif isinstance(old, list) and old:
        yield from _relist(path, old, change.value)
    else:
        yield Put(path, change.value)


def _relist(path: Path, old: list[str], new: tuple[str, ...]) -> Iterator[Edit]:
    """Edit a list item by item; items that stay keep their place and spelling, and new items take the places of removed ones."""
    added = [value for value in new if value not in {item.strip() for item in old}]
    removed = [at for at, value in enumerate(old) if value.strip() not in new]
    yield from (Put((*path, at), value) for at, value in zip(removed, added, strict=False))
    yield from (Remove((*path, at)) for at in reversed(removed[len(added) :]))
    yield from (Insert(path, value) for value in added[len(removed) :])


def take_out(text: str, path: Path) -> str:
    """Remove an item; the list of open proposals is removed with its last item, unless it contains a comment."""
    *holder, name, at = path
    parent = value_at(text, (*holder, name))
    if holder and len(parent) == 1:
        both = value_at(text, tuple(holder))
        whole = (*holder, name) if len(both) > 1 else tuple(holder)
        try:
            return apply(text, [Remove(whole)])
        except EditError:
            pass  # the list contains a comment: it stays, empty
    return apply(text, [Remove((*holder, name, at))])


def hold(text: str, name: str, value: Value) -> str:
    """Add an item to the page's open proposals."""
    existing = front_matter_values(text).get(PROPOSED)
    if not existing:
        return apply(text, [Put((PROPOSED,), {name: [value]})])
    if name in existing:
        return apply(text, [Append((PROPOSED, name), value)])
    return apply(text, [Put((PROPOSED, name), [value], () if name == ENTITIES else None)])


def waiting(text: str, entities: Iterable[ProposedEntity]) -> str:
    """A new page's text with these entities among its open proposals."""
    held = [reference_value(reference(entity)) for entity in entities]
    return apply(text, [Put((PROPOSED,), {ENTITIES: held})]) if held else text


def as_value(item: Item) -> Value:
    """An item as pages write it: only the id if there is nothing else, empty keys omitted."""
    if isinstance(item, EntityRef):
        return reference_value(item)
    return {key: value for key in names(ENTRY, "extractor") if (value := item.stated(key))}


def value_at(text: str, path: Path) -> Any:  # noqa: ANN401 -- texts, lists and mappings, as the page holds them
    """The value at a path of the page's front matter; None if there is none."""
    value: Any = front_matter_values(text)
    for step in path:
        try:
            value = value[step]
        except (LookupError, TypeError):
            return None
    return value
