"""Writes files: all of a command's files or none, each completely or not at all, and never outside the repository."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO


class OutsideError(ValueError):
    """A path that leads out of the repository, or would be written through a symbolic link."""


def write_all(root: Path, files: Mapping[str, bytes], ready: Callable[[], object] = lambda: None) -> None:
    """Write every file (keys: paths relative to `root`, with `/`) or, if one cannot be written, none.

    Each is written beside its place under a hidden name and synced; they are renamed only when all are written, and `ready`
    has returned. If a rename fails, new files are removed again; a file that has replaced another stays. Raises OutsideError
    before anything is written, OSError, and what `ready` raises.
    """
    targets = {_target(root, name): data for name, data in files.items()}
    made: list[Path] = []
    staged: list[tuple[Path, Path]] = []
    try:
        for folder in _missing_folders(root, targets):
            folder.mkdir(exist_ok=True)
            made.append(folder)
        for number, (target, data) in enumerate(targets.items()):
            temporary = target.with_name(f".dossier-{os.getpid()}-{number}.tmp")
            staged.append((temporary, target))
            _write(temporary, data, target)
        ready()
        _rename(staged)
    except BaseException:
        _remove(temporary for temporary, _ in staged)
        _remove_folders(made)
        raise
    for folder in {target.parent for target in targets}:
        sync_folder(folder)


@contextmanager
def naming(target: str | os.PathLike[str]) -> Iterator[None]:
    """Give errors of the system the name of the file that is written: those of a full disk have none, or that of a file read."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = os.fspath(target), None
        raise


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """A file at a place that a person named: it takes the place of another only when all is written. Raises OSError.

    What is no file, such as a pipe, is written to; of a link, the file that it leads to.
    """
    with naming(path):
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                yield file
            return
        part = path.resolve().with_name(f".{path.name}.part")
        try:
            with part.open("wb") as file:
                yield file
            part.replace(path.resolve())
        finally:
            part.unlink(missing_ok=True)


def removable(root: Path, name: str) -> Path:
    """The absolute path of a file to be removed, checked like those of `write_all`; a link itself may be removed."""
    parts = PurePosixPath(name).parts
    escapes = not parts or name.startswith("/") or ".." in parts or "\x00" in name
    if escapes or "\\" in name or PureWindowsPath(name).drive:
        raise OutsideError(f"`{name}` is not a path inside the repository")
    target = root.joinpath(*parts)
    folder, top = target.parent.resolve(), root.resolve()
    if not folder.is_relative_to(top):
        raise OutsideError(
            f"`{name}` leads out of the repository through a symbolic link: replace the link by a folder"
        )
    if any(map(_is_git, (*parts, *folder.relative_to(top).parts))):
        raise OutsideError(f"`{name}` lies in a folder of git's own, which nothing is written to")
    if target.is_dir() and not target.is_symlink():
        raise OutsideError(f"`{name}` is a folder: move it away")
    return target


def _target(root: Path, name: str) -> Path:
    """The absolute path of a relative name, which must be in `root` and not lead through a link out of it."""
    target = removable(root, name)
    if target.is_symlink():
        raise OutsideError(f"`{name}` is a symbolic link: replace it by a file")
    return target


def _is_git(part: str) -> bool:
    """Whether some file system treats a folder's name as `.git`."""
    plain = part.casefold().rstrip(". ")
    return plain in {".git", "git~1"} or plain.startswith(".git:")


def _missing_folders(root: Path, targets: Mapping[Path, bytes]) -> tuple[Path, ...]:
    """The folders to create, outermost first."""
    parents = (
        folder for target in targets for folder in reversed(target.parents) if folder.is_relative_to(root)
    )
    return tuple(folder for folder in dict.fromkeys(parents) if not folder.exists())


def _write(temporary: Path, data: bytes, target: Path) -> None:
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    with naming(target), os.fdopen(os.open(temporary, flags, mode), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _rename(staged: list[tuple[Path, Path]]) -> None:
    new: list[Path] = []
    try:
        for temporary, target in staged:
            existed = target.exists()
            temporary.replace(target)
            if not existed:
                new.append(target)
    except BaseException:
        _remove(new)
        raise


def _remove(paths: Iterator[Path] | list[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


def _remove_folders(made: list[Path]) -> None:
    for folder in reversed(made):
        with suppress(OSError):
            folder.rmdir()


def sync_folder(folder: Path) -> None:
    """Make renames and removals durable; systems that cannot open a folder (Windows) do that by themselves."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
