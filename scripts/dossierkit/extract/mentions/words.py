"""Words of a sentence with their offsets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from dossierkit.model.finding import Mention, Sentence


class PlainWord(NamedTuple):
    """A word; code points, half open. `plain`: its form in lists. `near`: it directly follows the word before."""

    start: int
    end: int
    text: str
    plain: str
    near: bool


def cut(
    text: str, sentence: Sentence, pattern: re.Pattern[str], plain: Callable[[str], str]
) -> tuple[PlainWord, ...]:
    """All matches of the pattern in a sentence, in order."""
    words: list[PlainWord] = []
    end = -9
    for match in pattern.finditer(text, sentence.start, sentence.end):
        start, form = match.start(), match.group()
        near = start == end or (start == end + 1 and text[end] != "\n")
        end = match.end()
        words.append(PlainWord(start, end, form, plain(form), near))
    return tuple(words)


@dataclass(frozen=True, slots=True)
class SentenceWords:
    """The words of one sentence, by position; there is no word beyond its ends."""

    text: str
    words: Sequence[PlainWord]

    def low(self, at: int) -> str:
        """The form in lists."""
        return self.words[at].plain if 0 <= at < len(self.words) else ""

    def follows(self, at: int) -> bool:
        """Whether a word directly follows the one before."""
        return 0 < at < len(self.words) and self.words[at].near


def by_sentence(
    sentences: Sequence[Sentence], mentions: Sequence[Mention]
) -> Iterator[tuple[Sentence, Sequence[Mention]]]:
    """Each sentence with the mentions that begin in it, both in text order; one pass."""
    at = 0
    for sentence in sentences:
        first = at
        while at < len(mentions) and mentions[at].start < sentence.end:
            at += 1
        yield sentence, mentions[first:at]
