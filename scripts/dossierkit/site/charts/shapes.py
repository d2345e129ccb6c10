"""Marks as SVG paths: the shape of a mark shows the type of its entity, like the signs in lists."""

from __future__ import annotations

# Corners in units of the radius, around the middle; a person is a circle.
_CORNERS = {
    "organization": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "place": ((0, 1.1), (-1.1, -0.3), (-0.65, -1), (0.65, -1), (1.1, -0.3)),
    "document": ((-0.8, -1.05), (0.2, -1.05), (0.8, -0.4), (0.8, 1.05), (-0.8, 1.05)),
    "event": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
}


def number(value: float) -> str:
    """A coordinate rounded to a tenth, without a trailing zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def mark(type_: str, x: float, y: float, radius: float) -> str:
    """The outline of an entity's mark, about `radius` around its middle."""
    corners = _CORNERS.get(type_)
    if corners is None:
        r, two = number(radius), number(2 * radius)
        return f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {two} 0a{r} {r} 0 1 0-{two} 0z"
    return polygon([(x + across * radius, y + down * radius) for across, down in corners])


def polygon(corners: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in corners) + "z"


def arrow(start: tuple[float, float], end: tuple[float, float], short: float) -> str:
    """The head of an arrow whose tip is `short` before the end of a line; empty if the line is too short."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = (across * across + down * down) ** 0.5
    if length < short + 12:
        return ""
    across, down = across / length, down / length
    tip = (end[0] - across * short, end[1] - down * short)
    back = (tip[0] - across * 8, tip[1] - down * 8)
    left = (back[0] - down * 3.5, back[1] + across * 3.5)
    right = (back[0] + down * 3.5, back[1] - across * 3.5)
    return polygon([tip, left, right])
