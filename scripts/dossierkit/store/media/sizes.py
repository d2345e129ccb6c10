"""The sizes in which a picture is offered, and where each stands on the site: a function of the picture alone."""

from __future__ import annotations

from dossierkit.model.media import FOLDER, MediaSize
from dossierkit.store.media import kinds

_PLACE = f"{FOLDER}sizes/"
_NEAR = 1.25
"""A picture less than a quarter wider than a size is offered in its own width instead of that."""


def sizes(path: str, digest: str, width: int, height: int) -> tuple[MediaSize, ...]:
    """WebP, the narrowest first; never wider than the picture."""
    stem = _stem(path, digest)
    return tuple(_size(f"{stem}-{one}.webp", one, width, height) for one in _widths(width))


def fallback(path: str, digest: str, width: int, height: int, *, see_through: bool) -> MediaSize:
    """JPEG; PNG where one can see through it."""
    wide = min(width, kinds.limit("fallback"))
    return _size(f"{_stem(path, digest)}-{wide}.{'png' if see_through else 'jpg'}", wide, width, height)


def _widths(width: int) -> tuple[int, ...]:
    offered = [one for one in kinds.widths() if one * _NEAR < width]
    widest = kinds.widths()[-1]
    return (*offered, *([width] if width <= widest * _NEAR else []))


def _size(path: str, wide: int, width: int, height: int) -> MediaSize:
    return MediaSize(path, wide, max(1, (height * wide + width // 2) // width))


def _stem(path: str, digest: str) -> str:
    return f"{_PLACE}{path.removeprefix(FOLDER).rpartition('.')[0]}-{digest[:8]}"
