"""Which feeds a site has, and what is in them.

Without an address of the site only Atom is written: RSS and JSON Feed know no relative links.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from dossierkit.compile import digest, publish
from dossierkit.compile.evidence import Evidence
from dossierkit.compile.feeds import atom, jsonfeed, rss
from dossierkit.compile.feeds.shape import Entry, Feed, Format, day, instant, urn
from dossierkit.compile.pages.frame import Frame, web
from dossierkit.compile.select import select
from dossierkit.compile.site import Site

NEWEST = 50
"""How many articles a feed of the site or of a dossier holds; an entity's holds OF_ENTITY."""
OF_ENTITY = 20


def formats(site: Site) -> tuple[Format, ...]:
    """Those that every feed of the site comes in."""
    return (atom.FORMAT, rss.FORMAT, jsonfeed.FORMAT) if site.publication.address else (atom.FORMAT,)


def folder(path: str) -> str:
    """Where the feeds of a page stand, below the site's root."""
    return "" if path == "index.md" else f"{path.removesuffix('.md')}/"


def has_feeds(frame: Frame, path: str) -> bool:
    """Whether the page at `path` can be followed."""
    room, _, name = path.removesuffix(".md").partition("/")
    known = {"entities": frame.content.records, "dossiers": frame.content.dossiers}
    return path == "index.md" or name in known.get(room, ())


def paths(frame: Frame) -> tuple[str, ...]:
    """Where they are on the site."""
    followed = (
        "index.md",
        *map(publish.dossier_path, frame.content.dossiers),
        *map(publish.entity_path, frame.content.records),
    )
    return tuple(folder(path) + kind.name for path in followed for kind in formats(frame.site))


def files(frame: Frame) -> Iterator[tuple[str, str]]:
    """Every feed: its path on the site, and its text."""
    writers = [(kind, cache(kind.entry)) for kind in formats(frame.site)]
    for feed in feeds(frame):
        for kind, write in writers:
            text = kind.document(feed, (write(item, feed.root) for item in feed.entries))
            yield feed.folder + kind.name, text


def feeds(frame: Frame) -> Iterator[Feed]:
    entries = {item.page.id: entry(frame, item) for item in frame.graph.articles.values()}
    name = frame.site.publication.name

    def newest(articles: Iterable[Evidence], most: int) -> tuple[Entry, ...]:
        chosen = sorted(
            (entries[item.page.id] for item in articles), key=lambda item: item.updated, reverse=True
        )
        return tuple(chosen[:most])

    told = frame.site.publication.description
    yield _feed(frame, "index.md", name, told, newest(frame.graph.articles.values(), NEWEST))
    for dossier in frame.content.dossiers.values():
        path, articles = publish.dossier_path(dossier.id), select(dossier, frame.graph.articles)
        yield _feed(frame, path, dossier.title, digest.dossier(frame, dossier), newest(articles, NEWEST))
    for record in frame.content.records.values():
        path, articles = publish.entity_path(record.id), frame.graph.naming.get(record.id, ())
        yield _feed(frame, path, record.title, digest.entity(frame, record), newest(articles, OF_ENTITY))


def entry(frame: Frame, article: Evidence) -> Entry:
    page = article.page
    corrected = [instant(item.date) for item in page.corrections]
    return Entry(
        id=urn(frame.site.publication.identity, publish.article_path(page.id)),
        address=frame.site.urls.served_at(publish.article_path(page.id)),
        title=page.title,
        summary=digest.article(article),
        lang=page.lang or frame.t.lang,
        published=day(page.date),
        updated=max((instant(page.date), *corrected)),
        author=page.source.author or page.source.publisher,
        source=web(page.source.url),
        tags=page.tags,
    )


def _feed(frame: Frame, path: str, title: str, subtitle: str, entries: tuple[Entry, ...]) -> Feed:
    site = frame.site.publication
    where = folder(path)
    return Feed(
        id=urn(site.identity, path),
        folder=where,
        page=frame.site.urls.served_at(path),
        root=site.address or "../" * where.count("/"),
        title=title if path == "index.md" or not site.name else f"{title} · {site.name}",
        subtitle=subtitle,
        lang=frame.t.lang,
        site=site.name or title,
        entries=entries,
    )
