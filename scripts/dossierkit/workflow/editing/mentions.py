"""Where an article names an entity: sentences split at the name, for a page that escapes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from dossierkit.text.match import Matcher
from dossierkit.text.segment import sentences

_AROUND = 240  # code points of a long sentence shown on either side of a name


class NameInSentence(NamedTuple):
    """A sentence in three parts: `before`, `name`, `after`."""

    before: str
    name: str
    after: str


def mentions(text: str, forms: Sequence[str], lang: str, most: int) -> tuple[tuple[NameInSentence, ...], int]:
    """The first `most` mentions, and the number of all."""
    spans = [one[:2] for one in Matcher([(form, 0) for form in forms]).find(text)]
    return tuple(_cut(text, start, end, lang) for start, end in spans[:most]), len(spans)


def _cut(text: str, start: int, end: int, lang: str) -> NameInSentence:
    low, high = sentence_around(text, start, end, lang)
    before, after = text[max(low, start - _AROUND) : start], text[end : min(high, end + _AROUND)]
    if start - low > _AROUND:  # between words, if there are any
        before = "…" + (before.partition(" ")[2] or before)
    if high - end > _AROUND:
        after = (after.rpartition(" ")[0] or after) + "…"
    return NameInSentence(before, text[start:end], after)


def sentence_around(text: str, start: int, end: int, lang: str) -> tuple[int, int]:
    """The span of the sentences that overlap a span; only its paragraph is split into sentences."""
    low = text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0
    high = text.find("\n\n", end)
    high = len(text) if high < 0 else high
    cut = [
        sentence
        for sentence in sentences(text[low:high], lang or "en")
        if sentence.start + low < end and start < sentence.end + low
    ]
    return (cut[0].start + low, cut[-1].end + low) if cut else (low, high)
