"""The items of an article as its panels show them: entities and entries, open or decided."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dossierkit.evidence.candidates.leads import led
from dossierkit.merge.open import Open
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.workflow.editing.article_state import ArticleState
from dossierkit.workflow.editing.index import SiteIndex


@dataclass(frozen=True, slots=True)
class Item:
    """An item of a page as its panel shows it. `number`: among all items of the page; `proposed`: whether it is under
    `proposed:`.

    `row`: the key of its row in the queue; `score`: None if it was not proposed.
    """

    number: int
    open: Open
    waits: bool
    proposed: bool
    title: str
    score: float | None = None
    reason: str = ""
    type: str = ""
    recorded: bool = False
    forms: tuple[str, ...] = ()
    row: str = ""
    twins: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        return json.dumps(self.open.mark)

    @property
    def entry(self) -> TimelineEntry:
        assert self.open.entry
        return self.open.entry


def items_of(index: SiteIndex, article: ArticleState) -> Iterator[Item]:
    """The items in the order of the page: entities, then entries."""
    records_of = led(index.records)
    for number, open_ in enumerate(article.items):
        if open_.page_item is None:
            continue
        proposed, text = article.proposed(open_), open_.entry.text if open_.entry else ""
        item = Item(number, open_, open_.mark in article.marks, open_.page_item.proposed, text)
        if proposed is not None:
            item = replace(item, score=proposed.score, reason=proposed.reason)
        yield _named(index, article, item, open_.entity, records_of) if open_.entity else item


def _named(
    index: SiteIndex, article: ArticleState, item: Item, ref: EntityRef, records_of: Mapping[str, str]
) -> Item:
    """The item of an entity, with values of its record or its candidate."""
    record = index.records.get(records_of.get(ref.id, ref.id))
    names = (name.text for name in (record.strong_names if record else ()))
    return replace(
        item,
        title=record.title if record else ref.name or ref.id,
        type=record.type if record else ref.type,
        recorded=record is not None,
        forms=tuple(dict.fromkeys((*article.forms(item.open, index.records), *names))),
        row=index.found.ids.get(ref.id, ref.id),
        twins=tuple(_twins(index, ref)) if item.waits else (),
    )


def _twins(index: SiteIndex, item: EntityRef) -> Iterator[str]:
    made = index.found.meant(item.id)
    yield from (index.called(twin.id)[0] for twin in (made.twins[:2] if made else ()))
