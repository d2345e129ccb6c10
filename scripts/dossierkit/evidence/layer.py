"""The text of finished HTML, with its tags: words are found in the text and marked in the HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

_BLOCKS = frozenset(
    "address article aside blockquote br dd details div dl dt figcaption figure h1 h2 h3 h4 h5 h6 hr li ol p pre "
    "section summary table tbody td tfoot th thead tr ul".split()
)
_PIECE = re.compile(
    r"""(?P<note><sup\ id="fnref[^"]*+">(?>(?:<a\ [^<>]*+>)?)[^<>]*+(?>(?:</a>)?)</sup>)|</?(?P<tag>[a-zA-Z][^\s/<>"]*+)(?>(?:[^<>"]|"[^"]*+")*)>|&(?:\#[0-9]+|\#[xX][0-9a-fA-F]+|[a-zA-Z][a-zA-Z0-9]*);|[^<&]+|[<&]""",
)
_VOID = frozenset("area br col embed hr img input link meta source track wbr".split())


class HtmlRun(NamedTuple):
    """A run of the HTML. `html` is its source, which begins at `at`.

    `kind`: text | open | close | void | note. Text is a run of plain characters or one character reference; it has `length`
    code points, the first of them at `start` in the layer's text. `tag` names the element of a tag. A note is the whole sign of a
    footnote, a link: it is no word of the text, and would be part of the word or the number before it.
    """

    kind: str
    html: str
    at: int
    start: int
    tag: str = ""
    length: int = 0

    @property
    def stop(self) -> int:
        """End offset in the source."""
        return self.at + len(self.html)

    def place(self, offset: int) -> int:
        """Offset in the source of one of its code points, limited to its ends."""
        inside = offset - self.start
        if inside <= 0:
            return self.at
        return self.at + inside if inside < self.length == len(self.html) else self.stop


@dataclass(frozen=True, slots=True)
class Layer:
    """`text`: as readers read it, without signs of footnotes; blocks are separated by a line break that belongs to no piece.

    `html`: the input. Pieces are made on each access: they are many, and needed once.
    """

    text: str
    html: str

    @property
    def separated(self) -> Layer:
        """The HTML with line breaks between blocks, so that a browser's text of it equals `text`, except for signs of footnotes."""
        return Layer(self.text, "".join(_separated(self.html)))

    @property
    def pieces(self) -> tuple[HtmlRun, ...]:
        return tuple(_read(self.html)[1])


def layer(html: str) -> Layer:
    """The text layer of well-formed HTML as nh3 writes it: no comments, no scripts, attributes in double quotes."""
    return Layer(_read(html)[0], html)


def _separated(html: str) -> Iterator[str]:
    """The runs of the HTML, with a line break between blocks."""
    last = "\n"
    for match in _PIECE.finditer(html):
        source, tag = match.group(0, "tag")
        if match["note"]:
            pass
        elif tag is None:
            last = unescape(source) if source[0] == "&" else source
        elif tag in _BLOCKS and not last.endswith("\n"):
            last = "\n"
            yield last
        yield source


def _read(html: str) -> tuple[str, list[HtmlRun]]:
    """The text and the pieces."""
    text: list[str] = []
    pieces: list[HtmlRun] = []
    length = 0
    for match in _PIECE.finditer(html):
        source, tag = match.group(0, "tag")
        if match["note"]:
            pieces.append(HtmlRun("note", source, match.start(), length, "a"))
            continue
        if tag is None:
            plain = unescape(source) if source[0] == "&" else source
            pieces.append(HtmlRun("text", source, match.start(), length, "", len(plain)))
            text.append(plain)
            length += len(plain)
            continue
        before = length
        if tag in _BLOCKS and text and not text[-1].endswith("\n"):
            text.append("\n")
            length += 1
        if source[1] == "/":
            pieces.append(HtmlRun("close", source, match.start(), before, tag))
        else:
            pieces.append(HtmlRun("void" if tag in _VOID else "open", source, match.start(), length, tag))
    return "".join(text), pieces
