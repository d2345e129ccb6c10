"""One writer at a time: a lock of the operating system, which is released if the process dies.

There are two locks: one of a file in the user's state folder, which contains the holder's process id, and, if the system can,
one of the repository's folder, which excludes other users and other paths to the repository.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from dossierkit.store.files import naming
from dossierkit.store.state import state_folder

LOCK = "lock"
# The byte that Windows locks, after the process id, which others must be able to read.
_FAR = 1 << 20


class LockedError(Exception):
    """Another process has locked this repository. `holder`: its process id, empty if unknown."""

    def __init__(self, holder: str) -> None:
        self.holder = holder
        super().__init__(
            f"another dossier command works in this repository{f' (process {holder})' if holder else ''}: "
            "wait until it has ended, then run this again"
        )


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Lock the repository at `root`. Raises LockedError at once if another process has locked it, and StateError."""
    with lock_file(state_folder(root) / LOCK), _locked_folder(root):
        yield


def holder(folder: Path) -> int:
    """The process that wrote its id into the lock in this folder of state, and did not take it out; 0 without one."""
    try:
        return int((folder / LOCK).read_bytes()[:32])
    except (OSError, ValueError):
        return 0


@contextmanager
def lock_file(path: Path) -> Iterator[None]:
    """Lock a file, which is created if missing. Raises LockedError at once if another process has locked it.

    The file stays; only the system's lock on it counts (flock, or LockFile on Windows). So a crash leaves no stale lock, and a
    reused process id has no effect. On network drives without locks the OSError is raised.
    """
    with path.open("a+b", buffering=0) as file:  # closing would write what a full disk refused once more
        if not _take(file):
            file.seek(0)
            raise LockedError(file.read(32).decode("ascii", "replace").strip())
        with naming(path):
            file.truncate(0)
            file.write(f"{os.getpid()}\n".encode("ascii"))
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
        """Do nothing: Windows has no locks on folders."""
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
        """Lock a folder, if its file system supports that; several network drives do not."""
        descriptor = os.open(root, os.O_RDONLY)
        try:
            with suppress(OSError):
                if not _take(descriptor):
                    raise LockedError("")
            yield
        finally:
            os.close(descriptor)
