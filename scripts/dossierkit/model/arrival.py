"""When an article was first published on the site, and what changed in it since."""

from __future__ import annotations

from typing import NamedTuple


class Arrival(NamedTuple):
    """The arrival of one article, and its changes since.

    `arrived`, `changed`: days (`2026-11-20`), empty if unknown. `events`, `names`: how many more there are since (negative:
    fewer). `text`: whether title, description or text changed.
    """

    arrived: str = ""
    changed: str = ""
    events: int = 0
    names: int = 0
    text: bool = False


UNKNOWN = Arrival()
