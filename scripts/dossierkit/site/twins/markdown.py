"""From clean HTML to Markdown (CommonMark, and GitHub's tables). Text is escaped: nothing in it becomes markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import unescape

from dossierkit.evidence.layer import HtmlRun, Layer

_SIGNS = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|&(?=#?[A-Za-z0-9]{1,32};)|~~|(?<=!)(?=\[)|\{(?=[{%])")
_START = re.compile(r"^(?=[#>+=|~-])|^([0-9]{1,9})(?=[.)](?:\s|$))")
_HREF = re.compile(r' href="([^"]*)"')
_ALT = re.compile(r' alt="([^"]*)"')
_LEVEL = re.compile(r"h([1-6])")
_AROUND = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_QUOTED, _LISTS, _CELLS = "blockquote", {"ul", "ol"}, {"td", "th"}
_BREAKS = frozenset(
    "address article aside dd details div dl dt figcaption figure p section summary tbody tfoot thead".split()
)


def escaped(text: str) -> str:
    """Text on one line, escaped so that Markdown shows it unchanged in any position."""
    return _begun(_SIGNS.sub(r"\\\g<0>", " ".join(text.split())))


def _begun(text: str) -> str:
    """Escape a sign that would begin a block, and the point after a number."""
    return _START.sub(lambda match: f"{match[1]}\\" if match[1] else "\\", text)


def link(words: str, address: str) -> str:
    """A link; just the words if the address is empty. `words` is Markdown."""
    bare = "".join(f"%{ord(sign):02X}" if sign in "<>() \\\"'" else sign for sign in address)
    return f"[{words}]({bare})" if address else words


def markdown(layer: Layer, resolve: Callable[[str], str]) -> str:
    """The Markdown of a layer's HTML, with an empty line between blocks. `resolve` returns the address for a `href`."""
    writer = _Writer(resolve)
    for piece in layer.pieces:
        writer.take(piece)
    writer.block()
    return "\n\n".join(writer.blocks)


@dataclass(slots=True)
class _Writer:
    """The Markdown written so far, and the elements that are still open."""

    resolve: Callable[[str], str]
    blocks: list[str] = field(default_factory=list)
    inline: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    prefix: list[str] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    mark: str = ""
    verbatim: bool = False
    rows: int = 0

    def take(self, piece: HtmlRun) -> None:
        if piece.kind == "text":
            self.text.append(unescape(piece.html) if piece.html[0] == "&" else piece.html)
            return
        self._said()
        if piece.kind == "close":
            self._close(piece.tag)
        else:
            self._open(piece.tag, piece.html)

    def _said(self) -> None:
        """Append the text since the last tag, escaped unless it is verbatim."""
        if self.text:
            text = "".join(self.text)
            self.inline.append(text if self.verbatim else _SIGNS.sub(r"\\\g<0>", _SPACES.sub(" ", text)))
            self.text.clear()

    def block(self) -> None:
        """End the open block, if there is one."""
        self._said()
        text = "".join(self.inline).strip()
        self.inline.clear()
        if not text and not self.mark:
            return
        lines = (self.mark + (text if self.mark.startswith("#") else _begun(text))).split("\n")
        first = "".join(self.prefix)
        later = "".join(one if one == "> " else " " * len(one) for one in self.prefix)
        self._add("\n".join(f"{first if not number else later}{line}" for number, line in enumerate(lines)))
        self.mark = ""
        self.prefix = [one if one == "> " else " " * len(one) for one in self.prefix]

    def _add(self, block: str) -> None:
        self.blocks.append(block)

    def _open(self, tag: str, html: str) -> None:
        if tag == "br":
            self.inline.append("\\\n")
        elif tag == "hr":
            self.block()
            self._add("---")
        elif tag == "img":
            self.text.append(unescape(found[1]) if (found := _ALT.search(html)) else "")
        elif tag == "pre":
            self.block()
            self.verbatim = True
        elif tag in _AROUND and not self.verbatim:
            self.inline.append(_AROUND[tag])
        elif tag == "a":
            found = _HREF.search(html)
            self.links.append(self.resolve(unescape(found[1])) if found else "")
            self.inline.append("[" if self.links[-1] else "")
        else:
            self._open_block(tag)

    def _open_block(self, tag: str) -> None:
        if level := _LEVEL.fullmatch(tag):
            self.block()
            self.mark = f"{'#' * min(6, int(level[1]) + 1)} "
        elif tag == _QUOTED:
            self.block()
            self.prefix.append("> ")
        elif tag in _LISTS:
            self.block()
            self.lists.append(1 if tag == "ol" else 0)
        elif tag == "li":
            self.block()
            number = self.lists[-1] if self.lists else 0
            self.prefix.append(f"{number}. " if number else "- ")
            if number:
                self.lists[-1] += 1
        elif tag == "table":
            self.block()
            self.rows = 0
        elif tag in _CELLS or tag == "tr":
            self.inline.clear()
        elif tag in _BREAKS and not self.verbatim:
            self.block()

    def _close(self, tag: str) -> None:
        if tag == "pre":
            self._fenced()
        elif tag in _AROUND and not self.verbatim:
            self.inline.append(_AROUND[tag])
        elif tag == "a" and self.links:
            address = self.links.pop()
            self.inline.append(link("", address)[1:] if address else "")
        elif tag in _CELLS:
            self.cells.append(" ".join("".join(self.inline).split()).replace("|", "\\|"))
            self.inline.clear()
        elif tag == "tr":
            self._row()
        elif tag in {"li", _QUOTED, *_LISTS}:
            self.block()
            open_ = self.lists if tag in _LISTS else self.prefix
            del open_[-1:]
        elif _LEVEL.fullmatch(tag) or (tag in _BREAKS and not self.verbatim):
            self.block()

    def _fenced(self) -> None:
        text = "".join(self.inline).rstrip("\n")
        self.inline.clear()
        fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(text)), default=0))
        self._add(f"{fence}\n{text}\n{fence}")
        self.verbatim = False

    def _row(self) -> None:
        lines = [_row(self.cells)]
        if not self.rows:
            lines.append(_row("---" for _ in self.cells))
        if self.rows and self.blocks:
            self.blocks[-1] += "\n" + lines[0]
        else:
            self._add("\n".join(lines))
        self.rows += 1
        self.cells.clear()


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


_SPACES, _TICKS = re.compile(r"\s+"), re.compile(r"`+")
