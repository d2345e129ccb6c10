"""Pages as Markdown: front matter with their metadata, and what readers see of them, with links to the quotes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import replace
from urllib.parse import urljoin

from dossierkit.evidence import visibility
from dossierkit.evidence.dossier_articles import select
from dossierkit.evidence.events.joined import JoinedEvent
from dossierkit.evidence.gathering import Evidence, Supported, in_text_order
from dossierkit.evidence.layer import Layer, layer
from dossierkit.model.page import ContentPage, DossierPage
from dossierkit.model.record import Record
from dossierkit.site import dateview, original_pages, summary
from dossierkit.site.addresses import Addresses
from dossierkit.site.context import Context
from dossierkit.site.jsonld.terms import same_as
from dossierkit.site.twins.markdown import escaped, link, markdown
from dossierkit.site.twins.places import kinds, place, twin
from dossierkit.store.yamltext import front_matter, given
from dossierkit.text.links import web

_PASSAGES = 100
"""Of the articles that name an entity, how many of the newest its twin quotes."""


def document(frame: Context, path: str) -> str:
    """The Markdown of a page, according to its kind. LF line breaks."""
    writer = _Twin(frame, path)
    room, _, id_ = path.removesuffix(".md").partition("/")
    if path == "index.md":
        return writer.made(writer.home())
    if id_ == "index":
        return writer.made(writer.listed(room))
    if room == "articles":
        return writer.made(writer.article(frame.graph.articles[id_]))
    if room == "entities":
        return writer.made(writer.record(frame.content.records[id_]))
    return writer.made(writer.dossier(frame.content.dossiers[id_]))


def article(frame: Context, evidence: Evidence) -> str:
    """An article as part of a document of several articles: without front matter."""
    writer = _Twin(frame, visibility.article_path(evidence.id))
    return "\n\n".join(filter(None, writer.article(evidence, whole=False))) + "\n"


class _Twin:
    """Writes one twin. Links lead to other twins, or to the quotes on the page itself."""

    def __init__(self, frame: Context, path: str) -> None:
        served = replace(frame.site, urls=frame.site.urls.as_served())
        self.frame, self.t, self.path = frame, frame.t, path
        self.where = Addresses(served, path)
        self.head: dict[str, object] = {}

    def made(self, blocks: Iterable[str]) -> str:
        body = "\n\n".join(filter(None, blocks))
        return f"{front_matter(given(self.head))}{body}\n"

    def article(self, evidence: Evidence, *, whole: bool = True) -> Iterator[str]:
        page, source = evidence.page, evidence.page.source
        self.head = {
            "title": page.title,
            "date": page.date,
            "lang": page.lang or self.t.lang,
            "authors": [author.shown for author in page.credited],
            "source": given(
                {
                    "publisher": source.publisher,
                    "url": web(source.url),
                    "archived": web(source.archived),
                    "sha256": source.sha256,
                    "rights": source.rights,
                }
            ),
            "address": self.where.page(self.path),
            "text": self.where.file(twin(self.frame.site.urls, self.path, "txt"))
            if "txt" in kinds(self.frame.site, self.path)
            else "",
            "tags": list(page.tags),
        }
        yield f"# {escaped(page.title)}"
        if not whole:
            yield "\n".join(self._facts())
        yield self._line(page.description)
        if page.sample:
            yield f"> {escaped(self.t('sample_note'))}"
        yield self._corrections(page)
        yield markdown(_deeper(evidence.layer, whole=whole), self._resolved)
        under = "##" if whole else "###"
        yield from self._section("timeline", self._entries(evidence), under)
        yield from self._section("entities", self._named(evidence), under)

    def _facts(self) -> Iterator[str]:
        for name in ("date", "address"):
            if self.head[name]:
                yield f"- {name}: {escaped(str(self.head[name])) if name == 'date' else self.head[name]}"
        source = self.head["source"]
        assert isinstance(source, dict)
        for name in ("publisher", "url", "archived"):
            if name in source:
                yield f"- {name}: {source[name] if name != 'publisher' else escaped(source[name])}"

    def _entries(self, evidence: Evidence) -> Iterator[str]:
        for item in in_text_order(evidence.timeline):
            yield from self._entry(evidence, item, self._date(item.entry.date))

    def _entry(self, evidence: Evidence, item: Supported, date: str) -> Iterator[str]:
        open_ = f" ({escaped(self.t('unreviewed'))})" if item.entry.unreviewed else ""
        yield f"- {date}: {escaped(item.entry.text)}{open_}"
        yield from self._reviewed(item)
        yield from self._quoted(evidence, item)

    def _reviewed(self, item: Supported) -> Iterator[str]:
        if (review := item.entry.claim_review) and not item.entry.unreviewed:
            yield f"  {escaped(self.t('claim_review.label'))} {escaped(str(review))}"

    def _quoted(self, evidence: Evidence, item: Supported) -> Iterator[str]:
        path = visibility.article_path(evidence.id)
        if item.waived:
            yield f"  {escaped(self.t('waived', reason=item.waived))}"
        else:
            words = link(escaped(evidence.page.title), self.where.page(path, item.id))
            yield f"  > {escaped(item.entry.quote)}\n  > — {words}{self._page_of(evidence, item)}"

    def _page_of(self, evidence: Evidence, item: Supported) -> str:
        """The page of the original, if known, with a link if readers may have the file or the page's picture."""
        site, page = self.frame.site, item.page
        original = site.originals.get(evidence.id)
        at = original.at(page) if original else ""
        address = self.where.file(at) if at else ""
        if shown := original_pages.facsimile(site, evidence.id, item.id):
            anchor = original_pages.anchor(item.id)
            address = self.where.page(visibility.facsimile_path(evidence.id), anchor)
            page = str(shown.page)
        if not page:
            return ""
        words = escaped(original_pages.words(self.t, evidence.page, page))
        return f" · {link(words, address) if address else words}"

    def _date(self, edtf: str) -> str:
        words = dateview.view(edtf, self.t.lang).words
        return f"**{escaped(words)}** (`{edtf}`)" if words else f"**{escaped(self.t('certainty.undated'))}**"

    def _named(self, evidence: Evidence) -> Iterator[str]:
        for record in evidence.records:
            found = evidence.of(record.id)
            if found:
                first = self.where.page(visibility.article_path(evidence.id), found[0].id)
                count = link(escaped(self.t.count("mentions_count", len(found))), first)
                yield f"- {self._record(record, open_=evidence.page.leaves_open(record))}, {self._type(record)}: {count}"

    def _record(self, record: Record, *, open_: bool = False) -> str:
        name = self.t.named(record.title, unreviewed=open_ or record.unreviewed)
        return self._to(name, visibility.entity_path(record.id))

    def _type(self, record: Record) -> str:
        return escaped(self.t(f"types.{record.type}.one"))

    def _to(self, name: str, path: str) -> str:
        """A link to a page's Markdown, or else to the page."""
        return link(escaped(name), place(self.frame.site, self.where, path))

    def record(self, record: Record) -> Iterator[str]:
        frame = self.frame
        self.head = {
            "title": summary.name(frame, record),
            "type": record.type,
            "aliases": [name.text for name in record.other_names],
            "same_as": same_as(record),
            "address": self.where.page(self.path),
        }
        yield f"# {escaped(summary.name(frame, record))}"
        yield self._line(record.description)
        if record.unreviewed:
            yield f"> {escaped(self.t('record_draft_note'))}"
        yield self._corrections(record)
        yield self._body(record.body)
        yield from self._section("relations", self._relations(record))
        yield from self._timeline(frame.events.about(record.id))
        yield from self._section("mentions", self._passages(record))

    def _relations(self, record: Record) -> Iterator[str]:
        for _, relation, other in self.frame.relations_of(record):
            article = self.frame.graph.articles.get(relation.article)
            date = f", {self._date(relation.date)}" if relation.date else ""
            yield f"- {escaped(relation.type)}: {self._record(other)}{date}"
            if relation.quote and article:
                there = self._to(article.page.title, visibility.article_path(article.id))
                yield f"  > {escaped(relation.quote)}\n  > — {there}"

    def _passages(self, record: Record) -> Iterator[str]:
        for evidence in self.frame.graph.naming.get(record.id, ())[:_PASSAGES]:
            path = visibility.article_path(evidence.id)
            open_ = f" ({escaped(self.t('unreviewed'))})" if record.id in evidence.page.unreviewed else ""
            yield f"- {self._to(evidence.page.title, path)}{self._dated(evidence)}{open_}"
            for before, words, after, id_ in evidence.passages(record.id):
                name = link(escaped(words), self.where.page(path, id_))
                yield f"  > {_inside(before, end=True)}{name}{_inside(after)}\n"

    def _dated(self, evidence: Evidence) -> str:
        words = dateview.view(evidence.page.date, self.t.lang).words
        return f", {escaped(words)}" if words else ""

    def _timeline(self, events: Iterable[JoinedEvent]) -> Iterator[str]:
        ordered = sorted(events, key=lambda event: dateview.view(event.lead[1].entry.date, self.t.lang).sort)
        yield from self._section("timeline", (line for event in ordered for line in self._event(event)))

    def _event(self, event: JoinedEvent) -> Iterator[str]:
        open_ = all(item.entry.unreviewed for _, item in event.entries)
        lead = event.lead[1].entry
        mark = f" ({escaped(self.t('unreviewed'))})" if open_ else ""
        yield f"- {self._date(lead.date)}: {escaped(lead.text)}{mark}"
        for evidence, item in event.entries:
            yield from self._reviewed(item)
            yield from self._quoted(evidence, item)

    def dossier(self, page: DossierPage) -> Iterator[str]:
        frame, t = self.frame, self.t
        articles = select(page, frame.graph.articles)
        self.head = {
            "title": page.title,
            "lang": page.lang or t.lang,
            "authors": [author.shown for author in page.authors],
            "address": self.where.page(self.path),
            "tags": list(page.tags),
        }
        yield f"# {escaped(page.title)}"
        yield self._line(page.description)
        yield self._corrections(page)
        yield self._body(page.body)
        cast = [frame.content.records[id_] for id_ in page.cast_ids if id_ in frame.content.records]
        yield from self._section(
            "cast", (f"- {self._record(record)}, {self._type(record)}" for record in cast)
        )
        yield from self._section("articles", self._articles(articles))
        yield from self._timeline(frame.events.among([evidence.id for evidence in articles]))

    def _section(self, name: str, lines: Iterable[str], under: str = "##") -> Iterator[str]:
        if text := "\n".join(lines):
            yield f"{under} {escaped(self.t(name))}"
            yield text

    def _articles(self, articles: Iterable[Evidence]) -> Iterator[str]:
        for evidence in articles:
            description = f": {escaped(evidence.page.description)}" if evidence.page.description else ""
            yield f"- {self._to(evidence.page.title, visibility.article_path(evidence.id))}{self._dated(evidence)}{description}"

    def home(self) -> Iterator[str]:
        site, lead = self.frame.site, self.frame.site.lead("index.md")
        self.head = {"title": site.name, "lang": self.t.lang, "address": self.where.page(self.path)}
        yield f"# {escaped(site.name)}"
        yield self._line(str(lead.meta.get("description") or site.publication.description))
        yield self._body(lead.body)
        for room in ("dossiers", "articles", "entities"):
            yield f"- {self._to(self.t(room), f'{room}/index.md')}"

    def listed(self, room: str) -> Iterator[str]:
        """The index of a kind of page."""
        frame = self.frame
        self.head = {"title": self.t(room), "lang": self.t.lang, "address": self.where.page(self.path)}
        yield f"# {escaped(self.t(room))}"
        if room == "articles":
            yield "\n".join(self._articles(frame.graph.articles.values()))
        elif room == "dossiers":
            dossiers = frame.content.dossiers.values()
            yield "\n".join(
                f"- {self._to(dossier.title, visibility.dossier_path(dossier.id))}" for dossier in dossiers
            )
        else:
            records = frame.content.records.values()
            ordered = sorted(records, key=lambda record: (record.title.casefold(), record.id))
            yield "\n".join(f"- {self._record(one)}, {self._type(one)}" for one in ordered)

    def _corrections(self, page: ContentPage) -> str:
        """The notice of a page's corrections; empty without corrections."""
        lines = [
            f"> - {self._date(correction.date)}: {escaped(' '.join(filter(None, (correction.what, correction.why))))}"
            for correction in page.corrections
        ]
        return "\n".join((f"> {escaped(self.t('corrections'))}", ">", *lines)) if lines else ""

    def _line(self, text: str) -> str:
        return f"*{escaped(text)}*" if text.strip() else ""

    def _body(self, text: str) -> str:
        """An editor's Markdown after rendering and cleaning."""
        return markdown(layer(self.frame.site.render(text)), self._linked) if text.strip() else ""

    def _linked(self, href: str) -> str:
        """The address of a link that an editor wrote: the path of a file of content/."""
        return self._resolved(href, source=True)

    def _resolved(self, href: str, *, source: bool = False) -> str:
        if ":" in href.partition("/")[0]:
            return href
        target, _, anchor = href.partition("#")
        if source or self.frame.site.urls.form == "source":
            path = (
                posixpath.normpath(posixpath.join(posixpath.dirname(self.path), target))
                if target
                else self.path
            )
            if path.startswith("../"):
                return ""
            return self.where.page(path, anchor) if path.endswith(".md") else self.where.file(path)
        base = self.where.page(self.path)
        return urljoin(base, href) if "//" in base else href


def _deeper(of: Layer, *, whole: bool) -> Layer:
    """The text with its headings one level lower, for a document that contains several articles."""
    if whole:
        return of
    html = of.html
    for level in range(5, 0, -1):
        html = html.replace(f"<h{level}>", f"<h{level + 1}>").replace(f"</h{level}>", f"</h{level + 1}>")
    return replace(of, html=html)


def _inside(text: str, *, end: bool = False) -> str:
    """Words beside a link, with the space between them and the link."""
    words = escaped(text)
    if end:
        return words + (" " if text[-1:].isspace() else "")
    return (" " if text[:1].isspace() else "") + words
