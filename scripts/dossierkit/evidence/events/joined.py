"""Events joined from entries of several articles, and the differences between their accounts."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import groupby
from typing import Any, NamedTuple

from dossierkit.evidence.events import prepared
from dossierkit.evidence.events.comparable import ComparableEntry, Key, comparable_entry, names_of, reach
from dossierkit.evidence.events.grouping import join
from dossierkit.evidence.events.quantities import differing
from dossierkit.evidence.events.words import accounts
from dossierkit.evidence.gathering import Evidence, Supported
from dossierkit.model.edtf import parse
from dossierkit.model.page import ArticlePage
from dossierkit.model.record import Record

EventEntry = tuple[Evidence, Supported]
Differing = tuple[tuple[EventEntry, str], ...]


@dataclass(frozen=True, slots=True)
class JoinedEvent:
    """`entries`: its entries, the first is the one that readers see first. `word`: what an editor calls it, or empty.

    `dates`, `figures`: what differs, each entry with what it says; figures once for each thing counted. `key`: that of
    the event among all, also where only some of its entries are here.
    """

    entries: tuple[EventEntry, ...]
    word: str
    dates: Differing
    figures: tuple[Differing, ...]
    key: Key = ("", "")

    @property
    def lead(self) -> EventEntry:
        return self.entries[0]

    @property
    def entities(self) -> tuple[str, ...]:
        """Entities of all entries, in order."""
        return tuple(dict.fromkeys(id_ for _, item in self.entries for id_ in item.entities))


class EventPlace(NamedTuple):
    """What decides on which page of the timeline an event is listed: its number among all events, its first entry, and that
    entry's date.

    `waived`: whether that entry has no quote in its article.
    """

    number: int
    article: str
    item: str
    date: str
    waived: bool

    @property
    def key(self) -> str:
        return f"{self.article} {self.item}"


_CONSIDERED = 60

_Prominence = tuple[bool, int, bool, str, Key]

Groups = tuple[tuple[Key, ...], ...]
"""As `grouping.join` makes them, without groups of one entry."""


@dataclass(frozen=True, slots=True)
class EventInputs:
    """The input of joining events, besides the articles themselves."""

    records: Mapping[str, Record]
    lang: str


Derived = Callable[[str, EventInputs, Callable[[], Any]], Any]
"""The result of the call, computed now or taken from the cache by its name when the inputs are unchanged; then every tuple is a
list.
"""


def at_once(_name: str, _comparable: EventInputs, work_out: Callable[[], Any]) -> Any:  # noqa: ANN401 - as above
    return work_out()


def once() -> Derived:
    """Computes each value once, for one collection: several contexts of a build ask for its events."""
    known: dict[str, tuple[EventInputs, Any]] = {}

    def derived(name: str, inputs: EventInputs, work_out: Callable[[], Any]) -> Any:  # noqa: ANN401 - as above
        before, value = known.get(name, (None, None))
        if before != inputs:
            value = work_out()
            known[name] = inputs, value
        return value

    return derived


Apart = Callable[[Callable[[], Any]], Any]
"""What the call gives, wherever it is worked out: it needs much more memory than what it gives."""


Lines = Mapping[str, bytes]
"""The entries of articles as `prepared.written` makes them, by article id."""

Join = Callable[[Lines | None], tuple[Groups, Lines]]
"""Groups, and the lines of all other articles, from lines that are known; None: none are wanted, so that none are made."""

Remembered = Callable[[EventInputs, Join], Groups]
"""The groups of a join that is given the lines of articles that are unchanged since an earlier one."""


def anew(_comparable: EventInputs, join: Join) -> Groups:
    return join(None)[0]


_FEW = 200  # articles: joining the events of fewer takes less memory, and time, than a process of its own


def here(work_out: Callable[[], Any]) -> Any:  # noqa: ANN401 - as above
    return work_out()


class Events:
    """The events of a collection, each made on demand from the evidence of its own articles.

    An event's key is that of its first entry in sort order. The site's language is preferred for the displayed wording.
    """

    def __init__(
        self,
        articles: Mapping[str, Evidence],
        inputs: EventInputs,
        derived: Derived = at_once,
        apart: Apart = here,
        remembered: Remembered = anew,
    ) -> None:
        self._articles, self._inputs, self._lang = articles, inputs, inputs.lang
        self._derived, self._apart, self._remembered = derived, apart, remembered

    @cached_property
    def keys(self) -> tuple[Key, ...]:
        """Keys of all events, by article and in text order; each entry is in exactly one."""
        every = ((id_, item) for id_ in sorted(self._articles) for item in self._articles[id_].tells)
        return tuple(key for key in every if self.group(key)[0] == key)

    def group(self, key: Key) -> tuple[Key, ...]:
        """Keys of all entries of an event, by the key of one."""
        return self._several.get(key, (key,))

    def one(self, key: Key) -> JoinedEvent:
        return event([self._entry_of(*entry) for entry in self.group(key)], self._lang, key)

    @property
    def all(self) -> tuple[JoinedEvent, ...]:
        """All events, by key."""
        return tuple(map(self.one, self.keys))

    @property
    def places(self) -> Iterator[EventPlace]:
        """Places of all events, in order."""
        for number, key in enumerate(self.keys):
            group = self.group(key)
            lead = key if len(group) == 1 else min(group, key=self._prominence)
            brief = self._articles[lead[0]].tells[lead[1]]
            yield EventPlace(number, *lead, brief.date, brief.waived)

    def at(self, numbers: Iterable[int]) -> tuple[JoinedEvent, ...]:
        """Some events, by their numbers in that order."""
        return tuple(self.one(self.keys[number]) for number in numbers)

    @cached_property
    def count(self) -> int:
        return int(self.derived("count", lambda: len(self.keys)))

    def derived(self, name: str, work_out: Callable[[], Any]) -> Any:  # noqa: ANN401 - as `Derived` has it
        """A derived value that depends on events only; `name` identifies it."""
        return self._derived(name, self._inputs, work_out)

    @cached_property
    def by_entity(self) -> Mapping[str, Sequence[Key]]:
        """The events with an entry about the entity."""
        found: dict[str, list[Key]] = {}
        for key in self.keys:
            about = (
                id_
                for article, item in self.group(key)
                for id_ in self._articles[article].tells[item].entities
            )
            for id_ in dict.fromkeys(about):
                found.setdefault(id_, []).append(key)
        return found

    @cached_property
    def by_article(self) -> Mapping[str, Sequence[Key]]:
        """The events of an article."""
        return _ByArticle(self._articles, self.group)

    @cached_property
    def shared(self) -> Mapping[str, Sequence[Key]]:
        """By article, those of its events that other articles report too."""
        found: dict[str, set[Key]] = {}
        for key in self._widely():
            for article, _ in self.group(key):
                found.setdefault(article, set()).add(key)
        return {id_: tuple(sorted(keys)) for id_, keys in found.items()}

    def about(self, entity: str) -> tuple[JoinedEvent, ...]:
        """Events with an entry about the entity, with all their entries."""
        return tuple(map(self.one, self.by_entity.get(entity, ())))

    def among(self, articles: Collection[str]) -> tuple[JoinedEvent, ...]:
        """The events of these articles, with these articles' entries only."""
        wanted = dict.fromkeys(articles)
        keys = dict.fromkeys(key for id_ in wanted for key in self.by_article.get(id_, ()))
        return tuple(
            event(
                [event_entry for event_entry in self.one(key).entries if event_entry[0].id in wanted],
                self._lang,
                key,
            )
            for key in keys
        )

    @property
    def compared(self) -> tuple[Key, ...]:
        """The events of more than one article, in order."""
        return tuple(sorted(self._widely()))

    @property
    def reported(self) -> tuple[Key, ...]:
        """The events of more than one article, those of most accounts first, then of most articles: those whose wording is in the
        site's language, or all if none is. Articles that print one text are one account. Of a large collection, only the
        events of most articles are considered.
        """
        counts = self._widely()
        keys = sorted(counts, key=lambda key: (-counts[key], key))
        if own := [key for key in keys if not min(map(self._prominence, self.group(key)))[0]]:
            keys = own
        accounts = {key: min(counts[key], self._accounts(key)) for key in keys[:_CONSIDERED]}
        return tuple(sorted(accounts, key=lambda key: -accounts[key]))

    def _accounts(self, key: Key) -> int:
        return accounts([self._entry_of(*entry)[1].entry.quote for entry in self.group(key)])

    def _widely(self) -> Mapping[Key, int]:
        """The events of more than one article, and of how many they are."""
        groups = dict.fromkeys(self._several.values())
        counts = {group[0]: len({article for article, _ in group}) for group in groups}
        return {key: count for key, count in counts.items() if count > 1}

    @cached_property
    def _several(self) -> Mapping[Key, tuple[Key, ...]]:
        """Events with several entries, by the key of each entry."""
        apart = here if len(self._articles) < _FEW else self._apart

        def join(known: Lines | None) -> tuple[Groups, Lines]:
            joined: tuple[Groups, Lines] = apart(partial(self._join, known))
            return joined

        groups = self.derived("groups", lambda: self._remembered(self._inputs, join))
        events = (tuple((article, item) for article, item in group) for group in groups)
        return {key: group for group in events for key in group}

    def _prominence(self, key: Key) -> _Prominence:
        article = self._articles[key[0]]
        return _prominence(article.page, article.tells[key[1]].date, key, self._lang)

    def _entry_of(self, id_: str, entry: str) -> EventEntry:
        article = self._articles[id_]
        return article, next(item for item in article.timeline if item.id == entry)

    def _join(self, known: Lines | None) -> tuple[Groups, Lines]:
        lines: dict[str, bytes] = {}
        listed = self._comparable(self._articles) if known is None else self._known_or_prepared(known, lines)
        return tuple(group for group in join(listed) if len(group) > 1), lines

    def _known_or_prepared(self, known: Lines, lines: dict[str, bytes]) -> Iterator[ComparableEntry]:
        """The entries of all articles; lines of those that are not known are added to `lines`."""
        new = {id_: article for id_, article in self._articles.items() if id_ not in known}
        for id_, line in known.items():
            yield from prepared.read(id_, line)
        made = {id_: list(group) for id_, group in groupby(self._comparable(new), lambda one: one.key[0])}
        for id_ in new:
            lines[id_] = prepared.written(made.get(id_, ()))
            yield from made.get(id_, ())

    def _comparable(self, articles: Mapping[str, Evidence]) -> Iterator[ComparableEntry]:
        known, names = self._inputs.records, dict[str, frozenset[str]]()

        def words(records: Iterable[Record]) -> Iterator[frozenset[str]]:
            for record in records:
                if record.id not in names:
                    names[record.id] = names_of(record)
                yield names[record.id]

        for id_, article in articles.items():
            timeline = article.timeline if article.tells else ()
            lang, named = article.page.lang or self._lang, frozenset[str]().union(*words(article.records))
            for item in timeline:
                about = [known[entity] for entity in item.entities if entity in known]
                others = words(record for record in about if record not in article.records)
                yield comparable_entry((id_, item.id), item.entry, lang, about, named.union(*others))


class _ByArticle(Mapping[str, Sequence[Key]]):
    """Keys of an article's events; most builds ask for few articles."""

    def __init__(self, articles: Mapping[str, Evidence], group: Callable[[Key], tuple[Key, ...]]) -> None:
        self._articles, self._group = articles, group

    def __getitem__(self, id_: str) -> Sequence[Key]:
        keys = (self._group((id_, item))[0] for item in self._articles[id_].tells)
        if found := list(dict.fromkeys(keys)):
            return found
        raise KeyError(id_)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._articles and bool(self._articles[str(id_)].tells)

    def __iter__(self) -> Iterator[str]:
        return (id_ for id_, article in self._articles.items() if article.tells)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def event(reported: Iterable[EventEntry], lang: str, key: Key = ("", "")) -> JoinedEvent:
    """One event from its entries: in the site's language first, then most precise, then earliest."""
    listed = tuple(reported)
    if len(listed) == 1:
        return JoinedEvent(listed, listed[0][1].entry.event, (), (), key)
    ordered = tuple(
        sorted(listed, key=lambda one: _prominence(one[0].page, one[1].entry.date, _key(one), lang))
    )
    quotes = [(item.entry.quote, article.page.lang or lang) for article, item in ordered]
    figures = tuple(tuple((ordered[at], words) for at, words in found) for found in differing(quotes))
    return JoinedEvent(ordered, ordered[0][1].entry.event, _dates(ordered), figures, key)


def _key(event_entry: EventEntry) -> Key:
    return event_entry[0].id, event_entry[1].id


def _prominence(page: ArticlePage, date: str, key: Key, lang: str) -> _Prominence:
    """Sort key of entries; the smallest is displayed first. `date`: of the entry."""
    own = (page.lang or lang).partition("-")[0] == lang.partition("-")[0]
    return not own, _width(date), not page.date, page.date, key


def _width(edtf: str) -> int:
    """Number of possible days; open, unknown and absent dates are the widest."""
    date = parse(edtf) if edtf else None
    if date is None or date.earliest is None or date.latest is None:
        return 10**9
    return (date.latest - date.earliest).days


def _dates(reported: tuple[EventEntry, ...]) -> Differing:
    """The first entry of each date if two dates contradict each other; else nothing."""
    dated: dict[str, EventEntry] = {}
    for one in reported:
        if one[1].entry.date:
            dated.setdefault(one[1].entry.date, one)
    reaches = [reach(parse(date)) for date in dated]
    low = max((first for first, _ in reaches if first), default=None)
    high = min((end for _, end in reaches if end), default=None)
    apart = low is not None and high is not None and low >= high
    return tuple((one, date) for date, one in dated.items()) if apart else ()
