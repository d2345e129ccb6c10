"""One writer at a time: a lock held by the operating system, so that a process that dies lets go of it.

Two are taken: that of a file in the user's state folder, which says who holds it, and, where the system can, that of the
repository's folder itself, which keeps out other users and those who reach the repository by another path.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from dossierkit.store.state import state_folder

LOCK = "lock"
# The byte that Windows locks, beyond the process id, which others must be able to read.
_FAR = 1 << 20


class LockedError(Exception):
    """Another process holds the lock of this repository. `holder` is its process id, empty when unknown."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        super().__init__(
            f"another dossier command works in this repository{f' (process {holder})' if holder else ''}: "
            "wait until it has ended, then run this again"
        )


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Hold the lock of the repository at `root`. Raises LockedError at once where another holds it, StateError."""
    with lock_file(state_folder(root) / LOCK), _locked_folder(root):
        yield


@contextmanager
def lock_file(path: Path) -> Iterator[None]:
    """Hold the lock of a file, which is made where it is not there. Raises LockedError at once where another holds it.

    The file stays; it is the system's lock on it that counts (flock, or LockFile on Windows). So nothing is stale
    after a crash, and a process id that was given anew means nothing. On network drives that do not support locks
    the OSError comes through.
    """
    with path.open("a+b") as file:
        if not _take(file):
            file.seek(0)
            raise LockedError(file.read(32).decode("ascii", "replace").strip())
        file.truncate(0)
        file.write(f"{os.getpid()}\n".encode("ascii"))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)


if sys.platform == "win32":
    import msvcrt

    def _take(file: BinaryIO) -> bool:
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    @contextmanager
    def _locked_folder(_root: Path) -> Iterator[None]:
        """Windows has no locks on folders."""
        yield

else:
    import fcntl

    def _take(file: BinaryIO | int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    @contextmanager
    def _locked_folder(root: Path) -> Iterator[None]:
        """Hold the lock of a folder, if its file system has such locks: several network drives do not."""
        descriptor = os.open(root, os.O_RDONLY)
        try:
            with suppress(OSError):
                if not _take(descriptor):
                    raise LockedError("")
            yield
        finally:
            os.close(descriptor)
