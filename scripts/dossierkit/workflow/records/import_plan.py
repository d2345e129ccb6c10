"""Merges imported records in memory, as a preview; the caller may then write the result."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from dossierkit.merge.imported import ImportContext, merge_import
from dossierkit.merge.record import mark, open_record
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.imported import ImportedRecord, ImportMemory
from dossierkit.store import imported as stored
from dossierkit.store.content import record_file
from dossierkit.store.edit import EditError
from dossierkit.store.imported import page, value
from dossierkit.store.page_parser import record as read_record
from dossierkit.text.fold import fold, slug
from dossierkit.text.number_of import number_of
from dossierkit.text.recordfacts import fact_properties
from dossierkit.workflow.records.import_matching import Index, Match
from dossierkit.workflow.records.record_offers import last_for_record
from dossierkit.workflow.repository import Repository, known_records

GONE = "no longer in the source"
_GONE = "it may have been withdrawn or merged there: ask, then `dossier withdraw` or `dossier merge` it here too, or leave it"


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What an import does to one record, in words. `state`: new | changed | proposed | unchanged | left out | GONE."""

    place: str
    title: str
    state: str
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Plan:
    """An import with pending files. `matched_only`: create no records. Raises DiagnosticsError for an unreadable record."""

    def __init__(self, root: Path, source: str, path: str, *, matched_only: bool = False) -> None:
        records = known_records(root)
        self.repository = Repository(root)
        self.source = source
        self.path = path
        self.matched_only = matched_only
        found = memories(self.repository)
        self.index = Index(records, found)
        self.memories = self.index.by_record(found)
        self.used = {*records, *self.index.redirects, *found}
        self.made: dict[str, ImportedRecord] = {}

    def then(self, source: str, path: str) -> Plan:
        """A plan for another input after this one, with the same records and pending files."""
        further = copy(self)
        further.source, further.path, further.made = source, path, {}
        return further

    def outcomes(self, records: Iterable[ImportedRecord]) -> list[ImportOutcome]:
        """The outcome for each imported record, in order."""
        listed = tuple(records)
        titles = _lines_of_titles(() if self.matched_only else listed)
        pairs = (without_titles(new, titles) for new in listed)
        found = ((self._one(new), conflicts) for new, conflicts in pairs)
        return [
            replace(one, conflicts=(*conflicts, *one.conflicts))
            for one, conflicts in found
            if one is not None
        ]

    def missing(self, records: Iterable[ImportedRecord]) -> Iterator[ImportOutcome]:
        """The records of this source's earlier imports that an input with all of its records has no more."""
        keys = {record.key for record in records}
        for id_, listed in sorted(self.memories.items()):
            is_missing = any(memory.source == self.source and memory.key not in keys for memory in listed)
            record = self.index.records.get(id_)
            if is_missing and record is not None and record.status != "withdrawn":
                yield ImportOutcome(record_file(id_), f"{record.title} ({record.type})", GONE, notes=(_GONE,))

    def _one(self, new: ImportedRecord) -> ImportOutcome | None:
        match = self.index.match(new, self.source)
        title = f"{new.one('title')} ({new.one('type')})"
        place = f"{self.path}:{new.line}:{new.col}" if new.line else new.id
        if match.conflict or match.skipped:
            return ImportOutcome(
                place, title, "left out", conflicts=_one(match.conflict), notes=_one(match.skipped)
            )
        if match.id in self.made:
            first = self.made[match.id]
            why = f"it is the same as the record of line {first.line}: keep one, or give each an identifier"
            return ImportOutcome(place, title, "left out", conflicts=(why,))
        if not match.id:
            return None if self.matched_only else self._new(new, title)
        try:
            return self._merged(new, match, title)
        except EditError as error:
            why = f"`{match.id}` cannot be edited in place ({error}): edit it by hand"
            return ImportOutcome(place, title, "left out", conflicts=(why,))

    def _new(self, new: ImportedRecord, title: str) -> ImportOutcome:
        id_ = self._id(new)
        own, conflicts = without_taken(new, self.index.holder)
        record = value(own, id_, record_file(id_))
        self.repository.write(record_file(id_), page(own))
        self._remember(id_, ImportMemory(self.source, new.key, own.facts))
        self.index.add(id_, record)
        self.used.add(id_)
        self.made[id_] = new
        return ImportOutcome(record_file(id_), title, "new", tuple(_names(own)), conflicts=tuple(conflicts))

    def _id(self, new: ImportedRecord) -> str:
        """The id that the input gives, or one made from the name, with the type or a number if it is taken."""
        base = slug(new.one("title"))
        wanted = [new.id] if new.id else []
        wanted += [base, f"{base}-{new.one('type')}"]
        free = next((id_ for id_ in wanted if id_ not in self.used), "")
        number = 2
        while not free:
            free = f"{base}-{number}" if f"{base}-{number}" not in self.used else ""
            number += 1
        return free

    def _merged(self, new: ImportedRecord, match: Match, title: str) -> ImportOutcome:
        id_ = match.id
        path = record_file(id_)
        last = next(
            (
                memory
                for memory in self.memories.get(id_, ())
                if memory.source == self.source and memory.key == new.key
            ),
            None,
        )
        current = open_record(id_, path, self.repository.page(path))
        context = ImportContext(partial(self.index.holder, but=id_), self._rejected(id_), sure=match.sure)
        made = merge_import(current, last, new, self.source, context)
        self.repository.write(path, made.text)
        self._remember(id_, made.memory)
        record, _ = read_record(id_, path, made.text.replace("\r\n", "\n"))
        self.index.add(id_, record)
        self.made[id_] = new
        changes = (tuple(made.added), tuple(made.removed), tuple(made.changed), tuple(made.conflicts))
        state = "unchanged" if not any(changes[:3]) else "changed" if match.sure else "proposed"
        return ImportOutcome(path, title, state, *changes)

    def _rejected(self, id_: str) -> frozenset[tuple[str, str]]:
        """Values that editors rejected for the record when articles proposed them."""
        try:
            last, _ = last_for_record(self.repository, id_)
        except DiagnosticsError:  # `dossier update` reports it when it reads that file
            return frozenset()
        return frozenset(mark(offer.field, offer.value) for offer in last.rejected)

    def _remember(self, id_: str, memory: ImportMemory) -> None:
        listed = [
            import_memory
            for import_memory in self.memories.get(id_, ())
            if (import_memory.source, import_memory.key) != (memory.source, memory.key)
        ]
        self.memories[id_] = (*listed, memory)
        self.repository.write(stored.path_of(id_), stored.dump(self.memories[id_]))
        for old, new in self.index.redirects.items():
            if new == id_:
                self.repository.put(stored.path_of(old), None)


def memories(repository: Repository) -> dict[str, tuple[ImportMemory, ...]]:
    """Import memories by the id of the record's file; ids may be outdated after renaming or merging. Raises DiagnosticsError."""
    found: dict[str, tuple[ImportMemory, ...]] = {}
    for id_ in stored.ids(repository.root):
        path = stored.path_of(id_)
        found[id_] = stored.load(repository.text(path), path)
    return found


def _lines_of_titles(records: Iterable[ImportedRecord]) -> dict[str, dict[str, int]]:
    """Folded title -> key of each record of an input that has it -> its line."""
    found: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for record in records:
        found[fold(record.one("title"))].setdefault(record.key, record.line)
    return found


def without_titles(
    new: ImportedRecord, titles: Mapping[str, Mapping[str, int]]
) -> tuple[ImportedRecord, list[str]]:
    """The record without aliases that are the titles of others in its input, and notes about them."""
    others = {
        fact: line
        for fact in new.each("aliases")
        for key, line in titles.get(fold(fact.value), {}).items()
        if key != new.key
    }
    words = [
        f"alias: “{fact.value}” is the name of another record, line {line}: it is left out here"
        for fact, line in others.items()
    ]
    return replace(new, facts=tuple(fact for fact in new.facts if fact not in others)), words


def without_taken(new: ImportedRecord, taken: Callable[[str], str]) -> tuple[ImportedRecord, list[str]]:
    """The record without aliases that other records have, and notes about them."""
    out = {fact: other for fact in new.each("aliases") if (other := taken(fold(fact.value)))}
    words = [
        f"alias: “{fact.value}” is a name of `{other}` already: it is left out here"
        for fact, other in out.items()
    ]
    return replace(new, facts=tuple(fact for fact in new.facts if fact not in out)), words


def _names(new: ImportedRecord) -> Iterator[str]:
    """The properties of a new record besides title and type, in words."""
    counted = (
        (len(new.each("aliases")), "alias", "aliases"),
        (len(new.each("weak_aliases")), "weak alias", "weak aliases"),
        (len(new.each("same_as")), "identifier", "identifiers"),
    )
    yield from (number_of(number, one, many) for number, one, many in counted if number)
    yield from (name for name in ("description", "location", *fact_properties()) if new.one(name))


def _one(words: str) -> tuple[str, ...]:
    return (words,) if words else ()


def lines(outcomes: Sequence[ImportOutcome]) -> Iterator[str]:
    """The outcomes as lines to print, with a summary."""
    for outcome in outcomes:
        if outcome.state == "unchanged" and not outcome.conflicts:
            continue
        if outcome.state == "new":
            also = f": {', '.join(outcome.added)}" if outcome.added else ""
            yield f"{outcome.place}: new record, {outcome.title}{also}"
        else:
            yield f"{outcome.place}: {outcome.state}, {outcome.title}"
            yield from (f"  + {words}" for words in outcome.added)
        yield from (f"  - {words}" for words in outcome.removed)
        yield from (f"  ~ {words}" for words in outcome.changed)
        yield from (f"  ! {words}" for words in outcome.conflicts)
        yield from (f"  note: {words}" for words in outcome.notes)
    yield summary(outcomes)


def summary(outcomes: Sequence[ImportOutcome]) -> str:
    """The number of records in each state, in words."""
    counted = [
        (sum(outcome.state == state for outcome in outcomes), state)
        for state in ("new", "changed", "proposed", "unchanged", "left out")
    ]
    conflicts = sum(len(outcome.conflicts) for outcome in outcomes)
    parts = [f"{number:,} {state}" for number, state in counted if number] or ["no record changes"]
    return f"{', '.join(parts)}; {conflicts:,} conflict{'s' * (conflicts != 1)}"
