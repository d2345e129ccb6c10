"""Select visible pages: without drafts, embargoed and withdrawn pages, and what only these name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from dossierkit.evidence.candidates.leads import leads
from dossierkit.evidence.candidates.linking import identified
from dossierkit.model.facsimile import FACSIMILES
from dossierkit.model.page import PUBLIC, ArticlePage, Content, ContentPage, DossierPage
from dossierkit.model.record import Record, by_file
from dossierkit.text.data import load

_Page = TypeVar("_Page", ArticlePage, DossierPage)
INDEXES = tuple(f"{name}/index.md" for name in load("indexpages"))
LEADS = ("index.md", *INDEXES)
"""Pages whose text an editor may write, below docs_dir."""
_DECIMALS = {"exact": 3, "city": 2, "region": 1, "country": 0}
_UNKNOWN = 1
_HARMLESS = 1


def visible(content: Content, *, drafts: bool, now: str = "", marks: bool = False) -> Content:
    """The content without what must not be seen at `now` (an instant as `model.instant` writes it).

    With `drafts`, a preview: drafts and embargoed pages too, never what was withdrawn. Without a clock (`now` empty)
    no embargo has ended. A record has a page where a visible page names it, or, unless it says `named_only`, where an
    editor has reviewed it and no page that is kept back names it: a name can be all there is to keep. Its location is no
    more exact than readers may know it. Who is named only in articles that are kept back is left out of the cast of dossiers.
    Entities that visible pages name without a record get one here, from those pages alone. What nobody
    has decided on is left out, or with `marks`, and in a preview, keeps its mark.
    """
    marks = marks or drafts
    shown, withheld_articles = _parted(content.articles, now, drafts=drafts)
    dossiers, withheld_dossiers = _parted(content.dossiers, now, drafts=drafts)
    bearing = content.records if marks else decided_records(content.records)
    if not marks:
        undecided = content.records.keys() - bearing.keys()
        shown = {id_: decided_page(page, undecided) for id_, page in shown.items()}
    articles, every = identified(shown, bearing, content.decisions)
    meant = judged(every, articles.values(), marks=marks)
    in_articles = _named(articles, {})
    named_in_withheld = _led(_named(withheld_articles, {}), content.records) - in_articles
    dossiers = {id_: _without_cast(page, named_in_withheld) for id_, page in dossiers.items()}
    named = in_articles | _named({}, dossiers)
    withheld = _led(_named(withheld_articles, withheld_dossiers), content.records)
    records = {
        id_: generalised(record)
        for id_, record in meant.items()
        if record.status != "withdrawn"
        and (drafts or record.embargo <= now)
        and (id_ in named or (record.status in PUBLIC and not record.named_only and id_ not in withheld))
    }
    retired = (old for record in content.records.values() for old in record.redirects)
    hidden = {*withheld_articles, *(content.records.keys() - records.keys()), *retired}
    return Content(articles, records, dossiers, content.unreadable | hidden)


def embargoes(content: Content, now: str) -> Iterator[str]:
    """Instants of embargoes that have not ended."""
    for pages in (content.articles, content.records, content.dossiers):
        yield from (page.embargo for page in pages.values() if page.embargo > now)


def drafts(content: Content) -> int:
    """How many articles and dossiers are drafts."""
    pages: Iterable[ArticlePage | DossierPage] = (*content.articles.values(), *content.dossiers.values())
    return sum(page.status == "draft" for page in pages)


def checked(content: Content, shown: Content) -> Content:
    """Content to check for a site with `shown`: the same pages, and every record not withdrawn."""
    records = {id_: record for id_, record in content.records.items() if record.status != "withdrawn"}
    records |= {id_: record for id_, record in shown.records.items() if record.candidate}
    return replace(shown, records=by_file(records))


def _parted(
    pages: Mapping[str, _Page], now: str, *, drafts: bool
) -> tuple[dict[str, _Page], dict[str, _Page]]:
    """Visible pages, and the others."""
    shown = {id_: page for id_, page in pages.items() if _readable(page, now, drafts=drafts)}
    return shown, {id_: page for id_, page in pages.items() if id_ not in shown}


def released(page: ArticlePage | DossierPage, now: str) -> bool:
    """Whether readers may see it at `now`; a preview shows more."""
    return _readable(page, now, drafts=False)


def _readable(page: ArticlePage | DossierPage, now: str, *, drafts: bool) -> bool:
    if drafts:
        return page.status != "withdrawn"
    return page.status in PUBLIC and page.embargo <= now


def _without_cast(dossier: DossierPage, excluded: Collection[str]) -> DossierPage:
    cast = tuple(one for one in dossier.cast if one.id not in excluded)
    return dossier if len(cast) == len(dossier.cast) else replace(dossier, cast=cast)


def _named(articles: Mapping[str, ArticlePage], dossiers: Mapping[str, DossierPage]) -> set[str]:
    """Ids of the records that pages name."""
    sidebar = {id_ for page in articles.values() for id_ in page.gist.sidebar}
    about = {id_ for page in articles.values() for id_ in page.gist.about}
    return sidebar | about | {id_ for page in dossiers.values() for id_ in page.cast_ids}


def _led(ids: set[str], records: Mapping[str, Record]) -> set[str]:
    """The ids, and those of the records that have the names among them."""
    if ids <= records.keys():
        return ids
    known = leads(records.values())
    return ids | {record for id_ in ids for record in known.get(id_, ())}


def article_path(id_: str) -> str:
    return f"articles/{id_}.md"


def event_path(key: tuple[str, str]) -> str:
    """The page that compares the accounts of an event. `key`: as in `events.joined`."""
    article, item = key
    return f"timeline/events/{article.replace('/', '-')}-{item.removeprefix('t-')}.md"


def facsimile_path(article: str) -> str:
    """The page of facsimiles of an article's original."""
    return f"sources/{FACSIMILES}{article}.md"


def entity_path(id_: str) -> str:
    return f"entities/{id_}.md"


def dossier_path(id_: str) -> str:
    return f"dossiers/{id_}.md"


def pages_of(content: Content) -> Iterator[tuple[str, ContentPage]]:
    """Every page with its path below docs_dir."""
    yield from ((article_path(id_), article) for id_, article in content.articles.items())
    yield from ((entity_path(id_), record) for id_, record in content.records.items())
    yield from ((dossier_path(id_), dossier) for id_, dossier in content.dossiers.items())


def paths(content: Content) -> frozenset[str]:
    """Pages that texts may link to, below docs_dir."""
    return frozenset({"index.md", *INDEXES, *(path for path, _ in pages_of(content))})


def replaced(content: Content) -> frozenset[str]:
    """Files of content/ that are replaced by a compiled page, or must not be built."""
    return frozenset(path for path, _ in pages_of(content))


def decided_records(records: Mapping[str, Record]) -> Mapping[str, Record]:
    """Records that somebody has decided on; the same object if all."""
    if not any(record.unreviewed for record in records.values()):
        return records
    return {id_: record for id_, record in records.items() if not record.unreviewed}


def decided_page(page: ArticlePage, records: Collection[str]) -> ArticlePage:
    """The page without undecided items; the same object if there are none. `records`: ids to leave out too."""
    undecided = {*page.unreviewed, *(id_ for id_ in (*page.gist.sidebar, *page.gist.about) if id_ in records)}
    if not undecided and not page.unreviewed_entries:
        return page
    reviewed = (entry for entry in page.timeline if not entry.unreviewed)
    return replace(
        page,
        entities=tuple(ref for ref in page.entities if ref.id not in undecided),
        timeline=tuple(
            replace(entry, entities=tuple(id_ for id_ in entry.entities if id_ not in undecided))
            for entry in reviewed
        ),
        unreviewed=(),
        unreviewed_entries=0,
    )


def judged(
    records: Mapping[str, Record], pages: Iterable[ArticlePage], *, marks: bool
) -> Mapping[str, Record]:
    """The records; entities named by pages themselves count as reviewed if somebody has decided on the name.

    `marks`: undecided ones are included and marked, as drafts do.
    """
    live = (page for page in pages if page.status != "draft")
    known = {id_ for page in live for id_ in page.gist.sidebar if id_ not in page.unreviewed}
    return {id_: _judged(record, known, marks=marks) for id_, record in records.items()}


def _judged(record: Record, known: Collection[str], *, marks: bool) -> Record:
    if record.candidate and record.id in known:
        return replace(record, status="reviewed")
    return replace(record, unreviewed=True) if marks and record.status == "draft" else record


def decimals(record: Record) -> int:
    """Decimals of a degree for a record's precision; fewer for what moves or hides."""
    known = _DECIMALS.get(record.location.precision if record.location else "", _UNKNOWN)
    return min(known, _HARMLESS) if record.type in load("risk")["sensitive_types"] else known


def generalised(record: Record) -> Record:
    """The record with its location as precise as readers may see it, in pages, pictures and data files."""
    place = record.location
    if place is None:
        return record
    count = decimals(record)
    return replace(record, location=replace(place, lat=round(place.lat, count), lon=round(place.lon, count)))
