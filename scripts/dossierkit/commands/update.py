"""`dossier update`: proposes again from the sources, and merges into the pages what editors have not decided otherwise."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dossierkit.commands import record_offers
from dossierkit.commands.desk import Desk, Input, chosen, exclusive, known_records, read_input
from dossierkit.commands.judgements import path_of
from dossierkit.commands.newcomers import newcomers
from dossierkit.commands.proposing import Propose, Proposer, templates
from dossierkit.merge.fields import merge_fields
from dossierkit.merge.page import PageMerge, merge_page
from dossierkit.merge.standing import FIELDS, stand
from dossierkit.model.page import EntityRef
from dossierkit.model.problem import Problem, ProblemsError
from dossierkit.model.proposal import Conflict
from dossierkit.model.record import Record
from dossierkit.model.record_proposal import RecordOffer
from dossierkit.store import proposal as proposals
from dossierkit.store import record_proposal as stored
from dossierkit.store.commit import commit
from dossierkit.store.content import record as read_record
from dossierkit.store.draft import write_record
from dossierkit.store.edit import EditError

__all__ = ["Outcome", "conflict_words", "exclusive", "lines", "merge_input", "run"]

_MOST_ROUNDS = 5

MakePropose = Callable[[Mapping[str, Record]], Propose]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an update did to one page, in words. `written`: whether any file has new bytes."""

    page: str
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    written: bool = False
    notes: tuple[str, ...] = ()


def run(
    root: Path, paths: Sequence[Path] = (), *, make: MakePropose | None = None
) -> tuple[tuple[Outcome, ...], tuple[Problem, ...]]:
    """Update the pages at `paths` (pages or their sources; default: all that have a source).

    Pages that cannot be updated are left as they are and reported as problems; the others are updated, all in one
    commit. New or changed records may let more be found, so it goes round until none is. After the pages come the
    records that something happened to. Raises click.UsageError, and
    ProblemsError where another process holds the repository.
    """
    with exclusive(root):
        desk = Desk(root)
        own = Proposer(root)
        updater = _Updater(desk, make or own, known_records(root))
        pages = chosen(root, paths)
        for _ in range(_MOST_ROUNDS):
            if not updater.round(pages) and not updater.merge_records(whole=not paths):
                break
        if not paths:
            updater.report_orphans()
        commit(root, desk.pending)
        if make is None and not paths and pages:
            own.findings.forget_unused()
    return tuple(updater.outcomes.values()), tuple(
        one for listed in updater.problems.values() for one in listed
    )


class _Updater:
    """Updates page after page on a desk, each knowing the records that were made in the rounds before."""

    def __init__(self, desk: Desk, proposer: MakePropose, records: dict[str, Record]) -> None:
        self.desk = desk
        self.proposer = proposer
        self.records = records
        self.outcomes: dict[str, Outcome] = {}
        self.problems: dict[str, tuple[Problem, ...]] = {}
        self.gone = record_offers.gone(desk, records)
        self.offers: dict[str, tuple[tuple[str, RecordOffer], ...]] = {}

    def round(self, pages: Sequence[str]) -> bool:
        """Update every page with the records as they stand. True where records were made."""
        propose = self.proposer(self.records)
        fresh = dict(self.records)
        for page in _progress(pages):
            try:
                outcome = self._one(page, propose, fresh)
                self.problems.pop(page, None)
            except ProblemsError as error:
                self.problems[page] = error.problems
                continue
            self.outcomes[page] = _joined(self.outcomes.get(page), outcome)
        made = len(fresh) > len(self.records)
        self.records = fresh
        return made

    def _one(self, path: str, propose: Propose, fresh: dict[str, Record]) -> Outcome:
        """Update one page. `fresh`: the records with those made in this round, to which its own are added."""
        given = read_input(self.desk, path)
        if given is None:
            return Outcome(path)
        merged = merge_input(given, propose, self.records, self.gone)
        self._offer(path, given, merged)
        drafts = newcomers([replace(merged.proposal, entities=merged.newcomers)], fresh)
        written = [
            self.desk.write(path, merged.text),
            self.desk.write(given.suggested, proposals.dump(merged.proposal)),
        ]
        for draft in drafts:
            file, text = path_of(draft.id), write_record(draft, templates(self.desk.root))
            written.append(self.desk.write(file, text))
            self.desk.write(stored.path_of(draft.id), stored.dump(record_offers.drafted(draft)))
            fresh[draft.id], _ = read_record(draft.id, file, text)
        return Outcome(
            path, merged.came, merged.went, merged.changed, merged.conflicts, any(written), given.notes
        )

    def _offer(self, path: str, given: Input, merged: PageMerge) -> None:
        """Keep what the page says of records, for when all pages have been looked at."""
        page = stand(path, merged.text, lambda _: "")
        refs = tuple(one.item for one in page.entities if isinstance(one.item, EntityRef))
        named = record_offers.Named(page.article.id, refs)
        offered = record_offers.offers_of(self.desk, named, merged.proposal, given.last, self.records)
        self.offers[path] = tuple(offered)

    def merge_records(self, *, whole: bool) -> bool:
        """Merge into the records what the pages say of them. True where more may be found, or less, because of that."""
        offers: dict[str, list[RecordOffer]] = {}
        for listed in self.offers.values():
            for id_, offer in listed:
                offers.setdefault(id_, []).append(offer)
        whole = whole and not self.problems
        outcomes, problems = record_offers.merge_records(self.desk, offers, self.records, whole=whole)
        self.problems |= {one.path: (one,) for one in problems}
        for one in outcomes:
            self._tell(one)
        return self._reread(outcomes)

    def _tell(self, one: record_offers.RecordOutcome) -> None:
        merged = one.merged
        if merged.came or merged.went or merged.changed or merged.conflicts or one.noted:
            said = (tuple(merged.came), tuple(merged.went), tuple(merged.changed), tuple(merged.conflicts))
            outcome = Outcome(
                one.path, *said, written=bool(merged.came or merged.went or merged.changed), notes=one.noted
            )
            self.outcomes[one.path] = _joined(self.outcomes.get(one.path), outcome)

    def _reread(self, outcomes: Iterable[record_offers.RecordOutcome]) -> bool:
        fresh = dict(self.records)
        for one in outcomes:
            id_ = one.path.removeprefix("content/entities/").removesuffix(".md")
            fresh[id_], _ = read_record(id_, self.records[id_].path, one.merged.text.replace("\r\n", "\n"))
        changed = fresh != self.records
        self.records = fresh
        return changed

    def report_orphans(self) -> None:
        """Say of drafted records that nothing names any more that they are there."""
        proposed = {id_ for listed in self.offers.values() for id_, _ in listed}
        for path, note in record_offers.orphans(self.desk, self.records, proposed):
            before = self.outcomes.get(path, Outcome(path))
            self.outcomes[path] = replace(before, notes=(*before.notes, note))


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


def _joined(before: Outcome | None, after: Outcome) -> Outcome:
    """What two rounds did: what came and went again is not worth a word."""
    if before is None:
        return after
    passing = set(before.came) & set(after.went)
    return Outcome(
        after.page,
        tuple(one for one in (*before.came, *after.came) if one not in passing),
        (*before.went, *(one for one in after.went if one not in passing)),
        (*before.changed, *after.changed),
        after.conflicts,
        before.written or after.written,
        tuple(dict.fromkeys((*before.notes, *after.notes))),
    )


def _progress(pages: Sequence[str]) -> Iterable[str]:
    """The pages, with a progress bar on stderr when there are several and someone looks."""
    if len(pages) < 2:
        return pages
    from rich.console import Console  # noqa: PLC0415 -- heavy
    from rich.progress import track  # noqa: PLC0415 -- heavy

    return track(pages, "Updating", console=Console(stderr=True), transient=True)


def lines(outcomes: Iterable[Outcome]) -> Iterator[str]:
    """The outcomes for a person: pages where something happened, then how many were left alone."""
    same = 0
    for outcome in outcomes:
        if not (outcome.written or outcome.conflicts or outcome.notes):
            same += 1
            continue
        yield f"{outcome.page}: {_counts(outcome)}"
        yield from (f"  + {one}" for one in outcome.came)
        yield from (f"  - {one}" for one in outcome.went)
        yield from (f"  ~ {one}" for one in outcome.changed)
        yield from (f"  ! {conflict_words(one)}" for one in outcome.conflicts)
        yield from (f"  note: {note}" for note in outcome.notes)
    yield f"{same} page{'s' * (same != 1)} unchanged"


def _counts(outcome: Outcome) -> str:
    counted = (
        (len(outcome.came), "proposed"),
        (len(outcome.went), "withdrawn"),
        (len(outcome.changed), "changed"),
        (len(outcome.conflicts), "in conflict"),
    )
    said = ", ".join(f"{number} {what}" for number, what in counted if number)
    if not said and outcome.page.startswith("content/entities/"):
        return "unchanged"
    return said or "page unchanged, proposal written anew"


def conflict_words(conflict: Conflict) -> str:
    """A conflict as an editor reads it."""
    if "." not in conflict.field and conflict.key:
        return f"you stand for “{conflict.page}”, which is no longer proposed: it stays until you decide"
    field = conflict.field.removeprefix("timeline.")
    return f"{field}: the page says “{conflict.page}”, now proposed is “{conflict.machine}”: the page stays until you decide"
