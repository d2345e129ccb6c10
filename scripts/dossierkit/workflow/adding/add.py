"""`dossier add`: writes sources into seeds/, proposals beside them, draft pages into content/articles/."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Unpack

import click

from dossierkit.ingest.place import Place
from dossierkit.ingest.web.fetch import Fetcher
from dossierkit.merge.unreviewed import undecided
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.parallel.executor import Executor, StoppedError, in_this_process, local
from dossierkit.parallel.fence import trouble
from dossierkit.store import proposal as proposals
from dossierkit.store import seeds
from dossierkit.store.commit import ChangedOnDiskError, commit
from dossierkit.store.files import OutsideError
from dossierkit.text.number_of import number_of
from dossierkit.workflow.adding import record_names
from dossierkit.workflow.adding.added_counts import AddedCounts, doubtful
from dossierkit.workflow.adding.admission import Added, Admission, LeftOut
from dossierkit.workflow.adding.containers import Fetching, Splitting, is_container
from dossierkit.workflow.adding.intake import Intake
from dossierkit.workflow.adding.preparing import AddContext, Prepared, Refused, in_turn, preparer
from dossierkit.workflow.adding.record_names import NamesInArticles, merge_names
from dossierkit.workflow.adding.source_table import SourceTable
from dossierkit.workflow.progress import watched
from dossierkit.workflow.proposing import Propose
from dossierkit.workflow.records import pack, record_offers
from dossierkit.workflow.repository import Repository, decided_notes, exclusive
from dossierkit.workflow.say import say, say_all
from dossierkit.workflow.source_file import addresses
from dossierkit.workflow.stated_values import GivenValues, checked

_BATCH = 16  # articles written at once, because each write waits for the disk
# Errors that concern the files of one article only; a full disk would concern all articles.
_OF_ONE_ARTICLE = (
    OutsideError,
    ChangedOnDiskError,
    NotADirectoryError,
    IsADirectoryError,
    FileExistsError,
    PermissionError,
)


class UnreadableSourcesError(DiagnosticsError):
    """No source could be read: the command ends with 2, not 1."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class AddOptions:
    """How sources are added. `keep_going`: add all sources that are right, even if others are wrong; otherwise all or none.

    `jobs`: most processes, by default one per processor. `executor`: used instead of local processes. `table`: facts about
    single sources. `limit`: seconds for one source. `mapping`: bytes of a file that says which fields of scrapers' records
    mean what. `fetcher`: makes requests to the web. `in_folders`: see Admission.
    """

    keep_going: bool = True
    jobs: int | None = None
    executor: Executor | None = None
    table: SourceTable | None = None
    limit: float | None = None
    mapping: bytes | None = None
    fetcher: Fetcher | None = None
    in_folders: frozenset[Place] = frozenset()


def run(
    root: Path,
    files: Sequence[Place],
    *,
    add_options: AddOptions = AddOptions(),
    propose: Propose | None = None,
    **options: Unpack[GivenValues],
) -> tuple[Prepared, ...]:
    """Add sources to the repository at `root` and return what was added. See `add_sources`."""
    additions: list[Prepared] = []
    add_sources(root, files, additions.append, add_options=add_options, propose=propose, **options)
    return tuple(additions)


def add_sources(
    root: Path,
    files: Sequence[Place],
    report: Callable[[Prepared], object],
    *,
    add_options: AddOptions,
    propose: Propose | None = None,
    **options: Unpack[GivenValues],
) -> None:
    """Add sources to the repository at `root`, and call `report` with each addition, in the order of the sources.

    Articles are written while others are prepared, each with all its files; sources added before are skipped. Their names are
    merged into records after the last article. Raises click.UsageError for invalid options, DiagnosticsError with all problems
    (UnreadableSourcesError if no source could be read), StoppedError if the command was interrupted.
    """
    files, problems = addresses(files)
    known = (add_options.table or SourceTable("", ())).of(files, keep_going=add_options.keep_going)
    files, problems = known.files, [*problems, *known.problems]
    splitting = Splitting(add_options.limit, add_options.mapping)
    count = splitting.count(files) if any(map(is_container, files)) else len(files)
    total = count + len(problems)
    given, slug = checked(options, total)
    with exclusive(root):
        records, of_packs = pack.authority(root)
        admission = Admission(root, given, seeds.known_sources(root), known.rows, add_options.in_folders)
        removed_records = record_offers.removed_records(Repository(root), records)
        context = AddContext(
            root, records, removed_records, admission, slug, undecided=undecided(root, records)
        )
        intake = Intake(
            admission,
            replace(
                splitting, fetching=Fetching(add_options.fetcher or Fetcher(), admission.sources.identifiers)
            ),
        )
        writer = _ArticleWriter(context, report, of_packs, hold=not add_options.keep_going)
        executor = add_options.executor or (
            in_this_process(add_options.limit)
            if propose
            else local(count, add_options.jobs, add_options.limit)
        )
        start = partial(preparer, propose=propose)
        with closing(in_turn(executor, start, context, intake.sources(files))) as prepared:
            problems += _write(watched(prepared, count, "Adding"), intake, writer, total)
    say_all((*known.notes, *intake.skipped_lines(), *writer.counts.lines()))
    if problems:
        raise (UnreadableSourcesError if _all_unreadable(problems, total) else DiagnosticsError)(problems)


def _write(
    prepared: Iterator[Prepared | Added | LeftOut | Refused],
    intake: Intake,
    writer: _ArticleWriter,
    total: int,
) -> list[Diagnostic]:
    """Write the prepared articles and return the problems of the others."""
    problems: list[Diagnostic] = []
    try:
        for one in prepared:
            problems += one if isinstance(one, tuple) else _accepted(one, intake, writer)
            writer.flush_full()
        if not (problems and writer.hold):
            writer.finish()
    except DiagnosticsError as error:
        problems += error.problems
    except (KeyboardInterrupt, StoppedError) as stop:
        raise writer.stopped(stop, total) from None
    return problems + writer.problems


def _accepted(one: Prepared | Added | LeftOut, intake: Intake, writer: _ArticleWriter) -> Refused:
    """Pass an article to the writer unless it is skipped, and return what is wrong with it."""
    try:
        if isinstance(one, LeftOut):
            intake.leave_out(one)
        elif isinstance(one, Added):
            intake.skip(one)
        else:
            claimed = intake.claim(one)
            if claimed is not None:
                writer.take(claimed)
    except DiagnosticsError as error:
        return error.problems
    except Exception as error:  # noqa: BLE001 -- any error concerns this source only
        return (trouble(str(one.file if isinstance(one, Added | LeftOut) else one.source.file), error),)
    return ()


def _all_unreadable(problems: Sequence[Diagnostic], files: int) -> bool:
    return len(problems) == files and all(problem.code == "D401" for problem in problems)


class _ArticleWriter:
    """Writes articles as they arrive, and after the last one the proposals to records.

    `of_packs`: records that become pages when an article names them. `hold`: write nothing before the end.
    """

    def __init__(
        self,
        context: AddContext,
        report: Callable[[Prepared], object],
        of_packs: pack.PackRecords = pack.NONE,
        *,
        hold: bool,
    ) -> None:
        self._root = context.root
        self._context = context
        self._report = report
        self._pack_records = of_packs
        self.hold = hold
        self._batch: list[Prepared] = []
        self._written = 0
        self.problems: list[Diagnostic] = []
        self._names = NamesInArticles()
        self.counts = AddedCounts(self._root)
        self._disk = Repository(self._root)
        self._add_names_of_interrupted_command()

    def _add_names_of_interrupted_command(self) -> None:
        for page, suggested in record_names.noted_pages(self._root):
            with suppress(DiagnosticsError):  # `dossier update` reports it, and proposes for that page again
                self._names.add(page, proposals.load(Repository(self._root).text(suggested), suggested))

    def take(self, prepared: Prepared) -> None:
        """Add an article, with its source and the records of packs that it names, to those waiting to be written."""
        source = prepared.source
        sources = {source.seed: source.data}
        if source.curated is not None:
            sources[seeds.beside(source.seed, ".yml")] = source.curated
        new = {path: data for path, data in sources.items() if _differs(self._root / path, data)}
        named = self._pack_records.files(self._root, (entity.entity for entity in prepared.proposal.entities))
        files = {**new, **prepared.written, **named}
        for path in files:
            self._disk.read(path)
        notes = (*prepared.notes, *decided_notes(Repository(self._root), prepared.proposal.notes))
        self._batch.append(replace(prepared, source=replace(source, data=b""), written=files, notes=notes))

    def flush_full(self) -> None:
        """Write the waiting articles if there are enough for a batch."""
        if len(self._batch) >= _BATCH and not self.hold:
            self.flush()

    def flush(self) -> None:
        """Write the waiting articles, and note first that their names are not merged into records yet."""
        if self._batch:
            record_names.note_pages(
                self._root,
                (
                    (addition.page, seeds.beside(addition.source.seed, seeds.SUGGESTED))
                    for addition in self._batch
                ),
            )
            self._commit_each()
            for addition in self._batch:
                self._names.add(addition.page, addition.proposal)
            self._report_batch()

    def finish(self) -> None:
        """Write the waiting articles together with all records. If one article fails, write the articles one by one."""
        repository = Repository(self._root)
        repository.pending |= self._files()
        repository.digests |= {path: self._disk.digests[path] for path in repository.pending}
        articles = [
            *self._names.articles,
            *((addition.page, self._names.slim(addition.proposal)) for addition in self._batch),
        ]
        try:
            lines = tuple(merge_names(repository, articles, self._context))
        except click.ClickException:
            raise
        except Exception as error:  # noqa: BLE001 -- the articles are written; `update` merges the records
            self._without_records(trouble("content/entities", error))
            return
        try:
            repository.commit()
        except _OF_ONE_ARTICLE as error:
            if self.hold or not self._batch:
                raise self._refused(error) from None
            self.flush()
            self.finish()
            return
        record_names.forget_pages(self._root)
        self._report_batch()
        say_all(lines)

    def _without_records(self, problem: Diagnostic) -> None:
        if self.hold:
            raise DiagnosticsError([problem])
        self.flush()
        self.problems.append(problem)

    def stopped(self, stop: BaseException, total: int) -> StoppedError:
        """Write the articles that are ready, and return the error that says how to continue."""
        if not self.hold:
            self.flush()
        why = stop.message if isinstance(stop, StoppedError) else "stopped"
        message = f"{why}. {self._written:,} of {total:,} sources have been added: "
        return StoppedError(f"{message}run the same command again to continue: it skips what was added")

    def _files(self) -> dict[str, bytes]:
        return {path: data for addition in self._batch for path, data in addition.written.items()}

    def _commit_each(self) -> None:
        """Write the waiting articles together, or if that fails one by one."""
        try:
            commit(self._root, self._files(), self._disk.digests)
        except _OF_ONE_ARTICLE:
            self._batch = [addition for addition in self._batch if self._commits(addition)]

    def _commits(self, addition: Prepared) -> bool:
        try:
            commit(self._root, addition.written, self._disk.digests)
        except _OF_ONE_ARTICLE as error:
            self.problems.append(_unwritten(str(addition.source.file), error))
            return False
        return True

    def _refused(self, error: Exception) -> DiagnosticsError:
        """The error for the waiting articles, none of which is written."""
        sources = [str(addition.source.file) for addition in self._batch] or ["."]
        self._batch.clear()
        return DiagnosticsError(_unwritten(source, error) for source in sources)

    def _report_batch(self) -> None:
        """Print the articles that were written, call `report` with each, and begin the next batch."""
        self._written += len(self._batch)
        for addition in self._batch:
            _print(addition, self.counts.counted(addition.proposal), self.counts.first_notes(addition.notes))
            self._report(addition)
        self._batch.clear()


def _unwritten(source: str, error: Exception) -> Diagnostic:
    message = str(error)
    if isinstance(error, OSError):
        message = f"what is made of it cannot be written ({error.strerror}: {error.filename}): move what is in the way, or check the rights"
    if isinstance(error, ChangedOnDiskError):
        return error.problems[0]
    return Diagnostic(source, 0, 0, "D404", message)


def _differs(file: Path, data: bytes) -> bool:
    """Whether a file is missing, or is the curator's file and has new content. A source that exists is not overwritten."""
    return not file.exists() or (file.suffix == ".yml" and file.read_bytes() != data)


def _print(addition: Prepared, entities: str, notes: Iterable[str]) -> None:
    timeline = number_of(len(addition.proposal.timeline), "timeline entry", "timeline entries")
    say(f"{addition.page}: draft with {entities} and {timeline} from {addition.source.seed}")
    if entities_in_doubt := doubtful(addition.proposal):
        say(f"  in doubt, so under `proposed:` until you decide: {entities_in_doubt}")
    for note in notes:
        say(f"  note: {note}")
    if not addition.dated:
        say(
            "  no date of publication: expressions such as “last week” are left unresolved. "
            "Set `date:` in the page and run `dossier update`."
        )
