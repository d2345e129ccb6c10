"""Whether a path stays where it may lead: by its letters, and by what it leads to on the disk."""

from __future__ import annotations

import os
from pathlib import PurePath, PurePosixPath, PureWindowsPath

SEEDS = "seeds"
_PRIVATE = frozenset({".git", ".dossier"})


def below(path: str, folder: str = "") -> bool:
    """Whether a relative path with `/` names something below a folder by its letters alone: not absolute, no `..`."""
    parts = PurePosixPath(path).parts
    written_out = path == "/".join(parts)
    if not parts or not written_out or path.startswith("/") or ".." in parts:
        return False
    if "\\" in path or "\x00" in path or PureWindowsPath(path).drive:
        return False
    return not folder or (parts[0] == folder and len(parts) > 1)


def real(folder: str | os.PathLike[str]) -> str:
    """A folder with every link followed, as `leads_out` takes it."""
    return os.path.realpath(folder)


def leads_out(path: str | os.PathLike[str], root: str) -> bool:
    """Whether a path leads, through links, out of the repository or to git's own files. `root`: as `real` gives it."""
    target = os.path.realpath(path)
    if target != root and not target.startswith(os.path.join(root, "")):  # noqa: PTH118 - many
        return True
    return not _PRIVATE.isdisjoint(PurePath(target).relative_to(root).parts)
