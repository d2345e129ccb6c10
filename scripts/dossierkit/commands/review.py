"""`dossier review`: walks what waits for a decision, one key each, and writes the page after every one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

import click

from dossierkit.commands import review_records
from dossierkit.commands.desk import Desk, chosen, exclusive, known_records, last_proposal
from dossierkit.commands.fence import trouble
from dossierkit.commands.judgements import candidates, clear_draft, give_names, keep_apart, path_of
from dossierkit.commands.proposing import beside, templates
from dossierkit.commands.screen import Screen, form_span, quote_span
from dossierkit.commands.source import plain_text
from dossierkit.commands.update import conflict_words
from dossierkit.merge.decide import Decided, accept, amend, exchange, reject
from dossierkit.merge.open import Open, open_items
from dossierkit.merge.page import say
from dossierkit.merge.record_decide import RecordOpen
from dossierkit.merge.standing import Page, stand
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.problem import ProblemsError
from dossierkit.model.proposal import Proposal, ProposedEntity
from dossierkit.model.record import Record
from dossierkit.store import proposal as proposals
from dossierkit.store import seeds
from dossierkit.store.commit import commit
from dossierkit.store.content import ID
from dossierkit.store.draft import DraftRecord, write_record
from dossierkit.store.edit import EditError

_ENTITY_KEYS = (
    ("a", "accept"), ("r", "reject"), ("e", "other id"), ("m", "is another record"), ("n", "is not the same as"),
)  # fmt: skip
_ENTRY_KEYS = (("a", "accept"), ("r", "reject"), ("e", "edit"))
_CONFLICT_KEYS = (("a", "take what is proposed"), ("r", "keep the page's"))
_ALWAYS = (("u", "undo"), ("s", "skip"), ("q", "quit"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page under review, as it stands on disk at this moment."""

    page: Page
    suggested: str
    last: Proposal
    desk: Desk
    records: dict[str, Record]

    def entity(self, open_: Open) -> ProposedEntity | None:
        return next((one for one in self.last.entities if one.key == open_.key), None)

    def forms(self, open_: Open) -> tuple[str, ...]:
        """The names by which the article may mean the entity."""
        item, entity = open_.stand.item if open_.stand else None, self.entity(open_)
        names = [*(entity.forms if entity else ()), *(item.also if isinstance(item, EntityRef) else ())]
        record = self.records.get(item.id) if isinstance(item, EntityRef) else None
        if record is not None:
            names += [name.text for name in (*record.strong_names, *record.weak_aliases)]
        return tuple(dict.fromkeys(names))


@dataclass(slots=True)
class _Walk:
    """Where a review is.

    `done`: what each decision changed, for undo: path -> (bytes before, bytes after). `seen`: what waited in a page when
    its files were last looked at: path -> (path of the proposal, digest of both, what waited).
    """

    root: Path
    screen: Screen
    skipped: set[tuple[str, ...]] = field(default_factory=set)
    done: list[dict[str, tuple[bytes | None, bytes | None]]] = field(default_factory=list)
    seen: dict[str, tuple[str, bytes, tuple[Open | RecordOpen, ...]]] = field(default_factory=dict)


def run(root: Path, path: Path | None = None, screen: Screen | None = None) -> None:
    """Walk what waits in the page, record, source or folder at `path`, by default in every one. Raises click.UsageError."""
    if screen is None and not sys.stdin.isatty():
        raise click.UsageError("a review needs a terminal: without one, decide in the pages themselves")
    walk = _Walk(root, screen or Screen())
    records = review_records.chosen_records(root, path)
    named = path is not None and not path.is_dir() and not (root / path).is_dir()
    pages = records if records and named else (*chosen(root, (path,) if path else ()), *records)
    try:
        while (waiting := _next(walk, pages)) is not None and _ask(walk, *waiting):
            pass
    except (KeyboardInterrupt, EOFError):
        walk.screen.say("")
    left = sum(len(_waiting(walk, page)) for page in pages)
    walk.screen.say(f"{len(walk.done)} decided, {left} open")


def _next(walk: _Walk, pages: tuple[str, ...]) -> tuple[str, Open | RecordOpen] | None:
    """The first thing that waits and was not skipped."""
    for page in pages:
        for open_ in _waiting(walk, page):
            if (page, *open_.mark) not in walk.skipped:
                return page, open_
    return None


def _waiting(walk: _Walk, path: str) -> tuple[Open | RecordOpen, ...]:
    """What waits in a page; nothing where it cannot be read, which `dossier check` says."""
    known = walk.seen.get(path)
    if known is not None and known[1] == _digest(walk.root, path, known[0]):
        return known[2]
    if path.startswith(review_records.FOLDER):
        suggested = review_records.suggested(path)
        offers = review_records.waiting(walk.root, path)
        walk.seen[path] = (suggested, _digest(walk.root, path, suggested), offers)
        return offers
    try:
        sheet = _sheet(walk.root, path, {}, lambda _: "")
    except ProblemsError:
        return ()
    except Exception as error:  # noqa: BLE001 -- whatever it is, the other pages can be reviewed
        walk.screen.say(str(trouble(path, error)), "red")
        walk.seen[path] = (path, _digest(walk.root, path, path), ())
        return ()
    waiting = open_items(sheet.page, sheet.last) if sheet else ()
    suggested = sheet.suggested if sheet else path
    walk.seen[path] = (suggested, _digest(walk.root, path, suggested), waiting)
    return waiting


def _digest(root: Path, *paths: str) -> bytes:
    desk = Desk(root)
    return b"".join(sha256(desk.read(path) or b"").digest() for path in paths)


def _sheet(
    root: Path, path: str, records: dict[str, Record], plain: Callable[[str], str] = plain_text
) -> Sheet | None:
    """A page to be reviewed; None where it has no source or is withdrawn. Raises ProblemsError."""
    desk = Desk(root)
    page = stand(path, desk.page(path), plain)
    if not page.article.source.file or page.article.status == "withdrawn":
        return None
    suggested = beside(page.article.source.file, seeds.SUGGESTED)
    last, _ = last_proposal(desk, suggested)
    return Sheet(page, suggested, last, desk, records)


def _ask(walk: _Walk, path: str, open_: Open | RecordOpen) -> bool:
    """Show one thing and do what its key says. False at the end of the review."""
    if isinstance(open_, RecordOpen):
        return _ask_record(walk, path, open_)
    sheet = _sheet(walk.root, path, known_records(walk.root))
    if sheet is None:
        return True
    _show(walk.screen, sheet, open_)
    key = walk.screen.ask((*_keys(open_), *_ALWAYS))
    return _act(walk, (path, *open_.mark), key, lambda: _decide(walk, sheet, open_, key))


def _ask_record(walk: _Walk, path: str, open_: RecordOpen) -> bool:
    review = review_records.review_of(walk.root, path)
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
    except ProblemsError as error:
        walk.screen.say("not done: " + "; ".join(problem.message for problem in error.problems), "red")
    except Exception as error:  # noqa: BLE001 -- whatever it is, the review goes on
        walk.screen.say(f"not done: {trouble('.', error).message}", "red")


def _keys(open_: Open) -> tuple[tuple[str, str], ...]:
    if open_.conflict is not None:
        editable = open_.stand is not None and isinstance(open_.stand.item, TimelineEntry)
        return (*_CONFLICT_KEYS, ("e", "edit")) if editable else _CONFLICT_KEYS
    return _ENTITY_KEYS if open_.stand and isinstance(open_.stand.item, EntityRef) else _ENTRY_KEYS


def _show(screen: Screen, sheet: Sheet, open_: Open) -> None:
    item = open_.stand.item if open_.stand else None
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


def _title(sheet: Sheet, open_: Open) -> str:
    if open_.conflict is not None:
        return conflict_words(open_.conflict)
    item = open_.stand.item if open_.stand else None
    if not isinstance(item, EntityRef):
        return say(item) if item else ""
    record, entity = sheet.records.get(item.id), sheet.entity(open_)
    name = record.title if record else entity.name if entity else item.id
    kind = record.type if record else entity.type if entity else "no record"
    return f"{name} ({kind}) {item.id}"


def _remarks(sheet: Sheet, open_: Open) -> Iterator[str]:
    """Why it is proposed, and what near miss is asked about it."""
    entry = next((one for one in sheet.last.timeline if one.key == open_.key), None)
    proposed = sheet.entity(open_) or entry
    if proposed is not None and open_.conflict is None:
        yield f"{proposed.reason}, score {proposed.score:.2f}"
    entity = sheet.entity(open_)
    for question in sheet.last.questions:
        if entity and any(f"“{form}”" in question.text for form in entity.forms):
            yield f"{question.text} {', '.join(question.candidates)}"


def _decide(walk: _Walk, sheet: Sheet, open_: Open, key: str) -> None:
    """Carry out a decision. Raises EditError, ProblemsError."""
    decide = {"a": _accept, "r": _reject, "e": _edit, "m": _merge, "n": _apart}[key]
    change = decide(walk.screen, sheet, open_)
    _carry_out(walk, sheet.desk, lambda: _changed_since(sheet), change)


def _changed_since(sheet: Sheet) -> bool:
    fresh = Desk(sheet.desk.root)
    same = fresh.page(sheet.page.path) == sheet.page.text
    return not same or last_proposal(fresh, sheet.suggested)[0] != sheet.last


def _carry_out(walk: _Walk, desk: Desk, changed: Callable[[], bool], change: Change | None) -> None:
    if change is not None and not _write(walk, desk, changed, change):
        walk.screen.say("the page has changed meanwhile: look again", "yellow")


Change = Callable[[], None]


def _accept(screen: Screen, sheet: Sheet, open_: Open) -> Change:
    del screen
    return _page_change(sheet, accept(sheet.page, sheet.last, open_))


def _reject(screen: Screen, sheet: Sheet, open_: Open) -> Change:
    del screen
    item = open_.stand.item if open_.stand else None
    goes = isinstance(item, EntityRef) and open_.conflict is None
    decided = reject(sheet.page, sheet.last, open_)
    if not (goes and isinstance(item, EntityRef)):
        return _page_change(sheet, decided)
    return _page_change(
        sheet, decided, lambda: clear_draft(sheet.desk, item.id, sheet.page.path, sheet.records)
    )


def _edit(screen: Screen, sheet: Sheet, open_: Open) -> Change | None:
    item = open_.stand.item if open_.stand else None
    if isinstance(item, TimelineEntry):
        date = screen.line("date (- for none)", item.date)
        text = screen.line("text", item.text)
        return _page_change(sheet, amend(sheet.page, sheet.last, open_, "" if date == "-" else date, text))
    if not isinstance(item, EntityRef):
        return None
    id_ = screen.line("id", item.id)
    if id_ == item.id:
        return None
    if not ID.match(id_):
        raise EditError(f"`{id_}` is no id: use lower-case a-z, 0-9 and single hyphens")
    decided = exchange(sheet.page, sheet.last, open_, id_)
    return _page_change(sheet, decided, lambda: _renamed(sheet, open_, item.id, id_))


def _renamed(sheet: Sheet, open_: Open, old: str, new: str) -> None:
    """The record of the new id, made from what is known of the old where there is none."""
    record, entity = sheet.records.get(old), sheet.entity(open_)
    if new not in sheet.records:
        draft = (
            DraftRecord(
                new,
                record.title,
                record.type,
                tuple(name.text for name in record.aliases),
                tuple(name.text for name in record.weak_aliases),
            )
            if record
            else DraftRecord(new, entity.name if entity else new, entity.type if entity else "organization")
        )
        sheet.desk.write(path_of(new), write_record(draft, templates(sheet.desk.root)))
    clear_draft(sheet.desk, old, sheet.page.path, sheet.records)


def _merge(screen: Screen, sheet: Sheet, open_: Open) -> Change | None:
    item, other = open_.stand.item if open_.stand else None, _choose(screen, sheet, open_, "the same as")
    if other is None or not isinstance(item, EntityRef):
        return None
    decided = exchange(sheet.page, sheet.last, open_, other.id)

    def records() -> None:
        entity = sheet.entity(open_)
        clear_draft(sheet.desk, item.id, sheet.page.path, sheet.records)
        known = {
            id_: record for id_, record in sheet.records.items() if sheet.desk.read(path_of(id_)) is not None
        }
        give_names(sheet.desk, other.id, (entity.name, *entity.forms) if entity else item.also, known)

    return _page_change(sheet, decided, records)


def _apart(screen: Screen, sheet: Sheet, open_: Open) -> Change | None:
    """A judgement about two records; the proposal itself stays open."""
    item, other = open_.stand.item if open_.stand else None, _choose(screen, sheet, open_, "not the same as")
    if other is None or not isinstance(item, EntityRef):
        return None
    if item.id not in sheet.records:
        raise EditError(f"{item.id} has no record: accept it and run `dossier update`, or write its record")
    return lambda: keep_apart(sheet.desk, item.id, other.id, sheet.records)


def _choose(screen: Screen, sheet: Sheet, open_: Open, question: str) -> Record | None:
    entity = sheet.entity(open_)
    forms = {f"“{form}”" for form in entity.forms} if entity else set()
    first = [
        id_
        for one in sheet.last.questions
        if any(form in one.text for form in forms)
        for id_ in one.candidates
    ]
    own = open_.stand.item.id if open_.stand and isinstance(open_.stand.item, EntityRef) else ""
    others = {id_: record for id_, record in sheet.records.items() if id_ != own}
    return screen.record(question, lambda words: candidates(words, others, entity, () if words else first))


def _page_change(sheet: Sheet, decided: Decided, records: Change | None = None) -> Change:
    """The page and its proposal, then the records that the decision touches."""

    def change() -> None:
        sheet.desk.write(sheet.page.path, decided.text)
        sheet.desk.write(sheet.suggested, proposals.dump(decided.proposal))
        if records is not None:
            records()

    return change


def _write(walk: _Walk, desk: Desk, changed: Callable[[], bool], change: Change) -> bool:
    """Write a decision as one, unless its files are not what was decided on. False then."""
    with exclusive(walk.root):
        if changed():
            return False
        change()
        fresh = Desk(walk.root)
        before = {path: fresh.read(path) for path in desk.pending}
        commit(walk.root, desk.pending)
    walk.done.append({path: (before[path], data) for path, data in desk.pending.items()})
    return True


def _undo(walk: _Walk) -> None:
    """Take the last decision back, unless its files were changed since."""
    if not walk.done:
        walk.screen.say("nothing to undo", "yellow")
        return
    with exclusive(walk.root):
        now = Desk(walk.root)
        changes = walk.done[-1]
        changed = [path for path, (_, after) in changes.items() if now.read(path) != after]
        if changed:
            walk.screen.say(f"not undone: {', '.join(changed)} changed since", "red")
            return
        commit(walk.root, {path: before for path, (before, _) in changes.items()})
    walk.done.pop()
    walk.screen.say("undone", "green")
