"""Pages held against their originals: each source read again, and each quote looked for in what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import ArticlePage, Content
from dossierkit.store import seeds
from dossierkit.workflow.adding.source_file import file_bytes, plain_text, read_source
from dossierkit.workflow.proposing import beside
from dossierkit.workflow.repository import Repository


def against_originals(root: Path, content: Content) -> Iterator[Diagnostic]:
    """Quotes that stand in a page and not in its source (D605), and sources that cannot be read here (D606)."""
    repository = Repository(root)
    for page in content.articles.values():
        if page.timeline and _is_as_added(root, page):
            try:
                text = _original(repository, page)
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
            yield from _missing(page, text)


def _is_as_added(root: Path, page: ArticlePage) -> bool:
    """Whether its source is there with the bytes that were added: where it is not, that is told already (D601 to D603)."""
    file = root / page.source.file
    return bool(page.source.file) and file.is_file() and seeds.digest(file.read_bytes()) == page.source.sha256


def _original(repository: Repository, page: ArticlePage) -> str:
    """What the source says, as it would be added now. Raises DiagnosticsError."""
    seed = page.source.file
    curated = repository.read(beside(seed, ".yml"))
    known = (
        seeds.load_knowledge(curated.decode("utf-8-sig", "replace").replace("\r\n", "\n"), seed)
        if curated
        else seeds.Knowledge()
    )
    source = read_source(Path(seed), file_bytes(repository.root / seed), known.encoding)
    return _plain(plain_text(source.markdown))


def _missing(page: ArticlePage, text: str) -> Iterator[Diagnostic]:
    for entry in page.timeline:
        if entry.quote and _plain(entry.quote) not in text:
            message = f"the quote “{entry.quote[:80]}” stands in the page, but not in its source {page.source.file}: compare the two"
            yield Diagnostic(page.path, entry.line, entry.col, "D605", message, "warning")


def _plain(text: str) -> str:
    return " ".join(text.split())
