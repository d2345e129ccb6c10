"""Carry items of the last proposal over to a new one that lacks them: those of other makers, and those that an editor decided on.

Without this, every improvement of the extractor would ask an editor again about what was decided.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from dossierkit.merge.page_items import LISTS, Item, Page, PageItem, ProposedItem, proposal_items
from dossierkit.merge.pairing import each_once, paired
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.proposal import Proposal
from dossierkit.text.match import Matcher
from dossierkit.text.quote import FoldedText, fold_spaces, locate


def carried(new: Proposal, last: Proposal, page: Page) -> Proposal:
    """`new` with the items of `last` that it lacks, if somebody else proposed or an editor decided on them, and the page's text
    still has their words.
    """
    lacking = frozenset[str]().union(*(_lacking(name, new, last, page) for name in LISTS))
    if not lacking:
        return new
    folded = fold_spaces(page.readable)
    named = [(form, entity.key) for entity in last.entities if entity.key in lacking for form in entity.forms]
    found = {key for _, _, key in Matcher(named).find(page.readable)}
    entities = (entity for entity in last.entities if entity.key in found)
    timeline = (
        entry
        for entry, offer in zip(last.timeline, proposal_items(last, LISTS[1]), strict=True)
        if entry.key in lacking and quoted(folded, offer.item)
    )
    return replace(new, entities=(*new.entities, *entities), timeline=(*new.timeline, *timeline))


def quoted(text: FoldedText, item: Item) -> bool:
    """Whether the quote of an entry is in the text, once. Entities have no quote."""
    return isinstance(item, TimelineEntry) and len(locate(text, item.quote, item.prefix, item.suffix)) == 1


def untouched(last: Proposal, proposed: ProposedItem, page_item: PageItem) -> bool:
    """Whether no editor confirmed or changed the page's item."""
    decided = page_item.confirmed or proposed.key in last.accepted
    return not decided and _plain(page_item.item) == _plain(proposed.item)


def _lacking(name: str, new: Proposal, last: Proposal, page: Page) -> Collection[str]:
    """Keys of items that `new` lacks, of other makers or decided."""
    base, keys = proposal_items(last, name), frozenset(new.keys)
    if keys.issuperset(proposed.key for proposed in base):
        return ()
    proposed_now = proposal_items(new, name)
    base = each_once(base, proposed_now)
    sides = paired(last, base, page.items(name), proposed_now)
    makers = {entity.key for entity in last.entities if entity.maker} | {
        entry.key for entry in last.timeline if entry.maker
    }
    return {
        proposed.key
        for at, proposed in enumerate(base)
        if at not in sides.base_new
        and proposed.key not in keys
        and (
            proposed.key in makers
            or (
                at in sides.base_page and not untouched(last, proposed, page.items(name)[sides.base_page[at]])
            )
        )
    }


def _plain(item: Item) -> Item:
    """An item without its position, and with sorted forms and ids."""
    if isinstance(item, EntityRef):
        return EntityRef(item.id, tuple(sorted(item.also)))
    return replace(item, entities=tuple(sorted(item.entities)), line=0, col=0)
