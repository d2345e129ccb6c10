"""Carries out decisions, each atomically and under the lock, and undoes them. Used by the terminal and the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dossierkit.evidence.candidates.derive import Candidates
from dossierkit.evidence.candidates.leads import led
from dossierkit.evidence.candidates.learnt import begins, words
from dossierkit.merge.decide import forget
from dossierkit.merge.open import ItemMark, Open, listed_items, open_items
from dossierkit.merge.page_items import open_page
from dossierkit.merge.types import with_types
from dossierkit.model.decision import Decision
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.message import Message
from dossierkit.model.page import EntityRef
from dossierkit.model.record import Record
from dossierkit.store import decisions
from dossierkit.store import proposal as proposals
from dossierkit.store.content import ARTICLES, RECORDS, id_of
from dossierkit.store.edit import EditError
from dossierkit.store.page_parser import record as read_record
from dossierkit.text.fold import fold
from dossierkit.workflow.named_files import article_pages
from dossierkit.workflow.repository import Repository, exclusive
from dossierkit.workflow.review.accept_many import NOT_OPEN, accept_many
from dossierkit.workflow.review.decisions import carry_out
from dossierkit.workflow.review.item_decisions import Accept, ItemDecision
from dossierkit.workflow.review.page_review import PageReview, page_review_of

CHANGED = Message("the page has changed since: look again")
GONE = NOT_OPEN


class ChangedError(EditError):
    """The files differ from what was decided on."""


@dataclass(frozen=True, slots=True)
class WrittenDecision:
    """A decision that was written. `number`: of items decided on; `files`: by path, the bytes before and after; `left_alone`: items that a
    decision for every article left as they are, since a person decided otherwise in their page.
    """

    number: int
    files: Mapping[str, tuple[bytes | None, bytes | None]]
    words: str = ""
    left_alone: tuple[Message, ...] = ()

    @property
    def articles(self) -> int:
        """The number of articles that it changed."""
        return sum(path.startswith(ARTICLES) for path in self.files)


@dataclass(frozen=True, slots=True)
class DecisionTarget:
    """One waiting item, by page and mark, and the decision on it."""

    page: str
    mark: ItemMark
    decision: ItemDecision


@dataclass(slots=True)
class DecisionEngine:
    """Decides in the repository at `root`. `done`: written decisions in order; undoing removes the last.

    `pages_about`: returns the pages in which items may wait that a site-wide decision is about.
    """

    root: Path
    done: list[WrittenDecision] = field(default_factory=list)
    pages_about: Callable[[Decision], Iterable[str]] | None = None

    @property
    def decided(self) -> int:
        return sum(decision.number for decision in self.done)

    def write(
        self,
        repository: Repository,
        changed: Callable[[], bool],
        change: Callable[[], object],
        number: Callable[[], int] = lambda: 1,
        words: str = "",
    ) -> None:
        """Write a decision as one. `changed`: whether its files differ from what was decided on; `number`: returns the number of
        items, called after `change`.

        Raises ChangedError if `changed` returns True, and whatever `change` raises.
        """
        with exclusive(self.root):
            if changed():
                raise ChangedError(CHANGED)
            change()
            left_alone = everywhere(repository, self.pages_about or (lambda _: article_pages(self.root, ())))
            fresh = Repository(self.root)
            files = {path: (fresh.read(path), data) for path, data in repository.pending.items()}
            repository.commit()
        if files:
            self.done.append(WrittenDecision(number(), files, words, left_alone))

    def undo(self) -> WrittenDecision:
        """Undo the last decision. Raises EditError if there is none, or its files changed since."""
        if not self.done:
            raise EditError("nothing to undo")
        with exclusive(self.root):
            now, last = Repository(self.root), self.done[-1]
            changed = [path for path, (_, after) in last.files.items() if now.read(path) != after]
            if changed:
                raise EditError("not undone: {listed} changed since", listed=", ".join(changed))
            for path, (before, _) in last.files.items():
                now.put(path, before)
            now.commit()
        return self.done.pop()


def carry_out_all(
    repository: Repository,
    targets: Sequence[DecisionTarget],
    records: Mapping[str, Record],
    found: Callable[[], Candidates],
    as_read: Callable[[str, dict[str, Record]], PageReview | None],
) -> tuple[tuple[DecisionTarget, Message], ...]:
    """Add many decisions to the pending changes; return those that could not be carried out, with the reason.

    Acceptances come last, because what else is decided may leave a name to one entity alone. `as_read`: returns a page
    that was read already and has not changed; None to read it.
    """
    accepted = [target for target in targets if isinstance(target.decision, Accept)]
    others = [target for target in targets if not isinstance(target.decision, Accept)]
    known = dict(records)
    left = _one_by_one(repository, others, known, found, as_read)
    return (*left, *_accept_all(repository, accepted, known, as_read))


def _one_by_one(
    repository: Repository,
    targets: Sequence[DecisionTarget],
    known: dict[str, Record],
    found: Callable[[], Candidates],
    as_read: Callable[[str, dict[str, Record]], PageReview | None],
) -> tuple[tuple[DecisionTarget, Message], ...]:
    """`carry_out_all`, in order. Records that a decision writes are added to `known`."""
    left, used = list[tuple[DecisionTarget, Message]](), dict[str, bytes]()
    records_of = led(known)
    for target in targets:
        try:
            _carry_out(target, _review(repository, target.page, known, as_read), found, records_of)
        except EditError as error:
            left.append((target, error.message))
        except DiagnosticsError as error:
            left.append((target, Message("{problems}", {"problems": error.problems})))
        if written := _written_records(repository, used):
            known |= written
            records_of = led(known)
    return tuple(left)


def _accept_all(
    repository: Repository,
    targets: Sequence[DecisionTarget],
    records: dict[str, Record],
    as_read: Callable[[str, dict[str, Record]], PageReview | None],
) -> tuple[tuple[DecisionTarget, Message], ...]:
    """`carry_out_all` for acceptances, which concern their own page only: each page is read and written once."""
    by_page, left = dict[str, list[int]](), dict[int, Message]()
    for at, target in enumerate(targets):
        by_page.setdefault(target.page, []).append(at)
    records_of = led(records)
    for path, places in by_page.items():
        try:
            review = _review(repository, path, records, as_read)
            marks = [targets[at].mark for at in places]
            left |= {places[at]: why for at, why in accept_many(review, marks, records_of)}
        except EditError as error:
            left |= dict.fromkeys(places, error.message)
        except DiagnosticsError as error:
            left |= dict.fromkeys(places, Message("{problems}", {"problems": error.problems}))
    return tuple((targets[at], left[at]) for at in sorted(left))


def _review(
    repository: Repository,
    path: str,
    records: dict[str, Record],
    as_read: Callable[[str, dict[str, Record]], PageReview | None],
) -> PageReview:
    """The page with pending changes. Raises EditError for a page without proposals, DiagnosticsError."""
    found = _unwritten(repository, as_read(path, records)) or page_review_of(repository, path, records)
    if found is None:
        raise EditError("the page has no source, or is withdrawn")
    return found


def _unwritten(repository: Repository, review: PageReview | None) -> PageReview | None:
    """A page as it was read, unless an earlier decision has changed it. What somebody saves afterwards is not written over."""
    if review is None or review.page.path in repository.pending or review.suggested in repository.pending:
        return None
    for path, read in review.repository.digests.items():
        repository.digests.setdefault(path, read)
    return replace(review, repository=repository)


def _carry_out(
    target: DecisionTarget,
    review: PageReview,
    found: Callable[[], Candidates],
    records_of: Mapping[str, str],
) -> None:
    review = replace(review, found=found)
    waiting = open_items(review.page, review.last, records_of)
    open_ = find((*waiting, *listed_items(review.page, review.last, records_of)), target.mark)
    carry_out(review, open_, target.decision)


def _written_records(repository: Repository, used: dict[str, bytes]) -> dict[str, Record]:
    """The pending records that are not in `used` (path -> bytes) yet; the next decision uses these."""
    new = {
        path: data
        for path, data in repository.pending.items()
        if data is not None and path.startswith(RECORDS) and used.get(path) is not data
    }
    used |= new
    ids = ((id_of(path), path) for path in new)
    return {id_: read_record(id_, path, repository.page(path))[0] for id_, path in ids}


def find(waiting: Iterable[Open], mark: ItemMark) -> Open:
    """The open item with a mark. Raises ChangedError if there is none any more."""
    found = next((item for item in waiting if item.mark == mark), None)
    if found is None:
        raise ChangedError(GONE)
    return found


def everywhere(
    repository: Repository, pages_about: Callable[[Decision], Iterable[str]]
) -> tuple[Message, ...]:
    """Carry out the pending site-wide decisions in all pages; return what stays otherwise since a person decided so in a page. Pages
    that cannot be read or edited in place are left to the next update.

    `pages_about`: returns the pages in which items may stand that a decision is about.
    """
    new = (
        _decisions(repository) - _decisions(Repository(repository.root))
        if decisions.PATH in repository.pending
        else frozenset()
    )
    wanted = {decision: tuple(pages_about(decision)) for decision in sorted(new)}
    left_alone: list[Message] = []
    for path in sorted({path for paths in wanted.values() for path in paths}):
        for decision in (one for one, paths in wanted.items() if path in paths):
            try:
                left_alone += _in_page(repository, path, decision)
            except (DiagnosticsError, EditError):
                continue
    return tuple(left_alone)


def _decisions(repository: Repository) -> frozenset[Decision]:
    return frozenset(decisions.load(repository.text(decisions.PATH)))


def _in_page(repository: Repository, path: str, decision: Decision) -> Iterator[Message]:
    review = page_review_of(repository, path, {}, readable=False)
    if review is None:
        return
    page, last = review.page, review.last
    if decision.kind == "other_type":
        typed = with_types(page, last, {fold(decision.name): decision.type}, proposed_only=False)
        page, last = typed.page, typed.last
        yield from (_stays(path, item) for item in typed.persons_own)
    while (
        open_ := next((item for item in open_items(page, last) if _is_about(item, decision)), None)
    ) is not None:
        decided = forget(page, last, open_)
        page, last = open_page(path, decided.text), decided.proposal
    if page is not review.page:
        repository.write(path, page.text)
        repository.write(review.suggested, proposals.dump(last))


def _stays(path: str, item: EntityRef) -> Message:
    return Message(
        "{path}: “{name}” stays of type {type}, which a person gave it there",
        {"path": path, "name": item.name, "type": item.type},
    )


def _is_about(open_: Open, decision: Decision) -> bool:
    """Whether an item waits and the decision takes it out."""
    if open_.conflict is not None:
        return False
    if open_.entry:
        return decision.kind == "heading" and begins(words(open_.entry.text), words(decision.name))
    item = open_.entity
    if item is None or not item.name or fold(item.name) != fold(decision.name):
        return False
    return decision.kind == "junk"
