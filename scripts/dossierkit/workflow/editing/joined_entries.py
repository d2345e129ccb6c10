"""Which entries of several articles report one event, as readers will see it: computed from pages only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from dossierkit.evidence.events.comparable import ComparableEntry, comparable_entry, names_of
from dossierkit.evidence.events.grouping import join
from dossierkit.evidence.events.offers import offered
from dossierkit.model.page import TimelineEntry
from dossierkit.model.record import Record
from dossierkit.workflow.editing.article_state import ArticleState
from dossierkit.workflow.editing.index import SiteIndex

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """An entry in its article. `at`: its index in the page's timeline."""

    article: ArticleState
    at: int
    entry: TimelineEntry

    @property
    def key(self) -> Key:
        return self.article.id, f"{self.at:05}"

    @property
    def words(self) -> str:
        """The entry's name in site-wide decisions."""
        return " ".join(f"{self.article.id}: {self.entry.text}".split())


@dataclass(frozen=True, slots=True)
class EventEntries:
    """`entries`: the entries of an event, by article; `word`: its name in the key `event:`, empty without."""

    entries: tuple[PlacedEntry, ...]

    @property
    def word(self) -> str:
        return self.entries[0].entry.event

    def says(self, words: str) -> bool:
        """Whether an entry has these words, in lower case, in its heading, date or article's id. Yes for no words."""
        return not words or any(
            words in f"{entry.entry.text} {entry.entry.date} {entry.article.id}".casefold()
            for entry in self.entries
        )

    @property
    def date(self) -> str:
        return min((entry.entry.date for entry in self.entries if entry.entry.date), default="")


@dataclass
class JoinedEntries:
    """The joined events of all articles, computed again if a timeline has changed."""

    index: SiteIndex
    _of: tuple[object, ...] = ()
    _events: tuple[EventEntries, ...] = field(default=())
    _by_key: Mapping[Key, PlacedEntry] = field(default_factory=dict)
    _comparable_entries: tuple[ComparableEntry, ...] = ()
    _offers: tuple[object, tuple[EventEntries, ...]] = (None, ())

    def all(self) -> tuple[EventEntries, ...]:
        """The events by date, undated ones last."""
        timelines = tuple(
            (path, state.page.article.timeline) for path, state in sorted(self.index.articles.items())
        )
        if timelines != self._of:
            self._events, self._of = tuple(self._made()), timelines
        return self._events

    def offers(self) -> tuple[EventEntries, ...]:
        """Entries of one date in several articles that may be one event, the most similar first, without decided ones."""
        events = self.all()
        apart = frozenset(
            (decision.name, decision.other)
            for decision in self.index.decisions
            if decision.kind == "not_same_event"
        )
        if self._offers[0] != (events, apart):
            groups = offered(
                self._comparable_entries,
                (tuple(entry.key for entry in event.entries) for event in events),
                self._pairs(apart),
            )
            made = tuple(EventEntries(tuple(self._by_key[key] for key in group)) for group in groups)
            self._offers = ((events, apart), made)
        return self._offers[1]

    def _pairs(self, apart: Iterable[tuple[str, str]]) -> frozenset[frozenset[Key]]:
        keys: defaultdict[str, list[Key]] = defaultdict(list)
        for one in self._by_key.values():
            keys[one.words].append(one.key)
        return frozenset(
            frozenset((this, that)) for one, other in apart for this in keys[one] for that in keys[other]
        )

    def _made(self) -> Sequence[EventEntries]:
        by_key = {entry.key: entry for article in self.index.articles.values() for entry in entries(article)}
        self._by_key = by_key
        records = self._records()
        words: dict[str, frozenset[str]] = {}
        self._comparable_entries = tuple(
            _comparable(one, _about(one, records, self.index.found.ids), words) for one in by_key.values()
        )
        groups = (
            EventEntries(tuple(by_key[key] for key in group)) for group in join(self._comparable_entries)
        )
        return sorted(groups, key=lambda one: (not one.date, one.date, one.entries[0].key))

    def _records(self) -> Mapping[str, Record]:
        return {**self.index.found.as_records, **self.index.records}


def entries(article: ArticleState) -> Iterable[PlacedEntry]:
    return (PlacedEntry(article, at, entry) for at, entry in enumerate(article.page.article.timeline))


def _about(entry: PlacedEntry, records: Mapping[str, Record], ids: Mapping[str, str]) -> list[Record]:
    found = (records.get(ids.get(id_, id_)) for id_ in entry.entry.entities)
    return [record for record in found if record is not None]


def _comparable(
    entry: PlacedEntry, about: Sequence[Record], words: dict[str, frozenset[str]]
) -> ComparableEntry:
    for record in about:
        if record.id not in words:
            words[record.id] = names_of(record)
    names = frozenset[str]().union(*(words[record.id] for record in about))
    return comparable_entry(entry.key, entry.entry, entry.article.page.article.lang or "en", about, names)


def by_dossier(events: Iterable[EventEntries], articles: Iterable[str]) -> list[EventEntries]:
    """The events that these articles report."""
    wanted = set(articles)
    return [event for event in events if any(entry.article.id in wanted for entry in event.entries)]


def words_used(events: Iterable[EventEntries]) -> frozenset[str]:
    found: defaultdict[str, int] = defaultdict(int)
    for event in events:
        found[event.word] += 1
    return frozenset(word for word in found if word)
