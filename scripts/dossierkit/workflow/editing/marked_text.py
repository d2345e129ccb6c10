"""An article's text as the desk shows it: in pieces, with names and quotes marked, and the sentences that name an entity."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dossierkit.text.match import Matcher
from dossierkit.text.quote import fold_spaces, locate
from dossierkit.text.segment import sentences


class Piece(NamedTuple):
    """`name`: the number of the item that the piece mentions, -1 for none; `entries`: those whose quote contains it."""

    text: str
    name: int
    entries: tuple[int, ...]


class Paragraph(NamedTuple):
    """`start`: in code points from the beginning of the text."""

    start: int
    pieces: tuple[Piece, ...]


Span = tuple[int, int, int]
"""Start and end in code points, half open, and the number of an item."""


def name_spans(text: str, names: Iterable[tuple[int, Sequence[str]]]) -> tuple[Span, ...]:
    """Where the forms of each item occur: of overlapping forms the longer, of equal ones the first item."""
    matcher = Matcher([(form, number) for number, forms in names for form in forms])
    return tuple((start, end, number) for start, end, number in matcher.find(text) if number is not None)


def quote_spans(text: str, quotes: Iterable[tuple[int, str, str, str]]) -> tuple[Span, ...]:
    """Where each quote occurs; `quotes`: number, exact words, words before and after."""
    folded = fold_spaces(text)
    found = ((number, locate(folded, exact, prefix, suffix)) for number, exact, prefix, suffix in quotes)
    return tuple((places[0][0], places[0][1], number) for number, places in found if places)


def paragraphs(text: str, names: Iterable[Span], quotes: Iterable[Span]) -> Iterator[Paragraph]:
    """The text split at blank lines, and each paragraph at the ends of marked spans."""
    listed_names, listed_quotes = tuple(names), tuple(quotes)
    start = 0
    for block in text.split("\n\n"):
        end = start + len(block)
        if block.strip():
            yield Paragraph(start, tuple(_pieces(text, start, end, listed_names, listed_quotes)))
        start = end + 2


def _pieces(text: str, low: int, high: int, names: Sequence[Span], quotes: Sequence[Span]) -> Iterator[Piece]:
    here = [one for one in names if one[0] < high and low < one[1]]
    there = [quote for quote in quotes if quote[0] < high and low < quote[1]]
    cuts = {low, high} | {max(low, min(high, at)) for one in (*here, *there) for at in one[:2]}
    at_start: defaultdict[int, int] = defaultdict(lambda: -1, {one[0]: one[2] for one in here})
    ordered, name, until = sorted(cuts), -1, low
    for start, end in pairwise(ordered):
        if start in at_start:
            name, until = at_start[start], next(one[1] for one in here if one[0] == start)
        entries = tuple(one[2] for one in there if one[0] <= start < one[1])
        yield Piece(text[start:end], name if start < until else -1, entries)


def selector(text: str, start: int, end: int) -> tuple[str, str, str]:
    """A span as a quote selector that matches once: the exact words, and as many words before and after as that needs."""
    exact = text[start:end].strip()
    start = text.index(exact, start) if exact else start
    end = start + len(exact)
    folded = fold_spaces(text)
    if len(locate(folded, exact, "", "")) == 1:
        return exact, "", ""
    for words in range(1, 12):
        prefix = " ".join(text[:start].split()[-words:])
        suffix = " ".join(text[end:].split()[:words])
        if len(locate(folded, exact, prefix, suffix)) == 1:
            return exact, prefix, suffix
    return exact, "", ""


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
