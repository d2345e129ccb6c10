"""One card as SVG, 1200 by 630 pixels: kind and title, source, site, and a band in the colours of types of entities. Lines are
measured with the character widths of the card's own font.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from typing import NamedTuple
from unicodedata import normalize

from dossierkit.model.record import ENTITY_TYPES
from dossierkit.text.data import load

WIDTH, HEIGHT = 1200, 630
_MARGIN = 80
_ROOM = WIDTH - 2 * _MARGIN
# (Size, most lines): what fits between the first line and the rule. Arabic needs more space between lines.
_SIZES = {
    "ltr": ((84, 2), (72, 3), (62, 4), (52, 5), (46, 6)),
    "rtl": ((84, 2), (74, 3), (62, 4), (50, 5)),
}
_LEADING = {"ltr": 1.16, "rtl": 1.5}
_BAND = 18
_PAPER, _INK, _QUIET, _RULE = "#fdfcf9", "#1d2226", "#585f64", "#e3e0d8"
# The colours of parts/tokens.css in the light scheme.
_COLOURS = {
    "person": "#146dbd",
    "organization": "#a15400",
    "place": "#005747",
    "document": "#433089",
    "event": "#c22565",
}
_ISOLATE = {"ltr": "\u2066", "rtl": "\u2067"}
_SMALL = 30
_BELOW = _ROOM * 1000 // _SMALL
"""The space below the rule, in thousandths of the font size."""
_INVISIBLE = frozenset({"Cf", "Cc", "Mn", "Zl", "Zp"})


class _Style(NamedTuple):
    size: int
    fill: str
    weight: int = 400


_QUIETLY, _PLAINLY = _Style(_SMALL, _QUIET), _Style(_SMALL, _INK, 600)


class Card(NamedTuple):
    """The content of a card. `kind` is written above the title, `facts` below it; empty texts and texts that cannot be drawn are
    left out.

    `named`: by type, how many entities are named.
    """

    title: str
    dir: str
    kind: str
    facts: tuple[str, ...]
    site: str
    named: Mapping[str, int]


def address(path: str) -> str:
    """The path of a page's card, from the site's root."""
    return f"cards/{path.removesuffix('.md')}.png"


def svg(card: Card) -> str:
    """The picture. The title must be `drawable`; facts that are not are left out."""
    title = normalize("NFC", card.title)
    site = clipped(" ".join(_shown((card.site,))), _BELOW // 2)
    facts = clipped(" · ".join(_shown(card.facts)), _BELOW - width(site) - 2_000)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="Dossier Card">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{_PAPER}"/>',
        *_band(card.named),
        _text(" ".join(_shown((card.kind,))), card.dir, 108, _QUIETLY),
        *_title(title, card.dir),
        f'<rect x="{_MARGIN}" y="536" width="{_ROOM}" height="2" fill="{_RULE}"/>',
        _text(facts, card.dir, 590, _QUIETLY),
        _text(site, "rtl" if card.dir == "ltr" else "ltr", 590, _PLAINLY),
        "</svg>",
    ]
    return "".join(parts)


def _title(title: str, direction: str) -> Iterable[str]:
    fitted = fit(title, _ROOM, _SIZES[direction])
    step = fitted.size * _LEADING[direction]
    # Centred between the line above and the rule below, by the middle of the letters.
    first = 330 - step * (len(fitted.lines) - 1) / 2 + fitted.size * 0.34
    for number, line in enumerate(fitted.lines):
        yield _text(line, direction, round(first + step * number), _Style(fitted.size, _INK, 600))


def _text(text: str, direction: str, y: int, style: _Style) -> str:
    """One line of text, aligned by its direction. The renderer treats every line as left-to-right except inside isolates."""
    x, anchor = (WIDTH - _MARGIN, "end") if direction == "rtl" else (_MARGIN, "start")
    line = f"{_ISOLATE[direction]}{escape(text)}\u2069"
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{style.size}" font-weight="{style.weight}" fill="{style.fill}">'
        f"{line}</text>"
    )


def _band(named: Mapping[str, int]) -> Iterable[str]:
    """The band along the upper edge, divided among types by their numbers of entities; in one colour if no entity is named."""
    total = sum(named.values())
    begin = 0
    for type_ in ENTITY_TYPES:
        end = begin + named.get(type_, 0)
        if end > begin:
            left, right = begin * WIDTH // total, end * WIDTH // total
            yield f'<rect x="{left}" width="{right - left}" height="{_BAND}" fill="{_COLOURS[type_]}"/>'
        begin = end
    if not total:
        yield f'<rect width="{WIDTH}" height="{_BAND}" fill="{_INK}"/>'


def _shown(texts: Iterable[str]) -> Iterable[str]:
    """The drawable texts, each isolated from the direction of the line."""
    return (f"\u2068{normalize('NFC', text)}\u2069" for text in texts if text and drawable(text))


class Fit(NamedTuple):
    """A title in lines, with its size in pixels."""

    size: int
    lines: tuple[str, ...]


@cache
def _widths(kind: str) -> dict[int, int]:
    pairs = (pair.partition(":") for pair in load("cards/widths")[kind].split())
    return {int(code): int(width) for code, _, width in pairs}


def drawable(text: str) -> bool:
    """Whether the text is not blank and the font has every character, so that no box is drawn for a missing glyph."""
    alone = _widths("alone")
    return bool(text.strip()) and all(
        ord(char) in alone or unicodedata.category(char) in _INVISIBLE
        for char in unicodedata.normalize("NFC", text)
    )


def width(text: str) -> int:
    """The width in thousandths of the font size. Arabic letters are narrower before another letter; ligatures do not count."""
    alone, joined = _widths("alone"), _widths("joined")
    shown = [char for char in text if unicodedata.category(char) not in _INVISIBLE]
    following = [*shown[1:], " "][: len(shown)]
    return sum(
        joined[ord(char)] if ord(char) in joined and after.isalpha() else alone.get(ord(char), 0)
        for char, after in zip(shown, following, strict=True)
    )


def fit(text: str, room: int, sizes: tuple[tuple[int, int], ...]) -> Fit:
    """The title in the first size of `sizes`, pairs of (size, most lines), that it fits into; in the last size, cut with an
    ellipsis, if it fits into none.

    `room`: pixels. Lines are about equally long.
    """
    words = text.split()
    for size, most in sizes:
        broken = lines(words, room * 1000 // size)
        if len(broken) <= most and max(map(width, words)) <= room * 1000 // size:
            return Fit(size, _balanced(words, room * 1000 // size, len(broken)))
    size, most = sizes[-1]
    limit = room * 1000 // size
    broken = lines([piece for word in words for piece in _pieces(word, limit)], limit)
    if len(broken) <= most:
        return Fit(size, broken)
    return Fit(size, (*broken[: most - 1], clipped(broken[most - 1] + "…", limit)))


def lines(words: list[str], limit: int) -> tuple[str, ...]:
    """Fill each line with as many words as fit. `limit`: thousandths of the font size."""
    made: list[str] = []
    for word in words:
        if made and width(f"{made[-1]} {word}") <= limit:
            made[-1] = f"{made[-1]} {word}"
        else:
            made.append(word)
    return tuple(made)


def clipped(text: str, limit: int) -> str:
    """The text, cut with an ellipsis if it is wider than `limit`."""
    if width(text) <= limit:
        return text
    start = text.rstrip("…")
    while start and width(start + "…") > limit:
        start = start[:-1].rstrip()
    return start + "…"


def _balanced(words: list[str], limit: int, count: int) -> tuple[str, ...]:
    """Break the words into `count` lines, with the longest line as short as possible."""
    low, high = max(map(width, words)), limit
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if len(lines(words, middle)) <= count else (middle + 1, high)
    return lines(words, high)


def _pieces(word: str, limit: int) -> list[str]:
    """Split a word that is wider than a line into parts that fit; combining marks stay with their letters."""
    made = [""]
    for char in word:
        if width(made[-1] + char) > limit and not unicodedata.combining(char):
            made.append("")
        made[-1] += char
    return made
