"""Carries out the decisions of `workflow.review.item_decisions`: the changes that each makes in pages, records and proposals."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from dossierkit.evidence.candidates.learnt import begins, words
from dossierkit.extract.identity.groups import kind_of
from dossierkit.merge import decide
from dossierkit.merge.open import Open, open_items
from dossierkit.merge.page_items import open_page
from dossierkit.model.decision import Decision
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.proposal import Proposal
from dossierkit.model.record import Record
from dossierkit.store.content import record_file
from dossierkit.store.draft import write_record
from dossierkit.store.edit import EditError
from dossierkit.store.reader import ID
from dossierkit.text.fold import fold, name_id, slug
from dossierkit.text.match import uncovered
from dossierkit.workflow.editing.value_checks import refuse_type
from dossierkit.workflow.proposing import templates
from dossierkit.workflow.records.judgements import (
    clear_draft,
    decide_for_all,
    give_aliases,
    keep_apart,
)
from dossierkit.workflow.records.shared_names import is_everyones, shared_out
from dossierkit.workflow.repository import Repository
from dossierkit.workflow.review.item_decisions import (
    Accept,
    Amend,
    Answer,
    ChangeId,
    ItemDecision,
    Junk,
    MakeRecord,
    NotSameAs,
    Reject,
    Rename,
    Retype,
    SameAs,
    Split,
    Stands,
    Unwanted,
)
from dossierkit.workflow.review.page_review import PageReview
from dossierkit.workflow.review.remove_many import refuse_recorded


def carry_out(review: PageReview, open_: Open, decision: ItemDecision) -> None:
    """Add what a decision changes to the pending changes. Raises EditError, DiagnosticsError."""
    _CARRIED_OUT[type(decision)](review, open_, decision)


def _item(open_: Open) -> EntityRef:
    if open_.entity is None:
        raise EditError("this is not an entity")
    return open_.entity


def _entry(open_: Open) -> TimelineEntry:
    if open_.entry is None:
        raise EditError("this is not an entry")
    return open_.entry


def _accept(review: PageReview, open_: Open, _: Accept) -> None:
    review.write(decide.accept(review.page, review.last, open_))


def _reject(review: PageReview, open_: Open, _: Reject) -> None:
    review.write(decide.reject(review.page, review.last, open_))
    if open_.entity and open_.conflict is None:
        clear_draft(review.repository, open_.entity.id, review.page.path, review.records, moved=False)


def _amend(review: PageReview, open_: Open, to: Amend) -> None:
    entry = replace(_entry(open_), date=to.date, text=to.text)
    if to.quote is not None:
        entry = replace(entry, quote=to.quote, prefix=to.prefix, suffix=to.suffix)
    review.write(decide.amend(review.page, review.last, open_, entry))


def _answer(review: PageReview, open_: Open, to: Answer) -> None:
    if open_.question is None:
        raise EditError("this is not a question")
    if to.to and to.to not in open_.question.candidates:
        raise EditError("`{to}` is not one of the choices", to=to.to)
    review.write(decide.answer(review.page, review.last, open_.question, to.to))


def _change_id(review: PageReview, open_: Open, to: ChangeId) -> None:
    item = _item(open_)
    _refuse_no_id(to.id)
    review.write(decide.exchange(review.page, review.last, open_, EntityRef(to.id, item.also)))
    _rename_record(review, open_, item.id, to.id)


def _refuse_no_id(id_: str) -> None:
    if not ID.match(id_):
        raise EditError("`{id}` is not an id: use lower-case a-z, 0-9 and single hyphens", id=id_)


def _make_record(review: PageReview, open_: Open, to: MakeRecord) -> None:
    item = _item(open_)
    id_ = to.id or slug(item.name)
    _refuse_no_id(id_)
    if id_ in review.records:
        raise EditError("the record `{id}` exists already: use `m` if it is the same", id=id_)
    record = Record(id_, item.name, item.type, status="reviewed", redirects=(item.id,))
    review.write(decide.exchange(review.page, review.last, open_, EntityRef(id_, item.also)))
    _write_record(review.repository, record)


def _split(review: PageReview, open_: Open, to: Split) -> None:
    item = _item(open_)
    record, entity = review.records.get(item.id), review.entity(open_)
    name = record.title if record else item.name
    id_ = slug(to.title)
    if not id_ or fold(to.title) == fold(name):
        raise EditError("give the other one a title of its own, such as “{name} (judge)”", name=name)
    forms = (name, *item.also, *(entity.forms if entity else ()))
    review.write(decide.exchange(review.page, review.last, open_, EntityRef(id_, uncovered(forms))))
    if id_ not in review.records:
        type_ = record.type if record else item.type
        _write_record(review.repository, Record(id_, to.title, type_, status="reviewed"))


def _write_record(repository: Repository, record: Record) -> None:
    repository.write(record_file(record.id), write_record(record, templates(repository.root)))


def _rename_record(review: PageReview, open_: Open, old: str, new: str) -> None:
    """Write the record of the new id, if it does not exist, from the record or proposal of the old id."""
    record, entity = review.records.get(old), review.entity(open_)
    if new not in review.records:
        draft = (
            Record(new, record.title, record.type, aliases=record.aliases, weak_aliases=record.weak_aliases)
            if record
            else Record(new, entity.name if entity else new, entity.type if entity else "organization")
        )
        _write_record(review.repository, draft)
    clear_draft(review.repository, old, review.page.path, review.records, moved=True)


def _junk(review: PageReview, open_: Open, _: Junk) -> None:
    name = refuse_recorded(open_)
    review.write(decide.forget(review.page, review.last, open_))
    decide_for_all(review.repository, Decision("junk", name))


def _retype(review: PageReview, open_: Open, to: Retype) -> None:
    item = _item(open_)
    refuse_type(to.type)
    review.write(decide.retype(review.page, review.last, open_, to.type))
    decide_for_all(review.repository, Decision("other_type", item.name, to.type))


def _rename(review: PageReview, open_: Open, to: Rename) -> None:
    item = _item(open_)
    if not item.name:
        raise EditError("its name is in its record: change it there")
    if not to.name.strip() or to.name == item.name:
        raise EditError("give it a different name")
    ref = EntityRef(name_id(to.name, item.type), item.also, name=to.name, type=item.type)
    review.write(decide.rename(review.page, review.last, open_, ref))


def _same_as(review: PageReview, open_: Open, to: SameAs) -> None:
    """The record gets the names that are valid in any article; the item in this page gets the others."""
    item, others = _item(open_), review.others
    other = others.get(to.other)
    if other is None or other.id == item.id:
        raise EditError("there is no other entity `{other}`", other=to.other)
    if other.candidate and item.name:
        _same_name(review, open_, item, other)
        return
    entity, record = review.entity(open_), review.records.get(item.id)
    names = [item.name, *item.also, *((entity.name, *entity.forms) if entity else ())]
    names += record.names if record else ()
    forms = [name for name in names if name]
    known = {id_: one for id_, one in review.records.items() if id_ != item.id}
    target = _recorded(other, known) if other.candidate else other
    shares = shared_out(review.page, target, forms, known)
    review.write(decide.exchange(review.page, review.last, open_, EntityRef(target.id, shares.also)))
    clear_draft(review.repository, item.id, review.page.path, review.records, moved=True)
    if other.candidate:
        draft = Record(target.id, target.title, target.type, status="reviewed", redirects=(other.id,))
        _write_record(review.repository, draft)
    give_aliases(review.repository, target.id, shares.aliases)


def _same_name(review: PageReview, open_: Open, item: EntityRef, other: Record) -> None:
    """Two names without a record are the same: in every article if the name is valid in any article, else in this one.

    A name of another kind gets the other's type: who says that the person Lenn is the company Lenn Nickel says so, too.
    """
    named = replace(other, aliases=())  # what other articles call it finds nothing in this one
    shares = shared_out(review.page, named, [item.name, *item.also], review.records)
    to = EntityRef(other.id, (*shares.aliases, *shares.also), name=other.title, type=other.type)
    alike = kind_of(item.type) == kind_of(other.type)
    if not is_everyones(item.name, item.type if alike else other.type):
        review.write(decide.exchange(review.page, review.last, open_, to))
        return
    if other.id in {entity.id for entity in review.page.entities}:
        review.write(decide.join(review.page, review.last, open_, to))
    elif alike:
        review.write(decide.accept(review.page, review.last, open_))
    else:
        review.write(_retyped(review, open_, other.type))
    for name in _called(review, item):
        if not alike:
            decide_for_all(review.repository, Decision("other_type", name, other.type))
        decide_for_all(review.repository, Decision("same", name, other=other.title))


def _retyped(review: PageReview, open_: Open, type_: str) -> decide.Decided[Proposal]:
    """The page with the name in it, accepted with another type."""
    typed = decide.retype(review.page, review.last, open_, type_)
    page = replace(open_page(review.page.path, typed.text), readable=review.page.readable)
    waiting = next((one for one in open_items(page, typed.proposal) if one.key == open_.key), None)
    return decide.accept(page, typed.proposal, waiting) if waiting else typed


def _called(review: PageReview, item: EntityRef) -> tuple[str, ...]:
    """The name of an entity in this page, and that of the candidate which it is known to be."""
    made = review.found().meant(item.id)
    fuller = made.name if made and is_everyones(made.name, made.type) else item.name
    return tuple(dict.fromkeys((item.name, fuller)))


def _stands(review: PageReview, open_: Open, to: Stands) -> None:
    review.write(decide.accept(review.page, review.last, open_))
    decide_for_all(review.repository, Decision("same", to.other, other=to.name))


def _unwanted(review: PageReview, open_: Open, to: Unwanted) -> None:
    heading, opening = words(_entry(open_).text), words(to.opening)
    if not opening or not begins(heading, opening):
        raise EditError(
            "“{text}” does not begin with “{opening}”", text=_entry(open_).text, opening=to.opening
        )
    review.write(decide.forget(review.page, review.last, open_))
    decide_for_all(review.repository, Decision("heading", to.opening))


def _recorded(candidate: Record, records: Mapping[str, Record]) -> Record:
    """A candidate as the record that it becomes."""
    id_ = slug(candidate.title)
    return replace(candidate, id=candidate.id if id_ in records else id_, candidate=False)


def _not_same_as(review: PageReview, open_: Open, to: NotSameAs) -> None:
    item, other = _item(open_), review.others.get(to.other)
    if other is None:
        raise EditError("there is no entity `{other}`", other=to.other)
    if item.id in review.records and not other.candidate:
        keep_apart(review.repository, item.id, other.id, review.records)
        return
    one = item.name or item.id
    two = other.title if other.candidate else other.id
    decide_for_all(review.repository, Decision("not_same", min(one, two), other=max(one, two)))


_CARRIED_OUT: Mapping[type, Callable[[PageReview, Open, Any], None]] = {
    Accept: _accept, Reject: _reject, Junk: _junk, Retype: _retype, Rename: _rename, MakeRecord: _make_record,
    ChangeId: _change_id, SameAs: _same_as, NotSameAs: _not_same_as, Amend: _amend, Unwanted: _unwanted, Answer: _answer,
    Split: _split, Stands: _stands,
}  # fmt: skip
