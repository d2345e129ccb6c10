"""Words that show the tense of a clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dossierkit.extract.timex.tokens import Tokens


def tense_at(tokens: Tokens, index: int, tense: Mapping[str, Any]) -> int:
    """-1 if a word shows the past, 1 if it shows the future, else 0. `tense`: the grammar's words."""
    form, before = tokens.forms[index], tokens.lower(index - 1)
    if form[0].isupper() and before:
        return 0  # a name: "May", "Will"
    word = form.lower()
    if _shows_future(word, before, tense):
        return 1
    if before in tense["passive"] or _describes(tokens, index, tense["endings"]):
        return 0
    return -1 if word in tense["past"] or _ends(word, tense["endings"], tense["not_past"]) else 0


def _describes(tokens: Tokens, index: int, endings: Sequence[str]) -> bool:
    """As in "to replace suspended and jailed officers": participles of the object of an infinitive."""
    first = index
    if tokens.lower(first - 1) == "and" and _ends(tokens.lower(first - 2), endings, ()):
        first -= 2
    return tokens.lower(first - 2) == "to"


def _shows_future(word: str, before: str, tense: Mapping[str, Any]) -> bool:
    if word in tense["future"] or _ends(word, tense["future_endings"], tense["not_future"]):
        return True
    if len(word) > 4 and word.startswith(tuple(tense["future_starts"])) and word not in tense["not_future"]:
        return True
    if f"{before} {word}" in tense["future_pairs"] or (word == "to" and before in tense["before_to"]):
        return True
    plural = before.endswith("s") and not before.endswith("ss")
    return plural and word in tense.get("future_plural", ()) and before not in tense["passive"]


def _ends(word: str, endings: Sequence[str], exceptions: Sequence[str]) -> bool:
    return len(word) > 4 and word.endswith(tuple(endings)) and word not in exceptions
