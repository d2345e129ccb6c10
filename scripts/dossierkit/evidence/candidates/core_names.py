"""Names of things without descriptive words, in one order; and how alike two spellings are."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import cache

from dossierkit.extract.lexicon import lexicon
from dossierkit.text.data import load
from dossierkit.text.fold import fold

_INNER_ARTICLE = re.compile(r"(?<=\S) the (?=\S)")
_OWNER = re.compile(r"['’]s?$")
_LONG = 4  # letters of a word whose plural is no other name: "Organised Crimes Act"
_LONGEST_LAND = 3  # words


def core(name: str, type_: str) -> str:
    """The core of a name: "Iraqi city of Mosul" -> "Mosul", "Islamic State fighters" -> "Islamic State", "Interior
    Ministry" -> "Ministry of Interior", "Supreme Court of Norway" -> "Norway Supreme Court".

    Capitalised words belong to the name ("City of London") and stay.
    """
    text = _INNER_ARTICLE.sub(" ", name)
    if type_ == "place":
        return _settlement().sub("", text)
    if type_ == "document":
        text = " ".join(word.removesuffix("s") if len(word) > _LONG else word for word in text.split())
    if type_ not in {"organization", "document"}:
        return text
    land, body = of_land(text)
    return f"{land} {body}".strip()


def is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return letters.isupper() and letters.isalpha() and 2 <= len(letters) <= 8


def letters_alike(one: str, other: str) -> float:
    """The share of letters that two spellings have in common (Ratcliff and Obershelp), 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def shouted(name: str, type_: str) -> bool:
    """Whether a name of a person or place is written in capitals, as in headlines and datelines."""
    return type_ in {"person", "place"} and name.isupper() and len(name) > _LONG


@cache
def of_land(name: str) -> tuple[str, str]:
    """The country or town in an organisation's name, "" without one, and the rest: "Norwegian Ministry of Justice",
    "Ministry of Justice of Norway", "Norway's Justice Ministry" -> ("Norway", "Ministry of Justice").

    Only of courts, ministries, forces and the like: "University of Washington" and "Washington University" are two.
    """
    words = name.split()
    while len(words) > 1 and words[-1] in _words("members"):
        words.pop()
    if _bodies().isdisjoint(words):
        return "", " ".join(words)
    for count in range(min(_LONGEST_LAND, len(words) - 1), 0, -1):
        if land := _land(words[:count]):
            return land, _ordered(words[count:])
        if words[-count - 1] == "of" and len(words) > count + 2 and (land := _land(words[-count:])):
            return land, _ordered(words[: -count - 1])
    return "", _ordered(words)


def _ordered(words: list[str]) -> str:
    if len(words) > 1 and words[-1] in _words("units") and "of" not in words:
        words = [words[-1], "of", *words[:-1]]
    return " ".join(words)


def _land(words: list[str]) -> str:
    form = _OWNER.sub("", " ".join(words))
    entry = lexicon().canonical.get(fold(form))
    return entry.name if entry and entry.type == "place" else lexicon().demonyms.get(form, "")


@cache
def _settlement() -> re.Pattern[str]:
    return re.compile(rf"^(?:[^\W\d_]+ ){{0,2}}(?:{'|'.join(_words('settlements'))}) of (?=\S)")


@cache
def _bodies() -> frozenset[str]:
    return frozenset(_words("state_bodies"))


def directions(name: str) -> set[str]:
    """The words of a name that tell it from a like one by direction: "eastern" of "Lenn Eastern Airlines"."""
    return {word.removesuffix("ern") for word in fold(name).split() if word in _words("directions")}


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(load("en/descriptions")[kind])
