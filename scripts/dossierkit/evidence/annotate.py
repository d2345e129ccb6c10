"""Mark spans of the text layer in finished HTML, properly nested with its tags.

A mark that crosses a tag is cut into parts that contain whole elements only; a mark that crosses another mark's end
is closed there and reopened.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from typing import NamedTuple

from dossierkit.evidence.layer import HtmlRun, Layer

_Attributes = tuple[tuple[str, str], ...]


class MarkTag(NamedTuple):
    """An element for any number of marks, with its attributes, also as HTML."""

    element: str
    attributes: _Attributes
    html: str

    @property
    def linked(self) -> MarkTag:
        """The tag inside a link, where links are not allowed: a `span` instead."""
        bare = (pair for pair in self.attributes if pair[0] != "href")
        return tag("span", *bare) if self.element == "a" else self


def tag(element: str, *attributes: tuple[str, str]) -> MarkTag:
    html = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
    return MarkTag(element, attributes, html)


class TextMark(NamedTuple):
    """A span to mark (code points of the layer's text, half open).

    `tag` is used for every part of the mark, `id` (as HTML) for its first part only. Longer marks enclose shorter ones;
    of equal ones, the lower `rank` encloses. `after`: HTML written once after the mark.
    """

    start: int
    end: int
    tag: MarkTag
    id: str = ""
    rank: int = 0
    after: str = ""


@dataclass(slots=True)
class _MarkPart:
    """A part of a mark: its span in the source, half open. Not frozen: there are some for each sentence."""

    mark: TextMark
    start: int
    end: int
    tag: MarkTag
    first: bool = True
    last: bool = True

    @property
    def opening(self) -> str:
        id_ = f' id="{self.mark.id}"' if self.first and self.mark.id else ""
        return f"<{self.tag.element}{id_}{self.tag.html}>"


class _Html:
    """Pieces of the HTML with indexes.

    `texts`: indexes of text pieces; `starts`: their offsets in the text; `places`: offset of each piece in the source.
    `depth[i]`, `links[i]`: number of open links before a piece, and of link tags before it.
    """

    def __init__(self, layer: Layer) -> None:
        pieces = layer.pieces
        self.source, self.pieces = layer.html, pieces
        self.texts = [index for index, piece in enumerate(pieces) if piece.kind == "text"]
        self.starts = [pieces[index].start for index in self.texts]
        self.places = [piece.at for piece in pieces]
        linking = [_STEP.get(piece.kind, 0) if piece.tag == "a" else 0 for piece in pieces]
        self.depth = list(accumulate(linking, initial=0))
        tags = (piece.tag == "a" for piece in pieces)
        self.links = list(accumulate(tags, initial=0))

    def touched(self, mark: TextMark) -> tuple[int, int]:
        """The first and last text piece that share a character with the mark."""
        low = bisect_right(self.starts, mark.start) - 1
        high = bisect_right(self.starts, mark.end - 1) - 1
        return self.texts[low] if low >= 0 else 0, self.texts[high] if high >= 0 else -1

    def has_words(self, start: int, end: int) -> bool:
        index = bisect_right(self.places, start) - 1
        while index < len(self.pieces) and self.places[index] < end:
            piece = self.pieces[index]
            if piece.kind == "text" and not _blank(self.source[max(start, piece.at) : min(end, piece.stop)]):
                return True
            index += 1
        return False

    def in_link(self, start: int, end: int) -> bool:
        """Whether the range is in a link, or contains one."""
        index = bisect_right(self.places, start) - 1
        stop = bisect_right(self.places, end - 1)
        return self.depth[index] > 0 or self.links[stop] > self.links[index]


_STEP = {"open": 1, "close": -1}


def _blank(html: str) -> bool:
    return not html or html.isspace()


def annotate(layer: Layer, marks: Iterable[TextMark]) -> str:
    """The layer's HTML with the marks. The text stays the same, character for character."""
    html = _Html(layer)
    parts = [part for mark in marks for part in _parts(html, mark)]
    parts.sort(key=lambda part: (part.start, -part.end, part.mark.rank))
    return "".join(_write(html.source, parts))


def _parts(html: _Html, mark: TextMark) -> list[_MarkPart]:
    first, last = html.touched(mark)
    if first != last:
        return _cut(html, mark, first, last)
    piece = html.pieces[first]  # as most marks, it is within one piece
    start, end = piece.place(mark.start), piece.place(mark.end)
    if _blank(html.source[start:end]):
        return []
    return [_MarkPart(mark, start, end, mark.tag.linked if html.depth[first] else mark.tag)]


def _cut(html: _Html, mark: TextMark, first: int, last: int) -> list[_MarkPart]:
    """The mark as parts that contain whole elements."""
    spans = [span for span in _balanced(html.pieces, mark, first, last) if html.has_words(*span)]
    end = len(spans) - 1
    return [
        _MarkPart(
            mark, *span, mark.tag.linked if html.in_link(*span) else mark.tag, number == 0, number == end
        )
        for number, span in enumerate(spans)
    ]


def _balanced(pieces: Sequence[HtmlRun], mark: TextMark, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The mark's range in the source, cut at every tag whose partner is outside. `first`, `last`: pieces it touches."""
    if first > last:
        return
    start = pieces[first].place(mark.start)
    for index in _unmatched(pieces, first, last):
        if pieces[index].at > start:
            yield start, pieces[index].at
        start = pieces[index].stop
    end = pieces[last].place(mark.end)
    if end > start:
        yield start, end


def _unmatched(pieces: Sequence[HtmlRun], first: int, last: int) -> list[int]:
    opened: list[int] = []
    alone: list[int] = []
    for index in range(first, last + 1):
        if pieces[index].kind == "open":
            opened.append(index)
        elif pieces[index].kind == "close":
            if opened:
                opened.pop()
            else:
                alone.append(index)
    return sorted(alone + opened)


def _write(source: str, parts: list[_MarkPart]) -> list[str]:
    starting: dict[int, list[_MarkPart]] = defaultdict(list)
    for part in parts:
        starting[part.start].append(part)
    ending = Counter([part.end for part in parts])
    stack: list[_MarkPart] = []
    written: list[str] = []
    done = 0
    for at in sorted({*starting, *ending}):
        written.append(source[done:at])
        done = at
        if at in ending:
            _close(stack, at, ending[at], written)
        for part in starting.get(at, ()):
            stack.append(part)
            written.append(part.opening)
    written.append(source[done:])
    return written


def _close(stack: list[_MarkPart], at: int, ending: int, written: list[str]) -> None:
    """Close the `ending` parts at this piece, and reopen those closed for it."""
    again: list[_MarkPart] = []
    while ending:
        part = stack.pop()
        written.append(f"</{part.tag.element}>")
        if part.end != at:
            again.append(part)
            continue
        ending -= 1
        if part.last:
            written.append(part.mark.after)
    for part in reversed(again):
        stack.append(part)
        written.append(f"<{part.tag.element}{part.tag.html}>")
