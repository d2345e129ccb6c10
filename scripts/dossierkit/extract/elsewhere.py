"""Places with the name of an authority record that lie in another country: "Paris, Texas" beside the capital of France.

What the text names after a comma, a country or an area, is compared with the countries that the record's description names. A record whose
description names none may be meant.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache, lru_cache

from dossierkit.extract.authority import Authority
from dossierkit.model.finding import Mention
from dossierkit.text.data import load
from dossierkit.text.fold import fold
from dossierkit.text.match import Matcher

_COMMA = ", "
_WORDS = re.compile(r"[^\W\d_][\w.'’-]*")
_MOST_WORDS, _MOST_LETTERS = 4, 60
_LISTED = re.compile(r",? (?:and|or) [A-Z]|, [A-Z][^.;()]{0,60} (?:and|or) ")
"""What follows an area in a list of places: "in Paris, California and Rome"."""
_REASON = "place in another country than the record of this name"


def places_elsewhere(text: str, authority: Authority) -> Iterator[tuple[Mention, str]]:
    """Mentions of a place with its country or area, and for each the id of the record that has the name and is not meant."""
    for start, end, country in _countries().find(text):
        if text.endswith(_COMMA, 0, start) and not _LISTED.match(text, end):
            found = _named_before(text, start - len(_COMMA), authority)
            if found is not None and _lies_elsewhere(found[1], text[start:end], country, authority):
                yield Mention(found[0], end, text[found[0] : end], "place", 1.0, _REASON), found[1]


def not_meant(text: str, ids: Collection[str], authority: Authority) -> frozenset[str]:
    """Those of the records whose country the text does not name: without their country they are not meant, either."""
    named = frozenset(country for _, _, country in _peoples().find(text)) if ids else frozenset()
    return frozenset(
        id_ for id_ in ids if named.isdisjoint(_countries_in(authority.records[id_].description))
    )


def _named_before(text: str, end: int, authority: Authority) -> tuple[int, str] | None:
    """The start of a record's name that ends at an offset, and the record's id; the longest name, if one record has it."""
    first = max(0, end - _MOST_LETTERS)
    starts = [word.start() for word in _WORDS.finditer(text, first, end)][-_MOST_WORDS:]
    names = ((start, authority.by_name.get(fold(text[start:end]), ())) for start in starts)
    start, ids = next(((start, ids) for start, ids in names if ids), (0, ()))
    return (start, ids[0]) if len(ids) == 1 else None


def _lies_elsewhere(id_: str, area: str, country: str, authority: Authority) -> bool:
    record = authority.records[id_]
    own = _countries_in(record.description) if record.type == "place" else frozenset()
    return bool(own) and country not in own and area not in record.description


@lru_cache(maxsize=4096)
def _countries_in(description: str) -> frozenset[str]:
    return frozenset(country for _, _, country in _peoples().find(description))


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
