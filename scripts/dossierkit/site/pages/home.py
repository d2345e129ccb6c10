"""The home page: an overview, the curated lead, the dossiers, and the newest articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.events.comparable import Key
from dossierkit.evidence.events.joined import JoinedEvent
from dossierkit.evidence.gathering import Evidence
from dossierkit.site import summary
from dossierkit.site.context import Context, join
from dossierkit.site.figures import Figures
from dossierkit.site.interface import CompiledPage, Later
from dossierkit.site.listing import Listing
from dossierkit.site.pages import dossiers, indexes, landing
from dossierkit.site.pages.landing import Count
from dossierkit.site.views import ArticleItem

_LATEST, _MOST_CAST, _MOST_REPORTED, _FEW_REPORTED = 6, 12, 6, 3
_TITLE = re.compile(r"\s*# [^\n]*(?:\n|\Z)")


def later(frame: Context) -> Later:
    """The page, made on request."""
    reported = frame.events.reported[:_MOST_REPORTED]
    return Later("index.md", partial(page, frame, reported), (reported,))


def page(frame: Context, reported: Sequence[Key] = ()) -> CompiledPage:
    """`reported`: the events of most articles, shown where no editor has marked a key moment yet; beside
    dossiers only where there are several, because a single one says little of them.
    """
    lead = frame.site.lead("index.md")
    listing = frame.listing("index.md")
    title, text = _parted(lead.body)
    heading, moments = "moments", landing.moments(listing, _events(frame))
    if not moments and (not frame.content.dossiers or len(reported) >= _FEW_REPORTED):
        heading = "reported_most"
        moments = listing.in_order(listing.event(frame.events.one(key)) for key in reported)
    chosen = dict.fromkeys(id_ for dossier in frame.content.dossiers.values() for id_ in dossier.cast_ids)
    naming = {id_: len(articles) for id_, articles in frame.graph.naming.items()}
    cast = landing.cast(frame, listing, tuple(chosen)[:_MOST_CAST], naming)
    articles = tuple(frame.graph.articles.values())
    sections = {
        "moments": (heading, moments),
        "dossiers": ("dossiers", frame.content.dossiers),
        "cast": (cast.heading, cast.members),
        "articles": ("latest_articles", articles),
    }
    order: Iterable[str] = ("cast", "dossiers", "articles")
    if moments:
        order = sections if frame.content.dossiers else ("moments", "articles", "cast")
    links = indexes.links(listing)
    figures = Figures(frame.site, "index.md")
    top = frame.html(
        "home-top.html",
        lead=frame.lead(lead.image, figures),
        title="" if title else frame.site.name,
        description=str(lead.meta.get("description") or frame.site.publication.description),
        finding=str(lead.meta.get("finding") or ""),
        tally=tuple(_tally(frame, listing)),
        bar=landing.bar(frame, ((one, sections[one][0]) for one in order if sections[one][1])),
        bar_script=landing.script(frame, listing),
        moments=moments,
        heading=heading,
        cast=cast,
        links=links,
    )
    bottom = frame.html(
        "home.html",
        moments=moments,
        cast=cast,
        latest=tuple(_card(listing, item) for item in articles[:_LATEST]),
        links=links,
        **dossiers.dossiers(frame, listing),
    )
    meta = {"title": frame.t("home"), "hide": ["toc"], **lead.meta}
    body = figures.body(text)
    return CompiledPage("index.md", meta, join(title, top, body, bottom), indexes.own(lead, "index.md"))


def _card(listing: Listing, article: Evidence) -> ArticleItem:
    """An article with what it begins with, where no editor has described it: a title alone says little."""
    return replace(listing.article(article), description=summary.article(article))


def _parted(body: str) -> tuple[str, str]:
    """The title line of a lead, as Markdown and empty if it has none, and the rest."""
    found = _TITLE.match(body)
    return (found[0].strip(), body[found.end() :]) if found else ("", body)


def _events(frame: Context) -> tuple[JoinedEvent, ...]:
    """The events of all dossiers."""
    dossiers = frame.content.dossiers.values()
    articles = dict.fromkeys(
        evidence.id for each in dossiers for evidence in select(each, frame.graph.articles)
    )
    return frame.events.among(tuple(articles)) if articles else ()


def _tally(frame: Context, listing: Listing) -> Iterator[Count]:
    """The numbers of articles, entities and events, as far as there are any, each with a link to its index."""
    numbers = {
        "articles": ("articles", len(frame.graph.articles)),
        "entities": ("entities", len(frame.content.records)),
        "entries": ("timeline", frame.events.count),
    }
    for key, (index, number) in numbers.items():
        if number:
            yield landing.count(frame, key, number, listing.href(f"{index}/index.md"))
