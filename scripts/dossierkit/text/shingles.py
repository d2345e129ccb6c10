"""How much of one text is in another, whatever surrounds it (navigation, notices) and where a word was changed: by shingles (Broder,
"On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import re
from array import array
from zlib import crc32

_WORD = re.compile(r"\w+")
_WORDS = 5
_SAMPLED = 32


def shingles(text: str, size: int) -> frozenset[int]:
    """The CRC-32 of every run of `size` words in small letters. Of two texts of 500 words, one in 17,000 pairs has an equal one by
    chance.
    """
    words = _WORD.findall(text.casefold())
    runs = (" ".join(words[at : at + size]) for at in range(len(words) - size + 1))
    return frozenset(crc32(run.encode("utf-8", "replace")) for run in runs)


def body_of(page: str) -> str:
    """The text below the front matter of a page."""
    head, mark, body = page.replace("\r\n", "\n").removeprefix("---\n").partition("\n---\n")
    return body if mark else head


def runs_of(body: str) -> array[int]:
    """A text for comparisons: digests of its runs of five words, sorted. A shorter text has none."""
    return array("L", sorted(shingles(body, _WORDS)))


def marks_of(text: array[int]) -> list[int]:
    """The smallest digest, and about one of 32: texts that share a hundred runs share one of these in 96 of 100 cases."""
    return [digest for at, digest in enumerate(text) if at == 0 or digest % _SAMPLED == 0]


def shares(one: array[int], other: array[int]) -> tuple[float, float]:
    """The share of each text that is in the other: 1.0 for all."""
    common = len(frozenset(one).intersection(other))
    return (common / len(one) if one else 0.0, common / len(other) if other else 0.0)
