"""One page brought up to date: proposed again from its source and merged. It rests on nothing that other pages do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dossierkit.commands import record_offers
from dossierkit.commands.desk import Desk, Input, read_input
from dossierkit.commands.proposing import Propose, Proposer
from dossierkit.merge.fields import merge_fields
from dossierkit.merge.page import PageMerge, merge_page
from dossierkit.merge.standing import FIELDS, stand
from dossierkit.model.page import EntityRef
from dossierkit.model.problem import Problem, ProblemsError
from dossierkit.model.proposal import Conflict, ProposedEntity
from dossierkit.model.record import Record
from dossierkit.model.record_proposal import RecordOffer
from dossierkit.store import proposal as proposals
from dossierkit.store.edit import EditError

MakePropose = Callable[[Mapping[str, Record]], Propose]
Offers = tuple[tuple[str, RecordOffer], ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What every page of one round is merged on. `gone`: ids not to propose; `pending`: what is not on disk yet."""

    root: Path
    records: Mapping[str, Record]
    gone: frozenset[str]
    pending: Mapping[str, bytes | None]


@dataclass(frozen=True, slots=True)
class Merged:
    """What an update makes of the page at `path`: new texts by path, what it says of records, and what happened.

    `used`: the files of `.dossier/findings/` that this rested on. `problems`: why the page was left as it is.
    """

    path: str
    texts: tuple[tuple[str, str], ...] = ()
    newcomers: tuple[ProposedEntity, ...] = ()
    offers: Offers = ()
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
    used: frozenset[Path] = frozenset()
    problems: tuple[Problem, ...] = ()


def merger(ground: Ground, make: MakePropose | None = None) -> Callable[[str], Merged]:
    """What merges the page at a path. It reads the repository and writes nothing but findings."""
    own = Proposer(ground.root)
    propose = (make or own)(ground.records)

    def work(path: str) -> Merged:
        used = set() if make else own.findings.used
        used.clear()
        try:
            merged = _merged(ground, path, propose)
        except ProblemsError as error:
            merged = Merged(path, problems=error.problems)
        return replace(merged, used=frozenset(used))

    return work


def _merged(ground: Ground, path: str, propose: Propose) -> Merged:
    desk = Desk(ground.root)
    desk.pending |= ground.pending
    given = read_input(desk, path)
    if given is None:
        return Merged(path)
    merged = merge_input(given, propose, ground.records, ground.gone)
    return Merged(
        path,
        ((path, merged.text), (given.suggested, proposals.dump(merged.proposal))),
        merged.newcomers,
        _offers(desk, path, given, merged, ground.records),
        merged.came,
        merged.went,
        merged.changed,
        merged.conflicts,
        given.notes,
    )


def _offers(desk: Desk, path: str, given: Input, merged: PageMerge, records: Mapping[str, Record]) -> Offers:
    """What the page says of records, for when all pages have been looked at."""
    page = stand(path, merged.text, lambda _: "")
    refs = tuple(one.item for one in page.entities if isinstance(one.item, EntityRef))
    named = record_offers.Named(page.article.id, refs)
    return tuple(record_offers.offers_of(desk, named, merged.proposal, given.last, records))


def merge_input(
    given: Input, propose: Propose, records: Mapping[str, Record], gone: Collection[str] = ()
) -> PageMerge:
    """Propose anew for a page and merge; entities of `gone` are not proposed anew. Raises ProblemsError (D502)."""
    last = dict(given.last.page)
    fields = merge_fields(given.page, last, given.fields, given.stated, given.last.conflicts)
    article = replace(
        given.article,
        title=fields.values["title"],
        published=fields.values["date"] or None,
        lang=fields.values["lang"] or given.article.lang,
    )
    here = {one.item.id for one in given.page.entities if isinstance(one.item, EntityRef)}
    proposal = record_offers.without(
        propose(article), gone, here | {one.entity for one in given.last.entities}
    )
    try:
        merged = merge_page(given.page, given.last, proposal, fields, records)
    except EditError as error:
        message = f"the page was left as it is: {error}. Change it by hand, then run this again"
        raise ProblemsError([Problem(given.page.path, 0, 0, "D502", message)]) from None
    said = tuple((name, given.fields[name] or last.get(name, "")) for name in FIELDS)
    said = tuple((name, value) for name, value in said if value)
    return replace(merged, proposal=replace(merged.proposal, page=said))
