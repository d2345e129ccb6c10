"""Notes for editors on the limits of an extraction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from dossierkit.extract.languages import language
from dossierkit.extract.timex.calendars import is_untold
from dossierkit.model.finding import NameFinder, Timex
from dossierkit.model.source import Article
from dossierkit.text.cldr import is_dated
from dossierkit.text.data import load

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_VOWEL, _VOWEL_FIRST = re.compile("\u1031"), re.compile("(?<![\u1000-\u102a\u1039-\u103f])\u1031")
_MOSTLY = 0.2  # of the vowels; in Unicode hardly any stands without its letter
_WITHOUT_NAMES = "no rules for its names, so names are those of records only"


def limits(article: Article, names: NameFinder | None, timexes: Iterable[Timex] = ()) -> tuple[str, ...]:
    """One sentence for each thing that was not looked for or only partly, and for each date that contradicts its weekday."""
    return (*_limits(article, names), *_doubtful(timexes))


def _doubtful(timexes: Iterable[Timex]) -> Iterator[str]:
    """Whether weekday and day do not agree ("Monday, 4 May 2016")."""
    for timex in timexes:
        dated = any(char.isdigit() for char in timex.text)  # a weekday alone contradicts nothing
        if dated and timex.type in {"DATE", "TIME"} and (timex.edtf or "").endswith("?"):
            day = date.fromisoformat(timex.value[:10])
            yield f"“{timex.text}”: {day.isoformat()} is a {_WEEKDAYS[day.weekday()]}, so the date is in doubt"


def without_names(notes: Iterable[str]) -> str:
    """The language of an article in which only names of records are found, by the notes of its proposal; "" for others."""
    found = (note.partition(": ") for note in notes)
    return next(
        (lang.removeprefix("language ") for lang, _, limits in found if limits.startswith(_WITHOUT_NAMES)), ""
    )


def _limits(article: Article, names: NameFinder | None) -> Iterator[str]:
    base = article.lang.split("-", maxsplit=1)[0].lower()
    if base == "en":
        if names is None or not names.reads(base):
            yield "names were found without the name model: by records, cues and rules alone"
    elif unread := "; ".join((*_names_limits(base, names), *_dates_limits(base))):
        yield f"language {article.lang}: {unread}"
    if base == "my" and _zawgyi(article.text):
        yield f"language {article.lang}: the text is in the Zawgyi encoding, in which names, dates and words of a search are not found; add it in Unicode"
    if article.published is None:
        yield "publication date unknown: dates that depend on it are left unresolved"


def _zawgyi(text: str) -> bool:
    """Whether Burmese is written in the order of Zawgyi fonts, where a vowel stands before the letter that Unicode writes it behind."""
    return len(_VOWEL_FIRST.findall(text)) > len(_VOWEL.findall(text)) * _MOSTLY


def _names_limits(base: str, names: NameFinder | None) -> Iterator[str]:
    own = language(base)
    if names is not None and names.reads(base):
        if base not in load("languages")["measured"]:
            yield "names were found by the network, for which it was not measured, without rules"
    elif own and own.find_names:
        yield "names were found by rules, without a model: by records, lists and cues such as titles"
    else:
        yield _WITHOUT_NAMES


def _dates_limits(base: str) -> Iterator[str]:
    """Of a language without a grammar and verbs of its own."""
    own = language(base)
    if is_untold(base):
        named = base in load("calendars")["ethiopic_months"]
        known = "dates by months of its own calendar alone" if named else "no dates"
        yield f"{known}, since its years in numbers cannot be told from ours"
    elif own is None or not own.facts("dates"):
        yield "dates by month, weekday and number" if is_dated(base) else "dates in numbers alone"
    if own is None or not own.facts("verbs"):
        yield "besides the main event, only where a sentence has such a date, with the sentence as heading"
