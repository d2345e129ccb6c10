"""The context that pages are given while their reads are recorded.

Pages get all content through it: each collection, article, record, dossier and event records which part of it is read, under
a key that `build.dependencies.digests` can digest. What no page should read raises UntrackedError.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, NoReturn, TypeVar

from dossierkit.build.dependencies.reads import ALL, UNTRACKED, Reads, UntrackedError
from dossierkit.build.dependencies.tracked_values import View
from dossierkit.evidence.backreferences import Backreferences
from dossierkit.evidence.events.comparable import Key
from dossierkit.evidence.events.joined import EventPlace, Events, JoinedEvent
from dossierkit.evidence.gathering import Evidence
from dossierkit.evidence.kinship import Kin
from dossierkit.model.page import ArticlePage, Content
from dossierkit.model.record import Record, Relation
from dossierkit.site.charts.ties import Ties
from dossierkit.site.context import Context, DossierPlace
from dossierkit.site.interface import Site

_T = TypeVar("_T")


class TrackedEvents(Events):
    """Events that record which of them are read, and by whom they are looked up."""

    def __init__(self, raw: Events, shown: View) -> None:
        self._lang = raw._lang  # noqa: SLF001 - of its own class
        self._raw, self._shown = raw, shown

    @cached_property
    def by_entity(self) -> Mapping[str, Sequence[Key]]:
        return self._shown.mapping("events.about", self._raw.by_entity, _itself)

    @cached_property
    def by_article(self) -> Mapping[str, Sequence[Key]]:
        return self._shown.mapping("events.of", self._raw.by_article, _itself)

    @cached_property
    def shared(self) -> Mapping[str, Sequence[Key]]:
        return self._shown.mapping("events.shared", self._raw.shared, _itself)

    @property
    def keys(self) -> tuple[Key, ...]:
        """The keys of all events; the content of an event is recorded when it is read."""
        self._shown.reads.note("events.keys", ALL)
        return self._raw.keys

    @property
    def places(self) -> Iterator[EventPlace]:
        """Not recorded: the pages made from places are given them as arguments."""
        return self._raw.places

    @property
    def count(self) -> int:
        self._shown.reads.note("events.count", ALL)
        return self._raw.count

    @property
    def compared(self) -> tuple[Key, ...]:
        """Not recorded: the page of a comparison is given its key as an argument."""
        return self._raw.compared

    @property
    def reported(self) -> tuple[Key, ...]:
        """Not recorded: the page that shows some of them is given their keys as an argument."""
        return self._raw.reported

    def at(self, numbers: Iterable[int]) -> tuple[JoinedEvent, ...]:
        """Not recorded beyond the events themselves: the caller was given their numbers as arguments."""
        return tuple(self.one(self._raw.keys[number]) for number in numbers)

    def derived(self, name: str, work_out: Callable[[], Any]) -> Any:  # noqa: ANN401 - as the base has it
        return self._raw.derived(name, work_out)

    def group(self, key: Key) -> NoReturn:  # noqa: ARG002 - as the base has it
        """Not for pages: an event lists its own entries."""
        raise UntrackedError

    def one(self, key: Key) -> JoinedEvent:
        return self._shown.event(key, self._raw)


@dataclass(frozen=True)
class TrackedContext(Context):
    """A context whose collections record reads. `raw`: the context that it wraps."""

    raw: Context
    view: View

    @cached_property
    def events(self) -> Events:
        return TrackedEvents(self.raw.events, self.view)

    @cached_property
    def kinship(self) -> Mapping[str, Sequence[Kin]]:
        return self.view.mapping("kinship", self.raw.kinship, _itself)

    @cached_property
    def ties(self) -> Ties:
        ties = self.raw.ties
        return Ties(
            self.view.mapping("sentences", ties.sentences, _itself),
            self.view.mapping("with_each", ties.with_each, _itself),
            self.view.mapping("between", ties.between, _itself),
            self.view.mapping("stated", ties.stated, _itself),
        )

    @cached_property
    def _incoming(self) -> Any:  # noqa: ANN401 - a mapping, as the base has it
        def shown(pairs: list[tuple[Record, Relation]]) -> list[tuple[Record, Relation]]:
            return [(self.view.record(record), relation) for record, relation in pairs]

        return self.view.mapping("incoming", self.raw._incoming, shown)  # noqa: SLF001 - of its own class

    @cached_property
    def _cast(self) -> Any:  # noqa: ANN401 - as above
        return self.view.mapping("cast", self.raw._cast, _itself)  # noqa: SLF001 - as above

    @cached_property
    def _members(self) -> Any:  # noqa: ANN401 - as above
        def shown(places: list[DossierPlace]) -> list[DossierPlace]:
            return [place._replace(dossier=self.view.dossier(place.dossier)) for place in places]

        return self.view.mapping("members", self.raw._members, shown)  # noqa: SLF001 - as above

    def embargoed(self, page: ArticlePage) -> str:
        self.view.reads.note("embargo", page.id)
        return self.raw.embargoed(self.raw.content.articles[page.id])


def tracked(frame: Context, reads: Reads) -> TrackedContext:
    """Wrap the context for pages, recording into `reads`."""
    view = View(reads)
    content, graph = frame.content, frame.graph

    def naming(articles: tuple[Evidence, ...]) -> tuple[Evidence, ...]:
        return tuple(view.article(article) for article in articles)

    return TrackedContext(
        _site(frame.site, view),
        Content(
            view.mapping("articles", content.articles, view.article_page),
            view.mapping("records", content.records, view.record),
            view.mapping("dossiers", content.dossiers, view.dossier),
            UNTRACKED,
            UNTRACKED,
        ),
        Backreferences(
            view.mapping("evidence", graph.articles, view.article),
            view.mapping("naming", graph.naming, naming),
            view.mapping("together", graph.together, _itself),
            view.mapping("elsewhere", graph.elsewhere, _itself),
            view.mapping("shared", graph.shared, naming),
        ),
        frame,
        view,
    )


def _site(site: Site, view: View) -> Site:
    """The site with its collections tracked.

    Its settings are not: every page depends on them through the manifest's fingerprint.
    """
    leads = view.mapping("leads", site.leads, _itself)
    media = view.mapping("media", site.media, _itself)
    arrivals = view.mapping("arrival", site.arrivals, _itself)
    origins = view.mapping("origins", site.origins, _itself)
    originals = view.mapping("originals", site.originals, _itself)
    facsimiles = view.mapping("facsimiles", site.facsimiles, _itself)
    noted = replace(site, leads=leads, media=media, arrivals=arrivals, origins=origins)
    noted = replace(noted, originals=originals, facsimiles=facsimiles)
    return replace(
        noted,
        now=UNTRACKED,
        files=UNTRACKED,
        waivers=UNTRACKED,
        texts=UNTRACKED,
        drawn=UNTRACKED,
        locate=UNTRACKED,
    )


def _itself(value: _T) -> _T:
    return value
