"""Long files with one piece for each article: after an edit, a build copies unchanged pieces from the file of the last build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection

Span = tuple[int, int]
"""The start of a piece in a file, and its length: in bytes, or in rows of a table."""
Known = Callable[[str], bytes | None]
Piece = tuple[str, Callable[[], str]]
"""The name of a piece and a function that makes it; the name is empty for a piece of several articles."""
EARLIER = "earlier"
"""The name under which the last build's database is attached to the new database."""


def name(part: str, article: str) -> str:
    """The name of an article's piece in a part of a file."""
    return f"{part} {article}"


def article_of(piece: str) -> str:
    """The id of the article that a piece belongs to."""
    return piece.partition(" ")[2]


def _unknown(_: str) -> None:
    return None


@dataclass(frozen=True)
class Pieces:
    """A text in pieces. `made`: in their order.

    A named piece must depend only on its article with its evidence, all records and dossiers, and settings; its name tells
    what else it depends on. `between`: separates pieces that are not empty. `most`: if set, at most this many bytes of pieces
    are written; then `beyond` returns the text that replaces the rest, from the number of pieces written.
    """

    made: Iterable[Piece]
    head: Callable[[], str] = str
    between: str = ""
    tail: str = ""
    most: int = 0
    beyond: Callable[[int], str] | None = None

    def __iter__(self) -> Iterator[str]:
        return (data.decode("utf-8") for _, data in self.parts())

    def parts(self, known: Known = _unknown) -> Iterator[tuple[str, bytes]]:
        """The whole text as UTF-8, each part with the name of its piece; the name is empty for text around pieces. `known`:
        returns the bytes of an unchanged piece, or None.
        """
        yield "", self.head().encode("utf-8")
        room, before = self.most, b""
        for number, (piece, make) in enumerate(self.made):
            data = known(piece) if piece else None
            data = make().encode("utf-8") if data is None else data
            room -= len(data)
            if self.beyond and room < 0:
                yield "", self.beyond(number).encode("utf-8")
                break
            if data:
                yield "", before
                before = self.between.encode("utf-8")
            yield piece, data
        yield "", self.tail.encode("utf-8")


@dataclass(frozen=True)
class Database:
    """An SQLite database. `fill` writes everything into an empty one and returns, by piece name, which rows belong to which
    article.

    `fill` gets the rows of the last build's database that may be copied; that database is attached then.
    """

    fill: Callable[[Connection, Mapping[str, Span]], dict[str, Span]]

    def __call__(self, base: Connection) -> None:
        self.fill(base, {})
