"""Names of things without descriptive words, in one order."""

from __future__ import annotations

import re
from functools import cache

from dossierkit.extract.lexicon import known_place
from dossierkit.text.data import load

_INNER_ARTICLE = re.compile(r"(?<=\S) the (?=\S)")


def core(name: str, type_: str) -> str:
    """The core of a name: "Iraqi city of Mosul" -> "Mosul", "Islamic State fighters" -> "Islamic State", "Interior
    Ministry" -> "Ministry of Interior".

    Capitalised words belong to the name ("City of London") and stay.
    """
    text = _INNER_ARTICLE.sub(" ", name)
    if type_ == "place":
        return _settlement().sub("", text)
    if type_ != "organization":
        return text
    words = text.split()
    while len(words) > 1 and words[-1] in _words("members"):
        words.pop()
    if len(words) > 1 and words[-1] in _words("units") and "of" not in words:
        land = 1 if len(words) > 2 and known_place(words[0]) else 0  # "U.S. Department of Justice"
        words = [*words[:land], words[-1], "of", *words[land:-1]]
    return " ".join(words)


@cache
def _settlement() -> re.Pattern[str]:
    return re.compile(rf"^(?:[^\W\d_]+ ){{0,2}}(?:{'|'.join(_words('settlements'))}) of (?=\S)")


@cache
def _words(kind: str) -> tuple[str, ...]:
    return tuple(load("en/descriptions")[kind])
