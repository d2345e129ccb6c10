"""Labels beside points that do not overlap: a greedy choice among positions around each point, the most important point first.

After the point-feature labelling of Imhof and of Christensen, Marks and Shieber (1995): eight positions around the point, then
the same further out with a leader line, then the nearest free spot of the whole picture. Among those at one distance, the first
that hides the least of the picture's lines.

The width of a text is estimated without a font: no common sans serif is much wider. The classes of widths are those of Verdana
and DejaVu Sans, the widest fonts that `--dk-sans` may select, in thousandths of the font size. A label that fits in these fits
in Arial, Roboto and Segoe UI too.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations, islice, pairwise
from typing import NamedTuple

SIZE = 12.0
LINE = 14.0
_GAPS = (3.0, 12.0, 24.0, 40.0, 60.0)
_LEADER_FROM = 8.0
_FURTHER = 0.6  # how much of the lines a label may hide to be nearer by one unit
_UNDER = 4.0  # the same for a leader under other labels
_STEP = 10
_SHORT = 84.0
_CHOICE = 24  # free positions that are compared
Segment = tuple[float, float, float, float]
_Step = tuple[int, int, float, float]
# Right, left, below, above, and the corners: unit steps, each with its length and a penalty.
_AROUND: tuple[_Step, ...] = ((1, 0, 1.0, 0.0), (-1, 0, 1.0, 0.0), (0, 1, 1.0, 0.12), (0, -1, 1.0, 0.12),
           (1, -1, 1.4142, 0.0), (1, 1, 1.4142, 0.0), (-1, -1, 1.4142, 0.0), (-1, 1, 1.4142, 0.0))  # fmt: skip
_LINES = 3
_NARROW = frozenset("iIjlftr.,:;'’‘!|()[]-/ \u00a0\u2011")
_WIDE = frozenset("mwMWOQGD@%&—…")
_RTL = frozenset({"R", "AL"})


class LabelBox(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    def clear_of(self, others: Iterable[LabelBox]) -> bool:
        """Whether it overlaps none of the others."""
        left, top, right, bottom = self.left, self.top, self.right, self.bottom
        for other in others:  # a plain loop, because this is called for every position that is tried
            if left < other.right and other.left < right and top < other.bottom and other.top < bottom:
                return False
        return True

    def holds(self, other: LabelBox) -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )


class LabelPoint(NamedTuple):
    """What a label names: its centre and the radius of its mark. `toward`: the direction in which the label should go."""

    text: str
    x: float
    y: float
    reach: float
    toward: tuple[float, float] = (1.0, 0.0)


class Label(NamedTuple):
    """A placed label. `lines` with the baseline of each, all centred on `x`; `leader`: where a line to the point ends, or
    None.
    """

    lines: tuple[tuple[str, float], ...]
    x: float
    box: LabelBox
    dir: str
    leader: tuple[float, float] | None = None


def mark_box(point: LabelPoint, more: float = 0.0) -> LabelBox:
    """The square around a mark; `more` is a margin on each side that keeps other labels away."""
    reach = point.reach + more
    return LabelBox(point.x - reach, point.y - reach, point.x + reach, point.y + reach)


@dataclass(frozen=True, slots=True)
class LabelArea:
    """Where labels may be placed. `size`: of the text, in units of the picture; all other lengths are in proportion to it.

    `room`: the greatest width of a line, for text of size 12. `anywhere`: whether a label may be far from its point, with a
    leader line. `lines`: what labels should not hide.
    """

    bounds: LabelBox
    room: float = 132.0
    size: float = SIZE
    anywhere: bool = True
    lines: tuple[Segment, ...] = ()

    @property
    def scale(self) -> float:
        return self.size / SIZE


class _LabelText(NamedTuple):
    lines: tuple[str, ...]
    wide: float
    high: float


def place(
    points: Sequence[LabelPoint], field: LabelArea, taken: Sequence[LabelBox] = ()
) -> tuple[Label | None, ...]:
    """A label for each point, in the order given; None for a point without space. `taken`: boxes that are occupied already."""
    used = [*taken, *(mark_box(point, 1.5 * field.scale) for point in points)]
    labels: list[Label | None] = []
    lines = list(field.lines)
    for point in points:
        texts = (shape(point.text, field.size, field.room) for shape in (_text, _short))
        label = next(filter(None, (_best(point, text, field, used, lines) for text in texts)), None)
        if label:
            used.append(label.box)
            lines += [(point.x, point.y, *label.leader)] if lines and label.leader else []
        labels.append(label)
    return tuple(labels)


@lru_cache(maxsize=4096)
def _text(text: str, size: float, room: float) -> _LabelText:
    """The text in lines, cached because many pages draw the same names."""
    return _measured(wrap(text, size, room * (size / SIZE)), size)


def _short(text: str, size: float, _room: float) -> _LabelText:
    """The text on one line, shortened, for a point without space for more."""
    return _measured((shorten(text, size, _SHORT * (size / SIZE)),), size)


def _measured(lines: tuple[str, ...], size: float) -> _LabelText:
    scale = size / SIZE
    wide = max(width(line, size) for line in lines) + 2 * scale
    return _LabelText(lines, wide, (len(lines) * LINE + 2) * scale)


def _best(
    point: LabelPoint, text: _LabelText, field: LabelArea, used: Sequence[LabelBox], lines: Sequence[Segment]
) -> Label | None:
    """The label in the first free position; with lines, in that of the nearest ones which hides the least of them."""
    free = (
        _label(point, text.lines, box, field.scale, led=gap > _LEADER_FROM)
        for box, gap in _candidates(point, text, field)
        if field.bounds.holds(box) and box.clear_of(used)
    )
    if not lines:
        return next(free, None)
    return min(islice(free, _CHOICE), key=lambda label: _cost(point, label, used, lines), default=None)


def _cost(point: LabelPoint, label: Label, used: Sequence[LabelBox], lines: Sequence[Segment]) -> float:
    """The length of lines that a label hides, of its leader under other labels, and of the leader itself."""
    end = _nearest(point, label.box)
    led = (point.x, point.y, *end)
    away = math.sqrt((end[0] - point.x) ** 2 + (end[1] - point.y) ** 2)
    under = sum(hidden(box, [led]) for box in used) if label.leader else 0.0
    return round(hidden(label.box, lines) + _UNDER * under + _FURTHER * away, 3)


def hidden(box: LabelBox, lines: Iterable[Segment]) -> float:
    """The length of the lines inside a box."""
    left, top, right, bottom = box
    total = 0.0
    for line in lines:  # a plain loop with a quick answer for lines that are beside the box, as in `clear_of`
        x1, y1, x2, y2 = line
        if (
            (x1 <= left and x2 <= left)
            or (x1 >= right and x2 >= right)
            or (y1 <= top and y2 <= top)
            or (y1 >= bottom and y2 >= bottom)
        ):
            continue
        total += _inside(box, line)
    return total


def _inside(box: LabelBox, line: Segment) -> float:
    """Clipping after Liang and Barsky (1984)."""
    x, y, dx, dy = line[0], line[1], line[2] - line[0], line[3] - line[1]
    enters, leaves = 0.0, 1.0
    for step, room in ((-dx, x - box.left), (dx, box.right - x), (-dy, y - box.top), (dy, box.bottom - y)):
        if step < 0:
            enters = max(enters, room / step)
        elif step > 0:
            leaves = min(leaves, room / step)
    return max(leaves - enters, 0.0) * math.sqrt(dx * dx + dy * dy)


def _candidates(point: LabelPoint, text: _LabelText, field: LabelArea) -> Iterator[tuple[LabelBox, float]]:
    """Possible boxes, each with its distance from the mark, for text of size 12."""
    near = _by_wish(point.toward)
    for gap in _GAPS if field.anywhere else _GAPS[:1]:
        away = point.reach + gap * field.scale
        for across, down, _, _ in near:
            x = point.x + across * ((0.4 * point.reach if down else away) + text.wide / 2)
            y = point.y + down * (point.reach + 0.6 * gap * field.scale + text.high / 2)
            yield LabelBox(x - text.wide / 2, y - text.high / 2, x + text.wide / 2, y + text.high / 2), gap
    if field.anywhere:
        yield from ((box, _GAPS[-1]) for box in _spots(point, text, field.bounds))


def _by_wish(toward: tuple[float, float]) -> list[_Step]:
    """The steps, those nearest to the wanted direction first; between equals, sides before corners."""
    wish = (toward[0] ** 2 + toward[1] ** 2) ** 0.5 or 1.0
    x, y = toward[0] / wish, toward[1] / wish

    def away(step: _Step) -> int:
        """In millionths, so that smaller differences count as equal."""
        across, down, length, back = step
        return round(1e6 * (back - (across * x + down * y) / length))

    return sorted(_AROUND, key=away)


def _spots(point: LabelPoint, text: _LabelText, bounds: LabelBox) -> Iterator[LabelBox]:
    """Every spot of a grid over the picture, the nearest to the point first."""
    across = int((bounds.right - bounds.left - text.wide) // _STEP)
    down = int((bounds.bottom - bounds.top - text.high) // _STEP)
    corners = [
        (bounds.left + column * _STEP, bounds.top + row * _STEP)
        for row in range(down + 1)
        for column in range(across + 1)
    ]
    x, y = point.x - text.wide / 2, point.y - text.high / 2
    corners.sort(key=lambda at: (at[0] - x) ** 2 + (at[1] - y) ** 2)
    return (LabelBox(left, top, left + text.wide, top + text.high) for left, top in corners)


def _label(point: LabelPoint, lines: tuple[str, ...], box: LabelBox, scale: float, *, led: bool) -> Label:
    """The label in a box. Baselines are three quarters down each line. The leader ends at the nearest point of the box."""
    placed = tuple(
        (line, round(box.top + ((number + 0.77) * LINE + 1) * scale, 1)) for number, line in enumerate(lines)
    )
    middle = round((box.left + box.right) / 2, 1)
    return Label(placed, middle, box, direction(point.text), _nearest(point, box) if led else None)


def _nearest(point: LabelPoint, box: LabelBox) -> tuple[float, float]:
    return (
        round(min(max(point.x, box.left), box.right), 1),
        round(min(max(point.y, box.top), box.bottom), 1),
    )


@cache
def _em(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Cf"}:
        return 0
    if unicodedata.east_asian_width(char) in {"W", "F"}:
        return 1050
    if char in _NARROW:
        return 400
    if char in _WIDE:
        return 960
    return 730 if char.isupper() else 640


def width(text: str, size: float) -> float:
    """The width of a line in the unit of `size`."""
    return sum(map(_em, text)) * size / 1000


def direction(text: str) -> str:
    """`rtl` or `ltr`, by the first letter that has a direction (the rule of HTML's `dir="auto"`)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in _RTL:
            return "rtl"
        if kind == "L":
            return "ltr"
    return "ltr"


@cache
def wrap(text: str, size: float, room: float) -> tuple[str, ...]:
    """The text in at most three lines, as few as possible, each within `room`.

    A longer text fills them and ends in an ellipsis, like a word that is too long for a line.
    """
    words = text.split()
    lines: tuple[str, ...] = (text,)
    for count in range(1, min(len(words), _LINES) + 1):
        lines = min(_divisions(words, count), key=lambda parts: max(width(part, size) for part in parts))
        if all(width(line, size) <= room for line in lines):
            return lines
    return tuple(_filled(words, size, room))


def _filled(words: list[str], size: float, room: float) -> Iterator[str]:
    for _ in range(_LINES - 1):
        fitting = 1
        while fitting < len(words) and width(" ".join(words[: fitting + 1]), size) <= room:
            fitting += 1
        yield shorten(" ".join(words[:fitting]), size, room)
        words = words[fitting:]
        if not words:
            return
    yield shorten(" ".join(words), size, room)


def _divisions(words: list[str], count: int) -> Iterator[tuple[str, ...]]:
    for cuts in combinations(range(1, len(words)), count - 1):
        ends = (0, *cuts, len(words))
        yield tuple(" ".join(words[start:end]) for start, end in pairwise(ends))


def shorten(text: str, size: float, room: float) -> str:
    """The text, cut with an ellipsis if it is wider than `room`."""
    if width(text, size) <= room:
        return text
    start = text
    while start and width(start, size) + width("…", size) > room:
        start = start[:-1]
    return f"{start.rstrip()}…"
