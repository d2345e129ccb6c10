"""Windows of the model: word pieces and word shapes of neighbouring sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dossierkit.extract.names.wordpiece import WordPiece

CLS, SEP = 101, 102
WINDOW_PIECES = 126
SEGMENT_CHARS = 1000
_LONGEST_RUN = 64  # signs in a row without a word
_REACH = 2  # words beside one with a capital that a name may go on with


class WordShape(IntEnum):
    """The casing of a word, which the uncased vocabulary does not contain."""

    NONE = 0
    LOWER = 1
    CAPITAL = 2
    CAPITAL_FIRST = 3
    UPPER = 4
    LETTER = 5
    MIXED = 6
    DIGITS = 7
    ALPHANUMERIC = 8
    PUNCTUATION = 9
    UNCASED = 10


_SMALL = frozenset({WordShape.LOWER, WordShape.DIGITS, WordShape.PUNCTUATION})


class ModelWord(NamedTuple):
    """A pre-token: span in code points (half open), word pieces, shape."""

    start: int
    end: int
    pieces: tuple[int, ...]
    shape: WordShape


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive words that the model reads in one call."""

    words: tuple[ModelWord, ...]

    def __len__(self) -> int:
        """Number of pieces, CLS and SEP included."""
        return sum(len(word.pieces) for word in self.words) + 2

    def pieces(self) -> list[int]:
        """Piece ids, framed by CLS and SEP."""
        return [CLS, *(piece for word in self.words for piece in word.pieces), SEP]

    def heads(self) -> list[int]:
        """Position of each word's first piece."""
        return list(accumulate((len(word.pieces) for word in self.words[:-1]), initial=1))

    def wanted(self) -> list[int]:
        """Indices of the words that can be of a name: those with a capital, in scripts with case, and their neighbours."""
        wanted: list[int] = []
        for index, word in enumerate(self.words):
            if word.shape not in _SMALL:
                begin = max(index - _REACH, wanted[-1] + 1 if wanted else 0)
                wanted.extend(range(begin, min(index + _REACH + 1, len(self.words))))
        return wanted

    def shapes(self) -> NDArray[np.int32]:
        """For each piece [piece, 3] the shapes of its word, of the word before and of the word after."""
        own = np.array([0, *(word.shape for word in self.words), 0], dtype=np.int32)
        rows = np.stack((own[1:-1], own[:-2], own[2:]), axis=1)
        counts = [len(word.pieces) for word in self.words]
        return np.pad(np.repeat(rows, counts, axis=0), ((1, 1), (0, 0)))


@lru_cache(maxsize=50_000)
def shape_of(form: str) -> WordShape:
    """The shape of a word, ignoring its position."""
    if not any(char.isalnum() for char in form):
        return WordShape.PUNCTUATION
    if any(char.isdigit() for char in form):
        return WordShape.ALPHANUMERIC if any(char.isalpha() for char in form) else WordShape.DIGITS
    if form.islower():
        return WordShape.LOWER
    if form.isupper():
        return WordShape.UPPER if len(form) > 1 else WordShape.LETTER
    if not (form[0].isupper() or any(char.isupper() or char.islower() for char in form)):
        return WordShape.UNCASED
    return WordShape.CAPITAL if form[0].isupper() and form[1:].islower() else WordShape.MIXED


def pack(sentences: Iterable[Sequence[ModelWord]], budget: int = WINDOW_PIECES) -> Iterator[Window]:
    """Pack neighbouring sentences into one window while they fit; split only sentences that do not fit alone."""
    words: list[ModelWord] = []
    size = 0
    for sentence in sentences:
        length = sum(len(word.pieces) for word in sentence)
        if words and size + length > budget:
            yield Window(tuple(words))
            words, size = [], 0
        for word in sentence:
            if words and size + len(word.pieces) > budget:
                yield Window(tuple(words))
                words, size = [], 0
            words.append(word)
            size += len(word.pieces)
    if words:
        yield Window(tuple(words))


def read_words(
    text: str, sentences: Sequence[tuple[int, int]], pieces: WordPiece
) -> Iterator[list[ModelWord]]:
    """The words of each sentence; memory does not grow with the text."""
    return _shortened(_words(text, sentences, pieces))


def _words(text: str, sentences: Sequence[tuple[int, int]], pieces: WordPiece) -> Iterator[list[ModelWord]]:
    for start, end, opens in _segments(text, sentences):
        words = [
            ModelWord(start + first, start + last, ids, shape_of(text[start + first : start + last]))
            for first, last, ids in pieces.words(text[start:end])
        ]
        yield _mark_first(words) if opens else words


def _shortened(sentences: Iterable[list[ModelWord]]) -> Iterator[list[ModelWord]]:
    """Without long stretches that have no letter or digit: they contain no names, and each sign costs as much as a word."""
    run = 0
    for words in sentences:
        read: list[ModelWord] = []
        for word in words:
            run = run + 1 if word.shape == WordShape.PUNCTUATION else 0
            if run <= _LONGEST_RUN:
                read.append(word)
        yield read


def _segments(text: str, sentences: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """Split what is too long for one call, at a space if possible: (start, end, opens a sentence)."""
    for start, end in sentences:
        at = start
        while end - at > SEGMENT_CHARS:
            space = text.rfind(" ", at + SEGMENT_CHARS // 2, at + SEGMENT_CHARS)
            cut = space if space > at else at + SEGMENT_CHARS
            yield at, cut, at == start
            at = cut
        if at < end:
            yield at, end, at == start


def _mark_first(words: list[ModelWord]) -> list[ModelWord]:
    """Give a capital at the beginning of a sentence a shape of its own, since it says little."""
    for index, word in enumerate(words):
        if word.shape == WordShape.CAPITAL:
            words[index] = ModelWord(word.start, word.end, word.pieces, WordShape.CAPITAL_FIRST)
        if word.shape != WordShape.PUNCTUATION:
            break
    return words
