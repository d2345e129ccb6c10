"""Types that people decided for names without a record, carried out in a page, whether its items are decided or not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from dossierkit.merge.decide import retype
from dossierkit.merge.open import Open, listed_items
from dossierkit.merge.page_items import Page, open_page
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import Proposal
from dossierkit.model.record import ENTITY_TYPES
from dossierkit.text.fold import fold, name_id


@dataclass(frozen=True, slots=True)
class Retyped:
    """`changed`: each item before and after; `persons_own`: items whose other type a person wrote into this page."""

    page: Page
    last: Proposal
    changed: tuple[tuple[EntityRef, str], ...] = ()
    persons_own: tuple[EntityRef, ...] = ()


def with_types(page: Page, last: Proposal, types: Mapping[str, str], *, proposed_only: bool) -> Retyped:
    """The page with the decided types. `types`: by folded name.

    `proposed_only`: leave items that nobody proposed, since nothing tells whether a person typed them in after the decision.
    Raises EditError.
    """
    changed: list[tuple[EntityRef, str]] = []
    persons_own: dict[str, EntityRef] = {}
    so_far = Retyped(page, last)
    while (found := _next(so_far, types, persons_own)) is not None:
        open_, item = found
        type_ = types[fold(item.name)]
        if not open_.key and (proposed_only or _is_persons_own(so_far.last, item)):
            persons_own[item.id] = item
            continue
        made = retype(so_far.page, so_far.last, open_, type_)
        read = replace(open_page(page.path, made.text), readable=page.readable)
        so_far = Retyped(read, made.proposal)
        changed.append((item, type_))
    return replace(
        so_far,
        changed=tuple(changed),
        persons_own=tuple(one for one in persons_own.values() if _is_persons_own(last, one)),
    )


def _next(
    so_far: Retyped, types: Mapping[str, str], persons_own: Mapping[str, EntityRef]
) -> tuple[Open, EntityRef] | None:
    """The next item of the page with another type than the decided one."""
    for open_ in listed_items(so_far.page, so_far.last):
        item = open_.entity
        if item is None or not item.name or item.id in persons_own:
            continue
        if types.get(fold(item.name), item.type) != item.type:
            return open_, item
    return None


def _is_persons_own(last: Proposal, item: EntityRef) -> bool:
    """Whether a person gave the item its type in this page: the name was proposed here with another one."""
    others = {name_id(item.name, type_) for type_ in ENTITY_TYPES} - {item.id}
    ids = {memory.entity for memory in last.rejected} | {entity.entity for entity in last.entities}
    return not others.isdisjoint(ids)
