"""Land and borders as paths: the parts of the base map that a plane shows, with no more detail than can be seen.

Paths are in whole halves of the plane's unit: the template scales them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from dossierkit.site.charts.projection import Extent, Plane
from dossierkit.text.data import geometry

ABOUT = "Natural Earth 4.1.0"
_FINE_BELOW = 70.0  # degrees of longitude
_BEYOND = 0.05  # how far paths continue outside the picture, in shares of its smaller side
_HAIR = 2  # least distance between points, in halves of a unit
_STRAIGHT = 1.5  # how far a point must lie from the line without it, in halves of a unit
_KEPT = 64  # planes: a page and the pages of its drawings for frames have the same one

Point = tuple[float, float]
Spot = tuple[int, int]


class LandShape(NamedTuple):
    """Points in degrees, and their bounding box."""

    points: tuple[Point, ...]
    west: float
    south: float
    east: float
    north: float


@cache
def _shapes(scale: str) -> tuple[tuple[LandShape, ...], tuple[LandShape, ...]]:
    """The rings of land, and the lines of borders. `scale`: "fine" or "coarse"."""
    data = geometry("basemap")[scale]
    arcs = [_decoded(arc) for arc in data["arcs"]]
    land = tuple(_shape(_joined(ring, arcs)) for ring in data["land"])
    return land, tuple(_shape(arcs[number]) for number in data["borders"])


def _decoded(arc: Sequence[int]) -> tuple[Point, ...]:
    xs, ys = accumulate(arc[::2]), accumulate(arc[1::2])
    return tuple((x / 100, y / 100) for x, y in zip(xs, ys, strict=True))


def _joined(ring: Sequence[int], arcs: Sequence[tuple[Point, ...]]) -> tuple[Point, ...]:
    points: list[Point] = []
    for number in ring:
        part = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += part[1:] if points else part
    return _around_the_pole(_unwound(points))


def _unwound(points: Sequence[Point]) -> list[Point]:
    """The points without jumps at the date line: longitudes continue beyond 180."""
    turn, before = 0, points[0][0]
    unwound = []
    for x, y in points:
        if abs(x - before) > 180:
            turn += 360 if x < before else -360
        before = x
        unwound.append((x + turn, y))
    return unwound


def _around_the_pole(points: list[Point]) -> tuple[Point, ...]:
    """The ring of Antarctica, which goes once around the globe, closed over the pole."""
    first, last = points[0][0], points[-1][0]
    if abs(last - first) > 180:
        points += [(last, -90.0), (first, -90.0)]
    return tuple(points)


def _shape(points: tuple[Point, ...]) -> LandShape:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return LandShape(points, min(xs), min(ys), max(xs), max(ys))


@lru_cache(maxsize=_KEPT)
def paths(plane: Plane) -> tuple[str, str]:
    """The paths of the land, to be filled by the even-odd rule, and of the borders, to be stroked."""
    span = plane.extent.east - plane.extent.west
    land, borders = _shapes("fine" if span < _FINE_BELOW else "coarse")
    window = plane.extent if plane.world else _window(plane.extent)
    filled = (_clipped(points, window) for points in _within(land, window))
    lines = (part for points in _within(borders, window) for part in _inside(points, window))
    return (
        "".join(_path(plane, points, closed=True) for points in filled),
        "".join(_path(plane, points, closed=False) for points in lines),
    )


def _window(extent: Extent) -> Extent:
    """The extent with a margin, so that cut edges lie outside the picture."""
    more = _BEYOND * min(extent.east - extent.west, extent.north - extent.south)
    return Extent(extent.west - more, extent.south - more, extent.east + more, extent.north + more)


def _within(shapes: Iterable[LandShape], window: Extent) -> Iterable[Sequence[Point]]:
    """Shapes that overlap the window, moved by full circles if they lie beyond the date line."""
    for shape in shapes:
        if shape.north < window.south or shape.south > window.north:
            continue
        for turn in (0, 360, -360):
            if shape.west + turn <= window.east and shape.east + turn >= window.west:
                yield [(x + turn, y) for x, y in shape.points] if turn else shape.points


def _clipped(points: Sequence[Point], window: Extent) -> Sequence[Point]:
    """A ring cut off at the four sides of the window, by the algorithm of Sutherland and Hodgman."""
    for axis, side, keep in (
        (1, window.south, 1),
        (1, window.north, -1),
        (0, window.west, 1),
        (0, window.east, -1),
    ):
        if not points:
            return points
        if all((point[axis] - side) * keep >= 0 for point in points):
            continue
        points = _cut(points, axis, side, keep)
    return points


def _cut(points: Sequence[Point], axis: int, side: float, keep: int) -> list[Point]:
    clipped: list[Point] = []
    before = points[-1]
    was_in = (before[axis] - side) * keep >= 0
    for point in points:
        is_in = (point[axis] - side) * keep >= 0
        if is_in != was_in:
            share = (side - before[axis]) / (point[axis] - before[axis])
            other = before[1 - axis] + share * (point[1 - axis] - before[1 - axis])
            clipped.append((side, other) if axis == 0 else (other, side))
        if is_in:
            clipped.append(point)
        before, was_in = point, is_in
    return clipped


def _inside(points: Sequence[Point], window: Extent) -> Iterable[Sequence[Point]]:
    """The parts of a line whose points are in the window or next to one that is; the picture's edge cuts them."""
    part: list[Point] = []
    for number, (x, y) in enumerate(points):
        around = points[max(number - 1, 0) : number + 2]
        if any(window.west <= x <= window.east and window.south <= y <= window.north for x, y in around):
            part.append((x, y))
        elif part:
            yield part
            part = []
    if part:
        yield part


def _path(plane: Plane, points: Sequence[Point], *, closed: bool) -> str:
    drawn: list[Spot] = []
    last = len(points) - 1
    for number, point in enumerate(points):
        x, y = plane.at(*point)
        spot = (round(x * 2), round(y * 2))
        far = not drawn or abs(spot[0] - drawn[-1][0]) + abs(spot[1] - drawn[-1][1]) >= _HAIR
        if far or (number == last and not closed and spot != drawn[-1]):
            drawn.append(spot)
    if closed and drawn:
        drawn = _simplified([*drawn, drawn[0]])[:-1]
    elif drawn:
        drawn = _simplified(drawn)
    if len(drawn) < (3 if closed else 2):
        return ""
    steps = (f"{two[0] - one[0]} {two[1] - one[1]}" for one, two in pairwise(drawn))
    return f"M{drawn[0][0]} {drawn[0][1]}l{' '.join(steps)}".replace(" -", "-") + ("z" if closed else "")


def _simplified(line: Sequence[Spot]) -> list[Spot]:
    """The line without points that nobody would miss, by the algorithm of Douglas and Peucker."""
    kept = {0, len(line) - 1}
    parts = [(0, len(line) - 1)]
    while parts:
        start, end = parts.pop()
        (x, y), (end_x, end_y) = line[start], line[end]
        across, down = end_x - x, end_y - y
        length = math.hypot(across, down)
        most, at = _STRAIGHT, 0
        for number in range(start + 1, end):
            left, top = line[number][0] - x, line[number][1] - y
            away = abs(across * top - down * left) / length if length else math.hypot(left, top)
            if away > most:
                most, at = away, number
        if at:
            kept.add(at)
            parts += [(start, at), (at, end)]
    return [line[number] for number in sorted(kept)]
