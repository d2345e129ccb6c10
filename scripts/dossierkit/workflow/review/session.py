"""`dossier review`: goes through open items, one key each, and writes the page after every decision."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import click

from dossierkit.evidence.candidates.derive import Candidates
from dossierkit.evidence.candidates.leads import led
from dossierkit.merge.open import Open, open_items
from dossierkit.merge.record_decide import RecordOpen
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import EntityRef
from dossierkit.parallel.fence import trouble
from dossierkit.store.content import RECORDS
from dossierkit.store.decisions import PATH as FOR_ALL
from dossierkit.store.edit import EditError
from dossierkit.workflow.candidates import derived
from dossierkit.workflow.editing.article_edits import draft_records
from dossierkit.workflow.editing.article_state import read
from dossierkit.workflow.publish import prepare
from dossierkit.workflow.repository import Repository, chosen, finish_interrupted, known_records
from dossierkit.workflow.review import record_reviews, remaining, review_records
from dossierkit.workflow.review.decisions import carry_out
from dossierkit.workflow.review.display import keys, show
from dossierkit.workflow.review.engine import ChangedError, DecisionEngine
from dossierkit.workflow.review.page_review import PageReview, page_review_of
from dossierkit.workflow.review.prompts import by_better_name, decision_of
from dossierkit.workflow.review.record_reviews import RecordReview
from dossierkit.workflow.review.remaining import FEWEST, OWN, Rest
from dossierkit.workflow.review.screen import Screen
from dossierkit.workflow.terminal import missed

_ALWAYS = (("u", "undo"), ("s", "skip"), ("q", "quit"))
_STAYS = ("n", "t")
"""Keys of decisions after which the name itself is still to be decided on."""


@dataclass(slots=True)
class _Walk:
    """The state of a review.

    `maker`: ask only about this proposer's items, empty for all. `known`: the candidates; None after a decision that changes
    them. `sure`: by page, the marks of items that may be accepted together; `singly`: pages whose items are asked about one by
    one; `picked`: items to ask about alone; `asked`: pairs of twins that were shown. `seen`: by path, the cached waiting items
    of a page: (path of the proposal, digest of both files, items).
    """

    engine: DecisionEngine
    screen: Screen
    maker: str = ""
    known: Candidates | None = None
    skipped: set[tuple[str, ...]] = field(default_factory=set)
    sure: dict[str, frozenset[tuple[str, ...]]] = field(default_factory=dict)
    singly: set[str] = field(default_factory=set)
    picked: set[tuple[str, ...]] = field(default_factory=set)
    asked: set[frozenset[str]] = field(default_factory=set)
    seen: dict[str, tuple[str, bytes, tuple[Open | RecordOpen, ...]]] = field(default_factory=dict)

    @property
    def root(self) -> Path:
        return self.engine.root


def run(root: Path, path: Path | None = None, screen: Screen | None = None, *, maker: str = "") -> None:
    """Review the waiting items of the page, record, source or folder at `path`, by default of all. Raises click.UsageError.

    `maker`: only items of this proposer; `dossierkit` for the extractor.
    """
    if screen is None and not sys.stdin.isatty():
        raise click.UsageError("a review needs a terminal: without one, decide in the pages themselves")
    finish_interrupted(root)
    walk = _Walk(DecisionEngine(root), screen or Screen(), maker)
    records = review_records.chosen_records(root, path)
    named = path is not None and not path.is_dir() and not (root / path).is_dir()
    pages = records if records and named else (*chosen(root, (path,) if path else ()), *records)
    if maker:
        pages = tuple(
            page for page in pages if page not in records
        )  # what is proposed for records has no maker
    try:
        while (waiting := _next(walk, pages)) is not None and _ask(walk, *waiting):
            pass
    except (KeyboardInterrupt, EOFError):
        walk.screen.say("")
    left = sum(len(_waiting(walk, page)) for page in pages)
    walk.screen.say(f"{walk.engine.decided} decided, {left} open")


def _candidates(walk: _Walk) -> Candidates:
    if walk.known is None:
        walk.known = derived(walk.root)
    return walk.known


def _next(walk: _Walk, pages: tuple[str, ...]) -> tuple[str, Open | RecordOpen | Rest] | None:
    """The first waiting item that was not skipped; in a page, items that may be accepted together come last, as a `Rest`."""
    for page in pages:
        waiting = [item for item in _waiting(walk, page) if (page, *item.mark) not in walk.skipped]
        sure = tuple(item for item in waiting if isinstance(item, Open) and _is_sure(walk, page, item))
        doubtful = [item for item in waiting if item not in sure] if len(sure) >= FEWEST else waiting
        if doubtful:
            return page, doubtful[0]
        if sure:
            return page, Rest(sure)
    return None


def _is_sure(walk: _Walk, page: str, open_: Open) -> bool:
    """Whether an item may be accepted together with others: its score is high, and no twin of it is still to be asked about."""
    if open_.mark not in walk.sure.get(page, ()) or page in walk.singly or (page, *open_.mark) in walk.picked:
        return False
    return remaining.pairs_of(open_, _candidates(walk)) <= walk.asked


def _waiting(walk: _Walk, path: str) -> tuple[Open | RecordOpen, ...]:
    """The waiting items of a page; none if it cannot be read, which `dossier check` reports."""
    known = walk.seen.get(path)
    if known is not None and known[1] == _digest(walk.root, path, known[0]):
        return known[2]
    if path.startswith(RECORDS):
        suggested = record_reviews.suggested(path)
        offers = record_reviews.waiting(walk.root, path)
        walk.seen[path] = (suggested, _digest(walk.root, path, suggested), offers)
        return offers
    try:
        review = page_review_of(Repository(walk.root), path, {}, readable=False)
    except DiagnosticsError:
        return ()
    except Exception as error:  # noqa: BLE001 -- any error concerns this page only
        walk.screen.say(str(trouble(path, error)), "red")
        walk.seen[path] = (path, _digest(walk.root, path, path), ())
        return ()
    waiting = (
        remaining.ordered(
            tuple(
                item
                for item in open_items(review.page, review.last, _led(walk.root, review))
                if not walk.maker or _maker(review, item) == walk.maker
            ),
            review.last,
            _candidates(walk),
        )
        if review
        else ()
    )
    walk.sure[path] = frozenset(
        one.mark for one in waiting if review and remaining.is_sure(one, review.last, _candidates(walk))
    )
    suggested = review.suggested if review else path
    walk.seen[path] = (suggested, _digest(walk.root, path, suggested), waiting)
    return waiting


def _maker(review: PageReview, open_: Open) -> str:
    """The proposer of an item; empty for an item that nobody proposed."""
    proposed = review.last.item(open_.key)
    if proposed is None:
        return OWN if open_.question else ""
    return proposed.maker or OWN


def _led(root: Path, review: PageReview) -> Mapping[str, str]:
    """By id made from a name, the id of the record that has the name; empty if the page has no names without a record."""
    named = any(isinstance(entity.item, EntityRef) and entity.item.name for entity in review.page.entities)
    return led(known_records(root)) if named else {}


def _digest(root: Path, *paths: str) -> bytes:
    repository = Repository(root)
    return b"".join(sha256(repository.read(path) or b"").digest() for path in paths)


def _ask(walk: _Walk, path: str, open_: Open | RecordOpen | Rest) -> bool:
    """Show one item and carry out its key. Returns False at the end of the review."""
    if isinstance(open_, RecordOpen):
        return _ask_record(walk, path, open_)
    review = page_review_of(Repository(walk.root), path, known_records(walk.root))
    if review is None:
        return True
    review = replace(review, found=partial(_candidates, walk))
    if isinstance(open_, Rest):
        return _ask_rest(walk, review, open_)
    pairs = remaining.pairs_of(open_, _candidates(walk)) if open_.entity else frozenset()
    show(walk.screen, review, open_)
    key = walk.screen.ask((*keys(open_), *missed.KEYS, *_ALWAYS))
    if key in dict(missed.KEYS):
        _try(walk, lambda: _beside(walk, review, key))
        return True
    before = walk.engine.decided
    goes_on = _act(walk, (path, *open_.mark), key, lambda: _decide(walk, review, open_, key))
    if key == "s" or (walk.engine.decided > before and key not in _STAYS):
        walk.asked |= pairs
    return goes_on


def _beside(walk: _Walk, review: PageReview, key: str) -> None:
    """Carry out a key that edits or publishes the page instead of deciding. Raises EditError, DiagnosticsError."""
    article = missed.refuse_unread(read(walk.root, review.page.path, _led(walk.root, review)))
    if key == "P":
        drafts = [record.path for record in draft_records(article, review.records)]
        _write(walk, review, partial(_publish, review, drafts))
        return
    make = missed.make_of(walk.screen, article, review.records, key)
    if make is not None:
        text = make(review.page.text)
        _write(walk, review, partial(review.repository.write, review.page.path, text))


def _publish(review: PageReview, records: Sequence[str]) -> None:
    """Publish the page with draft records that it names. Raises DiagnosticsError with the obstacles."""
    made = prepare(review.repository, [review.page.path, *records], accept=True)
    if problems := [problem for published in made for problem in published.problems]:
        raise DiagnosticsError(problems)


def _ask_rest(walk: _Walk, review: PageReview, rest: Rest) -> bool:
    """Ask once about all items of a page that are not doubtful."""
    path = review.page.path
    remaining.show(walk.screen, review, rest)
    key = walk.screen.ask((*remaining.KEYS, *_ALWAYS))
    if key == "o":
        walk.singly.add(path)
    elif key == "s":
        walk.skipped |= {(path, *item.mark) for item in rest.items}
    else:
        return _act(walk, (), key, lambda: _accept_rest(walk, review, rest, key))
    return True


def _accept_rest(walk: _Walk, review: PageReview, rest: Rest, key: str) -> None:
    """Accept the items, except those that the editor picks and those that cannot be accepted. Raises EditError."""
    how = remaining.chosen(walk.screen, rest) if key == "p" else {}
    change, left = remaining.decide_all(review, rest, how)
    walk.picked |= {(review.page.path, *mark) for mark in left}
    if len(rest.items) > len(left):
        _write(walk, review, change, len(rest.items) - len(left))


def _ask_record(walk: _Walk, path: str, open_: RecordOpen) -> bool:
    review = record_reviews.review_of(walk.root, path)
    if review is None:
        return True
    review_records.show(walk.screen, review, open_)
    key = walk.screen.ask((*review_records.keys(open_), *_ALWAYS))

    def decide() -> None:
        decision = review_records.decision_of(walk.screen, open_, key)
        _write(walk, review, lambda: record_reviews.carry_out(review, open_, decision))

    return _act(walk, (path, *open_.mark), key, decide)


def _act(walk: _Walk, mark: tuple[str, ...], key: str, decide: Callable[[], None]) -> bool:
    if key == "q":
        return False
    if key == "s":
        walk.skipped.add(mark)
    else:
        _try(walk, lambda: _undo(walk) if key == "u" else decide())
    return True


def _try(walk: _Walk, act: Callable[[], None]) -> None:
    """Carry out an action; if it fails, print the reason and leave everything unchanged."""
    try:
        act()
    except EditError as error:
        walk.screen.say(f"not done: {error}", "red")
    except DiagnosticsError as error:
        walk.screen.say("not done: " + "; ".join(problem.message for problem in error.problems), "red")
    except Exception as error:  # noqa: BLE001 -- the review continues after any error
        walk.screen.say(f"not done: {trouble('.', error).message}", "red")


def _decide(walk: _Walk, review: PageReview, open_: Open, key: str) -> None:
    """Carry out the decision of a key. Raises EditError, DiagnosticsError."""
    decision = decision_of(walk.screen, review, open_, key)
    if decision is not None:
        _write(walk, review, lambda: carry_out(review, open_, by_better_name(review, open_, decision)))


def _write(
    walk: _Walk, review: PageReview | RecordReview, change: Callable[[], object], number: int = 1
) -> None:
    """Write a decision on `number` items, and print if the page changed meanwhile."""
    before = len(walk.engine.done)
    try:
        walk.engine.write(review.repository, lambda: review.changed_since, change, lambda: number)
    except ChangedError as error:
        walk.screen.say(str(error), "yellow")
        return
    for words in (words for one in walk.engine.done[before:] for words in one.kept):
        walk.screen.say(str(words), "yellow")
    if any(path.startswith((RECORDS, FOR_ALL)) for path in review.repository.pending):
        walk.known = None


def _undo(walk: _Walk) -> None:
    """Undo the last decision, unless its files changed since."""
    if not walk.engine.done:
        walk.screen.say("nothing to undo", "yellow")
        return
    try:
        walk.engine.undo()
    except EditError as error:
        walk.screen.say(str(error), "red")
        return
    walk.known = None
    walk.screen.say("undone", "green")
