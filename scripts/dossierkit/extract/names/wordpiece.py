"""Word pieces: how the encoder's vocabulary splits words, with the offset of each word.

The method is BERT's (https://arxiv.org/abs/1810.04805 and its published code): remove controls and accents, lower
case, split at spaces, punctuation and Chinese characters, then longest known piece first. The package `tokenizers`
gives the same result (a test compares them), but would be a quarter of what extraction needs installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from unicodedata import category, normalize

UNKNOWN = 100
_LONGEST = 100
_CACHED = 50_000
_PLAIN = re.compile(r"[0-9A-Za-z]+|[!-/:-@\[-`{-~]")
_PRINTABLE = re.compile(r"[ -~\t\n\r]*")
# CJK ideograph blocks that BERT splits into characters: first and last code point.
_IDEOGRAPHS = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)

Piece = tuple[int, int, tuple[int, ...]]


@dataclass(frozen=True)
class WordPiece:
    """`vocabulary`: piece -> id; a piece that continues a word begins with `##`."""

    vocabulary: dict[str, int]
    _known: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    def words(self, text: str) -> Iterator[Piece]:
        """Words in text order: (start, end, ids of the pieces), code points, half open."""
        for start, end, form in _plain(text) if _PRINTABLE.fullmatch(text) else _any(text):
            yield start, end, self._pieces(form)

    def _pieces(self, form: str) -> tuple[int, ...]:
        if (known := self._known.get(form)) is not None:
            return known
        pieces = self._cut(form) if len(form) <= _LONGEST else (UNKNOWN,)
        if len(self._known) < _CACHED:
            self._known[form] = pieces
        return pieces

    def _cut(self, form: str) -> tuple[int, ...]:
        pieces, at = [], 0
        while at < len(form):
            mark = "##" if at else ""
            ends = range(len(form), at, -1)
            end = next((end for end in ends if mark + form[at:end] in self.vocabulary), 0)
            if not end:
                return (UNKNOWN,)
            pieces.append(self.vocabulary[mark + form[at:end]])
            at = end
        return tuple(pieces)


def read(text: str) -> WordPiece:
    """Read a vocabulary with one piece in each line, in the order of ids."""
    return WordPiece({piece: number for number, piece in enumerate(text.removesuffix("\n").split("\n"))})


def _plain(text: str) -> Iterator[tuple[int, int, str]]:
    return ((*found.span(), found[0].lower()) for found in _PLAIN.finditer(text))


def _any(text: str) -> Iterator[tuple[int, int, str]]:
    """Words as (start, end, normal form); removed characters belong to no word unless they are inside one."""
    start, end, form = 0, 0, ""
    for at, char in enumerate(text):
        normal, alone = _normal(char)
        if not normal:
            continue
        if form and (alone or normal == " "):
            yield start, end, form
            form = ""
        if alone:
            yield at, at + 1, normal
        elif normal != " ":
            start = start if form else at
            form, end = form + normal, at + 1
    if form:
        yield start, end, form


@cache
def _normal(char: str) -> tuple[str, bool]:
    """The normalised character (a space if it separates, empty if dropped), and whether it is a word by itself."""
    if char in "\t\n\r":
        return " ", False
    if char == "\ufffd" or category(char).startswith("C"):
        return "", False
    if char.isspace():
        return " ", False
    bare = "".join(part for part in normalize("NFD", char) if category(part) != "Mn").lower()
    if any(first <= ord(char) <= last for first, last in _IDEOGRAPHS):
        return bare, True
    return bare, len(bare) == 1 and _is_punctuation(bare)


def _is_punctuation(char: str) -> bool:
    return (char.isascii() and not char.isalnum()) or category(char).startswith("P")
