"""How relevant a page is for each of its terms.

The weight does not depend on other pages: BM25's saturation (Robertson and Zaragoza, 2009) against a fixed length, in seven
levels. The browser reads the rarity of a term from the length of its postings.
"""

from __future__ import annotations

from dossierkit.model.searched import SearchEvent, SearchRecord, SearchSentence
from dossierkit.site.search.date_terms import of_article, of_event
from dossierkit.text.terms import counted, terms

OWN = 7  # the page of the entity itself
_HIGHEST = OWN - 1  # the highest of a single term
NAMED, _OFTEN = 2, 5
"""Levels of a page that names an entity, by whatever name: once, and eight times or more."""
_TITLE, _DESCRIPTION = 6, 2
_LENGTH, _SATURATION, _SLOPE = 450, 1.2, 0.6


def levels(record: SearchRecord) -> list[list[str]]:
    """The terms of one page by level, from 1 on; terms of an entity's other names get the highest level of a term."""
    made = _by_level(record)
    for term, level in of_article(record.sort).items():
        made[level - 1].append(term)
    return made


def of_event_levels(event: SearchEvent, sentence: str) -> list[list[str]]:
    """The terms of an event by level: its headings count as its title, its quoted sentence as its text."""
    heading = " ".join((event.text, *event.others))
    record = SearchRecord("", "", "event", heading, sentences=(SearchSentence("", sentence),))
    made = _by_level(record)
    for term, level in of_event(event.date).items():
        made[level - 1].append(term)
    return made


def _by_level(record: SearchRecord) -> list[list[str]]:
    weights = counted(" ".join(sentence.text for sentence in record.sentences))
    slack = _SATURATION * (1 - _SLOPE + _SLOPE * sum(weights.values()) / _LENGTH)
    about = " ".join((record.description, *record.tags))
    for text, weight in ((record.title, _TITLE), (about, _DESCRIPTION)):
        for term in terms(text):
            weights[term] = weights.get(term, 0) + weight
    made: list[list[str]] = [[] for _ in range(_HIGHEST)]
    level = {weight: int(_HIGHEST * weight / (weight + slack)) for weight in set(weights.values())}
    names = dict.fromkeys(term for name in record.names for term in terms(name))
    for term, weight in weights.items():
        if term not in names:
            made[level[weight]].append(term)
    made[-1].extend(names)
    return made


def whole(record: SearchRecord, entity: str, count: int) -> int:
    """The level of an entity's whole names for a page that names it `count` times."""
    return OWN if entity == record.entity else min(NAMED + count.bit_length() - 1, _OFTEN)
