"""From the model's scores to names: the best legal B-I-O path for each type, then the better of names that overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dossierkit.extract.names.windows import Word

TYPES = ("person", "organization", "place")
OUTSIDE, BEGIN, INSIDE = 0, 1, 2
_NEVER = -1e4
# Chosen on held-back documents: leaving out what scores less costs no F1 after the rules and gains precision.
_DOUBTFUL = 0.55
_EDGES = " \t\n,;:!?\"“”„«»‘’'-–—/|*#_[]{}<>"
_DANGLING = re.compile(r"\s+(?:and|or|of|the|in|for|at|to|with)$")


class Name(NamedTuple):
    """A name found: span in code points (half open), type, score from 0 to 1."""

    start: int
    end: int
    type: str
    score: float


def best_paths(scores: NDArray[np.float32]) -> NDArray[np.int8]:
    """Viterbi over [window, word, type, O/B/I] log scores, where I follows only B or I -> states [window, word, type]."""
    count, length, types, _ = scores.shape
    back = np.zeros((count, length, types, 3), dtype=np.int8)
    total = scores[:, 0].copy()
    total[..., INSIDE] = _NEVER
    for at in range(1, length):
        any_best, any_from = total.max(axis=-1), total.argmax(axis=-1)
        into = total[..., BEGIN:]
        back[:, at, :, OUTSIDE] = back[:, at, :, BEGIN] = any_from
        back[:, at, :, INSIDE] = into.argmax(axis=-1) + BEGIN
        total = scores[:, at] + np.stack([any_best, any_best, into.max(axis=-1)], axis=-1)
    states = np.zeros((count, length, types), dtype=np.int8)
    states[:, -1] = total.argmax(axis=-1)
    for at in range(length - 1, 0, -1):
        states[:, at - 1] = np.take_along_axis(back[:, at], states[:, at, :, None].astype(np.intp), axis=-1)[
            ..., 0
        ]
    return states


def read_names(
    words: Sequence[Word], states: NDArray[np.int8], probabilities: NDArray[np.float32]
) -> list[Name]:
    """Read one window's names off its states [word, type]; the score is the mean probability of the states taken."""
    found = []
    for kind, label in enumerate(TYPES):
        column = states[: len(words), kind]
        for first in np.flatnonzero(column == BEGIN).tolist():
            last = first
            while last + 1 < len(words) and column[last + 1] == INSIDE:
                last += 1
            taken = probabilities[np.arange(first, last + 1), kind, column[first : last + 1]]
            found.append(Name(words[first].start, words[last].end, label, round(float(taken.mean()), 4)))
    return found


def tidy(text: str, names: Iterable[Name]) -> Iterator[Name]:
    """Drop doubtful names and those without a capital (where the script has any); strip punctuation at their edges."""
    for name in names:
        form = text[name.start : name.end]
        left = _EDGES if ")" in form else _EDGES + "("
        right = _EDGES if "(" in form else _EDGES + ")"
        start = name.start + len(form) - len(form.lstrip(left))
        bare = _DANGLING.sub("", form.lstrip(left).rstrip(right))
        if name.score >= _DOUBTFUL and bare and not bare == bare.lower() != bare.upper():
            yield name._replace(start=start, end=start + len(bare))


def without_overlaps(names: Iterable[Name]) -> list[Name]:
    """Of names that overlap keep the one with the better score (then the longer, then the earlier), in text order."""
    kept: list[Name] = []
    group: list[Name] = []
    reach = -1
    for name in sorted(names):
        if name.start >= reach:
            kept.extend(_pick(group))
            group = []
        group.append(name)
        reach = max(reach, name.end)
    kept.extend(_pick(group))
    return kept


def _pick(group: list[Name]) -> list[Name]:
    picked: list[Name] = []
    for name in sorted(group, key=lambda n: (-n.score, n.start - n.end, n.start, n.type)):
        if all(name.end <= other.start or other.end <= name.start for other in picked):
            picked.append(name)
    return sorted(picked)
