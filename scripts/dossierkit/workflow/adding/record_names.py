"""The names in added articles that are new to records: collected while articles are added, then proposed to the records.

They are merged into records at once, after the last article of a command. Until then the file `adding` in the state folder
lists the added pages: a command that is interrupted leaves this list, and the next one continues from it, with the same records
as result.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from dossierkit.model.proposal import Proposal, ProposedEntity, RecordOffer
from dossierkit.store.content import id_of
from dossierkit.store.items import reference
from dossierkit.store.state import state_folder
from dossierkit.workflow.adding.preparing import AddContext
from dossierkit.workflow.records import record_offers
from dossierkit.workflow.repository import NOTHING, Repository

FILE = "adding"


class NamesInArticles:
    """The names of all added articles, by page: proposals of nothing but the entities, so that memory hardly grows.

    Equal entities are stored once, because most articles name the same.
    """

    def __init__(self) -> None:
        self.articles: list[tuple[str, Proposal]] = []
        self._shared: dict[ProposedEntity, ProposedEntity] = {}

    def add(self, page: str, proposal: Proposal) -> None:
        self.articles.append((page, self.slim(proposal)))

    def slim(self, proposal: Proposal) -> Proposal:
        slim = (_slim(entity) for entity in proposal.entities)
        return Proposal("", "", tuple(self._shared.setdefault(entity, entity) for entity in slim))


def _slim(entity: ProposedEntity) -> ProposedEntity:
    return replace(entity, key="", quote="", reason="", mentions=0, start=0, end=0, score=0.0)


def merge_names(
    repository: Repository, articles: Iterable[tuple[str, Proposal]], context: AddContext
) -> Iterator[str]:
    """Propose new names of entities to their records. Yields a line for each proposal, note and problem."""
    offers: dict[str, list[RecordOffer]] = {}
    for page, proposal in articles:
        named = record_offers.NamedEntities(id_of(page), tuple(map(reference, proposal.entities)))
        for id_, offer in record_offers.offers_of(repository, named, proposal, NOTHING, context.records):
            offers.setdefault(id_, []).append(offer)
    outcomes, problems = record_offers.merge_records(repository, offers, context.records, whole=False)
    for outcome in outcomes:
        yield from (f"{outcome.path}: proposed: {one}" for one in outcome.merged.added)
        yield from (f"{outcome.path}: note: {one}" for one in outcome.noted)
    yield from map(str, problems)


def note_pages(root: Path, pages: Iterable[tuple[str, str]]) -> None:
    """Append pairs of (page, its proposal), paths relative to `root`; to be called before these files are written."""
    file = state_folder(root) / FILE
    lines = "".join(f"{json.dumps(pair)}\n" for pair in pages)
    with file.open("ab") as out:
        out.write(f"\n{lines}".encode("ascii"))  # the first line break ends a line that was cut off
        out.flush()
        os.fsync(out.fileno())


def noted_pages(root: Path) -> Iterator[tuple[str, str]]:
    """The noted pairs whose files both exist, in order and once each."""
    try:
        lines = (state_folder(root) / FILE).read_bytes().splitlines()
    except FileNotFoundError:
        return
    for page, proposal in dict.fromkeys(pair for line in lines for pair in _pair(line)):
        if (root / page).is_file() and (root / proposal).is_file():
            yield page, proposal


def _pair(line: bytes) -> Iterator[tuple[str, str]]:
    with suppress(ValueError, RecursionError):
        found = json.loads(line)
        if isinstance(found, list) and len(found) == 2 and all(isinstance(one, str) for one in found):
            yield found[0], found[1]


def forget_pages(root: Path) -> None:
    with suppress(FileNotFoundError):
        (state_folder(root) / FILE).unlink()
