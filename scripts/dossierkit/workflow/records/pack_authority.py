"""The packs of a repository as authority: their records, unless content/ has them, and the conversion of a record into a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from dossierkit.model.imported import ImportedRecord, ImportMemory
from dossierkit.model.record import Record
from dossierkit.store import imported, packs
from dossierkit.store.imported_record import page, value
from dossierkit.workflow.records.import_matching import Index, Match
from dossierkit.workflow.records.import_plan import memories, without_taken
from dossierkit.workflow.records.judgements import path_of
from dossierkit.workflow.repository import Repository, known_records


@dataclass(frozen=True, slots=True)
class PackRecords:
    """The records of packs that content/ does not have, by id. `sources`: the import source of each record's pack."""

    imported: Mapping[str, ImportedRecord]
    sources: Mapping[str, str]

    def files(self, root: Path, ids: Iterable[str]) -> dict[str, bytes]:
        """The files, by path, that turn those of `ids` that are not pages yet into pages; an article names them."""
        found: dict[str, bytes] = {}
        for id_ in ids:
            record = self.imported.get(id_)
            if record is not None and not (root / path_of(id_)).exists():
                memory = ImportMemory(self.sources[id_], record.key, record.facts)
                found[path_of(id_)] = page(record).encode()
                found[imported.path_of(id_)] = imported.dump([memory]).encode()
        return found


NONE = PackRecords({}, {})


def authority(root: Path) -> tuple[dict[str, Record], PackRecords]:
    """All records used in extraction: records of content/, and records of packs without a page.

    A record of a pack is left out if a record of content/ has its id, one of its identifiers or its title as a name, or if an
    editor removed its page. Its aliases are left out if an earlier record has them.
    """
    records = known_records(root)
    names = packs.used(root)
    if not names:
        return records, NONE
    known = memories(Repository(root))
    index = Index(records, known)
    made: dict[str, ImportedRecord] = {}
    sources: dict[str, str] = {}
    for pack in (_pack(root, name) for name in names):
        for new in pack.records:
            match = index.match(new, pack.source)
            if match == Match() and new.id not in {*records, *index.redirects, *known, *made}:
                own, _ = without_taken(new, index.holder)
                made[new.id], sources[new.id] = own, pack.source
                index.add(new.id, value(own, new.id, packs.path_of(pack.name)))
    both = records | {id_: index.records[id_] for id_ in made}
    return dict(sorted(both.items())), PackRecords(made, sources)


def _pack(root: Path, name: str) -> packs.Pack:
    path = packs.path_of(name)
    return packs.load((root / path).read_text(encoding="utf-8"), path)
