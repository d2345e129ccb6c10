"""Content -> what can be found: one record a page, with its sentences and their anchors, and its facets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dossierkit.compile import dateview, publish
from dossierkit.compile.evidence import Evidence
from dossierkit.compile.graph import Graph
from dossierkit.compile.layer import layer
from dossierkit.compile.select import select
from dossierkit.compile.site import Site
from dossierkit.compile.strings import Strings
from dossierkit.model.page import ArticlePage, Content, DossierPage
from dossierkit.model.record import ENTITY_TYPES, Record
from dossierkit.model.searched import SearchRecord, SearchSentence
from dossierkit.text.segment import sentences


def records(site: Site, content: Content, graph: Graph) -> tuple[SearchRecord, ...]:
    """One for each article, entity and dossier that readers may see, in the order of their paths.

    A page whose front matter says `search: {exclude: true}`, as with Material, has none.
    """
    members = _members(content, graph)
    articles = (article for article in graph.articles.values() if _wanted(article.page))
    made = (
        *(_article(site, article, members) for article in articles),
        *(_entity(site, record) for record in content.records.values() if _wanted(record)),
        *(_dossier(site, dossier, content) for dossier in content.dossiers.values() if _wanted(dossier)),
    )
    return tuple(sorted(made, key=lambda record: record.path))


def _wanted(page: ArticlePage | Record | DossierPage) -> bool:
    asked = dict(page.extra).get("search")
    return not (isinstance(asked, Mapping) and asked.get("exclude") is True)


def _members(content: Content, graph: Graph) -> Mapping[str, tuple[str, ...]]:
    """The ids of the dossiers that hold an article, by its id."""
    members: dict[str, list[str]] = defaultdict(list)
    for dossier in content.dossiers.values():
        for article in select(dossier, graph.articles):
            members[article.page.id].append(dossier.id)
    return {id_: tuple(found) for id_, found in members.items()}


def _article(site: Site, article: Evidence, members: Mapping[str, tuple[str, ...]]) -> SearchRecord:
    page, path = article.page, publish.article_path(article.page.id)
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
        dossiers=members.get(page.id, ()),
        named=_named(article),
        sentences=tuple(
            SearchSentence(anchor.id, _line(article.layer.text[anchor.start : anchor.end]))
            for anchor in article.anchors
        ),
        tags=page.tags,
        sort=page.date,
    )


def _named(article: Evidence) -> tuple[tuple[str, int], ...]:
    counts = Counter(found.entity for found in article.mentions)
    return tuple((record.id, counts[record.id]) for record in article.records if counts[record.id])


def _entity(site: Site, record: Record) -> SearchRecord:
    path = publish.entity_path(record.id)
    names = dict.fromkeys(name.text for name in (*record.aliases, *record.weak_aliases))
    return SearchRecord(
        path=path,
        url=site.urls.served_at(path),
        type=record.type,
        title=record.title,
        description=record.description,
        note=site.strings(f"types.{record.type}.one"),
        names=tuple(name for name in names if name != record.title),
        named=((record.id, 1),),
        tags=record.tags,
        sentences=tuple(_prose(site, record.body)),
    )


def _dossier(site: Site, dossier: DossierPage, content: Content) -> SearchRecord:
    path = publish.dossier_path(dossier.id)
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
        named=tuple((id_, 1) for id_, _, _ in dossier.cast if id_ in content.records),
        sentences=tuple(_prose(site, dossier.body, dossier.lang)),
    )


def _prose(site: Site, markdown: str, lang: str = "") -> Iterator[SearchSentence]:
    """The sentences of a curated body, which have no anchors."""
    if markdown.strip():
        text = layer(site.render(markdown)).text
        for span in sentences(text, lang or site.strings.lang):
            yield SearchSentence("", _line(text[span.start : span.end]))


def _line(text: str) -> str:
    return " ".join(text.split())


def said(strings: Strings) -> dict[str, Any]:
    """What the script of the search says to readers."""
    types = {type_: strings(f"types.{type_}.one") for type_ in ENTITY_TYPES}
    types |= {name: strings(name) for name in ("article", "dossier")}
    return {**strings.section("search"), "types": types}


def titles(made: Iterable[SearchRecord]) -> dict[str, str]:
    """The titles of the dossiers, by their ids."""
    return {record.dossiers[0]: record.title for record in made if record.type == "dossier"}
