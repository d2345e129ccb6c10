"""The time grammar of a language that has no file of its own: data/localdates.yml with CLDR's months and weekdays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dossierkit.text.cldr import is_dated, months, weekdays
from dossierkit.text.data import load

_BEFORE_HYPHEN = "-"  # "segunda-feira"
LANGUAGES = ("en", "fr", "ar")  # with a file of their own
_NONE: Mapping[str, Any] = {"\0": 0}  # a class must have a form, if one that no text has


def grammar_of(lang: str) -> str:
    """Whose grammar reads a language (primary subtag): its own, that of its months, or numeric dates alone."""
    return lang if lang in LANGUAGES or is_dated(lang) else "any"


def time_facts(lang: str) -> Mapping[str, Any]:
    """What a grammar is made from, in the shape of the files in data/timex."""
    if lang in LANGUAGES or not is_dated(lang):
        return load(f"timex/{lang}")  # type: ignore[no-any-return]
    shared = load("localdates")
    days = weekdays(lang)
    words = {
        **shared["words"],
        "month": months(lang),
        "weekday": {name: number for name, number in days.items() if name.isalpha()},
        "weekdays": {
            name.partition(_BEFORE_HYPHEN)[0]: number
            for name, number in days.items()
            if _BEFORE_HYPHEN in name
        },
        "dayword": load("daywords").get(lang, {}),
    }
    capitalised = ["month", "weekday"] if lang == "de" else []
    filled = {cls: forms or _NONE for cls, forms in words.items()}
    return {**shared, "words": filled, "capitalised": capitalised}
