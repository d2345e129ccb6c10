"""Accepts many items of one page: the page and its proposal are read once and written once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dossierkit.evidence.gathering import bearers, strong_forms
from dossierkit.evidence.mentioned import mentioned
from dossierkit.merge import decide
from dossierkit.merge.decide import Decided
from dossierkit.merge.open import ItemMark, Open, listed_items, open_items
from dossierkit.merge.page_items import Page, open_page
from dossierkit.model.message import Message
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import Proposal
from dossierkit.model.record import Record
from dossierkit.store.edit import EditError
from dossierkit.text.match import same_form
from dossierkit.workflow.review.page_review import PageReview

Form = tuple[str, ...]
NOT_OPEN = Message("it is no longer open: look again")


@dataclass(slots=True)
class _PageState:
    """A page and its proposal after some decisions. `led`: ids made from names -> the records with these names."""

    page: Page
    last: Proposal
    led: Mapping[str, str]
    records: Mapping[str, Record]
    waiting: tuple[Open, ...] = ()
    by_mark: dict[ItemMark, Open] = field(default_factory=dict)
    decided: list[EntityRef] = field(default_factory=list)
    bearing: dict[Form, EntityRef] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._find()

    def _find(self) -> None:
        self.waiting = open_items(self.page, self.last, self.led)
        listed = listed_items(self.page, self.last, self.led)
        self.by_mark = {one.mark: one for one in (*listed, *self.waiting)}
        undecided = {one.mark for one in self.waiting if one.conflict is None}
        own = (one for one in listed if _is_own(one) and one.mark not in undecided)
        self.decided = list[EntityRef]()
        self.bearing = dict[Form, EntityRef]()
        for open_ in own:
            self._decided(open_)

    def _decided(self, open_: Open) -> None:
        if open_.entity:
            item = _recorded(open_.entity, self.led)
            self.decided.append(item)
            self.bearing |= dict.fromkeys(_forms(item, self.records), item)

    def take(self, open_: Open, decided: Decided[Proposal]) -> None:
        self.last, before = decided.proposal, self.page.text
        if decided.text != before:
            self.page = replace(open_page(self.page.path, decided.text), readable=self.page.readable)
        if decided.text != before or open_.conflict is not None:
            self._find()
        else:
            self._decided(open_)

    def unnamed(self, items: Iterable[EntityRef]) -> set[str]:
        """Ids of the entities that the text would not name if the page had only these."""
        known, page = tuple(items), self.page.article
        text = self.page.readable.partition("\n\n")[2]
        spans = mentioned(text, page.title, page.lang, bearers(known, self.records)).spans
        return {one.id for one in known} - {span.entity for span in spans}


def _is_own(open_: Open) -> bool:
    """Whether the item stands in the page's own list, so that accepting it changes no text."""
    return open_.page_item is not None and not open_.page_item.proposed


def accept_many(
    review: PageReview, marks: Sequence[ItemMark], led: Mapping[str, str]
) -> Iterator[tuple[int, Message]]:
    """Accept items of a page, and write it; yields the positions in `marks` of those that were left, with the reason.

    Left is a name that a decided entity of the page has too, if the text would name one of them no more. Raises
    DiagnosticsError if the page cannot be read after a change.
    """
    state, left = _PageState(review.page, review.last, led, review.records), dict[int, Message]()
    for at, mark in enumerate(marks):
        open_ = state.by_mark.get(mark)
        if open_ is None:
            left[at] = NOT_OPEN
            continue
        try:
            _refuse_shared_name(state, open_)
            state.take(open_, decide.accept(state.page, state.last, open_))
        except EditError as error:
            left[at] = error.message
    if len(left) < len(marks):
        review.write(Decided(state.page.text, state.last))
    yield from left.items()


def _refuse_shared_name(state: _PageState, open_: Open) -> None:
    """Raises EditError if a decided entity has a name of this one, and then the text would name one of the two no more."""
    if open_.entity is None or open_.conflict is not None:
        return
    item = _recorded(open_.entity, state.led)
    bearing = (state.bearing.get(form) for form in _forms(item, state.records))
    other = next((one for one in bearing if one and one.id != item.id), None)
    if other is None:
        return
    others = [one for one in state.decided if one.id != item.id]
    if state.unnamed((*others, item)) - state.unnamed(others):
        raise EditError(
            "{path}: “{name}” is also a name of {other}, and the text would no longer name both: decide that they are the same, or reject one",
            path=state.page.path,
            name=item.name or item.id,
            other=_title(other, state.records),
        )


def _recorded(item: EntityRef, led: Mapping[str, str]) -> EntityRef:
    return replace(item, id=led.get(item.id, item.id))


def _title(item: EntityRef, records: Mapping[str, Record]) -> str:
    record = records.get(item.id)
    name, type_ = (record.title, record.type) if record else (item.name or item.id, item.type)
    return f"{name} ({type_})" if type_ else name


def _forms(item: EntityRef, records: Mapping[str, Record]) -> tuple[Form, ...]:
    """The names of an entity, so that those found in the same places are equal."""
    return tuple(same_form(form) for form in strong_forms(item, records.get(item.id)))
