"""`dossier add FILE --replaces PAGE`: replaces a page's source by a corrected edition, and merges the changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import click

from dossierkit.build.clock import instant
from dossierkit.evidence.plain_text import plain_text
from dossierkit.ingest.place import Place
from dossierkit.merge.body import BodyMerge, in_words, merge_body
from dossierkit.merge.page_items import Page, open_page
from dossierkit.model.source import Source
from dossierkit.store import seeds
from dossierkit.store.edit import Edit, EditError, Insert, Put, Remove, apply
from dossierkit.store.edit_nodes import read
from dossierkit.text.likeness import most_like
from dossierkit.text.quote import fold_spaces, locate
from dossierkit.text.segment import sentences
from dossierkit.workflow.adding.admission import seed_of, with_digits
from dossierkit.workflow.repository import Repository, chosen, exclusive, read_input, reading
from dossierkit.workflow.source_file import curated_bytes, file_bytes, refusal
from dossierkit.workflow.updating import update
from dossierkit.workflow.updating.page import UpdateOutcome, uneditable


@dataclass(frozen=True, slots=True)
class Replacement:
    """The result. `lost`: quotes no longer in the text that no question is about, each with the most similar words there, or "";
    `seed`: the new source; `asks`: whether a correction notice is due.
    """

    page: str
    seed: str
    body: BodyMerge
    outcomes: tuple[UpdateOutcome, ...]
    lost: tuple[tuple[str, str], ...]
    asks: bool

    @property
    def open(self) -> bool:
        """Whether an editor must look at the page before it can be published."""
        return bool(self.body.left or self.lost or any(outcome.conflicts for outcome in self.outcomes))


def run(root: Path, file: Place, page: Path, correction: str = "") -> Replacement:
    """Replace and merge; everything is written, or nothing. `correction`: the text of a correction notice for readers.

    The earlier source stays in seeds/, named by the page. Raises click.UsageError, DiagnosticsError.
    """
    if not isinstance(file, Path):
        raise click.UsageError(f"--replaces: {file} is an address: save what it has, and give the file")
    with exclusive(root):
        repository = Repository(root)
        path = _only_page(root, page)
        before = read_input(repository, path)
        if before is None:
            raise click.UsageError(
                f"{path} has no source in seeds/, or is withdrawn: correct the page itself"
            )
        seed, data = _new_source(root, file)
        old = before.page.article.source.file
        source, _ = reading(repository, old, file_bytes(root / old))
        curated = curated_bytes(file.with_suffix(".yml")) or repository.read(seeds.beside(old, ".yml"))
        repository.put(seed, data)
        if curated:
            repository.put(seeds.beside(seed, ".yml"), curated)
        corrected, _ = reading(repository, seed, data)
        body = merge_body(source.markdown, before.page.article.body, corrected.markdown)
        edits = _edits(before.page, seed, seeds.digest(data), corrected)
        repository.write(path, _page_text(before.page, edits, body.text, correction))
        _take_over(repository, before.suggested, seeds.beside(seed, seeds.SUGGESTED), alone=_alone(root, old))
        outcomes = update.merge_prepared(repository, path)
    asked = {one.page for outcome in outcomes for one in outcome.conflicts if one.field == "timeline.quote"}
    lost = tuple(one for one in _lost(repository, path) if one[0] not in asked)
    return Replacement(path, seed, body, outcomes, lost, before.page.confirmed and not correction)


def _only_page(root: Path, page: Path) -> str:
    pages = chosen(root, (page,))
    if len(pages) != 1:
        raise click.UsageError(f"--replaces {page}: {len(pages)} pages: name one page")
    return pages[0]


def _new_source(root: Path, file: Place) -> tuple[str, bytes]:
    """The new source's path in seeds/, with eight digits of its SHA-256 if another file has the name, and its bytes."""
    data = file_bytes(file)
    digest, seed = seeds.digest(data), seed_of(file)
    known = seeds.known_sources(root)
    if page := known.pages.get(digest):
        raise refusal(
            file, "D402", f"has the bytes of a source that {page} names already: nothing to replace"
        )
    if existing := known.seeds.get(digest):
        return existing, data
    taken = known.names.get(seeds.same_name(PurePosixPath(seed).stem))
    return (with_digits(seed, digest) if taken else seed), data


def _edits(page: Page, seed: str, sha256: str, corrected: Source) -> Iterator[Edit]:
    """Edits of the page's source note."""
    note = page.article.source
    earlier = {"file": note.file, "sha256": note.sha256}
    marks = " ".join(f"{mark.label}@{mark.at}" for mark in corrected.pages)
    yield Put(("source", "file"), seed)
    yield Put(("source", "sha256"), sha256)
    yield Insert(("source", "earlier"), {key: value for key, value in earlier.items() if value})
    if marks:
        yield Put(("source", "pages"), marks)
    elif note.pages:
        yield Remove(("source", "pages"))


def _page_text(page: Page, edits: Iterable[Edit], body: str, correction: str) -> str:
    """The page with its new source and text. Raises DiagnosticsError (D502)."""
    line = {"date": _today(), "what": " ".join(correction.split())}
    corrections = [Insert(("corrections",), line)] if correction else []
    try:
        text = apply(page.text, (*edits, *corrections), page.path)
    except EditError as error:
        raise uneditable(page, error) from None
    return _with_body(text, body)


def _with_body(text: str, body: str) -> str:
    """The page's text with another body, with the same line breaks."""
    was = read(text).body
    newline = "\r\n" if "\r\n" in text else "\n"
    length = len(was.replace("\n", newline))
    return (text[:-length] if length else text) + body.replace("\n", newline)


def _alone(root: Path, seed: str) -> bool:
    return len(chosen(root, (Path(seed),))) == 1


def _take_over(repository: Repository, old: str, new: str, *, alone: bool) -> None:
    """Move the proposal file beside the new source. `alone`: no other page uses the old source, so its file is removed."""
    last = repository.read(old)
    if last is not None:
        repository.put(new, last)
        if alone:
            repository.put(old, None)


def _lost(repository: Repository, path: str) -> Iterator[tuple[str, str]]:
    page = open_page(path, repository.page(path), plain_text)
    text = plain_text(page.article.body)
    folded = fold_spaces(text)
    lost = [one.quote for one in page.article.timeline if one.quote and not locate(folded, one.quote)]
    found = sentences(text, page.article.lang) if lost else ()
    for quote in lost:
        span = most_like(text, found, quote)
        yield quote, text[slice(*span)] if span else ""


def lines(done: Replacement) -> Iterator[str]:
    """What was done, as lines to print."""
    yield f"{done.page}: its source is {done.seed} now; the earlier one stays in seeds/"
    for was, now in map(in_words, done.body.taken):
        yield (
            f"  ~ text: “{was}” → “{now}”" if was and now else f"  {'+' if now else '-'} text: “{was or now}”"
        )
    for was, now in map(in_words, done.body.left):
        yield f"  ! text: edited in the page, and changed in the source: “{was}” → “{now}”: change the page by hand"
    for quote, similar in done.lost:
        there = f"; most similar is “{similar}”" if similar else ""
        yield f"  ! the quote “{quote}” is no longer in the text{there}: correct the entry, its date and its words too, or take it out"
    if done.asks:
        yield (
            "  the page is published or reviewed: say to readers what was wrong, in its front matter: "
            f"`corrections: [{{date: {_today()}, what: ...}}]`; with `--correction`, this command writes it"
        )
    yield from update.changes(
        outcome
        for outcome in done.outcomes
        if outcome.added or outcome.removed or outcome.changed or outcome.conflicts or outcome.notes
    )


def _today() -> str:
    return instant().partition("T")[0]
