"""The exception of all readers."""

from __future__ import annotations


class RefusedError(ValueError):
    """A source that cannot be read correctly. The message says what was found and what to do."""
