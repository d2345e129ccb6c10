"""`dossier add`: sources into seeds/, proposals beside them, draft pages into content/articles/."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path, PurePosixPath
from typing import Unpack

import click

from dossierkit.commands import record_offers
from dossierkit.commands.desk import NOTHING, Desk, exclusive, known_records
from dossierkit.commands.judgements import path_of
from dossierkit.commands.newcomers import newcomers
from dossierkit.commands.proposing import Propose, Proposer, beside, templates
from dossierkit.commands.source import describe, file_bytes, plain_text, read_source, refusal
from dossierkit.commands.stated import Options, checked, wrong_values
from dossierkit.model.article import Article, Reading
from dossierkit.model.edtf import parse as parse_edtf
from dossierkit.model.page import EntityRef, SourceNote
from dossierkit.model.problem import Problem, ProblemsError
from dossierkit.model.proposal import Proposal
from dossierkit.model.record import Record
from dossierkit.model.record_proposal import RecordOffer
from dossierkit.store import proposal as proposals
from dossierkit.store import record_proposal as stored
from dossierkit.store import seeds
from dossierkit.store.content import record as read_record
from dossierkit.store.draft import Draft, write_draft, write_record
from dossierkit.store.files import OutsideError, write_all
from dossierkit.text.fold import slug as to_slug


class UnreadableError(ProblemsError):
    """Nothing but input that cannot be read: the command ends with 2, not 1."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Addition:
    """What adding one source would write, and what there is to say about it. Paths are relative to the repository."""

    source: str
    seed: str
    page: str
    sha256: str
    dated: bool
    proposal: Proposal
    files: Mapping[str, bytes]
    notes: tuple[str, ...]


def run(
    root: Path,
    files: Sequence[Path],
    *,
    keep_going: bool = False,
    propose: Propose | None = None,
    **options: Unpack[Options],
) -> tuple[Addition, ...]:
    """Add sources to the repository at `root`. All is planned first; nothing is written if anything is wrong.

    `keep_going` writes those that are right and raises for the others afterwards. Raises click.UsageError for
    options that cannot hold, ProblemsError with everything that is wrong (UnreadableError where that is all input).
    """
    given, slug = checked(options, len(files))
    with exclusive(root):
        records = known_records(root)
        planner = _Planner(root, given, slug, propose or Proposer(root)(records))
        planner.gone = record_offers.gone(Desk(root), records)
        additions, problems = planner.all(files)
        if not problems or keep_going:
            _write(root, additions, records)
    if problems:
        unreadable = all(problem.code == "D401" for problem in problems)
        raise (UnreadableError if unreadable else ProblemsError)(problems)
    return additions


def _write(root: Path, additions: Sequence[Addition], records: Mapping[str, Record]) -> None:
    desk = Desk(root)
    desk.pending |= {path: data for addition in additions for path, data in addition.files.items()}
    told = tuple(_records(desk, additions, records))
    try:
        write_all(root, {path: data for path, data in desk.pending.items() if data is not None})
    except OutsideError as error:
        raise ProblemsError([Problem(".", 0, 0, "D404", str(error))]) from None
    _tell(additions)
    for line in told:
        click.echo(line)


class _Planner:
    """Plans one addition after another, each knowing of those before it."""

    def __init__(self, root: Path, given: seeds.Knowledge, slug: str, propose: Propose) -> None:
        self.root = root
        self.given = given
        self.slug = slug
        self.propose = propose
        self.standing = seeds.standing(root)
        self.planned: dict[str, str] = {}
        self.gone: frozenset[str] = frozenset()

    def all(self, files: Sequence[Path]) -> tuple[tuple[Addition, ...], tuple[Problem, ...]]:
        additions: list[Addition] = []
        problems: list[Problem] = []
        for file in _progress(files):
            try:
                additions.append(self.one(file))
            except ProblemsError as error:
                problems += error.problems
        return tuple(additions), tuple(problems)

    def one(self, file: Path) -> Addition:
        """Plan one file. Raises ProblemsError."""
        data = file_bytes(file)
        sha256 = seeds.digest(data)
        seed = self._seed(file, sha256)
        curated, known = self._knowledge(file, seed)
        reading = read_source(file, data, known.encoding)
        article, note = describe(file, reading, known)
        page = self._page(file, article)
        body = reading.markdown
        found = self.propose(replace(article, id=_id(page), text=plain_text(body)))
        proposal = record_offers.without(found, self.gone)
        source = _source_note(known, reading, seed, sha256)
        draft = Draft(
            article.title, article.published or "", article.lang, source, reading.tags, proposal, body
        )
        written = {
            **self._sources(seed, data, curated),
            beside(seed, seeds.SUGGESTED): proposals.dump(proposal).encode(),
            page: write_draft(draft, templates(self.root)).encode(),
        }
        self.planned |= {sha256: str(file), seeds.same_name(seed): str(file), page: str(file)}
        return Addition(
            str(file),
            seed,
            page,
            sha256,
            bool(article.published),
            proposal,
            written,
            (*reading.notes, *note, *proposal.notes[len(found.notes) :]),
        )

    def _seed(self, file: Path, sha256: str) -> str:
        """The place of the source in seeds/. Raises ProblemsError when these bytes or that name stand there already."""
        seed = f"seeds/{seeds.safe_name(file.name)}"
        if sha256 in self.planned:
            raise refusal(file, "D402", f"has the same bytes as {self.planned[sha256]}: add one of them")
        page = self.standing.pages.get(sha256)
        stands = self.standing.seeds.get(sha256)
        if page:
            raise refusal(
                file, "D402", f"was added already: its page is {page}, its source {stands or 'missing'}"
            )
        if file.suffix.lower() in {".yml", ".yaml"}:
            raise refusal(
                file, "D401", "is YAML, not an article: seeds/NAME.yml says what a curator knows of NAME.txt"
            )
        inside = file.resolve().parent == (self.root / "seeds").resolve()
        if inside and PurePosixPath(seed).name != file.name:
            raise refusal(file, "D404", f"has a name that some systems cannot hold: rename it to {seed}")
        if stands and not inside:
            raise refusal(
                file, "D402", f"stands in {stands} already, without a page: run `dossier add {stands}`"
            )
        self._refuse_taken_name(file, seed, inside=inside)
        return seed

    def _refuse_taken_name(self, file: Path, seed: str, *, inside: bool) -> None:
        stem = seeds.same_name(PurePosixPath(seed).stem)
        holder = self.standing.names.get(stem)
        if holder and not (inside and holder == seed):
            raise refusal(
                file, "D404", f"{holder} has that name and other bytes: rename the file and add it again"
            )
        clash = next(
            (of for key, of in self.planned.items() if PurePosixPath(key).stem == stem and "seeds/" in key),
            None,
        )
        if clash:
            raise refusal(file, "D404", f"would have the same name in seeds/ as {clash}: rename one of them")

    def _knowledge(self, file: Path, seed: str) -> tuple[bytes | None, seeds.Knowledge]:
        """The curator's file beside the source, and what is known in all: options first."""
        curated = file.with_suffix(".yml")
        kept = self.root / beside(seed, ".yml")
        data = curated.read_bytes() if curated.is_file() else None
        if data is not None and kept.is_file() and kept.read_bytes() != data:
            raise refusal(curated, "D404", f"{beside(seed, '.yml')} says otherwise: keep one of the two")
        if data is None and kept.is_file():
            curated, data = kept, kept.read_bytes()
        if data is None:
            return None, self.given
        try:
            stated = seeds.load_knowledge(data.decode("utf-8-sig").replace("\r\n", "\n"), str(curated))
        except UnicodeDecodeError as error:
            raise refusal(
                curated, "D406", f"byte {error.start} is not UTF-8: save the file as UTF-8"
            ) from None
        problems = [Problem(str(curated), 0, 0, "D406", wrong) for wrong in wrong_values(stated)]
        if problems:
            raise ProblemsError(problems)
        given = {field.name: getattr(self.given, field.name) for field in fields(self.given)}
        return data, replace(stated, **{name: value for name, value in given.items() if value})

    def _page(self, file: Path, article: Article) -> str:
        """The path of the draft page. Raises ProblemsError when it is taken."""
        earliest = parse_edtf(article.published).earliest if article.published else None
        year = f"{earliest.year:04d}" if earliest else "undated"
        page = f"content/articles/{year}/{self.slug or to_slug(article.title)}.md"
        holder = page if (self.root / page).exists() else self.planned.get(page)
        if holder:
            raise refusal(
                file,
                "D403",
                f"the page {page} is taken by {holder}: give this article another id with `--slug`",
            )
        return page

    def _sources(self, seed: str, data: bytes, curated: bytes | None) -> dict[str, bytes]:
        """The files of seeds/ that are not there yet, unchanged."""
        wanted = {seed: data} | ({beside(seed, ".yml"): curated} if curated is not None else {})
        return {path: content for path, content in wanted.items() if not (self.root / path).exists()}


def _source_note(known: seeds.Knowledge, reading: Reading, seed: str, sha256: str) -> SourceNote:
    """Where the article comes from: what is known wins over what the source says."""
    return SourceNote(
        publisher=known.publisher or reading.publisher or "",
        author=known.author or reading.author or "",
        url=known.url or reading.url or "",
        archived=known.archived,
        file=seed,
        sha256=sha256,
        rights=known.rights,
    )


def _id(page: str) -> str:
    return page.removeprefix("content/articles/").removesuffix(".md")


def _records(desk: Desk, additions: Sequence[Addition], records: Mapping[str, Record]) -> Iterator[str]:
    """Draft records for the entities that nobody has described yet; new names of the others wait in their records.

    Yields what there is to say of them.
    """
    known = dict(records)
    for draft in newcomers((addition.proposal for addition in additions), records):
        path, text = path_of(draft.id), write_record(draft, templates(desk.root))
        desk.write(path, text)
        desk.write(stored.path_of(draft.id), stored.dump(record_offers.drafted(draft)))
        known[draft.id], _ = read_record(draft.id, path, text)
    offers: dict[str, list[RecordOffer]] = {}
    for addition in additions:
        refs = tuple(EntityRef(entity.entity, entity.also) for entity in addition.proposal.entities)
        named = record_offers.Named(_id(addition.page), refs)
        for id_, offer in record_offers.offers_of(desk, named, addition.proposal, NOTHING, known):
            offers.setdefault(id_, []).append(offer)
    outcomes, problems = record_offers.merge_records(desk, offers, known, whole=False)
    for outcome in outcomes:
        yield from (f"{outcome.path}: proposed: {one}" for one in outcome.merged.came)
        yield from (f"{outcome.path}: note: {one}" for one in outcome.noted)
    yield from map(str, problems)


def _progress(files: Sequence[Path]) -> Iterator[Path]:
    """The files, with a progress bar on stderr when there are several and someone looks."""
    if len(files) < 2:
        yield from files
        return
    from rich.console import Console  # noqa: PLC0415 -- heavy
    from rich.progress import track  # noqa: PLC0415 -- heavy

    yield from track(files, "Reading", console=Console(stderr=True), transient=True)


def _tell(additions: Sequence[Addition]) -> None:
    for addition in additions:
        new = sum(not entity.known for entity in addition.proposal.entities)
        entities = _count(len(addition.proposal.entities), "entity", "entities")
        entries = _count(len(addition.proposal.timeline), "timeline entry", "timeline entries")
        click.echo(f"{addition.page}: draft with {entities} ({new} new) and {entries} from {addition.seed}")
        for note in addition.notes:
            click.echo(f"  note: {note}")
        if not addition.dated:
            click.echo(
                "  no date of publication: expressions such as “last week” are left unresolved. "
                "Set `date:` in the page and run `dossier update`."
            )


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
