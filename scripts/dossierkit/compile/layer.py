"""Finished HTML seen as a text with tags in it, so that words can be found in the text and marked in the HTML."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser

_BLOCKS = frozenset(
    "address article aside blockquote br dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre "
    "section summary table tbody td tfoot th thead tr ul".split()
)
_VOID = frozenset("area br col embed hr img input link meta source track wbr".split())


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of the HTML. `html` is its source.

    `kind`: text | open | close | void. For text, `chars[i]` is the source of the i-th code point (a character or an
    entity) and `start` the offset of the first in the layer's text. `tag` names the element of a tag.
    """

    kind: str
    html: str
    start: int
    tag: str = ""
    chars: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Layer:
    """`text` is what a reader reads: blocks are separated by a line break that belongs to no piece."""

    text: str
    pieces: tuple[Piece, ...]


def layer(html: str) -> Layer:
    """The text layer of well-formed HTML (as nh3 writes it)."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    return Layer("".join(parser.text), tuple(parser.pieces))


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.text: list[str] = []
        self.length = 0
        self.pieces: list[Piece] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._break(tag)
        kind = "void" if tag in _VOID else "open"
        self.pieces.append(Piece(kind, self.get_starttag_text() or "", self.length, tag))

    def handle_endtag(self, tag: str) -> None:
        self.pieces.append(Piece("close", f"</{tag}>", self.length, tag))
        self._break(tag)

    def handle_data(self, data: str) -> None:
        self._append(data, tuple(data))

    def handle_entityref(self, name: str) -> None:
        self._entity(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self._entity(f"&#{name};")

    def _entity(self, source: str) -> None:
        char = unescape(source)
        self._append(char, (source, *[""] * (len(char) - 1)))

    def _append(self, data: str, chars: tuple[str, ...]) -> None:
        self.pieces.append(Piece("text", "".join(chars), self.length, chars=chars))
        self.text.append(data)
        self.length += len(data)

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS and self.text and not self.text[-1].endswith("\n"):
            self.text.append("\n")
            self.length += 1
