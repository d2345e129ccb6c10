"""Writes long files from pieces of the last build's file, except the pieces of articles that changed.

Pieces are only taken from a file whose digest is the one in the sealed archive: the site's folder may come from elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from hashlib import file_digest
from io import BufferedReader
from pathlib import Path
from typing import NamedTuple

from dossierkit.build.outputs import Stamp, database, settle, unfinished
from dossierkit.model.plain import dumps, loads
from dossierkit.site.pieces import Database, Known, Pieces, Span, article_of


class Layout(NamedTuple):
    """The digest of a file as it was written, and the span of each piece in it."""

    digest: str
    spans: dict[str, Span]

    def of(self, articles: Collection[str]) -> Layout:
        """The layout with only the pieces of these articles."""
        return self._replace(
            spans={piece: span for piece, span in self.spans.items() if article_of(piece) in articles}
        )


def packed(layout: Layout) -> bytes:
    """Serialise a layout for the archive."""
    return dumps(layout)


def unpacked(blob: bytes) -> Layout:
    return loads(Layout, blob)


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
