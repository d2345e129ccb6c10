"""From content to search records: one for each page, with its sentences and their anchors, and its facets.

A record is made on request, so that the sentences of a site are never all in memory at once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from dossierkit.evidence import visibility
from dossierkit.evidence.backreferences import Backreferences
from dossierkit.evidence.events.comparable import Key
from dossierkit.evidence.gathering import Evidence
from dossierkit.evidence.layer import layer
from dossierkit.model.page import Content, ContentPage, DossierPage
from dossierkit.model.plain import digest_of
from dossierkit.model.record import ENTITY_TYPES, Record
from dossierkit.model.searched import Findable, OwnPage, SearchEvent, SearchRecord, SearchSentence
from dossierkit.site import dateview
from dossierkit.site.context import Context
from dossierkit.site.interface import Site
from dossierkit.site.strings import Strings
from dossierkit.text.segment import sentences

_HEADING = re.compile(r"\A\s*+# ([^\n]*+)\n?")
Rests = Callable[[Evidence | Record | DossierPage], str]
"""Returns a digest of a page as read, of an article with all its evidence; empty if it is not known."""


Derived = Callable[[str, Callable[[], Any]], Any]
"""The result of the call, or the same from the last index by its name while all events are unchanged; then every tuple is a list."""


def untold(_page: Evidence | Record | DossierPage) -> str:
    return ""


def at_once(_name: str, work_out: Callable[[], Any]) -> Any:  # noqa: ANN401 - as `Derived` has it
    return work_out()


class _FirstReport(NamedTuple):
    """An event that an article reports first: the id of its entry there, the keys of other articles' entries, the entities it
    is about, and the dossiers that contain any of these articles.
    """

    item: str
    others: tuple[Key, ...]
    named: tuple[str, ...]
    dossiers: tuple[str, ...]


def findable(frame: Context, rests: Rests = untold, derived: Derived = at_once) -> tuple[Findable, ...]:
    """Each article with its events, each entity and each dossier that readers may see, in the order of their paths.

    A page with `search: {exclude: true}` in its front matter is left out, as in Material. Inputs of all records (settings,
    strings, programs) are not in the digests.
    """
    found = (
        *_articles(frame, rests, derived),
        *_entities(frame.site, frame.content, rests),
        *_dossiers(frame.site, frame.content, rests),
    )
    return tuple(sorted(found, key=lambda one: one.path))


def _articles(frame: Context, rests: Rests, derived: Derived) -> Iterator[Findable]:
    graph, by_article = frame.graph, _first_reports(frame, derived)
    for article in graph.articles.values():
        if _wanted(article.page):
            holders, first = _holders(frame, article.id), tuple(by_article.get(article.id, ()))
            make = partial(_article, frame.site, graph, article, holders, first)
            path = visibility.article_path(article.id)
            others = [
                rests(graph.articles[id_]) for id_ in {id_: 0 for report in first for id_, _ in report.others}
            ]
            known = rests(article) if all(others) else ""
            yield Findable(path, make, _together(known, (holders, first, *others)))


def _holders(frame: Context, article: str) -> tuple[str, ...]:
    """The ids of the dossiers that contain an article."""
    return tuple(dossier.id for dossier in frame.containing(article))


def _first_reports(frame: Context, derived: Derived) -> Mapping[str, list[_FirstReport]]:
    """The events by the article that reports each first."""
    found: dict[str, list[_FirstReport]] = defaultdict(list)
    for article, item, joined, named in derived("first reports", partial(_reported, frame)):
        group = [(id_, entry) for id_, entry in joined] or [(article, item)]
        dossiers = dict.fromkeys(holder for id_, _ in group for holder in _holders(frame, id_))
        others = tuple(key for key in group if key != (article, item))
        found[article].append(_FirstReport(item, others, tuple(named), tuple(dossiers)))
    return found


def _reported(frame: Context) -> list[tuple[str, str, Sequence[Key], Sequence[str]]]:
    """Each event: the article and the entry that report it first, the keys of its entries if it has several, whom it is about."""
    events, articles = frame.events, frame.graph.articles
    found: list[tuple[str, str, Sequence[Key], Sequence[str]]] = []
    for place in events.places:
        group = events.group((place.article, place.item))
        named = dict.fromkeys(id_ for one, item in group for id_ in articles[one].tells[item].entities)
        found.append((place.article, place.item, group if len(group) > 1 else (), tuple(named)))
    return found


def _entities(site: Site, content: Content, rests: Rests) -> Iterator[Findable]:
    for record in content.records.values():
        if _wanted(record):
            path = visibility.entity_path(record.id)
            yield Findable(path, partial(_entity, site, record), rests(record))


def _dossiers(site: Site, content: Content, rests: Rests) -> Iterator[Findable]:
    for dossier in content.dossiers.values():
        if _wanted(dossier):
            cast = tuple(id_ for id_ in dossier.cast_ids if id_ in content.records)
            path = visibility.dossier_path(dossier.id)
            make = partial(_dossier, site, dossier, cast)
            yield Findable(path, make, _together(rests(dossier), cast))


def own_findable(site: Site, own: Iterable[OwnPage]) -> Iterator[Findable]:
    """The site's own pages that have more than a title, and the texts that somebody wrote above compiled pages."""
    leads = (
        OwnPage(path, site.urls.served_at(path), lead.meta, lead.body) for path, lead in site.leads.items()
    )
    for page in (*leads, *own):
        if _titled(page.body)[1].strip() and not _excluded(page.meta.get("search")):
            rests = repr((page.url, sorted(page.meta.items(), key=str), page.body))
            yield Findable(page.path, partial(_page, site, page), _together("own", (rests,)))


def _together(known: str, other: tuple[object, ...]) -> str:
    return digest_of(repr((known, other))) if known else ""


def _wanted(page: ContentPage) -> bool:
    return not _excluded(dict(page.extra).get("search"))


def _excluded(asked: object) -> bool:
    return isinstance(asked, Mapping) and asked.get("exclude") is True


def _article(
    site: Site,
    graph: Backreferences,
    article: Evidence,
    dossiers: tuple[str, ...],
    events: tuple[_FirstReport, ...],
) -> SearchRecord:
    page, path = article.page, visibility.article_path(article.id)
    date = dateview.view(page.date, site.strings.lang)
    return SearchRecord(
        path=path,
        url=site.urls.served_at(path),
        type="article",
        title=page.title,
        lang=page.lang or site.strings.lang,
        description=page.description,
        note=" · ".join(filter(None, (date.words or site.strings("undated_article"), page.source.publisher))),
        year=date.year,
        source=page.source.publisher,
        dossiers=dossiers,
        named=_named(article),
        sentences=tuple(
            SearchSentence(anchor.id, _line(article.layer.text[anchor.start : anchor.end]))
            for anchor in article.anchors
        ),
        tags=page.tags,
        sort=page.date,
        events=tuple(_events(site, graph, article, events)),
    )


def _events(
    site: Site, graph: Backreferences, article: Evidence, events: tuple[_FirstReport, ...]
) -> Iterator[SearchEvent]:
    items = {item.id: item for item in article.timeline}
    for event in events:
        item = items[event.item]
        date = dateview.view(item.entry.date, site.strings.lang)
        yield SearchEvent(
            id="" if item.waived else item.id,
            text=item.entry.text,
            date=item.entry.date,
            words=date.words or site.strings("certainty.undated"),
            year=date.year,
            sentence=-1 if item.waived else item.sentence,
            articles=1 + len({id_ for id_, _ in event.others} - {article.id}),
            others=tuple(_headings(graph, event.others, item.entry.text)),
            dossiers=event.dossiers,
            named=event.named,
            unreviewed=item.entry.unreviewed,
        )


def _headings(graph: Backreferences, keys: tuple[Key, ...], shown: str) -> Iterator[str]:
    """The texts of an event's other entries, without repetitions."""
    items = (
        next(item for item in graph.articles[id_].timeline if item.id == entry).entry.text
        for id_, entry in keys
    )
    return (text for text in dict.fromkeys(items) if text != shown)


def _named(article: Evidence) -> tuple[tuple[str, int], ...]:
    counts = Counter(found.entity for found in article.mentions)
    return tuple((record.id, counts[record.id]) for record in article.records if counts[record.id])


def _entity(site: Site, record: Record) -> SearchRecord:
    path = visibility.entity_path(record.id)
    names = dict.fromkeys((*record.names, *record.given))
    return SearchRecord(
        path=path,
        url=site.urls.served_at(path),
        type=record.type,
        title=record.heading,
        description=record.description,
        note=site.strings(f"types.{record.type}.one"),
        names=tuple(name for name in names if name != record.title),
        named=((record.id, 1),),
        tags=record.tags,
        sentences=tuple(_prose(site, record.body)),
        unreviewed=record.unreviewed,
    )


def _dossier(site: Site, dossier: DossierPage, cast: tuple[str, ...]) -> SearchRecord:
    path = visibility.dossier_path(dossier.id)
    return SearchRecord(
        path=path,
        url=site.urls.served_at(path),
        type="dossier",
        title=dossier.title,
        lang=dossier.lang or site.strings.lang,
        description=dossier.description,
        note=site.strings("dossier"),
        dossiers=(dossier.id,),
        tags=dossier.tags,
        named=tuple((id_, 1) for id_ in cast),
        sentences=tuple(_prose(site, dossier.body, dossier.lang)),
    )


def _page(site: Site, page: OwnPage) -> SearchRecord:
    lang = str(page.meta.get("lang") or site.strings.lang)
    heading, text = _titled(page.body)
    return SearchRecord(
        path=page.path,
        url=page.url,
        type="page",
        title=str(page.meta.get("title") or _plain(site, heading) or _of_file(page.path)),
        lang=lang,
        description=str(page.meta.get("description") or ""),
        sentences=tuple(_prose(site, text, lang)),
    )


def _titled(markdown: str) -> tuple[str, str]:
    """The heading that a text begins with, and the rest of it."""
    heading = _HEADING.match(markdown)
    return (heading[1], markdown[heading.end() :]) if heading else ("", markdown)


def _of_file(path: str) -> str:
    """`guide/first-steps.md`, `guide/first-steps/index.md` -> `First steps`."""
    name = path.removesuffix(".md").removesuffix("/index").rpartition("/")[2]
    return name.replace("-", " ").replace("_", " ").capitalize()


def _plain(site: Site, markdown: str) -> str:
    return _line(layer(site.render(markdown)).text)


def _prose(site: Site, markdown: str, lang: str = "") -> Iterator[SearchSentence]:
    """The sentences of a curated body, without anchors."""
    if markdown.strip():
        text = layer(site.render(markdown)).text
        for span in sentences(text, lang or site.strings.lang):
            yield SearchSentence("", _line(text[span.start : span.end]))


def _line(text: str) -> str:
    return " ".join(text.split())


def interface_words(strings: Strings) -> dict[str, Any]:
    """The words of the search script."""
    types = {type_: strings(f"types.{type_}.one") for type_ in ENTITY_TYPES}
    types |= {name: strings(name) for name in ("article", "dossier", "page")}
    types["entry"] = strings("search.entry")
    more = {
        "told": strings.section("timelines")["told"],
        "unreviewed": strings("unreviewed"),
        "comma": strings("comma"),
    }
    return {**strings.section("search"), "types": types, **more}
