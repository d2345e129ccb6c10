"""The drawing of a network: nodes and edges, with all values that the template writes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dossierkit.site.charts import labels, node_layout, shapes
from dossierkit.site.charts.labels import Label, LabelBox, LabelPoint, width
from dossierkit.site.views import EntityItem

_SMALL, _LARGE = 4.5, 9.0
_THIN, _THICK = 1.0, 4.0
_NOTE = 11.0
_DENSE = 16  # entities of a dossier; labels of smaller networks have space, and those of thousands of articles would cost too much
_ALONG = (0.5, 0.42, 0.58, 0.34, 0.66)


@dataclass(slots=True)
class Bond:
    """An edge between two nodes (indices): `strength` is a count, `note` its words.

    `stated`: the type of a curated relation from the first to the second node; empty for entities that are only named
    together. `apart`: whether no sentence names both. Not frozen, for the reason given in `site.views`.
    """

    one: int
    other: int
    strength: int
    note: str
    stated: str = ""
    apart: bool = False

    @property
    def ends(self) -> str:
        return f"{self.one} {self.other}"


@dataclass(frozen=True, slots=True)
class NetworkPlan:
    """The layout of a network. `spots`: positions of the nodes in the unit square. `middle`: the index of the entity that the
    network is about, or None.

    `kind`: "article", "dossier" or "entity". `articles`: ids of the articles that count, None for all. `alone`: whether no
    passages stand with it that say which articles name both ends of an edge without a sentence.
    """

    kind: str
    items: tuple[EntityItem, ...]
    bonds: tuple[Bond, ...]
    spots: tuple[node_layout.Spot, ...]
    middle: int | None = None
    articles: frozenset[str] | None = None
    alone: bool = True


@dataclass(frozen=True, slots=True)
class PictureWidth:
    """A drawing for wide or for narrow columns, or for both: its size, and the space for labels at the sides.

    `size`: of the labels, in units of the drawing. `captions`: up to how many stated relations are captioned; more captions would hide the rest.
    """

    name: str
    width: int
    base: int
    each: int
    side: int
    room: float
    captions: int
    size: float = labels.SIZE


BOTH = PictureWidth("both", 440, 230, 14, 58, 104.0, 0, 14.0)
FORMS = (
    PictureWidth("wide", 720, 250, 10, 84, 140.0, 30),
    PictureWidth("narrow", 360, 230, 22, 46, 104.0, 2),
)


class NetworkNode(NamedTuple):
    item: EntityItem
    shape: str
    x: float
    y: float
    label: Label | None
    middle: bool


class DrawnLine(NamedTuple):
    """An edge as drawn. `ends`: the places of its two nodes in the drawing, from 0. `arrow`: the path of its head; `caption`: its words and the
    position of their middle, None without space.
    """

    x1: float
    y1: float
    x2: float
    y2: float
    width: float
    note: str
    stated: bool
    ends: str
    arrow: str = ""
    caption: tuple[str, float, float] | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    form: str
    size: int
    width: int
    height: int
    lines: tuple[DrawnLine, ...]
    nodes: tuple[NetworkNode, ...]


def draw(plan: NetworkPlan) -> tuple[Drawing, ...]:
    """The network drawn for wide and for narrow columns; in one drawing for both if it is that of an entity without stated
    relations, because their captions would not have the space.
    """
    forms = FORMS if plan.middle is None or any(bond.stated for bond in plan.bonds) else (BOTH,)
    return tuple(_draw(plan, form) for form in forms)


def _draw(plan: NetworkPlan, form: PictureWidth) -> Drawing:
    height = form.base + form.each * len(plan.items)
    radii = _radii(plan.items)
    # Around a middle, labels are outside the ring of nodes.
    side, edge = (form.side, 26) if plan.middle is None else (form.side + 18, 44)
    across, down = form.width - 2 * side, height - 2 * edge
    wished = [(side + x * across, edge + y * down) for x, y in plan.spots]
    centres = _within(node_layout.apart(wished, [radius + 4 for radius in radii]), form, height)
    points = [
        LabelPoint(item.title or item.name, x, y, radius, _open_side(number, plan, centres))
        for number, (item, (x, y), radius) in enumerate(zip(plan.items, centres, radii, strict=True))
    ]
    bounds = LabelBox(2, 2, form.width - 2, height - 2)
    edges = tuple((*centres[bond.one], *centres[bond.other]) for bond in plan.bonds)
    dense = edges if plan.kind == "dossier" and len(plan.items) > _DENSE else ()
    named = labels.place(points, labels.LabelArea(bounds, form.room, form.size, lines=dense))
    nodes = tuple(
        NetworkNode(item, shapes.mark(item.type, *centre, radius), *centre, label, number == plan.middle)
        for number, (item, centre, radius, label) in enumerate(
            zip(plan.items, centres, radii, named, strict=True)
        )
    )
    lines = _lines(plan, centres, radii, _used(points, named) if _captioned(plan, form) else None)
    return Drawing(form.name, round(form.size), form.width, height, lines, nodes)


def _captioned(plan: NetworkPlan, form: PictureWidth) -> bool:
    """Whether there are stated relations, and not too many to caption."""
    return 0 < sum(1 for bond in plan.bonds if bond.stated) <= form.captions


def _used(points: Sequence[LabelPoint], named: Sequence[Label | None]) -> list[LabelBox]:
    return [*(label.box for label in named if label), *map(labels.mark_box, points)]


def _within(spots: Sequence[node_layout.Spot], form: PictureWidth, height: int) -> list[node_layout.Spot]:
    """Positions inside the picture, because `apart` may have moved nodes out of it. Whole pixels keep pages short."""
    return [(round(min(max(x, 14), form.width - 14)), round(min(max(y, 14), height - 14))) for x, y in spots]


def _radii(items: Sequence[EntityItem]) -> list[float]:
    """The radius of each mark: its area grows with the count."""
    most = max((item.count for item in items), default=1) or 1
    return [round(_SMALL + (_LARGE - _SMALL) * math.sqrt(item.count / most), 1) for item in items]


def _open_side(number: int, plan: NetworkPlan, centres: Sequence[node_layout.Spot]) -> tuple[float, float]:
    """The direction away from connected nodes, where the label hides the fewest edges; outward if there is a middle."""
    x, y = centres[number]
    if plan.middle is not None:
        outward = (x - centres[plan.middle][0], y - centres[plan.middle][1])
        return (0.0, 1.0) if number == plan.middle else outward
    across = down = 0.0
    for bond in plan.bonds:
        if number in (bond.one, bond.other):
            end = centres[bond.other if bond.one == number else bond.one]
            length = ((end[0] - x) ** 2 + (end[1] - y) ** 2) ** 0.5 or 1.0
            across -= (end[0] - x) / length
            down -= (end[1] - y) / length
    return round(across, 3), round(down, 3)


def _lines(
    plan: NetworkPlan,
    centres: Sequence[node_layout.Spot],
    radii: Sequence[float],
    used: list[LabelBox] | None,
) -> tuple[DrawnLine, ...]:
    """The edges, with stated ones over the others. `used`: boxes without room for captions; None if edges have none."""
    most = max((bond.strength for bond in plan.bonds), default=1) or 1
    drawn = []
    for bond in sorted(plan.bonds, key=lambda bond: bool(bond.stated)):
        start, end = centres[bond.one], centres[bond.other]
        if bond.stated:
            head = shapes.arrow(start, end, radii[bond.other] + 2)
            words = _caption(bond.stated, start, end, used) if used is not None else None
            drawn.append(
                DrawnLine(
                    *start, *end, 2.0, bond.note, stated=True, ends=bond.ends, arrow=head, caption=words
                )
            )
        else:
            thick = _THIN + (_THICK - _THIN) * math.sqrt(max(bond.strength - 1, 0) / most)
            drawn.append(DrawnLine(*start, *end, round(thick, 1), bond.note, stated=False, ends=bond.ends))
    return tuple(drawn)


def _caption(
    text: str, start: node_layout.Spot, end: node_layout.Spot, used: list[LabelBox]
) -> tuple[str, float, float] | None:
    """The type of a relation, placed on its edge where it overlaps nothing; None if there is no such place."""
    half = width(text, _NOTE) / 2 + 1
    if ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5 < half * 1.2:
        return None
    for share in _ALONG:
        x, y = (round(one + (two - one) * share, 1) for one, two in zip(start, end, strict=True))
        box = LabelBox(x - half, y - 7, x + half, y + 7)
        if box.left > 0 and box.clear_of(used):
            used.append(box)
            return text, x, round(y + 3.8, 1)
    return None


def strongest(bonds: Mapping[tuple[int, int], int], count: int, most: int) -> tuple[tuple[int, int], ...]:
    """At most `most` pairs: first a spanning forest of the strongest pairs, which keeps the `count` nodes connected, then the
    strongest of the rest. Kruskal's algorithm.
    """
    ordered = sorted(bonds, key=lambda pair: (-bonds[pair], pair))
    group = list(range(count))
    spanning, rest = [], []
    for pair in ordered:
        one, other = (_root(group, end) for end in pair)
        if one == other:
            rest.append(pair)
        else:
            group[other] = one
            spanning.append(pair)
    return tuple(sorted([*spanning, *rest[: max(most - len(spanning), 0)]]))


def _root(group: list[int], node: int) -> int:
    while group[node] != node:
        group[node] = group[group[node]]
        node = group[node]
    return node
