"""Carries out decisions, each atomically and under the lock, and undoes them. Used by the terminal and the desk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
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
from dossierkit.workflow.records.judgements import decide_for_all
from dossierkit.workflow.repository import Repository, exclusive
from dossierkit.workflow.review.accept_many import NOT_OPEN, accept_many
from dossierkit.workflow.review.decisions import carry_out
from dossierkit.workflow.review.item_decisions import Accept, ItemDecision, Junk, Reject
from dossierkit.workflow.review.page_review import PageReview, page_review_of
from dossierkit.workflow.review.remove_many import remove_many

CHANGED = Message("the page has changed since: look again")
GONE = NOT_OPEN


class ChangedError(EditError):
    """The files differ from what was decided on."""


@dataclass(frozen=True, slots=True)
class WrittenDecision:
    """A decision that was written. `number_written`: of decisions written so far, undone ones included, which identifies it; `number`: of
    items decided on; `files`: by path, the bytes before and after; `left_alone`: items that a
    decision for every article left as they are, since a person decided otherwise in their page.
    """

    number_written: int
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
    written: int = 0
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
            self.written += 1
            self.done.append(WrittenDecision(self.written, number(), files, words, left_alone))

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
    if _removes_only(others):
        left = _remove_all(repository, others, known, as_read)
    else:
        left = _one_by_one(repository, others, known, found, as_read)
    return (*left, *_accept_all(repository, accepted, known, as_read))


def _removes_only(targets: Sequence[DecisionTarget]) -> bool:
    """Whether all are rejections, or all junk, of several items, each once: then their order makes no difference."""
    kinds = {type(target.decision) for target in targets}
    marks = {(target.page, target.mark) for target in targets}
    return 1 < len(targets) == len(marks) and kinds in ({Reject}, {Junk})


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
    """`carry_out_all` for acceptances, which concern their own page only."""
    records_of = led(records)

    def accept(review: PageReview, these: Sequence[DecisionTarget]) -> Iterator[tuple[int, Message]]:
        return accept_many(review, [target.mark for target in these], records_of)

    return _by_page(targets, lambda path: _review(repository, path, records, as_read), accept)


def _remove_all(
    repository: Repository,
    targets: Sequence[DecisionTarget],
    records: dict[str, Record],
    as_read: Callable[[str, dict[str, Record]], PageReview | None],
) -> tuple[tuple[DecisionTarget, Message], ...]:
    """`carry_out_all` where all is rejected, or all is junk."""
    records_of, junk = led(records), list[Decision]()

    def remove(review: PageReview, these: Sequence[DecisionTarget]) -> Iterator[tuple[int, Message]]:
        removals = [(one.mark, one.decision) for one in these if isinstance(one.decision, Reject | Junk)]
        names = {
            one.mark: one.entity.name
            for one in open_items(review.page, review.last, records_of)
            if one.entity
        }
        left = dict(remove_many(review, removals, records_of))
        gone = (mark for at, (mark, how) in enumerate(removals) if at not in left and isinstance(how, Junk))
        junk.extend(Decision("junk", names[mark]) for mark in gone)
        return iter(left.items())

    left = _by_page(targets, lambda path: _review(repository, path, records, as_read), remove)
    if junk:
        decide_for_all(repository, *junk)
    return left


def _by_page(
    targets: Sequence[DecisionTarget],
    review_of: Callable[[str], PageReview],
    act: Callable[[PageReview, Sequence[DecisionTarget]], Iterable[tuple[int, Message]]],
) -> tuple[tuple[DecisionTarget, Message], ...]:
    """Carry out the decisions on each page together, so that it is read and written once. `act`: returns the positions of those that
    were left, with the reason.
    """
    pages, left = dict[str, list[int]](), dict[int, Message]()
    for at, target in enumerate(targets):
        pages.setdefault(target.page, []).append(at)
    for path, places in pages.items():
        try:
            these = [targets[at] for at in places]
            left |= {places[at]: why for at, why in act(review_of(path), these)}
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
    by_page: dict[str, list[Decision]] = {}
    for decision, paths in wanted.items():
        for path in paths:
            by_page.setdefault(path, []).append(decision)
    for path in sorted(by_page):
        for these in _together(by_page[path]):
            with suppress(DiagnosticsError, EditError):
                left_alone += _in_page(repository, path, these)
    return tuple(left_alone)


def _together(listed: Sequence[Decision]) -> Iterator[tuple[Decision, ...]]:
    """Junk is taken out of a page at once; every other decision by itself."""
    yield from ((one,) for one in listed if one.kind != "junk")
    if junk := tuple(one for one in listed if one.kind == "junk"):
        yield junk


def _decisions(repository: Repository) -> frozenset[Decision]:
    return frozenset(decisions.load(repository.text(decisions.PATH)))


def _in_page(repository: Repository, path: str, these: Sequence[Decision]) -> Iterator[Message]:
    review = page_review_of(repository, path, {}, readable=False)
    if review is None:
        return
    page, last = review.page, review.last
    for decision in these:
        if decision.kind == "other_type":
            typed = with_types(page, last, {fold(decision.name): decision.type}, proposed_only=False)
            page, last = typed.page, typed.last
            yield from (_stays(path, item) for item in typed.persons_own)
    while (
        open_ := next(
            (item for item in open_items(page, last) if any(_is_about(item, one) for one in these)), None
        )
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
