"""Countries and cities by their names in the languages of the name model beside English, and what the model found beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from dossierkit.extract.authority import Authority
from dossierkit.extract.lexicon import body_matcher, city_matcher, country_matcher, lexicon, listed_meanings
from dossierkit.extract.mentions.ruled import KNOWN, listed_names
from dossierkit.extract.small_words import articles
from dossierkit.model.finding import Mention

_PREPOSITION = 10  # code points
_OF = (" de ", " del ", " di ", " da ", " do ", " von ", " van ")
_AHEAD = 40  # code points before a city in which the name lies that it would be part of
# "Cristoforo Colombo", "Real Madrid", "Mocímboa da Praia"
_NAME_BEFORE = re.compile(
    r"(?<!\w)([^\W\d_a-zß-ÿ][\w’'-]{0,30}) (?:(?:de|do|da|dos|das|di|del|della|van|von) )?\Z"
)
# Before a city, and not before a club that is called like it: "a Napoli", "il Napoli"
_IN = re.compile(r"(?<!\w)(?:a|ad|da|de|di|em|en|in|naar|uit)\s\Z")
_QUOTES = " “„«\"'’"
_ENDS = frozenset({"", ".", "!", "?", ":", "\n"})
_NAME_BEHIND = re.compile(r"[ -][^\W\d_a-zß-ÿ]")


class ListedNames(NamedTuple):
    """Mentions by the lists of a language, in text order; of cities those that are not part of a longer name."""

    countries: list[Mention]
    cities: list[Mention]
    bodies: list[Mention]


def listed(text: str, lang: str) -> ListedNames:
    """What a text in `lang` (primary subtag) names by a name of the lists."""
    countries = list(listed_names(text, country_matcher(lang)))
    inside = {at for country in countries for at in range(country.start, country.end)}
    cities = (one for one in listed_names(text, city_matcher(lang)) if not _in_longer_name(text, one))
    return ListedNames(
        countries,
        [one for one in cities if one.start not in inside],
        list(listed_names(text, body_matcher(lang))),
    )


def _in_longer_name(text: str, city: Mention) -> bool:
    """Whether words with capitals stand beside the name of a city, other than one that begins a sentence: "A Firenze"."""
    if _NAME_BEHIND.match(text, city.end) or text[max(0, city.start - 1) : city.start] == "-":
        return True
    before = _NAME_BEFORE.search(text, max(0, city.start - _AHEAD), city.start)
    return (
        before is not None
        and text[max(0, before.start(1) - _PREPOSITION) : before.start(1)].rstrip(_QUOTES)[-1:] not in _ENDS
    )


def with_records(mentions: Iterable[Mention], lang: str, authority: Authority) -> list[Mention]:
    """The mentions, those of listed names that a record has under another as its own: "Roma" in Italian is Rome, in other languages a people."""
    known = listed_meanings(lang)
    return [
        replace(one, entity=authority.named(known[one.text].name))
        if not one.entity and one.reason == KNOWN and one.text in known
        else one
        for one in mentions
    ]


def beside_listed(text: str, found: Iterable[Mention], names: ListedNames) -> Iterator[Mention]:
    """The model's finds where they cut a country's name of several words: "Laurent Gbagbo" of "[Costa] de [Marfil Laurent
    Gbagbo]", or read a person's name on from a country: "presidente de [Panamá Ricardo Martinelli]"; without those that are a country
    or a body with its article: "Gli Stati Uniti". What the lists have too is as sure as they are.
    """
    several = [
        one for one in (*names.countries, *names.bodies) if " " in one.text or _follows_of(text, one.start)
    ]
    by_end = {one.end: one for one in (*names.bodies, *names.countries)}
    places = {(one.start, one.end): one for one in (*names.bodies, *names.cities, *names.countries)}
    for mention in found:
        if text[mention.start : by_end.get(mention.end, mention).start].rstrip().lower() in articles():
            continue
        place = places.get((mention.start, mention.end))
        if place is not None and (
            place.type == "organization"
            or mention.type == "place"
            or _IN.search(text, max(0, place.start - _PREPOSITION), place.start)
        ):
            yield replace(place, score=max(place.score, mention.score))
            continue
        over = next((one for one in several if one.start < mention.end and mention.start < one.end), None)
        if (
            over is not None
            and over.end < mention.end
            and (over.start < mention.start or _runs_on(mention, over))
        ):
            yield replace(mention, start=over.end + 1, text=text[over.end + 1 : mention.end])
        elif over is None or (mention.start <= over.start and over.end <= mention.end):
            yield mention


def _follows_of(text: str, start: int) -> bool:
    return text[max(0, start - _PREPOSITION) : start].endswith(_OF)


def _runs_on(mention: Mention, country: Mention) -> bool:
    """Whether a person's name was read on from the country before it."""
    named = " " in country.text or (
        country.text not in lexicon().given_places and mention.text.count(" ") > 1
    )
    return mention.type == "person" and mention.start == country.start and named
