"""When a page came to the site, and what changed in it since."""

from __future__ import annotations

from typing import NamedTuple


class Arrival(NamedTuple):
    """`arrived`, `changed`: days (`2026-11-20`), empty where they are not known. `events`, `names`: how many were added since or
    taken out (negative). `text`: whether title, description or text are others.
    """

    arrived: str = ""
    changed: str = ""
    events: int = 0
    names: int = 0
    text: bool = False


UNKNOWN = Arrival()
