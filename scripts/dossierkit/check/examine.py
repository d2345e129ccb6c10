"""Run all rules over a repository: on each page (or from the cache), then across pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from html import escape
from itertools import islice
from typing import NamedTuple

from dossierkit.check.cache import Cache, CachedCheck
from dossierkit.check.codes import severity
from dossierkit.check.library import Library
from dossierkit.check.refine import refine
from dossierkit.check.report import Checked, Finding
from dossierkit.check.rules import ARTICLE_RULES, PAGE_RULES, RECORD_RULES
from dossierkit.check.rules.across import across
from dossierkit.check.rules.provenance import curated
from dossierkit.check.sheet import CheckedArticle, CheckedPage, placed, sheet
from dossierkit.check.waivers import has_waivers
from dossierkit.evidence import consistency as compile_check
from dossierkit.evidence import facsimiles, media_use, visibility
from dossierkit.evidence.backreferences import Backreferences
from dossierkit.evidence.gathering import gather
from dossierkit.evidence.layer import layer
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import ArticlePage, Content
from dossierkit.model.record import Record
from dossierkit.parallel.fork import spread
from dossierkit.site import redirects, tombstones
from dossierkit.site.article_links import Links, broken
from dossierkit.site.urls import Urls
from dossierkit.store.edit_nodes import read
from dossierkit.store.seeds import beside

Render = Callable[[str], str]
_MOST = 100  # findings of one rule in one page; more are not useful
_NOWHERE = Links(Urls(), (), ())


@dataclass(frozen=True, slots=True)
class Examination:
    """Input of an examination: the repository, its content (`Library.live`), and the Markdown renderer.

    `notes`: whether notes are wanted.
    """

    library: Library
    live: Content
    render: Render
    notes: bool


def examine(
    library: Library, render: Render, cache: Cache, today: date, *, notes: bool = True
) -> tuple[Checked, ...]:
    """Every problem, in order. Reads the cache, and adds to it.

    `notes`: if not, notes on several pages at once may be missing, whose places are costly to find: often every record has one.
    """
    examination = Examination(library, library.live, render, notes)
    entries = _entries(tuple(_pages(examination, cache)), cache)
    sheets = _Sheets(library)
    found = [checked for entry in entries.values() for checked in entry.checked]
    found += map(sheets.refined, library.problems)
    found += _broken_links(examination, entries, sheets)
    found += _together(examination, sheets, today)
    return tuple(sorted(found, key=lambda checked: checked.problem))


class _PageToCheck(NamedTuple):
    """A readable page, and what examines it."""

    path: str
    key: str
    make: Callable[[], CachedCheck]


def _entries(pages: Sequence[_PageToCheck], cache: Cache) -> dict[str, CachedCheck]:
    """The results of each page by path, from the cache, or made in all processes."""
    entries = {page.path: found for page in pages if (found := cache.get(page.key))}
    new = [page for page in pages if page.path not in entries]
    for page, made in zip(new, spread(_made, new), strict=True):
        entries[page.path] = cache.put(page.key, made)
    return entries


def _made(page: _PageToCheck) -> CachedCheck:
    try:
        return page.make()
    except DiagnosticsError as error:
        return CachedCheck(tuple(map(Checked, error.problems)))


def _pages(examination: Examination, cache: Cache) -> Iterator[_PageToCheck]:
    library, live = examination.library, examination.live
    for id_, read_page in library.content.articles.items():
        page = live.articles.get(id_, read_page)
        named = (f"{ref.id}={_state(library, live, ref.id)}" for ref in page.entities)
        key = cache.key(page.path, library.digests[page.path], *named)
        yield _PageToCheck(page.path, key, partial(_article, examination, page))
    for record in library.content.records.values():
        cited = (
            f"{relation.article}={_article_state(library, live, relation.article)}"
            for relation in record.relations
        )
        key = cache.key(record.path, library.digests[record.path], *cited)
        yield _PageToCheck(record.path, key, partial(_record, examination, record))
    for dossier in library.content.dossiers.values():
        key = cache.key(dossier.path, library.digests[dossier.path])
        yield _PageToCheck(dossier.path, key, partial(_dossier, examination, dossier.path))
    for path in _curated(library):
        key = cache.key(path, library.seeds.digests[path])
        yield _PageToCheck(path, key, partial(_knowledge, library, path))


def _curated(library: Library) -> Iterator[str]:
    """Paths of the curators' files beside the sources of pages that are not withdrawn."""
    files = (page.source.file for page in library.content.articles.values() if page.status != "withdrawn")
    found = dict.fromkeys(beside(file, ".yml") for file in files if file)
    return (path for path in found if path in library.seeds.digests)


def _knowledge(library: Library, path: str) -> CachedCheck:
    return CachedCheck(tuple(map(Checked, curated(library.seeds.read(path), path))))


def _dossier(examination: Examination, path: str) -> CachedCheck:
    return CachedCheck(tuple(_own(examination, path, "dossiers", PAGE_RULES)))


def _state(library: Library, live: Content, id_: str) -> str:
    record = live.records.get(id_)
    if record is not None:
        return record.title if record.candidate else library.digests[record.path]
    return "unreadable" if id_ in live.unreadable else "none"


def _article_state(library: Library, live: Content, id_: str) -> str:
    return library.digests[live.articles[id_].path] if id_ in live.articles else "none"


def _article(examination: Examination, page: ArticlePage) -> CachedCheck:
    own = list(_own(examination, page.path, "articles", PAGE_RULES))
    if page.id not in examination.live.articles:
        return CachedCheck(tuple(own))
    html, links = _NOWHERE.resolve(examination.render(page.body), visibility.article_path(page.id))
    text = layer(html)
    evidence, problems = gather(page, text, examination.live)
    opened = _sheet(examination.library, page.path, "articles")
    records = {record.id: record for record in evidence.records}
    subject = CheckedArticle(opened, page, evidence, records)
    own += (refine(problem, opened.source, text.text) for problem in problems)
    own += (placed(finding, opened) for rule in ARTICLE_RULES for finding in islice(rule(subject), _MOST))
    return CachedCheck(tuple(own), tuple(dict.fromkeys(links)))


def _record(examination: Examination, record: Record) -> CachedCheck:
    own = list(_own(examination, record.path, "entities", (*PAGE_RULES, *RECORD_RULES)))
    if record.id not in examination.live.records:
        return CachedCheck(tuple(own))
    opened = _sheet(examination.library, record.path, "entities")
    return CachedCheck((*own, *(placed(finding, opened) for finding in _relations(examination, record))))


def _relations(examination: Examination, record: Record) -> Iterator[Finding]:
    for number, relation in enumerate(record.relations):
        page = examination.live.articles.get(relation.article)
        if page is None or not relation.quote:
            continue
        if message := compile_check.uncited(relation, layer(examination.render(page.body)).text):
            yield Finding("D201", message, ("relations", number, "quote"))


def _own(
    examination: Examination,
    path: str,
    kind: str,
    rules: Iterable[Callable[[CheckedPage], Iterator[Finding]]],
) -> Iterator[Checked]:
    opened = _sheet(examination.library, path, kind)
    return (placed(finding, opened) for rule in rules for finding in rule(opened))


def _sheet(library: Library, path: str, kind: str) -> CheckedPage:
    return sheet(path, kind, read(library.texts[path], path))


class _Sheets:
    """Pages opened to locate problems, each once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._open: dict[str, CheckedPage | None] = {}

    def get(self, path: str) -> CheckedPage | None:
        """The page, or None if it is not one or unreadable."""
        if path not in self._open:
            self._open[path] = self._read(path) if path in self._library.texts else None
        return self._open[path]

    def refined(self, problem: Diagnostic) -> Checked:
        opened = self.get(problem.path)
        return refine(problem, opened.source) if opened else Checked(problem)

    def _read(self, path: str) -> CheckedPage | None:
        try:
            return _sheet(self._library, path, path.removeprefix(f"{self._library.docs}/").partition("/")[0])
        except DiagnosticsError:
            return None


def _broken_links(
    examination: Examination, entries: Mapping[str, CachedCheck], sheets: _Sheets
) -> Iterator[Checked]:
    links = Links(Urls(), _addresses(examination.library), examination.library.served.files)
    for page in examination.live.articles.values():
        for address in entries[page.path].links:
            _, lost = links.resolve(f'<a href="{escape(address)}">', visibility.article_path(page.id))
            opened = sheets.get(page.path) if lost else None
            if opened:
                yield refine(broken(page, address), opened.source)


def _addresses(library: Library) -> frozenset[str]:
    """Valid link targets: pages of a preview, former ids, and hidden pages (whose links become text)."""
    shown, hidden = library.shown, visibility.replaced(library.content)
    return visibility.paths(shown) | hidden | redirects.paths(shown)


def _together(examination: Examination, sheets: _Sheets, today: date) -> Iterator[Checked]:
    """Rules over all pages. Quotes of relations were checked with each record, so no graph is needed here."""
    problems = (
        *compile_check.across(examination.live, Backreferences({}, {}, {})),
        *redirects.problems(examination.live),
        *tombstones.problems(examination.library.content),
        *media_use.problems(
            examination.live, examination.library.served.media, examination.library.served.files
        ),
        *(
            diagnostic
            for path, lead in examination.library.served.leads.items()
            for diagnostic in media_use.of_lead(
                path,
                lead.image,
                lead.body,
                examination.library.served.media,
                examination.library.served.files,
            )
        ),
    )
    yield from map(sheets.refined, problems)
    yield from map(sheets.refined, _facsimiles(examination))
    library = examination.library
    leads = [(path, f"{library.docs}/{path}", lead.body) for path, lead in library.served.leads.items()]
    found = across(examination.live, library.content, leads, library.seeds, today)
    for path, finding in (*_originals(examination), *found):
        if examination.notes or severity(finding.code) != "info" or has_waivers(library.texts.get(path, "")):
            opened = sheets.get(path)
            yield placed(finding, opened) if opened else _unplaced(path, finding)


def _facsimiles(examination: Examination) -> Iterator[Diagnostic]:
    """D863: quotes not found on any page of an original that is published as pictures."""
    live = examination.live
    shown = [live.articles[id_] for id_ in examination.library.originals.drawn if id_ in live.articles]
    evidence = [gather(page, layer(examination.render(page.body)), live)[0] for page in shown]
    located = examination.library.locate({one.id: facsimiles.quoted(one) for one in evidence})
    return facsimiles.problems(evidence, located.missing)


def _originals(examination: Examination) -> Iterator[tuple[str, Finding]]:
    """D861 and D862: originals that cannot be published, and what is published with the others."""
    asked, pages, at = (
        examination.library.originals,
        examination.library.content.articles,
        ("source", "publish"),
    )
    for id_, reason in asked.wrong.items():
        yield pages[id_].path, Finding("D861", reason, at)
    for id_, file in asked.files.items():
        if file.kind != "text":
            found = f" (found: {'; '.join(file.tells)})" if file.tells else ""
            message = (
                f"{file.seed} is published with all that its file holds beside what is seen in it{found}: look at it, then say "
                "so here with `# dossier: ignore D862 -- REASON`, or take `publish` out"
            )
            yield pages[id_].path, Finding("D862", message, at)


def _unplaced(path: str, finding: Finding) -> Checked:
    return Checked(Diagnostic(path, 0, 0, finding.code, finding.message, severity(finding.code)))
