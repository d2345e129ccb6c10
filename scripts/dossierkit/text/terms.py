"""The words of a text as a search compares them: folded, without little words, Arabic without its article.

A browser does the same to what a reader types (templates/assets/dossierkit/search/words.js, from the same tables).
"""

from __future__ import annotations

import re
from functools import cache

from dossierkit.text.data import load
from dossierkit.text.fold import fold

# Scripts written without spaces give a term a character; all others a term a run of letters and digits.
UNSPACED = r"\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_TERM = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")
_LONE = re.compile(r"[a-z]")
# The definite article alone and behind the particles that are written with it (after the light stemmer of Larkey,
# Ballesteros and Connell, SIGIR 2002). The rest of the word must keep three letters.
ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_ARTICLE = re.compile(rf"^(?:{'|'.join(ARTICLES)})(?=\w{{3}})")


def terms(text: str) -> tuple[str, ...]:
    """Every term, in the order of the text; little words and lone Latin letters are left out."""
    little = little_words()
    return tuple(term for term in all_terms(text) if term not in little and not _LONE.fullmatch(term))


def all_terms(text: str) -> tuple[str, ...]:
    """Every term, little ones too: a name may be made of them."""
    folded = fold(text).lower()
    words = _TERM.findall(folded)
    return tuple(words) if folded.isascii() else tuple(_ARTICLE.sub("", word) for word in words)


@cache
def little_words() -> frozenset[str]:
    """Articles, prepositions and the like, folded, of all languages together."""
    words = (word for line in load("littlewords").values() for word in line.split())
    return frozenset(term for word in words for term in all_terms(word))
