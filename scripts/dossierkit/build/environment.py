"""The environment of a process that goes on after a build."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def environment(said: Mapping[str, str]) -> Iterator[None]:
    """With these values while the block runs, and as it was before and after."""
    before = dict(os.environ)
    os.environ.update(said)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
