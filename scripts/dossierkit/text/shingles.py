"""Shingles of a text, to find copies that were edited a little (Broder, "On the resemblance and containment of documents", 1997)."""

from __future__ import annotations

import re
from zlib import crc32

_WORD = re.compile(r"\w+")


def shingles(text: str, size: int) -> frozenset[int]:
    """The CRC-32 of every run of `size` words in small letters. Of two texts of 500 words, one in 17,000 pairs has an equal one by
    chance.
    """
    words = _WORD.findall(text.casefold())
    runs = (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
    return frozenset(crc32(run.encode("utf-8", "replace")) for run in runs)
