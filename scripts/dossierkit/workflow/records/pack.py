"""Starter packs: added to a repository, updated, removed and listed by `dossier authority pack NAME`; and as authority: their
records, unless content/ has them, each of which becomes a page when an article names it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from dossierkit.model.imported import ImportedRecord, ImportMemory
from dossierkit.model.record import Record
from dossierkit.store import imported, packs
from dossierkit.store.content import record_file
from dossierkit.store.imported import page, value
from dossierkit.text import data
from dossierkit.workflow.proposing import setting
from dossierkit.workflow.records.import_matching import Index, Match
from dossierkit.workflow.records.import_plan import ImportOutcome, Plan, memories, without_taken
from dossierkit.workflow.repository import Repository, exclusive, known_records


def listing(root: Path) -> Iterator[str]:
    """Every shipped pack, and whether the repository uses it."""
    lang = _language(root)
    for name in data.packs():
        text = packs.titled(data.pack(name), lang)
        pack = packs.load(text, name)
        yield f"{name}: {pack.title}: {len(pack.records):,} records, as of {pack.date}{_state(root, name, text)}"


def _state(root: Path, name: str, text: str) -> str:
    file = root / packs.path_of(name)
    if not file.is_file():
        return ""
    same = file.read_text(encoding="utf-8") == text
    return (
        " (used here)"
        if same
        else " (used here in another version: run `dossier authority pack " + name + "` to update)"
    )


def run(
    root: Path, names: Sequence[str], *, remove: bool, write: bool
) -> tuple[tuple[str, ...], list[ImportOutcome]]:
    """Add, update or remove packs. Returns messages, and the outcomes for existing records.

    Raises click.UsageError, and DiagnosticsError before anything is written.
    """
    unknown = [name for name in names if name not in (packs.used(root) if remove else data.packs())]
    if unknown:
        there = ", ".join(packs.used(root) if remove else data.packs())
        raise click.UsageError(f"no pack `{unknown[0]}`: there are {there or 'none'}")
    with exclusive(root):
        listed = tuple(dict.fromkeys(names))
        if remove:
            repository, done = _removed(root, listed), "removed" if write else "would be removed"
            lines, outcomes = [f"{packs.path_of(name)}: {done}" for name in listed], list[ImportOutcome]()
        else:
            repository, lines, outcomes = _used(root, listed)
        if write:
            repository.commit()
    return tuple(lines), outcomes


def _language(root: Path) -> str:
    """The language of the site (BCP 47)."""
    return setting(root, "theme", "language") or "en"


def _removed(root: Path, names: Iterable[str]) -> Repository:
    repository = Repository(root)
    for name in names:
        repository.put(packs.path_of(name), None)
    return repository


def _used(root: Path, names: Sequence[str]) -> tuple[Repository, list[str], list[ImportOutcome]]:
    """The changes by packs, one after the other; the records of the repository are read once."""
    lines: list[str] = []
    outcomes: list[ImportOutcome] = []
    plan: Plan | None = None
    lang = _language(root)
    for name in names:
        path, text = packs.path_of(name), packs.titled(data.pack(name), lang)
        pack = packs.load(text, path)
        plan = plan.then(pack.source, path) if plan else Plan(root, pack.source, path, matched_only=True)
        before = plan.repository.read(path)
        outcomes += plan.outcomes(pack.records)
        plan.repository.write(path, text)
        lines.append(f"{path}: {_difference(before, pack, path)}, as of {pack.date}")
    return plan.repository if plan else Repository(root), lines, outcomes


def _difference(before: bytes | None, pack: packs.Pack, path: str) -> str:
    """What a new version of a pack changes, in words."""
    count = f"{len(pack.records):,} records"
    if before is None:
        return count
    old = {
        record.id: _facts(record) for record in packs.load(before.decode("utf-8", "replace"), path).records
    }
    new = {record.id: _facts(record) for record in pack.records}
    changed = sum(old[id_] != new[id_] for id_ in old.keys() & new.keys())
    if not changed and old.keys() == new.keys():
        return f"{count}, as they were"
    return f"{count}: {len(new.keys() - old.keys())} added, {len(old.keys() - new.keys())} removed, {changed} changed"


def _facts(record: ImportedRecord) -> tuple[object, ...]:
    return record.facts, record.origins


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
            if record is not None and not (root / record_file(id_)).exists():
                memory = ImportMemory(self.sources[id_], record.key, record.facts)
                found[record_file(id_)] = page(record).encode()
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
