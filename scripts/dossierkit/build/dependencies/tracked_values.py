"""Articles, records, dossiers and events that record which of their parts a page reads.

Each is a subclass of the class that it wraps, with a property for every field.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from operator import attrgetter
from typing import Any, TypeVar

from dossierkit.build.dependencies import facets
from dossierkit.build.dependencies.digests import CARD
from dossierkit.build.dependencies.reads import Reads, TrackedMapping
from dossierkit.evidence.events.comparable import Key
from dossierkit.evidence.events.joined import Differing, EventEntry, Events, JoinedEvent
from dossierkit.evidence.gathering import AnchoredMention, Evidence, MentionInSentence, Supported, by_entity
from dossierkit.model.page import ArticlePage, DossierPage
from dossierkit.model.record import Record

_T = TypeVar("_T")
_V = TypeVar("_V")


def _noting(kinds: Mapping[str, str], base: type | None = None, other: str = "") -> Callable[[type], type]:
    """Decorator: make a property of each name in `kinds`, which records the kind; of other fields of `base` one that records `other`.

    The id is not recorded.
    """
    every = {**dict.fromkeys((field.name for field in fields(base)), other), **kinds} if base else kinds

    def reading(name: str, kind: str) -> property:
        def read(self: Any) -> Any:  # noqa: ANN401 - the class that is decorated
            self._reads.note(kind, self._id)
            return getattr(self._of, name)

        return property(read)

    def decorate(kind: type) -> type:
        for name, recorded in every.items():
            setattr(kind, name, reading(name, recorded))
        kind.id = property(attrgetter("_id"))  # type: ignore[attr-defined]  # all of them have one
        return kind

    return decorate


def _standing_for(kind: type[_T], item: Any, reads: Reads, **further: object) -> _T:  # noqa: ANN401 - of the class that `kind` extends
    """What stands for an item. Its id is asked for most often, by every read."""
    return _made(kind, _of=item, _id=item.id, _reads=reads, **further)


def _made(kind: type[_T], **values: object) -> _T:
    """An instance of a frozen dataclass's subclass with only these attributes set."""
    one = object.__new__(kind)
    for name, value in values.items():
        object.__setattr__(one, name, value)
    return one


@_noting(
    {**dict.fromkeys((*CARD, "image"), "record.card"), "corrections": "record.corrections"},
    Record,
    "record.all",
)
class TrackedRecord(Record):
    """A record; the fields that lists show are recorded as `record.card`."""

    __slots__ = ("_id", "_of", "_reads")


@_noting({"title": "dossier.title", "corrections": "dossier.corrections"}, DossierPage, "dossier.all")
class TrackedDossier(DossierPage):
    __slots__ = ("_id", "_of", "_reads")


_POSITIONED = dict.fromkeys(("body", "body_line", "entities", "timeline", "path"), "unknown")


_STATE = dict.fromkeys(("status", "unreviewed", "unreviewed_entries"), "article.state")


@_noting({"corrections": "article.corrections", **_STATE, **_POSITIONED}, ArticlePage, "article.page")
class TrackedArticlePage(ArticlePage):
    """An article's page; its text is read through its evidence (`TrackedArticle`)."""

    __slots__ = ("_id", "_of", "_reads")


@_noting(
    {
        **dict.fromkeys(("layer", "anchors", "placed"), "article.text"),
        "counts": "article.mentions",
        "tells": "article.timeline",
        "claims": "article.claims",
        "waived": "article.waived",
    }
)
class TrackedArticle(Evidence):
    """An article's evidence; reads are recorded by facet (`build.dependencies.facets`)."""

    __slots__ = ("_id", "_of", "_reads", "_view")
    _of: Evidence
    _reads: Reads
    _view: View

    @property
    def page(self) -> ArticlePage:
        """The page without its text. While no page is made, the page as it is: nothing is recorded then."""
        if not self._reads.noting:
            return self._of.page
        return self._shown("article.page", lambda: facets.shown(self._of.page))

    @property
    def records(self) -> tuple[Record, ...]:
        return self._shown("article.records", lambda: tuple(map(self._view.record, self._of.records)))

    @property
    def mentions(self) -> tuple[AnchoredMention, ...]:
        return self._shown("article.mentions", lambda: facets.mentioned(self._of.mentions))

    @property
    def timeline(self) -> tuple[Supported, ...]:
        return self._shown("article.timeline", lambda: facets.without_places(self._of.timeline))

    @property
    def named(self) -> tuple[Record, ...]:
        return self._shown("article.named", lambda: tuple(map(self._view.record, self._of.named)))

    @property
    def _by_entity(self) -> dict[str, list[AnchoredMention]]:
        return by_entity(self.mentions)

    def passages(self, entity: str) -> tuple[MentionInSentence, ...]:
        self._reads.note("article.passages", f"{self.id} {entity}")
        return self._of.passages(entity)

    def _shown(self, kind: str, make: Callable[[], _T]) -> _T:
        return self._reads.shown(kind, self.id, make)


class TrackedEvent(JoinedEvent):
    """An event; any field but its key is recorded as a read of the whole event."""

    __slots__ = ("_key", "_of", "_view")
    _key: Key
    _of: Events
    _view: View

    @property
    def key(self) -> Key:
        return self._key

    @property
    def entries(self) -> tuple[EventEntry, ...]:
        return self._noted().entries

    @property
    def word(self) -> str:
        return self._noted().word

    @property
    def dates(self) -> Differing:
        return self._noted().dates

    @property
    def figures(self) -> tuple[Differing, ...]:
        return self._noted().figures

    def _noted(self) -> JoinedEvent:
        return self._view.reads.shown("event", " ".join(self._key), self._made)

    def _made(self) -> JoinedEvent:
        one = self._of.one(self._key)
        tracked = {
            (article.id, item.id): (self._view.article(article), _without_place(item))
            for article, item in one.entries
        }

        def shown(pair: tuple[Evidence, Supported]) -> tuple[Evidence, Supported]:
            return tracked[pair[0].id, pair[1].id]

        return JoinedEvent(
            tuple(tracked.values()),
            one.word,
            tuple((shown(pair), date) for pair, date in one.dates),
            tuple(tuple((shown(pair), words) for pair, words in figure) for figure in one.figures),
            one.key,
        )


class View:
    """Makes the tracked form of each value."""

    def __init__(self, reads: Reads) -> None:
        self.reads = reads
        self._articles: dict[str, Evidence] = {}

    def mapping(self, kind: str, items: Mapping[str, Any], shown: Callable[[Any], _V]) -> TrackedMapping[_V]:
        return TrackedMapping(kind, items, self.reads, shown)

    def article(self, evidence: Evidence) -> Evidence:
        """One for each article: every entity that it names leads to it."""
        id_ = evidence.id
        if (known := self._articles.get(id_)) is None:
            known = self._articles[id_] = _standing_for(TrackedArticle, evidence, self.reads, _view=self)
        return known

    def record(self, record: Record) -> Record:
        return _standing_for(TrackedRecord, record, self.reads)

    def dossier(self, page: DossierPage) -> DossierPage:
        return _standing_for(TrackedDossier, page, self.reads)

    def article_page(self, page: ArticlePage) -> ArticlePage:
        return _standing_for(TrackedArticlePage, page, self.reads)

    def event(self, key: Key, events: Events) -> JoinedEvent:
        return _made(TrackedEvent, _of=events, _key=key, _view=self)


def _without_place(item: Supported) -> Supported:
    return facets.without_places((item,))[0]
