"""Writes several files as one change, with a journal, so that the next command completes a change that was interrupted.

`write_all` writes each file completely or not at all; but between two of its renames, the page is new and its proposal old.
The journal, `pending.json` in the user's state folder of the repository, lists the files of the change. Whoever has locked the
repository calls `recover` before anything else. Only files below `content/` and `seeds/` are written or removed.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.store.files import OutsideError, removable, sync_folder, write_all
from dossierkit.store.lock import holder
from dossierkit.store.state import present_state, state_folder

JOURNAL = "pending.json"
SET_ASIDE = "pending-*.json"
"""Names of journals that could not be used."""
_FOLDERS = ("content", "seeds")
_STAGED = re.compile(r"\.dossier-([0-9]+)-[0-9]+\.tmp\Z")  # hidden names that `write_all` uses

Files = Mapping[str, bytes | None]
_DIGEST = re.compile(r"(?:[0-9a-f]{64})?")
_BYTES = "surrogateescape"  # sources may be in any encoding, and every byte must be restored


class ChangedOnDiskError(DiagnosticsError):
    """Files that somebody changed after a command had read them (D511). Nothing was written."""


def commit(root: Path, files: Files, digests: Mapping[str, str] = MappingProxyType({})) -> None:
    """Write all files (keys: paths relative to `root`; values: bytes, or None to remove the file). Raises as `write_all` does.

    `digests`: by path, the `digest` of what a file had when the command read it. If one of the files has other bytes by now, none is
    written: raises ChangedOnDiskError, after one last look when all is ready to be renamed. A file that is not in `digests` may have
    any bytes. Files with the new bytes already are not touched. A failure after some files were written leaves the journal,
    from which the next `recover` continues. Raises OutsideError for paths that are not below `content/` or `seeds/`.
    """
    _check(root, files)
    now = {path: _bytes(root, path) for path in files}
    steps = [
        Step(path, digests.get(path, digest(now[path])), data)
        for path, data in files.items()
        if now[path] != data
    ]
    if not steps:
        return
    if len(steps) == 1 and steps[0].new is not None:
        _write(root, steps)
        return
    folder = state_folder(root)
    write_all(folder, {JOURNAL: dump(steps)})
    try:
        _write(root, steps)
    except BaseException as error:
        if isinstance(error, ChangedOnDiskError) or all(_is_old(root, step) for step in steps):
            _forget(folder)
        raise
    _forget(folder)


def recover(root: Path) -> tuple[str, ...]:
    """Finish the writes of an interrupted command; returns a message for each file.

    If one of the files was changed since, nothing is written. Raises DiagnosticsError (D506) if the journal is damaged or not
    of this repository (it is then set aside and not carried out), or if the system prevents finishing it.
    """
    folder = state_folder(root)
    journal = folder / JOURNAL
    done: tuple[str, ...] = ()
    if journal.exists():
        try:
            done = _carry_out(root, load(journal.read_bytes()))
        except (JournalError, OutsideError) as error:
            raise DiagnosticsError([_set_aside(journal, str(error))]) from None
        except OSError as error:
            raise DiagnosticsError([_stuck(journal, error)]) from None
        _forget(folder)
    return (*done, *_sweep(root, folder))


def half_changed(root: Path) -> bool:
    """Whether a command was interrupted between two of its files, or its journal cannot be read. For those who change nothing."""
    try:
        folder = present_state(root)
        data = (folder / JOURNAL).read_bytes()
    except OSError:
        return False
    if (process := holder(folder)) and _alive(process):
        return False
    try:
        steps = load(data)
        _check(root, {step.path: step.new for step in steps})
        return any(_bytes(root, step.path) != step.new for step in steps)
    except (JournalError, OutsideError, OSError):
        return True


def interrupted(root: Path) -> Iterator[Diagnostic]:
    """D513 if a command was interrupted when it had changed a part of its files."""
    if half_changed(root):
        message = (
            "a command was interrupted when it had changed only some of its files: run `dossier update`, which first finishes "
            "that command. Change nothing by hand before"
        )
        yield Diagnostic(".", 0, 0, "D513", message)


def abandoned(file: Path) -> bool:
    """Whether it is a part of a file that `write_all` was writing in a process that has ended since."""
    found = _STAGED.match(file.name)
    return found is not None and not _alive(int(found[1]))


def _carry_out(root: Path, steps: tuple[Step, ...]) -> tuple[str, ...]:
    """Write what is not written yet, after checking every file. Raises OutsideError before anything is written, and OSError."""
    _check(root, {step.path: step.new for step in steps})
    left = [step for step in steps if _bytes(root, step.path) != step.new]
    changed = [step.path for step in left if not _is_old(root, step)]
    if not changed:
        _write(root, left)
    return tuple(_dropped(steps, left, changed) if changed else _finished(left))


def _finished(left: Iterable[Step]) -> Iterator[str]:
    for step in left:
        what = "removed" if step.new is None else "written"
        yield f"{step.path}: {what}, to finish a command that was interrupted"


def _dropped(steps: Iterable[Step], left: Iterable[Step], changed: Sequence[str]) -> Iterator[str]:
    """Messages about a command that cannot be finished: which of its files have the new bytes, and which do not."""
    undone = {step.path for step in left}
    more = f" (and {len(changed) - 1} more)" if len(changed) > 1 else ""
    why = f"since {changed[0]}{more} was changed after it"
    for step in steps:
        if step.path not in undone:
            yield f"{step.path}: stays as a command that was interrupted left it"
        else:
            yield f"{step.path}: stays as it is; a command that was interrupted is not finished, {why}: run it again"


def _check(root: Path, files: Files) -> None:
    """Raises OutsideError for a path that is not below the folders of pages and sources."""
    for path, data in files.items():
        target = removable(root, path)
        top = root.resolve()
        below = target.parent.resolve().relative_to(top).parts
        if PurePosixPath(path).parts[0] not in _FOLDERS or not below or below[0] not in _FOLDERS:
            raise OutsideError(f"`{path}` is not below content/ or seeds/")
        if data is not None and target.is_symlink():
            raise OutsideError(f"`{path}` is a symbolic link: replace it by a file")


def _set_aside(journal: Path, why: str) -> Diagnostic:
    names = (journal.with_name(SET_ASIDE.replace("*", str(number))) for number in count(1))
    aside = next(name for name in names if not name.exists())
    journal.replace(aside)
    message = (
        f"the journal of an interrupted command cannot be used: {why}. Nothing of it was done, and it is kept as {aside}: look with "
        "`git status` for files that are half changed, put them right, then run this command again"
    )
    return Diagnostic(str(journal), 0, 0, "D506", message)


def _stuck(journal: Path, error: OSError) -> Diagnostic:
    message = (
        f"an interrupted command cannot be finished: {error.filename or '.'}: {error.strerror or error}. Put that right and run this "
        "command again; or move the journal away, and look with `git status` for files that are half changed"
    )
    return Diagnostic(str(journal), 0, 0, "D506", message)


def _write(root: Path, steps: Sequence[Step]) -> None:
    """Raises ChangedOnDiskError before a file is replaced or removed."""
    new = {step.path: step.new for step in steps if step.new is not None}
    write_all(root, new, lambda: _refuse_changed(root, steps))
    gone = [removable(root, step.path) for step in steps if step.new is None]
    for file in gone:
        file.unlink(missing_ok=True)
    for folder in dict.fromkeys(file.parent for file in gone):
        sync_folder(
            folder
        )  # before the journal is removed: else a power cut could bring a withdrawn file back for good


def _refuse_changed(root: Path, steps: Iterable[Step]) -> None:
    message = "changed while the command ran, and is left as it is: run the command again"
    changed = [Diagnostic(step.path, 0, 0, "D511", message) for step in steps if not _is_old(root, step)]
    if changed:
        raise ChangedOnDiskError(changed)


def _sweep(root: Path, state: Path) -> Iterator[str]:
    """Remove temporary files of killed processes; yields a message for each in the repository."""
    for file in _staged(state):
        file.unlink(missing_ok=True)
    for folder in (root / name for name in _FOLDERS):
        for file in _staged(folder) if not folder.is_symlink() else ():
            file.unlink(missing_ok=True)
            name = file.relative_to(root).as_posix()
            yield f"{name}: removed, the part of a file that an interrupted command had written"


def _staged(folder: Path) -> Iterator[Path]:
    return filter(abandoned, sorted(folder.rglob(".dossier-*.tmp")))


def _alive(process: int) -> bool:
    """Whether a process with this id may still run; always True if there is no safe way to find out (Windows)."""
    if sys.platform == "win32":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _is_old(root: Path, step: Step) -> bool:
    return digest(_bytes(root, step.path)) == step.old


def _bytes(root: Path, path: str) -> bytes | None:
    try:
        return (root / path).read_bytes()
    except FileNotFoundError:
        return None


def digest(data: bytes | None) -> str:
    """The SHA-256 of a file's bytes in hexadecimal digits; empty for no file."""
    return "" if data is None else hashlib.sha256(data).hexdigest()


def _forget(folder: Path) -> None:
    with suppress(FileNotFoundError):
        (folder / JOURNAL).unlink()


class JournalError(ValueError):
    """Not a journal that a command wrote; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Step:
    """One file: `path` in the repository, `old`: its SHA-256 before (empty: no file), `new`: its new bytes (None: removed)."""

    path: str
    old: str
    new: bytes | None


def dump(steps: Iterable[Step]) -> bytes:
    plan = {
        step.path: {"old": step.old, "new": None if step.new is None else step.new.decode("utf-8", _BYTES)}
        for step in steps
    }
    return json.dumps(plan, indent=1).encode("ascii")


def load(data: bytes) -> tuple[Step, ...]:
    """Read the steps that `dump` wrote. Raises JournalError."""
    try:
        plan = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise JournalError(f"it is not JSON ({error})") from None
    if not isinstance(plan, dict):
        raise JournalError("it is not a JSON object of files")
    return tuple(_step(path, value) for path, value in plan.items())


def _step(path: str, value: Any) -> Step:  # noqa: ANN401 -- anything may stand in a file
    if not isinstance(value, dict) or value.keys() != {"old", "new"}:
        raise JournalError(f"`{path}` does not have `old` and `new`")
    old, new = value["old"], value["new"]
    if not isinstance(old, str) or not _DIGEST.fullmatch(old):
        raise JournalError(f"`{path}`: `old` is not a SHA-256")
    if new is not None and not isinstance(new, str):
        raise JournalError(f"`{path}`: `new` is not a text")
    try:
        path.encode("utf-8", _BYTES)
        return Step(path, old, None if new is None else new.encode("utf-8", _BYTES))
    except UnicodeEncodeError:
        raise JournalError(f"{path!a} has characters that no file has") from None
