"""Compares pages with their originals: looks up each quote in its source, and checks which originals are published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dossierkit.evidence import original_pages, visibility
from dossierkit.evidence.plain_text import plain_text
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.facsimile import FACSIMILES
from dossierkit.model.media import ORIGINALS, named_digest
from dossierkit.model.page import ArticlePage, Content
from dossierkit.model.source import Source
from dossierkit.store import seeds
from dossierkit.store.media.original import Originals
from dossierkit.store.site_manifest import hashed
from dossierkit.text.number_of import number_of
from dossierkit.text.quote import fold_spaces, locate
from dossierkit.workflow.repository import Repository, reading
from dossierkit.workflow.source_file import file_bytes


def against_originals(root: Path, content: Content) -> Iterator[Diagnostic]:
    """Quotes that are not in the page's source (D605) or on another page of it (D607), lines of its text that are not there
    (D609), and unreadable sources (D606).
    """
    repository = Repository(root)
    for page in content.articles.values():
        if _is_as_added(root, page):
            try:
                source, _ = reading(repository, page.source.file, file_bytes(root / page.source.file))
            except DiagnosticsError as error:
                message = error.problems[0].message
                yield Diagnostic(
                    page.path,
                    0,
                    0,
                    "D606",
                    f"its source {page.source.file} was not read: it {message}",
                    "warning",
                )
                continue
            text = plain_text(source.markdown)
            yield from _missing(page, " ".join(text.split()))
            yield from _edited(page, text)
            if page.source.publish:
                yield from _misplaced(page, source, text)


def against_published(site: Path, originals: Originals, content: Content, now: str) -> Iterator[Diagnostic]:
    """Problems of originals in a built site (D608): files that differ from what was added, and originals or pictures of their
    pages that no page publishes at the instant `now`.
    """
    files, drawn = (
        {original.path for id_, original in asked.items() if visibility.released(content.articles[id_], now)}
        for asked in (originals.files, originals.drawn)
    )
    for file in sorted((site / ORIGINALS).glob("*")):
        path = f"{ORIGINALS}{file.name}"
        if not (digest := named_digest(path)) or not file.is_file():
            continue
        if hashed(str(file)) != digest:
            message = "the file is not the one that was added, whose SHA-256 is its name: build again, and find out who changed it"
            yield Diagnostic(f"{site.name}/{path}", 0, 0, "D608", message)
        elif path not in files:
            yield _unpublished(site, path, "original")
    digests = {named_digest(path) for path in drawn}
    for file in sorted((site / FACSIMILES).glob("*.webp")):
        if file.name.partition("-")[0] not in digests:
            yield _unpublished(site, f"{FACSIMILES}{file.name}", "picture of a page")


def _unpublished(site: Path, path: str, what: str) -> Diagnostic:
    message = f"no visible page publishes this {what}: build again, and delete it at the host"
    return Diagnostic(f"{site.name}/{path}", 0, 0, "D608", message)


def _is_as_added(root: Path, page: ArticlePage) -> bool:
    """Whether the source exists with the bytes that were added; otherwise D601 to D603 report it already."""
    file = root / page.source.file
    return bool(page.source.file) and file.is_file() and seeds.digest(file.read_bytes()) == page.source.sha256


def _missing(page: ArticlePage, text: str) -> Iterator[Diagnostic]:
    for entry in page.timeline:
        if entry.quote and " ".join(entry.quote.split()) not in text:
            message = f"the quote “{entry.quote[:80]}” is in the page, but not in its source {page.source.file}: compare the two"
            yield Diagnostic(page.path, entry.line, entry.col, "D605", message, "warning")


def _edited(page: ArticlePage, original: str) -> Iterator[Diagnostic]:
    """One problem for all lines of the page's text that the source does not have; white space does not count."""
    known = _packed(original)
    lines = plain_text(page.body).splitlines()
    if edited := [" ".join(line.split()) for line in lines if _packed(line) not in known]:
        message = f"{number_of(len(edited), 'line of its text differs', 'lines of its text differ')} from its source {page.source.file}, first “{edited[0][:80]}”: compare the two"
        yield Diagnostic(page.path, page.body_line, 1, "D609", message, "warning")


def _packed(text: str) -> str:
    return "".join(text.split())


def _misplaced(page: ArticlePage, source: Source, original: str) -> Iterator[Diagnostic]:
    """Entries whose quote begins on another page of the original than the page that readers are shown."""
    here, marks = plain_text(page.body), original_pages.parsed(page.source.pages)
    folded_here, folded_there = fold_spaces(here), fold_spaces(original)
    for entry in page.timeline:
        places = locate(folded_here, entry.quote, entry.prefix, entry.suffix)
        found = locate(folded_there, entry.quote)
        if len(places) != 1 or not found:
            continue
        (said,) = original_pages.pages_at(marks, here, [places[0][0]])
        true = list(
            dict.fromkeys(original_pages.pages_at(source.pages, original, [start for start, _ in found]))
        )
        if said and said not in true and any(true):
            message = (
                f"the quote “{entry.quote[:80]}” stands on page {' and '.join(filter(None, true))} of {page.source.file}, and readers "
                f"are led to page {said}: write `source: pages:` anew, or take it out"
            )
            yield Diagnostic(page.path, entry.line, entry.col, "D607", message, "warning")
