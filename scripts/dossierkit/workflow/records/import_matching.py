"""Matches imported records with existing ones: by earlier imports, by identifiers, by exact name; never by similarity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dossierkit.model.imported import ImportedRecord, ImportMemory
from dossierkit.model.record import Record
from dossierkit.store.imported import hidden
from dossierkit.text.fold import fold, name_id
from dossierkit.text.identifier import canonical
from dossierkit.text.number_of import in_code


@dataclass(frozen=True, slots=True)
class Match:
    """`id`: of the existing record, empty if there is none. `sure`: matched by an identifier or by an earlier import.

    `conflict`: why the imported record is left out, in words; `skipped`: the same if an editor decided so.
    """

    id: str = ""
    sure: bool = False
    conflict: str = ""
    skipped: str = ""


class Index:
    """The records of a repository, indexed for matching. Records that an import creates are added."""

    def __init__(self, records: Mapping[str, Record], memories: Mapping[str, Iterable[ImportMemory]]) -> None:
        self.records = dict(records)
        self.redirects = {old: id_ for id_, record in records.items() for old in record.redirects}
        self.imported = {
            (memory.source, memory.key): (id_, memory)
            for id_, listed in memories.items()
            for memory in listed
        }
        self.identified: defaultdict[str, set[str]] = defaultdict(set)
        self.named: defaultdict[str, set[str]] = defaultdict(set)
        self.withdrawn: dict[str, str] = {}
        for id_, record in records.items():
            self.add(id_, record)

    def add(self, id_: str, record: Record) -> None:
        """Index one more record. A withdrawn record has no names but those that its tombstone keeps."""
        self.records[id_] = record
        if record.withdrawn:
            ids = (name_id(record.title, record.type), f"{id_}-{record.type}", *record.withdrawn.named_as)
            self.withdrawn |= dict.fromkeys(ids, id_)
        if record.status == "withdrawn":
            return
        for identifier in record.same_as:
            self.identified[canonical(identifier)].add(id_)
        for name in record.strong_names:
            self.named[fold(name.text)].add(id_)

    def match(self, new: ImportedRecord, source: str) -> Match:
        """The existing record that an imported one matches, or why it is left out."""
        identifiers = {canonical(fact.value) for fact in new.each("same_as")}
        before = self.imported.get((source, new.key)) or self.imported.get((source, hidden(new.key)))
        if before:
            return self._as_before(*before, identifiers)
        ids = sorted({id_ for identifier in identifiers for id_ in self.identified.get(identifier, ())})
        if len(ids) > 1:
            return Match(
                conflict=f"its identifiers are those of {in_code(ids)}: merge the records, or correct one"
            )
        if ids:
            return Match(ids[0], sure=True)
        names = (new.one("title"), *(fact.value for fact in new.each("aliases")))
        known = (name_id(name, new.one("type")) for name in names)
        withdrawn = next((self.withdrawn[id_] for id_ in known if id_ in self.withdrawn), "")
        return _withdrawn(withdrawn) if withdrawn else self._by_name(new, identifiers)

    def _as_before(self, before: str, memory: ImportMemory, identifiers: set[str]) -> Match:
        """The record of the last import; sure if that import created it, or an identifier confirms it."""
        id_ = self.redirects.get(before, before)
        record = self.records.get(id_)
        if record is None:
            return Match(skipped=f"the record `{before}` was removed here: it is not imported again")
        if record.status == "withdrawn":
            return _withdrawn(id_)
        made = any(fact.field == "title" for fact in memory.facts)
        return Match(
            id_, sure=made or any(id_ in self.identified.get(identifier, ()) for identifier in identifiers)
        )

    def _by_name(self, new: ImportedRecord, identifiers: set[str]) -> Match:
        title = sorted(self.named.get(fold(new.one("title")), ()))
        others = {id_ for fact in new.each("aliases") for id_ in self.named.get(fold(fact.value), ())}
        alike = [id_ for id_ in title or sorted(others) if self.records[id_].type == new.one("type")]
        if len(alike) > 1:
            return Match(
                conflict=f"its names are those of {in_code(alike)}: give it an identifier that one of them has"
            )
        if alike:
            return self._alike(alike[0], identifiers)
        if title:
            other = self.records[title[0]]
            return Match(
                conflict=f"`{other.id}` has that name, and is of the type {other.type}: give one of them another name"
            )
        return Match()

    def _alike(self, id_: str, identifiers: set[str]) -> Match:
        """A match with a record of the same name and type, unless the two have different identifiers of one authority."""
        mine = {one.partition(":")[0]: one for one in map(canonical, self.records[id_].same_as)}
        for identifier in sorted(identifiers):
            other = mine.get(identifier.partition(":")[0], identifier)
            if other != identifier and not identifier.startswith("http"):
                why = f"`{id_}` has that name and is {other}, not {identifier}: give one of them another name"
                return Match(conflict=why)
        return Match(id_)

    def holder(self, name: str, but: str = "") -> str:
        """The id of a record other than `but` with a folded strong name; empty if there is none."""
        return next((id_ for id_ in sorted(self.named.get(name, ())) if id_ != but), "")

    def by_record(
        self, memories: Mapping[str, Iterable[ImportMemory]]
    ) -> dict[str, tuple[ImportMemory, ...]]:
        """Import memories by the present ids of their records."""
        found: dict[str, tuple[ImportMemory, ...]] = {}
        for id_, listed in memories.items():
            now = self.redirects.get(id_, id_)
            found[now] = (*found.get(now, ()), *listed)
        return found


def _withdrawn(id_: str) -> Match:
    return Match(skipped=f"the record `{id_}` was withdrawn: nothing is imported into it")
