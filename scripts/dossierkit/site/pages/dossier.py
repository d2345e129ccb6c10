"""A dossier: an overview, the curated lead, its cast and articles, their timeline, a map and a network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.page import DossierPage
from dossierkit.site.charts import maps, named_together
from dossierkit.site.cite import plain, reference
from dossierkit.site.context import Context
from dossierkit.site.figures import Figures
from dossierkit.site.interface import CompiledPage
from dossierkit.site.listing import SourceNumber
from dossierkit.site.pages import landing, onward, timelines
from dossierkit.site.pages.landing import Count
from dossierkit.site.views import EntryItem

_NAMED = {
    "moments": "moments",
    "cast": "",
    "articles": "articles",
    "timeline": "timeline",
    "map": "figure.map_title",
    "network": "figure.network_title",
}
"""The sections of the page in order, by anchor, each with the string key of its heading if it is always the same."""


def page(frame: Context, dossier: DossierPage) -> CompiledPage:
    path = visibility.dossier_path(dossier.id)
    listing = frame.listing(path)
    articles = select(dossier, frame.graph.articles)
    listing.framed = True
    listing.edition = {article.id: _numbered(number, article) for number, article in enumerate(articles, 1)}
    events = frame.events.among([article.id for article in articles])
    timeline = timelines.folded(frame, listing, events)
    figures = Figures(frame.site, path, dossier.lang)
    naming = Counter(record.id for article in articles for record in article.named)
    cast = landing.cast(frame, listing, dossier.cast_ids, naming)
    sections = {
        "moments": landing.moments(listing, events),
        "cast": cast.members,
        "articles": tuple(listing.article(article) for article in articles),
        "map": frame.map(maps.of_dossier(listing, articles, timelines.entries(timeline))),
        "network": frame.network(named_together.of_dossier(listing, articles, frame.ties)),
    }
    here = (one for one in _NAMED if (timeline.count if one == "timeline" else sections[one]))
    top = frame.html(
        "dossier-top.html",
        lead=frame.lead(dossier.image, figures),
        dossier=dossier,
        index_href=listing.href("dossiers/index.md"),
        counts=tuple(_counts(frame, len(articles), timeline.count)),
        unreviewed=_unreviewed(frame, timelines.entries(timeline)),
        bar=landing.bar(frame, ((one, _NAMED[one] or cast.heading) for one in here)),
        bar_script=landing.script(frame, listing),
        moments=sections["moments"],
        cast=cast,
    )
    cited_here = reference.of(dossier, frame.site)
    bottom = frame.html(
        "dossier-bottom.html",
        dossier=dossier,
        timeline=timeline,
        sources=tuple(plain.printed(reference.of(article.page, frame.site), frame.t) for article in articles),
        address=cited_here.page,
        **{**sections, "cast": cast},
    )
    corrected = frame.corrected(path, dossier, listing)
    actions = frame.html("actions.html", actions=onward.actions(frame, path, dossier.title))
    cited = frame.cited(cited_here)
    body, shown = figures.body(dossier.body), frame.media(dossier, figures)
    return frame.page(path, dossier, top, corrected, body, shown, bottom, actions, cited)


def _numbered(number: int, article: Evidence) -> SourceNumber:
    _, timeline = article.placed
    return SourceNumber(number, {item.id: item.sentence + 1 for item in timeline if not item.waived})


def _unreviewed(frame: Context, events: Iterable[EntryItem]) -> str:
    """How many events are undecided, in words: the folded years do not show it. Empty if none is."""
    count = sum(event.unreviewed for event in events)
    return frame.t("unreviewed_note", what=frame.t.count("entries_count", count)) if count else ""


def _counts(frame: Context, articles: int, entries: int) -> Iterator[Count]:
    yield landing.count(frame, "articles", articles, "#articles")
    if entries:
        yield landing.count(frame, "entries", entries, "#timeline")
