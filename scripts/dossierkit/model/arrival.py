"""The day a page was added to the site, and later changes."""

from __future__ import annotations

from typing import NamedTuple


class Arrival(NamedTuple):
    """`arrived`, `changed`: days (`2026-11-20`), "" if unknown. `events`, `names`: numbers added since, negative if
    removed. `text`: whether title, description or text have changed.
    """

    arrived: str = ""
    changed: str = ""
    events: int = 0
    names: int = 0
    text: bool = False


UNKNOWN = Arrival()
