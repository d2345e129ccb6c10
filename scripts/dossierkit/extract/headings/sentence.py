"""A sentence whose heading is wanted, with its date, all its dates and its names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dossierkit.extract.headings.naming import Names
from dossierkit.extract.headings.signs import Span
from dossierkit.extract.headings.words import Word, words_of
from dossierkit.text.data import load

_SPEAKER = re.compile(r"[QAR] ?: |[-–—•*·\s]+")


@dataclass(frozen=True, slots=True)
class DatedSentence:
    """`text`: of the article; `start`, `end`: the sentence in it. `at`: the date of the event; `dates`, `names`: all of the sentence.

    `past`: the date is long before the report. `words`: without the letter of a speaker ("Q: "), footnote marks and the last stop.
    """

    text: str
    start: int
    end: int
    at: Span | None
    dates: tuple[Span, ...]
    names: Names
    past: bool
    words: tuple[Word, ...]


def dated_sentence(  # noqa: PLR0913 -- a sentence and what is known of it
    text: str, span: Span, at: Span | None, dates: Sequence[Span], names: Names, *, past: bool
) -> DatedSentence:
    speaker = _SPEAKER.match(text, *span)
    read = words_of(text, speaker.end() if speaker else span[0], span[1])
    words = tuple(_named(word, names.people) for word in read if not word.note)
    words = words[:-1] if is_last_stop(words) else words
    ends = {last for _, last in dates}
    words = tuple(word for word in words if word.form != "." or word.start not in ends)  # "on 15 Mar. with"
    return DatedSentence(text, *span, at, tuple(dates), names, past, words)


def _named(word: Word, people: Sequence[Span]) -> Word:
    within = word.form[0].isupper() and any(start <= word.start < end for start, end in people)
    return word._replace(named=True) if within else word


def is_last_stop(words: Sequence[Word]) -> bool:
    """Whether the last sign ends the sentence rather than an abbreviation ("Inc.", "U.S.")."""
    if len(words) < 2 or words[-1].form not in ".!…":
        return False
    low = words[-2].low
    rules = load("segment")["en"]
    short = len(low) == 1 and low.isalpha() and words[-2].end == words[-1].start
    return not (short or "." in low or low in rules["inside"] or low in rules["clock"])
