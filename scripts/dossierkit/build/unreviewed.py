"""Undecided proposals in pages that readers see: marks them in the content and reports them as problems.

What is undecided follows from the page and its proposals in seeds/. For most pages a search for a word in the file is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from dossierkit.evidence.candidates.leads import led
from dossierkit.evidence.candidates.linking import identified
from dossierkit.merge.page_items import ENTITIES, open_page
from dossierkit.merge.unreviewed import ENTRY, NAME, PROPOSAL, Unreviewed, settled, undecided, unreviewed
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import PUBLIC, ArticlePage, Content, EntityRef
from dossierkit.model.proposal import Proposal
from dossierkit.store import proposal as proposals
from dossierkit.store.seeds import proposal_of

DRAFT_RECORD, NOT_SHOWN = "D815", "D816"
_BY_ITEM = "\ndecided: by item\n"
_WHAT = {
    "D811": "the proposal “{}” waits",
    "D812": "a question is open: {}",
    "D813": "nobody has decided on the name “{}”",
    "D814": "nobody has decided on the entry “{}”",
}


@dataclass(frozen=True, slots=True)
class WaitingItems:
    """The undecided items of an article.

    `by_item`: whether its proposal is decided item by item (`Proposal`). `older`: whether it has a proposal of the older form.
    `broken`: why the proposal cannot be read, so that its items are unknown.
    """

    page: ArticlePage
    items: tuple[Unreviewed, ...]
    by_item: bool
    older: bool
    broken: tuple[Diagnostic, ...] = ()


class UnreviewedIndex:
    """Finds the undecided items of pages in the repository at `root`."""

    def __init__(self, root: Path, content: Content) -> None:
        self._root, self._content = root, content

    @cached_property
    def drafted(self) -> frozenset[str]:
        """Ids of records that no editor has changed."""
        return undecided(self._root, self._content.records)

    @cached_property
    def _led(self) -> Mapping[str, str]:
        return led(self._content.records)

    def of(self, page: ArticlePage) -> WaitingItems:
        """The undecided items of a page."""
        text = self._suggested(page)
        by_item = _BY_ITEM in text
        older = bool(text) and not by_item
        if not page.waiting and not _likely(page, text):
            return WaitingItems(page, (), by_item, older)
        try:
            return WaitingItems(page, self._items(page, text), by_item, older)
        except DiagnosticsError as error:
            return WaitingItems(page, (), by_item, older, error.problems)

    def _items(self, page: ArticlePage, text: str) -> tuple[Unreviewed, ...]:
        last = proposals.load(text, proposal_of(page.source.file)) if text else Proposal("", "")
        own = open_page(page.path, (self._root / page.path).read_text(encoding="utf-8"))
        return tuple(self._titled(one) for one in unreviewed(own, last, self._led))

    def _titled(self, one: Unreviewed) -> Unreviewed:
        """The item with the title of the entity's record, if it has one."""
        record = self._content.records.get(one.open.entity.id) if one.open.entity else None
        return replace(one, text=record.title) if record else one

    def _suggested(self, page: ArticlePage) -> str:
        path = proposal_of(page.source.file)
        file = self._root / path
        return file.read_text(encoding="utf-8", errors="replace") if path and file.is_file() else ""


def _likely(page: ArticlePage, text: str) -> bool:
    """Whether a page without open proposals may have undecided items."""
    asked = _BY_ITEM in text or "\n    form: " in text
    return (asked or page.status == "draft" or bool(page.gist.named)) and not settled(text)


def overlaid(content: Content, index: UnreviewedIndex) -> tuple[Content, tuple[WaitingItems, ...]]:
    """The content with undecided items of visible pages marked as unreviewed, and the undecided items of each of these pages."""
    waiting = tuple(index.of(page) for page in content.articles.values() if page.status in PUBLIC)
    articles = {**content.articles, **{one.page.id: _marked(one) for one in waiting if one.items}}
    records = {
        id_: replace(record, unreviewed=True) if id_ in index.drafted else record
        for id_, record in content.records.items()
    }
    return replace(content, articles=articles, records=records), waiting


def _marked(waiting: WaitingItems) -> ArticlePage:
    page = waiting.page
    places = [
        item.open.page_item.path
        for item in waiting.items
        if item.code in {NAME, ENTRY} and item.open.page_item
    ]
    names = [int(place[1]) for place in places if place[0] == ENTITIES]
    entries = {int(place[1]) for place in places if place[0] != ENTITIES}
    return replace(
        page,
        unreviewed=tuple(page.entities[at].id for at in names),
        unreviewed_entries=len(entries),
        timeline=tuple(
            replace(entry, unreviewed=True) if at in entries else entry
            for at, entry in enumerate(page.timeline)
        ),
    )


def problems(
    content: Content, waiting: tuple[WaitingItems, ...], index: UnreviewedIndex
) -> Iterator[Diagnostic]:
    """The problems of visible pages with undecided items; warnings only in pages with proposals of the older form."""
    drafts = draft_records((one.page for one in waiting), content)
    for one in waiting:
        yield from one.broken if one.by_item else ()
        yield from _of_page(one)
        yield from _drafts(one, drafts[one.page.id], index)


def _of_page(waiting: WaitingItems) -> Iterator[Diagnostic]:
    page = waiting.page
    if page.status == "published":
        # Items under `proposed:` are not published: an update that adds some must not stop the build.
        for item in waiting.items:
            waits = waiting.older or item.code == PROPOSAL
            yield obstacle(page.path, item, "warning" if waits else "error")
        return
    hidden = sum(item.code in {NAME, ENTRY} for item in waiting.items)
    if hidden:
        message = (
            f"{hidden} of its names and entries wait for a decision and are not shown to readers as facts: "
            f"run `dossier review {page.path}`"
        )
        yield Diagnostic(page.path, 1, 1, NOT_SHOWN, message, "warning")


def obstacle(path: str, one: Unreviewed, severity: str = "error") -> Diagnostic:
    """The diagnostic for an undecided item that prevents the page at `path` from being published."""
    what = _WHAT[one.code].format(one.text)
    message = f"{what}: run `dossier review {path}`, or take it out"
    return Diagnostic(path, max(1, one.line), max(1, one.col), one.code, message, severity)


def draft_records(
    pages: Iterable[ArticlePage], content: Content
) -> Mapping[str, tuple[tuple[EntityRef, str], ...]]:
    """By article id, the draft records that each page names, by id or by name: the entity's entry in the page, and the path of the
    record.
    """
    drafts = {id_: record.path for id_, record in content.records.items() if record.status == "draft"}
    named = {page.id: page for page in pages}
    linked = identified(named, content.records, content.decisions)[0] if drafts else named
    return {
        id_: ()
        if drafts.keys().isdisjoint(page.gist.sidebar)  # without reading the rest of the page
        else tuple((ref, drafts[ref.id]) for ref in page.entities if ref.id in drafts)
        for id_, page in linked.items()
    }


def _drafts(
    waiting: WaitingItems, drafts: Iterable[tuple[EntityRef, str]], index: UnreviewedIndex
) -> Iterator[Diagnostic]:
    """Diagnostics for draft records in a visible page: errors if it is published, else warnings."""
    page = waiting.page
    published = waiting.by_item and page.status == "published"
    for ref, path in drafts:
        if waiting.by_item or ref.id in index.drafted:
            yield draft_record(page.path, ref, path, "error" if published else "warning")


def draft_record(path: str, ref: EntityRef, record: str, severity: str = "error") -> Diagnostic:
    message = (
        f"its record `{ref.id}` is a draft, and no fact for readers: run `dossier review {record}`, read it, and set "
        "its `status: reviewed`; or take it out"
    )
    return Diagnostic(path, max(1, ref.line), max(1, ref.col), DRAFT_RECORD, message, severity)
