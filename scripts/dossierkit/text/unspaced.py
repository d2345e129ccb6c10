"""Where a name ends in scripts that leave no spaces between words, and in Korean, which writes particles to its words."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from dossierkit.text.data import load

UNSPACED = r"\u0e00-\u0eff\u1000-\u103f\u1050-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese, as in a class of an expression."""
HANGUL = r"\uac00-\ud7a3"
_FIRST = "\u0e00"
_CHAR = re.compile(f"[{UNSPACED}]")
# Foreign words in Japanese, in which names of countries are found.
_KATAKANA = re.compile("[\u30a1-\u30fa\u30fc]")
_HANGUL = re.compile(f"[{HANGUL}]+")
_OF_A_WORD = 2  # characters


def is_unspaced(char: str) -> bool:
    """Whether a character is of a script without spaces."""
    return char >= _FIRST and _CHAR.match(char) is not None


def count_words(text: str) -> int:
    """How many words a text has; in scripts without spaces, about half as many as letters."""
    return len(text.split()) + len(_CHAR.findall(text)) // _OF_A_WORD


def is_shorter(text: str, length: int) -> bool:
    """Whether a text has fewer code points than `length`; of scripts without spaces each counts twice, since it says as much."""
    return len(text) < length and len(text) + len(_CHAR.findall(text)) < length


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether `text[start:end]` is no part of a syllable, of a word in katakana, nor of a Korean word but for the particles at its end."""
    after = text[end : end + 1]
    if after >= _FIRST and (unicodedata.category(after).startswith("M") or _goes_on(text, start, end)):
        return False
    if start and text[start] >= _FIRST and _goes_on(text, start - 1, start):
        return False
    if not _HANGUL.match(text, start):
        return True
    rest = _HANGUL.match(text, end)
    return not _HANGUL.match(text[start - 1 : start]) and (rest is None or rest[0] in _particles())


def _goes_on(text: str, start: int, end: int) -> bool:
    """Whether a word in katakana that has the characters before `end` goes on there."""
    return _KATAKANA.match(text, end) is not None and _KATAKANA.match(text, max(start, end - 1)) is not None


@cache
def _particles() -> frozenset[str]:
    return frozenset(load("particles")["ko"])
