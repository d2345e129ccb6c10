"""Long files with one piece an article: a build after an edit takes unchanged pieces from the file of the last build."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sqlite3 import Connection

Span = tuple[int, int]
"""Where a piece begins in a file and how long it is: bytes, or rows of a table."""
Known = Callable[[str], bytes | None]
EARLIER = "earlier"
"""The name under which the database of the last build is attached to the one that is made."""


def name(part: str, article: str) -> str:
    """Of the piece that a part of a file has of an article."""
    return f"{part} {article}"


def article_of(piece: str) -> str:
    """The id of the article that a piece is of."""
    return piece.partition(" ")[2]


def _unknown(_: str) -> None:
    return None


@dataclass(frozen=True)
class Pieces:
    """A text. `made`: its pieces in their order, each with its name, or none where it is more than one article's.

    A piece with a name must rest on nothing but its article, with its evidence, all records and dossiers, and settings; its name tells
    what else it rests on.
    `between` stands between two that are not empty. With `most`, no more than so many bytes of pieces go in, and `beyond` gives what
    stands in the place of the others, by how many went in.
    """

    made: Iterable[tuple[str, Callable[[], str]]]
    head: Callable[[], str] = str
    between: str = ""
    tail: str = ""
    most: int = 0
    beyond: Callable[[int], str] | None = None

    def __iter__(self) -> Iterator[str]:
        return (data.decode("utf-8") for _, data in self.parts())

    def parts(self, known: Known = _unknown) -> Iterator[tuple[str, bytes]]:
        """All of it, as UTF-8, and the names of pieces; without one what stands around them. `known`: gives a piece that is as it was."""
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
    """An SQLite database. `fill` puts all into an empty one, and gives back which rows are of which article, by name; it is given
    those of the last build's database that may be copied, which is attached then.
    """

    fill: Callable[[Connection, Mapping[str, Span]], dict[str, Span]]

    def __call__(self, base: Connection) -> None:
        self.fill(base, {})
