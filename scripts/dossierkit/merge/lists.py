"""Merge one list of a page: changes of the machine, conflicts, and what stays unchanged.

| last proposal | page | new proposal | result |
|---|---|---|---|
| has it | as proposed | changed | the page follows; a conflict if an editor confirmed it |
| has it | as proposed | removed | removed; a conflict if an editor confirmed it and the text lacks its words |
| has it | edited | same | stays |
| has it | edited | changed | unedited fields follow; a date or quote that both changed is a conflict |
| has it | edited | removed | a conflict if the text lacks its words |
| has it | removed | any | rejected, for good |
| - | has it | any | an editor's own: stays |
| - | - | has it | an open proposal, unless it was rejected before |

A page date that is more precise than the machine's, or present where the machine has none, is not a conflict. A new
date where neither side had one is taken over in a draft, also if the entry is accepted.

Headings and vague words that an editor wrote or confirmed stay without a question, and so does a quote that the text has:
only another date, or words that the text no longer has, are worth asking about. Items of which it still has the words are
proposed as long as they are in the page (`merge.pairing`). The context of a quote (`prefix`, `suffix`) changes together with
the quote.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

from dossierkit.merge.match import (
    SAME,
    became,
    refines,
    rejected_item,
    rejection,
    remembered_entry,
    same_claim,
)
from dossierkit.merge.page_items import ENTITIES, Item, PageItem, ProposedItem, proposal_items
from dossierkit.merge.pairing import Sides, each_once, items_of, paired, untouched
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.proposal import Conflict, Edited, Proposal, Rejected
from dossierkit.store.schema import ENTRY

_TEXTS = {
    EntityRef: (),
    TimelineEntry: tuple(key.name for key in ENTRY if key.by == "extractor" and key.single),
}
_SETS = {EntityRef: "also", TimelineEntry: "entities"}
_CLAIM = frozenset({"date", "quote"})
_HELPERS = frozenset({"prefix", "suffix"})


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of a page item to change; `value` is empty if the key is removed."""

    page_item: PageItem
    field: str
    value: str | tuple[str, ...]


class _Texts(NamedTuple):
    """One field of an item: as proposed last, as the page has it, as proposed now."""

    last: str
    page: str
    new: str


@dataclass(slots=True)
class ListMerge:
    """Result for one list. `accepted` to `conflicts` must be known at the next merge."""

    name: str
    changes: list[FieldChange] = field(default_factory=list)
    removed: list[PageItem] = field(default_factory=list)
    added: list[ProposedItem] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)
    drafted: list[str] = field(default_factory=list)
    rejected: list[Rejected] = field(default_factory=list)
    edited: list[Edited] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)


def merge_list(
    name: str,
    last: Proposal,
    page: tuple[PageItem, ...],
    new: tuple[ProposedItem, ...],
    backed: Callable[[Item], bool],
) -> ListMerge:
    """Merge one list. `last`: the last proposal with its decisions; `new`: the items proposed now; `backed`: whether the page's
    text has the words of an item.
    """
    doubles = _doubles(page)
    base = each_once(proposal_items(last, name), new)
    sides = paired(last, base, tuple(one for one in page if one not in doubles), new)
    made = ListMerge(
        name, removed=doubles, accepted=list(last.accepted), rejected=_of_list(name, last.rejected)
    )
    for at, proposed in enumerate(base):
        page_item = sides.page[sides.base_page[at]] if at in sides.base_page else None
        after = new[sides.base_new[at]] if at in sides.base_new else None
        if page_item is None:
            if at not in sides.base_new or sides.base_new[at] not in sides.new_page:
                for dropped in (proposed, after, _what_became(last, proposed)):
                    _reject(made, dropped)
        elif after is None:
            _withdraw(made, last, proposed, page_item)
        else:
            _follow(made, last, (proposed, after), page_item, backed)
    _keep_open(made, last, sides, backed)
    _news(made, sides)
    return made


def _of_list(name: str, memory: Iterable[Rejected]) -> list[Rejected]:
    return [rejected for rejected in memory if bool(rejected.entity) == (name == ENTITIES)]


def _what_became(last: Proposal, proposed: ProposedItem) -> ProposedItem | None:
    """What a proposal had become in the page, if it differed, and was then removed."""
    memory = next((memory for memory in last.edited if memory.key == proposed.key), None)
    return ProposedItem(proposed.key, remembered_entry(memory)) if memory else None


def _reject(made: ListMerge, proposed: ProposedItem | None) -> None:
    if proposed is None:
        return
    memory = rejection(proposed.key, proposed.item)
    if not any(
        replace(known, key="", text="") == replace(memory, key="", text="") for known in made.rejected
    ):
        made.rejected.append(memory)


def _withdraw(made: ListMerge, last: Proposal, proposed: ProposedItem, page_item: PageItem) -> None:
    """Handle an item that the machine no longer proposes."""
    if untouched(last, proposed, page_item):
        made.removed.append(page_item)
        return
    if not (_is_asked(last.conflicts, proposed.key) or same_claim(proposed.item, page_item.item)):
        _reject(made, proposed)  # its original, in case it is proposed again
    value = page_item.item.id if isinstance(page_item.item, EntityRef) else page_item.item.text
    made.conflicts.append(Conflict(proposed.key, made.name, value, ""))
    _remember(made, proposed.key, page_item.item)


def _follow(
    made: ListMerge,
    last: Proposal,
    offered: tuple[ProposedItem, ProposedItem],
    page_item: PageItem,
    backed: Callable[[Item], bool],
) -> None:
    """Field by field: take the machine's value where the editor left the proposed one.

    `offered`: the item as proposed last and now.
    """
    proposed, after = offered
    accepted = proposed.key in last.accepted
    if accepted and after.key not in made.accepted:
        made.accepted.append(after.key)
    if proposed.key in last.drafted:
        made.drafted.append(after.key)
    confirmed = page_item.confirmed or (accepted and not page_item.proposed)
    result = page_item.item
    for name in _TEXTS[type(proposed.item)]:
        if name in _HELPERS and not _same_text(result, after.item):
            continue
        texts = _Texts(*(str(getattr(side, name)) for side in (proposed.item, page_item.item, after.item)))
        conflict = Conflict(after.key, f"{made.name}.{name}", texts.page, texts.new)
        asked = replace(conflict, key=proposed.key) in last.conflicts
        outcome = _outcome(name, texts, page_item, confirmed=confirmed, asked=asked, backed=backed)
        if outcome == "ask":
            made.conflicts.append(conflict)
        elif outcome == "take":
            made.changes.append(FieldChange(page_item, name, texts.new))
            result = _with(result, name, texts.new)
    if not confirmed:
        _follow_set(made, proposed.item, page_item, after.item)
    _link(made, last, offered, result)


def _outcome(  # noqa: PLR0913 -- what a decision rests on
    name: str,
    texts: _Texts,
    page_item: PageItem,
    *,
    confirmed: bool,
    asked: bool,
    backed: Callable[[Item], bool],
) -> Literal["stay", "ask", "take"]:
    """Whether the page's value of a field stays, an editor is asked, or the machine's new value is taken.

    `confirmed`: an editor confirmed the item; `asked`: the question is open already.
    """
    edited = confirmed or texts.page != texts.last
    fills = name == "date" and not (texts.page or texts.last or page_item.confirmed)
    if texts.page == texts.new:
        return "stay"
    if edited and name == "date" and texts.page and refines(texts.page, texts.new):
        return "stay"
    if edited and name == "quote" and backed(page_item.item):
        return "stay"
    if name in _CLAIM and not fills and (asked or (edited and texts.new != texts.last)):
        return "ask"
    follows = texts.page == texts.last != texts.new and (fills or not confirmed)
    return "take" if follows else "stay"


def _link(made: ListMerge, last: Proposal, offered: tuple[ProposedItem, ProposedItem], result: Item) -> None:
    """Record what an entry has become, and reject a claim that the editor replaced by another.

    While a question asks which of the two claims holds, neither is rejected.
    """
    before, after = offered
    if not isinstance(result, TimelineEntry) or SAME(result, after.item):
        return
    _remember(made, after.key, result)
    for replaced, asked in ((before, last.conflicts), (after, made.conflicts)):
        if not _is_asked(asked, replaced.key) and _replaced(replaced.item, result):
            _reject(made, replaced)


def _is_asked(conflicts: Iterable[Conflict], key: str) -> bool:
    return any(conflict.key == key for conflict in conflicts)


def _replaced(offered: Item, result: TimelineEntry) -> bool:
    """Whether the page makes another claim; other words for the same date, or a more precise one, are the same claim."""
    if isinstance(offered, TimelineEntry) and refines(result.date, offered.date):
        result = replace(result, date=offered.date)
    return not (same_claim(offered, result) or same_claim(offered, replace(result, when="")))


def _same_text(one: Item, other: Item) -> bool:
    return isinstance(one, TimelineEntry) and isinstance(other, TimelineEntry) and one.quote == other.quote


def _with(item: Item, name: str, value: str) -> Item:
    return replace(item, **{name: value}) if isinstance(item, TimelineEntry) else item  # type: ignore[arg-type]  # a text field


def _follow_set(made: ListMerge, was: Item, page_item: PageItem, will: Item) -> None:
    """Add and remove forms and ids one by one; never a conflict."""
    name = _SETS[type(was)]
    old, now, new = (tuple(getattr(side, name)) for side in (was, page_item.item, will))
    remaining = [value for value in now if value not in old or value in new]
    result = (*remaining, *(value for value in new if value not in old and value not in now))
    if result != now:
        made.changes.append(FieldChange(page_item, name, result))


def _remember(made: ListMerge, key: str, item: Item) -> None:
    if isinstance(item, TimelineEntry):
        made.edited.append(Edited(key, item.date, item.text, item.quote, item.when))


def _news(made: ListMerge, sides: Sides) -> None:
    """Proposals not linked before: already in the page, rejected, or new."""
    met = set(sides.base_new.values())
    rejected = [rejected_item(memory) for memory in made.rejected]
    for at, proposed in enumerate(sides.new):
        if at in sides.new_page:
            item = sides.page[sides.new_page[at]].item
            if not SAME(item, proposed.item):
                _remember(made, proposed.key, item)
        elif at not in met:
            if any(same_claim(item, proposed.item) for item in rejected):
                _reject(made, proposed)
            else:
                made.added.append(proposed)


def _keep_open(made: ListMerge, last: Proposal, sides: Sides, backed: Callable[[Item], bool]) -> None:
    """Items that an editor confirmed, and whose words went from the text, stay open until somebody decides, or the words are back.

    If such an item was removed since, it stays out.
    """
    taken = {*sides.base_page.values(), *sides.new_page.values()}
    edited_by_key = {memory.key: memory for memory in last.edited}
    for conflict in last.conflicts:
        if conflict.field != made.name or any(one.key == conflict.key for one in made.conflicts):
            continue
        memory = edited_by_key.get(conflict.key)
        found = _found(items_of(sides.page), conflict, memory)
        if found is None and (memory is not None or made.name == ENTITIES):
            _reject(made, ProposedItem(conflict.key, _remembered(conflict, memory)))
        elif found is not None and found not in taken and not backed(sides.page[found].item):
            made.conflicts.append(conflict)
            _remember(made, conflict.key, sides.page[found].item)


def _remembered(conflict: Conflict, memory: Edited | None) -> Item:
    if memory is None:
        return EntityRef(conflict.page)
    return remembered_entry(memory)


def _found(items: Sequence[Item], conflict: Conflict, memory: Edited | None) -> int | None:
    """Which of the items an editor confirmed."""
    if memory is not None:
        return became(memory, items)
    return next(
        (at for at, item in enumerate(items) if isinstance(item, EntityRef) and item.id == conflict.page),
        None,
    )


def _doubles(page: Iterable[PageItem]) -> list[PageItem]:
    """Open proposals that are also in the page's own list: an editor copied them there, and so decided.

    They are removed before the comparison, so that the next merge sees the same page.
    """
    own = [page_item.item for page_item in page if not page_item.proposed]
    return [
        page_item
        for page_item in page
        if page_item.proposed
        and not page_item.confirmed
        and any(_double(page_item.item, item) for item in own)
    ]


def _double(open_: Item, own: Item) -> bool:
    if isinstance(open_, EntityRef):
        return isinstance(own, EntityRef) and own.id == open_.id
    return SAME(open_, own)
