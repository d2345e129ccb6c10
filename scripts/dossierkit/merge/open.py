"""What waits for a person in a page: questions, open proposals, a draft's items that nobody has confirmed, and conflicts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dossierkit.merge.match import STRICT, became, pair
from dossierkit.merge.standing import ENTITIES, LISTS, TIMELINE, Item, Page, ProposedItem, Stand, offers
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import Conflict, Proposal, Question
from dossierkit.text.match import same_form

_NOWHERE: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Open:
    """Something to decide on. `name`: the list it belongs to, empty for a key of the page itself.

    `key` is the proposal's key of the item, empty where the last proposal has nothing like it. `stand` is None for a
    conflict about the page itself, and for a `question`; `conflict` is None for a proposal.
    """

    name: str
    key: str
    stand: Stand | None
    conflict: Conflict | None = None
    question: Question | None = None

    @property
    def mark(self) -> tuple[str, ...]:
        """What tells it from everything else that waits in the page, whatever moves around it."""
        if self.conflict is not None:
            return ("conflict", self.conflict.key, self.conflict.field, self.conflict.machine)
        if self.question is not None:
            return ("question", self.question.key)
        item = self.stand.item if self.stand else None
        if isinstance(item, EntityRef):
            return (ENTITIES, item.id)
        return (TIMELINE, item.date, item.text, item.quote) if item else ()


def open_items(page: Page, last: Proposal, led: Mapping[str, str] = _NOWHERE) -> tuple[Open, ...]:
    """Everything that waits: questions first, then the rest in the order of the page, conflicts last.

    `led`: ids made from names -> the records that bear these.
    """
    asked = (Open("", one.key, None, question=one) for one in open_questions(page, last))
    waiting = [one for name in LISTS for one in _proposals(page, last, name, led)]
    return (*asked, *waiting, *_conflicts(page, last))


def standing_items(page: Page, last: Proposal, led: Mapping[str, str] = _NOWHERE) -> tuple[Open, ...]:
    """Everything in the lists of the page, waiting or decided on, in its order; `led` as above."""
    found: list[Open] = []
    for name in LISTS:
        items = page.items(name)
        offered = tuple(replace(proposed, item=_borne(proposed.item, led)) for proposed in offers(last, name))
        of = _keys([_borne(stand.item, led) for stand in items], offered)
        found += [Open(name, of[at].key if at in of else "", stand) for at, stand in enumerate(items)]
    return tuple(found)


def open_questions(page: Page, last: Proposal) -> tuple[Question, ...]:
    """What is asked about forms that are linked to none of those that bear them, and that nobody has answered.

    An answer is the form among the `also:` of one of them, or the key of the question among what was accepted.
    """
    items = (stand.item for stand in page.entities if not stand.proposed)
    answered = {same_form(form) for item in items if isinstance(item, EntityRef) for form in item.also}
    return tuple(
        one
        for one in last.questions
        if one.form and one.key not in last.accepted and same_form(one.form) not in answered
    )


def _proposals(page: Page, last: Proposal, name: str, led: Mapping[str, str]) -> Iterator[Open]:
    """Open proposals; and what stands just as it was proposed and was not confirmed, where no status speaks for it."""
    page_items = page.items(name)
    offered = tuple(replace(proposed, item=_borne(proposed.item, led)) for proposed in offers(last, name))
    items = [_borne(stand.item, led) for stand in page_items]
    of = _keys(items, offered)
    for at, (stand, item) in enumerate(zip(page_items, items, strict=True)):
        proposed = of.get(at)
        unseen = proposed is not None and proposed.key not in last.accepted and _alike(item, proposed.item)
        asked = page.article.status == "draft" or (_named(stand.item) and not last.by_item)
        asked = asked or (proposed is not None and last.undecided(proposed.key))
        if stand.proposed or (asked and unseen):
            yield Open(name, proposed.key if proposed else "", stand)


def _named(item: Item) -> bool:
    """Whether it is an entity without a record: older versions, in which a status speaks for all items, had none."""
    return isinstance(item, EntityRef) and bool(item.name)


def _borne(item: Item, led: Mapping[str, str]) -> Item:
    """An entity under the id of the record that bears its name by now."""
    return replace(item, id=led[item.id]) if isinstance(item, EntityRef) and item.id in led else item


def _keys(items: Sequence[Item], offered: tuple[ProposedItem, ...]) -> dict[int, ProposedItem]:
    """The offer that each item of the page is."""
    pairs = pair([proposed.item for proposed in offered], items, STRICT)
    return {to: offered[at] for at, to in pairs.items()}


def _alike(one: Item, other: Item) -> bool:
    """Whether an editor has left an item as it was proposed: to join it to an event, or to make it a key moment, is to decide."""
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
        stand = _of_conflict(page, last, name, conflict)
        if stand is not None and _still(stand.item, conflict):
            yield Open(name, conflict.key, stand, conflict)


def _of_conflict(page: Page, last: Proposal, name: str, conflict: Conflict) -> Stand | None:
    """The item of the page that a conflict is about."""
    items = page.items(name)
    if name == ENTITIES:
        return next(
            (one for one in items if isinstance(one.item, EntityRef) and one.item.id == conflict.page), None
        )
    memory = next((memory for memory in last.edited if memory.key == conflict.key), None)
    if memory is not None:
        found = became(memory, [stand.item for stand in items])
        if found is not None:
            return items[found]
    offered = offers(last, name)
    return next(
        (
            items[at]
            for at, proposed in _keys([one.item for one in items], offered).items()
            if proposed.key == conflict.key
        ),
        None,
    )


def _still(item: Item, conflict: Conflict) -> bool:
    """Whether the page still says what it said when the conflict arose."""
    _, _, field = conflict.field.partition(".")
    return not field or str(getattr(item, field)) == conflict.page
