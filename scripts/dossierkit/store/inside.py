"""Whether a path stays inside a folder: by its letters, and by its target on disk."""

from __future__ import annotations

import os
from pathlib import PurePath, PurePosixPath, PureWindowsPath

SEEDS = "seeds"
_PRIVATE = frozenset({".git", ".dossier"})
_IN_PART = frozenset({"articles", "entities", "dossiers", "media"})
"""The folders of docs_dir of which only what visible pages allow is published."""


def below(path: str, folder: str = "") -> bool:
    """Whether a relative path with `/` is below a folder, judged by its letters: not absolute, no `..`."""
    parts = PurePosixPath(path).parts
    written_out = path == "/".join(parts)
    if not parts or not written_out or path.startswith("/") or ".." in parts:
        return False
    if "\\" in path or "\x00" in path or PureWindowsPath(path).drive:
        return False
    return not folder or (parts[0] == folder and len(parts) > 1)


def real(folder: str | os.PathLike[str]) -> str:
    """A folder with every link resolved, in the form that `leads_out` takes."""
    return os.path.realpath(folder)


def leads_out(path: str | os.PathLike[str], root: str) -> bool:
    """Whether a path leads, through links, out of the repository or to git's own files. `root`: in the form of `real`."""
    target = os.path.realpath(path)
    if target != root and not target.startswith(os.path.join(root, "")):  # noqa: PTH118 - many
        return True
    return not _PRIVATE.isdisjoint(PurePath(target).relative_to(root).parts)


def leads_aside(link: str | os.PathLike[str], folder: str | os.PathLike[str]) -> bool:
    """Whether a link in a folder whose files are published leads to a file that is not published by itself.

    That is: out of the folder, to a hidden file, to a file of another kind, or from elsewhere into the folders of pages and
    media, which are published in part. Names are compared without case, which some file systems ignore.
    """
    base = os.path.join(real(folder), "")  # noqa: PTH118 - many
    target = os.path.realpath(link)
    parts = PurePath(target.removeprefix(base)).parts
    if not target.startswith(base) or any(part.startswith(".") for part in parts):
        return True
    first, *_ = PurePath(os.path.relpath(link, folder)).parts
    ends = {first.casefold(), parts[0].casefold()}
    kinds = {os.path.splitext(one)[1].casefold() for one in (os.fspath(link), target)}  # noqa: PTH122 - many
    return not (len(ends) == 1 or ends.isdisjoint(_IN_PART)) or (len(kinds) > 1 and not os.path.isdir(link))  # noqa: PTH112
