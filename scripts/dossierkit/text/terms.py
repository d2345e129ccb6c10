"""The terms of a text for search: folded, initials as one word, Arabic without its article, its names in one spelling.

The browser does the same to a query (templates/assets/dossierkit/search/words.js, with the same tables).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache, lru_cache
from itertools import chain

from dossierkit.text.data import load
from dossierkit.text.fold import SPELLED, fold
from dossierkit.text.unspaced import UNSPACED

# Scripts written without spaces have a term for each character; others for each run of letters and digits.
_TERM = re.compile(rf"[{UNSPACED}]|(?:[^\W{UNSPACED}]|[{SPELLED}])+")
_KNOWN = 1 << 16  # words cached
_AROUND = ".,;:!?'\"()[]“”‘’«»–—…"
_INITIALS = re.compile(r"(?<![\w.])[^\W\d_](?:\.[^\W\d_])+(?!\w)")  # "u.n", which is "un"
# The definite article, alone and after the particles joined to it (after the light stemmer of Larkey,
# Ballesteros and Connell, SIGIR 2002). The rest of the word must keep three letters.
ARTICLES = ("وال", "بال", "كال", "فال", "لل", "ال")
_ARTICLE = re.compile(rf"^(?:{'|'.join(ARTICLES)})(?=\w{{3}})")
APART = ("عبد",)
"""Words of names that are written together with the word after them or not: "عبدالله", "عبد الله"."""
_APART = re.compile(rf"(?<!\w)({'|'.join(APART)})(?=ال\w{{2}})")
CASES = {"ابا": "ابو", "ابي": "ابو"}
"""Forms of a name's first word in the cases of Arabic, folded."""


def terms(text: str) -> tuple[str, ...]:
    """Every term, in text order, stop words included."""
    return tuple(chain.from_iterable(map(_terms, text.split())))


def counted(text: str) -> dict[str, int]:
    """The frequency of each term in the text."""
    found: dict[str, int] = {}
    for word, times in Counter(text.split()).items():
        for term in _terms(word):
            found[term] = found.get(term, 0) + times
    return found


@lru_cache(_KNOWN)
def _terms(word: str) -> tuple[str, ...]:
    """The terms of a text without white space, which no term crosses; cached, because words recur."""
    bare = word.strip(_AROUND)
    if bare.isascii() and bare.isalnum():  # nearly every word; most are rare
        return (bare.lower(),)
    folded = fold(word).lower()
    if "." in folded:
        folded = _INITIALS.sub(lambda found: found.group().replace(".", ""), folded)
    if folded.isascii():
        return tuple(_TERM.findall(folded))
    found = map(without_article, _TERM.findall(set_apart(folded)))
    return tuple(CASES.get(term, term) for term in found)


def set_apart(folded: str) -> str:
    """Folded text in which words of Arabic names that may be written together are apart: "عبدالله" -> "عبد الله"."""
    return _APART.sub(r"\1 ", folded)


def without_article(term: str) -> str:
    """A folded Arabic word without its article and what is written together with that; any other word unchanged."""
    return _ARTICLE.sub("", term)


@cache
def little_words() -> Mapping[str, tuple[str, ...]]:
    """Articles, prepositions and the like, folded and sorted, by language."""
    return {lang: tuple(sorted(set(terms(line)))) for lang, line in load("littlewords").items()}
