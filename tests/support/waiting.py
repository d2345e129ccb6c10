"""Waiting for what another process does: for the state itself, and longer than a busy machine needs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

_Found = TypeVar("_Found")

PATIENCE = 300
"""Seconds until what does not come is an error: a machine that is busy is none."""


def until(found: Callable[[], _Found], what: str, *, pause: float = 0.01) -> _Found:
    """What is found, once it is true. `what`: its name in the error; `pause`: seconds between two looks."""
    end = time.monotonic() + PATIENCE
    while not (now := found()):
        assert time.monotonic() < end, f"never came: {what}"
        time.sleep(pause)
    return now
