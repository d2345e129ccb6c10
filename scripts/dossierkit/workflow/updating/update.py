"""`dossier update`: makes the proposals again from the sources, and merges them into the pages; decisions of editors stay."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from dossierkit.evidence.candidates.leads import leads, only
from dossierkit.evidence.candidates.learnt import learnt
from dossierkit.merge.page import conflict_words
from dossierkit.merge.unreviewed import undecided
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.proposal import RecordOffer
from dossierkit.model.record import Record
from dossierkit.parallel.executor import Executor, StoppedError, in_this_process, local
from dossierkit.parallel.fence import trouble
from dossierkit.store.commit import ChangedOnDiskError
from dossierkit.store.content import RECORDS, id_of, load_decisions
from dossierkit.store.page_parser import record as read_record
from dossierkit.store.record_proposal import path_of as proposal_of
from dossierkit.text.number_of import number_of
from dossierkit.workflow.named_files import article_pages
from dossierkit.workflow.progress import watched
from dossierkit.workflow.proposing import Proposer
from dossierkit.workflow.records import pack, record_offers
from dossierkit.workflow.repository import Repository, exclusive
from dossierkit.workflow.updating.page import (
    MakePropose,
    Merged,
    Offers,
    Task,
    UpdateContext,
    UpdateOutcome,
    merger,
    task_of,
    without_result,
)

_MOST_ROUNDS = 5
_BATCH = 256  # files written at once


def run(  # noqa: PLR0913 -- one parameter per option
    root: Path,
    paths: Sequence[Path] = (),
    *,
    make: MakePropose | None = None,
    jobs: int | None = None,
    executor: Executor | None = None,
    limit: float | None = None,
) -> tuple[tuple[UpdateOutcome, ...], tuple[Diagnostic, ...]]:
    """Update the pages at `paths` (pages or their sources; default: all pages with a source).

    Pages that cannot be updated stay unchanged and are reported as problems; the others are written in batches, each with its
    proposal. Since changed records may lead to more matches, rounds are repeated until no record changes. The outcomes of
    pages are followed by those of records. `jobs`: most processes, by default one per processor; `executor`: used instead of
    local processes; `limit`: seconds for a page. Raises click.UsageError, StoppedError if it was interrupted, and
    DiagnosticsError if another process has locked the repository.
    """
    with exclusive(root):
        pages = article_pages(root, paths)
        executor = executor or (in_this_process(limit) if make else local(len(pages), jobs, limit))
        records, of_packs = pack.authority(root)
        updater = _Updater(Repository(root), make, records, executor, of_packs)
        updater.here = in_this_process(limit)
        try:
            updater.rounds(pages, whole=not paths)
        except (KeyboardInterrupt, StoppedError) as stop:
            raise updater.stopped(stop, len(pages)) from None
        if make is None and not paths and pages:
            findings = Proposer(root).findings
            findings.used.update(*updater.found.values())
            findings.forget_unused()
    return tuple(updater.outcomes.values()), tuple(
        diagnostic for listed in updater.problems.values() for diagnostic in listed
    )


def merge_prepared(repository: Repository, page: str) -> tuple[UpdateOutcome, ...]:
    """Update one page with what is pending in `repository`, and write everything, or raise DiagnosticsError."""
    records, of_packs = pack.authority(repository.root)
    updater = _Updater(repository, None, records, in_this_process(None), of_packs)
    updater.all_or_none = True
    updater.round((page,))
    if page in updater.problems:
        raise DiagnosticsError(updater.problems[page])
    updater.rounds((page,), whole=False)
    return tuple(updater.outcomes.values())


class _Updater:
    """Updates page after page; later rounds use the records that earlier rounds changed.

    `here`: the executor for pages that must be merged one after another. `found`: by page, the findings that it used.
    `all_or_none`: stop if somebody saved a file meanwhile, in place of leaving that page. `_offers`: by page, what it proposes for
    records. `_written_together`: by path, all files that are written with it or not at all. `_changed_meanwhile`: pages that
    somebody saved while the command ran.
    """

    def __init__(
        self,
        repository: Repository,
        make: MakePropose | None,
        records: dict[str, Record],
        executor: Executor,
        of_packs: pack.PackRecords = pack.NONE,
    ) -> None:
        self._repository = repository
        self._make = make
        self._records = records
        self._executor = executor
        self._pack_records = of_packs
        self.here: Executor = in_this_process(None)
        self.outcomes: dict[str, UpdateOutcome] = {}
        self.problems: dict[str, tuple[Diagnostic, ...]] = {}
        self._removed_records = record_offers.removed_records(repository, records)
        self._undecided = undecided(repository.root, records)
        self._learnt = learnt(load_decisions(repository.root))
        self._offers: dict[str, Offers] = {}
        self.found: dict[str, frozenset[str]] = {}
        self._written_together: dict[str, set[str]] = {}
        self._changed_meanwhile: set[str] = set()
        self.all_or_none = False

    def rounds(self, pages: Sequence[str], *, whole: bool) -> None:
        """Repeat until no record changes. `whole`: `pages` are all pages.

        What was left because somebody changed it meanwhile is read and merged once more at the end.
        """
        for _ in range(_MOST_ROUNDS):
            self.round(pages)
            if not self.merge_records(whole=whole):
                break
        if whole:
            self.report_orphans()
        self._commit()
        if self._changed_meanwhile:
            for path in self._changed_meanwhile:
                self.problems.pop(path, None)
            self.round([page for page in pages if page in self._changed_meanwhile])
            self.merge_records(whole=whole)
            self._commit()

    def round(self, pages: Sequence[str]) -> None:
        """Update every page with the present records."""
        with closing(self._merged(pages)) as pages_merged:
            self._collect(watched(pages_merged, len(pages), "Updating"))

    def _collect(self, pages: Iterable[Merged]) -> None:
        """Add the merged pages to the pending changes, and collect the problems of the others."""
        for merged in pages:
            self.found[merged.path] = self.found.get(merged.path, frozenset()) | merged.used
            if merged.problems:
                self.problems[merged.path] = merged.problems
                continue
            self.problems.pop(merged.path, None)
            self._collect_one(merged)
            if len(self._repository.pending) >= _BATCH:
                self._commit()

    def _collect_one(self, merged: Merged) -> None:
        pending = dict(self._repository.pending)
        try:
            outcome = self._add(merged)
        except Exception as error:  # noqa: BLE001 -- any error concerns this page only
            self._repository.pending = pending
            self._offers.pop(merged.path, None)
            self.problems[merged.path] = (trouble(merged.path, error),)
        else:
            self.outcomes[merged.path] = _joined(self.outcomes.get(merged.path), outcome)

    def _merged(self, pages: Sequence[str]) -> Generator[Merged, None, None]:
        """The merged pages, in order.

        Pages that share a source are merged again here one after another, each with the result of the previous one. Pages with
        problems on another machine are merged again here for messages about local files.
        """
        seen: set[str] = set()
        start = partial(merger, make=self._make)
        with closing(self._results(start, pages)) as results:
            for merged in results:
                paths = {path for path, _ in merged.texts}
                again = paths & seen or (merged.problems and self._executor.elsewhere)
                yield (
                    next(self.here.in_order(start, self._context(), [Task(merged.path)], without_result))
                    if again
                    else merged
                )
                seen |= paths

    def _results(
        self, start: Callable[[UpdateContext], Callable[[Task], Merged]], pages: Sequence[str]
    ) -> Generator[Merged, None, None]:
        return self._executor.in_order(start, self._context(), map(self._task, pages), without_result)

    def _task(self, path: str) -> Task:
        if not self._executor.elsewhere:
            return Task(path)
        return task_of(self._repository.root, path, self.found.get(path, ()))

    def _context(self) -> UpdateContext:
        pending = dict(self._repository.pending)
        led = only(self._learnt.led(leads(self._records.values()), self._records))
        types = {name: decision.type for name, decision in self._learnt.types.items()}
        return UpdateContext(
            self._repository.root,
            self._records,
            self._removed_records,
            pending,
            undecided=self._undecided,
            led=led,
            types=types,
        )

    def _commit(self) -> None:
        """Write what is pending, but leave what somebody changed since it was read, with all that is written together with it."""
        while True:
            try:
                self._repository.commit()
            except ChangedOnDiskError as error:
                if self.all_or_none:
                    raise
                for problem in error.problems:
                    self._leave(problem)
            else:
                break
        self._repository.pending.clear()

    def _leave(self, problem: Diagnostic) -> None:
        for path in self._written_together.get(problem.path, {problem.path}):
            self._repository.pending.pop(path, None)
            self._repository.digests.pop(path, None)
            if path.startswith("content/"):
                self._changed_meanwhile.add(path)
                self.outcomes.pop(path, None)
                self.problems[path] = (replace(problem, path=path),)

    def _bind(self, paths: Iterable[str]) -> None:
        """Note which files are written together or not at all."""
        group = set(paths).union(*(self._written_together.get(path, ()) for path in paths))
        self._written_together |= dict.fromkeys(group, group)

    def stopped(self, stop: BaseException, total: int) -> StoppedError:
        """Write what is ready, and return the error that says how to continue."""
        self._commit()
        why = stop.message if isinstance(stop, StoppedError) else "stopped"
        return StoppedError(
            f"{why}. {len(self.outcomes):,} of {total:,} pages have been looked at: run the same command again to continue; "
            "what was found in the articles is kept"
        )

    def _add(self, merged: Merged) -> UpdateOutcome:
        """Add a page to the pending changes."""
        if merged.outcome is None:
            return UpdateOutcome(merged.path)
        self._offers[merged.path] = merged.offers
        pending = self._repository.pending
        self._repository.digests |= {
            path: seen for path, seen in merged.digests.items() if path not in pending
        }
        self._bind([path for path, _ in merged.texts])
        written = [self._repository.write(path, text) for path, text in merged.texts]
        for path, data in self._pack_records.files(self._repository.root, merged.named).items():
            if self._repository.read(path) is None:
                written.append(self._repository.write(path, data.decode()))
        return replace(merged.outcome, written=any(written))

    def merge_records(self, *, whole: bool) -> bool:
        """Merge the pages' offers into the records. Returns whether a record changed, so that the pages may have other matches.

        A name that one record gives up is free for another, so this repeats until no record changes.
        """
        offers: dict[str, list[RecordOffer]] = {}
        for listed in self._offers.values():
            for id_, offer in listed:
                offers.setdefault(id_, []).append(offer)
        whole = whole and not self.problems
        changed = False
        for _ in range(_MOST_ROUNDS):
            outcomes, problems = record_offers.merge_records(
                self._repository, offers, self._records, whole=whole
            )
            self.problems |= {problem.path: (problem,) for problem in problems}
            for outcome in outcomes:
                self._bind([outcome.path, proposal_of(id_of(outcome.path))])
                self._print(outcome)
            changed |= self._reread(outcomes)
            if not any(outcome.moved for outcome in outcomes):
                break
        return changed

    def _print(self, record_outcome: record_offers.RecordOutcome) -> None:
        merged = record_outcome.merged
        before = self.outcomes.get(record_outcome.path)
        if before:
            before = replace(
                before, notes=tuple(note for note in before.notes if note not in record_outcome.ended)
            )
        if before or record_outcome.moved or merged.conflicts or record_outcome.noted:
            outcome = UpdateOutcome.of(record_outcome.path, merged, record_outcome.noted)
            self.outcomes[record_outcome.path] = _joined(
                before, replace(outcome, written=record_outcome.moved)
            )

    def _reread(self, outcomes: Iterable[record_offers.RecordOutcome]) -> bool:
        fresh = dict(self._records)
        for outcome in outcomes:
            id_ = id_of(outcome.path)
            fresh[id_], _ = read_record(
                id_, self._records[id_].path, outcome.merged.text.replace("\r\n", "\n")
            )
        changed = fresh != self._records
        self._records = fresh
        return changed

    def report_orphans(self) -> None:
        """Add a note for each drafted record that nothing names any more."""
        proposed = {id_ for listed in self._offers.values() for id_, _ in listed}
        for path, note in record_offers.orphans(self._repository, self._records, proposed):
            before = self.outcomes.get(path, UpdateOutcome(path))
            self.outcomes[path] = replace(before, notes=(*before.notes, note))


def _joined(before: UpdateOutcome | None, after: UpdateOutcome) -> UpdateOutcome:
    """The common outcome of two rounds, without what was added and removed again."""
    if before is None:
        return after
    passing = set(before.added) & set(after.removed)
    return UpdateOutcome(
        after.page,
        tuple(one for one in (*before.added, *after.added) if one not in passing),
        (*before.removed, *(one for one in after.removed if one not in passing)),
        (*before.changed, *after.changed),
        after.conflicts,
        before.written or after.written,
        tuple(dict.fromkeys((*before.notes, *after.notes))),
    )


def lines(outcomes: Sequence[UpdateOutcome]) -> Iterator[str]:
    """The outcomes as lines to print: pages that changed, their sum, then the number of the others, if there are any."""
    listed = [outcome for outcome in outcomes if outcome.written or outcome.conflicts or outcome.notes]
    yield from changes(listed)
    counted = [outcome for outcome in listed if _counts(outcome)]
    if len(counted) > 1:
        next_step = "; decide with `dossier desk`" if any(one.added for one in counted) else ""
        yield f"in all {len(counted)} pages: {_counts(*counted)}{next_step}"
    same = len(outcomes) - len(listed)
    if same or not listed:
        yield f"{number_of(same, 'page')} unchanged"


def changes(outcomes: Iterable[UpdateOutcome]) -> Iterator[str]:
    """What happened to each page, as lines to print."""
    for outcome in outcomes:
        yield f"{outcome.page}: {_counts(outcome) or _nothing(outcome)}"
        yield from (f"  + {one}" for one in outcome.added)
        yield from (f"  - {one}" for one in outcome.removed)
        yield from (f"  ~ {one}" for one in outcome.changed)
        yield from (f"  ! {conflict_words(conflict)}" for conflict in outcome.conflicts)
        yield from (f"  note: {note}" for note in outcome.notes)


def _counts(*outcomes: UpdateOutcome) -> str:
    counted = (
        (sum(len(outcome.added) for outcome in outcomes), "proposed"),
        (sum(len(outcome.removed) for outcome in outcomes), "removed"),
        (sum(len(outcome.changed) for outcome in outcomes), "changed"),
        (sum(len(outcome.conflicts) for outcome in outcomes), "in conflict"),
    )
    return ", ".join(f"{number} {what}" for number, what in counted if number)


def _nothing(outcome: UpdateOutcome) -> str:
    is_record = outcome.page.startswith(RECORDS)
    return "unchanged" if is_record else "page unchanged, proposal written again"
