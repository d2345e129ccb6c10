"""One card as SVG, 1200 by 630: what it is, its title, its source, the site, and a band in the colours of whom it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import NamedTuple
from unicodedata import normalize

from dossierkit.model.record import ENTITY_TYPES
from dossierkit.site.cards.wrap import clipped, drawable, fit, width

WIDTH, HEIGHT = 1200, 630
_MARGIN = 80
_ROOM = WIDTH - 2 * _MARGIN
# (Size, most lines): what fits between the first line and the rule. Arabic needs more room between its lines.
_SIZES = {
    "ltr": ((84, 2), (72, 3), (62, 4), (52, 5), (46, 6)),
    "rtl": ((84, 2), (74, 3), (62, 4), (50, 5)),
}
_LEADING = {"ltr": 1.16, "rtl": 1.5}
_BAND = 18
_PAPER, _INK, _QUIET, _RULE = "#fdfcf9", "#1d2226", "#585f64", "#e3e0d8"
# As parts/tokens.css has them in the light scheme.
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
"""The room below the rule, in thousandths of the size."""


class _Style(NamedTuple):
    size: int
    fill: str
    weight: int = 400


_QUIETLY, _PLAINLY = _Style(_SMALL, _QUIET), _Style(_SMALL, _INK, 600)


class Card(NamedTuple):
    """`kind` stands above the title, `facts` below it, each left out where it cannot be drawn or is empty.

    `named`: how many entities of each type.
    """

    title: str
    dir: str
    kind: str
    facts: tuple[str, ...]
    site: str
    named: Mapping[str, int]


def address(path: str) -> str:
    """Where the card of a page stands, from the site's root."""
    return f"cards/{path.removesuffix('.md')}.png"


def svg(card: Card) -> str:
    """The picture. Its title must be `drawable`; facts that are not are left out."""
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
    """One line, beginning where its direction begins. The renderer takes each line as left-to-right but for isolates."""
    x, anchor = (WIDTH - _MARGIN, "end") if direction == "rtl" else (_MARGIN, "start")
    line = f"{_ISOLATE[direction]}{escape(text)}\u2069"
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{style.size}" font-weight="{style.weight}" fill="{style.fill}">'
        f"{line}</text>"
    )


def _band(named: Mapping[str, int]) -> Iterable[str]:
    """Along the upper edge, each type as long as it has entities; plain where nobody is named."""
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
    """Each as what it is by itself, whatever the direction of the line."""
    return (f"\u2068{normalize('NFC', text)}\u2069" for text in texts if text and drawable(text))
