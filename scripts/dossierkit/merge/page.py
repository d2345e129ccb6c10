"""Merge a whole page: last proposal, page, new proposal -> the page's new text, and a description of the changes.

Where a quote is gone from the text and is there again in slightly different words, as in a corrected edition, the old and the new
proposal of the entry get one key, so that the merge sees one entry with another quote, and keeps what people decided on it and wrote
into it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple, dataclass, replace
from difflib import SequenceMatcher
from functools import partial

from dossierkit.merge.apply import written
from dossierkit.merge.fields import FieldMerge, field_edits
from dossierkit.merge.lists import ListMerge, merge_list
from dossierkit.merge.match import STRICT, pair, refines
from dossierkit.merge.page_items import ENTITIES, TIMELINE, Item, Page, proposal_items
from dossierkit.merge.pairing import carried, quoted
from dossierkit.model.message import Message
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.proposal import Conflict, Proposal, ProposedEntity, ProposedEntry
from dossierkit.store.edit import apply
from dossierkit.text.match import Matcher
from dossierkit.text.quote import FoldedText, fold_spaces, locate

_LEAST = 0.7
"""The least share of equal words (Ratcliff and Obershelp, 0 to 1) of a quote and its new wording."""
_Keyed = tuple[str, TimelineEntry]


@dataclass(frozen=True, slots=True)
class PageMerge:
    """`text`: the page's new text, the same object if unchanged. `proposal`: what to write beside the source.

    `added`, `removed`, `changed`: descriptions of what the machine changed.
    """

    text: str
    proposal: Proposal
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    @property
    def conflicts(self) -> tuple[Conflict, ...]:
        return self.proposal.conflicts


def merge_page(
    page: Page, last: Proposal, new: Proposal, fields: FieldMerge, records: Collection[str]
) -> PageMerge:
    """Merge. `records`: ids of authority records.

    Raises EditError if the page cannot be edited in place.
    """
    new = supported(carried(new, last, page), last, page.readable)
    folded = fold_spaces(page.readable)
    last = rekeyed(last, new, folded)
    backed = partial(_backed, folded, page.readable)
    entities = merge_list(ENTITIES, last, page.entities, proposal_items(new, ENTITIES), backed)
    ids = {
        *records,
        *(page_item.id for page_item in page.entities if not page_item.proposed),
    }
    turned_down = _turned_down(page, entities)
    new = replace(new, timeline=about(new, last, ids - turned_down, turned_down - {*records}))
    timeline = merge_list(TIMELINE, last, page.timeline, proposal_items(new, TIMELINE), backed)
    text = written(apply(page.text, field_edits(fields), page.path), (entities, timeline))
    first = not last.extractor and not page.confirmed
    new = replace(new, by_item=last.by_item or first, drafted=new.keys if first else ())
    return PageMerge(
        text=text,
        proposal=_remembering(new, fields, entities, timeline),
        added=tuple(in_words(proposed.item) for merged in (entities, timeline) for proposed in merged.added),
        removed=tuple(
            in_words(page_item.item) for merged in (entities, timeline) for page_item in merged.removed
        ),
        changed=(*_changed_fields(page, fields), *_changed_items(entities), *_changed_items(timeline)),
    )


def in_words(item: Item) -> str:
    """A short description of an item."""
    return (
        item.name or item.id
        if isinstance(item, EntityRef)
        else f"{item.date or item.when or 'undated'} {item.text}"
    )


def _turned_down(page: Page, merged: ListMerge) -> set[str]:
    return {memory.entity for memory in merged.rejected} - {page_item.id for page_item in page.entities}


def _remembering(new: Proposal, fields: FieldMerge, entities: ListMerge, timeline: ListMerge) -> Proposal:
    """The new proposal with the decisions for the next merge, in an order that does not depend on history."""
    rejected = {*entities.rejected, *timeline.rejected}
    conflicts = {*fields.conflicts, *entities.conflicts, *timeline.conflicts}
    return replace(
        new,
        accepted=tuple(sorted({*entities.accepted, *timeline.accepted})),
        drafted=tuple(sorted({*new.drafted, *entities.drafted, *timeline.drafted} & {*new.keys})),
        rejected=tuple(sorted(rejected, key=astuple)),
        edited=tuple(sorted(set(timeline.edited), key=astuple)),
        conflicts=tuple(sorted(conflicts, key=astuple)),
    )


def _changed_fields(page: Page, fields: FieldMerge) -> Iterator[str]:
    for name in fields.changed:
        yield f"{name}: {page.field(name) or 'nothing'} -> {fields.values[name] or 'nothing'}"


def _changed_items(merged: ListMerge) -> Iterator[str]:
    for change in merged.changes:
        was = getattr(change.page_item.item, change.field)
        yield f"{in_words(change.page_item.item)}: {change.field}: {_shown(was)} -> {_shown(change.value)}"


def _shown(value: str | tuple[str, ...]) -> str:
    return (value if isinstance(value, str) else ", ".join(value)) or "nothing"


def _backed(folded: FoldedText, text: str, item: Item) -> bool:
    """Whether the text has the quote of an entry, or the name of an entity, as far as the page tells it."""
    if isinstance(item, EntityRef):
        return bool(Matcher([(form, 0) for form in (item.name, *item.also) if form]).find(text))
    return quoted(folded, item)


def supported(new: Proposal, last: Proposal, text: str) -> Proposal:
    """The proposal without items whose words are not in `text`, the page's text as readers see it.

    An entry whose new words are missing keeps the last proposed words; entities of the last proposal stay, so that an
    editor's correction does not withdraw anything. Notes list what was left out.
    """
    folded = fold_spaces(text)
    entities = _entities(new, last, text)
    timeline = _timeline(new, last, folded)
    out = len(new.entities) - len(entities) + len(new.timeline) - len(timeline)
    note = (f"left out, since the page's text does not have their words: {out}",) if out else ()
    return replace(new, entities=entities, timeline=timeline, notes=(*new.notes, *note))


def _entities(new: Proposal, last: Proposal, text: str) -> tuple[ProposedEntity, ...]:
    before = {entity.entity for entity in last.entities}
    forms = [(form, entity.entity) for entity in new.entities for form in entity.forms]
    named = {entity for _, _, entity in Matcher(forms).find(text)}
    found = {form for form, entity in forms if entity in named}
    return tuple(
        entity
        for entity in new.entities
        if entity.entity in before or entity.entity in named or found.intersection(entity.forms)
    )


def _timeline(new: Proposal, last: Proposal, text: FoldedText) -> tuple[ProposedEntry, ...]:
    known = pair(_items(new), _items(last), STRICT)
    entries: list[ProposedEntry] = []
    for at, entry in enumerate(new.timeline):
        if len(locate(text, entry.quote, entry.prefix, entry.suffix)) == 1:
            entries.append(entry)
        elif at in known:
            entries.append(last.timeline[known[at]])
    return tuple(entries)


def _items(proposal: Proposal) -> list[Item]:
    return [proposed.item for proposed in proposal_items(proposal, TIMELINE)]


def about(
    new: Proposal, last: Proposal, ids: Collection[str], turned_down: Collection[str] = ()
) -> tuple[ProposedEntry, ...]:
    """The entries with only those of `ids` as entities; entities of the last proposal stay, except those of `turned_down`,
    which an editor removed from the page.
    """
    known = pair(_items(new), _items(last), STRICT)
    before = {at: {*last.timeline[to].entities}.difference(turned_down) for at, to in known.items()}
    return tuple(
        replace(
            entry, entities=tuple(id_ for id_ in entry.entities if id_ in ids or id_ in before.get(at, ()))
        )
        for at, entry in enumerate(new.timeline)
    )


def conflict_words(conflict: Conflict) -> Message:
    """A conflict in words for an editor."""
    if "." not in conflict.field and conflict.key:
        return Message(
            "you decided on “{page}”, whose words are no longer in the text: it stays until you keep or remove it",
            {"page": conflict.page},
        )
    if conflict.field == "timeline.quote":
        return Message(
            "the quote changed: “{page}” → “{machine}”: the page stays until you take the new one or keep its own; the entry's heading, "
            "key moment and links stay in any case",
            {"page": conflict.page, "machine": conflict.machine},
        )
    return Message(
        "{field}: the page says “{page}”, now proposed is “{machine}”: the page stays until you decide",
        {
            "field": conflict.field.removeprefix("timeline."),
            "page": conflict.page,
            "machine": conflict.machine,
        },
    )


def rekeyed(last: Proposal, new: Proposal, text: FoldedText) -> Proposal:
    """The last proposal, with the keys of the new one for entries that are in other words now. `text`: the page's, folded."""
    keys = dict(_pairs(*_unmatched(last, new, text)))
    if not keys:
        return last

    def key(old: str) -> str:
        return keys.get(old, old)

    return replace(
        last,
        timeline=tuple(replace(entry, key=key(entry.key)) for entry in last.timeline),
        accepted=tuple(sorted(map(key, last.accepted))),
        drafted=tuple(sorted(map(key, last.drafted))),
        rejected=tuple(replace(memory, key=key(memory.key)) for memory in last.rejected),
        edited=tuple(replace(memory, key=key(memory.key)) for memory in last.edited),
        conflicts=tuple(replace(conflict, key=key(conflict.key)) for conflict in last.conflicts),
    )


def _unmatched(last: Proposal, new: Proposal, text: FoldedText) -> tuple[list[_Keyed], list[_Keyed]]:
    """The last proposed entries whose quote is gone, and the newly proposed ones that were not proposed before."""
    before, after = _entries(last), _entries(new)
    keys = {key for key, _ in before} & {key for key, _ in after}
    known = pair([entry for _, entry in before], [entry for _, entry in after], STRICT)
    lost = [
        one
        for at, one in enumerate(before)
        if at not in known and one[0] not in keys and not locate(text, one[1].quote)
    ]
    new_entries = [one for at, one in enumerate(after) if at not in known.values() and one[0] not in keys]
    return lost, new_entries


def _entries(proposal: Proposal) -> list[_Keyed]:
    return [
        (one.key, one.item)
        for one in proposal_items(proposal, TIMELINE)
        if isinstance(one.item, TimelineEntry)
    ]


def _pairs(lost: Sequence[_Keyed], new_entries: Sequence[_Keyed]) -> Iterator[tuple[str, str]]:
    """Keys of entries that correspond to each other and to no other entry."""
    alike = [(old, new) for old, one in lost for new, other in new_entries if _is_alike(one, other)]
    for old, new in alike:
        if sum(old == one or new == other for one, other in alike) == 1:
            yield old, new


def _is_alike(one: TimelineEntry, other: TimelineEntry) -> bool:
    """Whether the quotes differ in few words, and the dates are the same, or one is more precise."""
    if not (refines(one.date, other.date) or refines(other.date, one.date)):
        return False
    matcher: SequenceMatcher[str] = SequenceMatcher(
        None, _words(one.quote), _words(other.quote), autojunk=False
    )
    return matcher.quick_ratio() >= _LEAST and matcher.ratio() >= _LEAST


def _words(quote: str) -> list[str]:
    return fold_spaces(quote).text.casefold().split()
