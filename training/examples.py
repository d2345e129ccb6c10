"""Turn documents into what the network is trained on: windows with the states that every word may have."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import torch
from augment import NamePool, vary
from corpus import TYPES, Document, sentences
from torch import Tensor

from dossierkit.extract.names.decode import OUTSIDE, STATES, begin_of
from dossierkit.extract.names.windows import Window, pack, read_words
from dossierkit.extract.names.wordpiece import WordPiece

WEIGHT = {"gum_court": 0.5, "gum_academic": 0.5, "wnut17": 0.5, "CENTCOM": 1.6, "gum_news": 1.4}

# Pieces in a window, drawn anew for each document: shorter and longer ones than in use, so that it reads any length.
_BUDGETS = (48, 90, 180, 180)


@dataclass(frozen=True, slots=True)
class Example:
    """A window, with the states that each of its words may have."""

    window: Window
    states: tuple[tuple[int, ...], ...]


def make(document: Document, pieces: WordPiece, budget: int) -> list[Example]:
    """Cut a document into examples."""
    words = read_words(document.text, sentences(document.text), pieces)
    return [Example(window, _states(document, window)) for window in pack(words, budget)]


def epoch(
    documents: Sequence[Document], pool: NamePool, pieces: WordPiece, chance: random.Random, swap: float
) -> list[Example]:
    """Draw one epoch: every document varied anew, every source by the square root of its size."""
    sources: defaultdict[str, list[Example]] = defaultdict(list)
    for document in documents:
        varied = document if document.source.startswith("templates") else vary(document, pool, chance, swap)
        sources[document.source].extend(make(varied, pieces, chance.choice(_BUDGETS)))
    shares = {source: len(found) ** 0.5 * WEIGHT.get(source, 1.0) for source, found in sources.items()}
    total, drawn = sum(map(len, sources.values())), []
    for source, found in sources.items():
        wanted = max(1, round(total * shares[source] / sum(shares.values())))
        chance.shuffle(found)
        drawn.extend((found * (wanted // len(found) + 1))[:wanted])
    chance.shuffle(drawn)
    return drawn


def collate(examples: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pad to pieces [b, n], shapes [b, n, 3], lengths [b] and allowed [b, n, state]: none is, but at words' first pieces."""
    width = max(len(example.window) for example in examples)
    pieces = torch.zeros(len(examples), width, dtype=torch.long)
    shapes = torch.zeros(len(examples), width, 3, dtype=torch.long)
    allowed = torch.zeros((len(examples), width, STATES), dtype=torch.bool)
    for row, example in enumerate(examples):
        window = example.window
        pieces[row, : len(window)] = torch.tensor(window.pieces())
        shapes[row, : len(window)] = torch.tensor(window.shapes())
        for position, states in zip(window.heads(), example.states, strict=True):
            allowed[row, position, list(states)] = True
    return pieces, shapes, torch.tensor([len(example.window) for example in examples]), allowed


def _states(document: Document, window: Window) -> tuple[tuple[int, ...], ...]:
    """The states that a word may have: one, but for words of masked spans, of which it is not known where the name begins.

    Of spans inside one another the longest counts: names found do not overlap, so a place in the name of an
    organisation is no name of its own.
    """
    states: list[tuple[int, ...]] = [(OUTSIDE,)] * len(window.words)
    starts = [word.start for word in window.words]
    for span in sorted(document.spans, key=lambda s: (not s.masked, s.end - s.start)):
        begin = begin_of(TYPES.index(span.type))
        at, first = max(bisect_right(starts, span.start) - 1, 0), True
        while at < len(starts) and starts[at] < span.end:
            if window.words[at].end > span.start:
                known = (begin if first else begin + 1,)
                states[at] = (OUTSIDE, begin, begin + 1) if span.masked else known
                first = False
            at += 1
    return tuple(states)
