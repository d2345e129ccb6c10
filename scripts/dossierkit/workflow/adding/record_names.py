"""The names in added articles that are new to records: collected while articles are added, then proposed to the records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dossierkit.model.proposal import Proposal, ProposedEntity, RecordOffer
from dossierkit.store.content import id_of
from dossierkit.store.items import reference
from dossierkit.workflow.adding.preparing import AddContext
from dossierkit.workflow.records import record_offers
from dossierkit.workflow.repository import NOTHING, Repository


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
