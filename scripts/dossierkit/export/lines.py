"""JSON values one in each line, so that a long export is written and read piece by piece."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring as quoted  # as `model.plain.compact` for a text, and faster

__all__ = ["lines", "listed", "quoted"]


def lines(values: Iterable[str]) -> Iterator[str]:
    """The values of one piece, each on a line of its own, with commas between them."""
    for number, value in enumerate(values):
        yield f",\n{value}" if number else f"\n{value}"


def listed(head: str, values: Iterable[str], tail: str) -> Iterator[str]:
    """The values, separated by commas, each on its own line, between a head and a tail."""
    before = head
    for value in values:
        yield f"{before}\n{value}"
        before = ","
    yield f"{'' if before == ',' else head}\n{tail}\n"
