"""The words by which a browser recognises a date in a query, in every language in which dates are written here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from dossierkit.text.data import load
from dossierkit.text.datewords import LANGUAGES
from dossierkit.text.terms import terms

_SEASONS = {21: 3, 22: 6, 23: 9, 24: 12}
"""The first month of each season, by its code in `model.edtf_point`."""


@cache
def query_dates() -> dict[str, Any]:
    """`months`, `seasons`: months by name, its terms joined by a space; `to`, `of`: the words in data/querydates.yml."""
    more = load("querydates")
    months = {_key(name): number for lang in LANGUAGES for name, number in _months(lang)}
    months |= {_key(name): number for name, number in more["months"].items()}
    seasons = {_key(name): month for lang in LANGUAGES for name, month in _seasons(lang)}
    seasons |= {_key(name): number for name, number in more["seasons"].items()}
    return {
        "months": months,
        "seasons": seasons,
        **{name: sorted({_key(word) for word in more[name]}) for name in ("to", "of")},
    }


def _months(lang: str) -> Iterator[tuple[str, int]]:
    facts = load(f"datewords/{lang}")
    for names in (facts["short_months"], facts["months"]):
        for number, name in enumerate(names, 1):
            for one in name.split("/"):
                yield one, number


def _seasons(lang: str) -> Iterator[tuple[str, int]]:
    names = load(f"datewords/{lang}")["seasons"]
    return ((names[code], month) for code, month in _SEASONS.items())


def _key(name: str) -> str:
    return " ".join(terms(name))
