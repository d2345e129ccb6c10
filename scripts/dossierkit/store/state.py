"""The folders of state and caches: in the user's own folders, never in the repository, which others can write to.

The state folder contains what must not be lost (journal, locks, the list of unfinished additions), the cache folder what can
be made again. Both are keyed by the resolved path of the repository, so a moved repository starts without them.
"""

from __future__ import annotations

import atexit
import hashlib
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import platformdirs

STATE, CACHE = "DOSSIERKIT_STATE", "DOSSIERKIT_CACHE"
"""Environment variables that override the platform's folders."""
OWNER = "repository"
"""The file in each folder that tells people which repository it belongs to."""
_FOLDER = "repositories"
_APP = "dossierkit"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


class StateError(OSError):
    """A folder for state or caches cannot be used; the message says which, why, and what to do."""


def user_state() -> Path:
    """The folder of all state of this user. Raises StateError for a user without a home."""
    return _base(STATE, lambda: platformdirs.user_state_dir(_APP, appauthor=False))


def user_cache() -> Path:
    """The folder of all caches of this user. Raises StateError for a user without a home."""
    return _base(CACHE, lambda: platformdirs.user_cache_dir(_APP, appauthor=False))


def state_folder(root: Path) -> Path:
    """The folder with the state of the repository at `root`, created if missing. Raises StateError."""
    return _of_repository(user_state(), root, STATE)


def present_state(root: Path) -> Path:
    """The same, whether it is there or not: for those who only look. Raises StateError for a user without a home."""
    return user_state() / _FOLDER / key(root)


def cache_folder(root: Path) -> Path:
    """The folder with the caches of the repository at `root`, created if missing. Raises StateError."""
    return _of_repository(user_cache(), root, CACHE)


def working_folder(root: Path) -> Path:
    """The cache folder; if there is none, a folder that is removed when this process ends."""
    try:
        return cache_folder(root)
    except StateError:
        return _temporary() / key(root)


def outside(base: Path, root: Path, variable: str) -> Path:
    """`base`, which must not be in the repository, because a branch could contain files for it. Raises StateError."""
    if base.resolve().is_relative_to(root.resolve()):
        raise StateError(
            f"{base} lies in the repository, where a branch can put files: set {variable} to a folder outside of it"
        )
    return base


def key(root: Path) -> str:
    """A name for the repository at `root`: its folder's name, for people, and a digest of its resolved path."""
    place = os.path.normcase(root.resolve())
    name = _UNSAFE.sub("-", os.path.basename(place))[:40].strip("-.") or "repository"  # noqa: PTH119 - as normcase gives it
    return f"{name}-{hashlib.sha256(os.fsencode(place)).hexdigest()[:16]}"


def _base(variable: str, default: Callable[[], str]) -> Path:
    try:
        base = Path(os.environ.get(variable) or default())
    except RuntimeError:
        # Some versions of platformdirs raise it for a user without a home, others leave `~` in the path.
        base = Path("~")
    if not base.is_absolute():
        raise StateError(f"{base} is not an absolute path: set {variable} to a folder that you can write to")
    return base


def _of_repository(base: Path, root: Path, variable: str) -> Path:
    folder = outside(base, root, variable) / _FOLDER / key(root)
    try:
        base.mkdir(mode=0o700, parents=True, exist_ok=True)
        for one in (folder.parent, folder):
            one.mkdir(mode=0o700, exist_ok=True)
            _refuse_foreign(one, variable)
        if not (folder / OWNER).exists():
            (folder / OWNER).write_bytes(os.fsencode(root.resolve()) + b"\n")
    except FileExistsError as error:
        raise StateError(f"{error.filename} is not a folder: move it away, or set {variable}") from None
    except StateError:
        raise
    except OSError as error:
        message = f"{error.filename or folder} cannot be used ({error.strerror}): set {variable} to a folder that you can write to"
        raise StateError(message) from None
    return folder


def _refuse_foreign(folder: Path, variable: str) -> None:
    """Raises StateError for a folder that another user could have written."""
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise StateError(f"{folder} is a link: replace it by a folder, or set {variable}")
    if hasattr(os, "geteuid") and status.st_uid != os.geteuid():
        raise StateError(f"{folder} belongs to another user: set {variable} to a folder of your own")
    if os.name == "posix" and status.st_mode & _OTHERS_WRITE:
        raise StateError(f"{folder} can be written by others: run `chmod go-w {folder}` if they have not")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise StateError(f"{folder} cannot be written: set {variable} to a folder that you can write to")


@cache
def _temporary() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="dossierkit-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
