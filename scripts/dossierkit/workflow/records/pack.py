"""`dossier authority pack NAME`: starter packs added to a repository, updated, removed, and listed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from dossierkit.model.imported import ImportedRecord
from dossierkit.store import packs
from dossierkit.text import data
from dossierkit.workflow.records.import_plan import ImportOutcome, Plan
from dossierkit.workflow.repository import Repository, exclusive


def listing(root: Path) -> Iterator[str]:
    """Every shipped pack, and whether the repository uses it."""
    for name in data.packs():
        text = data.pack(name)
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
    lines: list[str] = []
    outcomes: list[ImportOutcome] = []
    with exclusive(root):
        for name in dict.fromkeys(names):
            repository = _removed(root, name) if remove else _used(root, name, lines, outcomes)
            if remove:
                lines.append(f"{packs.path_of(name)}: {'removed' if write else 'would be removed'}")
            if write:
                repository.commit()
    return tuple(lines), outcomes


def _removed(root: Path, name: str) -> Repository:
    repository = Repository(root)
    repository.put(packs.path_of(name), None)
    return repository


def _used(root: Path, name: str, lines: list[str], outcomes: list[ImportOutcome]) -> Repository:
    path, text = packs.path_of(name), data.pack(name)
    pack = packs.load(text, path)
    plan = Plan(root, pack.source, path, matched_only=True)
    before = plan.repository.read(path)
    outcomes += plan.outcomes(pack.records)
    plan.repository.write(path, text)
    lines.append(f"{path}: {_difference(before, pack, path)}, as of {pack.date}")
    return plan.repository


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
