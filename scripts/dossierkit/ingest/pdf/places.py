"""Find quoted words on the pages of a PDF, as runs of characters.

Only letters and digits are compared, so ligatures, Arabic presentation forms, hyphens at line ends and white space
make no difference. A quote may continue in another column or on the next page; text between the parts, such as a
running head, is skipped.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

_LEAST_CONTEXT = 12
"""Letters and digits beside a quote by which a place is told from others."""
_MOST_STEPS = 20_000


class Glyph(NamedTuple):
    """A character with its box on the page as displayed, in points from the upper left corner."""

    char: str
    left: float
    top: float
    right: float
    bottom: float


class GlyphRun(NamedTuple):
    """Characters on one line of a page, in reading order."""

    page: int
    glyphs: tuple[Glyph, ...]


class Place(NamedTuple):
    """Part of a line that quoted words cover."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Runs:
    """The runs of some pages, in page order."""

    runs: Sequence[GlyphRun]

    @cached_property
    def spelt(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """The letters of each run, and for each letter the index of its glyph."""
        return tuple(_spelt(run) for run in self.runs)

    def places(self, words: str, before: str = "", after: str = "") -> tuple[Place, ...]:
        """The places of the words in order; empty if they are not found.

        If they occur several times, the occurrence with the same neighbouring text is used, else the first.
        """
        wanted, lead, tail = key(words), key(before)[-30:], key(after)[:30]
        if not wanted:
            return ()
        for first, last in ((lead, tail), (lead, ""), ("", tail), ("", "")):
            if (first or last) and len(first + last) < _LEAST_CONTEXT:
                continue
            if found := self._spelling(first + wanted + last):
                return tuple(self._boxes(found, len(first), len(first) + len(wanted)))
        return ()

    def _spelling(self, wanted: str) -> tuple[tuple[int, int, int], ...]:
        """The runs that contain it: index, and start and end within the run's letters."""
        for number, (spelt, _) in enumerate(self.spelt):
            if (at := spelt.find(wanted)) >= 0:
                return ((number, at, at + len(wanted)),)
        search = _Search(self.spelt, wanted)
        for number, (spelt, _) in enumerate(self.spelt):
            for at in _ends(spelt, wanted):
                if rest := search.after(number, len(spelt) - at):
                    return ((number, at, len(spelt)), *rest)
        return ()

    def _boxes(self, parts: Sequence[tuple[int, int, int]], start: int, end: int) -> Iterator[Place]:
        """The places of letters `start` to `end` of the parts' joined text."""
        at = 0
        for number, first, last in parts:
            begin, stop = first + max(0, start - at), min(last, first + end - at)
            at += last - first
            if begin < stop:
                run, indices = self.runs[number], self.spelt[number][1]
                yield _place(run, run.glyphs[indices[begin] : indices[stop - 1] + 1])


class _Search:
    """Search for consecutive runs that spell the rest. Dead ends are remembered, so each is tried once."""

    def __init__(self, spelt: Sequence[tuple[str, tuple[int, ...]]], wanted: str) -> None:
        self._spelt, self._wanted = [one for one, _ in spelt], wanted
        self._by_first: dict[str, list[int]] = {}
        for number, one in enumerate(self._spelt):
            if one:
                self._by_first.setdefault(one[0], []).append(number)
        self._dead: set[int] = set()
        self._steps = 0

    def after(self, number: int, at: int) -> tuple[tuple[int, int, int], ...] | None:
        """The runs after this one that spell the text from `at` on, or None."""
        path: list[tuple[int, int, int]] = []
        return tuple(path) if self._go(number, at, path, {number}) else None

    def _go(self, number: int, at: int, path: list[tuple[int, int, int]], used: set[int]) -> bool:
        left = len(self._wanted) - at
        if at in self._dead or self._steps > _MOST_STEPS or len(path) > 400:
            return False
        for other in sorted(
            self._by_first.get(self._wanted[at], ()), key=lambda one: (one < number, abs(one - number))
        ):
            self._steps += 1
            spelt = self._spelt[other]
            if other in used:
                continue
            if len(spelt) >= left and spelt.startswith(self._wanted[at:]):
                path.append((other, 0, left))
                return True
            if len(spelt) < left and self._wanted.startswith(spelt, at):
                path.append((other, 0, len(spelt)))
                if self._go(other, at + len(spelt), path, used | {other}):
                    return True
                path.pop()
        self._dead.add(at)
        return False


def key(text: str) -> str:
    """The letters and digits, normalised for comparison."""
    return "".join(char for char in unicodedata.normalize("NFKD", text).casefold() if char.isalnum())


def _spelt(run: GlyphRun) -> tuple[str, tuple[int, ...]]:
    letters: list[str] = []
    indices: list[int] = []
    for index, glyph in enumerate(run.glyphs):
        for char in key(glyph.char):
            letters.append(char)
            indices.append(index)
    return "".join(letters), tuple(indices)


def _ends(spelt: str, wanted: str) -> Iterator[int]:
    """Offsets of run ends with which the text begins, longest first."""
    at = spelt.find(wanted[0]) if spelt else -1
    while at >= 0:
        if wanted.startswith(spelt[at:]):
            yield at
        at = spelt.find(wanted[0], at + 1)


def _place(run: GlyphRun, glyphs: Sequence[Glyph]) -> Place:
    inked = [glyph for glyph in glyphs if not glyph.char.isspace()] or list(glyphs)
    left, right = min(glyph.left for glyph in inked), max(one.right for one in inked)
    top, bottom = min(glyph.top for glyph in inked), max(one.bottom for one in inked)
    # Across the line the average middle counts: a raised figure does not make it taller.
    if bottom - top > right - left:
        left, right = _middle(glyph.left for glyph in inked), _middle(one.right for one in inked)
    else:
        top, bottom = _middle(glyph.top for glyph in inked), _middle(one.bottom for one in inked)
    return Place(run.page, left, top, right, bottom)


def _middle(values: Iterable[float]) -> float:
    listed = sorted(values)
    return listed[len(listed) // 2]
