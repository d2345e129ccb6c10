"""Events: what several articles tell of one thing that happened, with what they disagree on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from dossierkit.compile.evidence import Evidence, Supported
from dossierkit.compile.timeline.figures import differing
from dossierkit.compile.timeline.join import join
from dossierkit.compile.timeline.telling import Key, Telling, names_of, reach, telling
from dossierkit.model.edtf import parse
from dossierkit.model.record import Record

Told = tuple[Evidence, Supported]
Differing = tuple[tuple[Told, str], ...]


@dataclass(frozen=True, slots=True)
class Event:
    """`told`: its tellings, the one that readers see first. `word`: what an editor calls it, or empty.

    `dates`, `figures`: what differs, each telling with what it says; figures once for each thing counted.
    """

    told: tuple[Told, ...]
    word: str
    dates: Differing
    figures: tuple[Differing, ...]

    @property
    def lead(self) -> Told:
        return self.told[0]

    @property
    def entities(self) -> tuple[str, ...]:
        """Whom any telling is about, in the order of the tellings."""
        return tuple(dict.fromkeys(id_ for _, item in self.told for id_ in item.entities))


class Place(NamedTuple):
    """What must be known of an event to say on which page it stands: its number among all, its first telling, and the date of that.

    `waived`: whether that stands without words in its article.
    """

    number: int
    article: str
    item: str
    date: str
    waived: bool

    @property
    def key(self) -> str:
        return f"{self.article} {self.item}"


Groups = tuple[tuple[Key, ...], ...]
"""As `timeline.join` makes them, without those of one telling."""


@dataclass(frozen=True, slots=True)
class Tellings:
    """All that it rests on which of them tell of one event."""

    told: tuple[Told, ...]
    records: Mapping[str, Record]
    lang: str


Joined = Callable[[Tellings, Callable[[], Groups]], Groups]
"""What the call gives, worked out now or kept from tellings that were the same."""


def at_once(_tellings: Tellings, join: Callable[[], Groups]) -> Groups:
    return join()


class Events:
    """The events of a collection. `lang`: the site's; of several wordings, one in that language is shown."""

    def __init__(
        self, told: Iterable[Told], records: Mapping[str, Record], lang: str, joined: Joined = at_once
    ) -> None:
        self._told, self._records, self._lang, self._joined = tuple(told), records, lang, joined

    @cached_property
    def all(self) -> tuple[Event, ...]:
        """In no promised order; each telling is in exactly one."""
        groups = self._joined(Tellings(self._told, self._records, self._lang), self._join)
        several = {key: group for group in groups for key in group}
        by_key = {_key(one): one for one in self._told}
        alone_or_first = (
            several.get(key, (key,)) for key in sorted(by_key) if key not in several or several[key][0] == key
        )
        return tuple(event([by_key[key] for key in group], self._lang) for group in alone_or_first)

    @property
    def places(self) -> Iterator[Place]:
        """Of all events, in their order."""
        for number, one in enumerate(self.all):
            article, item = one.lead
            yield Place(number, article.page.id, item.id, item.entry.date, bool(item.waived))

    def at(self, numbers: Iterable[int]) -> tuple[Event, ...]:
        """Some of all events, by their numbers there."""
        return tuple(self.all[number] for number in numbers)

    @property
    def count(self) -> int:
        return len(self.all)

    def _join(self) -> Groups:
        return tuple(group for group in join(self._tellings()) if len(group) > 1)

    def _tellings(self) -> Iterator[Telling]:
        names: dict[str, frozenset[str]] = {}

        def words(records: Iterable[Record]) -> Iterator[frozenset[str]]:
            for record in records:
                if record.id not in names:
                    names[record.id] = names_of(record)
                yield names[record.id]

        for _, same in groupby(self._told, lambda one: one[0].page.id):
            told = tuple(same)
            article = told[0][0]
            lang, named = article.page.lang or self._lang, frozenset[str]().union(*words(article.records))
            for one in told:
                item = one[1]
                about = [self._records[id_] for id_ in item.entities if id_ in self._records]
                others = words(record for record in about if record not in article.records)
                yield telling(_key(one), item.entry, lang, about, named.union(*others))

    @cached_property
    def _about(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for one in self.all:
            for id_ in one.entities:
                found.setdefault(id_, []).append(one)
        return found

    @cached_property
    def _by_article(self) -> dict[str, list[Event]]:
        found: dict[str, list[Event]] = {}
        for one in self.all:
            for id_ in dict.fromkeys(article.page.id for article, _ in one.told):
                found.setdefault(id_, []).append(one)
        return found

    def about(self, entity: str) -> tuple[Event, ...]:
        """Events of which any telling is about the entity, with all their tellings."""
        return tuple(self._about.get(entity, ()))

    def among(self, articles: Collection[str]) -> tuple[Event, ...]:
        """The events that these articles tell, as far as they tell them."""
        wanted = dict.fromkeys(articles)
        found = {
            one.lead[1].id + one.lead[0].page.id: one
            for id_ in wanted
            for one in self._by_article.get(id_, ())
        }
        return tuple(
            event([told for told in one.told if told[0].page.id in wanted], self._lang)
            for one in found.values()
        )


def event(told: Iterable[Told], lang: str) -> Event:
    """One event from its tellings. First comes one in the site's language, then the most precise, then the earliest."""
    listed = tuple(told)
    if len(listed) == 1:
        return Event(listed, listed[0][1].entry.event, (), ())
    ordered = tuple(sorted(listed, key=lambda one: _prominence(one, lang)))
    quotes = [(item.entry.quote, article.page.lang or lang) for article, item in ordered]
    figures = tuple(tuple((ordered[at], words) for at, words in found) for found in differing(quotes))
    return Event(ordered, ordered[0][1].entry.event, _dates(ordered), figures)


def key(event: Event) -> str:
    """Unlike that of any other event of a collection: where it is told first."""
    return " ".join(_key(event.lead))


def _key(one: Told) -> Key:
    return one[0].page.id, one[1].id


def _prominence(one: Told, lang: str) -> tuple[bool, int, bool, str, Key]:
    article, item = one
    own = (article.page.lang or lang).partition("-")[0] == lang.partition("-")[0]
    return not own, _width(item.entry.date), bool(not article.page.date), article.page.date, _key(one)


def _width(edtf: str) -> int:
    """Days that a date may mean; open, unknown and absent dates are the widest."""
    date = parse(edtf) if edtf else None
    if date is None or date.earliest is None or date.latest is None:
        return 10**9
    return (date.latest - date.earliest).days


def _dates(told: tuple[Told, ...]) -> Differing:
    """The first telling of each date, where two dates cannot both be right; else nothing."""
    dated: dict[str, Told] = {}
    for one in told:
        if one[1].entry.date:
            dated.setdefault(one[1].entry.date, one)
    reaches = [reach(parse(date)) for date in dated]
    low = max((first for first, _ in reaches if first), default=None)
    high = min((end for _, end in reaches if end), default=None)
    apart = low is not None and high is not None and low >= high
    return tuple((one, date) for date, one in dated.items()) if apart else ()
