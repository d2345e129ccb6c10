"""Month and weekday names from Unicode's CLDR, through Babel."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from dossierkit.text.data import load

if TYPE_CHECKING:
    from babel import Locale

# Catalan writes "d'abril"; CLDR's month names in dates begin so.
_OF = ("de ", "d’", "d'")
_WIDTHS = ("wide", "abbreviated")
_CONTEXTS = ("format", "stand-alone")


def is_dated(lang: str) -> bool:
    """Whether months and weekdays of a language (primary subtag) are taken from CLDR."""
    return lang in load("languages")["dated"]


def is_word(form: str) -> bool:
    """Whether it is letters alone, with their vowel signs and what parts Persian ones."""
    return form != "" and all(
        char.isalpha() or char == "\u200c" or unicodedata.category(char).startswith("M") for char in form
    )


@cache
def months(lang: str) -> Mapping[str, int]:
    """Lower-case name, full or abbreviated and without its stop -> month from 1."""
    return dict(_forms(_locale(lang).months))


@cache
def weekdays(lang: str) -> Mapping[str, int]:
    """Lower-case full name -> weekday from 1, Monday."""
    days = _locale(lang).days
    return {
        name.lower(): number + 1 for context in _CONTEXTS for number, name in days[context]["wide"].items()
    }


def _forms(names: Mapping[str, Mapping[str, Mapping[int, str]]]) -> Iterator[tuple[str, int]]:
    for context in _CONTEXTS:
        for width in _WIDTHS:
            for number, name in names[context][width].items():
                form = name.lower().rstrip(".")
                for start in _OF:
                    form = form.removeprefix(start)
                if is_word(form) and len(form) > (2 if form.upper() != form else 1):
                    yield form, number


def _locale(lang: str) -> Locale:
    from babel import Locale  # noqa: PLC0415 -- heavy

    return Locale(lang)
