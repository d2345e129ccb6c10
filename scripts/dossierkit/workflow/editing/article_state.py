"""The state of an article for an editor: its page, its proposal, its items, and which of them are open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from dossierkit.evidence.plain_text import plain_text
from dossierkit.merge.open import ItemMark, Open, listed_items, open_items
from dossierkit.merge.page_items import Page
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry
from dossierkit.model.record import Record
from dossierkit.parallel.fence import trouble
from dossierkit.store import proposal as proposals
from dossierkit.workflow.repository import Repository
from dossierkit.workflow.review.page_review import PageReview, forms_of, page_review_of
from dossierkit.workflow.review.remaining import OWN


@dataclass(frozen=True)
class ArticleState:
    """`items`: all items of the page's lists, waiting or not; `waiting`: the items to decide on. `files`: by path, the digest of the
    bytes that it was read from, as in `Repository.digests`.
    """

    page: Page
    suggested: str
    last: Proposal
    items: tuple[Open, ...]
    waiting: tuple[Open, ...]
    files: Mapping[str, str]

    @property
    def id(self) -> str:
        return self.page.article.id

    @property
    def path(self) -> str:
        return self.page.path

    @cached_property
    def readable(self) -> str:
        """Title and text as readers see them."""
        return f"{self.page.article.title}\n\n{plain_text(self.page.article.body)}"

    @cached_property
    def digest(self) -> str:
        """A digest of the page and its proposal file, different after any change."""
        return sha256(f"{self.page.text}\0{proposals.dump(self.last)}".encode("utf-8", "replace")).hexdigest()

    @cached_property
    def marks(self) -> frozenset[ItemMark]:
        """The marks of the waiting items."""
        return frozenset(item.mark for item in self.waiting)

    def review(self, root: Path, records: dict[str, Record]) -> PageReview:
        """The article as the input of a decision, whose repository knows from which bytes it was read."""
        page, repository = replace(self.page, readable=self.readable), Repository(root)
        repository.digests |= self.files
        return PageReview(page, self.suggested, self.last, repository, records)

    def forms(self, open_: Open, records: Mapping[str, Record]) -> tuple[str, ...]:
        """The names by which the text may mention an entity: forms of the proposal, of the page, and of the record."""
        proposed = self.proposed(open_)
        return forms_of(open_, proposed if isinstance(proposed, ProposedEntity) else None, records)

    def proposed(self, open_: Open) -> ProposedEntity | ProposedEntry | None:
        """The proposed entity or entry that this item comes from; None if it was not proposed."""
        return self._by_key.get(open_.key) if open_.key else None

    def found_by(self, open_: Open) -> tuple[str, ...]:
        """The name of the proposer of an item; for the extractor's own proposals, also the rule."""
        proposed = self.proposed(open_)
        if proposed is None:
            return ()
        return (proposed.maker,) if proposed.maker else (OWN, proposed.reason.partition(";")[0])

    @cached_property
    def makers(self) -> frozenset[str]:
        """Proposers and rules of the names that wait."""
        return frozenset(name for _, open_ in self.names for name in self.found_by(open_))

    @cached_property
    def _by_key(self) -> dict[str, ProposedEntity | ProposedEntry]:
        proposed: tuple[ProposedEntity | ProposedEntry, ...] = (*self.last.entities, *self.last.timeline)
        return {one.key: one for one in proposed}

    @property
    def naming(self) -> tuple[object, ...]:
        """The parts of the article that candidates depend on."""
        return self.page.article.gist.named, self.last.entities, self.last.rejected, self.last.questions

    @cached_property
    def names(self) -> tuple[tuple[str, Open], ...]:
        """The waiting entities, with their ids in the page."""
        return tuple((item.entity.id, item) for item in self.waiting if item.conflict is None and item.entity)

    @cached_property
    def questions(self) -> tuple[Open, ...]:
        return tuple(item for item in self.waiting if item.question is not None)


@dataclass(frozen=True, slots=True)
class UnreadablePage:
    """A page that cannot be read, and its problems."""

    path: str
    problems: tuple[Diagnostic, ...]


def read(root: Path, path: str, led: Mapping[str, str]) -> ArticleState | UnreadablePage | None:
    """Read the article at `path`; None without source or if withdrawn. `led`: ids made from names -> ids of their records."""
    repository = Repository(root)
    try:
        review = page_review_of(repository, path, {}, readable=False)
    except DiagnosticsError as error:
        return UnreadablePage(path, error.problems)
    except Exception as error:  # noqa: BLE001 -- any error concerns this page only
        return UnreadablePage(path, (trouble(path, error),))
    return _state(review.page, review.suggested, review.last, led, repository.digests) if review else None


def led_again(state: ArticleState, led: Mapping[str, str]) -> ArticleState:
    """The state of the same files after records were added or removed."""
    return _state(state.page, state.suggested, state.last, led, state.files)


def _state(
    page: Page, suggested: str, last: Proposal, led: Mapping[str, str], files: Mapping[str, str]
) -> ArticleState:
    listed, waiting = listed_items(page, last, led), open_items(page, last, led)
    return ArticleState(page, suggested, last, listed, waiting, files)
