"""Merges what articles propose for authority records into the records; used by `dossier add` and `dossier update`."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from dossierkit.merge.branches import salvage_record
from dossierkit.merge.record import RecordMerge, forget, merge_record, open_record
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import ArticlePage, Content, EntityRef
from dossierkit.model.proposal import Proposal, ProposedEntity, RecordOffer, RecordProposal
from dossierkit.model.record import Record
from dossierkit.parallel.fence import trouble
from dossierkit.store import imported
from dossierkit.store import record_proposal as stored
from dossierkit.store.content import record_file
from dossierkit.store.edit import EditError
from dossierkit.store.proposed import proposed_values
from dossierkit.text.fold import fold, slug
from dossierkit.workflow.repository import Repository, read_proposal

Offers = Mapping[str, Sequence[RecordOffer]]
_IDS = re.compile(rb"[a-z0-9]+(?:[-/][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class RecordOutcome:
    """What a merge did to the record at `path`. `noted`: new notes; `ended`: notes that no longer apply."""

    path: str
    merged: RecordMerge
    noted: tuple[str, ...]
    ended: tuple[str, ...]

    @property
    def moved(self) -> bool:
        """Whether anything was proposed, withdrawn or changed."""
        return bool(self.merged.added or self.merged.removed or self.merged.changed)


@dataclass(frozen=True, slots=True)
class NamedEntities:
    """The id of an article, and the entities in its page, decided or waiting."""

    article: str
    refs: tuple[EntityRef, ...]


def offers_of(
    repository: Repository,
    page: NamedEntities,
    proposal: Proposal,
    last: Proposal,
    records: Mapping[str, Record],
) -> Iterator[tuple[str, RecordOffer]]:
    """Pairs (id of record, offer) for the entities that an article names, with the forms in its proposal.

    The title is not offered. A form that an editor removed from the page's `also:` (it was proposed there last time and is
    gone) is not offered, unless it waits in the record.
    """
    also = {ref.id: ref.also for ref in page.refs}
    before = {entity.entity: entity.also for entity in last.entities}
    for entity in proposal.entities:
        record = records.get(entity.entity)
        if record is None or entity.entity not in also or record.status == "withdrawn":
            continue
        out = {form for form in before.get(entity.entity, ()) if form not in also[entity.entity]}
        out -= _asked(repository, entity.entity) if out else set()
        listed = set(map(fold, record.names))
        forms = [form for form in entity.forms if fold(form) != fold(record.title)]
        for form in forms:
            new = form not in out and form in entity.also
            if fold(form) in listed or (new and _is_name(form)):
                yield entity.entity, RecordOffer(_list_for(entity, form), form, page.article)


def _is_name(form: str) -> bool:
    """Whether a form can stand alone: not "the ministry" or a number.

    In scripts without capitals every form with a letter counts.
    """
    return form != form.lower() or (form == form.upper() and any(char.isalpha() for char in form))


def _asked(repository: Repository, id_: str) -> set[str]:
    try:
        return {offer.value for offer in last_for_record(repository, id_)[0].offers}
    except DiagnosticsError:  # reported when the record is merged
        return set()


def _list_for(entity: ProposedEntity, form: str) -> str:
    return "weak_aliases" if entity.type == "person" and " " not in form else "aliases"


def last_for_record(repository: Repository, id_: str) -> tuple[RecordProposal, tuple[str, ...]]:
    """The last proposal for a record, and notes. Raises DiagnosticsError (D503) if it cannot be read."""
    path = stored.path_of(id_)
    return read_proposal(repository, path, stored.load, salvage_record, RecordProposal())


def merge_records(
    repository: Repository, offers: Offers, records: Mapping[str, Record], *, whole: bool
) -> tuple[tuple[RecordOutcome, ...], tuple[Diagnostic, ...]]:
    """Merge the offers into pending records; records that cannot be merged stay unchanged and are reported.

    `whole`: all articles were read, so that proposals that are no longer offered are withdrawn.
    """
    ids = sorted({*offers, *(stored.ids(repository.root) if whole else ())} & records.keys())
    taken = _taken(repository, offers, records)
    outcomes, problems = [], []
    for id_ in ids:
        if records[id_].status == "withdrawn":
            continue
        try:
            outcomes.append(_merged(repository, id_, offers.get(id_, ()), taken, whole=whole))
        except EditError as error:
            message = f"the record was left as it is: {error}. Change it by hand, then run this again"
            problems.append(Diagnostic(record_file(id_), 0, 0, "D502", message))
        except DiagnosticsError as error:
            problems += error.problems
        except Exception as error:  # noqa: BLE001 -- any error concerns this record only
            problems.append(trouble(record_file(id_), error))
    return tuple(outcomes), tuple(problems)


def _merged(
    repository: Repository, id_: str, new: Sequence[RecordOffer], taken: Mapping[str, str], *, whole: bool
) -> RecordOutcome:
    path = record_file(id_)
    last, notes = last_for_record(repository, id_)
    others = {name: other for name, other in taken.items() if other != id_}
    made = [offer for offer in last.offers if offer.maker]
    merged = merge_record(
        open_record(id_, path, repository.page(path)), last, (*new, *made), others, whole=whole
    )
    proposal = stored.dump(merged.proposal)
    repository.write(path, merged.text)
    if merged.proposal != RecordProposal() or repository.read(stored.path_of(id_)) is not None:
        repository.write(stored.path_of(id_), proposal)
    noted = (note for note in merged.notes if note not in last.notes)
    ended = (note for note in last.notes if note not in merged.notes)
    return RecordOutcome(path, merged, (*notes, *noted), tuple(ended))


def _taken(repository: Repository, offers: Offers, records: Mapping[str, Record]) -> dict[str, str]:
    """Folded names -> the id of the record that has the name, or for which it waits or is offered."""
    names: dict[str, str] = {}
    wanted = [
        (offer.value, id_) for id_, listed in offers.items() for offer in listed if offer.field == "aliases"
    ]
    waiting = [
        (value, id_)
        for id_, record in records.items()
        if record.status != "withdrawn"
        for value in _waiting(repository, id_)
    ]
    for value, id_ in (*wanted, *waiting):
        other = names.setdefault(fold(value), id_)
        names[fold(value)] = id_ if other == id_ else "more than one record"
    return names | {fold(name.text): id_ for id_, record in records.items() for name in record.strong_names}


def _waiting(repository: Repository, id_: str) -> tuple[str, ...]:
    data = repository.read(record_file(id_)) or b""
    if b"proposed:" not in data:
        return ()
    try:
        proposed = proposed_values(data.decode("utf-8", "replace"), record_file(id_))
    except DiagnosticsError:
        return ()
    return tuple(value for name, value in proposed if name == "aliases")


def removed_records(repository: Repository, records: Mapping[str, Record]) -> frozenset[str]:
    """Ids of records that an editor withdrew, or removed after drafting or import: they must not be proposed again."""
    retired = {old for record in records.values() for old in record.redirects}
    withdrawn = {id_ for id_, record in records.items() if record.status == "withdrawn"}
    return frozenset(
        {
            *(
                id_
                for id_ in (*stored.ids(repository.root), *imported.ids(repository.root))
                if id_ not in records and id_ not in retired
            ),
            *withdrawn,
        }
    )


def ids_of(entity: ProposedEntity) -> tuple[str, ...]:
    """The id of an entity, and without a record also the id of the draft that older versions made for it."""
    return (entity.entity,) if entity.known else (entity.entity, slug(entity.name))


def without(proposal: Proposal, out: frozenset[str], exempt: Collection[str] = ()) -> Proposal:
    """The proposal without the entities in `out`, unless they are in `exempt`, with a note about them."""
    left = [
        entity
        for entity in proposal.entities
        if not out.isdisjoint(ids_of(entity)) and entity.entity not in exempt
    ]
    if not left:
        return proposal
    ids = [entity.entity for entity in left]
    note = f"left out, since an editor removed or withdrew the record: {', '.join(ids)}"
    timeline = tuple(
        replace(entry, entities=tuple(id_ for id_ in entry.entities if id_ not in ids))
        for entry in proposal.timeline
    )
    entities = tuple(entity for entity in proposal.entities if entity not in left)
    return replace(proposal, entities=entities, timeline=timeline, notes=(*proposal.notes, note))


def orphans(
    repository: Repository, records: Mapping[str, Record], proposed: Collection[str]
) -> Iterator[tuple[str, str]]:
    """Pairs (path, advice) for drafted records that no page or proposal names any more."""
    made = [
        id_
        for id_ in stored.ids(repository.root)
        if id_ in records and id_ not in proposed and records[id_].status == "draft"
    ]
    if not made:
        return
    named: dict[str, set[str]] = {}
    for file in sorted((repository.root / "content").rglob("*.md")):
        path = file.relative_to(repository.root).as_posix()
        for found in set(_IDS.findall(repository.read(path) or b"")):
            named.setdefault(found.decode(), set()).add(path)
    for id_ in made:
        last, _ = last_for_record(repository, id_)
        if any(offer.field == "title" and offer.drafted for offer in last.offers) and named.get(
            id_, set()
        ) <= {record_file(id_)}:
            yield record_file(id_), "no page or proposal names it any more: remove it, or name it somewhere"


def withdrawn_offers(repository: Repository, content: Content, page: object) -> None:
    """Take out the proposals from a withdrawn page or for a withdrawn record. Raises DiagnosticsError."""
    if isinstance(page, Record):
        path = stored.path_of(page.id)
        if repository.read(path) is not None:
            repository.write(path, stored.dump(RecordProposal()))
    if not isinstance(page, ArticlePage):
        return
    for id_ in stored.ids(repository.root):
        last, _ = last_for_record(repository, id_)
        if id_ not in content.records or all(offer.article != page.id for offer in last.offers):
            continue
        path = record_file(id_)
        with suppress(EditError):  # a comment is beside it: it waits, and the next update reports it
            text, remaining = forget(open_record(id_, path, repository.page(path)), last, page.id)
            repository.write(path, text)
            repository.write(stored.path_of(id_), stored.dump(remaining))
