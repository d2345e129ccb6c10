"""Finished HTML seen as a text with tags in it, so that words can be found in the text and marked in the HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

_BLOCKS = frozenset(
    "address article aside blockquote br dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre "
    "section summary table tbody td tfoot th thead tr ul".split()
)
_PIECE = re.compile(
    r"""</?(?P<tag>[a-zA-Z][^\s/>]*)(?:[^>"]|"[^"]*")*>|&(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);|[^<&]+|[<&]""",
)
_VOID = frozenset("area br col embed hr img input link meta source track wbr".split())


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the HTML. `html` is its source.

    `kind`: text | open | close | void. Text is a run of plain characters or one character reference; it has `length`
    code points, the first of them at `start` in the layer's text. `tag` names the element of a tag.
    """

    kind: str
    html: str
    start: int
    tag: str = ""
    length: int = 0

    def source(self, start: int, end: int) -> str:
        """The HTML of some of its code points; that of a character reference stands with its first one."""
        if len(self.html) == self.length:
            return self.html[start:end]
        return self.html if start == 0 < end else ""


@dataclass(frozen=True, slots=True)
class Layer:
    """`text` is what a reader reads: blocks are separated by a line break that belongs to no piece.

    `html` is what it was read from. Its pieces are made each time they are asked for: they are many, and wanted once.
    """

    text: str
    html: str

    @property
    def pieces(self) -> tuple[Piece, ...]:
        return tuple(_read(self.html).pieces)


def layer(html: str) -> Layer:
    """The text layer of well-formed HTML, as nh3 writes it: no comments, no scripts, attributes in double quotes."""
    return Layer("".join(_read(html).text), html)


def _read(html: str) -> _Reader:
    reader = _Reader()
    for match in _PIECE.finditer(html):
        source, tag = match[0], match["tag"]
        if tag:
            reader.tag(source, tag)
        else:
            reader.append(source, unescape(source) if source[0] == "&" else source)
    return reader


class _Reader:
    """Text and pieces as far as they are read."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []

    def tag(self, source: str, name: str) -> None:
        if source[1] == "/":
            self.pieces.append(Piece("close", source, self.length, name))
            self._break(name)
        else:
            self._break(name)
            self.pieces.append(Piece("void" if name in _VOID else "open", source, self.length, name))

    def append(self, source: str, text: str) -> None:
        self.pieces.append(Piece("text", source, self.length, "", len(text)))
        self.text.append(text)
        self.length += len(text)

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS and self.text and not self.text[-1].endswith("\n"):
            self.text.append("\n")
            self.length += 1
