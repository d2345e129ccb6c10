"""Open decisions on a record, and one decision -> the record's new text and proposal file. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dossierkit.merge.decide import Decided, settled
from dossierkit.merge.record import SINGLE, RecordUnderMerge, drop, mark, mark_of
from dossierkit.model.proposal import Conflict, RecordOffer, RecordProposal
from dossierkit.store.edit import Append, EditError, Put, apply, front_matter_values
from dossierkit.store.edit_values import Value
from dossierkit.store.items import value_text
from dossierkit.store.proposed import PROPOSED, RECORD_FIELDS


@dataclass(frozen=True, slots=True)
class RecordOpen:
    """A waiting value of the key `field`, or a conflict about it. `article`: where it was found, "" if unknown.

    `maker`: who proposed it, "" for the extractor; `quote`: the words of the article that support it.
    """

    field: str
    value: str
    article: str = ""
    conflict: Conflict | None = None
    maker: str = ""
    quote: str = ""

    @property
    def mark(self) -> tuple[str, ...]:
        """A key that differs from all other open decisions on the record."""
        return ("conflict" if self.conflict else "offer", self.field, self.value)


def open_offers(page: RecordUnderMerge, last: RecordProposal) -> Iterator[RecordOpen]:
    """All open decisions, in the order of the record's keys, conflicts last."""
    offers = {mark_of(offer): offer for offer in last.offers}
    for name, value in page.proposed:
        offer = offers.get(mark(name, value), RecordOffer(name, value))
        yield RecordOpen(name, value, offer.article, maker=offer.maker, quote=offer.quote)
    for conflict in last.conflicts:
        if getattr(page.record, conflict.field) == conflict.page:
            yield RecordOpen(conflict.field, conflict.machine, conflict=conflict)


def take(
    page: RecordUnderMerge, last: RecordProposal, open_: RecordOpen, words: str = ""
) -> Decided[RecordProposal]:
    """Accept a value, with `words` instead if given; for a conflict, the machine's side. Raises EditError."""
    if open_.conflict is not None:
        text = apply(page.text, [Put((open_.field,), open_.value)])
        return Decided(text, settled(last, open_.conflict))
    if words and words != open_.value:
        decided = turn_down(page, last, open_)
        return replace(decided, text=_given(decided.text, open_.field, words, words))
    text = drop(page.text, open_.field, open_.value)
    return Decided(_given(text, open_.field, open_.value, _raw(page.text, open_)), last)


def turn_down(page: RecordUnderMerge, last: RecordProposal, open_: RecordOpen) -> Decided[RecordProposal]:
    """Reject a value for good; for a conflict, keep the record as it is. Raises EditError."""
    if open_.conflict is not None:
        return Decided(page.text, settled(last, open_.conflict))
    out = mark(open_.field, open_.value)
    rejected = [offer for offer in last.rejected if mark_of(offer) != out]
    offers = tuple(offer for offer in last.offers if mark_of(offer) != out)
    rejected.append(RecordOffer(open_.field, open_.value))
    memory = sorted(rejected, key=lambda one: (RECORD_FIELDS.index(one.field), one.value))
    text = drop(page.text, open_.field, open_.value)
    return Decided(text, replace(last, offers=offers, rejected=tuple(memory)))


def _raw(text: str, open_: RecordOpen) -> Value:
    """The waiting value in its written form: a name may have a language, a relation is a mapping."""
    waiting = front_matter_values(text)[PROPOSED][open_.field]
    listed: list[Value] = waiting if isinstance(waiting, list) else [waiting]
    items = {value_text(item): item for item in listed}
    return items.get(open_.value, open_.value)


def _given(text: str, name: str, value: str, raw: Value) -> str:
    """The record with the value under its key."""
    if name in SINGLE:
        if existing := front_matter_values(text).get(name):
            raise EditError("the record already has a {name}: “{existing}”", name=name, existing=existing)
        return apply(text, [Put((name,), value, RECORD_FIELDS[: RECORD_FIELDS.index(name)])])
    return apply(text, [Append((name,), raw)])
