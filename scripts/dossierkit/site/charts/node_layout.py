"""The positions of a network's nodes in a unit square.

A dossier's network is laid out by the spring model of Fruchterman and Reingold in rustworkx, from a fixed start; one entity's
neighbourhood is laid out on an ellipse. All results are rounded to a thousandth of the picture, much more than the last bit in
which the arithmetic of processors can differ, so that the same content gives the same bytes (a value at the very edge of a
rounding step could still differ).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

Spot = tuple[float, float]

_GOLDEN = 2.399963  # the golden angle: a sunflower pattern with no two equal starting points
_ROUNDS = 200
_NEAREST = 0.7


def springs(count: int, edges: Mapping[tuple[int, int], float]) -> tuple[Spot, ...]:
    """Positions of the nodes 0..count-1, connected nodes near each other. Weights are the strength of the pull."""
    import rustworkx  # noqa: PLC0415 - a site without a network need not load it

    graph: rustworkx.PyGraph[int, float] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(count))
    graph.add_edges_from([(one, other, weight) for (one, other), weight in sorted(edges.items())])
    start = {number: _sunflower(number) for number in range(count)}
    found = rustworkx.spring_layout(
        graph, pos=start, num_iter=_ROUNDS, weight_fn=float, repulsive_exponent=2, seed=1
    )
    spots = [(float(found[number][0]), float(found[number][1])) for number in range(count)]
    xs, ys = (_spread([spot[axis] for spot in spots]) for axis in (0, 1))
    return tuple(zip(xs, ys, strict=True))


def _sunflower(number: int) -> Spot:
    away = math.sqrt(number + 0.5)
    return round(away * math.cos(number * _GOLDEN), 6), round(away * math.sin(number * _GOLDEN), 6)


def _spread(values: Sequence[float]) -> list[float]:
    """Scale to 0..1, half by position and half by rank: crowds open up, and neighbours stay neighbours."""
    rounded = [round(value, 4) for value in values]
    low, high = min(rounded), max(rounded)
    order = sorted(range(len(rounded)), key=lambda at: (rounded[at], at))
    rank = {at: number for number, at in enumerate(order)}
    last = max(len(rounded) - 1, 1)
    return [
        round(((value - low) / (high - low) + rank[at] / last) / 2, 3) if high > low else 0.5
        for at, value in enumerate(rounded)
    ]


def around(strengths: Sequence[int]) -> tuple[Spot, ...]:
    """Positions around the middle of the unit square, clockwise from the top; stronger nodes are nearer to the middle."""
    least, most = min(strengths, default=0), max(strengths, default=0)
    span = max(most - least, 1)
    return tuple(
        _ray(number, len(strengths), (strength - least) / span) for number, strength in enumerate(strengths)
    )


def _ray(number: int, count: int, share: float) -> Spot:
    angle = 2 * math.pi * (number + 0.5) / count
    away = (1 - (1 - _NEAREST) * share) / 2
    return round(0.5 + away * math.sin(angle), 3), round(0.5 - away * math.cos(angle), 3)


def apart(spots: Sequence[Spot], gap: Sequence[float]) -> tuple[Spot, ...]:
    """Push nodes apart until their marks do not touch. `gap`: the radius of each node, in the unit of `spots`."""
    moved = [list(spot) for spot in spots]
    for _ in range(40):
        still = True
        for one in range(len(moved)):
            for other in range(one + 1, len(moved)):
                still = not _push(moved[one], moved[other], gap[one] + gap[other], other) and still
        if still:
            break
    return tuple((round(x, 1), round(y, 1)) for x, y in moved)


def _push(one: list[float], other: list[float], want: float, number: int) -> bool:
    across, down = other[0] - one[0], other[1] - one[1]
    if abs(across) >= want or abs(down) >= want:
        return False
    away = math.sqrt(across * across + down * down)
    if away >= want - 0.05:
        return False
    if away < 0.01:
        across, down = _sunflower(number)
        away = math.sqrt(across * across + down * down)
        want += away
    step = (want - away) / 2 / away
    one[0] -= across * step
    one[1] -= down * step
    other[0] += across * step
    other[1] += down * step
    return True
