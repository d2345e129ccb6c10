"""Whether a sentence tells of the past, the present or what is to come, judged by its words."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from dossierkit.text.data import load

_WORD = re.compile(r"[A-Za-z][a-z]+(?:-[a-z]+)*")
_ANY_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?")
_BIRTH_REACH = 60  # code points between the word and its date


def tense(sentence: str, lang: str = "en") -> str:
    """Tell "past", "future", "present" or "" (no verb that the lists know) of a sentence.

    Speech in quotation marks does not count. French and Arabic have lists of their own, without a present; every other
    language is read as English.
    """
    unquoted = _QUOTED.sub(" ", sentence)
    reader = {"fr": _french, "ar": _arabic}.get(lang, _english)
    return reader(unquoted)


def announces(sentence: str) -> bool:
    """Whether English words tell of what is to come in any clause: "said that the vote would be held"."""
    return _future().search(sentence) is not None


def mentioned_in_passing(before: str, lang: str = "en") -> bool:
    """Whether a date is that of a birth which its sentence only mentions. `before`: the sentence up to the date."""
    cue = _birth(lang if lang in {"fr", "ar"} else "en").search(before[-_BIRTH_REACH:])
    return cue is not None


def _english(sentence: str) -> str:
    words = _WORD.findall(sentence)
    past, not_past = _words("en", "past"), _words("en", "not_past")
    if any(
        word in past or (word.endswith("ed") and len(word) > 4 and word not in not_past) for word in words
    ):
        return "past"
    if _future().search(sentence):
        return "future"
    return "present" if any(word in _words("en", "present") for word in words) else ""


def _french(sentence: str) -> str:
    low = sentence.lower()
    words = _ANY_WORD.findall(low)
    if _participle().search(low) or not _words("fr", "past").isdisjoint(words):
        return "past"
    endings, exceptions = tuple(_words("fr", "future_endings")), _words("fr", "not_future")
    to_come = any(len(word) > 4 and word.endswith(endings) and word not in exceptions for word in words)
    return "future" if to_come or not _words("fr", "future").isdisjoint(words) else ""


def _arabic(sentence: str) -> str:
    words = [word for form in _ANY_WORD.findall(sentence) for word in (form, form.lstrip("وف"))]
    if not _words("ar", "past").isdisjoint(words):
        return "past"
    starts, exceptions = tuple(_words("ar", "future_starts")), _words("ar", "not_future")
    to_come = any(len(word) > 4 and word.startswith(starts) and word not in exceptions for word in words)
    return "future" if to_come or not _words("ar", "future").isdisjoint(words) else ""


@cache
def _words(lang: str, kind: str) -> frozenset[str]:
    return frozenset(_list(lang, kind))


def _list(lang: str, kind: str) -> list[Any]:
    words: list[Any] = load(f"{lang}/verbs")[kind]
    return words


def _either(lang: str, kind: str) -> str:
    return "|".join(map(re.escape, _list(lang, kind)))


@cache
def _future() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_either('en', 'future')})\b")


@cache
def _participle() -> re.Pattern[str]:
    """As in "a quitté", "ont ensuite été reçus"."""
    return re.compile(
        rf"\b(?:{_either('fr', 'after')}) (?:\w+ ){{0,3}}?\w{{2,}}(?:{_either('fr', 'participles')})\b"
    )


@cache
def _birth(lang: str) -> re.Pattern[str]:
    lookbehind = "".join(rf"(?<!\b{re.escape(word)} )" for word in _list(lang, "not_birth"))
    return re.compile(rf"{lookbehind}\b(?:{_either(lang, 'birth')})\b[^.;:]*$")
