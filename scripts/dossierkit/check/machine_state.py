"""Report what interrupted commands left, and a folder `.dossier` in the repository.

Earlier versions kept state in that folder, and a branch can bring one. It is never read.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from dossierkit.model.diagnostic import Diagnostic
from dossierkit.store.commit import half_changed
from dossierkit.store.git import git

FOLDER = ".dossier"
_JOURNAL = "pending.json"
_UNFINISHED = (
    f"{FOLDER}/{_JOURNAL}: an interrupted command of an earlier version was not finished, and is not by this one: look with "
    f"`git status` for files that are half changed, put them right, then delete {FOLDER}"
)


def machine_state(root: Path) -> Iterator[Diagnostic]:
    """D513 after an interrupted command; D507 if git tracks the folder, D508 if it is a leftover."""
    yield from interrupted(root)
    tracked = tuple(tracked_state(root))
    yield from tracked
    if not tracked and os.path.lexists(root / FOLDER):
        message = "was left by an earlier version and is never read: delete it"
        yield Diagnostic(FOLDER, 0, 0, "D508", message, "warning")
    for message in unfinished_before(root):
        yield Diagnostic(f"{FOLDER}/{_JOURNAL}", 0, 0, "D508", message.partition(": ")[2], "warning")


def interrupted(root: Path) -> Iterator[Diagnostic]:
    """D513 if a command was interrupted when it had changed a part of its files."""
    if half_changed(root):
        message = (
            "a command was interrupted when it had changed only some of its files: run `dossier update`, which first finishes "
            "that command. Change nothing by hand before"
        )
        yield Diagnostic(".", 0, 0, "D513", message)


def tracked_state(root: Path) -> Iterator[Diagnostic]:
    """D507 where git tracks a `.dossier`."""
    if path := _tracked(root):
        yield Diagnostic(path, 0, 0, "D507", _tracked_message(path))


def unfinished_before(root: Path) -> Iterator[str]:
    """A message if an earlier version left a journal."""
    if not (root / FOLDER).is_symlink() and os.path.lexists(root / FOLDER / _JOURNAL):
        yield _UNFINISHED


def _tracked_message(tracked: str) -> str:
    return (
        f"machine state is tracked by git: it is never read, and does not belong in a repository. Run `git rm -r --cached {FOLDER}`, "
        f"delete {FOLDER}, and see who added it: `git log -- {tracked}`"
    )


def _tracked(root: Path) -> str:
    """The first path in it that git tracks; "" without one, or without git."""
    listed = git(root, "ls-files", "-z", "--", FOLDER).stdout
    return os.fsdecode(listed.partition(b"\0")[0])
