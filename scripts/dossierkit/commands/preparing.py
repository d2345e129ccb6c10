"""One source made ready to be written: read, proposed from, drafted. It rests on nothing that other sources do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from dossierkit.commands import record_offers
from dossierkit.commands.proposing import Propose, Proposer, beside, templates
from dossierkit.commands.source import describe, plain_text, read_source
from dossierkit.model.article import Article, Reading
from dossierkit.model.edtf import parse as parse_edtf
from dossierkit.model.page import SourceNote
from dossierkit.model.problem import Problem, ProblemsError
from dossierkit.model.proposal import Proposal
from dossierkit.model.record import Record
from dossierkit.store import proposal as proposals
from dossierkit.store.draft import Draft, write_draft
from dossierkit.store.seeds import SUGGESTED, Knowledge
from dossierkit.text.fold import slug as to_slug


@dataclass(frozen=True, slots=True)
class Source:
    """A source that may be added. `seed`: its path in the repository; `curated`: the curator's file beside it."""

    file: Path
    seed: str
    data: bytes
    sha256: str
    known: Knowledge
    curated: bytes | None


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a source makes: the draft page at `page`, the proposal, both as they are written, and notes."""

    source: Source
    page: str
    dated: bool
    proposal: Proposal
    written: Mapping[str, bytes]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ground:
    """What every source of one command is prepared on. `gone`: ids of records that nothing proposes."""

    root: Path
    records: Mapping[str, Record]
    gone: frozenset[str]
    slug: str = ""


Refused = tuple[Problem, ...]


def preparer(
    ground: Ground, propose: Propose | None = None
) -> Callable[[Source | Refused], Prepared | Refused]:
    """What prepares sources; refusals go through, so that all come out in the order in which they went in."""
    proposer = propose or Proposer(ground.root)(ground.records)

    def work(source: Source | Refused) -> Prepared | Refused:
        if isinstance(source, tuple):
            return source
        try:
            return _prepared(source, ground, proposer)
        except ProblemsError as error:
            return error.problems

    return work


def _prepared(source: Source, ground: Ground, propose: Propose) -> Prepared:
    reading = read_source(source.file, source.data, source.known.encoding)
    article, note = describe(source.file, reading, source.known)
    page = _page(article, ground.slug)
    body = reading.markdown
    found = propose(replace(article, id=id_of(page), text=plain_text(body)))
    proposal = record_offers.without(found, ground.gone)
    told = _source_note(source, reading)
    draft = Draft(article.title, article.published or "", article.lang, told, reading.tags, proposal, body)
    written = {
        beside(source.seed, SUGGESTED): proposals.dump(proposal).encode(),
        page: write_draft(draft, templates(ground.root)).encode(),
    }
    notes = (*reading.notes, *note, *proposal.notes[len(found.notes) :])
    return Prepared(source, page, bool(article.published), proposal, written, notes)


def _page(article: Article, slug: str) -> str:
    """The path of the draft page."""
    earliest = parse_edtf(article.published).earliest if article.published else None
    year = f"{earliest.year:04d}" if earliest else "undated"
    return f"content/articles/{year}/{slug or to_slug(article.title)}.md"


def _source_note(source: Source, reading: Reading) -> SourceNote:
    """Where the article comes from: what is known wins over what the source says."""
    known = source.known
    return SourceNote(
        publisher=known.publisher or reading.publisher or "",
        author=known.author or reading.author or "",
        url=known.url or reading.url or "",
        archived=known.archived,
        file=source.seed,
        sha256=source.sha256,
        rights=known.rights,
    )


def id_of(page: str) -> str:
    return page.removeprefix("content/articles/").removesuffix(".md")
