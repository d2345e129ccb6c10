"""Marks in finished HTML: spans of the text layer become elements, properly nested with the tags that are there.

Positions are counted in units: a code point of text is one, a tag is one. A mark that crosses a tag is cut into parts
that hold whole elements only; a mark that crosses another mark's end is closed there and opened again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from itertools import accumulate

from dossierkit.compile.layer import Layer, Piece


@dataclass(frozen=True, slots=True)
class Mark:
    """A span to mark (code points of the layer's text, half open).

    `attributes` stand on every part of the mark, `id` on its first part only. Longer marks enclose shorter ones; of
    equal ones, the lower `rank` encloses. `after` is HTML written once behind the end of the mark. A mark with an
    `href` becomes a `span` without one where it stands in a link.
    """

    start: int
    end: int
    element: str
    attributes: tuple[tuple[str, str], ...]
    id: str = ""
    rank: int = 0
    after: str = ""


@dataclass(slots=True)
class _Part:
    """A piece of a mark, in units, half open."""

    mark: Mark
    start: int
    end: int
    first: bool
    last: bool
    linked: bool


class _Html:
    """Pieces with what is asked of them again and again.

    `units[i]` is the unit on which the i-th piece starts, with the end behind the last. `texts` are the indexes of the
    pieces of text, `starts` their offsets. `depth[i]` and `links[i]` count links that are open before a piece, and tags
    of links before it.
    """

    def __init__(self, layer: Layer) -> None:
        pieces = layer.pieces
        self.pieces = pieces
        self.units = list(
            accumulate((piece.length if piece.kind == "text" else 1 for piece in pieces), initial=0)
        )
        self.texts = [index for index, piece in enumerate(pieces) if piece.kind == "text"]
        self.starts = [pieces[index].start for index in self.texts]
        steps = [_STEP.get(piece.kind, 0) if piece.tag == "a" else 0 for piece in pieces]
        self.depth = list(accumulate(steps, initial=0))
        self.links = list(accumulate((piece.tag == "a" for piece in pieces), initial=0))

    def touched(self, mark: Mark) -> tuple[int, int]:
        """The first and the last text piece that share a character with the mark."""
        low = bisect_right(self.starts, mark.start) - 1
        high = bisect_right(self.starts, mark.end - 1) - 1
        return self.texts[low] if low >= 0 else 0, self.texts[high] if high >= 0 else -1

    def has_words(self, start: int, end: int) -> bool:
        index = bisect_right(self.units, start) - 1
        while index < len(self.pieces) and self.units[index] < end:
            at, piece = self.units[index], self.pieces[index]
            if piece.kind == "text" and not _blank(piece.source(max(0, start - at), end - at)):
                return True
            index += 1
        return False

    def in_link(self, start: int, end: int) -> bool:
        """Whether the range lies in a link, or holds one."""
        index = bisect_right(self.units, start) - 1
        stop = bisect_right(self.units, end - 1)
        return self.depth[index] > 0 or self.links[stop] > self.links[index]


_STEP = {"open": 1, "close": -1}


def _blank(html: str) -> bool:
    return not html or html.isspace()


def annotate(layer: Layer, marks: Iterable[Mark]) -> str:
    """The layer's HTML with the marks in it. The text stays the same, character for character."""
    html = _Html(layer)
    parts = [part for mark in marks for part in _parts(html, mark)]
    parts.sort(key=lambda part: (part.start, -part.end, part.mark.rank))
    return "".join(_write(html, parts))


def _parts(html: _Html, mark: Mark) -> list[_Part]:
    spans = [span for span in _balanced(html, mark) if html.has_words(*span)]
    last = len(spans) - 1
    return [
        _Part(mark, start, end, number == 0, number == last, html.in_link(start, end))
        for number, (start, end) in enumerate(spans)
    ]


def _balanced(html: _Html, mark: Mark) -> Iterator[tuple[int, int]]:
    """The mark's range in units, cut at every tag whose partner lies outside of it."""
    pieces, units = html.pieces, html.units
    first, last = html.touched(mark)
    if first > last:
        return
    start = units[first] + min(max(0, mark.start - pieces[first].start), pieces[first].length)
    for index in _unmatched(pieces, first, last) if first < last else ():
        if units[index] > start:
            yield start, units[index]
        start = units[index] + 1
    end = units[last] + min(mark.end - pieces[last].start, pieces[last].length)
    if end > start:
        yield start, end


def _unmatched(pieces: tuple[Piece, ...], first: int, last: int) -> list[int]:
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


def _write(html: _Html, parts: list[_Part]) -> Iterator[str]:
    opening: dict[int, list[_Part]] = defaultdict(list)
    for part in parts:
        opening[part.start].append(part)
    events = sorted(opening.keys() | {part.end for part in parts})
    stack: list[_Part] = []
    number = 0
    for piece, at, stop in zip(html.pieces, html.units, html.units[1:], strict=False):
        position = at
        while number < len(events) and events[number] < stop:
            event = events[number]
            yield _source(piece, position - at, event - at)
            position = event
            yield from _turn(stack, event, opening.get(event, ()))
            number += 1
        yield _source(piece, position - at, stop - at) if position > at else piece.html
    yield from _turn(stack, html.units[-1], ())


def _source(piece: Piece, start: int, end: int) -> str:
    if start >= end:
        return ""
    return piece.source(start, end) if piece.kind == "text" else piece.html


def _turn(stack: list[_Part], at: int, opening: Iterable[_Part]) -> Iterator[str]:
    """Close what ends at this unit, reopen what was closed on the way, open what starts."""
    ending = [part for part in stack if part.end == at]
    again: list[_Part] = []
    while ending:
        top = stack.pop()
        yield f"</{_element(top)}>"
        if top in ending:
            ending.remove(top)
            if top.last:
                yield top.mark.after
        else:
            again.append(top)
    for part in reversed(again):
        stack.append(part)
        yield _tag(part, own_id=False)
    for part in opening:
        stack.append(part)
        yield _tag(part, own_id=part.first)


def _element(part: _Part) -> str:
    return "span" if part.linked and part.mark.element == "a" else part.mark.element


def _tag(part: _Part, *, own_id: bool) -> str:
    mark = part.mark
    id_ = f' id="{escape(mark.id)}"' if own_id and mark.id else ""
    return f"<{_element(part)}{id_}{_written(mark.attributes, linked=part.linked)}>"


@lru_cache(maxsize=4096)
def _written(attributes: tuple[tuple[str, str], ...], *, linked: bool) -> str:
    return "".join(
        f' {name}="{escape(value)}"' for name, value in attributes if not (linked and name == "href")
    )
