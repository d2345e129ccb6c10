"""What each key of a review does with an entity or an entry of a page: decisions of one person, ready to be written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dossierkit.evidence.candidates.derive import Candidates
from dossierkit.evidence.candidates.learnt import begins, words
from dossierkit.extract.groups import kind_of
from dossierkit.merge.decide import Decided, accept, amend, answer, exchange, forget, join, reject, retype
from dossierkit.merge.open import Open
from dossierkit.merge.standing import Page, stand
from dossierkit.model.decision import Decision
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.proposal import Proposal, ProposedEntity, Question
from dossierkit.model.record import ENTITY_TYPES, Name, Record
from dossierkit.store import proposal as proposals
from dossierkit.store import seeds
from dossierkit.store.content import ID
from dossierkit.store.draft import DraftRecord, write_record
from dossierkit.store.edit import EditError
from dossierkit.text.fold import slug
from dossierkit.workflow.adding.source_file import plain_text
from dossierkit.workflow.proposing import beside, templates
from dossierkit.workflow.records.judgements import (
    candidates,
    clear_draft,
    decide_for_all,
    give_aliases,
    keep_apart,
    path_of,
)
from dossierkit.workflow.records.shared_names import is_everyones, shared_out
from dossierkit.workflow.repository import Repository, last_proposal
from dossierkit.workflow.review.screen import Screen

_OPENING = 3  # words of a heading that are offered as its opening


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page under review, as it stands on disk at this moment. `found`: gives the candidates of the repository."""

    page: Page
    suggested: str
    last: Proposal
    desk: Repository
    records: dict[str, Record]
    found: Callable[[], Candidates] = Candidates

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


Change = Callable[[], None]


def sheet_of(
    desk: Repository, path: str, records: dict[str, Record], plain: Callable[[str], str] = plain_text
) -> Sheet | None:
    """A page to be reviewed; None where it has no source or is withdrawn. Raises DiagnosticsError."""
    page = stand(path, desk.page(path), plain)
    if not page.article.source.file or page.article.status == "withdrawn":
        return None
    suggested = beside(page.article.source.file, seeds.SUGGESTED)
    last, _ = last_proposal(desk, suggested)
    return Sheet(page, suggested, last, desk, records)


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
    if item.name:
        return _made_record(screen, sheet, open_, item)
    id_ = screen.line("id", item.id)
    if id_ == item.id:
        return None
    _refuse_no_id(id_)
    decided = exchange(sheet.page, sheet.last, open_, EntityRef(id_, item.also))
    return _page_change(sheet, decided, lambda: _renamed(sheet, open_, item.id, id_))


def _refuse_no_id(id_: str) -> None:
    if not ID.match(id_):
        raise EditError(f"`{id_}` is no id: use lower-case a-z, 0-9 and single hyphens")


def _made_record(screen: Screen, sheet: Sheet, open_: Open, item: EntityRef) -> Change:
    """A record for a name that has none. Pages that have the name lead to it."""
    id_ = screen.line("id of the record", slug(item.name))
    _refuse_no_id(id_)
    if id_ in sheet.records:
        raise EditError(f"the record `{id_}` is there already: use `m` if it is the same")
    record = DraftRecord(id_, item.name, item.type, status="reviewed", redirects=(item.id,))
    decided = exchange(sheet.page, sheet.last, open_, EntityRef(id_, item.also))
    return _page_change(sheet, decided, lambda: _write_record(sheet.desk, record))


def _write_record(desk: Repository, record: DraftRecord) -> None:
    desk.write(path_of(record.id), write_record(record, templates(desk.root)))


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
        _write_record(sheet.desk, draft)
    clear_draft(sheet.desk, old, sheet.page.path, sheet.records)


def _junk(screen: Screen, sheet: Sheet, open_: Open) -> Change | None:
    """A name that names nothing, in any article."""
    del screen
    item = open_.stand.item if open_.stand else None
    if not isinstance(item, EntityRef):
        return None
    decided = forget(sheet.page, sheet.last, open_)
    return _page_change(sheet, decided, lambda: decide_for_all(sheet.desk, Decision("junk", item.name)))


def _retype(screen: Screen, sheet: Sheet, open_: Open) -> Change | None:
    """Another type for a name, in any article."""
    item = open_.stand.item if open_.stand else None
    if not isinstance(item, EntityRef):
        return None
    type_ = screen.line(f"type ({', '.join(ENTITY_TYPES)})", item.type)
    if type_ == item.type:
        return None
    if type_ not in ENTITY_TYPES:
        raise EditError(f"`{type_}` is no type: use {', '.join(ENTITY_TYPES)}")
    decided = retype(sheet.page, sheet.last, open_, type_)
    decision = Decision("other_type", item.name, type_)
    return _page_change(sheet, decided, lambda: decide_for_all(sheet.desk, decision))


def _merge(screen: Screen, sheet: Sheet, open_: Open) -> Change | None:
    """The entity is another one, whose record gets the names that are everybody's, and whose item here those that are not."""
    item, other = open_.stand.item if open_.stand else None, _choose(screen, sheet, open_, "the same as")
    if other is None or not isinstance(item, EntityRef):
        return None
    if other.candidate and item.name:
        return _same_name(sheet, open_, item, other)
    entity, record = sheet.entity(open_), sheet.records.get(item.id)
    names = [item.name, *item.also, *((entity.name, *entity.forms) if entity else ())]
    names += [name.text for name in (*record.strong_names, *record.weak_aliases)] if record else []
    forms = [name for name in names if name]
    known = {id_: one for id_, one in sheet.records.items() if id_ != item.id}
    target = _recorded(other, known) if other.candidate else other
    shares = shared_out(sheet.page, target, forms, known)
    decided = exchange(sheet.page, sheet.last, open_, EntityRef(target.id, shares.also))

    def records() -> None:
        clear_draft(sheet.desk, item.id, sheet.page.path, sheet.records)
        if other.candidate:
            draft = DraftRecord(
                target.id, target.title, target.type, status="reviewed", redirects=(other.id,)
            )
            _write_record(sheet.desk, draft)
        give_aliases(sheet.desk, target.id, shares.aliases)

    return _page_change(sheet, decided, records)


def _same_name(sheet: Sheet, open_: Open, item: EntityRef, other: Record) -> Change:
    """Two names without a record that are one: in every article where the name is everybody's, else in this one."""
    if kind_of(item.type) != kind_of(other.type):
        raise EditError(
            f"“{item.name}” is a {item.type}, “{other.title}” a {other.type}: give it its type first (t)"
        )
    shares = shared_out(sheet.page, other, [item.name, *item.also], sheet.records)
    to = EntityRef(other.id, (*shares.aliases, *shares.also), name=other.title, type=other.type)
    if not is_everyones(item.name, item.type):
        return _page_change(sheet, exchange(sheet.page, sheet.last, open_, to))
    decision = Decision("same", item.name, other=other.title)
    both = other.id in {one.item.id for one in sheet.page.entities if isinstance(one.item, EntityRef)}
    decided = (join if both else _accepted)(sheet.page, sheet.last, open_, to)
    return _page_change(sheet, decided, lambda: decide_for_all(sheet.desk, decision))


def _accepted(page: Page, last: Proposal, open_: Open, _: EntityRef) -> Decided:
    return accept(page, last, open_)


def _unwanted(screen: Screen, sheet: Sheet, open_: Open) -> Change | None:
    """A heading that begins as no heading of an entry is to begin, in any article."""
    item = open_.stand.item if open_.stand else None
    if not isinstance(item, TimelineEntry):
        return None
    said = words(item.text)
    opening = screen.line(
        "no heading begins (* for any one word; - for none)", " ".join(item.text.split()[:_OPENING])
    )
    if opening == "-":
        return None
    if not words(opening) or not begins(said, words(opening)):
        raise EditError(f"“{item.text}” does not begin with “{opening}”")
    decided = forget(sheet.page, sheet.last, open_)
    return _page_change(sheet, decided, lambda: decide_for_all(sheet.desk, Decision("heading", opening)))


def _recorded(candidate: Record, records: Mapping[str, Record]) -> Record:
    """A candidate as the record that it becomes."""
    id_ = slug(candidate.title)
    return replace(candidate, id=candidate.id if id_ in records else id_, candidate=False)


def _apart(screen: Screen, sheet: Sheet, open_: Open) -> Change | None:
    """A judgement about two entities; the proposal itself stays open."""
    item, other = open_.stand.item if open_.stand else None, _choose(screen, sheet, open_, "not the same as")
    if other is None or not isinstance(item, EntityRef):
        return None
    if item.id in sheet.records and not other.candidate:
        return lambda: keep_apart(sheet.desk, item.id, other.id, sheet.records)
    one = item.name or item.id
    two = other.title if other.candidate else other.id
    decision = Decision("not_same", min(one, two), other=max(one, two))
    return lambda: decide_for_all(sheet.desk, decision)


def answered(sheet: Sheet, question: Question, key: str) -> Change:
    to = question.candidates[int(key) - 1] if key != "0" else ""
    return _page_change(sheet, answer(sheet.page, sheet.last, question, to))


DECISIONS: Mapping[str, Callable[[Screen, Sheet, Open], Change | None]] = {
    "a": _accept, "r": _reject, "e": _edit, "m": _merge, "n": _apart, "j": _junk, "t": _retype,
    "h": _unwanted,
}  # fmt: skip


def _choose(screen: Screen, sheet: Sheet, open_: Open, question: str) -> Record | None:
    """A record or a candidate: first those that a question or a likeness suggests, best first."""
    entity = sheet.entity(open_)
    item = open_.stand.item if open_.stand else None
    own = item.id if isinstance(item, EntityRef) else ""
    forms = {f"“{form}”" for form in entity.forms} if entity else set()
    asked = (
        id_
        for one in sheet.last.questions
        if any(form in one.text for form in forms)
        for id_ in one.candidates
    )
    found = sheet.found()
    made = found.by_id.get(found.ids.get(own, own))
    first = [*asked, *(twin.id for twin in (made.twins if made else ()))]
    others = {
        one.id: Record(one.id, one.name, one.type, aliases=tuple(map(Name, one.forms)), candidate=True)
        for one in found.by_id.values()
    }
    every = {id_: record for id_, record in {**others, **sheet.records}.items() if id_ != own}
    return screen.record(question, lambda words: candidates(words, every, entity, () if words else first))


def _page_change(sheet: Sheet, decided: Decided, records: Change | None = None) -> Change:
    """The page and its proposal, then the records that the decision touches."""
    page = page_change(sheet, decided.text, decided.proposal)

    def change() -> None:
        page()
        if records is not None:
            records()

    return change


def page_change(sheet: Sheet, text: str, proposal: Proposal) -> Change:
    """The page with another text, and its proposal."""

    def change() -> None:
        sheet.desk.write(sheet.page.path, text)
        sheet.desk.write(sheet.suggested, proposals.dump(proposal))

    return change
