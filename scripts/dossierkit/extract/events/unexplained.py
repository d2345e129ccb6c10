"""Things with "the" anywhere in a heading that say nothing without the sentence before: "gave its support to the document" (English)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from dossierkit.extract.headings.words import Word, listed, verb_at

_MOST = 4  # words behind "the"
_EXPLAINING = frozenset(
    {"about", "against", "at", "between", "for", "in", "into", "near", "of", "on", "over", "where"}
)
_CIRCUMSTANCE = frozenset({"after", "amid", "before", "during", "in", "since"})
_STOPS = (
    "prepositions",
    "conjunctions",
    "subordinators",
    "relatives",
    "auxiliaries",
    "modals",
    "be",
    "determiners",
)


def unexplained(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """The nouns behind "the", with their adjectives, that only the text explains: "the dispute" of "met to end the dispute", not "the dispute over
    pay", "the Tarn agreement", and not what comes behind a conjunction ("when the deal failed").
    """
    joined = listed("subordinators")
    for at, word in enumerate(words):
        if word.low in joined:
            return
        noun = _noun(words, at) if word.low == "the" and not word.aside else ()
        if noun and not _explained(words[:at], noun, words[at + 1 + len(noun) :]):
            yield noun


def _noun(words: Sequence[Word], at: int) -> Sequence[Word]:
    """The words in small letters behind "the", up to the last that points back, if it does; else none."""
    inner = [*takewhile(_is_plain, words[at + 1 : at + 1 + _MOST])]
    points = listed("about_something", "not_said_which", "pointing_back")
    last = next(
        (k for k, word in enumerate(inner) if word.low in points and not _goes_on(words, at + 2 + k)), None
    )
    return () if last is None else inner[: last + 1]


def _is_plain(word: Word) -> bool:
    return word.form.replace("-", "").isalpha() and word.form.islower() and word.low not in listed(*_STOPS)


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Whether the word is a noun before another: "the | deal maker"."""
    return (
        at < len(words)
        and _is_plain(words[at])
        and verb_at(words, at) != "finite"
        and not _is_adverb(words[at])
    )


def _is_adverb(word: Word) -> bool:
    return word.low in listed("adverbs") or word.low.endswith("ly")


def _explained(before: Sequence[Word], noun: Sequence[Word], behind: Sequence[Word]) -> bool:
    """Whether the words around a noun say what it is: "the report of 3 May", "the deal signed with Lenn", "suicide bombers in the suicide attacks",
    and what somebody did "in the attack".
    """
    after = behind[0] if behind else None
    if after is not None and (after.low in _EXPLAINING | listed("relatives") or after.form[0].isupper()):
        return True
    if after is not None and (after.low.endswith(("ed", "ing")) or after.form[0].isdigit()):
        return verb_at(behind, 0) != "finite" or after.low.endswith("ing")
    if (
        before
        and before[-1].low in _CIRCUMSTANCE
        and noun[-1].low in listed("not_said_which", "pointing_back")
    ):
        return True
    said = {word.low for word in before}
    return any(word.low in said or word.low.removesuffix("s") in said for word in noun)
