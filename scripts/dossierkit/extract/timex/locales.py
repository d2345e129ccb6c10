"""The time grammar of a language without a file of its own: data/localdates.yml with CLDR's months and weekdays."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dossierkit.extract.languages import Language, language
from dossierkit.extract.timex.calendars import is_untold, latest_year
from dossierkit.text.cldr import is_dated, is_word, months, weekdays
from dossierkit.text.data import load

_BEFORE_HYPHEN = "-"  # "segunda-feira"
_CERTAIN = frozenset({"ethiopic", "day"})  # meanings that no other calendar has
_NONE: Mapping[str, Any] = {" ": 0}  # matches nothing, since no token has a space; a class needs a form


def grammar_of(lang: str) -> str:
    """The code of the grammar for a language (primary subtag): its own, that of its months, or numeric dates only."""
    return lang if lang == "en" or _own(lang) or _by_name(lang) else "any"


def time_facts(lang: str) -> Mapping[str, Any]:
    """The facts a grammar is made from, in the shape of data/timex/en.yml."""
    own = _own(lang)
    if own and not own.get("shared"):
        return own
    if lang == "en" or not _by_name(lang):
        return load(f"timex/{lang}")  # type: ignore[no-any-return]
    shared = _shared(lang)
    return _joined(shared, own, lang) if own else shared


def _by_name(lang: str) -> bool:
    """Whether dates are found by names of months: those of CLDR, or of a calendar of the language."""
    return is_dated(lang) or is_untold(lang)


def _tense(own: Language | None) -> Mapping[str, Any]:
    """The words of a language's verbs.yml that show whether a weekday is past or to come."""
    verbs = own.facts("verbs") if own else {}
    names = ("future", "future_endings", "not_future", "not_past", "toward", "time_given", "putting_off")
    found = {name: verbs[name] for name in names if name in verbs}
    return {
        **found,
        "future": [*verbs.get("future", ()), *verbs.get("scheduled", ())],
        "past": [*verbs.get("past", ()), *verbs.get("after", ())],
        "endings": verbs.get("past_endings", ()),
    }


def _joined(shared: Mapping[str, Any], own: Mapping[str, Any], lang: str) -> Mapping[str, Any]:
    """The shared grammar with what a language adds: its words beside those of CLDR, its rules before and after."""
    words = own.get("words", {})
    return {
        **shared,
        **own,
        "words": {
            cls: {**shared["words"].get(cls, {}), **words.get(cls, {})}
            for cls in {**shared["words"], **words}
        },
        "tense": {**shared["tense"], **_tense(language(lang))},
        "macros": {**shared["macros"], **own.get("macros", {})},
        "rules": [*own.get("rules", ()), *shared["rules"], *own.get("last_rules", ())],
        "capitalised": [*shared["capitalised"], *own.get("capitalised", ())],
    }


def _shared(lang: str) -> Mapping[str, Any]:
    shared = load("localdates")
    days, apart = (
        {**weekdays(lang), **load("weekdayforms").get(lang, {})},
        lang in shared["weekday_not_alone"],
    )
    words = {
        **shared["words"],
        "month": {**months(lang), **load("monthforms").get(lang, {})},
        "solarmonth": load("calendars")["solar_months"].get(lang, {}),
        "ethiopicmonth": load("calendars")["ethiopic_months"].get(lang, {}),
        "weekday": {} if apart else {name: number for name, number in days.items() if is_word(name)},
        "weekdays": {_named(name): number for name, number in days.items() if apart or not is_word(name)},
        "dayword": load("daywords").get(lang, {}),
    }
    filled = {cls: forms or _NONE for cls, forms in words.items()}
    prefixes = shared["prefixes"].get(lang, "")
    untold = is_untold(lang)
    return {
        **shared,
        "words": filled,
        "prefixes": prefixes,
        "compounds": shared["compounds"].get(lang, []),
        "latest_year": latest_year(lang),
        "dotted_i": lang in shared["dotted_i"],
        "capitalised": [],
        "tense": {**shared["tense"], **load("tensewords").get(lang, {})},
        "rules": [rule for rule in shared["rules"] if not untold or rule["means"] in _CERTAIN],
    }


def _named(weekday: str) -> str:
    """The word that tells a weekday from others: "segunda" of "segunda-feira", the last of "יום שני"."""
    return weekday.partition(_BEFORE_HYPHEN)[0].rpartition(" ")[2]


def _own(lang: str) -> Mapping[str, Any]:
    """The file `dates.yml` in the folder of a language; {} if there is none."""
    found = language(lang)
    return found.facts("dates") if found else {}
