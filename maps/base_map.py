"""Makes the base map that ships with the package from Natural Earth, as the package world-atlas carries it.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python maps/base_map.py package

Writes scripts/dossierkit/data/basemap.json: land and the borders between countries, at two scales, in hundredths of a
degree. The same input gives the same bytes. README.md beside this file says what was left out.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from itertools import accumulate, pairwise
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "scripts" / "dossierkit" / "data" / "basemap.json"
ABOUT = (
    "Land and borders between countries. Source: Natural Earth 4.1.0 (naturalearthdata.com), public domain, 1:50m and 1:110m "
    "cultural vectors, as TopoJSON in the package world-atlas 2.0.2; simplified and rounded by maps/base_map.py. Borders are "
    "Natural Earth's, mostly as held on the ground, and no statement. "
    "Each scale: arcs, points as differences [x, y, dx, dy, ...] in hundredths of a degree, longitude first; land, rings as "
    "numbers of arcs (~n: arc n backwards); borders, numbers of arcs."
)
# name, file, tolerance of the simplification and least extent of an island, in hundredths of a degree
SCALES = (("fine", "countries-50m.json", 3.5, 12), ("coarse", "countries-110m.json", 10.0, 0))

Point = tuple[int, int]


def main() -> None:
    folder = Path(sys.argv[1])
    scales = {
        name: scale(json.loads((folder / file).read_text(encoding="utf-8")), tolerance, least)
        for name, file, tolerance, least in SCALES
    }
    parts = [f'"about": {json.dumps(ABOUT)}']
    parts += [f'"{name}": {{\n{body(value)}\n}}' for name, value in scales.items()]
    OUT.write_text("{" + ",\n".join(parts) + "}\n", encoding="utf-8")
    print(
        OUT.name, OUT.stat().st_size, "bytes,", {name: len(value["arcs"]) for name, value in scales.items()}
    )


def body(value: dict[str, list]) -> str:
    def tight(item: object) -> str:
        return json.dumps(item, separators=(",", ":"))

    arcs = ",\n".join(tight(arc) for arc in value["arcs"])
    return f'"arcs": [\n{arcs}\n],\n"land": {tight(value["land"])},\n"borders": {tight(value["borders"])}'


def scale(topology: dict, tolerance: float, least: int) -> dict[str, list]:
    arcs = [simplified(arc, tolerance) for arc in decoded(topology)]
    uses = Counter(
        number if number >= 0 else ~number
        for country in topology["objects"]["countries"]["geometries"]
        for number in used(country)
    )
    land = [ring for ring in rings(topology["objects"]["land"]) if extent(ring, arcs) >= least]
    borders = [number for number in sorted(uses) if uses[number] > 1]
    wanted = sorted({number if number >= 0 else ~number for ring in land for number in ring} | set(borders))
    place = {number: at for at, number in enumerate(wanted)}
    return {
        "arcs": [differences(arcs[number]) for number in wanted],
        "land": [[place[n] if n >= 0 else ~place[~n] for n in ring] for ring in land],
        "borders": [place[number] for number in borders],
    }


def decoded(topology: dict) -> list[list[Point]]:
    """Arcs as points in hundredths of a degree."""
    (kx, ky), (x0, y0) = topology["transform"]["scale"], topology["transform"]["translate"]
    return [
        [
            (round((x * kx + x0) * 100), round((y * ky + y0) * 100))
            for x, y in zip(accumulate(dx for dx, _ in arc), accumulate(dy for _, dy in arc), strict=True)
        ]
        for arc in topology["arcs"]
    ]


def rings(geometry: dict) -> list[list[int]]:
    """Outer rings and holes alike: the map fills by the even-odd rule."""
    if geometry["type"] == "GeometryCollection":
        return [ring for part in geometry["geometries"] for ring in rings(part)]
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def used(geometry: dict) -> list[int]:
    return [number for ring in rings(geometry) for number in ring]


def extent(ring: list[int], arcs: list[list[Point]]) -> int:
    points = [point for number in ring for point in arcs[number if number >= 0 else ~number]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(max(xs) - min(xs), max(ys) - min(ys))


def simplified(points: list[Point], tolerance: float) -> list[Point]:
    """Ramer, Douglas and Peucker. Ends stay, so that arcs still meet; closed arcs keep the point farthest away too."""
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        away, at = max(
            ((off(points[i], points[first], points[last]), i) for i in range(first + 1, last)),
            default=(0.0, 0),
        )
        if away > tolerance:
            keep.add(at)
            stack += [(first, at), (at, last)]
    return [points[i] for i in sorted(keep)]


def off(point: Point, start: Point, end: Point) -> float:
    """The distance of a point from a stretch of line."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = across * across + down * down
    along = ((point[0] - start[0]) * across + (point[1] - start[1]) * down) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return ((point[0] - start[0] - along * across) ** 2 + (point[1] - start[1] - along * down) ** 2) ** 0.5


def differences(points: list[Point]) -> list[int]:
    flat = [*points[0]]
    for one, two in pairwise(points):
        flat += (two[0] - one[0], two[1] - one[1])
    return flat


if __name__ == "__main__":
    main()
