"""Merge layers of mentions into one without overlaps."""

from __future__ import annotations

from collections.abc import Iterable

from dossierkit.model.finding import Mention


def lay(layers: Iterable[Iterable[Mention]], size: int) -> list[Mention]:
    """Mentions in text order, none overlapping. `size`: length of the text. Linear in the number of spans.

    Earlier layers win; within a layer the longer span, then the earlier one.
    """
    taken = bytearray(size)
    chosen: list[Mention] = []
    for layer in layers:
        for mention in sorted(layer, key=lambda m: (m.start - m.end, m.start)):
            if mention.start < mention.end and taken.find(1, mention.start, mention.end) < 0:
                taken[mention.start : mention.end] = b"\x01" * (mention.end - mention.start)
                chosen.append(mention)
    return sorted(chosen, key=lambda m: m.start)
