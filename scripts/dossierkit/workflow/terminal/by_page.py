"""`dossier review`: goes through open items page by page, one key each, and writes the page after every decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dossierkit.merge.open import ItemMark, Open
from dossierkit.merge.record_decide import RecordOpen
from dossierkit.model.message import Message
from dossierkit.store.content import RECORDS
from dossierkit.workflow.editing.article_state import ArticleState
from dossierkit.workflow.editing.session import digest, text_digest
from dossierkit.workflow.named_files import article_pages, path_named, record_pages
from dossierkit.workflow.review import record_prompts, record_reviews, remaining
from dossierkit.workflow.review.display import keys, show
from dossierkit.workflow.review.engine import DecisionTarget
from dossierkit.workflow.review.page_review import PageReview
from dossierkit.workflow.review.prompts import by_better_name, decision_of
from dossierkit.workflow.review.remaining import DECISIONS, FEWEST, OWN, Rest
from dossierkit.workflow.review.screen import Screen
from dossierkit.workflow.terminal import missed
from dossierkit.workflow.terminal.terminal_session import TerminalSession, open_terminal, walk

_ALWAYS = (("u", "undo"), ("s", "skip"), ("q", "quit"))
_STAYS = ("n", "t")
"""Keys of decisions after which the name itself is still to be decided on."""


@dataclass(slots=True)
class _Pages:
    """The state of a review of the pages at `paths`.

    `maker`: ask only about this proposer's items, empty for all. `singly`: pages whose items are asked about one by one;
    `picked`: items to ask about alone; `asked`: pairs of twins that were shown.
    """

    terminal: TerminalSession
    paths: Sequence[str]
    maker: str = ""
    skipped: set[tuple[str, ...]] = field(default_factory=set)
    singly: set[str] = field(default_factory=set)
    picked: set[tuple[str, ...]] = field(default_factory=set)
    asked: set[frozenset[str]] = field(default_factory=set)


def run(root: Path, path: Path | None = None, screen: Screen | None = None, *, maker: str = "") -> None:
    """Review the waiting items of the page, record, source or folder at `path`, by default of all. Raises click.UsageError.

    `maker`: only items of this proposer; `dossierkit` for the extractor.
    """
    terminal = open_terminal(root, screen)
    pages = _Pages(terminal, _paths(root, path, maker), maker)
    unreadable = terminal.session.index.unreadable
    for problem in (one for page in pages.paths if page in unreadable for one in unreadable[page].problems):
        terminal.screen.say(str(problem), "red")
    walk(terminal, lambda: _step(pages), lambda: sum(len(_waiting(pages, page)) for page in pages.paths))


def _paths(root: Path, path: Path | None, maker: str) -> tuple[str, ...]:
    """The pages to review; with a maker no records, since what is proposed for them has none."""
    records = record_pages(root, path)
    is_record = path is not None and path_named(root, path) in records
    articles = () if is_record else article_pages(root, (path,) if path else ())
    return articles if maker else (*articles, *records)


def _step(pages: _Pages) -> bool:
    """Show the next item and carry out its key. Returns False at the end of the review."""
    found = _next(pages)
    if found is None:
        return False
    path, open_ = found
    if isinstance(open_, RecordOpen):
        return _ask_record(pages, path, open_)
    session = pages.terminal.session
    article = session.index.articles[path]
    review = replace(article.review(session.root, session.index.records), found=lambda: session.index.found)
    shown_digest = digest(session.index, [path])
    return (
        _ask_rest(pages, review, open_, shown_digest)
        if isinstance(open_, Rest)
        else _ask(pages, review, open_, shown_digest)
    )


def _next(pages: _Pages) -> tuple[str, Open | RecordOpen | Rest] | None:
    """The first waiting item that was not skipped; in a page, items that may be accepted together come last, as a `Rest`."""
    for path in pages.paths:
        waiting = [item for item in _waiting(pages, path) if (path, *item.mark) not in pages.skipped]
        marks = {item.mark for item in waiting if isinstance(item, Open) and _is_sure(pages, path, item)}
        sure = tuple(item for item in waiting if isinstance(item, Open) and item.mark in marks)
        doubtful = [item for item in waiting if item not in sure] if len(sure) >= FEWEST else waiting
        if doubtful:
            return path, doubtful[0]
        if sure:
            return path, Rest(sure)
    return None


def _is_sure(pages: _Pages, path: str, open_: Open) -> bool:
    """Whether an item may be accepted together with others: its score is high, and no twin of it is still to be asked about."""
    if path in pages.singly or (path, *open_.mark) in pages.picked:
        return False
    index = pages.terminal.session.index
    sure = remaining.is_sure(open_, index.articles[path].last, index.found)
    return sure and remaining.pairs_of(open_, index.found) <= pages.asked


def _waiting(pages: _Pages, path: str) -> tuple[Open | RecordOpen, ...]:
    """The waiting items of a page in the order of a review; none if it cannot be read."""
    index = pages.terminal.session.index
    if path.startswith(RECORDS):
        return index.offers.get(path, ())
    article = index.articles.get(path)
    wanted = [item for item in article.waiting if _is_wanted(pages, article, item)] if article else ()
    return remaining.ordered(wanted, article.last, index.found) if article and wanted else ()


def _is_wanted(pages: _Pages, article: ArticleState, open_: Open) -> bool:
    asked = open_.question is not None and pages.maker == OWN
    return not pages.maker or asked or pages.maker in article.found_by(open_)


def _ask(pages: _Pages, review: PageReview, open_: Open, shown_digest: str) -> bool:
    """Ask about one item. `shown_digest`: the digest of the page as it is shown."""
    terminal, path = pages.terminal, review.page.path
    version = text_digest(review.repository, path)
    pairs = remaining.pairs_of(open_, review.found()) if open_.entity else frozenset()
    show(terminal.screen, review, open_)
    key = terminal.screen.ask((*keys(open_), *missed.KEYS, *_ALWAYS))
    if key in dict(missed.KEYS):
        article = terminal.session.index.articles[path]
        terminal.attempt(lambda: missed.carry_out(terminal, article, key, version))
        return True
    before = terminal.session.engine.decided
    goes_on = _act(
        pages, [(path, *open_.mark)], key, lambda: _decide(pages, review, open_, key, shown_digest)
    )
    if key == "s" or (terminal.session.engine.decided > before and key not in _STAYS):
        pages.asked |= pairs
    return goes_on


def _decide(pages: _Pages, review: PageReview, open_: Open, key: str, shown_digest: str) -> None:
    """Carry out the decision of a key. Raises EditError, DiagnosticsError."""
    decision = decision_of(pages.terminal.screen, review, open_, key)
    if decision is not None:
        better = by_better_name(review, open_, decision)
        _carry_out(pages, [DecisionTarget(review.page.path, open_.mark, better)], shown_digest)


def _carry_out(
    pages: _Pages, targets: Sequence[DecisionTarget], shown_digest: str
) -> tuple[tuple[DecisionTarget, Message], ...]:
    """Carry out decisions on one page as one; return those that failed. Raises EditError if all did."""
    session = pages.terminal.session
    before = len(session.engine.done)
    left = session.decide(targets, [targets[0].page], shown_digest)
    for words in (words for one in session.engine.done[before:] for words in one.left_alone):
        pages.terminal.screen.say(str(words), "yellow")
    return left


def _ask_rest(pages: _Pages, review: PageReview, rest: Rest, shown_digest: str) -> bool:
    """Ask once about all items of a page that are not doubtful."""
    path, screen = review.page.path, pages.terminal.screen
    remaining.show(screen, review, rest)
    key = screen.ask((*remaining.KEYS, *_ALWAYS))
    if key == "o":
        pages.singly.add(path)
        return True
    marks = [(path, *item.mark) for item in rest.items]
    return _act(pages, marks, key, lambda: _accept_rest(pages, path, rest, key, shown_digest))


def _accept_rest(pages: _Pages, path: str, rest: Rest, key: str, shown_digest: str) -> None:
    """Accept the items, except those that the editor picks and those that cannot be accepted. Raises EditError."""
    how: dict[ItemMark, str] = remaining.choose_items(pages.terminal.screen, rest) if key == "p" else {}
    marks = [item.mark for item in rest.items]
    wanted = ((mark, DECISIONS.get(how.get(mark, "a"))) for mark in marks)
    targets = [DecisionTarget(path, mark, decision) for mark, decision in wanted if decision]
    left = _carry_out(pages, targets, shown_digest) if targets else ()
    done = {target.mark for target in targets} - {target.mark for target, _ in left}
    pages.picked |= {(path, *mark) for mark in marks if mark not in done}


def _ask_record(pages: _Pages, path: str, open_: RecordOpen) -> bool:
    terminal = pages.terminal
    review = record_reviews.review_of(terminal.session.root, path)
    if review is None:
        return True
    record_prompts.show(terminal.screen, review, open_)
    key = terminal.screen.ask((*record_prompts.keys(open_), *_ALWAYS))

    def decide() -> None:
        decision = record_prompts.decision_of(terminal.screen, open_, key)
        terminal.session.decide_record(path, open_, decision, "")

    return _act(pages, [(path, *open_.mark)], key, decide)


def _act(pages: _Pages, marks: Sequence[tuple[str, ...]], key: str, decide: Callable[[], None]) -> bool:
    """Carry out a key about items. Returns False for the key that leaves."""
    if key == "s":
        pages.skipped |= set(marks)
        return True
    return pages.terminal.answer(key, decide)
