"""Words of those whom a text names by their role or kind: "the minister", "the company", "the Director of Public Prosecutions"."""

from __future__ import annotations

import re
from functools import cache

from dossierkit.text.data import load

_BEFORE_NAMES = frozenset({"mr", "ms", "mrs", "sir", "miss", "mme", "lord", "lady", "general"})


@cache
def bearer_nouns() -> frozenset[str]:
    data = load("en/subjects")
    return frozenset(data["roles"]) | frozenset(data["bearers"])


@cache
def office_pattern() -> re.Pattern[str]:
    """As in "the Director of Public Prosecutions", "the Chief Constable"."""
    heads = "|".join(word.capitalize() for word in sorted(bearer_nouns(), key=len, reverse=True))
    return re.compile(
        rf"\b[Tt]he (?:(?:[A-Z][\w-]{{1,30}} ){{1,4}}(?:{heads})\b|(?:{heads}) (?:of|for) (?:the )?[A-Z])"
    )


@cache
def person_pattern() -> re.Pattern[str]:
    """A noun of one person: "driver", "wife", "fisherman"."""
    data = load("en/subjects")
    titles = (word for words in data["titles"].values() for word in words)
    words = {*bearer_nouns(), *data["people"], *data["officials"], *titles} - _BEFORE_NAMES
    return re.compile(rf"\b(?:{'|'.join(sorted(words))}|[a-z]{{1,20}}(?:man|woman|person))\b(?![’'-]?\w)")


@cache
def body_nouns() -> dict[str, list[str]]:
    found: dict[str, list[str]] = load("en/subjects")["organisations"]
    return found


@cache
def body_pattern() -> re.Pattern[str]:
    """A noun of a body: "company", "subsidiary"."""
    words = {*body_nouns(), *load("en/subjects")["bodies"]}
    return re.compile(rf"\b(?:{'|'.join(sorted(words))})\b(?![’'-]?\w)")


@cache
def role_nouns() -> frozenset[str]:
    return frozenset(load("en/subjects")["roles"])


@cache
def noun_pattern() -> re.Pattern[str]:
    words = "|".join(sorted({*body_nouns(), *bearer_nouns()}, key=len, reverse=True))
    return re.compile(rf"\b[Tt]he ({words})\b(?! of\b)")
