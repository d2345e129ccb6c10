"""Changes of records that follow from decisions in a review: aliases, "not the same", and removal of unused drafts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from dossierkit.merge.unreviewed import as_drafted
from dossierkit.model.decision import Decision
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.proposal import ProposedEntity, RecordProposal
from dossierkit.model.record import Record
from dossierkit.store import decisions
from dossierkit.store import record_proposal as stored
from dossierkit.store.content import record_file
from dossierkit.store.edit import Append, apply
from dossierkit.text.fold import fold
from dossierkit.workflow.repository import Repository

_MOST = 9


def keep_apart(repository: Repository, one: str, other: str, records: Mapping[str, Record]) -> None:
    """State in each record that it is not the other. Raises EditError."""
    for id_, not_id in ((one, other), (other, one)):
        if id_ in records and not_id not in records[id_].not_same_as:
            text = apply(repository.page(record_file(id_)), [Append(("not_same_as",), not_id)])
            repository.write(record_file(id_), text)


def give_aliases(repository: Repository, to: str, names: Iterable[str]) -> None:
    """Add the names to the record's aliases. Raises EditError."""
    added = (Append(("aliases",), name) for name in names)
    repository.write(record_file(to), apply(repository.page(record_file(to)), added))


def decide_for_all(repository: Repository, *new: Decision) -> None:
    """Add decisions to the site-wide decisions. Raises DiagnosticsError (D410)."""
    text = repository.text(decisions.PATH)
    repository.write(decisions.PATH, decisions.all_added(text, new))


def clear_draft(
    repository: Repository, id_: str, page: str, records: Mapping[str, Record], *, moved: bool
) -> None:
    """Remove the drafted record of a rejected entity, unless a person wrote or edited it, or a page uses it.

    `moved`: whether its names are in another record now, so that those which a person added are not lost with it.
    """
    record, memory = records.get(id_), stored.path_of(id_)
    if record is None or repository.read(memory) is None:
        return  # only what a program drafted has a memory
    drafted = record.bare if moved else as_drafted(record, _remembered(repository, memory))
    if not drafted or _named(repository, id_, page):
        return
    for path in (record_file(id_), memory):
        repository.put(path, None)


def _remembered(repository: Repository, path: str) -> RecordProposal:
    """What was proposed for a record; nothing if it cannot be read, since the record may then be a person's."""
    try:
        return stored.load(repository.text(path), path)
    except DiagnosticsError:
        return RecordProposal()


def _named(repository: Repository, id_: str, but: str) -> bool:
    """Whether another page below content/ contains the id; a fast search of bytes that may report too many."""
    own = {but, record_file(id_)}
    for file in sorted((repository.root / "content").rglob("*.md")):
        path = file.relative_to(repository.root).as_posix()
        if path not in own and id_.encode() in (repository.read(path) or b""):
            return True
    return False


def candidates(
    words: str, records: Mapping[str, Record], entity: ProposedEntity | None = None, first: Iterable[str] = ()
) -> tuple[Record, ...]:
    """At most nine records that an editor may mean by `words`, or by the names of an entity, best first.

    `first`: ids that come before all others.
    """
    wanted = [fold(words)] if words else [fold(form) for form in _forms(entity)]
    scored = [
        (-_likeness(wanted, record), record.id)
        for record in records.values()
        if record.id != (entity.entity if entity else "") and record.status != "withdrawn"
    ]
    found = [id_ for score, id_ in sorted(scored) if score]
    ids = dict.fromkeys([*(id_ for id_ in first if id_ in records), *found])
    return tuple(records[id_] for id_ in list(ids)[:_MOST])


def _forms(entity: ProposedEntity | None) -> Iterator[str]:
    if entity is not None:
        yield entity.name
        yield from entity.forms


def _likeness(wanted: Iterable[str], record: Record) -> int:
    """The most words that a name of the record shares with one of the wanted names; beginnings of words count too."""
    names = [*map(fold, record.names), record.id.replace("-", " ")]
    return max((_shared(one.split(), name.split()) for one in wanted for name in names), default=0)


def _shared(one: list[str], other: list[str]) -> int:
    return sum(
        any(there.startswith(word) or (len(there) > 2 and word.startswith(there)) for there in other)
        for word in one
        if len(word) > 1
    )
