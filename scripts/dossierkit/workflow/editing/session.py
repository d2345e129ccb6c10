"""An editing session on the whole repository, in the browser or the terminal. All its writes pass through this module."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Self

from dossierkit.merge.record_decide import RecordOpen
from dossierkit.model.message import Message
from dossierkit.model.record import Record
from dossierkit.store.edit import EditError
from dossierkit.workflow.editing.failing_pages import FailingPages
from dossierkit.workflow.editing.index import SiteIndex
from dossierkit.workflow.editing.joined_entries import JoinedEntries
from dossierkit.workflow.editing.queue import Queue
from dossierkit.workflow.publish import Published, prepare
from dossierkit.workflow.repository import Repository, finish_interrupted
from dossierkit.workflow.review.engine import DecisionEngine, DecisionTarget, WrittenDecision, carry_out_all
from dossierkit.workflow.review.page_review import PageReview
from dossierkit.workflow.review.record_reviews import RecordDecision, carry_out, review_of


class NotPublishedError(EditError):
    """Pages that could not be published. `made`: the result for each, with its problems."""

    def __init__(self, made: Sequence[Published]) -> None:
        super().__init__("something prevents it")
        self.made = tuple(made)


@dataclass
class EditingSession:
    """The repository at `root` during a session: its index, the decisions made, the queue of names, the joined events, and the pages that
    fail a check.
    """

    root: Path
    index: SiteIndex
    engine: DecisionEngine
    queue: Queue
    events: JoinedEntries
    failing: FailingPages

    @classmethod
    def open(cls, root: Path) -> Self:
        """A new session that has read nothing yet: see `SiteIndex.load`."""
        finish_interrupted(root)
        index = SiteIndex(root)
        engine = DecisionEngine(root, pages_about=index.pages_about)
        return cls(root, index, engine, Queue(index), JoinedEntries(index), FailingPages(root, index))

    def refresh(self) -> None:
        """Read files again that changed on disk, and derive candidates in the background if needed."""
        self.index.refresh()
        self.index.derive_soon()

    def decide(
        self, targets: Sequence[DecisionTarget], shown: Iterable[str], version: str, words: str = ""
    ) -> tuple[tuple[DecisionTarget, Message], ...]:
        """Carry out decisions as one; return those that failed, with the reason. Raises EditError if all failed.

        `shown`: the articles that the editor saw, `version`: their digest then.
        """
        repository, left, paths = Repository(self.root), list[tuple[DecisionTarget, Message]](), tuple(shown)

        def change() -> None:
            left.extend(
                carry_out_all(
                    repository, targets, self.index.records, lambda: self.index.found, self._as_read
                )
            )
            if len(left) == len(targets):
                raise EditError(left[0][1] if left else Message("there is nothing to decide on"))

        self._write(
            repository,
            lambda: self._now(paths) != version,
            change,
            words,
            number=lambda: len(targets) - len(left),
        )
        return tuple(left)

    def decide_all(self, targets: Sequence[DecisionTarget], words: str) -> tuple[int, tuple[Message, ...]]:
        """Carry out decisions on articles as they were read last; return their number, and the reasons for the others."""
        shown = [target.page for target in targets]
        left = self.decide(targets, shown, digest(self.index, shown), words)
        return len(targets) - len(left), tuple(why for _, why in left)

    def _as_read(self, path: str, records: dict[str, Record]) -> PageReview | None:
        article = self.index.articles.get(path)
        return article.review(self.root, records) if article else None

    def _now(self, paths: Iterable[str]) -> str:
        """The digest of articles as they are on disk now."""
        self.index.refresh()
        return digest(self.index, paths)

    def edit(self, path: str, version: str, make: Callable[[str], str], words: str = "") -> None:
        """Replace a page's text. `version`: digest of the text that the editor saw. Raises EditError, DiagnosticsError."""
        repository = Repository(self.root)

        def change() -> None:
            repository.write(path, make(repository.page(path)))

        self._write(repository, lambda: text_digest(repository, path) != version, change, words)

    def decide_record(self, path: str, open_: RecordOpen, decision: RecordDecision, words: str) -> None:
        """Decide on a waiting item of a record. Raises EditError, DiagnosticsError."""
        review = review_of(self.root, path)
        if review is None:
            raise EditError("the record is withdrawn")
        self._write(
            review.repository,
            lambda: review.changed_since,
            lambda: carry_out(review, open_, decision),
            words,
        )

    def publish(
        self, pages: Sequence[str], version: str, *, accept: bool, words: str = ""
    ) -> tuple[Published, ...]:
        """Publish pages, all or none. Raises NotPublishedError."""
        repository, made = Repository(self.root), list[Published]()

        def change() -> None:
            made.extend(prepare(repository, pages, accept=accept))
            if any(published.problems for published in made):
                raise NotPublishedError(made)

        self._write(repository, lambda: text_digest(repository, pages[0]) != version, change, words)
        return tuple(made)

    def write(
        self, changed: Callable[[Repository], bool], change: Callable[[Repository], object], words: str
    ) -> None:
        """Write any other change, as one decision. `changed`: whether the files differ from what the editor saw; what it reads in
        the repository is not written over if it changes after that.
        """
        repository = Repository(self.root)
        self._write(repository, lambda: changed(repository), lambda: change(repository), words)

    def create(self, path: str, text: str, words: str) -> None:
        """Write a new page. Raises EditError if it exists by now."""
        self.write(
            lambda repository: repository.read(path) is not None,
            lambda repository: repository.write(path, text),
            words,
        )

    def undo(self) -> WrittenDecision:
        """Undo the last decision. Raises EditError."""
        done = self.engine.undo()
        self.index.refresh(done.files)
        self.index.derive_soon()
        return done

    def _write(
        self,
        repository: Repository,
        changed: Callable[[], bool],
        change: Callable[[], object],
        words: str,
        number: Callable[[], int] = lambda: 1,
    ) -> None:
        try:
            self.engine.write(repository, changed, change, number, words)
        except Exception:
            self.refresh()
            raise
        self.index.refresh(repository.pending)
        self.index.derive_soon()


def digest(index: SiteIndex, paths: Iterable[str]) -> str:
    """A digest of articles, by path, which changes if any of them does."""
    found = (index.articles.get(path) for path in sorted(set(paths)))
    return sha256("".join(state.digest if state else "-" for state in found).encode()).hexdigest()[:32]


def text_digest(repository: Repository, path: str) -> str:
    return sha256(repository.read(path) or b"").hexdigest()[:32]
