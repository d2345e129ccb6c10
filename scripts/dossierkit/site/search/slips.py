"""Keys that common typing errors leave unchanged, so that a misspelt word leads to words that occur.

Two keys for each word, with doubled letters written once: its consonants (`=gnv`, for wrong, missing or moved vowels), and all
but its first letter (`-eneva`). A browser makes the same keys from a query (templates/assets/dossierkit/search/like.js).
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
_FEW = 8  # bytes of postings: longer ones are of several pages


def slips(found: Mapping[str, bytes | bytearray], pieces: Iterable[PageTerms]) -> Mapping[str, bytes]:
    """By key, the words joined by spaces: words of names as written, and words of several pages."""
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
    """Whether more than one page has the term."""
    return len(coded) > _FEW or sum(byte < 128 for byte in coded) > 1
