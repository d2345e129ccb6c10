"""`dossier update --metadata TABLE`: what a curator knows of sources that are there already, written beside them."""

from __future__ import annotations

from pathlib import Path

from dossierkit.store.commit import commit
from dossierkit.workflow.adding.source_table import load, written
from dossierkit.workflow.proposing import beside
from dossierkit.workflow.repository import Repository, exclusive


def run(root: Path, table: Path) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write seeds/NAME.yml for every row; the sources whose pages are to be updated, and what was written.

    Raises DiagnosticsError before anything is written.
    """
    found = load(table)
    with exclusive(root):
        sources = found.in_seeds(root)
        repository = Repository(root)
        for seed, row in sources.items():
            path = beside(seed, ".yml")
            repository.write(path, written(repository.read(path), row, path).decode())
        lines = tuple(f"{path}: written" for path in sorted(repository.pending))
        commit(root, repository.pending)
    return tuple(root / seed for seed in sources), lines
