"""Several files changed as one: a journal first, so that a kill between two renames is made good by the next run.

`write_all` makes each file whole or not there at all; between two of its renames there is a moment at which the page is
new and its proposal old. The journal, `.dossier/pending.json`, says what was on its way. Who holds the
repository's lock calls `recover` before anything else.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from dossierkit.store.files import write_all

JOURNAL = ".dossier/pending.json"
_STAGED = re.compile(r"\.dossier-([0-9]+)-[0-9]+\.tmp\Z")  # the hidden names that `write_all` gives
_BYTES = "surrogateescape"  # sources may be in any encoding; so every byte comes back

Files = Mapping[str, bytes | None]


def commit(root: Path, files: Files) -> None:
    """Write all files (any bytes; keys: paths relative to `root`; None: the file goes). Raises as `write_all` does.

    Files that hold these bytes already are not touched. A failure that left something written leaves the journal
    too: the next `recover` goes on from there.
    """
    changed = {path: data for path, data in files.items() if _bytes(root, path) != data}
    if not changed:
        return
    if len(changed) == 1 and None not in changed.values():
        write_all(root, {path: data for path, data in changed.items() if data is not None})
        return
    plan = {
        path: {
            "old": _digest(_bytes(root, path)),
            "new": None if data is None else data.decode("utf-8", _BYTES),
        }
        for path, data in changed.items()
    }
    write_all(root, {JOURNAL: json.dumps(plan, indent=1).encode("ascii")})
    try:
        _write(root, changed)
    except BaseException:
        if all(_digest(_bytes(root, path)) == plan[path]["old"] for path in changed):
            _forget(root)
        raise
    _forget(root)


def recover(root: Path) -> tuple[str, ...]:
    """Finish what a killed run had begun. The paths that were written; () where nothing was on its way.

    Where a file was changed by somebody since, nothing is written: what stands is then what people made of it.
    """
    _sweep(root)
    journal = root / JOURNAL
    try:
        plan = json.loads(journal.read_bytes())
    except FileNotFoundError:
        return ()
    left = {path: _new(step) for path, step in plan.items() if _bytes(root, path) != _new(step)}
    if all(_digest(_bytes(root, path)) == plan[path]["old"] for path in left):
        _write(root, left)
    else:
        left = {}
    _forget(root)
    return tuple(left)


def _write(root: Path, files: Files) -> None:
    write_all(root, {path: data for path, data in files.items() if data is not None})
    for path, data in files.items():
        if data is None:
            (root / path).unlink(missing_ok=True)


def _sweep(root: Path) -> None:
    """Take away what killed processes had staged under hidden names."""
    for folder in ("content", "seeds", ".dossier"):
        for file in sorted((root / folder).rglob(".dossier-*.tmp")):
            found = _STAGED.match(file.name)
            if found and not _alive(int(found[1])):
                file.unlink(missing_ok=True)


def _alive(process: int) -> bool:
    """Whether a process of this id may still run; always, where there is no safe way to ask (Windows)."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _new(step: Mapping[str, Any]) -> bytes | None:
    return None if step["new"] is None else str(step["new"]).encode("utf-8", _BYTES)


def _bytes(root: Path, path: str) -> bytes | None:
    try:
        return (root / path).read_bytes()
    except FileNotFoundError:
        return None


def _digest(data: bytes | None) -> str:
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _forget(root: Path) -> None:
    with suppress(FileNotFoundError):
        (root / JOURNAL).unlink()
