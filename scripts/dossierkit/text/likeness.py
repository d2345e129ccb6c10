"""Find the words most similar to a quote that is not in the text, and describe the difference."""

from __future__ import annotations

import heapq
import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from dossierkit.model.finding import Sentence
from dossierkit.text.alphabets import mixed
from dossierkit.text.fold import fold
from dossierkit.text.quote import FoldedText, fold_spaces, locate

_WORD = re.compile(r"\w+")
_LOOKED_AT = 3
"""Sentences that are compared letter by letter."""
_LEAST = 0.5
"""Likeness (0 to 1) below which nothing is offered."""
_BLOCK = 3
"""Letters that count as a match by themselves."""


def most_like(text: str, sentences: Sequence[Sentence], quote: str) -> tuple[int, int] | None:
    """The words of `text` most similar to `quote`: code points, half open; None if nothing is similar.

    The sentences that share most words with the quote are compared, each with what follows it (Ratcliff and Obershelp).
    """
    wanted = frozenset(_words(quote))
    shared = (
        (len(wanted & _words(text[sentence.start : sentence.end])), -at)
        for at, sentence in enumerate(sentences)
    )
    best = [(count, -at) for count, at in heapq.nlargest(_LOOKED_AT, shared) if count]
    found = (_aligned(text, _stretch(sentences, at, len(quote)), quote) for _, at in best)
    likeness, span = max((one for one in found if one), default=(0.0, (0, 0)))
    return span if likeness >= _LEAST else None


def _words(text: str) -> frozenset[str]:
    return frozenset(fold(word) for word in _WORD.findall(text))


def _stretch(sentences: Sequence[Sentence], at: int, length: int) -> tuple[int, int]:
    """A sentence, with those after it up to the quote's length."""
    start, end = sentences[at].start, sentences[at].end
    for sentence in sentences[at + 1 :]:
        if end - start >= length:
            break
        end = sentence.end
    return start, end


def _aligned(text: str, stretch: tuple[int, int], quote: str) -> tuple[float, tuple[int, int]] | None:
    """Similarity of the best part of a stretch, and its span."""
    words = text[slice(*stretch)]
    letters: SequenceMatcher[str] = SequenceMatcher(a=_small(words), b=_small(quote), autojunk=False)
    matched = [block for block in letters.get_matching_blocks() if block.size >= _BLOCK]
    if not matched:
        return None
    start = _word_start(text, stretch[0] + matched[0].a)
    end = _word_end(text, stretch[0] + matched[-1].a + matched[-1].size)
    return SequenceMatcher(None, text[start:end], quote, autojunk=False).ratio(), (start, end)


def _small(text: str) -> list[str]:
    """The text in lower case, without a change of length."""
    return [char.casefold() for char in text]


def _word_start(text: str, at: int) -> int:
    while at > 0 and text[at].isalnum() and text[at - 1].isalnum():
        at -= 1
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and text[at].isalnum() and text[at - 1].isalnum():
        at += 1
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def difference(text: FoldedText, quote: str) -> str:
    """How a quote differs from the text, in words; "" if there is no simple description."""
    words = fold_spaces(quote).text.strip()
    if any(mixed(words)) and not any(mixed(text.text)):
        return "it has letters of another alphabet that look alike"
    if words in text.text:
        return "it begins or ends inside a word, a compound or a number"
    if fold(words) in fold(text.text):
        return "it differs in capitals or accents"
    if _is_spliced(text, words.split(" ")):
        return "it joins words from different places"
    return ""


def _is_spliced(text: FoldedText, words: Sequence[str]) -> bool:
    """Whether the quote consists of two parts of several words, each in the text."""
    places = (at for at in range(2, len(words) - 1))
    return any(_found(text, words[:at]) and _found(text, words[at:]) for at in places)


def _found(text: FoldedText, words: Sequence[str]) -> bool:
    return bool(locate(text, " ".join(words).strip(" .…")))
