"""Writes files of a site. A file whose bytes are unchanged keeps its modification time.

Long files are written from pieces of the last build's file, except the pieces of articles that changed. Pieces are only taken
from a file whose digest is the one in the sealed archive: the site's folder may come from elsewhere.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Collection, Container, Iterable, Iterator
from contextlib import closing, contextmanager
from errno import EIO, ENOSPC
from filecmp import cmp
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from dossierkit.site.interface import Parts, Written
from dossierkit.site.pieces import EARLIER, Database, Known, Pieces, Span, article_of
from dossierkit.store.files import naming

Stamp = tuple[int, int]
"""Size in bytes and modification time in nanoseconds of a file."""
_UNFINISHED = ".part"
_PRIMARY = 0xFF  # SQLite's code of an error without its extension
_OF_DISK = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})


def put(path: str | Path, data: bytes) -> Stamp:
    """Write a file unless it has these bytes already."""
    if not _made(os.path.dirname(path)):  # noqa: PTH120 - many
        try:
            with open(path, "rb") as file:  # noqa: PTH123 - as above
                if file.read() == data:
                    return stamp_of(os.fstat(file.fileno()))
        except FileNotFoundError:
            pass
    with naming(path), open(path, "wb") as file:  # noqa: PTH123 - as above
        file.write(data)
        file.flush()
        return stamp_of(os.fstat(file.fileno()))


def copy(source: str, target: str) -> None:
    """Copy a file unless the target has the same bytes."""
    if not (os.path.isfile(target) and cmp(source, target, shallow=False)):  # noqa: PTH113 - many
        os.makedirs(os.path.dirname(target), exist_ok=True)  # noqa: PTH103, PTH120 - as above
        shutil.copyfile(source, target)


def _made(folder: str | Path) -> bool:
    """Make a folder; False if it exists already."""
    try:
        os.mkdir(folder)  # noqa: PTH102 - as above
    except FileExistsError:
        return False
    except FileNotFoundError:
        os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - as above
    return True


def stamp(file: str) -> Stamp | None:
    """The stamp of a file; None if there is none."""
    try:
        return stamp_of(os.stat(file))  # noqa: PTH116 - many
    except OSError:
        return None


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file with this status."""
    return status.st_size, status.st_mtime_ns


def write(written: Written, site: Path) -> dict[str, int]:
    """Write files below a site's folder; returns their sizes in bytes by path."""
    return {path: write_file(site / path, parts)[0] for path, parts in written.make()}


def unfinished(path: Path) -> Path:
    """The temporary file in which a long file is written before it is moved to `path`."""
    return path.with_name(f".{path.name}{_UNFINISHED}")


def save(path: Path, parts: Iterable[str] | Callable[[sqlite3.Connection], None]) -> None:
    """Write a file from pieces of text, or a database that `parts` fills."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if callable(parts):
        with database(path) as base:
            parts(base)
    else:
        with naming(path), path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)


@contextmanager
def database(path: Path, earlier: Path | None = None) -> Iterator[sqlite3.Connection]:
    """A new SQLite database, filled in one transaction. `earlier`: another one, attached under the name `EARLIER`.

    Raises OSError if the disk is full.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as base:
        base.executescript(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -16000; PRAGMA trusted_schema = OFF"
        )
        if earlier:
            base.execute(f"ATTACH ? AS {EARLIER}", (str(earlier),))
        base.execute("BEGIN")
        try:
            yield base
            base.execute("COMMIT")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY in _OF_DISK:
                full = error.sqlite_errorcode & _PRIMARY == sqlite3.SQLITE_FULL
                raise OSError(ENOSPC if full else EIO, str(error), str(path)) from None
            raise


def clear(folder: str, wanted: Container[str]) -> bool:
    """Remove everything below a folder but the paths in `wanted`; returns whether the folder is empty then.

    Hidden files and folders stay, except unfinished files: builds write no others, and they may be git's. Links go, wherever
    they lead, because a build would write through them.
    """
    empty = True
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_symlink() or not entry.is_dir():
                hidden = entry.name.startswith(".") and not entry.name.endswith(_UNFINISHED)
                stays = hidden or (entry.path in wanted and not entry.is_symlink())
                if not stays:
                    os.unlink(entry.path)  # noqa: PTH108 - many
            else:
                hidden = entry.name.startswith(".")
                stays = hidden or f"{entry.path}/" in wanted or not clear(entry.path, wanted)
                if not stays:
                    stays = not _removed(entry.path)
            empty = empty and not stays
    return empty


def unlink_links(folder: str) -> None:
    """Remove the links below a folder, for a program that does not clear it as `clear` does."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                os.unlink(entry.path)  # noqa: PTH108 - as above
            elif entry.is_dir():
                unlink_links(entry.path)


def _removed(folder: str) -> bool:
    """Remove an empty folder; False if it is no longer empty, because another process writes the search index."""
    try:
        os.rmdir(folder)  # noqa: PTH106 - many
    except OSError:
        return False
    return True


def write_file(path: Path, parts: Parts) -> Stamp:
    """Write a file of the site; returns its stamp."""
    if isinstance(parts, str | bytes):
        return put(path, parts.encode("utf-8") if isinstance(parts, str) else parts)
    part = unfinished(path)
    save(part, parts)
    return settle(part, path)


def settle(part: Path, path: Path) -> Stamp:
    """Move a complete temporary file to its place, unless the file there has the same bytes; returns the stamp."""
    if path.is_file() and cmp(part, path, shallow=False):
        part.unlink()
    else:
        part.replace(path)
    return stamp_of(path.stat())


class Layout(NamedTuple):
    """The digest of a file as it was written, and the span of each piece in it."""

    digest: str
    spans: dict[str, Span]

    def of(self, articles: Collection[str]) -> Layout:
        """The layout with only the pieces of these articles."""
        return self._replace(
            spans={piece: span for piece, span in self.spans.items() if article_of(piece) in articles}
        )


def write_pieces(path: Path, parts: Pieces | Database, before: Layout | None) -> tuple[Stamp, Layout]:
    """Write the file; returns its stamp and layout. `before`: the pieces that may be taken from the file that is there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = unfinished(path)
    spans = (
        _text(path, part, parts, before) if isinstance(parts, Pieces) else _rows(path, part, parts, before)
    )
    layout = Layout(_digest(part), spans)
    return settle(part, path), layout


def _text(path: Path, part: Path, parts: Pieces, before: Layout | None) -> dict[str, Span]:
    spans: dict[str, Span] = {}
    end = 0
    with _reading(path, before) as read, part.open("wb") as file:
        for piece, data in parts.parts(read):
            if piece:
                spans[piece] = (end, len(data))
            file.write(data)
            end += len(data)
    return spans


@contextmanager
def _reading(path: Path, before: Layout | None) -> Iterator[Known]:
    """A function that returns a piece of the file by its name, or None.

    The file stays open from when its digest is computed: another build may put one in its place.
    """
    if before is None or not before.spans or not path.is_file():
        yield lambda _: None
        return
    with path.open("rb") as file:
        known = before.spans if _digest_of(file) == before.digest else {}

        def read(piece: str) -> bytes | None:
            if piece not in known:
                return None
            start, length = known[piece]
            file.seek(start)
            return file.read(length)

        yield read


def _rows(path: Path, part: Path, parts: Database, before: Layout | None) -> dict[str, Span]:
    known = before.spans if before and before.spans and _digest(path) == before.digest else {}
    with database(part, path if known else None) as base:
        return parts.fill(base, known)


def _digest(path: Path) -> str:
    """The digest of a file; empty if there is none."""
    try:
        with path.open("rb") as file:
            return _digest_of(file)
    except OSError:
        return ""


def _digest_of(file: BufferedReader) -> str:
    return file_digest(file, "sha256").hexdigest()  # of long files the fastest: processors have it built in
