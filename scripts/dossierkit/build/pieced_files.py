"""Long files made from the pieces of the last build's file, except those of articles that changed.

The file is taken for the one that was written only where its digest is the one that the sealed archive has: it may come from elsewhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from dossierkit.build.outputs import Stamp, database, settle, unfinished
from dossierkit.model.plain import dumps, loads
from dossierkit.site.pieces import Database, Known, Pieces, Span, article_of

_BLOCK = 1 << 20


class Layout(NamedTuple):
    """Of a file as it was written: its digest, and where each piece lies in it."""

    digest: str
    spans: dict[str, Span]

    def of(self, articles: Collection[str]) -> Layout:
        """With the pieces of these articles alone."""
        return self._replace(
            spans={piece: span for piece, span in self.spans.items() if article_of(piece) in articles}
        )


def packed(layout: Layout) -> bytes:
    """As the archive keeps it."""
    return dumps(layout)


def unpacked(blob: bytes) -> Layout:
    return loads(Layout, blob)  # type: ignore[no-any-return]  # of that kind


def write_pieces(path: Path, parts: Pieces | Database, before: Layout | None) -> tuple[Stamp, Layout]:
    """The file as it then stands. `before`: the pieces that may be taken from the one that stands there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    known = before.spans if before and before.spans and _digest(path) == before.digest else {}
    part = unfinished(path)
    spans = _text(path, part, parts, known) if isinstance(parts, Pieces) else _rows(path, part, parts, known)
    layout = Layout(_digest(part), spans)
    return settle(part, path), layout


def _text(path: Path, part: Path, parts: Pieces, known: Mapping[str, Span]) -> dict[str, Span]:
    spans: dict[str, Span] = {}
    end = 0
    with _reading(path, known) as read, part.open("wb") as file:
        for piece, data in parts.parts(read):
            if piece:
                spans[piece] = (end, len(data))
            file.write(data)
            end += len(data)
    return spans


@contextmanager
def _reading(path: Path, known: Mapping[str, Span]) -> Iterator[Known]:
    """What gives a piece as it stands in the file."""
    if not known:
        yield lambda _: None
        return
    with path.open("rb") as file:

        def read(piece: str) -> bytes | None:
            if piece not in known:
                return None
            start, length = known[piece]
            file.seek(start)
            return file.read(length)

        yield read


def _rows(path: Path, part: Path, parts: Database, known: Mapping[str, Span]) -> dict[str, Span]:
    with database(part, path if known else None) as base:
        return parts.fill(base, known)


def _digest(path: Path) -> str:
    """Of a file; empty where there is none."""
    found = blake2b(digest_size=16)
    try:
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                found.update(block)
    except OSError:
        return ""
    return found.hexdigest()
