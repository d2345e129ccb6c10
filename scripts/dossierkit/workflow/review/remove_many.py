"""Rejects many items of one page, or removes those that are junk everywhere: page and proposal are read once and written once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dossierkit.merge import decide
from dossierkit.merge.decide import Decided
from dossierkit.merge.open import ItemMark, Open, listed_items, open_items
from dossierkit.merge.page_items import Page, PageItem
from dossierkit.model.message import Message
from dossierkit.model.proposal import Proposal, Rejected
from dossierkit.store.edit import EditError
from dossierkit.workflow.records.judgements import clear_draft
from dossierkit.workflow.review.accept_many import NOT_OPEN
from dossierkit.workflow.review.item_decisions import Junk, Reject
from dossierkit.workflow.review.page_review import PageReview

Removal = tuple[ItemMark, Reject | Junk]


def remove_many(
    review: PageReview, removals: Sequence[Removal], led: Mapping[str, str]
) -> Iterator[tuple[int, Message]]:
    """Remove items of a page, and write it; yields the positions in `removals` of those that were left, with the reason.

    No mark may occur twice. What is junk has to be decided for all pages besides. Raises DiagnosticsError.
    """
    page, last = review.page, review.last
    listed = (*open_items(page, last, led), *listed_items(page, last, led))
    by_mark = {one.mark: one for one in reversed(listed)}
    left = {at: NOT_OPEN for at, (mark, _) in enumerate(removals) if mark not in by_mark}
    found = [(at, by_mark[mark], how) for at, (mark, how) in enumerate(removals) if mark in by_mark]
    gone, memories = list[Open](), dict[int, tuple[Rejected, ...]]()
    # The last item first: the places of those before it stay what they are.
    for at, open_, how in sorted(found, key=lambda one: _place(one[1]), reverse=True):
        try:
            decided = _removed(page, last, open_, how)
        except EditError as error:
            left[at] = error.message
            continue
        memories[at] = decided.proposal.rejected[len(last.rejected) :]
        page, last = _without(page, decided.text, open_.page_item), decided.proposal
        gone += [open_] if isinstance(how, Reject) and open_.conflict is None else []
    if memories:
        rejected = (memory for at in sorted(memories) for memory in memories[at])
        review.write(Decided(page.text, replace(last, rejected=(*review.last.rejected, *rejected))))
    for id_ in dict.fromkeys(one.entity.id for one in gone if one.entity):
        clear_draft(review.repository, id_, page.path, review.records, moved=False)
    yield from left.items()


def _removed(page: Page, last: Proposal, open_: Open, how: Reject | Junk) -> Decided[Proposal]:
    if isinstance(how, Reject):
        return decide.reject(page, last, open_)
    refuse_recorded(open_)
    return decide.forget(page, last, open_)


def refuse_recorded(open_: Open) -> str:
    """The name of an entity without a record. Raises EditError for anything else."""
    if open_.entity is None:
        raise EditError("this is not an entity")
    if not open_.entity.name:
        raise EditError("only a name without a record can be junk everywhere")
    return open_.entity.name


def _place(open_: Open) -> tuple[int, str, int]:
    """The place of an item in its list, which orders those of one list."""
    path = open_.page_item.path if open_.page_item else ()
    return (len(path), str(path[-2]), int(path[-1])) if path else (0, "", 0)


def _without(page: Page, text: str, gone: PageItem | None) -> Page:
    """The page with the text of a decision, and without the item that it took out, if it did."""
    if text == page.text:
        return page
    entities = tuple(one for one in page.entities if one is not gone)
    return replace(page, text=text, entities=entities)
