"""An article: its source note, its text with marks, and the two sidebars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from dossierkit.evidence import visibility
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.page import ArticlePage
from dossierkit.model.provenance import ClaimOrigin, said
from dossierkit.site import dateview
from dossierkit.site.charts import named_together
from dossierkit.site.charts.tools import embed_code
from dossierkit.site.cite import reference
from dossierkit.site.cite.plain import credit
from dossierkit.site.context import Context
from dossierkit.site.entry_items import entry_id
from dossierkit.site.figures import COLUMN, Figures
from dossierkit.site.interface import CompiledPage
from dossierkit.site.listing import Listing
from dossierkit.site.marked_text import marked
from dossierkit.site.pages import onward
from dossierkit.site.views import EntityGroup, EntryItem, FactLine, OriginGroup
from dossierkit.text.language import direction
from dossierkit.text.links import licence, web
from dossierkit.text.recordfacts import article_facts


def page(frame: Context, article: Evidence) -> CompiledPage:
    page = article.page
    path = visibility.article_path(page.id)
    listing = frame.listing(path)
    listing.framed = frame.site.publication.embeds == "all"
    lang = listing.lang(page)
    citation = reference.of(page, frame.site)
    figures = Figures(frame.site, path, lang)
    events = onward.elsewhere(frame, article)
    groups, entries = listing.sidebar_entities(article), listing.timeline(article, events)
    unreviewed = _unreviewed(frame, groups, entries)
    html = frame.html(
        "article.html",
        page=page,
        address=citation.page,
        lang=lang,
        dir=direction(lang),
        articles_href=listing.href("articles/index.md"),
        dossiers=tuple(listing.dossier(dossier) for dossier in frame.containing(page.id)),
        neighbours=onward.neighbours(frame, listing, page.id),
        related=onward.related(frame, listing, article),
        actions=onward.actions(frame, path, page.title),
        facts=tuple(_facts(frame, page, listing, said_open=unreviewed != "")),
        corrected=frame.corrected(path, page, listing),
        unreviewed=unreviewed,
        embargo=frame.embargoed(page),
        groups=groups,
        listed=sum(len(group.items) for group in groups),
        entries=entries,
        embed=embed_code(listing, "timeline"),
        origins=_origins(frame, article, entries),
        certainties=sorted({entry.date.certainty for entry in entries}),
        text=figures.text(marked(article, listing, {one.id: one.disputed for one in entries})),
        lead=frame.lead(page.image, figures, COLUMN),
        shown=frame.media(page, figures),
        network=frame.network(named_together.of_article(listing, article, frame.ties)),
        cite=frame.cited(citation, _original(frame, page)),
        credit=credit(citation, frame.t),
    )
    return frame.page(path, page, html)


def _unreviewed(frame: Context, groups: tuple[EntityGroup, ...], entries: tuple[EntryItem, ...]) -> str:
    """How many items of the two sidebars are undecided, in words; empty if none is."""
    names = sum(item.unreviewed for group in groups for item in group.items)
    events = sum(entry.unreviewed for entry in entries)
    counts = (("entities_count", names), ("entries_count", events))
    what = frame.t("comma").join(frame.t.count(key, count) for key, count in counts if count)
    said = (
        frame.t("unreviewed_note", what=what) if what else "",
        frame.t("unreviewed_line") if names else "",
    )
    return " ".join(filter(None, said))


def _facts(frame: Context, page: ArticlePage, listing: Listing, *, said_open: bool) -> Iterator[FactLine]:
    """`said_open`: the page says that something in it is not reviewed, so that it is not called reviewed."""
    t, source = frame.t, page.source
    date = dateview.view(page.date, t.lang)
    if source.publisher:
        yield FactLine(t("publisher"), source.publisher)
    if page.credited:
        yield FactLine(t("author"), t("comma").join(author.shown for author in page.credited))
    yield FactLine(t("published_on"), date.words or t("undated_article"))
    if source.url:
        yield FactLine(t("original"), source.url, href=web(source.url), version=web(source.archived))
    if source.archived:
        yield FactLine(t("archived"), source.archived, href=web(source.archived))
    yield from (listing.fact(article_facts()[name], value) for name, value in source.facts)
    if page.status == "draft" or (page.status == "reviewed" and not said_open):
        yield FactLine(t("status_label"), t(f"status.{page.status}"))
    if source.rights:
        yield FactLine(t("rights"), source.rights, href=licence(source.rights))
    original = frame.site.originals.get(page.id)
    if original:
        words = t("original_size", kind=original.ending, size=frame.size(original.size))
        yield FactLine(t("original_file"), words, href=frame.site.urls.to(listing.here, original.path))
    if shown := frame.site.facsimiles.get(page.id):
        href = listing.href(visibility.facsimile_path(page.id))
        yield FactLine(t("facsimiles.kind"), t.count("facsimiles.pages", len(shown)), href=href)


def _original(frame: Context, page: ArticlePage) -> Iterator[FactLine]:
    if page.source.sha256:
        yield FactLine(frame.t("source_hash"), page.source.sha256, code=True)


def _origins(frame: Context, article: Evidence, entries: Iterable[EntryItem]) -> tuple[OriginGroup, ...]:
    """The entries grouped by who proposed them and what editors did with the proposal, in the order of the timeline; entries
    of unknown origin are left out. No editor is named.
    """
    known = frame.site.origins.get(article.id)
    if known is None:
        return ()
    claims = known.claims
    origins = {entry_id(item.id): claims.get(said(item.entry)) for item in article.timeline}
    groups: defaultdict[str, list[EntryItem]] = defaultdict(list)
    for entry in entries:
        if origin := origins.get(entry.id):
            groups[_origin_words(frame, origin)].append(entry)
    return tuple(OriginGroup(words, tuple(items)) for words, items in groups.items())


def _origin_words(frame: Context, origin: ClaimOrigin) -> str:
    if origin.maker:
        return frame.t(f"origins.{origin.became}", maker=origin.maker)
    return frame.t("unreviewed" if origin.became == "open" else "origins.written")
