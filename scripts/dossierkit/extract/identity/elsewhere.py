"""Places with the name of an authority record that lie in another country: "Paris, Texas" beside the capital of France.

What the text names after a comma, a country or an area, is compared with the countries that the record's title and description name. A record
that names none may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from dossierkit.extract.authority import Authority
from dossierkit.extract.lexicon import lexicon
from dossierkit.model.finding import Mention
from dossierkit.model.record import Record
from dossierkit.text.data import load
from dossierkit.text.fold import fold
from dossierkit.text.match import Matcher

_COMMA = ", "
_NAMESAKES = "United States"
"""The country whose towns have the names of countries: "Peru, Indiana"."""
_WORDS = re.compile(r"[^\W\d_][\w.'’-]*")
_MOST_WORDS, _MOST_LETTERS = 4, 60
_LISTED = re.compile(r",? (?:and|or) [A-Z]|, [A-Z][^.;()]{0,60} (?:and|or) ")
"""What follows an area in a list of places: "in Paris, California and Rome"."""
_AIRLINE = re.compile(r"\b([A-Z][a-z]{1,20}(?: [A-Z][a-z]{1,20})?) (?:Airways|Airlines|Air Lines)\b")
_OF_PLACE = re.compile(r"\b(?:across|at|from|in|into|near|of|outside|through|to) \Z", re.IGNORECASE)
_BEFORE = 10  # code points
_INDEXED = re.compile(r"\b([A-Z][a-z]{2,20}), ([A-Z][a-z]{1,20})(?=\.|\s?[(;&\n]|\Z)")
_REASON = "place in another country than the record of this name"


@dataclass(frozen=True, slots=True)
class PlacesMeant:
    """Which places an article means. `placed`: mentions with their country or area; `authority`: the records that may be meant."""

    placed: tuple[Mention, ...]
    authority: Authority


def places_meant(text: str, authority: Authority) -> PlacesMeant:
    """Without the records of places whose name means another place here, and without names that may mean several."""
    elsewhere = dict(_elsewhere(text, authority))
    alone = {
        id_
        for name, company in load("en/places")["shared"].items()
        for id_ in _alone(text, name, company, authority)
    }
    others = set(elsewhere.values())
    absent = alone | _not_named(text, others, authority)
    unclear = {fold(name.text) for id_ in alone for name in authority.records[id_].strong_names}
    unclear |= (
        set(_short_for_airlines(text, authority)) | set(_index_forms(text)) | set(_without_article(text))
    )
    unclear |= set(_both(text, elsewhere, others - absent, authority))
    return PlacesMeant(tuple(elsewhere), authority.without(frozenset(absent), unclear=frozenset(unclear)))


def _short_for_airlines(text: str, authority: Authority) -> Iterator[str]:
    """Countries whose name is short for an airline: "Qatar" beside "Qatar Airways", where nothing is said of the country or its people."""
    for name in dict.fromkeys(found[1] for found in _AIRLINE.finditer(text)):
        record = authority.records.get(authority.named(name))
        if record is not None and record.type == "place":
            people = [alias.text for alias in record.weak_aliases]
            others = [
                one
                for one in re.finditer(rf"\b{re.escape(name)}\b", text)
                if not _AIRLINE.match(text, one.start())
            ]
            said = any(_OF_PLACE.search(text, max(0, one.start() - _BEFORE), one.start()) for one in others)
            if others and not said and not any(re.search(rf"\b{re.escape(one)}\b", text) for one in people):
                yield fold(name)


def _without_article(text: str) -> Iterator[str]:
    """Names that mean a country only behind their article, where the text has none: "Emirates"."""
    for name in load("othernames")["articled"]:
        if name in text and f"the {name}" not in text and f"The {name}" not in text:
            yield fold(name)


def _index_forms(text: str) -> Iterator[str]:
    """Surnames before given names that the text has nowhere else: "London, Jack."."""
    for found in _INDEXED.finditer(text):
        given = found[2] in lexicon().given and found[2] not in lexicon().given_places
        if given and len(re.findall(rf"\b{re.escape(found[1])}\b", text)) == 1:
            yield fold(found[1])


def _elsewhere(text: str, authority: Authority) -> Iterator[tuple[Mention, str]]:
    """Mentions of a place with its country or area, and for each the id of the record that has the name and is not meant."""
    for start, end, country in _countries().find(text):
        if text.endswith(_COMMA, 0, start) and not _LISTED.match(text, end):
            found = _named_before(text, start - len(_COMMA), authority)
            if found is not None and _lies_elsewhere(found[1], text[start:end], country, authority):
                yield Mention(found[0], end, text[found[0] : end], "place", 1.0, _REASON), found[1]


def _both(
    text: str, elsewhere: Mapping[Mention, str], ids: Collection[str], authority: Authority
) -> Iterator[str]:
    """The bare names of records that the text names with their own country, beside another place: "Paris, France" and "Paris, Texas"."""
    for mention, id_ in elsewhere.items():
        name = mention.text.partition(_COMMA)[0]
        own = _countries_of(authority.records[id_])
        if id_ in ids and any(country in own for country in _behind(text, name)):
            yield fold(name)


def _behind(text: str, name: str) -> Iterator[str]:
    """The countries, as they are or by an area, that stand behind a name and a comma."""
    for start, _, country in _countries().find(text):
        if text.endswith(f"{name}{_COMMA}", 0, start):
            yield country


def _not_named(text: str, ids: Collection[str], authority: Authority) -> set[str]:
    """Those of the records whose country the text does not name: without it they are not meant by their name alone, either."""
    named = frozenset(country for _, _, country in _peoples().find(text)) if ids else frozenset()
    return {id_ for id_ in ids if named.isdisjoint(_countries_of(authority.records[id_]))}


def _alone(text: str, name: str, company: Sequence[str], authority: Authority) -> Iterator[str]:
    """The record of a country whose name other places share, if nothing else in the text speaks for it."""
    record = authority.records.get(authority.named(name)) if name in text else None
    if record is not None and _countries_of(record) == {name}:
        others = (one.text for one in (*record.aliases, *record.weak_aliases))
        if not Matcher((form, form) for form in (*company, *others)).find(text):
            yield record.id


def _named_before(text: str, end: int, authority: Authority) -> tuple[int, str] | None:
    """The start of a record's name that ends at an offset, and the record's id; the longest name, if one record has it."""
    first = max(0, end - _MOST_LETTERS)
    starts = [word.start() for word in _WORDS.finditer(text, first, end)][-_MOST_WORDS:]
    names = ((start, authority.by_name.get(fold(text[start:end]), ())) for start in starts)
    start, ids = next(((start, ids) for start, ids in names if ids), (0, ()))
    return (start, ids[0]) if len(ids) == 1 else None


def _lies_elsewhere(id_: str, area: str, country: str, authority: Authority) -> bool:
    record = authority.records[id_]
    own = _countries_of(record) if record.type == "place" else frozenset()
    namesake = area in _areas() and country == _NAMESAKES
    listed = own == {record.title} and not namesake  # "Jordan, the Netherlands and Turkey"
    return bool(own) and country not in own and area not in record.description and not listed


def _countries_of(record: Record) -> frozenset[str]:
    return _countries_in(f"{record.title}. {record.description}")


@lru_cache(maxsize=4096)
def _countries_in(words: str) -> frozenset[str]:
    """The countries that a title with a description names, by themselves, by an area or by an adjective."""
    return frozenset(country for _, _, country in _peoples().find(words))


@cache
def _areas() -> frozenset[str]:
    return frozenset(row["name"] for row in load("places")["areas"] if "of" in row)


@cache
def _countries() -> Matcher[str]:
    """Names of countries, and of areas that lie in one, with the country."""
    return Matcher(_forms())


@cache
def _peoples() -> Matcher[str]:
    """The same, and the adjectives of countries."""
    rows = load("places")["countries"]
    return Matcher([*_forms(), *((word, row["name"]) for row in rows for word in row.get("demonyms", ()))])


def _forms() -> Iterator[tuple[str, str]]:
    places = load("places")
    for row in (*places["countries"], *(area for area in places["areas"] if "of" in area)):
        yield from ((form, row.get("of", row["name"])) for form in (row["name"], *row.get("aliases", ())))
