"""A repository's pages and proposals from texts, of the work tree or a git revision."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from dossierkit.evidence.candidates.leads import led
from dossierkit.merge.open import ItemMark, Open, listed_items, open_items
from dossierkit.merge.page_items import Page, page_of
from dossierkit.model.decision import Decision
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import ArticlePage, Content
from dossierkit.model.proposal import Proposal, RecordProposal
from dossierkit.model.record import Record
from dossierkit.store import decisions, record_proposal
from dossierkit.store import proposal as proposals
from dossierkit.store.content import is_page
from dossierkit.store.page_parser import READERS
from dossierkit.store.proposed import ProposedKey, proposed_items, proposed_values
from dossierkit.store.seeds import proposal_of


@dataclass(slots=True)
class SnapshotReader:
    """Reads pages, each text once, so that a second state with mostly equal pages is cheap."""

    docs: str = "content"
    _pages: dict[tuple[str, str], Any] = field(default_factory=dict)

    def snapshot(self, texts: Mapping[str, str]) -> Snapshot:
        """`texts`: by path from the root, with any line breaks. Unreadable pages are left out and counted."""
        pages: dict[str, dict[str, Any]] = {kind: {} for kind in READERS}
        unreadable: list[str] = []
        for path in sorted(texts):
            kind, id_ = self._place(path)
            page = self._page(kind, id_, path, texts[path]) if kind else None
            if page is not None:
                pages[kind][id_] = page
            elif kind:
                unreadable.append(path)
        content = Content(pages["articles"], pages["entities"], pages["dossiers"])
        snapshot = Snapshot(content, dict(texts), tuple(unreadable))
        if snapshot.decisions is None:
            return replace(snapshot, unreadable=(decisions.PATH, *unreadable))
        return snapshot

    def _place(self, path: str) -> tuple[str, str]:
        """Kind and id of a page; empty for other files."""
        below = path.removeprefix(f"{self.docs}/")
        if below == path or not is_page(below):
            return "", ""
        kind, _, rest = below.partition("/")
        return kind, rest.removesuffix(".md")

    def _page(self, kind: str, id_: str, path: str, text: str) -> Any:  # noqa: ANN401 -- a noun of the kind
        key = (path, text)
        if key not in self._pages:
            try:
                self._pages[key] = READERS[kind](id_, path, text.replace("\r\n", "\n"))[0]
            except DiagnosticsError:
                self._pages[key] = None
        return self._pages[key]


@dataclass(frozen=True)
class Snapshot:
    """`texts`: the files it was made from. `unreadable`: paths of unreadable pages."""

    content: Content
    texts: Mapping[str, str]
    unreadable: tuple[str, ...] = ()

    def proposed(self, page: ArticlePage) -> str:
        """The file of the proposal for an article; empty if there is none."""
        return self.texts.get(proposal_of(page.source.file), "")

    def proposal(self, page: ArticlePage) -> Proposal:
        """The proposal for an article; empty if there is none that can be read."""
        text = self.proposed(page)
        try:
            return proposals.load(text, proposal_of(page.source.file)) if text else Proposal("", "")
        except DiagnosticsError:
            return Proposal("", "")

    def record_proposal(self, record: Record) -> RecordProposal | None:
        """The proposal for a record; None if there is none that can be read."""
        path = record_proposal.path_of(record.id)
        try:
            return record_proposal.load(self.texts[path], path) if path in self.texts else None
        except DiagnosticsError:
            return None

    @property
    def decisions(self) -> tuple[Decision, ...] | None:
        """Decisions for the whole site; None if unreadable."""
        try:
            return decisions.load(self.texts.get(decisions.PATH, ""))
        except DiagnosticsError:
            return None

    def open_proposals(self, page: ArticlePage) -> ProposedKey:
        """The page's open proposals."""
        try:
            return proposed_items(self.texts[page.path], page.path)
        except DiagnosticsError:
            return ProposedKey()

    def undecided(self, page: ArticlePage) -> Mapping[ItemMark, Open]:
        """The items of the page itself that nobody has decided on, and the open questions about its words."""
        last = self.proposal(page)
        found = open_items(self._merge_page(page), last, self._led) if last.keys or last.questions else ()
        return {
            one.mark: one
            for one in found
            if one.question
            or (one.conflict is None and one.page_item is not None and not one.page_item.proposed)
        }

    def listed(self, page: ArticlePage) -> frozenset[ItemMark]:
        """The marks of all items of the page itself, decided or not."""
        items = listed_items(self._merge_page(page), Proposal("", ""))
        return frozenset(
            one.mark for one in items if one.page_item is not None and not one.page_item.proposed
        )

    def _merge_page(self, page: ArticlePage) -> Page:
        return page_of(page, self.texts[page.path])

    @cached_property
    def _led(self) -> Mapping[str, str]:
        return led(self.content.records)

    def waiting(self, record: Record | None) -> tuple[tuple[str, str], ...]:
        """A record's open proposals, as (key, value)."""
        try:
            return proposed_values(self.texts[record.path], record.path) if record else ()
        except DiagnosticsError:
            return ()
