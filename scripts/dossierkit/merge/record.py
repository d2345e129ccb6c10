"""Merge an authority record: last proposal, record as it is, new proposal. Pure.

| last proposal | record | new proposal | result |
|---|---|---|---|
| has it | has it, or waits | has it | stays |
| has it | removed | any | rejected, for good |
| - | has it | any | an editor's own: stays |
| - | - | has it | waits under `proposed:`, unless it was rejected or another record has that name |
| has it | waits | removed | removed |
| drafted it | as drafted | removed or changed | follows, while the record is a draft and has no comment beside it |
| has it | edited | changed | title, type, description: a conflict |

A name is the same name as title, alias or weak alias, whatever its case and accents: an editor who turns an alias
into a weak one has decided. An alias of a reviewed record that no article uses any more stays, because a name claims
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from dossierkit.merge.apply import hold, take_out
from dossierkit.model.imported import ImportedFact
from dossierkit.model.proposal import Conflict, RecordOffer, RecordProposal
from dossierkit.model.record import Record
from dossierkit.store.edit import Edit, Put, Remove, apply, commented, front_matter_values
from dossierkit.store.edit_nodes import Path
from dossierkit.store.items import proposed_value, relation_text, relation_value, value_text
from dossierkit.store.page_parser import record as read_record
from dossierkit.store.proposed import PROPOSED, RECORD_FIELDS, proposed_values
from dossierkit.text.fold import fold
from dossierkit.text.identifier import canonical

SINGLE = ("title", "type", "description")
_NAMES = ("aliases", "weak_aliases")
_ORDER = {name: at for at, name in enumerate(RECORD_FIELDS)}

FieldValue = tuple[str, str]


@dataclass(frozen=True, slots=True)
class RecordUnderMerge:
    """A record under merge. `text`: the file; `proposed`: waiting values as (key, value)."""

    path: str
    text: str
    record: Record
    proposed: tuple[tuple[str, str], ...]

    @property
    def own(self) -> frozenset[FieldValue]:
        """The marks of all names, identifiers and relations of the record."""
        return frozenset(
            {
                *(mark("aliases", name) for name in self.record.names),
                *(mark("same_as", one) for one in self.record.same_as),
                *(mark("relations", relation_text(relation)) for relation in self.record.relations),
            }
        )


@dataclass(slots=True)
class RecordMerge:
    """`text`: the record's new text, the same object if unchanged; and descriptions of the changes."""

    text: str
    offers: list[RecordOffer] = field(default_factory=list)
    rejected: list[RecordOffer] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)

    @property
    def proposal(self) -> RecordProposal:
        """What to remember, in an order that does not depend on history."""
        return RecordProposal(
            tuple(sorted(dict.fromkeys(self.offers), key=_place)),
            tuple(sorted(dict.fromkeys(self.rejected), key=_place)),
            tuple(sorted(set(self.conflicts), key=astuple)),
            tuple(dict.fromkeys(self.notes)),
        )


def mark(field_: str, value: str) -> FieldValue:
    """The key under which two values are equal: names across all lists, identifiers in any spelling, others exactly."""
    if field_ in _NAMES:
        return ("name", fold(value))
    return (field_, canonical(value) if field_ == "same_as" else value)


def open_record(id_: str, path: str, text: str) -> RecordUnderMerge:
    """Read a record for merging. Raises DiagnosticsError."""
    record, _ = read_record(id_, path, text.replace("\r\n", "\n"))
    return RecordUnderMerge(path, text, record, proposed_values(text, path))


def merge_record(
    page: RecordUnderMerge,
    last: RecordProposal,
    new: Iterable[RecordOffer],
    taken: Mapping[str, str],
    *,
    whole: bool,
) -> RecordMerge:
    """Merge. `taken`: folded names of other records -> their ids. `whole`: `new` is complete, not from some articles only.

    Raises EditError if the record cannot be edited in place.
    """
    offers = _offers(last, new, whole=whole)
    made = RecordMerge(
        page.text, rejected=[offer for offer in last.rejected if mark_of(offer) not in page.own]
    )
    _lists(page, last, offers, taken, made)
    for name in SINGLE:
        _single(page, last, name, offers, made)
    for name, value in _decided_by_copying(page):
        made.text = drop(made.text, name, value)
    return made


def _offers(
    last: RecordProposal, new: Iterable[RecordOffer], *, whole: bool
) -> dict[FieldValue, RecordOffer]:
    """The new proposals, each once and with its original spelling.

    If not everything was examined, earlier proposals stay; so does a single key that the machine drafted.
    """
    before = {mark_of(offer): offer for offer in last.offers}
    found: dict[FieldValue, list[RecordOffer]] = {}
    for offer in new:
        found.setdefault(mark_of(offer), []).append(offer)
    offers = {key: _as_before(before.get(key), same, whole=whole) for key, same in found.items()}
    fixed = {offer.field for offer in offers.values()} & set(SINGLE)
    for key, record_offer in before.items():
        if record_offer.field not in fixed and (
            not whole or (record_offer.field in SINGLE and record_offer.drafted)
        ):
            offers.setdefault(key, record_offer)
    return offers


def _as_before(was: RecordOffer | None, same: Sequence[RecordOffer], *, whole: bool) -> RecordOffer:
    """One of several proposals of a value: its original spelling, from the first article by id that supports it.

    So the order in which articles were added does not matter.
    """
    articles = [one.article for one in same] + ([was.article] if was is not None and not whole else [])
    first = min(filter(None, articles), default="")
    return replace(was or same[0], article=first)


def mark_of(value: RecordOffer | ImportedFact) -> FieldValue:
    return mark(value.field, value.value)


def _place(offer: RecordOffer) -> tuple[int, str]:
    return _ORDER.get(offer.field, len(_ORDER)), offer.value


def _lists(
    page: RecordUnderMerge,
    last: RecordProposal,
    offers: Mapping[FieldValue, RecordOffer],
    taken: Mapping[str, str],
    made: RecordMerge,
) -> None:
    waits = {mark(name, value): (name, value) for name, value in page.proposed}
    for before in last.offers:
        if before.field not in SINGLE:
            _before(page, before, waits.get(mark_of(before)), offers, made)
    rejected_marks = {mark_of(offer) for offer in made.rejected}
    known = {mark_of(offer) for offer in last.offers}
    for key, offer in offers.items():
        if offer.field in SINGLE:
            continue
        if key in page.own or key in waits:
            # What was never proposed is a value of the editor's.
            made.offers += [offer] if key in known or key in waits else []
        elif key not in rejected_marks:
            _propose(made, offer, taken.get(fold(offer.value), "") if offer.field == "aliases" else "")


def _before(
    page: RecordUnderMerge,
    before: RecordOffer,
    waits: tuple[str, str] | None,
    offers: Mapping[FieldValue, RecordOffer],
    made: RecordMerge,
) -> None:
    """Whether a proposal was removed by an editor, or is no longer made.

    Values of the record stay remembered when nothing proposes them any more, so that a later removal by an editor is final.
    """
    key = mark_of(before)
    if key in page.own:
        if key not in offers and _follows(page, before):
            _take_back(made, before)
        elif key not in offers:
            made.offers.append(before)
    elif waits is None:
        _reject(made, before)
    elif key not in offers:
        made.text = drop(made.text, *waits)
        made.removed.append(in_words(*waits))


def _propose(made: RecordMerge, offer: RecordOffer, other: str) -> None:
    if other:
        made.notes.append(f"“{offer.value}” is not proposed as an alias: {other} has that name")
        return
    made.offers.append(offer)
    made.text = hold(made.text, offer.field, proposed_value(offer.field, offer.value))
    made.added.append(in_words(offer.field, offer.value))


def _follows(page: RecordUnderMerge, drafted: RecordOffer) -> bool:
    """Whether the machine may change its own value: unchanged, in a draft, without a comment."""
    if not drafted.drafted or page.record.status != "draft":
        return False
    if drafted.field in SINGLE:
        return getattr(page.record, drafted.field) == drafted.value and not commented(
            page.text, (drafted.field,)
        )
    at = place_of(page.text, (drafted.field,), drafted.value)
    return at is not None and not commented(page.text, at)


def _take_back(made: RecordMerge, drafted: RecordOffer) -> None:
    at = place_of(made.text, (drafted.field,), drafted.value)
    if at is not None:
        made.text = take_out(made.text, at)
        made.removed.append(in_words(drafted.field, drafted.value))


def _single(
    page: RecordUnderMerge,
    last: RecordProposal,
    name: str,
    offers: Mapping[FieldValue, RecordOffer],
    made: RecordMerge,
) -> None:
    """Merge a key with one value: the record's, the waiting one, the last and the new proposal."""
    new = next((offer for offer in offers.values() if offer.field == name), None)
    was = next((offer for offer in last.offers if offer.field == name), None)
    has = getattr(page.record, name)
    waits = next((value for key, value in page.proposed if key == name), "")
    unchanged = was is not None and waits == was.value
    if new is None:
        if unchanged:
            made.text = drop(made.text, name, waits)
            made.removed.append(in_words(name, waits))
        return
    if was is not None and not has and not waits:
        _reject(made, was)
    if any(offer.field == name and offer.value == new.value for offer in made.rejected):
        return
    made.offers.append(new)
    asked = Conflict("", name, has, new.value)
    if new.value in (has, waits):
        return
    if asked in last.conflicts:
        made.conflicts.append(asked)
    elif unchanged:
        made.text = apply(made.text, [Put((PROPOSED, name), new.value)])
        made.changed.append(f"{name}: {waits} -> {new.value}")
    elif not has and not waits:
        made.text = apply(made.text, offered(made.text, name, new.value))
        made.added.append(in_words(name, new.value))
    elif was is not None and new.value != was.value:
        _other(page, made, was, asked)


def _other(page: RecordUnderMerge, made: RecordMerge, was: RecordOffer, asked: Conflict) -> None:
    """Whether the machine now proposes another value for a key that the record has."""
    if _follows(page, was):
        made.text = apply(made.text, [Put((was.field,), asked.machine)])
        made.changed.append(f"{was.field}: {was.value} -> {asked.machine}")
    else:
        made.conflicts.append(asked)


def offered(text: str, name: str, value: str) -> Iterator[Edit]:
    """The edits that have a value of a single key wait for a decision."""
    if front_matter_values(text).get(PROPOSED):
        yield Put((PROPOSED, name), value, ())
    else:
        yield Put((PROPOSED,), {name: value})


def _decided_by_copying(page: RecordUnderMerge) -> Iterator[tuple[str, str]]:
    """Waiting values that are also in the record: an editor copied them there, and so decided."""
    for name, value in page.proposed:
        present = getattr(page.record, name) == value if name in SINGLE else mark(name, value) in page.own
        if present:
            yield name, value


def _reject(made: RecordMerge, offer: RecordOffer) -> None:
    memory = RecordOffer(offer.field, offer.value)
    if all(mark_of(record_offer) != mark_of(memory) for record_offer in made.rejected):
        made.rejected.append(memory)


def in_words(name: str, value: str) -> str:
    """A short description of a proposal."""
    if name == "relations":
        relation: Any = relation_value(value)
        return f"relation: {relation['type']} {relation['to']}"
    words = {"aliases": "alias", "weak_aliases": "weak alias", "same_as": "same as"}
    return f"{words.get(name, name)}: {value}"


def drop(text: str, name: str, value: str) -> str:
    """The record without a waiting value; `proposed:` is removed with its last one. Raises EditError."""
    if name not in SINGLE:
        at = place_of(text, (PROPOSED, name), value)
        return text if at is None else take_out(text, at)
    waiting = front_matter_values(text).get(PROPOSED) or {}
    if name not in waiting:
        return text
    return apply(text, [Remove((PROPOSED, name) if len(waiting) > 1 else (PROPOSED,))])


def place_of(text: str, path: Path, value: str) -> Path | None:
    """Index of a value in a list of texts or names."""
    values: Any = front_matter_values(text)
    for step in path:
        values = values.get(step) or {}
    items: list[Any] = values if isinstance(values, list) else []
    for at, item in enumerate(items):
        if value_text(item) == value:
            return (*path, at)
    return None


def union(one: RecordProposal, other: RecordProposal) -> RecordProposal:
    """Union of two memories: of two branches, or of two records merged into one."""
    offers = {mark_of(offer): offer for offer in (*other.offers, *one.offers)}
    singles = {offer.field for offer in one.offers if offer.field in SINGLE}
    theirs = {mark_of(offer) for offer in other.offers if offer.field in singles} - {
        mark_of(offer) for offer in one.offers
    }
    return RecordProposal(
        tuple(sorted((offer for key, offer in offers.items() if key not in theirs), key=_place)),
        tuple(
            sorted({mark_of(offer): offer for offer in (*other.rejected, *one.rejected)}.values(), key=_place)
        ),
        tuple(sorted({*one.conflicts, *other.conflicts}, key=astuple)),
        tuple(dict.fromkeys((*one.notes, *other.notes))),
    )


def forget(page: RecordUnderMerge, last: RecordProposal, article: str) -> tuple[str, RecordProposal]:
    """The record and its proposal without what waits from a withdrawn article. Raises EditError."""
    out = [offer for offer in last.offers if offer.article == article]
    waits = {mark(name, value): (name, value) for name, value in page.proposed}
    text = page.text
    for offer in out:
        if mark_of(offer) in waits:
            text = drop(text, *waits[mark_of(offer)])
    offers = [offer for offer in last.offers if offer.article != article]
    offers += [replace(offer, article="") for offer in out if mark_of(offer) in page.own]
    return text, replace(last, offers=tuple(sorted(offers, key=_place)))


def decided(page: RecordUnderMerge, last: RecordProposal) -> RecordProposal:
    """The decisions on a record that is merged into another; waiting values are proposed there anew."""
    offers = tuple(offer for offer in last.offers if offer.field not in SINGLE and mark_of(offer) in page.own)
    return replace(last, offers=offers, conflicts=(), notes=())
