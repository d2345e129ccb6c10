"""Whether a date is in what a sentence denies, doubts or supposes, in a language that has a `clauses.yml`; `doubted` is the same for English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from dossierkit.extract.headings.plain_pieces import (
    PlainWords,
    SentencePiece,
    holding,
    lowered,
    without_loose,
)
from dossierkit.extract.headings.signs import Span

_NEAR = 7  # words from a denial to what it denies: "rechazó este lunes las acusaciones de que"
_NEGATED = 2  # words from a negation to a denial: "no ha negado"
_PROVED = 3  # words from a negation to a proof: "nadie lo ha confirmado"
_OTHERS = frozenset({"speech", "source", "link", "clause"})
_ASIDES = frozenset({"aside", "relative", "bracket"})


class _PieceWord(NamedTuple):
    """A word before the date, and the index of its piece."""

    low: str
    piece: int


def is_doubted(text: str, pieces: Sequence[SentencePiece], at: Span, words: PlainWords) -> bool:
    """`pieces`: of the whole sentence; `at`: the date."""
    dated = holding(pieces, at)
    if dated == 0 and _supposes(pieces, words):
        return True
    before = tuple(_before(text, pieces[: dated + 1], at, words)) if words.denying else ()
    denials = [index for index in range(len(before)) if _denies(before, index, words)]
    contents = [(index, _content(before, index, words)) for index in denials]
    if any(begins and _reaches(pieces[: dated + 1], before[begins:], words) for _, begins in contents):
        return True
    apart = any(not begins and index + 1 < len(before) for index, begins in contents)
    return apart and _in_infinitive(text[at[1] : pieces[dated].end], words)


def _in_infinitive(behind: str, words: PlainWords) -> bool:
    """As in "bestreitet, Hale am 3. Mai getroffen zu haben"; `behind`: the rest of the piece behind the date."""
    return any(f"{first} {then}" in words.denied for first, then in pairwise(lowered(behind)))


def _supposes(pieces: Sequence[SentencePiece], words: PlainWords) -> bool:
    """As in "Als de raad had vergaderd, stond ...", but not "Als voorzitter opende Hale ..."."""
    supposes = bool(pieces[0].low) and pieces[0].low[0] in words.supposing
    return supposes and len(pieces) > 1 and pieces[1].kind == "predicate"


def _before(text: str, pieces: Sequence[SentencePiece], at: Span, words: PlainWords) -> Iterable[_PieceWord]:
    for index, one in enumerate(pieces):
        until = without_loose(text[one.start : at[0]], words) if one.holds(at) else text[one.start : one.end]
        if one.kind != "bracket":
            yield from (_PieceWord(low, index) for low in lowered(until))


def _denies(before: Sequence[_PieceWord], index: int, words: PlainWords) -> bool:
    """A verb of denial that is not denied itself, or a proof that is."""
    if before[index].low in words.denying:
        near = before[max(0, index - _NEGATED) : index + 2]
        return words.negating.isdisjoint(word.low for word in near)
    if before[index].low not in words.proving:
        return False
    near = before[max(0, index - _PROVED) : index]
    links = max((at + 1 for at, word in enumerate(near) if word.low in words.links), default=0)
    return not words.negating.isdisjoint(word.low for word in near[links:])


def _content(before: Sequence[_PieceWord], index: int, words: PlainWords) -> int | None:
    """Where what is denied begins, if no other clause comes first: "que", "dass", or an infinitive of the past."""
    begins = words.content | words.denied
    for at in range(index + 1, min(len(before), index + 1 + _NEAR)):
        if before[at].low in begins:
            return at
        if before[at].low in words.links or words.verbs.is_finite(before[at].low):
            return None
    return None


def _reaches(pieces: Sequence[SentencePiece], content: Sequence[_PieceWord], words: PlainWords) -> bool:
    """Whether what is denied goes on to the date: no other clause begins after its verb."""
    if any(first.low in words.links and words.verbs.is_finite(then.low) for first, then in pairwise(content)):
        return False
    told = content[0].low in words.denied or _is_told(content, content[0].piece, words)
    for index in range(content[0].piece + 1, len(pieces)):
        tells = pieces[index].verb and pieces[index].kind not in _ASIDES
        if pieces[index].kind in _OTHERS or (told and tells):
            return False
        told = told or tells
    return True


def _is_told(content: Sequence[_PieceWord], piece: int, words: PlainWords) -> bool:
    return any(words.verbs.is_finite(word.low) for word in content if word.piece == piece)
