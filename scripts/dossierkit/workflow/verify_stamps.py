"""Verifies time stamps beside a manifest or beside sources, for `dossier verify`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.workflow.stamping import AUTHORITIES, Stamp, StampError, stamped, verified


def named_or_own(named: Path | None, root: Path, path: str) -> Path | None:
    """The named file, or else the file at `path` in the repository at `root`; None if there is neither."""
    own = root / path
    return named or (own if own.is_file() else None)


def looked_at(path: str, token: bytes, data: bytes, roots: Path | None) -> Stamp | Diagnostic:
    """The stamp at `path` for these bytes, or its problem."""
    try:
        found = verified(token, data, roots)
    except StampError as error:
        message = f"the time stamp {error}"
        return Diagnostic(path, 0, 0, "D619", message)
    if found.confirmed:
        return found
    message = f"the time stamp says {found.when}, but its authority is unknown: name root certificates with --authorities"
    return Diagnostic(path, 0, 0, "D620", message, "warning")


def of_seeds(root: Path) -> Iterator[Stamp | Diagnostic]:
    """The stamp of every stamped source, or its problem."""
    roots = named_or_own(None, root, AUTHORITIES)
    for path, file, token in stamped(root):
        if file.is_file():
            yield looked_at(f"{path}.tsr", token.read_bytes(), file.read_bytes(), roots)
        else:
            message = (
                "the time stamp has no source beside it: restore the source from git, or remove the stamp"
            )
            yield Diagnostic(f"{path}.tsr", 0, 0, "D619", message)
