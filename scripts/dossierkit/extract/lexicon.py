"""Cue lists and gazetteer, loaded once and indexed for look-up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from dossierkit.extract.languages import from_files, language, languages
from dossierkit.text.data import load
from dossierkit.text.fold import fold
from dossierkit.text.match import Matcher


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name of the gazetteer or a list: full form and type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """English cue words, one set for each kind; data/en/*.yml describe them."""

    titles: frozenset[str]
    title_fields: dict[str, str]
    title_words: frozenset[str]
    modifiers: frozenset[str]
    courtesy: frozenset[str]
    roles: frozenset[str]
    person_after: frozenset[str]
    person_suffixes: frozenset[str]
    org_heads: frozenset[str]
    org_of: frozenset[str]
    cause_heads: frozenset[str]
    subject_heads: frozenset[str]
    groups: frozenset[str]
    legal: frozenset[str]
    generic: frozenset[str]
    place_heads: frozenset[str]
    place_lower_heads: frozenset[str]
    place_first: frozenset[str]
    place_before: frozenset[str]
    weak_places: frozenset[str]
    with_article: frozenset[str]
    document_heads: frozenset[str]
    surely_documents: frozenset[str]
    not_documents: frozenset[str]
    event_heads: frozenset[str]
    event_first: frozenset[str]
    other_heads: frozenset[str]
    openers: frozenset[str]
    opened: frozenset[str]
    soft: frozenset[str]
    calendar: frozenset[str]
    adjectives: frozenset[str]
    languages: frozenset[str]
    no_names: frozenset[str]
    heads: frozenset[str]
    given: frozenset[str]
    given_places: frozenset[str]
    known: dict[str, KnownName]
    canonical: dict[str, KnownName]
    demonyms: dict[str, str]


def _words(items: Iterable[str]) -> frozenset[str]:
    return frozenset(items)


def _places() -> Iterator[tuple[str, str]]:
    """(form, full name) for every spelling in the gazetteer, in all its languages."""
    data = load("places")
    for kind in ("countries", "areas", "cities"):
        for row in data[kind]:
            for form in (row["name"], *row.get("aliases", ()), *_translations(row)):
                yield form, row["name"]


def _translations(row: dict[str, Any]) -> Iterator[str]:
    yield from (row[lang] for lang in languages() if lang in row)


def _acronyms() -> Iterator[tuple[str, str, str]]:
    """(form, full name, type): acronyms, their other spellings and long forms, all with the long form as full name."""
    for type_, rows in load("acronyms").items():
        for acronym, spellings in rows.items():
            for form in (acronym, *spellings):
                yield form, spellings[0], type_


@cache
def known_forms() -> dict[str, KnownName]:
    """Every form in the gazetteer and the acronym list, as written."""
    known: dict[str, KnownName] = {}
    for form, name in _places():
        known.setdefault(form, KnownName(name, "place"))
    for form, name, type_ in _acronyms():
        known.setdefault(form, KnownName(name, type_))
    return known


@cache
@from_files
def forms_in(lang: str) -> dict[str, KnownName]:
    """Forms that a language's lists add to the gazetteer: towns, and organisations that need no cue."""
    own = language(lang)
    if own is None:
        return {}
    towns = own.facts("places").get("places", {})
    known = {form: KnownName(name, "place") for form, name in towns.items()}
    # Datelines write towns in capitals.
    known |= {form.upper(): KnownName(name, "place") for form, name in towns.items() if len(form) > 3}
    names = own.facts("names")
    known |= {form: KnownName(form, "organization") for form in names.get("known", ())}
    return known | {form: KnownName(name, "organization") for form, name in names.get("known_as", {}).items()}


@cache
def countries_in(lang: str) -> dict[str, KnownName]:
    """Country names in a language (primary subtag), from data/countrynames.yml."""
    names = load("countrynames")[lang]
    alike = {row["name"] for row in load("places")["countries"]} - set(names.values())
    found = {form: KnownName(name, "place") for form, name in names.items()}
    if lang == "de":  # "Libyens"
        found |= {
            f"{form}s": known
            for form, known in found.items()
            if form[-1] not in "sxzßn" or form.endswith("an")
        }
    return found | {name: KnownName(name, "place") for name in sorted(alike)}


@cache
def country_matcher(lang: str) -> Matcher[KnownName]:
    """Matcher for country names in texts of a language."""
    return Matcher(countries_in(lang).items())


@cache
def cities_in(lang: str) -> dict[str, KnownName]:
    """Large cities and towns by their names in a language: data/citynames.yml and towns.yml, and those that English calls so too."""
    words = lexicon()
    alike = {row["name"] for row in load("places")["cities"]} - words.weak_places - words.given
    own = {name: name for name in (*sorted(alike), *load("towns").get(lang, ()))}
    return {form: KnownName(name, "place") for form, name in (own | load("citynames")[lang]).items()}


@cache
def city_matcher(lang: str) -> Matcher[KnownName]:
    """Matcher for large cities and towns in texts of a language."""
    return Matcher(cities_in(lang).items())


@cache
def body_matcher(lang: str) -> Matcher[KnownName]:
    """Matcher for the organisations that need no cue in texts of a language."""
    return Matcher((form, known) for form, known in forms_in(lang).items() if known.type == "organization")


@cache
def listed_meanings(lang: str) -> dict[str, KnownName]:
    """What the lists of a language that the name model reads call countries, cities and organisations."""
    return {**forms_in(lang), **cities_in(lang), **countries_in(lang)}


@cache
def known_matcher(lang: str) -> Matcher[KnownName]:
    """Matcher for languages other than English: known forms of at least three characters, and acronyms."""
    return Matcher(
        (form, known)
        for form, known in (forms_in(lang) | known_forms()).items()
        if len(form) > 2 or (form.isupper() and form != "US")
    )


@cache
def lexicon() -> Lexicon:
    titles, orgs, places = load("en/titles"), load("en/organisations"), load("en/places")
    documents, openers, given = load("en/documents"), load("en/openers"), load("en/given_names")
    fields = {title: field for field, words in titles["fields"].items() for title in reversed(words)}
    known = dict(known_forms())
    for form in orgs["known"]:
        known.setdefault(form, KnownName(form, "organization"))
    demonyms = {word: row["name"] for row in load("places")["countries"] for word in row.get("demonyms", ())}
    return Lexicon(
        titles=_words(fields),
        title_fields={title.lower(): field for title, field in fields.items()},
        title_words=_words(word for title in fields for word in title.split()),
        modifiers=_words(titles["modifiers"]),
        courtesy=_words(titles["courtesy"]),
        roles=_words(titles["roles"]),
        person_after=_words(titles["after"]),
        person_suffixes=_words(titles["suffixes"]),
        org_heads=_words(orgs["heads"]),
        org_of=_words(orgs["of_heads"]),
        cause_heads=_words(orgs["cause_heads"]),
        subject_heads=_words([*orgs["subject_heads"], *documents["subject_heads"]]),
        groups=_words(orgs["groups"]),
        legal=_words(orgs["legal"]),
        generic=_words(word.lower() for word in orgs["generic"]),
        place_heads=_words(places["heads"]),
        place_lower_heads=_words(places["lower_heads"]),
        place_first=_words(places["first"]),
        place_before=_words(places["before"]),
        weak_places=_words(places["weak"]),
        with_article=_words(places["with_article"]),
        document_heads=_words(documents["document_heads"]),
        surely_documents=_words(documents["surely_documents"]),
        not_documents=_words(documents["not_documents"]),
        event_heads=_words(documents["event_heads"]),
        event_first=_words(documents["event_first"]),
        other_heads=_words(documents["other_heads"]),
        openers=_words(openers["words"]),
        opened=_words(openers["opened"]),
        soft=_words(openers["soft"]),
        calendar=_words(openers["calendar"]),
        adjectives=_words(openers["adjectives"]) | _words(demonyms),
        languages=_words([*openers["languages"], *openers["adjectives"], *demonyms]),
        no_names=_words(
            [*openers["words"], *openers["soft"], *openers["adjectives"], *openers["beliefs"], *demonyms]
        ),
        heads=_words([*orgs["heads"], *places["heads"], *documents["event_heads"]]),
        given=_words([*given["latin"], *given["arabic"], *given["others"]]),
        given_places=_words(given["places"]),
        known=known,
        canonical=_canonical([known, *_in_other_languages(), _republics()]),
        demonyms=demonyms,
    )


def _in_other_languages() -> Iterator[dict[str, KnownName]]:
    """Names in other languages that have no other meaning: "Den Haag" and "La Haya" are one."""
    data = load("languages")
    others = set(map(fold, data["elsewhere"]))
    cities = [
        {form: KnownName(name, "place") for form, name in names.items()}
        for names in load("citynames").values()
    ]
    for names in (*map(forms_in, languages()), *map(countries_in, data["measured"]), *cities):
        yield {form: known for form, known in names.items() if fold(form) not in others}


def _republics() -> dict[str, KnownName]:
    """Countries by their name with "Republic of", but for those of which two are called so."""
    places = load("places")
    names = [row["name"] for row in places["countries"] if row["name"] not in places["two_republics"]]
    return {f"Republic of {name}": KnownName(name, "place") for name in names}


def _canonical(lists: Iterable[dict[str, KnownName]]) -> dict[str, KnownName]:
    """Folded form -> meaning; if a folded form is given twice, its first meaning."""
    found: dict[str, KnownName] = {}
    for known in lists:
        for form, entry in known.items():
            found.setdefault(fold(form), entry)
    return found


def known_place(form: str) -> bool:
    """Whether the gazetteer has the form, in any case, as a place whose name rarely means anything else."""
    words = lexicon()
    entry = words.known.get(form) or (
        words.known.get(form.title()) if form.isupper() and len(form) > 3 else None
    )
    return entry is not None and entry.type == "place" and form not in words.weak_places


@cache
def states() -> dict[str, str]:
    """Short forms of states of the United States, without a last dot ("Calif", "N.J"), and their names."""
    return {form: name for name, forms in load("en/states").items() for form in forms}


def known_body(form: str) -> bool:
    """Whether the lists have the form as an organisation."""
    entry = lexicon().known.get(form)
    return entry is not None and entry.type == "organization"
