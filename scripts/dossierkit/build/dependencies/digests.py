"""The digest of every key that `build.dependencies.reads` records. If it is unchanged, so is what pages read under that key.

An empty digest stands for values that cannot be compared; it equals nothing, not even another empty one.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain
from typing import Any, Protocol

from dossierkit.build.dependencies.facets import PASSAGES
from dossierkit.build.dependencies.reads import ALL, Key, key_of
from dossierkit.model.notice import Correction
from dossierkit.model.page import ArticlePage
from dossierkit.model.plain import digest_of, digested
from dossierkit.model.provenance import PageOrigins
from dossierkit.model.record import Record, Relation
from dossierkit.parallel.fork import Work, processors
from dossierkit.site.charts.ties import CuratedRelation
from dossierkit.site.context import Context, DossierPlace

NONE = "-"
"""Digest of something that does not exist."""
_RUN = 500
"""Keys that one process digests at a time: fewer are not worth another process."""
_One = Callable[[str], str]
_Kind = tuple[_One, Iterable[str]]
"""The function that digests one item of a kind, and the ids of all items of it."""
_FACETS = ("page", "records", "named", "mentions", "claims", "timeline", "waived", "text")
_OF_EVIDENCE = frozenset({"article.passages", "sentences", *(f"article.{name}" for name in _FACETS)})
EVENTS, RECORDS, DOSSIERS = "all events", "all records", "all dossiers"
ALL_OF = frozenset({EVENTS, RECORDS, DOSSIERS})
_OF_EVENTS = ("event", "events.count", "events.keys", "events.about", "events.of", "events.shared")
_OF_TIES = ("stated", "with_each", "between")
_OF_RECORDS = ("record.card", "record.all", "record.corrections", "records", "incoming")
_OF_DOSSIERS = ("dossier.title", "dossier.all", "dossier.corrections", "dossiers")
_RESTING: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(_OF_EVENTS, (EVENTS,)),
    **dict.fromkeys(_OF_RECORDS, (RECORDS,)),
    **dict.fromkeys(_OF_DOSSIERS, (DOSSIERS,)),
    "cast": (DOSSIERS, RECORDS),
    "members": (DOSSIERS, "page", "records"),
    "naming": ("named", "page"),
    "elsewhere": ("named", "page"),
    "shared": ("named", "page"),
    "kinship": (EVENTS, "named", "page"),
    "stated": (RECORDS, "page"),
    "together": ("named", "page"),
    "with_each": ("mentions",),
    "between": ("mentions",),
}
"""Kinds that are derived from all records, dossiers or events, or from facets of articles, and from which."""
_ALL_RESTING = {"evidence": ("page",), **{f"article.{name}": (name, "page") for name in _FACETS}}
"""The same for keys that stand for all articles (`*`). The order of articles follows from their facet `page`."""


class Unchanged(Protocol):
    """What is known to be the same as at the last build, so that its digests need not be computed."""

    @property
    def articles(self) -> Container[str]:
        """Ids of the articles with unchanged evidence."""

    def alike(self, *names: str) -> bool:
        """Whether each name is unchanged for the whole site: `EVENTS`, `RECORDS`, `DOSSIERS`, or a facet of all articles."""


class _Lazily(Iterable[str]):
    """An iterable that is computed when it is iterated over."""

    def __init__(self, make: Callable[[], Iterable[str]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[str]:
        return iter(self._make())


class Digests:
    """Digests of one build's context. `facets`: by article id, as `build.dependencies.facets` returns them."""

    def __init__(self, frame: Context, facets: Mapping[str, Mapping[str, str]]) -> None:
        self._frame, self._facets = frame, facets

    def of(self, key: Key) -> str:
        kind, name = key
        kinds = (
            self._of_events if kind in _OF_EVENTS else self._of_ties if kind in _OF_TIES else self._of_content
        )
        one, keys = kinds.get(kind, (_unknown, ()))
        return _joined((each, one(each)) for each in keys) if name == ALL else one(name)

    def changed(
        self, numbers: Mapping[str, int], before: Callable[[int], str], steady: Unchanged
    ) -> dict[int, str]:
        """The keys whose digest differs from the last build's: their new digests, by number.

        `numbers`: the number of each key, given as a line of `reads.key_lines`. `before`: the last build's digest by number.
        """
        asked = tuple(self._unsteady(numbers, steady))
        runs = [asked[start : start + _RUN] for start in range(0, len(asked), _RUN)]
        digests = Work(self._of_lines, runs, min(len(runs), processors(len(asked)))).results()
        found = zip(asked, chain.from_iterable(digests), strict=True)
        return {numbers[line]: now for line, now in found if not now or now != before(numbers[line])}

    def _unsteady(self, lines: Iterable[str], steady: Unchanged) -> Iterator[str]:
        """The keys whose digest may differ."""
        same = frozenset(kind for kind, names in _RESTING.items() if steady.alike(*names))
        every = {(kind, ALL) for kind, names in _ALL_RESTING.items() if steady.alike(*names)}
        articles = steady.articles
        for line in lines:
            kind, key = key_of(line)
            of_same = kind in _OF_EVIDENCE and key.partition(" ")[0] in articles
            if not (kind in same or of_same or (kind, key) in every):
                yield line

    def _of_lines(self, lines: Iterable[str]) -> list[str]:
        return [self.of(key_of(line)) for line in lines]

    @cached_property
    def _of_content(self) -> Mapping[str, _Kind]:
        content, graph = self._frame.content, self._frame.graph
        kinds: dict[str, _Kind] = {
            "record.card": (self._record(_card), content.records),
            "record.all": (self._record(lambda record: record), content.records),
            "record.corrections": (_corrections(content.records), content.records),
            "dossier.title": (_value(content.dossiers, lambda one: [one.title]), content.dossiers),
            "dossier.all": (_value(content.dossiers, lambda one: one), content.dossiers),
            "dossier.corrections": (_corrections(content.dossiers), content.dossiers),
            "article.corrections": (_corrections(content.articles), content.articles),
            "article.state": (_value(content.articles, _state), content.articles),
            "article.passages": (self._passages, _Lazily(self._every_passages)),
            "articles": (_there(content.articles), content.articles),
            "records": (_there(content.records), content.records),
            "dossiers": (_there(content.dossiers), content.dossiers),
            "evidence": (_there(graph.articles), graph.articles),
            "naming": (_value(graph.naming, lambda found: [one.id for one in found]), graph.naming),
            "elsewhere": (_value(graph.elsewhere, _itself), graph.elsewhere),
            "shared": (_value(graph.shared, lambda found: [one.id for one in found]), graph.shared),
            "kinship": (_value(self._frame.kinship, _itself), self._frame.kinship),
            "together": (self._together, graph.naming),
            "sentences": (lambda id_: self._facet("mentions", id_), graph.articles),
            "members": (_value(self._frame._members, _places), self._frame._members),  # noqa: SLF001 - what pages read
            "cast": (_there(self._frame._cast), self._frame._cast),  # noqa: SLF001 - what pages read
            "incoming": (_value(self._frame._incoming, _relations), self._frame._incoming),  # noqa: SLF001 - as above
            "leads": (_value(self._frame.site.leads, lambda one: one), self._frame.site.leads),
            "media": (_value(self._frame.site.media, lambda one: one), self._frame.site.media),
            "originals": (_value(self._frame.site.originals, _itself), self._frame.site.originals),
            "facsimiles": (_value(self._frame.site.facsimiles, _itself), self._frame.site.facsimiles),
            "embargo": (self._embargo, content.articles),
            "origins": (_origins(self._frame.site.origins), content.articles),
            "arrival": (_value(self._frame.site.arrivals, _itself), content.articles),
        }
        return kinds | {f"article.{name}": (self._facet_of(name), graph.articles) for name in _FACETS}

    @cached_property
    def _of_ties(self) -> Mapping[str, _Kind]:
        ties = self._frame.ties
        return {
            "with_each": (_value(ties.with_each, lambda found: list(found.items())), ties.with_each),
            "between": (_value(ties.between, lambda found: list(found.items())), ties.between),
            "stated": (_value(ties.stated, _curated), ties.stated),
        }

    @cached_property
    def _of_events(self) -> Mapping[str, _Kind]:
        events = self._frame.events
        return {
            "events.count": (lambda _: digested(lambda: events.count), ("",)),
            "events.keys": (lambda _: digested(lambda: events.keys), ("",)),
            "events.about": (_value(events.by_entity, _itself), events.by_entity),
            "events.of": (_value(events.by_article, _itself), events.by_article),
            "events.shared": (_value(events.shared, _itself), events.shared),
            "event": (self._event, _Lazily(lambda: map(" ".join, events.keys))),
        }

    def _every_passages(self) -> Iterator[str]:
        for id_ in self._frame.graph.articles:
            for name in self._facets[id_]:
                if name.startswith(PASSAGES):
                    yield f"{id_} {name.removeprefix(PASSAGES)}"

    def _facet_of(self, name: str) -> _One:
        return lambda id_: self._facet(name, id_)

    def _facet(self, name: str, article: str) -> str:
        return self._facets[article].get(name, NONE) if article in self._facets else NONE

    def _passages(self, key: str) -> str:
        article, _, entity = key.partition(" ")
        return self._facet(f"{PASSAGES}{entity}", article)

    def _together(self, entity: str) -> str:
        """Co-occurrence of an entity depends on the names in all articles that name it."""
        naming = self._frame.graph.naming.get(entity, ())
        return _joined((evidence.id, self._facet("named", evidence.id)) for evidence in naming)

    def _record(self, part: Callable[[Record], object]) -> _One:
        return _value(self._frame.content.records, part)

    def _event(self, key: str) -> str:
        """An event's content comes from its articles' timelines, the order of its entries from the articles' pages."""
        article, _, item = key.partition(" ")
        group = self._frame.events.group((article, item))
        parts = [(one, self._facet("timeline", one[0]), self._facet("page", one[0])) for one in group]
        return "" if any("" in part for part in parts) else digest_of(repr(parts))

    def _embargo(self, id_: str) -> str:
        page = self._frame.content.articles.get(id_)
        return digest_of(self._frame.embargoed(page)) if page else NONE


def _joined(pairs: Iterable[tuple[str, str]]) -> str:
    """One digest of several named digests, in their order; empty if one of them is."""
    listed = tuple(pairs)
    return "" if any(not one for _, one in listed) else digest_of(repr(listed))


def _there(items: Mapping[str, Any]) -> _One:
    return lambda key: "+" if key in items else NONE


def _value(items: Mapping[str, Any], part: Callable[[Any], object]) -> _One:
    return lambda key: digested(lambda: part(items[key])) if key in items else NONE


def _origins(known: Mapping[str, PageOrigins]) -> _One:
    return lambda id_: known[id_].digest if id_ in known else NONE


def _corrections(pages: Mapping[str, Any]) -> _One:
    def all_of(page: Any) -> list[object]:  # noqa: ANN401 - a page of any kind
        return [_correction(correction) for correction in page.corrections]

    return _value(pages, all_of)


def _correction(correction: Correction) -> list[str]:
    return [correction.date, correction.what, correction.why]


CARD = ("title", "type", "description", "same_as", "facts", "unreviewed")
"""The fields of a record that lists and referring pages show, beside its picture."""


def _card(record: Record) -> list[object]:
    return [*map(record.stated, CARD), record.image and [record.image.src, record.image.alt]]


def _state(page: ArticlePage) -> list[object]:
    return [page.status, page.unreviewed, page.unreviewed_entries]


def _places(places: Iterable[DossierPlace]) -> list[object]:
    return [[place.dossier.id, place.previous, place.next] for place in places]


def _curated(items: Iterable[CuratedRelation]) -> list[object]:
    return _relations((item.source, item.relation) for item in items)


def _relations(pairs: Iterable[tuple[Any, Relation]]) -> list[object]:
    return [
        [
            getattr(source, "id", source),
            relation.type,
            relation.to,
            relation.date,
            relation.article,
            relation.quote,
        ]
        for source, relation in pairs
    ]


def _itself(value: object) -> object:
    return value


def _unknown(_: str) -> str:
    return ""
