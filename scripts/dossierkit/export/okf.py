"""The content as an Open Knowledge Format bundle: a folder of Markdown with front matter, for agents.

Version 0.2 of the specification (https://github.com/GoogleCloudPlatform/knowledge-catalog/blob/main/okf/SPEC.md).
Every quote is a block quotation with a footnote whose label is the `id` of an entry of `sources`, as section 5.1
requires for attributed claims.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import starmap
from typing import Any

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.gathering import Evidence, Supported, in_text_order
from dossierkit.evidence.layer import layer
from dossierkit.export.dataset import Dataset
from dossierkit.model.page import ArticlePage, DossierPage
from dossierkit.model.record import Record, Relation
from dossierkit.site.dateview import view
from dossierkit.site.jsonld.terms import same_as
from dossierkit.site.twins.markdown import escaped, link, markdown
from dossierkit.store.yamltext import front_matter, given
from dossierkit.text.links import web

VERSION = "0.2"
_ORIGINAL = "original"
_EDITORS = "human:editors"
_RESERVED = ("index", "log")
_TYPES = {
    "person": "Person",
    "organization": "Organization",
    "place": "Place",
    "document": "Document",
    "event": "Event",
}


def okf(data: Dataset) -> dict[str, Iterable[str]]:
    """The files of the bundle by path."""
    bundle = _Bundle(data)
    files: dict[str, Iterable[str]] = {"index.md": bundle.index(), "articles/index.md": bundle.articles()}
    files["entities/index.md"] = bundle.entities()
    files["dossiers/index.md"] = bundle.dossiers()
    files |= {_file("articles", article.id): bundle.article(article) for article in data.articles()}
    files |= {_file("entities", record.id): bundle.record(record) for record in data.records()}
    files |= {
        _file("dossiers", id_): bundle.dossier(dossier) for id_, dossier in data.content.dossiers.items()
    }
    if log := "".join(bundle.log()):
        files["log.md"] = (log,)
    return files


def _file(room: str, id_: str) -> str:
    """The path of a page in the bundle. Two names are reserved, at any level."""
    ending = "_" if id_.rpartition("/")[2].casefold() in _RESERVED else ""
    return f"{room}/{id_}{ending}.md"


class _Bundle:
    def __init__(self, data: Dataset) -> None:
        self._data = data

    def index(self) -> Iterator[str]:
        site = self._data.site.publication
        yield f'---\nokf_version: "{VERSION}"\n---\n\n# {escaped(self._data.site.name)}\n\n'
        if site.description:
            yield f"{escaped(site.description)}\n\n"
        for room in ("dossiers", "articles", "entities"):
            yield f"* [{escaped(self._data.t(room))}]({room}/index.md)\n"

    def articles(self) -> Iterator[str]:
        """Articles by the folders in their ids."""
        folders: defaultdict[str, list[Evidence]] = defaultdict(list)
        for article in self._data.articles():
            folders[article.id.rpartition("/")[0]].append(article)
        yield f"# {escaped(self._data.t('articles'))}\n"
        for folder, articles in folders.items():
            yield f"\n## {escaped(folder)}\n\n" if folder else "\n"
            for evidence in articles:
                yield self._listed("articles", evidence.id, evidence.page.title, evidence.page.description)

    def entities(self) -> Iterator[str]:
        for kind in _TYPES:
            records = [record for record in self._data.records() if record.type == kind]
            if records:
                yield f"# {escaped(self._data.t(f'types.{kind}.many'))}\n\n"
                yield from (
                    self._listed("entities", record.id, record.title, record.description)
                    for record in records
                )
                yield "\n"

    def dossiers(self) -> Iterator[str]:
        yield f"# {escaped(self._data.t('dossiers'))}\n\n"
        for dossier in self._data.content.dossiers.values():
            yield self._listed("dossiers", dossier.id, dossier.title, dossier.description)

    def _listed(self, room: str, id_: str, title: str, description: str) -> str:
        said = f" - {escaped(description)}" if description else ""
        return f"* {link(escaped(title), _file(room, id_).partition('/')[2])}{said}\n"

    def log(self) -> Iterator[str]:
        """Additions and corrections with a known day, newest first."""
        days: defaultdict[str, list[str]] = defaultdict(list)
        for article in self._data.articles():
            if arrived := self._arrived(article.page):
                days[arrived].append(f"* **Creation**: {self._article(article.page)}\n")
        for path, page in visibility.pages_of(self._data.content):
            for correction in page.corrections:
                if len(day := view(correction.date, "en").machine) == len("2016-05-30"):
                    room = path.partition("/")[0]
                    there = link(escaped(page.title), f"/{_file(room, page.id)}")
                    days[day].append(f"* **Correction**: {there}: {escaped(correction.what)}\n")
        if days:
            yield "# Log\n"
            yield from (f"\n## {day}\n\n{''.join(days[day])}" for day in sorted(days, reverse=True))

    def _arrived(self, page: ArticlePage) -> str:
        arrival = self._data.site.arrivals.get(page.id)
        return page.arrived or (arrival.arrived if arrival else "")

    def article(self, article: Evidence) -> Iterator[str]:
        page, source = article.page, article.page.source
        open_ = any(item.entry.unreviewed for item in article.timeline) or page.unreviewed
        urls = [address for address in (web(source.url), web(source.archived)) if address]
        where = urls[0] if urls else f"sha256:{source.sha256}" if source.sha256 else ""
        yield _head({
            "type": "Article",
            "title": page.title,
            "description": page.description,
            "resource": self._address(visibility.article_path(page.id)),
            "tags": list(page.tags),
            "published": page.date,
            "lang": page.lang or self._data.t.lang,
            "status": "stable",
            "sources": [given({
                "id": _ORIGINAL, "resource": where, "title": page.title, "publisher": source.publisher,
                "archived": urls[1] if len(urls) > 1 else "", "sha256": source.sha256, "rights": source.rights,
                **dict(source.facts),
            })] if where else [],
            "verified": [] if open_ else self._verified(page),
        })  # fmt: skip
        yield f"{markdown(article.layer, web)}\n"
        yield from self._timeline(article, _ORIGINAL if where else "")
        named = (record for record in article.named if record.id not in page.unreviewed)
        yield _section("Named", (f"* {self._entity(record)}\n" for record in named))
        if where:
            yield f"\n[^{_ORIGINAL}]: {escaped(page.title)}\n"

    def _verified(self, page: ArticlePage) -> list[dict[str, str]]:
        """Marks a page whose items are all decided; no person is named. The format wants an instant; only the day is known."""
        arrival = self._data.site.arrivals.get(page.id)
        day = (arrival.changed if arrival else "") or self._arrived(page)
        return [given({"by": _EDITORS, "at": f"{day}T00:00:00Z" if day else ""})]

    def _timeline(self, article: Evidence, label: str) -> Iterator[str]:
        for heading, wanted in (("Timeline", False), ("Not reviewed", True)):
            items = (
                supported
                for supported in in_text_order(article.timeline)
                if supported.entry.unreviewed is wanted
            )
            yield _section(heading, (self._entry(item, label) for item in items))

    def _entry(self, item: Supported, label: str) -> str:
        entry = item.entry
        date = f"`{entry.date}`: " if entry.date else ""
        about = ", ".join(self._entity(self._data.content.records[id_]) for id_ in self._data.known(item))
        lines = [f"* {date}{escaped(entry.text)}", *((f"  About: {about}",) if about else ())]
        if (review := entry.claim_review) and not entry.unreviewed:
            lines.append(f"  Claim checked: {escaped(str(review))}")
        if not item.waived:
            lines.append(f"  {_quoted(entry.quote, label)}")
        return "\n".join((*lines, ""))

    def record(self, record: Record) -> Iterator[str]:
        naming = sorted(self._data.graph.naming.get(record.id, ()), key=lambda evidence: evidence.id)
        relations = [(relation, other) for _, relation, other in self._data.frame.relations_of(record)]
        cited = (relation.article for relation, _ in relations if relation.article)
        sources = dict.fromkeys((*(one.id for one in naming), *cited))
        yield _head({
            "type": _TYPES[record.type],
            "title": record.title,
            "description": record.description,
            "resource": self._address(visibility.entity_path(record.id)),
            "aliases": [name.text for name in record.other_names],
            "same_as": same_as(record),
            "status": "draft" if record.unreviewed else "stable",
            "sources": [
                {"id": id_, "resource": f"/{_file('articles', id_)}", "title": self._title(id_)} for id_ in sources
            ],
        })  # fmt: skip
        yield self._body(record.body)
        yield _section("Relations", starmap(self._relation, relations))
        yield _section("Named in", self._passages(record, naming))
        yield "\n" if sources else ""
        yield from (f"[^{id_}]: {escaped(self._title(id_))}\n" for id_ in sources)

    def _relation(self, relation: Relation, other: Record) -> str:
        date = f" `{relation.date}`" if relation.date else ""
        quote = (
            f"  {_quoted(relation.quote, relation.article)}\n" if relation.quote and relation.article else ""
        )
        return f"* {escaped(relation.type)}: {self._entity(other)}{date}\n{quote}"

    def _passages(self, record: Record, naming: Iterable[Evidence]) -> Iterator[str]:
        """The first sentence of each article that names it, unless that mention is undecided."""
        for article in naming:
            if record.id not in article.page.unreviewed:
                first = article.of(record.id)[0]
                words = self._data.sentence(article, first.sentence, first.end)
                yield f"* {self._article(article.page)}\n  {_quoted(words, article.id)}\n"

    def dossier(self, page: DossierPage) -> Iterator[str]:
        records = self._data.content.records
        cast = [records[id_] for id_ in page.cast_ids if id_ in records]
        articles = select(page, self._data.graph.articles)
        yield _head({
            "type": "Dossier",
            "title": page.title,
            "description": page.description,
            "resource": self._address(visibility.dossier_path(page.id)),
            "tags": list(page.tags),
            "status": "stable",
            "sources": [
                {"id": article.id, "resource": f"/{_file('articles', article.id)}", "title": article.page.title}
                for article in articles
            ],
        })  # fmt: skip
        yield self._body(page.body)
        yield _section("Cast", (f"* {self._entity(record)}\n" for record in cast))
        yield _section("Articles", (f"* {self._article(article.page)}\n" for article in articles))

    def _title(self, article: str) -> str:
        return self._data.graph.articles[article].page.title

    def _entity(self, record: Record) -> str:
        return link(escaped(record.title), f"/{_file('entities', record.id)}")

    def _article(self, page: ArticlePage) -> str:
        return link(escaped(page.title), f"/{_file('articles', page.id)}")

    def _address(self, path: str) -> str:
        """Address of a page of the site; "" if the site has none."""
        return self._data.address(path) if self._data.site.publication.address else ""

    def _body(self, text: str) -> str:
        """An editor's text. Links to other sites stay; other links become their text."""
        return f"{markdown(layer(self._data.site.render(text)), web)}\n" if text.strip() else ""


def _section(heading: str, lines: Iterable[str]) -> str:
    """A section with a first-level heading; headings in texts are of the second level or deeper."""
    text = "".join(lines)
    return f"\n# {heading}\n\n{text}" if text else ""


def _quoted(words: str, label: str) -> str:
    return f"> {escaped(words)}{f'[^{label}]' if label else ''}"


def _head(values: Mapping[str, Any]) -> str:
    return front_matter(given(values))
