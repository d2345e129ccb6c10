"""A page under review as read from disk, and the changes that write it after a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from dossierkit.evidence.candidates.derive import Candidates
from dossierkit.evidence.plain_text import plain_text
from dossierkit.merge.decide import Decided
from dossierkit.merge.open import Open
from dossierkit.merge.page_items import Page, open_page
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import Proposal, ProposedEntity, Question
from dossierkit.model.record import Record
from dossierkit.store import proposal as proposals
from dossierkit.store import seeds
from dossierkit.workflow.repository import Repository, last_proposal


@dataclass(frozen=True, slots=True)
class PageReview:
    """A page under review. `found`: returns the candidates of the repository."""

    page: Page
    suggested: str
    last: Proposal
    repository: Repository
    records: dict[str, Record]
    found: Callable[[], Candidates] = Candidates

    def entity(self, open_: Open) -> ProposedEntity | None:
        proposed = self.last.item(open_.key)
        return proposed if isinstance(proposed, ProposedEntity) else None

    def forms(self, open_: Open) -> tuple[str, ...]:
        """The names by which the article may mention the entity."""
        return forms_of(open_, self.entity(open_), self.records)

    @property
    def names(self) -> tuple[str, ...]:
        """All names that the page, its records and its proposal have for entities."""
        items = [one.item for one in self.page.entities if isinstance(one.item, EntityRef)]
        own = (name for item in items for name in named(item, self.records.get(item.id)))
        return tuple(dict.fromkeys((*own, *(form for entity in self.last.entities for form in entity.forms))))

    @property
    def others(self) -> dict[str, Record]:
        """Records and candidates by id, as which an entity can be identified."""
        return {**self.found().as_records, **self.records}

    def write(self, decided: Decided[Proposal]) -> None:
        """Add a decision to the pending changes."""
        self.repository.write(self.page.path, decided.text)
        self.repository.write(self.suggested, proposals.dump(decided.proposal))


class Choice(NamedTuple):
    """An entity that the form of a question may mean. `type`: empty if neither a record nor the proposal has it."""

    id: str
    name: str
    type: str


def choices(question: Question, records: Mapping[str, Record], last: Proposal) -> Iterator[Choice]:
    """The candidates of a question, with the names that their records or the proposal give them."""
    proposed = {entity.entity: entity for entity in last.entities}
    for id_ in question.candidates:
        if record := records.get(id_):
            yield Choice(id_, record.title, record.type)
        elif entity := proposed.get(id_):
            yield Choice(id_, entity.name, entity.type)
        else:
            yield Choice(id_, id_, "")


def forms_of(open_: Open, entity: ProposedEntity | None, records: Mapping[str, Record]) -> tuple[str, ...]:
    """The names by which a text may mention an entity: forms of its proposal, of the page, and of its record."""
    if (item := open_.entity) is None:
        return ()
    return tuple(dict.fromkeys((*(entity.forms if entity else ()), *named(item, records.get(item.id)))))


def named(item: EntityRef, record: Record | None) -> tuple[str, ...]:
    """The names of an entity in a page, and those of its record."""
    own = (item.name,) if item.name else ()
    return (*item.also, *own, *(record.names if record else ()))


def page_review_of(
    repository: Repository, path: str, records: dict[str, Record], *, readable: bool = True
) -> PageReview | None:
    """The page to review; None if it has no source or is withdrawn. Raises DiagnosticsError.

    `readable`: whether its text is read too, which takes longer.
    """
    text = repository.page(path)
    page = open_page(path, text, plain_text) if readable else open_page(path, text)
    if not page.article.source.file or page.article.status == "withdrawn":
        return None
    suggested = seeds.beside(page.article.source.file, seeds.SUGGESTED)
    last, _ = last_proposal(repository, suggested)
    return PageReview(page, suggested, last, repository, records)
