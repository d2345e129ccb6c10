"""From degrees to the plane of a picture.

A region is drawn equirectangular, true along its middle parallel; the world in the Natural Earth projection (Patterson 2012;
polynomial of Šavrič, Jenny, Patterson, Petrovič and Hurni 2011), which needs only sums and products.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

WIDTH = 720
_WORLD_SPAN = 200.0  # degrees of longitude from which the whole world is shown
_MARGIN = 0.16
SHAPES = 1.45, 1.9
"""The least and the greatest ratio of width to height."""
_LIMIT = 84.0
_KM = 111.2  # a degree of latitude

Degrees = tuple[float, float]  # longitude, latitude


class Extent(NamedTuple):
    """An extent in degrees. `east` is greater than 180 if the map crosses the date line."""

    west: float
    south: float
    east: float
    north: float

    @property
    def middle(self) -> Degrees:
        return (self.west + self.east) / 2, (self.south + self.north) / 2

    def near(self, longitude: float) -> float:
        """The longitude, plus or minus full circles, within half a circle of the middle."""
        middle = self.middle[0]
        return longitude + 360 * math.floor((middle - longitude + 180) / 360)

    def holds(self, at: Degrees) -> bool:
        return self.west <= self.near(at[0]) <= self.east and self.south <= at[1] <= self.north


def tight(points: Sequence[Degrees]) -> Extent:
    """The smallest extent around the points, across the date line if that is shorter."""
    longitudes = sorted({point[0] for point in points})
    after = [*longitudes[1:], longitudes[0] + 360]
    gaps = [(two - one, number) for number, (one, two) in enumerate(zip(longitudes, after, strict=True))]
    _, widest = max(gaps)
    west, east = after[widest], longitudes[widest] + 360
    turn = 360 if west >= 180 else 0
    latitudes = [point[1] for point in points]
    return Extent(west - turn, min(latitudes), east - turn, max(latitudes))


class Plane(NamedTuple):
    """A picture `WIDTH` wide. `stretch`: the cosine of the standard parallel, 0 for the world; `unit`: pixels per degree (per
    radian for the world).
    """

    extent: Extent
    stretch: float
    unit: float
    height: int

    @property
    def world(self) -> bool:
        return self.stretch == 0

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        if self.world:
            x, y = _natural_earth(longitude, latitude)
            _, top = _natural_earth(0, self.extent.north)
            return WIDTH / 2 + x * self.unit, (top - y) * self.unit
        return (longitude - self.extent.west) * self.stretch * self.unit, (
            self.extent.north - latitude
        ) * self.unit

    def of(self, point: Degrees) -> tuple[float, float]:
        """The position of a place, whatever turn of the globe its longitude was written in."""
        x, y = self.at(self.extent.near(point[0]), point[1])
        return round(x, 1), round(y, 1)

    def kilometres(self, count: float) -> float:
        """The length of `count` kilometres along the standard parallel, in pixels."""
        return count / _KM * self.unit


def fit(points: Sequence[Degrees], least: float, shapes: tuple[float, float] = SHAPES) -> Plane:
    """A plane around the points, at least `least` degrees of latitude high. `shapes`: the range of width to height."""
    tall, flat = shapes
    around = tight(points)
    if around.east - around.west > _WORLD_SPAN:
        return _whole(around)
    south, north = _widened(around.south, around.north, max(around.north - around.south, least))
    stretch = round(math.cos(math.radians(min(abs((south + north) / 2), 75.0))), 4)
    west, east = _widened(around.west, around.east, max(around.east - around.west, least / stretch))
    across, down = (east - west) * stretch, north - south
    if across / down < tall:
        west, east = _stretched(west, east, down * tall / stretch)
    elif across / down > flat:
        south, north = _stretched(south, north, across / flat)
    south, north = _moved_inside(south, north)
    extent = Extent(round(west, 2), round(south, 2), round(east, 2), round(north, 2))
    unit = WIDTH / ((extent.east - extent.west) * stretch)
    return Plane(extent, stretch, unit, round((extent.north - extent.south) * unit))


def _whole(around: Extent) -> Plane:
    extent = Extent(-180, min(around.south - 4, -56), 180, max(around.north + 4, 78))
    extent = Extent(-180, max(extent.south, -88), 180, min(extent.north, 88))
    unit = WIDTH / 2 / _natural_earth(180, 0)[0]
    high = _natural_earth(0, extent.north)[1] - _natural_earth(0, extent.south)[1]
    return Plane(extent, 0, unit, round(high * unit))


def _widened(low: float, high: float, span: float) -> tuple[float, float]:
    return _stretched(low, high, span * (1 + 2 * _MARGIN))


def _stretched(low: float, high: float, span: float) -> tuple[float, float]:
    middle = (low + high) / 2
    return middle - span / 2, middle + span / 2


def _moved_inside(south: float, north: float) -> tuple[float, float]:
    """The range of latitudes, moved and then cut so that no map reaches a pole."""
    if north > _LIMIT:
        south, north = max(south - (north - _LIMIT), -_LIMIT), _LIMIT
    if south < -_LIMIT:
        south, north = -_LIMIT, min(north + (-_LIMIT - south), _LIMIT)
    return south, north


def _natural_earth(longitude: float, latitude: float) -> tuple[float, float]:
    turn, tilt = math.radians(longitude), math.radians(latitude)
    two = tilt * tilt
    four = two * two
    x = 0.8707 - 0.131979 * two + four * (-0.013791 + four * (0.003971 * two - 0.001529 * four))
    y = 1.007226 + two * (0.015085 + four * (-0.044475 + 0.028874 * two - 0.005916 * four))
    return turn * x, tilt * y
