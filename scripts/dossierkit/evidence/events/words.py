"""The words of a statement, normalised for comparison; and quotes in nearly the same words: articles that print one text do not
confirm each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from dossierkit.text.data import load
from dossierkit.text.fold import fold
from dossierkit.text.shingles import shingles

_WORD = re.compile(r"\d[\d.,]*\d|[^\W_]+")
_LONGEST = 6
"""Letters that are kept of a word: endings differ, beginnings seldom do."""
_WORDS = 3
_LEAST = 6
"""Runs of three words in the shorter quote: short sentences are alike by chance."""
_SHARED = 0.6
"""Of these runs, so many must be in the other quote. A word that was changed costs three runs."""


class EventStatement(NamedTuple):
    """`words`: stems of the event. `orders`: "second", "third". `denied`, `intended`: not a fact."""

    words: frozenset[str]
    orders: frozenset[str]
    denied: bool
    intended: bool


def statement(text: str, lang: str, names: frozenset[str] = frozenset()) -> EventStatement:
    """The statement of `text`, without words of dates and names; entities are compared separately."""
    lists = facts(lang)
    folded = fold(text)
    tokens = tokenize(folded)
    unlike = frozenset(tokens)
    return EventStatement(
        _stems(unlike, lang, names),
        unlike & lists["orders"],
        not unlike.isdisjoint(lists["denied"]) or "n't" in folded,
        not unlike.isdisjoint(lists["intended"] - {"to"}) or _begins_with_to(tokens, lists),
    )


def acts(text: str, lang: str, names: frozenset[str] = frozenset()) -> frozenset[str]:
    """The `words` of what `text` says."""
    return _stems(frozenset(tokenize(fold(text))), lang, names)


def _stems(words: frozenset[str], lang: str, names: frozenset[str]) -> frozenset[str]:
    lists = facts(lang)
    return frozenset([stem(word, lang) for word in words.difference(lists["plain"], lists["orders"], names)])


def of_names(names: Iterable[str]) -> frozenset[str]:
    """All words of some names."""
    return frozenset(word for name in names for word in tokenize(fold(name)))


def tokenize(folded: str) -> list[str]:
    """Words and numbers of folded text, without a possessive's `s`."""
    return _WORD.findall(folded.replace("'s ", " ").replace("n't", " not"))


@lru_cache(maxsize=65_536)
def stem(word: str, lang: str) -> str:
    """A word without common endings; numbers stay whole."""
    if any(char.isdigit() for char in word):
        return word
    for ending in facts(lang)["endings"]:
        if word.endswith(ending) and len(word) - len(ending) >= (3 if ending == "s" else 4):
            word = word.removesuffix(ending)
            break
    return (word[:-1] if len(word) > 3 and word[-1] == word[-2] else word)[:_LONGEST]


@cache
def facts(lang: str) -> dict[str, Any]:
    """The word lists of a language, folded; empty ones for languages without."""
    lists = load("eventwords").get(lang.partition("-")[0].lower(), {})
    names = ("plain", "denied", "intended", "orders", "auxiliaries", "many")
    sets: dict[str, Any] = {
        name: frozenset(fold(str(word)) for word in lists.get(name, ())) for name in names
    }
    months = load("datewords/en")["months"] if lang.startswith("en") else ()
    sets["plain"] = sets["plain"] | {fold(month) for month in months if month not in ("March", "May")}
    return {**sets, "endings": tuple(lists.get("endings", ()))}


def _begins_with_to(tokens: list[str], lists: dict[str, Any]) -> bool:
    """Future in headings: "Talks to resume" is a plan; "agrees to resume" is not."""
    return "to" in lists["intended"] and len(tokens) > 2 and "to" in tokens[1:3]


def repeated(quotes: Sequence[str]) -> tuple[int, ...]:
    """For each quote, the position of the first one that it repeats, but for a few words: its own if it repeats none. A copy of a
    copy repeats the first, wherever it stands. Quotes of less than eight words repeat none.
    """
    runs = [shingles(quote, _WORDS) for quote in quotes]
    first = list(range(len(runs)))
    for at, one in enumerate(runs):
        for earlier in range(at):
            if first[earlier] != first[at] and _alike(one, runs[earlier]):
                low, high = sorted((first[earlier], first[at]))
                first = [low if number == high else number for number in first]
    return tuple(first)


def copied(quotes: Sequence[str]) -> frozenset[int]:
    """Positions of the quotes that repeat another one or are repeated."""
    first = repeated(quotes)
    return frozenset(at for at, place in enumerate(first) if first.count(place) > 1)


def accounts(quotes: Sequence[str]) -> int:
    """How many of the quotes repeat none before them."""
    return len(set(repeated(quotes)))


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    shorter = min(len(one), len(other))
    return shorter >= _LEAST and len(one & other) >= _SHARED * shorter
