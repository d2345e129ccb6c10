"""Decisions on proposals, from the merge's memory and from proposals in the page before and after."""

from __future__ import annotations

from collections.abc import Iterator

from dossierkit.check.changes.kinds import Change, listed
from dossierkit.check.changes.snapshot import Snapshot
from dossierkit.model.page import ArticlePage
from dossierkit.model.proposal import Conflict, Proposal, Rejected
from dossierkit.model.record import Record
from dossierkit.store.proposed import ProposedKey


def decisions(old: ArticlePage | None, new: ArticlePage, base: Snapshot, head: Snapshot) -> Iterator[Change]:
    """Accepted, rejected and open proposals, and new conflicts."""
    was = base.open_proposals(old) if old else ProposedKey()
    now = head.open_proposals(new)
    yield from _waited(was, now, new)
    before, after = (base.proposal(old) if old else Proposal("", "")), head.proposal(new)
    known = {rejected.key for rejected in before.rejected}
    pending = {entry.quote for entry in was.timeline} | {ref.id for ref in was.entities}
    for rejected in after.rejected:
        if rejected.key not in known and (rejected.quote or rejected.entity) not in pending:
            yield _rejected(rejected)
    yield from (_conflict(conflict) for conflict in after.conflicts if conflict not in before.conflicts)
    yield from _proposed(was, now)


def _waited(was: ProposedKey, now: ProposedKey, page: ArticlePage) -> Iterator[Change]:
    """Proposals no longer open: accepted if they are in the page, else rejected."""
    open_ids, ids = {ref.id for ref in now.entities}, {ref.id for ref in page.entities}
    for ref in was.entities:
        if ref.id not in open_ids:
            how = "accepted" if ref.id in ids else "rejected"
            yield Change("proposal", how, ref.name or ref.id, id=ref.id)
    open_quotes, quotes = ({entry.quote for entry in of} for of in (now.timeline, page.timeline))
    for entry in was.timeline:
        if entry.quote not in open_quotes:
            how = "accepted" if entry.quote in quotes else "rejected"
            yield Change("proposal", how, entry.text, date=entry.date, quote=entry.quote)


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
    """Open proposals of a record, and closed ones: accepted if the record has the value, else rejected."""
    was, now = base.waiting(old), head.waiting(new)
    for name, value in now:
        if (name, value) not in was:
            yield Change("proposal", "proposed", value, type=_kind(name), id=new.id)
    has = {new.title, new.type, new.description, *new.same_as}
    has |= {alias.text for alias in (*new.aliases, *new.weak_aliases)}
    for name, value in was:
        if (name, value) not in now:
            how = "accepted" if value in has else "rejected"
            yield Change("proposal", how, value, type=_kind(name), id=new.id)


def _kind(name: str) -> str:
    kinds = {"aliases": "alias", "weak_aliases": "weak alias", "same_as": "identifier"}
    return kinds.get(name, name)
