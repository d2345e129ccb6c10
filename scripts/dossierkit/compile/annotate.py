"""Marks in finished HTML: spans of the text layer become elements, properly nested with the tags that are there.

Positions are counted in units: a code point of text is one, a tag is one. A mark that crosses a tag is cut into parts
that hold whole elements only; a mark that crosses another mark's end is closed there and opened again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

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


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a mark, in units, half open."""

    mark: Mark
    start: int
    end: int
    first: bool
    last: bool
    linked: bool


def annotate(layer: Layer, marks: Iterable[Mark]) -> str:
    """The layer's HTML with the marks in it. The text stays the same, character for character."""
    units = _units(layer.pieces)
    parts = sorted(
        (part for mark in marks for part in _parts(layer.pieces, units, mark)),
        key=lambda part: (part.start, -part.end, part.mark.rank),
    )
    return "".join(_write(layer.pieces, units, parts))


def _units(pieces: tuple[Piece, ...]) -> list[int]:
    """The unit on which each piece starts, and the end."""
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + (len(piece.chars) if piece.kind == "text" else 1))
    return starts


def _parts(pieces: tuple[Piece, ...], units: list[int], mark: Mark) -> list[_Part]:
    spans = [span for span in _balanced(pieces, units, mark) if _has_words(pieces, units, *span)]
    last = len(spans) - 1
    return [
        _Part(mark, start, end, number == 0, number == last, _in_link(pieces, units, start, end))
        for number, (start, end) in enumerate(spans)
    ]


def _balanced(pieces: tuple[Piece, ...], units: list[int], mark: Mark) -> Iterator[tuple[int, int]]:
    """The mark's range in units, cut at every tag whose partner lies outside of it."""
    first, last = _touched(pieces, mark)
    if first > last:
        return
    lonely = _unmatched(pieces, first, last)
    start = units[first] + min(max(0, mark.start - pieces[first].start), len(pieces[first].chars))
    for index in lonely:
        if units[index] > start:
            yield start, units[index]
        start = units[index] + 1
    end = units[last] + min(mark.end - pieces[last].start, len(pieces[last].chars))
    if end > start:
        yield start, end


def _touched(pieces: tuple[Piece, ...], mark: Mark) -> tuple[int, int]:
    """The first and the last text piece that share a character with the mark."""
    low = bisect_right(pieces, mark.start, key=lambda piece: piece.start) - 1
    while low >= 0 and not (pieces[low].kind == "text" and pieces[low].start <= mark.start):
        low -= 1
    high = bisect_right(pieces, mark.end - 1, key=lambda piece: piece.start) - 1
    while high >= 0 and pieces[high].kind != "text":
        high -= 1
    return max(low, 0), high


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


def _has_words(pieces: tuple[Piece, ...], units: list[int], start: int, end: int) -> bool:
    index = bisect_right(units, start) - 1
    while index < len(pieces) and units[index] < end:
        at = units[index]
        if (
            pieces[index].kind == "text"
            and "".join(pieces[index].chars[max(0, start - at) : end - at]).strip()
        ):
            return True
        index += 1
    return False


def _in_link(pieces: tuple[Piece, ...], units: list[int], start: int, end: int) -> bool:
    """Whether the range lies in a link, or holds one."""
    index = bisect_right(units, start) - 1
    depth = sum({"open": 1, "close": -1}.get(piece.kind, 0) for piece in pieces[:index] if piece.tag == "a")
    stop = bisect_right(units, end - 1)
    return depth > 0 or any(piece.tag == "a" for piece in pieces[index:stop])


def _write(pieces: tuple[Piece, ...], units: list[int], parts: list[_Part]) -> Iterator[str]:
    opening: dict[int, list[_Part]] = defaultdict(list)
    closing: set[int] = set()
    for part in parts:
        opening[part.start].append(part)
        closing.add(part.end)
    events = sorted(opening.keys() | closing)
    stack: list[_Part] = []
    for index, piece in enumerate(pieces):
        at, stop = units[index], units[index + 1]
        low, high = bisect_right(events, at - 1), bisect_right(events, stop - 1)
        position = at
        for event in events[low:high]:
            yield _source(piece, position - at, event - at)
            position = event
            yield from _turn(stack, event, opening.get(event, []))
        yield _source(piece, position - at, stop - at)
    yield from _turn(stack, units[-1], [])


def _source(piece: Piece, start: int, end: int) -> str:
    if start >= end:
        return ""
    return "".join(piece.chars[start:end]) if piece.kind == "text" else piece.html


def _turn(stack: list[_Part], at: int, opening: list[_Part]) -> Iterator[str]:
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
    attributes = [("id", part.mark.id)] if own_id and part.mark.id else []
    attributes += [pair for pair in part.mark.attributes if not (part.linked and pair[0] == "href")]
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes)
    return f"<{_element(part)}{written}>"
