"""Decisions on proposals, from the merge's memory and from proposals in the page before and after."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dossierkit.check.changes.kinds import Change, listed
from dossierkit.check.changes.snapshot import Snapshot
from dossierkit.merge.open import Open
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import ArticlePage
from dossierkit.model.proposal import Conflict, Proposal, Rejected
from dossierkit.model.record import Record
from dossierkit.store.proposed import ProposedKey


def decisions(old: ArticlePage | None, new: ArticlePage, base: Snapshot, head: Snapshot) -> Iterator[Change]:
    """Accepted, rejected, withdrawn and open proposals, closed questions, and new conflicts."""
    was = base.open_proposals(old) if old else ProposedKey()
    now = head.open_proposals(new)
    before, after = (base.proposal(old) if old else Proposal("", "")), head.proposal(new)
    yield from _waited(was, now, new, after if head.proposed(new) else None)
    known = {rejected.key for rejected in before.rejected}
    pending = {entry.quote for entry in was.timeline} | {ref.id for ref in was.entities}
    for rejected in after.rejected:
        if rejected.key not in known and (rejected.quote or rejected.entity) not in pending:
            yield _rejected(rejected)
    yield from _decided(old, new, base, head) if old and before.keys else ()
    yield from (_conflict(conflict) for conflict in after.conflicts if conflict not in before.conflicts)
    yield from _proposed(was, now)


def _decided(old: ArticlePage, new: ArticlePage, base: Snapshot, head: Snapshot) -> Iterator[Change]:
    """Items of the page that nobody had decided on, and are facts for readers now; and questions that are closed.

    Only a proposal's memory says so, which anybody can write: a reviewer has to see it.
    """
    try:
        was, now, has = base.undecided(old), head.undecided(new), head.listed(new)
    except DiagnosticsError:
        return
    for mark, item in was.items():
        if item.question and mark not in now:
            yield Change("question", "closed", item.question.text)
        elif mark in has and mark not in now:
            yield _accepted(item)


def _accepted(item: Open) -> Change:
    if item.entity:
        return Change("proposal", "accepted", item.entity.name or item.entity.id, id=item.entity.id)
    entry = item.entry
    assert entry is not None
    return Change("proposal", "accepted", entry.text, date=entry.date, quote=entry.quote)


def _waited(was: ProposedKey, now: ProposedKey, page: ArticlePage, last: Proposal | None) -> Iterator[Change]:
    """Proposals no longer open. `last`: the newest proposal, None without any."""
    open_ids, ids = {ref.id for ref in now.entities}, {ref.id for ref in page.entities}
    removed = last.rejected if last else ()
    known = {*(one.entity for one in last.entities), *(one.entity for one in removed)} if last else None
    for ref in was.entities:
        if ref.id not in open_ids:
            yield Change("proposal", _fate(ref.id, ids, known), ref.name or ref.id, id=ref.id)
    open_quotes, quotes = ({entry.quote for entry in of} for of in (now.timeline, page.timeline))
    known = {*(one.quote for one in last.timeline), *(one.quote for one in removed)} if last else None
    for entry in was.timeline:
        if entry.quote not in open_quotes:
            how = _fate(entry.quote, quotes, known)
            yield Change("proposal", how, entry.text, date=entry.date, quote=entry.quote)


def _fate(item: str, has: Collection[str], known: Collection[str] | None) -> str:
    """What became of an item that no longer waits: accepted if the page has it, else rejected.

    Withdrawn if the newest proposal neither makes it nor remembers that an editor removed it: nobody decided. `known`: what
    the proposal makes or remembers, None without a proposal.
    """
    if item in has:
        return "accepted"
    return "rejected" if known is None or item in known else "withdrawn"


def _proposed(was: ProposedKey, now: ProposedKey) -> Iterator[Change]:
    known = {ref.id for ref in was.entities}
    yield from (
        Change("proposal", "proposed", ref.name or ref.id, id=ref.id)
        for ref in now.entities
        if ref.id not in known
    )
    quotes = {entry.quote for entry in was.timeline}
    for entry in now.timeline:
        if entry.quote not in quotes:
            yield Change("proposal", "proposed", entry.text, date=entry.date, quote=entry.quote)


def _rejected(rejected: Rejected) -> Change:
    name = rejected.entity or rejected.text or rejected.when
    return Change(
        "proposal",
        "rejected",
        name,
        id=rejected.entity,
        date=rejected.date if rejected.date != name else "",
        quote=rejected.quote,
    )


def _conflict(conflict: Conflict) -> Change:
    return Change("proposal", "conflict", conflict.key, conflict.field, conflict.page, conflict.machine)


def for_all(base: Snapshot, head: Snapshot) -> Iterator[Change]:
    """Decisions for the whole site that were added or removed; none if they are unreadable now."""
    if head.decisions is not None:
        before = [decision.words for decision in base.decisions or ()]
        yield from listed("decision", before, [decision.words for decision in head.decisions])


def record_decisions(old: Record | None, new: Record, base: Snapshot, head: Snapshot) -> Iterator[Change]:
    """Open proposals of a record, and closed ones."""
    was, now = base.waiting(old), head.waiting(new)
    for name, value in now:
        if (name, value) not in was:
            yield Change("proposal", "proposed", value, type=_kind(name), id=new.id)
    has = {new.title, new.type, new.description, *new.same_as}
    has |= {alias.text for alias in (*new.aliases, *new.weak_aliases)}
    last = head.record_proposal(new)
    known = {one.value for one in (*last.offers, *last.rejected)} if last else None
    for name, value in was:
        if (name, value) not in now:
            how = _fate(value, has, known)
            yield Change("proposal", how, value, type=_kind(name), id=new.id)


def _kind(name: str) -> str:
    kinds = {"aliases": "alias", "weak_aliases": "weak alias", "same_as": "identifier"}
    return kinds.get(name, name)
