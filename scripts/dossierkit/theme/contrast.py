"""How far two colours stand apart: WCAG 2.2, https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""

from __future__ import annotations

import re

AA = 4.5
"""What text needs (success criterion 1.4.3)."""

_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_STEPS = 40


def is_colour(value: str) -> bool:
    """Whether it is written `#rgb` or `#rrggbb`: the forms whose contrast can be told."""
    return bool(_HEX.fullmatch(value))


def ratio(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable(colour: str, background: str, wanted: float = AA) -> str:
    """The colour, mixed with as little white (black, on a light ground) as it takes to be read on the ground."""
    towards = 0 if _luminance(background) > 0.18 else 255
    for step in range(_STEPS + 1):
        mixed = _hex(tuple(part + (towards - part) * step / _STEPS for part in _parts(colour)))
        if ratio(mixed, background) >= wanted:
            return mixed
    return _hex((towards,) * 3)


def _parts(colour: str) -> tuple[float, ...]:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    return tuple(float(int(digits[at : at + 2], 16)) for at in (0, 2, 4))


def _hex(parts: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(part):02x}" for part in parts)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
