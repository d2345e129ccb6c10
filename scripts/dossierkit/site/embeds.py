"""Pages for frames on other sites: a timeline, a network or a map, complete without scripts, with a link back and its citation.

Dossiers have them, and the entities in their casts; with `embeds: all` every entity and every article. A single event is the
timeline's page with the event's anchor: the style sheet then hides the rest of the list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.events.joined import JoinedEvent
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.page import ContentPage, DossierPage
from dossierkit.model.record import Record
from dossierkit.site.charts import maps, named_together, neighbourhood
from dossierkit.site.charts.maps import Atlas
from dossierkit.site.charts.networks import Network
from dossierkit.site.charts.tools import HEIGHTS, embed_page, embed_path
from dossierkit.site.cite import plain, reference
from dossierkit.site.context import Context
from dossierkit.site.interface import Unit
from dossierkit.site.listing import Listing
from dossierkit.site.pages import timelines
from dossierkit.text.language import direction

_STYLES = ("assets/dossierkit/dossier.css", "assets/dossierkit/embed.css")


@dataclass(frozen=True, slots=True)
class _Framed:
    """The content of a page's frames: `events` of its timeline, its network and its map. `path`: of the page below docs_dir.
    `back`: key of the words of the link back. `about`: the id of the entity, empty for other pages.
    """

    page: ContentPage
    path: str
    back: str
    events: Callable[[Context], Iterable[JoinedEvent]]
    network: Callable[[Context, Listing], Network | None]
    atlas: Callable[[Listing], Atlas | None] | None = None
    kinds: tuple[str, ...] = tuple(HEIGHTS)
    about: str = ""


def units(frame: Context) -> Iterator[Unit]:
    """One unit for each page that has pages for frames."""
    content = frame.content
    for dossier in content.dossiers.values():
        yield _unit(frame, _of_dossier(frame, dossier))
    for record in content.records.values():
        if frame.framed(record.id):
            yield _unit(frame, _of_entity(record))
    if frame.site.publication.embeds == "all":
        for article in frame.graph.articles.values():
            yield _unit(frame, _of_article(article))


def _of_dossier(frame: Context, dossier: DossierPage) -> _Framed:
    def articles() -> tuple[Evidence, ...]:
        return select(dossier, frame.graph.articles)

    return _Framed(
        dossier,
        visibility.dossier_path(dossier.id),
        "embed.whole",
        lambda context: context.events.among([article.id for article in articles()]),
        lambda context, listing: named_together.of_dossier(listing, articles(), context.ties),
        lambda listing: maps.of_dossier(listing, articles()),
    )


def _of_entity(record: Record) -> _Framed:
    return _Framed(
        record,
        visibility.entity_path(record.id),
        "embed.profile",
        lambda context: context.events.about(record.id),
        lambda context, listing: neighbourhood.of_entity(listing, record, context.ties),
        lambda listing: maps.of_place(listing, record),
        tuple(kind for kind in HEIGHTS if kind != "map" or record.location),
        record.id,
    )


def _of_article(article: Evidence) -> _Framed:
    return _Framed(
        article.page,
        visibility.article_path(article.id),
        "embed.article",
        lambda context: context.events.among([article.id]),
        lambda context, listing: named_together.of_article(listing, article, context.ties),
        kinds=tuple(kind for kind in HEIGHTS if kind != "map"),
    )


def _unit(frame: Context, framed: _Framed) -> Unit:
    paths = tuple(embed_path(framed.path, kind) for kind in framed.kinds)
    return Unit(paths, partial(_pages, frame, framed))


def _pages(frame: Context, framed: _Framed) -> Iterator[tuple[str, str]]:
    served = replace(frame, site=replace(frame.site, urls=frame.site.urls.as_served()))
    for kind in framed.kinds:
        listing = served.listing(embed_page(framed.path, kind))
        yield embed_path(framed.path, kind), _page(served, framed, kind, listing)


def _page(frame: Context, framed: _Framed, kind: str, listing: Listing) -> str:
    page, site, way = framed.page, frame.site, frame.site.urls.way(listing.here)
    lang = getattr(page, "lang", "") or frame.t.lang
    return site.template(
        "embed.html",
        {
            "kind": kind,
            "title": listing.named(page) if isinstance(page, Record) else page.title,
            "label": frame.t(f"embed.{kind}"),
            "lang": lang,
            "dir": direction(lang),
            "policy": site.framed,
            "styles": tuple(way.to(sheet) for sheet in (*_STYLES, *filter(None, (site.sheet,)))),
            "href": listing.href(framed.path),
            "back": frame.t(framed.back),
            "site": site.name,
            "cited": plain.credit(reference.of(page, site), frame.t),
            **_drawing(frame, framed, kind, listing),
        },
    )


def _drawing(frame: Context, framed: _Framed, kind: str, listing: Listing) -> dict[str, object]:
    """The values of the drawing, made by the same functions as on the page itself."""
    if kind == "timeline":
        section = timelines.section(frame, listing, framed.events(frame), framed.about)
        return {"chart": section.chart, "entries": timelines.entries(section)}
    if kind == "network":
        network = framed.network(frame, listing)
        return {"drawn": frame.network(replace(network, tools=None)) if network else ""}
    atlas = framed.atlas(listing) if framed.atlas else None
    return {"drawn": frame.map(atlas._replace(tools=None)) if atlas else ""}
