"""Match the three sides of one list: last proposal, page, new proposal.

Items of the last proposal that the new one lacks are carried over to it: those of other makers, and those that an editor decided on.
Without this, every improvement of the extractor would ask an editor again about what was decided.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from dossierkit.merge.match import (
    EXACT,
    LOOSE,
    SAME,
    STRICT,
    Rule,
    became,
    pair,
    rejected_item,
    same_claim,
)
from dossierkit.merge.page_items import LISTS, Item, Page, PageItem, ProposedItem, proposal_items
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.proposal import Edited, Proposal
from dossierkit.text.match import Matcher
from dossierkit.text.quote import FoldedText, fold_spaces, locate


@dataclass(frozen=True, slots=True)
class Sides:
    """The three sides and their matches: indices of base items in page and new, of new items in page."""

    base: tuple[ProposedItem, ...]
    page: tuple[PageItem, ...]
    new: tuple[ProposedItem, ...]
    base_page: dict[int, int]
    base_new: dict[int, int]
    new_page: dict[int, int]


def each_once(base: tuple[ProposedItem, ...], new: tuple[ProposedItem, ...]) -> tuple[ProposedItem, ...]:
    """If merged records made two proposals one entity, keep the one that is still proposed, else the first; nobody removed the
    other.
    """
    still = {proposed.key for proposed in new}
    chosen: dict[str, ProposedItem] = {}
    for proposed in base:
        if isinstance(proposed.item, EntityRef):
            before = chosen.setdefault(proposed.item.id, proposed)
            if proposed.key in still and before.key not in still:
                chosen[proposed.item.id] = proposed
    keys = {proposed.key for proposed in chosen.values()}
    return tuple(
        proposed for proposed in base if not isinstance(proposed.item, EntityRef) or proposed.key in keys
    )


def paired(
    last: Proposal, base: tuple[ProposedItem, ...], page: tuple[PageItem, ...], new: tuple[ProposedItem, ...]
) -> Sides:
    base_page = _base_page(last, base, page)
    base_new = _pair_rest(_same_keys(base, new), items_of(base), items_of(new), STRICT)
    base_new = {at: to for at, to in base_new.items() if not _turned(last, base[at].item, new[to].item)}
    settled = {to for at, to in base_new.items() if at in base_page}
    free = [at for at in range(len(page)) if at not in base_page.values()]
    items = [page[at].item for at in free]
    live = _not_rejected(last, new) - settled
    found = _pair_rest({}, items_of(new), items, STRICT, only=live)
    found = _pair_rest(found, items_of(new), items, EXACT, only=set(range(len(new))) - settled)
    new_page = {at: free[to] for at, to in found.items()}
    return Sides(base, page, new, base_page, base_new, new_page)


def _turned(last: Proposal, base: Item, new: Item) -> bool:
    """Whether a change would make an item equal to a rejected one: then it is that one, not this one changed."""
    rejected = (rejected_item(memory) for memory in last.rejected)
    return not SAME(base, new) and any(SAME(item, new) for item in rejected)


def _base_page(last: Proposal, base: Sequence[ProposedItem], page: Sequence[PageItem]) -> dict[int, int]:
    """Matches of base and page: by recorded edits, else by the rules; rejected items only if unchanged.

    An item that an editor confirmed after it was withdrawn is not the edited form of another.
    """
    pairs: dict[int, int] = {}
    edited_by_key = {memory.key: memory for memory in last.edited}
    for at, proposed in enumerate(base):
        memory = edited_by_key.get(proposed.key)
        found = _became(memory, page, pairs) if memory else None
        if found is not None:
            pairs[at] = found
    withdrawn = _withdrawn_before(last, base, page, pairs)
    free = [at for at in range(len(page)) if at not in withdrawn and at not in pairs.values()]
    items = [page[at].item for at in free]
    only = (_not_rejected(last, base) | _stood(last, base)) - pairs.keys()
    edited = _pair_rest({}, items_of(base), items, LOOSE, only=only)
    pairs |= {at: free[to] for at, to in edited.items()}
    return _pair_rest(pairs, items_of(base), items_of(page), EXACT)


def _withdrawn_before(
    last: Proposal, base: Sequence[ProposedItem], page: Sequence[PageItem], pairs: dict[int, int]
) -> set[int]:
    keys, asked = {proposed.key for proposed in base}, {conflict.key for conflict in last.conflicts}
    memories = (memory for memory in last.edited if memory.key in asked and memory.key not in keys)
    return {at for memory in memories if (at := _became(memory, page, pairs)) is not None}


def _not_rejected(last: Proposal, side: Sequence[ProposedItem]) -> set[int]:
    rejected = [rejected_item(memory) for memory in last.rejected]
    return {
        at
        for at, proposed in enumerate(side)
        if not any(same_claim(item, proposed.item) for item in rejected)
    }


def _stood(last: Proposal, base: Sequence[ProposedItem]) -> set[int]:
    """Items that were in the page at the last merge, edited or in question, even if an equal one was rejected."""
    keys = {edited.key for edited in last.edited} | {conflict.key for conflict in last.conflicts}
    return {at for at, proposed in enumerate(base) if proposed.key in keys}


def _became(memory: Edited, page: Sequence[PageItem], taken: dict[int, int]) -> int | None:
    free = [at for at in range(len(page)) if at not in taken.values()]
    found = became(memory, [page[at].item for at in free])
    return None if found is None else free[found]


def _same_keys(base: Sequence[ProposedItem], new: Sequence[ProposedItem]) -> dict[int, int]:
    keys = {proposed.key: at for at, proposed in enumerate(new)}
    return {at: keys[proposed.key] for at, proposed in enumerate(base) if proposed.key in keys}


def items_of(side: Sequence[ProposedItem] | Sequence[PageItem]) -> list[Item]:
    return [one.item for one in side]


def _pair_rest(
    pairs: dict[int, int],
    left: Sequence[Item],
    right: Sequence[Item],
    rules: Sequence[Rule],
    only: set[int] | None = None,
) -> dict[int, int]:
    """The matches, and those that the rules find among the rest (of `left` only those of `only`)."""
    rest_left = [at for at in range(len(left)) if at not in pairs and (only is None or at in only)]
    rest_right = [at for at in range(len(right)) if at not in pairs.values()]
    found = pair([left[at] for at in rest_left], [right[at] for at in rest_right], rules)
    return pairs | {rest_left[at]: rest_right[to] for at, to in found.items()}


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
