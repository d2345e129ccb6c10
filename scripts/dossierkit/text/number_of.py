"""Numbers of things in messages."""

from __future__ import annotations


def number_of(count: int, one: str, many: str = "") -> str:
    """`1 article`, `2 articles`. `many`: the plural, if it is not `one` with an s."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"
