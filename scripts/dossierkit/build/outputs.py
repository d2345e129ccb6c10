"""Writes files of a site; a file with unchanged bytes keeps its modification time."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import closing, contextmanager
from filecmp import cmp
from pathlib import Path
from typing import IO

from dossierkit.site.interface import Parts, Written
from dossierkit.site.pieces import EARLIER

Stamp = tuple[int, int]
"""Size in bytes and time in nanoseconds of a file as it was written."""


def put(path: str | Path, data: bytes) -> Stamp:
    """Write what is not there already."""
    if not _made(os.path.dirname(path)):  # noqa: PTH120 - many
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - as above
                if file.read() == data:
                    return _stamp(file)
        except FileNotFoundError:
            pass
    with open(path, "wb") as file:  # noqa: PTH123 - as above
        file.write(data)
        file.flush()
        return _stamp(file)


def copy(source: str, target: str) -> None:
    """Copy what is not there already."""
    if not (os.path.isfile(target) and cmp(source, target, shallow=False)):  # noqa: PTH113 - many
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120 - as above
        shutil.copyfile(source, target)


def _made(folder: str | Path) -> bool:
    """Whether the folder had to be made: nothing is in it then."""
    try:
        os.mkdir(folder)  # noqa: PTH102 - as above
    except FileExistsError:
        return False
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
    return True


def stamp(file: str) -> Stamp | None:
    """Of a file as it stands; None where there is none."""
    try:
        status = os.stat(file)  # noqa: PTH116 - many
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns


def _stamp(file: IO[bytes]) -> Stamp:
    status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime_ns


def write(written: Written, site: Path) -> dict[str, int]:
    """The files below a site's folder; their sizes by path."""
    return {path: write_file(site / path, parts)[0] for path, parts in written.make()}


def unfinished(path: Path) -> Path:
    """Where a long file stands until all of it is there."""
    return path.with_name(f".{path.name}.part")


def save(path: Path, parts: Iterable[str] | Callable[[sqlite3.Connection], None]) -> None:
    """A file, piece by piece."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if callable(parts):
        with database(path) as base:
            parts(base)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)


@contextmanager
def database(path: Path, earlier: Path | None = None) -> Iterator[sqlite3.Connection]:
    """A new database, in one transaction; `earlier` is attached to it, to be read from."""
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000; PRAGMA trusted_schema = OFF"
        )
        if earlier:
            base.execute(f"ATTACH ? AS {EARLIER}", (str(earlier),))
        base.execute("BEGIN")
        yield base
        base.execute("COMMIT")


def clear(folder: str, wanted: Container[str]) -> bool:
    """Remove all below a folder but what is kept; whether nothing is left in it."""
    empty = True
    with os.scandir(folder) as entries:
        for entry in entries:
            if not entry.is_dir():
                stays = entry.path in wanted
                if not stays:
                    os.unlink(entry.path)  # noqa: PTH108 - many
            else:
                stays = f"{entry.path}/" in wanted or entry.is_symlink() or not clear(entry.path, wanted)
                if not stays:
                    stays = not _gone(entry.path)
            empty = empty and not stays
    return empty


def _gone(folder: str) -> bool:
    """Whether an empty folder could be removed: the search index may come into it meanwhile."""
    try:
        os.rmdir(folder)  # noqa: PTH106 - many
    except OSError:
        return False
    return True


def write_file(path: Path, parts: Parts) -> Stamp:
    """A file as it then stands."""
    if isinstance(parts, str | bytes):
        return put(path, parts.encode("utf-8") if isinstance(parts, str) else parts)
    part = unfinished(path)
    save(part, parts)
    return settle(part, path)


def settle(part: Path, path: Path) -> Stamp:
    """Put a whole file in its place, unless the same stands there."""
    if path.is_file() and cmp(part, path, shallow=False):
        part.unlink()
    else:
        part.replace(path)
    status = path.stat()
    return status.st_size, status.st_mtime_ns
