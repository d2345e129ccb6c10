"""Shared by commands that write: the repository under its lock, and the sources of pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from dossierkit.evidence.candidates.learnt import SOURCE, reason
from dossierkit.evidence.plain_text import plain_text
from dossierkit.merge.branches import salvage
from dossierkit.merge.page_items import FIELDS, Page, open_page
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.proposal import Proposal, RecordProposal
from dossierkit.model.record import Record
from dossierkit.model.source import Article, Source
from dossierkit.store import decisions, seeds
from dossierkit.store import proposal as proposals
from dossierkit.store.commit import commit, digest, half_changed, recover
from dossierkit.store.content import load_records
from dossierkit.store.files import OutsideError
from dossierkit.store.inside import leads_out, real
from dossierkit.store.lock import LockedError, locked
from dossierkit.store.seeds import beside
from dossierkit.store.state import StateError
from dossierkit.store.utf8 import decoded
from dossierkit.workflow.say import say
from dossierkit.workflow.source_file import describe, file_bytes, page_fields, read_source

NOTHING = Proposal("", "")
_Proposed = TypeVar("_Proposed", Proposal, RecordProposal)


class Repository:
    """The repository with pending changes. `pending`: new bytes by path relative to `root`; None: a removal.

    `digests`: by path, the digest of what was first read of a file, or last written to it, for `store.commit.commit`.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pending: dict[str, bytes | None] = {}
        self.digests: dict[str, str] = {}

    def read(self, path: str) -> bytes | None:
        """The bytes that the file has or will have; None if there is none.

        Raises DiagnosticsError: D910 if it is a pipe or the like, D901 if it is a link out of the repository: what it leads to must not come into a page.
        """
        if path in self.pending:
            return self.pending[path]
        file = self.root / path
        if file.exists() and not (file.is_file() or file.is_dir()):
            message = "this is a pipe, a socket or a device, and reading it may never end: remove it"
            raise DiagnosticsError([Diagnostic(path, 0, 0, "D910", message)])
        data = file.read_bytes() if file.is_file() else None
        if data is not None and leads_out(file, real(self.root)):
            message = "this link leads out of the repository: put the file itself here, or remove the link"
            raise DiagnosticsError([Diagnostic(path, 0, 0, "D901", message)])
        self.digests.setdefault(path, digest(data))
        return data

    def text(self, path: str) -> str:
        """The text of a file with LF line breaks; empty without a file. Raises DiagnosticsError (D100)."""
        return self.page(path).replace("\r\n", "\n")

    def page(self, path: str) -> str:
        """A page's text, unchanged. Raises DiagnosticsError (D100)."""
        return decoded(self.read(path) or b"", path)

    def write(self, path: str, text: str) -> bool:
        """Add a file to the pending changes; returns whether that changes it."""
        return self.put(path, text.encode("utf-8"))

    def put(self, path: str, data: bytes | None) -> bool:
        """As `write`, with bytes; None removes the file."""
        if self.read(path) == data:
            return False
        self.pending[path] = data
        return True

    def commit(self) -> None:
        """Write the pending changes, all or none. Raises ChangedOnDiskError if a file is not as it was read."""
        commit(self.root, self.pending, self.digests)
        self.digests |= {path: digest(data) for path, data in self.pending.items()}


@dataclass(frozen=True, slots=True)
class Input:
    """The inputs of a page's update. `suggested`: the path of the proposal; `fields`: values from the source and the curator;
    `stated`: names of fields from the curator.
    """

    page: Page
    suggested: str
    last: Proposal
    article: Article
    fields: Mapping[str, str]
    stated: frozenset[str]
    notes: tuple[str, ...]


@contextmanager
def exclusive(root: Path) -> Iterator[None]:
    """Lock the repository, and finish what an interrupted command had begun, with a line on standard error for each file.

    Raises DiagnosticsError: D504 if another process has the lock, D505 without a state folder, D506 if a journal cannot be
    used, D404 for a path that must not be written.
    """
    try:
        with locked(root):
            for line in recover(root):
                say(f"dossier: {line}", err=True)
            yield
    except LockedError as error:
        raise DiagnosticsError([Diagnostic(".", 0, 0, "D504", str(error))]) from None
    except StateError as error:
        raise DiagnosticsError([Diagnostic(".", 0, 0, "D505", str(error))]) from None
    except OutsideError as error:
        raise DiagnosticsError([Diagnostic(".", 0, 0, "D404", str(error))]) from None


def finish_interrupted(root: Path) -> None:
    """Finish what an interrupted command had begun, before pages are read that are to be changed later.

    A command that still works is let be. What prevents it is printed: looking at the pages is possible nevertheless.
    """
    try:
        if half_changed(root):
            with exclusive(root):
                pass
    except DiagnosticsError as error:
        for problem in error.problems:
            say(str(problem), err=True)


def known_records(root: Path) -> dict[str, Record]:
    entities = root / "content" / "entities"
    return load_records(entities) if entities.is_dir() else {}


def read_input(repository: Repository, path: str) -> Input | None:
    """The inputs of a page's update; None if there is nothing to do (no source, or withdrawn).

    Raises DiagnosticsError if the page or its source cannot be read, or the source is not the one that was added.
    """
    page = open_page(path, repository.page(path), plain_text)
    seed = page.article.source.file
    if not seed or page.article.status == "withdrawn":
        return None
    file = Path(seed)
    data = _source(repository, page)
    source, known = reading(repository, seed, data)
    article, _ = describe(file, source, known)
    suggested = beside(seed, seeds.SUGGESTED)
    last, notes = last_proposal(repository, suggested)
    by_source = page_fields(source, seeds.Knowledge())
    if not last.page:
        last = replace(last, page=tuple(by_source.items()))
    fields = page_fields(source, known)
    article = replace(article, id=page.article.id, text=plain_text(source.markdown))
    curated = frozenset(name for name in FIELDS if known.stated(name.rpartition(".")[2]))
    return Input(page, suggested, last, article, fields, curated, notes)


def _source(repository: Repository, page: Page) -> bytes:
    note = page.article.source
    data = repository.pending.get(note.file)
    if data is None and not (repository.root / note.file).is_file():
        message = f"its source {note.file} is not there: put it back from git's history"
        raise DiagnosticsError([Diagnostic(page.path, 0, 0, "D501", message)])
    if data is None and leads_out(repository.root / note.file, real(repository.root)):
        message = f"its source {note.file} is a link out of the repository: put the file itself there"
        raise DiagnosticsError([Diagnostic(page.path, 0, 0, "D501", message)])
    if data is None:
        data = file_bytes(repository.root / note.file)
    if note.sha256 and seeds.digest(data) != note.sha256:
        made = seeds.converted(note.file, data, note.sha256)
        message = (
            f"its source {note.file} {made}"
            if made
            else f"its source {note.file} has other bytes than were added: put it back from git's history; if that is a corrected edition, "
            f"first move it out of seeds/, and then run `dossier add FILE --replaces {page.path}`"
        )
        raise DiagnosticsError([Diagnostic(page.path, 0, 0, "D501", message)])
    return data


def reading(repository: Repository, seed: str, data: bytes) -> tuple[Source, seeds.Knowledge]:
    """A source as it would be read now, and its curator's facts. Raises DiagnosticsError."""
    known = _knowledge(repository, seed)
    return read_source(Path(seed), data, known.encoding), known


def _knowledge(repository: Repository, seed: str) -> seeds.Knowledge:
    path = beside(seed, ".yml")
    data = repository.read(path)
    return seeds.Knowledge() if data is None else seeds.load_knowledge(data, path)


def last_proposal(repository: Repository, path: str) -> tuple[Proposal, tuple[str, ...]]:
    """The last proposal, `NOTHING` without a file; and notes. Raises DiagnosticsError (D503) if it cannot be read."""
    return read_proposal(repository, path, proposals.load, salvage, NOTHING)


def read_proposal(
    repository: Repository,
    path: str,
    load: Callable[[str, str], _Proposed],
    salvaged: Callable[[str], _Proposed | None],
    empty: _Proposed,
) -> tuple[_Proposed, tuple[str, ...]]:
    """A file of proposals, `empty` without a file; and notes. Raises DiagnosticsError (D503) if it cannot be read.

    `salvaged`: merges the sides of a file with conflict markers, None if that is not possible.
    """
    if repository.read(path) is None:
        return empty, ()
    text = repository.text(path)
    try:
        return load(text, path), ()
    except DiagnosticsError as error:
        both = salvaged(text)
        if both is None:
            message = f"{error.problems[0].message.split(': run')[0]}: put it back from git's history"
            raise DiagnosticsError([Diagnostic(path, error.problems[0].line, 1, "D503", message)]) from None
        return both, (
            f"{path} had git's conflict markers: both sides were kept; `dossier merge-driver --install` has git do it",
        )


def decided_notes(
    repository: Repository, notes: Iterable[str], before: Collection[str] = ()
) -> Iterator[str]:
    """Those of a proposal's notes that are new and come from decisions, with the decision's line.

    Line numbers are printed and not stored: otherwise an inserted line would change every proposal.
    """
    new = [note for note in notes if note.endswith(SOURCE) and note not in before]
    lines = _lines(repository) if new else {}
    for note in new:
        ending = next((words for words in lines if note.endswith(words)), "")
        yield f"{note}:{lines[ending]}" if ending else note


def _lines(repository: Repository) -> dict[str, int]:
    try:
        found = decisions.placed(repository.text(decisions.PATH))
    except DiagnosticsError:
        return {}
    return {reason(decision): line for decision, line in found.items()}
