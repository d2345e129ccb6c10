"""The drawing of a map: base, graticule, scale, and a mark for each place, no more precise than the record's coordinates."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from dossierkit.site.charts import basemap, labels, shapes
from dossierkit.site.charts.labels import Label, LabelBox, LabelPoint
from dossierkit.site.charts.projection import WIDTH, Degrees, Extent, Plane, fit
from dossierkit.site.strings import Strings
from dossierkit.site.views import EntityItem

_RING = {"country": 22.0, "region": 14.0, "": 10.0}
_SMALL, _LARGE = 6.0, 8.5
NARROW = 24.0  # text of 24 on 720 is text of 12 on 360
_DIGIT = 7.0  # the width of a character in the label of a degree
_FAR = 40  # labels
_STEPS = (1, 2, 5, 10, 15, 30, 45)
_LINES = 7
_SCALES = (2000, 1000, 500, 200, 100, 50, 20, 10)
_NO_SCALE_FROM = 60.0  # degrees of latitude: above this, one scale is wrong for a part of the map


class MapPlace(NamedTuple):
    """A place on the map. `at` is rounded to its `precision`."""

    item: EntityItem
    at: Degrees
    precision: str


class PlaceMark(NamedTuple):
    """`ring`: a circle (x, y, radius) for a place that is known only as an area; otherwise `shape` is the mark of a point.

    `wide` and `narrow`: the label for either column width; None if there was no space.
    """

    item: EntityItem
    precision: str
    x: float
    y: float
    ring: float
    shape: str
    wide: Label | None
    narrow: Label | None


class Degree(NamedTuple):
    """A line of the graticule with its label at the picture's edge; `across` for a parallel."""

    path: str
    text: str
    x: float
    y: float
    across: bool


class ScaleBar(NamedTuple):
    """A distance as long as it is on the map, with its words."""

    length: float
    words: str


class MapFrame(NamedTuple):
    """The frame around what another map shows larger."""

    x: float
    y: float
    width: float
    height: float


class MapDrawing(NamedTuple):
    """A finished map. `window`: None if no part is shown larger; `bar`: None where one scale would be wrong."""

    height: int
    sea: str
    land: str
    borders: str
    degrees: tuple[Degree, ...]
    bar: ScaleBar | None
    window: MapFrame | None
    marks: tuple[PlaceMark, ...]


def draw(places: Sequence[MapPlace], plane: Plane, t: Strings, window: Plane | None = None) -> MapDrawing:
    """Draw `places`, given in order of importance. Places outside the plane are left out; places in `window` get no label."""
    shown = [place for place in places if plane.extent.holds(place.at)]
    land, borders = basemap.paths(plane)
    bar = _bar(plane, t)
    marks = tuple(_marks(shown, plane, window, bar))
    graticule = _graticule(plane, bar.length + 40 if bar else 0, t)
    return MapDrawing(
        plane.height,
        _sea(plane),
        land,
        borders,
        tuple(_beside(degree, marks) for degree in graticule),
        bar,
        _frame(plane, window.extent) if window else None,
        marks,
    )


def _sea(plane: Plane) -> str:
    """The outline of the water: the whole picture, or the globe on a map of the world."""
    if not plane.world:
        return f"M0 0H{WIDTH}V{plane.height}H0z"
    down = _along(plane.extent.north, plane.extent.south)
    east = [plane.at(180, latitude) for latitude in down]
    return shapes.polygon([*east, *(plane.at(-180, latitude) for latitude in reversed(down))])


def _marks(
    places: Sequence[MapPlace], plane: Plane, window: Plane | None, bar: ScaleBar | None
) -> Iterator[PlaceMark]:
    most = max((place.item.count for place in places), default=1) or 1
    points = [
        LabelPoint(
            place.item.title,
            *plane.of(place.at),
            _RING.get(place.precision) or _size(place.item.count / most),
        )
        for place in places
    ]
    named = [not window or not window.extent.holds(place.at) for place in places]
    wide = _labels(points, named, _field(plane, labels.SIZE), bar)
    narrow = _labels(points, named, _field(plane, NARROW), bar)
    for place, point, label, other in zip(places, points, wide, narrow, strict=True):
        ring = point.reach if place.precision in _RING else 0.0
        shape = "" if ring else shapes.mark(place.item.type, point.x, point.y, point.reach)
        yield PlaceMark(place.item, place.precision, point.x, point.y, ring, shape, label, other)


def _size(share: float) -> float:
    return round(_SMALL + (_LARGE - _SMALL) * math.sqrt(share), 1)


def _field(plane: Plane, size: float) -> labels.LabelArea:
    return labels.LabelArea(LabelBox(3, 3, WIDTH - 3, plane.height - size * 1.4), 120.0, size)


def _labels(
    points: Sequence[LabelPoint],
    named: Sequence[bool],
    field: labels.LabelArea,
    bar: ScaleBar | None,
) -> list[Label | None]:
    """`named`: which points get a label. If there are very many, every label stays next to its point."""
    taken = [labels.mark_box(point) for point, wanted in zip(points, named, strict=True) if not wanted]
    if bar:
        bottom = field.bounds.bottom + field.size * 1.4
        taken.append(LabelBox(0, bottom - 2.6 * field.size, bar.length + 3 * field.size, bottom))
    wanted = [point for point, name in zip(points, named, strict=True) if name]
    found = iter(labels.place(wanted, replace(field, anywhere=len(wanted) <= _FAR), taken))
    return [next(found) if name else None for name in named]


def _frame(plane: Plane, extent: Extent) -> MapFrame:
    left, top = plane.of((extent.west, extent.north))
    right, bottom = plane.of((extent.east, extent.south))
    return MapFrame(left, top, round(right - left, 1), round(bottom - top, 1))


def _graticule(plane: Plane, scale_end: float, t: Strings) -> Iterator[Degree]:
    """`scale_end`: how far the scale extends from the left along the bottom edge, which has no labels there."""
    extent = plane.extent
    span = max(extent.east - extent.west, extent.north - extent.south)
    step = next((step for step in _STEPS if span / step <= _LINES), 60)
    for longitude in _multiples(extent.west, extent.east, step):
        path, (x, _) = _line(
            plane, [(longitude, latitude) for latitude in _along(extent.south, extent.north)]
        )
        text = _named(longitude, ("east", "west"), t) if x > scale_end else ""
        yield Degree(path, text, round(x, 1), plane.height - 5.0, across=False)
    for latitude in _multiples(extent.south, extent.north, step):
        path, (_, y) = _line(plane, [(longitude, latitude) for longitude in _along(extent.west, extent.east)])
        yield Degree(path, _named(latitude, ("north", "south"), t), WIDTH - 4.0, round(y - 3, 1), across=True)


def _beside(degree: Degree, marks: Sequence[PlaceMark]) -> Degree:
    """The line of the graticule, without its label where a mark or a name is."""
    width = _DIGIT * len(degree.text)
    right = degree.x if degree.across else degree.x + width / 2
    box = LabelBox(right - width, degree.y - 9, right, degree.y + 3)
    places = (LabelPoint("", mark.x, mark.y, mark.ring or _LARGE) for mark in marks)
    names = [mark.wide.box for mark in marks if mark.wide]
    return degree if box.clear_of([*map(labels.mark_box, places), *names]) else degree._replace(text="")


def _multiples(low: float, high: float, step: int) -> Iterator[int]:
    """The multiples of `step` that are far enough inside for their labels not to be in a corner."""
    edge = (high - low) * 0.06
    first = -int(-(low + edge) // step)
    return (number * step for number in range(first, int((high - edge) // step) + 1))


def _along(low: float, high: float) -> tuple[float, ...]:
    return tuple(low + (high - low) * share / 16 for share in range(17))


def _line(plane: Plane, degrees: Sequence[Degrees]) -> tuple[str, tuple[float, float]]:
    """A meridian or parallel; a region needs only its ends, because it is straight there."""
    points = [plane.at(*point) for point in (degrees if plane.world else (degrees[0], degrees[-1]))]
    path = "M" + "L".join(f"{shapes.number(x)} {shapes.number(y)}" for x, y in points)
    return path, points[0]


def _named(degrees: int, sides: tuple[str, str], t: Strings) -> str:
    turned = (degrees + 180) % 360 - 180 if "east" in sides else degrees
    side = "" if turned in {0, -180} else sides[turned < 0]
    return t(f"figure.degrees.{side}", n=abs(turned)) if side else f"{abs(turned)}°"


def _bar(plane: Plane, t: Strings) -> ScaleBar | None:
    """The longest round distance that takes at most a fifth of the width."""
    if plane.world or plane.extent.north - plane.extent.south > _NO_SCALE_FROM:
        return None
    for distance in _SCALES:
        length = plane.kilometres(distance)
        if length <= WIDTH / 5:
            return ScaleBar(round(length, 1), t("figure.distance", n=t.number(distance)))
    return None


def planes(places: Sequence[MapPlace]) -> tuple[Plane, Plane | None]:
    """The plane for all places more precise than a country; and if they lie far apart, one for the densest part."""
    points = [place.at for place in places if place.precision != "country"] or [place.at for place in places]
    exact = all(place.precision != "country" for place in places if place.at in points)
    whole = fit(points, 7.0 if exact else 40.0)
    crowd = _crowd(points)
    if len(crowd) < 3 or len(crowd) == len(points):
        return whole, None
    shape = WIDTH / whole.height
    detail = fit(crowd, 5.0, (shape, shape))
    return whole, detail if detail.unit > 4 * _unit(whole) else None


def _unit(plane: Plane) -> float:
    """Pixels per degree; the unit of the world is pixels per radian."""
    return plane.unit / 57.3 if plane.world else plane.unit


def _crowd(points: Sequence[Degrees]) -> list[Degrees]:
    """The points of the fullest window of 16 by 10 degrees with one of the points in its middle."""
    groups = (
        [other for other in points if abs(other[0] - x) <= 8 and abs(other[1] - y) <= 5] for x, y in points
    )
    return max(groups, key=len, default=[])
