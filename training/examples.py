"""Turn documents into what the network is trained on: windows with a state for every word and type."""

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

from dossierkit.extract.names.decode import BEGIN, INSIDE, OUTSIDE
from dossierkit.extract.names.windows import Window, pack, read_words
from dossierkit.extract.names.wordpiece import WordPiece

IGNORED = -100
WEIGHT = {"gum_court": 0.5, "gum_academic": 0.5, "wnut17": 0.5, "CENTCOM": 1.6, "gum_news": 1.4}


@dataclass(frozen=True, slots=True)
class Example:
    """A window with its states [word][type]."""

    window: Window
    states: tuple[tuple[int, int, int], ...]


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
        varied = document if document.source == "templates" else vary(document, pool, chance, swap)
        sources[document.source].extend(make(varied, pieces, chance.choice((48, 80, 126, 126))))
    shares = {source: len(found) ** 0.5 * WEIGHT.get(source, 1.0) for source, found in sources.items()}
    total, drawn = sum(map(len, sources.values())), []
    for source, found in sources.items():
        wanted = max(1, round(total * shares[source] / sum(shares.values())))
        chance.shuffle(found)
        drawn.extend((found * (wanted // len(found) + 1))[:wanted])
    chance.shuffle(drawn)
    return drawn


def collate(examples: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Pad to pieces [b, n], shapes [b, n, 3], lengths [b] and states [b, n, 3], which are IGNORED but at words' first pieces."""
    width = max(len(example.window) for example in examples)
    pieces = torch.zeros(len(examples), width, dtype=torch.long)
    shapes = torch.zeros(len(examples), width, 3, dtype=torch.long)
    states = torch.full((len(examples), width, 3), IGNORED)
    for row, example in enumerate(examples):
        window = example.window
        pieces[row, : len(window)] = torch.tensor(window.pieces())
        shapes[row, : len(window)] = torch.tensor(window.shapes())
        states[row, window.heads()] = torch.tensor(example.states)
    return pieces, shapes, torch.tensor([len(example.window) for example in examples]), states


def _states(document: Document, window: Window) -> tuple[tuple[int, int, int], ...]:
    columns = [[OUTSIDE] * len(window.words) for _ in TYPES]
    starts = [word.start for word in window.words]
    for span in document.spans:
        column = columns[TYPES.index(span.type)]
        at = max(bisect_right(starts, span.start) - 1, 0)
        state = BEGIN
        while at < len(starts) and starts[at] < span.end:
            if window.words[at].end > span.start:
                column[at] = IGNORED if span.masked else state
                state = INSIDE
            at += 1
    return tuple(zip(*columns, strict=True))
