"""Numbers of things in messages, and lists of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def number_of(count: int, one: str, many: str = "") -> str:
    """`1 article`, `2 articles`. `many`: the plural, if it is not `one` with an s."""
    return f"{count} {one if count == 1 else many or f'{one}s'}"


def in_code(names: Iterable[str]) -> str:
    """`a`, `b`: each as code, separated by commas."""
    return ", ".join(f"`{name}`" for name in names)


def some(listed: Sequence[str], most: int) -> str:
    """The first of them, separated by commas, and how many more there are."""
    more = f" and {len(listed) - most} more" if len(listed) > most else ""
    return ", ".join(listed[:most]) + more
