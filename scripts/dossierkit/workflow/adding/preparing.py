"""Prepares one source for writing: reads it, makes its proposal and draft. Independent of all other sources."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from dossierkit.evidence.plain_text import plain_text
from dossierkit.extract.identity.trust import in_doubt
from dossierkit.extract.languages import language
from dossierkit.merge.apply import waiting
from dossierkit.merge.page_items import as_written
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.edtf import parse as parse_edtf
from dossierkit.model.page import SourceNote
from dossierkit.model.proposal import Proposal
from dossierkit.model.source import Article, Source
from dossierkit.parallel.executor import Executor
from dossierkit.parallel.fence import Loss, lost, problems_of
from dossierkit.store import proposal as proposals
from dossierkit.store.content import article_file, id_of
from dossierkit.store.draft import Draft, write_draft
from dossierkit.store.seeds import SUGGESTED, beside, load_knowledge
from dossierkit.text.fold import romanise
from dossierkit.text.fold import slug as to_slug
from dossierkit.workflow.adding.admission import Added, Admission, AdmittedSource, LeftOut, Unread
from dossierkit.workflow.proposing import Propose, Proposer, ProposingContext, templates
from dossierkit.workflow.records import record_offers
from dossierkit.workflow.source_file import describe, page_fields, read_source


@dataclass(frozen=True, slots=True)
class Prepared:
    """The result for a source: the draft page at `page`, the proposal, both as text in `written`, and notes.

    `source` has no bytes, unless it was read here. Once it is to be written, `written` has all its files, by path.
    """

    source: AdmittedSource
    page: str
    dated: bool
    proposal: Proposal
    written: Mapping[str, bytes]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AddContext(ProposingContext):
    """The inputs shared by all sources of one command."""

    admission: Admission
    slug: str = ""


# Facts whose origin the command prints (a title only if readers of the source do not see it): name in a Source -> name in
# seeds/NAME.yml.
_TOLD = {
    "title": "title",
    "published": "date",
    "author": "author",
    "publisher": "publisher",
    "lang": "lang",
    "url": "url",
}

_UNPUBLISHED = "not published where it comes from"

Refused = tuple[Diagnostic, ...]
Task = AdmittedSource | Unread | Added | LeftOut | Refused
Result = Prepared | Added | LeftOut | Refused
Start = Callable[[AddContext], Callable[[AdmittedSource | Unread], Result]]


def preparer(
    context: AddContext, propose: Propose | None = None
) -> Callable[[AdmittedSource | Unread], Result]:
    """The function that prepares sources, and reads those at an address."""
    proposer = propose or Proposer(context.root, context.findings)(context.records, context.undecided)

    def work(task: AdmittedSource | Unread) -> Result:
        try:
            if isinstance(task, AdmittedSource):
                return _prepared(task, replace(task, data=b""), context, proposer)
            source = context.admission.read(task.url, task.curated)
            return source if isinstance(source, Added) else _prepared(source, source, context, proposer)
        except Exception as error:  # noqa: BLE001 -- any error concerns this source only
            return problems_of(_path(task), error)

    return work


def _path(task: AdmittedSource | Unread) -> str:
    return str(task.file if isinstance(task, AdmittedSource) else task.url)


def _lost(task: AdmittedSource | Unread, loss: Loss) -> Result:
    return (lost(_path(task), loss),)


def in_turn(
    executor: Executor, start: Start, context: AddContext, tasks: Iterable[Task]
) -> Generator[Result, None, None]:
    """The result of each task, in order. Tasks without work wait here for their turn, and so do the bytes of sources."""
    waiting: deque[Task] = deque()

    def work() -> Iterator[AdmittedSource | Unread]:
        for task in tasks:
            waiting.append(task)
            if isinstance(task, AdmittedSource | Unread):
                yield task

    with closing(executor.in_order(start, context, work(), _lost)) as results:
        for result in results:
            yield from _idle(waiting)
            yield _whole(result, waiting.popleft())
    yield from _idle(waiting)


def _idle(waiting: deque[Task]) -> Iterator[Added | LeftOut | Refused]:
    """Take the tasks without work from the front of the queue."""
    while waiting and not isinstance(first := waiting[0], AdmittedSource | Unread):
        waiting.popleft()
        yield first


def _whole(result: Result, task: Task) -> Result:
    if isinstance(result, Prepared) and isinstance(task, AdmittedSource):
        return replace(result, source=task)
    return result


def _prepared(
    source: AdmittedSource, returned: AdmittedSource, context: AddContext, propose: Propose
) -> Prepared | LeftOut:
    reading = read_source(source.file, source.data, source.known.encoding, PurePosixPath(source.seed).name)
    if reading.unpublished and source.file in context.admission.in_folders:
        return LeftOut(source.file, f"{_UNPUBLISHED} (`{reading.unpublished}`): name a file itself to add it")
    article, note = describe(source.file, reading, source.known)
    page = _page(article, context.slug or _id(article.title, source.seed))
    body = reading.markdown
    found = propose(replace(article, id=id_of(page), text=plain_text(body)))
    proposal = replace(
        record_offers.without(found, context.removed_records),
        page=_front_matter(source, reading),
        by_item=True,
    )
    proposal, sure = _in_two(proposal)
    origin = _source_note(source, reading)
    tags = tuple(as_written("tags", source.known.tags)) or reading.tags
    draft = Draft(article.title, article.published or "", article.lang, origin, tags, sure, body)
    drafted = write_draft(draft, templates(context.root))
    written = {
        beside(source.seed, SUGGESTED): proposals.dump(proposal).encode(),
        page: waiting(drafted, filter(in_doubt, proposal.entities)).encode(),
    }
    unread = _unread(article.lang, found.notes)
    unpublished = (f"{_UNPUBLISHED}: `{reading.unpublished}`",) if reading.unpublished else ()
    notes = (
        *_origins(source, reading),
        *unpublished,
        *reading.notes,
        *note,
        *unread,
        *proposal.notes[len(found.notes) :],
    )
    return Prepared(returned, page, bool(article.published), proposal, written, notes)


def _in_two(proposal: Proposal) -> tuple[Proposal, Proposal]:
    """The proposal with the keys of its drafted items, and only these items.

    As in an update, entries name only entities in the page's own list.
    """
    sure = tuple(entity for entity in proposal.entities if not in_doubt(entity))
    there = {entity.entity for entity in sure}
    timeline = tuple(
        replace(entry, entities=tuple(id_ for id_ in entry.entities if id_ in there))
        for entry in proposal.timeline
    )
    drafted = replace(proposal, entities=sure, timeline=timeline)
    return replace(proposal, timeline=timeline, drafted=drafted.keys), drafted


def _unread(lang: str, notes: tuple[str, ...]) -> tuple[str, ...]:
    """Notes about what was not looked for, in a language without rules for names."""
    own = language(lang.partition("-")[0].lower())
    ruled = own is not None and own.find_names is not None
    return () if ruled else tuple(note for note in notes if note.startswith(f"language {lang}: "))


def _front_matter(source: AdmittedSource, reading: Source) -> tuple[tuple[str, str], ...]:
    """The values that source and curator give for the page's own keys, for the next update to compare with."""
    fields = page_fields(reading, load_knowledge(source.curated or b"", beside(source.seed, ".yml")))
    return tuple((name, value) for name, value in fields.items() if value)


def _origins(source: AdmittedSource, reading: Source) -> tuple[str, ...]:
    """A note about where facts were found in the source, for an editor to judge; not for facts from a curator or an option."""
    known = source.known
    doubted = {"published"} if any(note.startswith("the date ") for note in reading.notes) else set()
    told: dict[str, list[str]] = {}
    for name, place in reading.origins:
        if name in _TOLD and not getattr(known, _TOLD[name]) and name not in doubted:
            told.setdefault(place, []).extend([_TOLD[name]] if name != "title" or "property" in place else [])
    listed = [f"{', '.join(names)} from {place}" for place, names in told.items() if names]
    return ("; ".join(listed),) if listed else ()


def _page(article: Article, slug: str) -> str:
    """The path of the draft page."""
    earliest = parse_edtf(article.published).earliest if article.published else None
    year = f"{earliest.year:04d}" if earliest else "undated"
    return article_file(f"{year}/{slug}")


def _id(title: str, seed: str) -> str:
    """An id from the title; from the source's file name, if that says more than what little of the title has Latin letters."""
    letters = sum(char.isalpha() for char in title)
    read = sum(char.isascii() and char.isalpha() for char in romanise(title))
    named = PurePosixPath(seed).stem
    if 2 * read >= letters or not any(char.isascii() and char.isalpha() for char in named):
        return to_slug(title)
    return to_slug(named)


def _source_note(source: AdmittedSource, reading: Source) -> SourceNote:
    """The article's source note: known facts take precedence over what the source says."""
    known = source.known
    return SourceNote(
        publisher=known.publisher or reading.publisher or "",
        author=known.author or reading.author or "",
        url=known.url or reading.url or "",
        archived=known.archived or reading.archived or "",
        captured=reading.captured or "",
        file=source.seed,
        sha256=source.sha256,
        rights=known.rights or reading.rights or "",
        facts=known.facts,
        part_of=source.part_of,
        identifier=reading.identifier or "",
        pages=" ".join(f"{mark.label}@{mark.at}" for mark in reading.pages),
    )
