"""`dossier verify`: checks the hash of every seed, every quote in its article, and every published original."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from dossierkit.build.clock import instant
from dossierkit.build.configuration import load
from dossierkit.check.refine import exact
from dossierkit.check.report import Report
from dossierkit.check.selection import RuleSelection
from dossierkit.check.terminal import plain_lines
from dossierkit.evidence import original_pages, visibility
from dossierkit.evidence.plain_text import plain_text
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError, errors_in
from dossierkit.model.facsimile import FACSIMILES
from dossierkit.model.media import ORIGINALS, named_digest
from dossierkit.model.page import ArticlePage, Content
from dossierkit.model.source import Source
from dossierkit.store import seeds
from dossierkit.store.media.original import Originals
from dossierkit.store.site_manifest import hashed
from dossierkit.text.known_lines import unknown_lines
from dossierkit.text.number_of import number_of
from dossierkit.text.quote import FoldedText, cut_words, fold_spaces, locate
from dossierkit.workflow.check import examined
from dossierkit.workflow.progress import watched
from dossierkit.workflow.repository import Repository, reading
from dossierkit.workflow.say import say
from dossierkit.workflow.source_file import file_bytes
from dossierkit.workflow.stamping import of_seeds

_CODES = frozenset({"D201", "D202", "D601", "D602", "D603"})


def run(root: Path) -> int:
    """Verify everything, print the problems, and return the exit code: 1 if anything is missing or changed.

    Unreadable pages are reported too, since nothing in them can be verified. Waived quotes are listed and do not fail; nor do
    quotes that are not in the source because an editor changed them.
    """
    library, report = examined(root, RuleSelection(), use_cache=False)
    unread = {problem.path for problem in errors_in(library.problems)}
    found = tuple(one for one in report.found if one.problem.code in _CODES or one.problem.path in unread)
    passed = [(checked, reason) for checked, reason in report.passed if checked.problem.code in _CODES]
    differing = tuple(exact(against_originals(root, library.live), lambda path: library.texts.get(path, "")))
    built = Path(load(root).site_dir)
    published = tuple(against_published(built, library.originals, library.content, instant()))
    stamps = tuple(of_seeds(root))
    wrong = [stamp for stamp in stamps if isinstance(stamp, Diagnostic)]
    for line in (
        *plain_lines(Report(found, (), report.texts)),
        *map(str, (*differing, *published, *wrong)),
        *(f"let pass: {checked.problem} (reason: {reason})" for checked, reason in passed),
    ):
        say(line)
    verdict = _verdict(len(found) + len(published), len(passed), apart=bool(differing))
    say(f"{_counts(library.live, library.content)}: {verdict}{_apart(differing)}", err=True)
    if stamps:
        say(f"{len(stamps) - len(wrong)} of {len(stamps)} time stamps of sources are valid", err=True)
    return 1 if found or published or errors_in(wrong) else 0


def _counts(live: Content, everything: Content) -> str:
    """`everything`: with withdrawn pages, whose sources may still be there."""
    quotes = sum(len(page.timeline) for page in live.articles.values())
    quotes += sum(bool(relation.quote) for record in live.records.values() for relation in record.relations)
    sources = sum(len(page.source.files) for page in everything.articles.values())
    return f"{number_of(quotes, 'quote')} of {number_of(len(live.articles), 'article')} and {number_of(sources, 'source')}"


def _apart(differing: Sequence[Diagnostic]) -> str:
    """How many quotes and texts differ from the sources. An editor may have corrected them, so they do not fail."""
    quotes = sum(diagnostic.code == "D605" for diagnostic in differing)
    texts = sum(diagnostic.code == "D609" for diagnostic in differing)
    return (f"; {number_of(quotes, 'quote is', 'quotes are')} not in the source" if quotes else "") + (
        f"; the text of {number_of(texts, 'article')} differs from the source" if texts else ""
    )


def _verdict(wrong: int, passed: int, *, apart: bool) -> str:
    """`apart`: whether pages differ from their sources, so that the verdict names what was compared."""
    if wrong:
        return number_of(wrong, "is wrong", "are wrong")
    held = "all quotes are in their pages, and all sources as they were added" if apart else "all are right"
    return f"{held} but {passed} let pass with a reason" if passed else held


def against_originals(root: Path, content: Content) -> Iterator[Diagnostic]:
    """Quotes that are not in the page's source (D605) or on another page of it (D607), lines of its text that are not there
    (D609), and unreadable sources (D606).
    """
    repository = Repository(root)
    for page in watched(content.articles.values(), len(content.articles), "Reading sources"):
        if _is_as_added(root, page):
            try:
                source, _ = reading(repository, page.source.file, file_bytes(root / page.source.file))
            except DiagnosticsError as error:
                yield Diagnostic(page.path, 0, 0, "D606", _unread(page.source.file, error), "warning")
                continue
            text = plain_text(source.markdown)
            yield from _missing(page, fold_spaces(text))
            yield from _edited(page, text)
            if page.source.publish:
                yield from _misplaced(page, source, text)


def _unread(file: str, error: DiagnosticsError) -> str:
    """`error`: of the source itself, or of the curator's file beside it."""
    problem = error.problems[0]
    why = f"it {problem.message}" if problem.path == file else str(problem)
    return f"its source {file} was not read: {why}"


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


def _missing(page: ArticlePage, text: FoldedText) -> Iterator[Diagnostic]:
    for entry in page.timeline:
        if entry.quote and not locate(text, entry.quote):
            whole = cut_words(text, entry.quote)
            where = f", which has “{whole[:80]}”" if whole else ""
            message = f"the quote “{entry.quote[:80]}” is in the page, but not in its source {page.source.file}{where}: compare the two"
            yield Diagnostic(page.path, entry.line, entry.col, "D605", message, "warning")


def _edited(page: ArticlePage, original: str) -> Iterator[Diagnostic]:
    """One problem for all lines of the page's text that the source does not have; white space does not count."""
    if edited := unknown_lines(plain_text(page.body), original):
        message = f"{number_of(len(edited), 'line of its text differs', 'lines of its text differ')} from its source {page.source.file}, first “{edited[0][:80]}”: compare the two"
        yield Diagnostic(page.path, page.body_line, 1, "D609", message, "warning")


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
                f"the quote “{entry.quote[:80]}” is on page {' and '.join(filter(None, true))} of {page.source.file}, and readers "
                f"are led to page {said}: write `source: pages:` anew, or take it out"
            )
            yield Diagnostic(page.path, entry.line, entry.col, "D607", message, "warning")
