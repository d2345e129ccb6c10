"""The indexes: articles, entities, dossiers, the whole timeline, corrections. Each may have a curated lead."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from dossierkit.compile import corrections, publish
from dossierkit.compile.listing import Listing
from dossierkit.compile.pages import timelines
from dossierkit.compile.pages.frame import Frame, join
from dossierkit.compile.select import select
from dossierkit.compile.site import CompiledPage, Later, Lead
from dossierkit.compile.views import EntityItem
from dossierkit.model.record import Record

Values = Callable[[Frame, Listing], dict[str, Any]]


def pages(frame: Frame) -> Iterator[Later]:
    yield _later(frame, "articles", articles)
    yield _later(frame, "entities", entities)
    yield _later(frame, "dossiers", dossiers)
    yield from timelines.pages(frame, frame.site.leads.get(timelines.WHOLE, Lead({}, "")))
    yield _later(frame, "corrections", corrected)


def _later(frame: Frame, key: str, values: Values) -> Later:
    return Later(f"{key}/index.md", partial(page, frame, key, values))


def page(frame: Frame, key: str, values: Values) -> CompiledPage:
    """The index `key`: its title is a string of that name, its list the fragment of that name."""
    path = f"{key}/index.md"
    lead = frame.site.leads.get(path, Lead({}, ""))
    title = str(lead.meta.get("title", frame.t(key)))
    top = f"<h1>{_escape(title)}</h1>" if "# " not in lead.body[:2] else ""
    html = frame.html(f"{key}.html", **values(frame, frame.listing(path)))
    meta = {"title": title, "hide": ["toc"], **lead.meta}
    return CompiledPage(path, meta, join(top, lead.body, html), own(lead, path))


def articles(frame: Frame, listing: Listing) -> dict[str, Any]:
    return {"articles": tuple(listing.article(article) for article in frame.graph.articles.values())}


def entities(frame: Frame, listing: Listing) -> dict[str, Any]:
    def counted(record: Record) -> EntityItem:
        count = len(frame.graph.naming.get(record.id, ()))
        return listing.entity(record, count, frame.t.count("articles_count", count))

    records = sorted(frame.content.records.values(), key=lambda record: (record.title.casefold(), record.id))
    return {"groups": listing.groups(counted(record) for record in records)}


def dossiers(frame: Frame, listing: Listing) -> dict[str, Any]:
    rows = []
    for dossier in frame.content.dossiers.values():
        members = select(dossier, frame.graph.articles)
        entries = len(frame.events.among([member.page.id for member in members]))
        href = listing.href(publish.dossier_path(dossier.id))
        rows.append({"dossier": dossier, "href": href, "counts": frame.counts(members, entries)})
    return {"dossiers": tuple(rows)}


def corrected(frame: Frame, listing: Listing) -> dict[str, Any]:
    items = corrections.of_all(listing)
    feed = frame.site.urls.to(listing.here, corrections.FEED) if items else ""
    return {"corrections": items, "feed": feed}


def own(lead: Lead, path: str) -> str:
    """The file of content/ that a page was made from; empty where the site has none of its own."""
    return path if lead.meta or lead.body else ""


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
