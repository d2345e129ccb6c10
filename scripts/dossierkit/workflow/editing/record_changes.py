"""Merging and splitting records in an editing session: what would change, and the change, as `dossier merge` and `split` make it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from dossierkit.check.changes.compare import PageChanges, compare
from dossierkit.check.changes.snapshot import SnapshotReader
from dossierkit.evidence.plain_text import plain_text
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.message import Message
from dossierkit.store.edit import EditError
from dossierkit.workflow.editing.session import EditingSession
from dossierkit.workflow.records.plan import Planned, RecordPlan, RepositoryPages, RequestError, checked
from dossierkit.workflow.repository import Repository
from dossierkit.workflow.review.engine import CHANGED, ChangedError

_RECORDS = "entities/"


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A merge or a split that is asked for. `id`: the record that it begins with."""

    id: str
    planned: Planned


@dataclass(frozen=True, slots=True)
class RecordPreview:
    """What a change would do. `problems`: what speaks against it; `notes`: what it decides without asking; `pages`: in words.

    `shown_digest`: a digest of all of it, with every byte that would be written.
    """

    problems: tuple[Diagnostic, ...]
    notes: tuple[Message, ...]
    pages: tuple[PageChanges, ...]
    shown_digest: str


def preview(session: EditingSession, asked: RecordChange) -> RecordPreview:
    """What a change would do; nothing is written. Raises EditError, DiagnosticsError."""
    pages = RepositoryPages(Repository(session.root))
    plan = _checked(pages, asked)
    return RecordPreview(plan.problems, plan.notes, _in_words(pages, plan), _digest(pages.repository, plan))


def _checked(pages: RepositoryPages, asked: RecordChange) -> RecordPlan:
    try:
        return checked(pages, asked.id, asked.planned)
    except RequestError as error:
        raise EditError(error.reason) from None


def _in_words(pages: RepositoryPages, plan: RecordPlan) -> tuple[PageChanges, ...]:
    """The pages that would change. Records are all compared, since a name may lead to another one afterwards."""
    before = {
        path: text for path, text in pages.texts.items() if path.startswith(_RECORDS) or path in plan.texts
    }
    after = {path: text for path, text in {**before, **plan.texts}.items() if path not in plan.removed}
    reader = SnapshotReader()
    return compare(reader.snapshot(_placed(before)), reader.snapshot(_placed(after)), plain_text)


def _placed(texts: Mapping[str, str]) -> dict[str, str]:
    return {f"content/{path}": text for path, text in texts.items()}


def _digest(repository: Repository, plan: RecordPlan) -> str:
    """A digest of what would be written, over what, and of what was said about it."""
    files = sorted((path, repository.digests[path], data) for path, data in repository.pending.items())
    said = (*map(str, plan.problems), *map(str, plan.notes))
    return sha256(repr((files, said)).encode()).hexdigest()[:32]


def carry_out(
    session: EditingSession, asked: RecordChange, shown_digest: str, *, force: bool, words: str
) -> None:
    """Make the change as one decision. `shown_digest`: of the preview that the editor saw; `force`: also against problems.

    Raises ChangedError if it would not be the same change any more, EditError, and DiagnosticsError with what speaks against it;
    then nothing is written.
    """

    def change(repository: Repository) -> None:
        plan = _checked(RepositoryPages(repository), asked)
        if _digest(repository, plan) != shown_digest:
            raise ChangedError(CHANGED)
        if plan.problems and not force:
            raise DiagnosticsError(plan.problems)

    session.write(lambda _: False, change, words)
