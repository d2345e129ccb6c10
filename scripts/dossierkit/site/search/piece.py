"""What one page and its events add to the index, made only from the page's record, and its form in the cache.

How relevant a page is for each of its terms does not depend on other pages: BM25's saturation (Robertson and Zaragoza, 2009)
against a fixed length, in seven levels. The browser reads the rarity of a term from the length of its postings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from sys import intern
from typing import Any, NamedTuple

from dossierkit.model.plain import digest_of, dumps, parse
from dossierkit.model.searched import SearchEvent, SearchRecord, SearchSentence
from dossierkit.site.search.date_terms import of_article, of_event
from dossierkit.text.terms import counted, terms

_LONGEST_NAME = 6  # terms
_WORD = re.compile(r"\w+")
OWN = 7  # the page of the entity itself
_HIGHEST = OWN - 1  # the highest of a single term
NAMED, _OFTEN = 2, 5
"""Levels of a page that names an entity, by whatever name: once, and eight times or more."""
_TITLE, _DESCRIPTION = 6, 2
_LENGTH, _SATURATION, _SLOPE = 450, 1.2, 0.6


class PageTerms(NamedTuple):
    """A page without its sentences, or an event.

    `part`: 0 for the page at `path`, or the number of its event, from 1. `file`: a digest of what a result shows of the page.
    `terms`: a line for each level, from 1 on. `names`: of an entity, each as its terms joined by a space; `spelled`: the words
    of these names as written. `named`: the entities that the page names, with the level of their names for it. `posted`: a
    digest of `terms` and `named`. `unreviewed`: 1 if undecided. The other fields are those of the record.
    """

    path: str
    part: int
    type: str
    title: str
    lang: str
    year: str
    source: str
    sort: str
    unreviewed: int
    entity: str
    file: str
    posted: str
    terms: str
    dossiers: tuple[str, ...]
    names: tuple[str, ...]
    spelled: tuple[str, ...]
    named: tuple[tuple[str, int], ...]

    @property
    def place(self) -> str:
        """What identifies the page or event."""
        return f"{self.path}#{self.part}" if self.part else self.path


PackKey = tuple[str, str]
"""The path of a page, and `Findable.rests`."""

Packed = tuple[int, int, tuple[PageTerms, ...]]
"""Where a page begins in a file of several, its length there, and its pieces."""


def pieces(record: SearchRecord, file: str) -> tuple[PageTerms, ...]:
    """The page, and its events in their order."""
    page = _page(record, file)
    return (page, *(_event(page, record, number) for number in range(1, len(record.events) + 1)))


def _event(page: PageTerms, record: SearchRecord, number: int) -> PageTerms:
    event = record.events[number - 1]
    sentence = record.sentences[event.sentence].text if event.sentence >= 0 else ""
    found = _lines(of_event_levels(event, sentence))
    named = tuple((id_, NAMED) for id_ in event.named)
    return page._replace(
        part=number,
        type="entry",
        title="",
        year=event.year,
        sort=event.date,
        posted=_posted(found, named),
        terms=found,
        dossiers=event.dossiers,
        named=named,
    )


def _posted(found: str, named: tuple[tuple[str, int], ...]) -> str:
    return digest_of(f"{found}\n{named}")


def _lines(levels: Iterable[Iterable[str]]) -> str:
    return "\n".join(map(" ".join, levels))


def _page(record: SearchRecord, file: str) -> PageTerms:
    named = tuple({id_: whole(record, id_, count) for id_, count in record.named}.items())
    found = _lines(levels(record))
    return PageTerms(
        path=record.path,
        part=0,
        type=record.type,
        title=record.title,
        lang=record.lang,
        year=record.year,
        source=record.source,
        sort=record.sort,
        unreviewed=int(record.unreviewed),
        entity=record.entity,
        file=file,
        posted=_posted(found, named),
        terms=found,
        dossiers=record.dossiers,
        names=tuple(_names(record)) if record.entity else (),
        spelled=tuple(_spelled(record)) if record.entity else (),
        named=named,
    )


def _names(record: SearchRecord) -> Iterator[str]:
    """The names of an entity as terms; a name that is too long is found only by its words."""
    for name in (record.title, *record.names):
        words = terms(name)
        if 0 < len(words) <= _LONGEST_NAME:
            yield " ".join(words)


def _spelled(record: SearchRecord) -> Iterator[str]:
    """The words of an entity's names, each once."""
    words = (word for name in (record.title, *record.names) for word in _WORD.findall(name))
    return (word for word in dict.fromkeys(words) if len(terms(word)) == 1)


def encoded(packs: Mapping[PackKey, Packed]) -> bytes:
    return dumps([(rests, *pack) for (_, rests), pack in packs.items()])


def known(blob: bytes | None) -> dict[PackKey, Packed]:
    """The cached pages of a file, in their order."""
    rows = parse(blob) if blob else ()
    packs = ((rests, start, length, tuple(map(_read, made))) for rests, start, length, made in rows)
    return {(made[0].path, rests): (start, length, made) for rests, start, length, made in packs}


def _read(row: Sequence[Any]) -> PageTerms:
    """A page or event from the values of the cache. Values that it shares with others are in memory once."""
    path, part, kind, title, lang, year, source, sort, *rest = row
    unreviewed, entity, file, posted, found, dossiers, names, spelled, named = rest
    return PageTerms(
        intern(path),
        part,
        intern(kind),
        title,
        intern(lang),
        intern(year),
        intern(source),
        intern(sort),
        unreviewed,
        entity,
        intern(file),
        posted,
        found,
        tuple(dossiers),
        tuple(names),
        tuple(spelled),
        tuple([(intern(id_), level) for id_, level in named]),
    )


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
