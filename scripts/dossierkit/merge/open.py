"""Open decisions in a page: questions, open proposals, unconfirmed items of a draft, and conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dossierkit.merge.match import STRICT, became, pair
from dossierkit.merge.page_items import (
    ENTITIES,
    LISTS,
    TIMELINE,
    Item,
    Page,
    PageItem,
    ProposedItem,
    proposal_items,
    with_record_id,
)
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.proposal import Conflict, Proposal, Question
from dossierkit.text.fold import fold
from dossierkit.text.match import same_form

ItemMark = tuple[str, ...]
"""What identifies an open decision in its page, whatever its position: see `Open.mark`."""
_NOWHERE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Open:
    """An open decision. `name`: its list, "" for a key of the page itself.

    `key`: the item's key in the proposal, "" if the last proposal has no such item. `page_item`: None for a conflict about
    the page itself, and for a `question`. `conflict`: None for a proposal.
    """

    name: str
    key: str
    page_item: PageItem | None
    conflict: Conflict | None = None
    question: Question | None = None

    @property
    def entity(self) -> EntityRef | None:
        """The entity that it is about, if any."""
        item = self.page_item.item if self.page_item else None
        return item if isinstance(item, EntityRef) else None

    @property
    def entry(self) -> TimelineEntry | None:
        """The timeline entry that it is about, if any."""
        item = self.page_item.item if self.page_item else None
        return item if isinstance(item, TimelineEntry) else None

    @property
    def words_missing(self) -> bool:
        """Whether it asks about an item whose words are no longer in the text."""
        return self.conflict is not None and bool(self.conflict.key) and "." not in self.conflict.field

    @property
    def mark(self) -> ItemMark:
        """A stable key that differs from all other open decisions in the page."""
        if self.conflict is not None:
            return ("conflict", self.conflict.key, self.conflict.field, self.conflict.machine)
        if self.question is not None:
            return ("question", self.question.key)
        if self.entity:
            return (ENTITIES, self.entity.id)
        return (TIMELINE, self.entry.date, self.entry.text, self.entry.quote) if self.entry else ()


def open_items(page: Page, last: Proposal, led: Mapping[str, str] = _NOWHERE) -> tuple[Open, ...]:
    """All open decisions: questions first, then in page order, conflicts last.

    `led`: ids made from names -> the records with these names.
    """
    asked = (Open("", question.key, None, question=question) for question in open_questions(page, last))
    waiting = [proposal for name in LISTS for proposal in _proposals(page, last, name, led)]
    return (*asked, *waiting, *_conflicts(page, last))


def rivals(open_: Open, waiting: Iterable[Open]) -> tuple[TimelineEntry, ...]:
    """For an entry whose words are gone, the entries of its date that are proposed and wait; for a waiting entry, those whose words
    are gone.
    """
    own = open_.entry
    if own is None or (open_.conflict is not None and not open_.words_missing):
        return ()
    others = (
        one.entry
        for one in waiting
        if one.words_missing != open_.words_missing and (one.words_missing or one.conflict is None)
    )
    return tuple(one for one in others if one and one.date == own.date)


def listed_items(page: Page, last: Proposal, led: Mapping[str, str] = _NOWHERE) -> tuple[Open, ...]:
    """All items in the lists of the page, open or decided, in its order; `led` as above."""
    found: list[Open] = []
    for name in LISTS:
        for page_item, _, proposed in _matched(page, last, name, led):
            found.append(Open(name, proposed.key if proposed else "", page_item))
    return tuple(found)


def open_questions(page: Page, last: Proposal) -> tuple[Question, ...]:
    """Unanswered questions about forms that are linked to none of their possible entities.

    An answer is the form in the `also:` of one of them, or the question's key among the accepted ones. What bears the form as its
    own name answers nothing: "Al-Hale" of "al-Hale".
    """
    items = (page_item.item for page_item in page.entities if not page_item.proposed)
    answered = {
        same_form(form)
        for item in items
        if isinstance(item, EntityRef)
        for form in item.also
        if fold(form) != fold(item.name)
    }
    return tuple(
        question
        for question in last.questions
        if question.form and question.key not in last.accepted and same_form(question.form) not in answered
    )


def _proposals(page: Page, last: Proposal, name: str, led: Mapping[str, str]) -> Iterator[Open]:
    """Open proposals; and items still as proposed that nobody confirmed, in a page whose status does not confirm them."""
    for page_item, item, proposed in _matched(page, last, name, led):
        unseen = proposed is not None and proposed.key not in last.accepted and _alike(item, proposed.item)
        asked = page.article.status == "draft" or (_named(page_item.item) and not last.by_item)
        asked = asked or (proposed is not None and last.undecided(proposed.key))
        if page_item.proposed or (asked and unseen):
            yield Open(name, proposed.key if proposed else "", page_item)


def _matched(
    page: Page, last: Proposal, name: str, led: Mapping[str, str]
) -> Iterator[tuple[PageItem, Item, ProposedItem | None]]:
    """The items of a list of the page; each also under its record's id, and with its proposal."""
    page_items = page.items(name)
    items = [with_record_id(page_item.item, led) for page_item in page_items]
    offered = tuple(
        replace(proposed, item=with_record_id(proposed.item, led)) for proposed in proposal_items(last, name)
    )
    of = _keys(items, offered)
    return ((page_item, items[at], of.get(at)) for at, page_item in enumerate(page_items))


def _named(item: Item) -> bool:
    """Whether it is an entity without a record; older versions, in which a status confirmed all items, had none."""
    return isinstance(item, EntityRef) and bool(item.name)


def _keys(items: Sequence[Item], offered: tuple[ProposedItem, ...]) -> dict[int, ProposedItem]:
    """The proposal of each item of the page."""
    pairs = pair([proposed.item for proposed in offered], items, STRICT)
    return {to: offered[at] for at, to in pairs.items()}


def _alike(one: Item, other: Item) -> bool:
    """Whether an editor left an item as it was proposed; giving an entry an event, or making it a key moment, is a decision."""
    if isinstance(one, EntityRef) or isinstance(other, EntityRef):
        return isinstance(one, EntityRef) and isinstance(other, EntityRef) and one.id == other.id
    chosen = one.event or one.key
    return not chosen and (one.date, one.text, one.quote) == (other.date, other.text, other.quote)


def _conflicts(page: Page, last: Proposal) -> Iterator[Open]:
    for conflict in last.conflicts:
        name = conflict.field.partition(".")[0]
        if name not in LISTS:
            if page.field(conflict.field) == conflict.page:
                yield Open("", "", None, conflict)
            continue
        page_item = _of_conflict(page, last, name, conflict)
        if page_item is not None and _still(page_item.item, conflict):
            yield Open(name, conflict.key, page_item, conflict)


def _of_conflict(page: Page, last: Proposal, name: str, conflict: Conflict) -> PageItem | None:
    """The item of the page that a conflict is about."""
    items = page.items(name)
    if name == ENTITIES:
        return next((item for item in items if item.id == conflict.page), None)
    memory = next((memory for memory in last.edited if memory.key == conflict.key), None)
    if memory is not None:
        found = became(memory, [page_item.item for page_item in items])
        if found is not None:
            return items[found]
    offered = proposal_items(last, name)
    return next(
        (
            items[at]
            for at, proposed in _keys([item.item for item in items], offered).items()
            if proposed.key == conflict.key
        ),
        None,
    )


def _still(item: Item, conflict: Conflict) -> bool:
    """Whether the page is as it was when the conflict arose."""
    _, _, field = conflict.field.partition(".")
    return not field or str(getattr(item, field)) == conflict.page
