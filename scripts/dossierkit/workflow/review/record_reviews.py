"""A record under review: the proposals that wait in it, and one decision on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dossierkit.merge.decide import Decided
from dossierkit.merge.record import RecordUnderMerge, open_record
from dossierkit.merge.record_decide import RecordOpen, open_offers, take, turn_down
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.proposal import RecordProposal
from dossierkit.model.record import Record
from dossierkit.store import record_proposal as stored
from dossierkit.store.content import id_of, record_file
from dossierkit.store.edit import EditError
from dossierkit.text.fold import fold
from dossierkit.workflow.records.record_offers import last_for_record
from dossierkit.workflow.repository import Repository, known_records


@dataclass(frozen=True, slots=True)
class RecordReview:
    """A record under review, as read from disk."""

    page: RecordUnderMerge
    last: RecordProposal
    repository: Repository

    def write(self, decided: Decided[RecordProposal]) -> None:
        """Add the decision to the pending changes."""
        self.repository.write(self.page.path, decided.text)
        self.repository.write(suggested(self.page.path), stored.dump(decided.proposal))

    @property
    def changed_since(self) -> bool:
        """Whether the files on disk differ from what was decided on."""
        fresh = Repository(self.repository.root)
        same = fresh.page(self.page.path) == self.page.text
        return not same or last_for_record(fresh, id_of(self.page.path))[0] != self.last


def suggested(path: str) -> str:
    """The path of the proposal for the record at `path`."""
    return stored.path_of(id_of(path))


def review_of(root: Path, path: str) -> RecordReview | None:
    """The review of a record; None if the record is withdrawn. Raises DiagnosticsError."""
    repository = Repository(root)
    page = open_record(id_of(path), path, repository.page(path))
    return (
        None
        if page.record.status == "withdrawn"
        else RecordReview(page, last_for_record(repository, id_of(path))[0], repository)
    )


def waiting(root: Path, path: str) -> tuple[RecordOpen, ...]:
    """The waiting proposals of a record; none if it cannot be read, which `dossier check` reports."""
    try:
        review = review_of(root, path)
    except DiagnosticsError:
        return ()
    return tuple(open_offers(review.page, review.last)) if review else ()


def other_bearer(open_: RecordOpen, own: str, records: Mapping[str, Record]) -> str:
    """The id of another record that has the name; empty if there is none."""
    if open_.field != "aliases":
        return ""
    has = (
        id_ for id_, record in records.items()
        if id_ != own and fold(open_.value) in {fold(name.text) for name in record.strong_names}
    )  # fmt: skip
    return next(has, "")


@dataclass(frozen=True, slots=True)
class RecordDecision:
    """`taken`: accept the proposal, in the words `words` if not empty; otherwise reject it for good."""

    taken: bool
    words: str = ""


def carry_out(review: RecordReview, open_: RecordOpen, decision: RecordDecision) -> None:
    """Add what a decision changes to the pending changes. Raises EditError."""
    if not decision.taken:
        review.write(turn_down(review.page, review.last, open_))
    else:
        _refuse_taken(review, open_, decision.words or open_.value)
        review.write(take(review.page, review.last, open_, decision.words))


def _refuse_taken(review: RecordReview, open_: RecordOpen, value: str) -> None:
    own = review.page.record.id
    other = other_bearer(RecordOpen(open_.field, value), own, known_records(review.repository.root))
    if other:
        raise EditError(
            "{other} has the name “{value}” ({path}): remove it there first, or reject it here",
            other=other,
            value=value,
            path=record_file(other),
        )
