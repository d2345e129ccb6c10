"""Keys that common typing errors leave unchanged, so that a misspelt word leads to one that occurs.

Two forms of each word, doubled letters written once: its consonants (`=gnv`: a vowel that is wrong, missing or in another place), and all
but its first letter (`-eneva`). A browser makes the same of what a reader types (templates/assets/dossierkit/search/like.js).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from dossierkit.site.search.piece import PageTerms
from dossierkit.text.terms import terms

_SHORTEST, _LONGEST = 4, 24
_DOUBLED = re.compile(r"(.)\1+")
VOWELS = "aeiouyاويه"
_VOWELS = re.compile(f"[{VOWELS}]")
_FEW = 8  # bytes of postings: more are of several pages


def slips(found: Mapping[str, bytes | bytearray], pieces: Iterable[PageTerms]) -> Mapping[str, bytes]:
    """By form, its words, joined by spaces: those of names as they are written, and those of several pages."""
    spelled = {terms(word)[0]: word for piece in pieces for word in piece.spelled}
    made: dict[str, list[str]] = defaultdict(list)
    for term, coded in found.items():
        if _is_word(term) and (term in spelled or _several(coded)):
            for form in forms(term):
                made[form].append(spelled.get(term, term))
    return {form: " ".join(sorted(words)).encode() for form, words in made.items()}


def forms(term: str) -> Iterator[str]:
    single = _DOUBLED.sub(r"\1", term)
    yield f"={_VOWELS.sub('', single) or single}"
    yield f"-{single[1:]}"


def _is_word(term: str) -> bool:
    return _SHORTEST <= len(term) <= _LONGEST and term.isalpha()


def _several(coded: bytes | bytearray) -> bool:
    """Whether more than one page has it."""
    return len(coded) > _FEW or sum(byte < 128 for byte in coded) > 1
