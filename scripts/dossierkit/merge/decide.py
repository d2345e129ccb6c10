"""One decision of an editor -> the page's new text and proposal file. Pure; the page is edited in place, never rewritten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from dossierkit.merge.apply import take_out, value_at
from dossierkit.merge.match import SAME, rejection
from dossierkit.merge.open import Open
from dossierkit.merge.page_items import ENTITIES, TIMELINE, Item, Page, PageItem, as_written, proposal_items
from dossierkit.model.edtf import EdtfError
from dossierkit.model.edtf import parse as parse_edtf
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.proposal import Conflict, Edited, Proposal, Question, RecordProposal
from dossierkit.store.edit import Append, Edit, EditError, Insert, Put, Remove, apply, front_matter_values
from dossierkit.store.edit_nodes import Path
from dossierkit.store.items import as_value
from dossierkit.store.proposed import PROPOSED
from dossierkit.store.schema import ENTRY, before
from dossierkit.text.fold import name_id
from dossierkit.text.match import Matcher
from dossierkit.text.quote import fold_spaces, locate

_Memory = TypeVar("_Memory", Proposal, RecordProposal)


@dataclass(frozen=True, slots=True)
class Decided(Generic[_Memory]):
    """The text of the page or record and its proposal after a decision."""

    text: str
    proposal: _Memory


def accept(page: Page, last: Proposal, open_: Open) -> Decided[Proposal]:
    """Accept a proposal; for a conflict, the machine's side. Raises EditError if the page cannot contain it."""
    if open_.conflict is not None:
        return _take(page, last, open_)
    page_item = _page_item(open_)
    _supported(page, page_item.item)
    text = _moved(page, page.text, page_item) if page_item.proposed else page.text
    return Decided(text, _confirmed(last, open_.key))


def reject(page: Page, last: Proposal, open_: Open) -> Decided[Proposal]:
    """Reject an item for good; for a conflict, keep the page as it is. Raises EditError."""
    if open_.conflict is not None:
        return Decided(page.text, settled(last, open_.conflict))
    page_item = _page_item(open_)
    text = take_out(page.text, page_item.path)
    if [entity.id for entity in page.entities].count(page_item.id) == 1:
        text = apply(text, _not_about(text, page_item.id))
    return Decided(text, _out(last, open_.key, page_item.item))


def amend(page: Page, last: Proposal, open_: Open, to: TimelineEntry) -> Decided[Proposal]:
    """Accept an entry with the date (EDTF, or empty), heading and quote of `to`. Raises EditError."""
    page_item = _page_item(open_)
    if not isinstance(page_item.item, TimelineEntry) or not to.text:
        raise EditError("an entry needs its text")
    try:
        new = replace(to, date=parse_edtf(to.date).text if to.date else "")
    except EdtfError as error:
        raise EditError(error.message) from None
    _supported(page, new)
    changed = apply(page.text, _amendments(page_item, new))
    changed = _moved(page, changed, replace(page_item, item=new)) if page_item.proposed else changed
    edited = _edited(last, open_.key, new)
    return Decided(changed, replace(_confirmed(settled(last, open_.conflict), open_.key), edited=edited))


def exchange(page: Page, last: Proposal, open_: Open, to: EntityRef) -> Decided[Proposal]:
    """Replace one entity by another, in the page's lists and in its entries. Raises EditError.

    If the page already names the other, that item gets the forms (`also:`) of `to`.
    """
    page_item = _page_item(open_)
    if not isinstance(page_item.item, EntityRef):
        raise EditError("an entry is not an entity")
    there = page.own(to.id)
    text = apply(page.text, _renamed_in_entries(page.text, page_item.item.id, to.id))
    if there is not None:
        text = apply(text, _more_forms(text, there.path, to.also))
    text = take_out(text, page_item.path)
    if there is None:
        at = None if page_item.proposed else int(page_item.path[-1])
        text = apply(text, [Insert((ENTITIES,), as_value(to), at)])
    return Decided(text, _out(last, open_.key, page_item.item))


def join(page: Page, last: Proposal, open_: Open, to: EntityRef) -> Decided[Proposal]:
    """Like `exchange`, for a decision on the whole site: no rejection is recorded in this page."""
    decided = exchange(page, last, open_, to)
    return Decided(
        decided.text, _about_another(forget(page, last, open_).proposal, _page_item(open_).id, to.id)
    )


def rename(page: Page, last: Proposal, open_: Open, to: EntityRef) -> Decided[Proposal]:
    """Rename an entity without a record to its name in the text, and reject the proposed name. Raises EditError."""
    if not Matcher([(to.name, 0)]).find(page.readable):
        raise EditError("“{name}” is not in the text: give the name as it is there", name=to.name)
    return exchange(page, last, open_, to)


def retype(page: Page, last: Proposal, open_: Open, type_: str) -> Decided[Proposal]:
    """Change the type of an entity without a record; it then counts as proposed with that type. Raises EditError."""
    page_item = _page_item(open_)
    if not isinstance(page_item.item, EntityRef) or not page_item.item.name:
        raise EditError("its type is in its record: change it there")
    id_ = name_id(page_item.item.name, type_)
    if any(entity.id == id_ and not entity.proposed for entity in page.entities):
        return join(page, last, open_, replace(page_item.item, id=id_, type=type_))
    text = apply(page.text, [Put((*page_item.path, "type"), type_)])
    text = apply(text, _renamed_in_entries(text, page_item.item.id, id_))
    entities = tuple(
        replace(entity, entity=id_, type=type_) if entity.key == open_.key else entity
        for entity in last.entities
    )
    return Decided(text, replace(_about_another(last, page_item.item.id, id_), entities=entities))


def _about_another(last: Proposal, old: str, new: str) -> Proposal:
    """The proposal with another entity in its entries, so that they do not count as edited where the page has it too."""
    timeline = tuple(
        replace(entry, entities=tuple(dict.fromkeys(new if one == old else one for one in entry.entities)))
        for entry in last.timeline
    )
    return replace(last, timeline=timeline)


def forget(page: Page, last: Proposal, open_: Open) -> Decided[Proposal]:
    """Remove an item as if it had never been proposed, for a decision that is recorded for the whole site."""
    page_item = _page_item(open_)
    text = take_out(page.text, page_item.path)
    if isinstance(page_item.item, EntityRef):
        text = apply(text, _not_about(text, page_item.item.id))
    entities = tuple(entity for entity in last.entities if entity.key != open_.key)
    timeline = tuple(entry for entry in last.timeline if entry.key != open_.key)
    return Decided(text, replace(last, entities=entities, timeline=timeline))


def answer(page: Page, last: Proposal, question: Question, to: str) -> Decided[Proposal]:
    """Answer a question: the form means the entity `to` in this article; none of those asked about if `to` is empty."""
    text = page.text
    if to:
        there, form = page.own(to), (question.form,)
        text = (
            apply(text, _more_forms(text, there.path, form))
            if there is not None
            else apply(text, [Insert((ENTITIES,), as_value(EntityRef(to, form)))])
        )
    return Decided(text, _confirmed(last, question.key))


def _more_forms(text: str, path: Path, forms: Iterable[str]) -> Iterator[Edit]:
    """Edits that add forms to an item of the page's entities."""
    item = value_at(text, path)
    had = item.get("also") if isinstance(item, dict) else None
    listed = [had] if isinstance(had, str) else list(had or ())
    new = [form for form in dict.fromkeys(forms) if form not in listed]
    if not new:
        return
    if isinstance(item, str):
        yield Put(path, {"id": item, "also": new})
    elif listed:
        yield from (Append((*path, "also"), form) for form in new)
    else:
        yield Put((*path, "also"), new)


def _page_item(open_: Open) -> PageItem:
    if open_.page_item is None:
        raise EditError("this is about the page itself")
    return open_.page_item


def _take(page: Page, last: Proposal, open_: Open) -> Decided[Proposal]:
    """Apply the machine's side of a conflict."""
    conflict = open_.conflict
    if conflict is None or (open_.page_item is None and open_.name):
        raise EditError("there is no conflict")
    if open_.page_item is None:
        return Decided(
            apply(
                page.text,
                [Put(tuple(conflict.field.split(".")), as_written(conflict.field, conflict.machine))],
            ),
            settled(last, open_.conflict),
        )
    _, _, field = conflict.field.partition(".")
    if not field:
        text = take_out(page.text, open_.page_item.path)
        return Decided(text, _out(settled(last, open_.conflict), open_.key, open_.page_item.item))
    if not isinstance(open_.page_item.item, TimelineEntry):
        raise EditError("an entity has no such field")
    taken = replace(open_.page_item.item, **{field: conflict.machine})  # type: ignore[arg-type]  # a text field
    if field == "quote":
        taken = _beside(taken, last, open_.key)
        _supported(page, taken)
        edits: tuple[Edit, ...] = tuple(_amendments(open_.page_item, taken))
    else:
        path = (*open_.page_item.path, field)
        edits = (Put(path, conflict.machine, before(ENTRY, field)) if conflict.machine else Remove(path),)
    text = apply(page.text, edits)
    return Decided(text, replace(settled(last, open_.conflict), edited=_edited(last, open_.key, taken)))


def _beside(entry: TimelineEntry, last: Proposal, key: str) -> TimelineEntry:
    """The entry with the proposed context of its proposed quote."""
    proposed = (offer.item for offer in proposal_items(last, TIMELINE) if offer.key == key)
    return next(
        (
            replace(entry, prefix=item.prefix, suffix=item.suffix)
            for item in proposed
            if isinstance(item, TimelineEntry) and item.quote == entry.quote
        ),
        entry,
    )


def _supported(page: Page, item: Item) -> None:
    """Check that an accepted entry's quote is in the text. Raises EditError."""
    if isinstance(item, TimelineEntry):
        found = len(locate(fold_spaces(page.readable), item.quote, item.prefix, item.suffix))
        if found != 1:
            raise EditError(
                "its quote occurs {number} times in the text: correct it in the page"
                if found
                else "its quote is not in the text: correct it in the page",
                number=found,
            )


def _confirmed(last: Proposal, key: str) -> Proposal:
    return replace(last, accepted=tuple(sorted({*last.accepted, key}))) if key else last


def _edited(last: Proposal, key: str, entry: TimelineEntry) -> tuple[Edited, ...]:
    """The record of edited entries; this key only if the page differs from the proposal."""
    others = tuple(memory for memory in last.edited if memory.key != key)
    proposed = (offer.item for offer in proposal_items(last, TIMELINE) if offer.key == key)
    if not key or any(SAME(item, entry) for item in proposed):
        return others
    return (*others, Edited(key, entry.date, entry.text, entry.quote, entry.when))


def _out(last: Proposal, key: str, item: Item) -> Proposal:
    memory = rejection(key, item)
    if memory in last.rejected:
        return last
    return replace(last, rejected=(*last.rejected, memory))


def settled(last: _Memory, asked: Conflict | None) -> _Memory:
    """The proposal without a conflict that was decided."""
    return replace(last, conflicts=tuple(conflict for conflict in last.conflicts if conflict != asked))


def _moved(page: Page, text: str, page_item: PageItem) -> str:
    """Move an open proposal to the page's own items: entities last, entries by date if the others are."""
    name = str(page_item.path[-2])
    raw = value_at(text, page_item.path)
    value = {key: sub for key, sub in raw.items() if sub} if isinstance(raw, dict) else raw
    text = take_out(text, page_item.path)
    if page.own(page_item.id):
        return text
    return apply(text, [Insert((name,), value, _place(page, page_item.item))])


def _place(page: Page, item: Item) -> int | None:
    """The index before the first entry with a later date if the entries are in date order, else the end."""
    if not isinstance(item, TimelineEntry):
        return None
    dates = [
        page_item.item.date
        for page_item in page.timeline
        if not page_item.proposed and isinstance(page_item.item, TimelineEntry)
    ]
    keys = [parse_edtf(date).sort_key if date else None for date in dates]
    own = parse_edtf(item.date).sort_key if item.date else None
    known = [key for key in keys if key is not None]
    if own is None or len(known) != len(keys) or known != sorted(known):
        return None
    return next((at for at, key in enumerate(known) if key > own), None)


def _amendments(page_item: PageItem, new: TimelineEntry) -> Iterator[Edit]:
    old = page_item.item
    for field in ("date", "text", "quote", "prefix", "suffix"):
        value = str(getattr(new, field))
        if value == getattr(old, field):
            continue
        path: Path = (*page_item.path, field)
        yield Put(path, value, before(ENTRY, field)) if value else Remove(path)
        if field == "date" and isinstance(old, TimelineEntry) and old.dated_by:
            yield Remove((*page_item.path, "dated_by"))  # now the editor's own


def _renamed_in_entries(text: str, old: str, new: str) -> Iterator[Edit]:
    """Replace an id in the entries' entities."""
    for path, about in _about(text, old):
        at = (*path, about.index(old))
        yield Remove(at) if new in about else Put(at, new)


def _not_about(text: str, id_: str) -> Iterator[Edit]:
    """Remove the entity from the entries' entities, since its record may be removed."""
    for path, about in _about(text, id_):
        yield Remove((*path, about.index(id_)) if set(about) != {id_} else path)


def _about(text: str, id_: str) -> Iterator[tuple[Path, list[str]]]:
    """Paths in the entries that name the entity."""
    values = front_matter_values(text)
    for top in ((), (PROPOSED,)):
        holder = values.get(PROPOSED) or {} if top else values
        for at, entry in enumerate(holder.get(TIMELINE) or ()):
            about = entry.get("entities") if isinstance(entry, dict) else None
            if isinstance(about, list) and id_ in about:
                yield (*top, TIMELINE, at, "entities"), about
