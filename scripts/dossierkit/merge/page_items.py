"""The three sides of a merge as comparable items: last proposal, page, new proposal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from dossierkit.model.edtf import EdtfError
from dossierkit.model.edtf import parse as parse_edtf
from dossierkit.model.page import PUBLIC, ArticlePage, EntityRef, TimelineEntry
from dossierkit.model.proposal import Proposal
from dossierkit.store.content import id_of
from dossierkit.store.edit import comments_of
from dossierkit.store.edit_nodes import Path
from dossierkit.store.items import reference
from dossierkit.store.page_parser import article
from dossierkit.store.proposed import PROPOSED, proposed_items
from dossierkit.store.schema import ARTICLE, names

ENTITIES, TIMELINE = "entities", "timeline"
LISTS = (ENTITIES, TIMELINE)
FIELDS = tuple(
    name
    for key in ARTICLE
    for name in (
        (key.name,) if key.by == "source" else (f"{key.name}.{sub}" for sub in names(key.of, "source"))
    )
)
"""Keys that the source or its curator states, `source.publisher` among them, in the order of the page."""

Item = EntityRef | TimelineEntry


@dataclass(frozen=True, slots=True)
class ProposedItem:
    """An item of a proposal, with its key."""

    key: str
    item: Item


@dataclass(frozen=True, slots=True)
class PageItem:
    """An item of the page. `path` leads to it in the front matter.

    `proposed`: it is among the page's open proposals. `confirmed`: an editor confirmed it as it is, because the page is
    reviewed or published, or there is a comment beside it.
    """

    path: Path
    item: Item
    proposed: bool
    confirmed: bool

    @property
    def id(self) -> str:
        """The id of an entity; empty for an entry."""
        return self.item.id if isinstance(self.item, EntityRef) else ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page under merge. `text`: the file; `readable`: its title and text as readers see them."""

    path: str
    text: str
    readable: str
    article: ArticlePage
    entities: tuple[PageItem, ...]
    timeline: tuple[PageItem, ...]

    @property
    def confirmed(self) -> bool:
        return self.article.status in PUBLIC

    def items(self, name: str) -> tuple[PageItem, ...]:
        return self.entities if name == ENTITIES else self.timeline

    def own(self, id_: str) -> PageItem | None:
        """The item of an entity in the page's own list; None without one."""
        return next((entity for entity in self.entities if not entity.proposed and entity.id == id_), None)

    def field(self, name: str) -> str:
        """The value of one of FIELDS, "" if the page lacks it."""
        return field_of(self.article, name)


def field_of(article: ArticlePage, name: str) -> str:
    """The value of a key of the page or of its source (`source.publisher`) as text, "" if the page lacks it."""
    holder, _, key = name.rpartition(".")
    value = article.source.stated(key) if holder else getattr(article, key)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def as_written(name: str, value: str) -> str | list[str]:
    """The value of one of FIELDS in its written form; `tags` is a list."""
    return [tag for one in value.split(",") if (tag := one.strip())] if name == "tags" else value


def _no_text(_body: str) -> str:
    return ""


def open_page(path: str, text: str, plain: Callable[[str], str] = _no_text) -> Page:
    """Read a page for merging. `path` is relative to the repository; `plain` renders Markdown to readers' text, without which
    nothing can be looked up there.

    Raises DiagnosticsError.
    """
    page, _ = article(id_of(path), path, text.replace("\r\n", "\n"))
    return page_of(page, text, plain)


def page_of(page: ArticlePage, text: str, plain: Callable[[str], str] = _no_text) -> Page:
    """A page that was read from `text`, for merging. Raises DiagnosticsError."""
    open_, is_commented = proposed_items(text, page.path), comments_of(text)
    return Page(
        page.path,
        text,
        f"{page.title}\n\n{plain(page.body)}",
        page,
        _items(page, is_commented, ENTITIES, page.entities, open_.entities),
        _items(page, is_commented, TIMELINE, page.timeline, open_.timeline),
    )


def _items(
    page: ArticlePage,
    is_commented: Callable[[Path], bool],
    name: str,
    own: tuple[Item, ...],
    open_: tuple[Item, ...],
) -> tuple[PageItem, ...]:
    confirmed = page.status in PUBLIC
    return (
        *(
            PageItem((name, at), item, proposed=False, confirmed=confirmed or is_commented((name, at)))
            for at, item in enumerate(own)
        ),
        *(
            PageItem(
                (PROPOSED, name, at),
                item,
                proposed=True,
                confirmed=is_commented((PROPOSED, name, at)),
            )
            for at, item in enumerate(open_)
        ),
    )


def proposal_items(proposal: Proposal, name: str) -> tuple[ProposedItem, ...]:
    """The items of one list of a proposal, in the form of the page."""
    if name == ENTITIES:
        return tuple(ProposedItem(entity.key, reference(entity)) for entity in proposal.entities)
    return tuple(
        ProposedItem(
            entry.key,
            TimelineEntry(
                text=entry.text.strip(),
                quote=entry.quote.strip(),
                date=canonical(entry.date),
                when=entry.when.strip(),
                dated_by=entry.dated_by,
                prefix=entry.prefix.strip(),
                suffix=entry.suffix.strip(),
                entities=entry.entities,
            ),
        )
        for entry in proposal.timeline
    )


def canonical(date: str) -> str:
    """A date in canonical form; unchanged if it is not EDTF."""
    try:
        return parse_edtf(date).text if date else ""
    except EdtfError:
        return date


def with_record_id(item: Item, led: Mapping[str, str]) -> Item:
    """An entity under the id of the record that now has its name."""
    return replace(item, id=led[item.id]) if isinstance(item, EntityRef) and item.id in led else item


def unplaced(item: Item) -> Item:
    """An item without its position, for comparison."""
    return replace(item, line=0, col=0)
