"""`dossier review`: walks what waits for a decision, one key each, and writes the page after every one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path

import click

from dossierkit.evidence.candidates.derive import Candidates
from dossierkit.evidence.candidates.leads import leads, only
from dossierkit.merge.open import Open, open_items
from dossierkit.merge.page import in_words
from dossierkit.merge.record_decide import RecordOpen
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.proposal import Question
from dossierkit.parallel.fence import trouble
from dossierkit.store.decisions import PATH as FOR_ALL
from dossierkit.store.edit import EditError
from dossierkit.workflow.candidates import derived
from dossierkit.workflow.editing.article_edits import draft_records
from dossierkit.workflow.editing.article_state import read
from dossierkit.workflow.publish import prepare
from dossierkit.workflow.repository import Repository, chosen, known_records
from dossierkit.workflow.review import record_reviews, remaining, review_records
from dossierkit.workflow.review.decisions import change_of
from dossierkit.workflow.review.engine import ChangedError, DecisionEngine
from dossierkit.workflow.review.prompts import decision_of
from dossierkit.workflow.review.remaining import FEWEST, OWN, Rest
from dossierkit.workflow.review.screen import Screen, form_span, quote_span
from dossierkit.workflow.review.sheet import Sheet, sheet_of
from dossierkit.workflow.terminal import missed
from dossierkit.workflow.updating.update import conflict_words

_ENTITY_KEYS = (
    ("a", "accept"), ("r", "reject"), ("e", "other id"), ("x", "somebody else"), ("m", "is another record"),
    ("n", "is not the same as"),
)  # fmt: skip
_NAME_KEYS = (
    ("a", "accept"), ("r", "reject here"), ("j", "junk in every article"), ("t", "other type"), ("w", "name"), ("x", "somebody else"),
    ("e", "make it a record"), ("m", "is another"), ("n", "is not the same as"),
)  # fmt: skip
_ENTRY_KEYS = (
    ("a", "accept"),
    ("r", "reject"),
    ("e", "edit"),
    ("c", "quote"),
    ("h", "no heading begins so"),
)
_CONFLICT_KEYS = (("a", "take what is proposed"), ("r", "keep the page's"))
_LIKELY = 3  # twins that are named with an item
_ALWAYS = (("u", "undo"), ("s", "skip"), ("q", "quit"))


@dataclass(slots=True)
class _Walk:
    """Where a review is.

    `maker`: whose proposals are asked about, empty for all; `known`: the candidates, until a decision changes who is who. `sure`: by page, the marks of what may be accepted together;
    `singly`: pages whose editor wants each by itself, `picked`: items of which they do; `asked`: twins that were shown.
    `seen`: what waited in a page when its files were last looked at: path -> (path of the proposal, digest of both, what waited).
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
    """Walk what waits in the page, record, source or folder at `path`, by default in every one. Raises click.UsageError.

    `maker`: only what this one proposed; `dossierkit` for the extractor.
    """
    if screen is None and not sys.stdin.isatty():
        raise click.UsageError("a review needs a terminal: without one, decide in the pages themselves")
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
    """The first thing that waits and was not skipped; of a page, what is sure last and together."""
    for page in pages:
        waiting = [one for one in _waiting(walk, page) if (page, *one.mark) not in walk.skipped]
        sure = tuple(one for one in waiting if isinstance(one, Open) and _is_sure(walk, page, one))
        doubtful = [one for one in waiting if one not in sure] if len(sure) >= FEWEST else waiting
        if doubtful:
            return page, doubtful[0]
        if sure:
            return page, Rest(sure)
    return None


def _is_sure(walk: _Walk, page: str, open_: Open) -> bool:
    """Whether an item may be accepted with others: its own score says so, and no twin of it is still to be asked about."""
    if open_.mark not in walk.sure.get(page, ()) or page in walk.singly or (page, *open_.mark) in walk.picked:
        return False
    return remaining.pairs_of(open_, _candidates(walk)) <= walk.asked


def _waiting(walk: _Walk, path: str) -> tuple[Open | RecordOpen, ...]:
    """What waits in a page; nothing where it cannot be read, which `dossier check` says."""
    known = walk.seen.get(path)
    if known is not None and known[1] == _digest(walk.root, path, known[0]):
        return known[2]
    if path.startswith(record_reviews.FOLDER):
        suggested = record_reviews.suggested(path)
        offers = record_reviews.waiting(walk.root, path)
        walk.seen[path] = (suggested, _digest(walk.root, path, suggested), offers)
        return offers
    try:
        sheet = sheet_of(Repository(walk.root), path, {}, lambda _: "")
    except DiagnosticsError:
        return ()
    except Exception as error:  # noqa: BLE001 -- whatever it is, the other pages can be reviewed
        walk.screen.say(str(trouble(path, error)), "red")
        walk.seen[path] = (path, _digest(walk.root, path, path), ())
        return ()
    waiting = (
        remaining.ordered(
            tuple(
                one
                for one in open_items(sheet.page, sheet.last, _led(walk.root, sheet))
                if not walk.maker or _maker(sheet, one) == walk.maker
            ),
            sheet.last,
        )
        if sheet
        else ()
    )
    walk.sure[path] = frozenset(one.mark for one in waiting if sheet and remaining.is_sure(one, sheet.last))
    suggested = sheet.suggested if sheet else path
    walk.seen[path] = (suggested, _digest(walk.root, path, suggested), waiting)
    return waiting


def _maker(sheet: Sheet, open_: Open) -> str:
    """Who proposed it; what is in the page alone was proposed by nobody."""
    entry = next((one for one in sheet.last.timeline if one.key == open_.key), None)
    proposed = sheet.entity(open_) or entry
    if proposed is None:
        return OWN if open_.question else ""
    return proposed.maker or OWN


def _led(root: Path, sheet: Sheet) -> Mapping[str, str]:
    """The records that bear names which the page has without one, by the ids made from these."""
    named = any(isinstance(one.item, EntityRef) and one.item.name for one in sheet.page.entities)
    return only(leads(known_records(root).values())) if named else {}


def _digest(root: Path, *paths: str) -> bytes:
    repository = Repository(root)
    return b"".join(sha256(repository.read(path) or b"").digest() for path in paths)


def _ask(walk: _Walk, path: str, open_: Open | RecordOpen | Rest) -> bool:
    """Show one thing and do what its key says. False at the end of the review."""
    if isinstance(open_, RecordOpen):
        return _ask_record(walk, path, open_)
    sheet = sheet_of(Repository(walk.root), path, known_records(walk.root))
    if sheet is None:
        return True
    sheet = replace(sheet, found=partial(_candidates, walk))
    if isinstance(open_, Rest):
        return _ask_rest(walk, sheet, open_)
    walk.asked |= remaining.pairs_of(open_, _candidates(walk)) if _names(open_) else frozenset()
    _show(walk.screen, sheet, open_)
    key = walk.screen.ask((*_keys(open_), *missed.KEYS, *_ALWAYS))
    if key in dict(missed.KEYS):
        _try(walk, lambda: _beside(walk, sheet, key))
        return True
    return _act(walk, (path, *open_.mark), key, lambda: _decide(walk, sheet, open_, key))


def _beside(walk: _Walk, sheet: Sheet, key: str) -> None:
    """What an editor does to the page beside deciding. Raises EditError, DiagnosticsError."""
    article = missed.refuse_unread(read(walk.root, sheet.page.path, _led(walk.root, sheet)))
    if key == "P":
        drafts = [one.path for one in draft_records(article, sheet.records)]
        _carry_out(walk, sheet.desk, lambda: sheet.changed_since, partial(_publish, sheet, drafts))
        return
    make = missed.make_of(walk.screen, article, sheet.records, key)
    if make is not None:
        text = make(sheet.page.text)
        change = partial(sheet.desk.write, sheet.page.path, text)
        _carry_out(walk, sheet.desk, lambda: sheet.changed_since, change)


def _publish(sheet: Sheet, records: Sequence[str]) -> None:
    """The page with draft records that it names. Raises DiagnosticsError with what stands in the way."""
    made = prepare(sheet.desk, [sheet.page.path, *records], accept=True)
    if problems := [problem for one in made for problem in one.problems]:
        raise DiagnosticsError(problems)


def _names(open_: Open) -> bool:
    return open_.stand is not None and isinstance(open_.stand.item, EntityRef)


def _ask_rest(walk: _Walk, sheet: Sheet, rest: Rest) -> bool:
    """One prompt for everything in a page that nothing speaks against."""
    path = sheet.page.path
    remaining.show(walk.screen, sheet, rest)
    key = walk.screen.ask((*remaining.KEYS, *_ALWAYS))
    if key == "o":
        walk.singly.add(path)
    elif key == "s":
        walk.skipped |= {(path, *one.mark) for one in rest.items}
    else:
        return _act(walk, (), key, lambda: _accept_rest(walk, sheet, rest, key))
    return True


def _accept_rest(walk: _Walk, sheet: Sheet, rest: Rest, key: str) -> None:
    """Accept what is sure, but for what the editor picks and what cannot be: those come one by one. Raises EditError."""
    how = remaining.chosen(walk.screen, rest) if key == "p" else {}
    change, left = remaining.decide_all(sheet, rest, how)
    walk.picked |= {(sheet.page.path, *mark) for mark in left}
    if len(rest.items) > len(left):
        _carry_out(walk, sheet.desk, lambda: sheet.changed_since, change, len(rest.items) - len(left))


def _ask_record(walk: _Walk, path: str, open_: RecordOpen) -> bool:
    review = record_reviews.review_of(walk.root, path)
    if review is None:
        return True
    review_records.show(walk.screen, review, open_)
    key = walk.screen.ask((*review_records.keys(open_), *_ALWAYS))

    def decide() -> None:
        change = review_records.decide(walk.screen, review, open_, key)
        _carry_out(walk, review.desk, lambda: review.changed_since, change)

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
    """Do what was asked for; where it cannot be done, say why and leave everything as it is."""
    try:
        act()
    except EditError as error:
        walk.screen.say(f"not done: {error}", "red")
    except DiagnosticsError as error:
        walk.screen.say("not done: " + "; ".join(problem.message for problem in error.problems), "red")
    except Exception as error:  # noqa: BLE001 -- whatever it is, the review goes on
        walk.screen.say(f"not done: {trouble('.', error).message}", "red")


def _keys(open_: Open) -> tuple[tuple[str, str], ...]:
    if open_.conflict is not None:
        editable = open_.stand is not None and isinstance(open_.stand.item, TimelineEntry)
        return (*_CONFLICT_KEYS, ("e", "edit")) if editable else _CONFLICT_KEYS
    if open_.question is not None:
        numbers = tuple((str(at), "this") for at in range(1, min(9, len(open_.question.candidates)) + 1))
        return (*numbers, ("0", "none of them"))
    item = open_.stand.item if open_.stand else None
    if isinstance(item, EntityRef):
        return _NAME_KEYS if item.name else _ENTITY_KEYS
    return _ENTRY_KEYS


def _show(screen: Screen, sheet: Sheet, open_: Open) -> None:
    item = open_.stand.item if open_.stand else None
    if open_.question is not None:
        _show_question(screen, sheet, open_.question)
        return
    what = "conflict" if open_.conflict else "entity" if isinstance(item, EntityRef) else "timeline"
    screen.head(f"{sheet.page.path} · {what}", _title(sheet, open_))
    lang = sheet.page.article.lang
    if isinstance(item, EntityRef):
        screen.sentence(sheet.page.readable, form_span(sheet.page.readable, sheet.forms(open_)), lang)
    elif isinstance(item, TimelineEntry):
        span = quote_span(sheet.page.readable, item.quote, item.prefix, item.suffix)
        screen.sentence(sheet.page.readable, span, lang)
    for words in _remarks(sheet, open_):
        screen.say(words, "dim")


def _show_question(screen: Screen, sheet: Sheet, question: Question) -> None:
    screen.head(f"{sheet.page.path} · question", question.text)
    span = form_span(sheet.page.readable, (question.form,))
    screen.sentence(sheet.page.readable, span, sheet.page.article.lang)
    names = {one.entity: (one.name, one.type) for one in sheet.last.entities}
    for number, id_ in enumerate(question.candidates[:9], 1):
        record = sheet.records.get(id_)
        name, kind = (record.title, record.type) if record else names.get(id_, (id_, "no record"))
        screen.say(f"  {number}  {name} ({kind}) {id_}")
    screen.say("  0  none of them: the form is linked to nobody", "dim")


def _title(sheet: Sheet, open_: Open) -> str:
    if open_.conflict is not None:
        return str(conflict_words(open_.conflict))
    item = open_.stand.item if open_.stand else None
    if not isinstance(item, EntityRef):
        return in_words(item) if item else ""
    record, entity = sheet.records.get(item.id), sheet.entity(open_)
    name = record.title if record else item.name or (entity.name if entity else item.id)
    kind = record.type if record else item.type or (entity.type if entity else "no record")
    return f"{name} ({kind}) {item.id}"


def _remarks(sheet: Sheet, open_: Open) -> Iterator[str]:
    """Why it is proposed, and what near miss is asked about it."""
    entry = next((one for one in sheet.last.timeline if one.key == open_.key), None)
    proposed = sheet.entity(open_) or entry
    if proposed is not None and open_.conflict is None:
        yield f"{proposed.reason}, score {proposed.score:.2f}"
    entity = sheet.entity(open_)
    for question in sheet.last.questions:
        if not question.form and entity and any(f"“{form}”" in question.text for form in entity.forms):
            yield f"{question.text} {', '.join(question.candidates)}"
    yield from _likely(sheet, open_)


def _likely(sheet: Sheet, open_: Open) -> Iterator[str]:
    """Who a name without a record may be the same as, best first."""
    if not _names(open_):
        return
    found = sheet.found()
    for twin in remaining.twins_of(open_, found)[:_LIKELY]:
        other = found.by_id.get(twin.id)
        record = sheet.records.get(twin.id)
        name = other.name if other else record.title if record else twin.id
        yield f"may be the same as {name}, {twin.id}: {twin.reason}, {twin.score:.2f} (m: is another, n: is not the same as)"


def _decide(walk: _Walk, sheet: Sheet, open_: Open, key: str) -> None:
    """Carry out a decision. Raises EditError, DiagnosticsError."""
    decision = decision_of(walk.screen, sheet, open_, key)
    if decision is not None:
        change = change_of(sheet, open_, decision)
        _carry_out(walk, sheet.desk, lambda: sheet.changed_since, change)


def _carry_out(
    walk: _Walk,
    repository: Repository,
    changed: Callable[[], bool],
    change: Callable[[], object] | None,
    number: int = 1,
) -> None:
    """Write what was decided on a number of things."""
    if change is None:
        return
    try:
        walk.engine.write(repository, changed, change, lambda: number)
    except ChangedError as error:
        walk.screen.say(str(error), "yellow")
        return
    if any(path.startswith((record_reviews.FOLDER, FOR_ALL)) for path in repository.pending):
        walk.known = None


def _undo(walk: _Walk) -> None:
    """Take the last decision back, unless its files were changed since."""
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
