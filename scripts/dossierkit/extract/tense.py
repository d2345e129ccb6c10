"""The tense of a sentence, judged by its words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from dossierkit.extract.languages import from_files, language
from dossierkit.extract.languages.verbs import Verbs, verbs
from dossierkit.text.data import load

_WORD = re.compile(r"[A-Za-z][a-z]+(?:-[a-z]+)*")
_QUOTED = re.compile(r"“[^”]*”?|„[^“”]*[“”]?|\"[^\"]*\"?|«[^»]*»?")
_PERFECT = re.compile(r"\b(?:has|have) (?:been )?(?:[a-z]+ed|made|taken|held|found|shot|won|lost|begun)\b")
_RESUMED = re.compile(
    r"(?:,| [-–—]) (?:has|have) (?:been )?(?:[a-z]+ed|made|taken|held|found|shot|won|lost|begun)\b"
)
_AUXILIARY = re.compile(r"(?:has|have) ")  # "The minister, Ada Moreau, | has urged"
_FURTHER = re.compile(r", | which | who | that ")
_BIRTH_REACH = 60  # code points between the word and its date


def tense(sentence: str, lang: str = "en") -> str:
    """Return "past", "future", "present" or "" (no listed verb) for a sentence.

    Quotations do not count. The result is "" for a language without words for tense.
    """
    said = _QUOTED.sub(" ", sentence)
    if lang == "en":
        return _english(said)
    own = language(lang)
    if own is None:
        return ""
    known = _verbs(lang)
    return own.tense(said) if own.tense else known.tense(said) if known else ""


def in_perfect(sentence: str, lang: str = "en") -> bool:
    """Whether the first clause of an English sentence is in the perfect: "A man has been arrested"; in another language, any
    clause.
    """
    said = _QUOTED.sub(" ", sentence)
    if lang != "en":
        known = _verbs(lang)
        return known is None or known.in_perfect(said)
    first, *rest = _FURTHER.split(said, maxsplit=2)
    apposed = bool(rest[1:]) and _english(first) == "" and _AUXILIARY.match(rest[1]) is not None
    if _PERFECT.search(rest[1] if apposed else first) is not None:
        return True  # else "The guides who survived the fire of 1999, and fled, | have denied it"
    return bool(rest) and _english(first) == "" and _RESUMED.search(said, len(first)) is not None


def announces(sentence: str) -> bool:
    """Whether any clause of an English sentence is about the future: "said that the vote would be held"."""
    return _future().search(sentence) is not None


def mentioned_in_passing(before: str, lang: str) -> bool:
    """Whether a date is that of a birth mentioned in passing: "born in Tarn in | 1950", not "born in Tarn, she left it in | 1970". `before`: the
    sentence up to the date.
    """
    near = before[-_BIRTH_REACH:]
    born = _birth(lang).search(near)
    return born is not None and tense(near[born.end("born") :], lang) != "past"


def _english(sentence: str) -> str:
    words = _WORD.findall(sentence)
    past, not_past = _words("past"), _words("not_past")
    if any(
        word in past or (word.endswith("ed") and len(word) > 4 and word not in not_past) for word in words
    ):
        return "past"
    if _future().search(sentence):
        return "future"
    return "present" if any(word in _words("present") for word in words) else ""


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(load("en/verbs")[kind])


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


@cache
def _future() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either(load('en/verbs')['future'])})\b")


@cache
@from_files
def _verbs(lang: str) -> Verbs | None:
    own = language(lang)
    return verbs(own.package) if own else None


@cache
@from_files
def _birth(lang: str) -> re.Pattern[str]:
    own = language(lang)
    words = own.facts("verbs") if own else {}
    words = words if "birth" in words else load("en/verbs")
    lookbehind = "".join(rf"(?<!\b{re.escape(word)} )" for word in words.get("not_birth", ()))
    return re.compile(rf"{lookbehind}\b(?P<born>{_either(words['birth'])})\b[^.;:\d]*$")
