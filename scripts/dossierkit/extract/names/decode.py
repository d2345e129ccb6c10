"""Decode the model's scores to names: the best legal path through the states of the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dossierkit.extract.names.windows import ModelWord

TYPES = ("person", "organization", "place")
# States of a word: outside, then begin and inside of each type.
OUTSIDE, STATES = 0, 1 + 2 * len(TYPES)
_INSIDE = range(2, STATES, 2)
_NEVER = -1e4
# Chosen on held-out documents: omitting lower scores costs no F1 after the rules and gains precision.
_DOUBTFUL = 0.5
_EDGES = " \t\n,;:!?\"“”„«»‘’'-–—/|*#_[]{}<>"
_DANGLING = re.compile(r"(?<!\s)\s+(?:and|or|of|the|in|for|at|to|with)$")


class DecodedName(NamedTuple):
    """A name found: span in code points (half open), type, score from 0 to 1."""

    start: int
    end: int
    type: str
    score: float


def begin_of(kind: int) -> int:
    """The state that begins a name of a type; the next one continues it."""
    return 2 * kind + 1


def no_names(count: int) -> NDArray[np.float32]:
    """Scores [word, state] of words that are surely in no name."""
    scores = np.full((count, STATES), _NEVER, dtype=np.float32)
    scores[:, OUTSIDE] = 0.0
    return scores


def best_path(scores: NDArray[np.float32]) -> NDArray[np.intp]:
    """The best state [word] by scores [word, state], where a name continues with its own type only (Viterbi)."""
    states = scores.argmax(axis=-1)
    return states if _is_legal(states) else np.array(_viterbi(scores.tolist()), dtype=np.intp)


def _is_legal(states: NDArray[np.intp]) -> bool:
    before = np.concatenate(([OUTSIDE], states[:-1]))
    inside = (states > OUTSIDE) & (states % 2 == 0)
    return not (inside & (before != states) & (before != states - 1)).any()


def _viterbi(scores: Sequence[Sequence[float]]) -> list[int]:
    total = [_NEVER if state in _INSIDE else score for state, score in enumerate(scores[0])]
    origins = []
    for row in scores[1:]:
        best = total.index(max(total))
        origin = [best] * STATES
        for inside in _INSIDE:
            origin[inside] = inside - 1 if total[inside - 1] >= total[inside] else inside
        total = [total[state] + score for state, score in zip(origin, row, strict=True)]
        origins.append(origin)
    states = [total.index(max(total))]
    for origin in reversed(origins):
        states.append(origin[states[-1]])
    return states[::-1]


def read_names(
    words: Sequence[ModelWord], states: NDArray[np.intp], probabilities: NDArray[np.float32]
) -> list[DecodedName]:
    """The names of one window by its states [word]; the score is the mean probability of the states."""
    found = []
    for first in np.flatnonzero(states % 2 == 1).tolist():
        begin, last = int(states[first]), first
        while last + 1 < len(words) and states[last + 1] == begin + 1:
            last += 1
        taken = probabilities[np.arange(first, last + 1), states[first : last + 1]]
        found.append(
            DecodedName(words[first].start, words[last].end, TYPES[begin // 2], round(float(taken.mean()), 4))
        )
    return found


def tidy(text: str, names: Iterable[DecodedName]) -> Iterator[DecodedName]:
    """Drop doubtful names and those without a capital (in scripts with case); strip punctuation at the edges."""
    for name in names:
        form = text[name.start : name.end]
        left = _EDGES if ")" in form else _EDGES + "("
        right = _EDGES if "(" in form else _EDGES + ")"
        start = name.start + len(form) - len(form.lstrip(left))
        bare = _DANGLING.sub("", form.lstrip(left).rstrip(right))
        if name.score >= _DOUBTFUL and bare and not bare == bare.lower() != bare.upper():
            yield name._replace(start=start, end=start + len(bare))
