"""The feeds of a site and their content.

Without the site's own address only Atom is written: RSS and JSON Feed do not allow relative links.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.media import Author
from dossierkit.model.page import DossierPage
from dossierkit.model.record import Record
from dossierkit.site import summary
from dossierkit.site.context import Context
from dossierkit.site.feeds import atom, jsonfeed, rss
from dossierkit.site.feeds.shape import Feed, FeedEntry, FeedFormat, day, instant, urn
from dossierkit.site.interface import Site, Unit
from dossierkit.text.links import web

NEWEST = 50
"""The most articles in a feed of the site or of a dossier."""
OF_ENTITY = 20


def formats(site: Site) -> tuple[FeedFormat, ...]:
    """The formats in which every feed of the site is written."""
    return (atom.FORMAT, rss.FORMAT, jsonfeed.FORMAT) if site.publication.address else (atom.FORMAT,)


def folder(path: str) -> str:
    """The folder of a page's feeds, below the site's root."""
    return "" if path == "index.md" else f"{path.removesuffix('.md')}/"


def has_feeds(frame: Context, path: str) -> bool:
    """Whether the page at `path` has feeds."""
    room, _, name = path.removesuffix(".md").partition("/")
    if room == "entities":
        return frame.followed(name)
    return path == "index.md" or (room == "dossiers" and name in frame.content.dossiers)


def units(frame: Context) -> Iterator[Unit]:
    """One unit for each page that has feeds."""
    writer, content = _FeedWriter(frame), frame.content
    followed: tuple[tuple[str, Callable[[], _Followed]], ...] = (
        ("index.md", partial(_site, frame)),
        *(
            (visibility.dossier_path(id_), partial(_dossier, frame, dossier))
            for id_, dossier in content.dossiers.items()
        ),
        *(
            (visibility.entity_path(id_), partial(_record, frame, record))
            for id_, record in content.records.items()
            if frame.followed(id_)
        ),
    )
    for path, make in followed:
        paths = tuple(folder(path) + kind.name for kind in formats(frame.site))
        yield Unit(paths, partial(writer.files, path, make))


@dataclass(frozen=True, slots=True)
class _Followed:
    """The content of a page's feeds."""

    title: str
    subtitle: str
    articles: tuple[Evidence, ...]


def _site(frame: Context) -> _Followed:
    publication = frame.site.publication
    return _Followed(
        publication.name, publication.description, _newest(frame, frame.graph.articles.values(), NEWEST)
    )


def _dossier(frame: Context, dossier: DossierPage) -> _Followed:
    members = select(dossier, frame.graph.articles)
    return _Followed(dossier.title, summary.dossier(frame, dossier), _newest(frame, members, NEWEST))


def _record(frame: Context, record: Record) -> _Followed:
    naming = frame.graph.naming.get(record.id, ())
    return _Followed(
        summary.name(frame, record), summary.entity(frame, record), _newest(frame, naming, OF_ENTITY)
    )


def _newest(frame: Context, articles: Iterable[Evidence], most: int) -> tuple[Evidence, ...]:
    return tuple(sorted(articles, key=partial(_updated, frame), reverse=True)[:most])


def _updated(frame: Context, article: Evidence) -> str:
    """The instant at which readers last got something new of an article: its arrival, a change, or a correction."""
    page, arrival = article.page, frame.arrival(article.page)
    days = (arrival.arrived or page.date, arrival.changed, *(item.date for item in page.corrections))
    return max(map(instant, days))


class _FeedWriter:
    """Writes feeds; texts that several feeds share are made once."""

    def __init__(self, frame: Context) -> None:
        self._frame = frame
        self._entries: dict[str, FeedEntry] = {}
        self._written: dict[tuple[str, str, str], str] = {}

    def files(self, path: str, make: Callable[[], _Followed]) -> Iterator[tuple[str, str]]:
        """The path on the site and the text of each feed of a page."""
        followed = make()
        entries = tuple(self._entry(article) for article in followed.articles)
        feed = _feed(self._frame, path, followed, entries)
        for kind in formats(self._frame.site):
            yield (
                feed.folder + kind.name,
                kind.document(feed, (self._text(kind, feed_entry, feed.root) for feed_entry in entries)),
            )

    def _entry(self, article: Evidence) -> FeedEntry:
        page, _ = article.page, article.layer  # read for each feed, so that it is recorded as a dependency
        if page.id not in self._entries:
            self._entries[page.id] = entry(self._frame, article)
        return self._entries[page.id]

    def _text(self, kind: FeedFormat, feed_entry: FeedEntry, root: str) -> str:
        key = kind.name, feed_entry.id, root
        if key not in self._written:
            self._written[key] = kind.entry(feed_entry, root)
        return self._written[key]


def entry(frame: Context, article: Evidence) -> FeedEntry:
    page = article.page
    return FeedEntry(
        id=urn(frame.site.publication.identity, visibility.article_path(page.id)),
        address=frame.site.urls.served_at(visibility.article_path(page.id)),
        title=page.title,
        summary=summary.article(article),
        lang=page.lang or frame.t.lang,
        published=day(frame.arrival(page).arrived or page.date),
        updated=_updated(frame, article),
        authors=page.credited or _publisher(page.source.publisher),
        source=web(page.source.url),
        tags=page.tags,
    )


def _publisher(name: str) -> tuple[Author, ...]:
    return (Author(organization=name),) if name else ()


def _feed(frame: Context, path: str, followed: _Followed, entries: tuple[FeedEntry, ...]) -> Feed:
    site, where, title = frame.site.publication, folder(path), followed.title
    return Feed(
        id=urn(site.identity, path),
        folder=where,
        page=frame.site.urls.served_at(path),
        root=site.address or "../" * where.count("/"),
        title=title if path == "index.md" or not site.name else f"{title} · {site.name}",
        subtitle=followed.subtitle,
        lang=frame.t.lang,
        site=site.name or title,
        entries=entries,
    )
