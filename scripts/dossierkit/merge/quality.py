"""Quality of proposals, by what editors kept, edited, removed and added.

A proposed item that is not in the page was rejected, and so was what is remembered as rejected, proposed again or not; an
item in the page that was not proposed was missed. A reworded or redated item was kept. An unchanged item counts as decided if somebody accepted it; for proposals of
older versions, if the page is reviewed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from dossierkit.merge.match import EXACT, LOOSE, pair, rejected_item, same_claim
from dossierkit.merge.page_items import (
    ENTITIES,
    LISTS,
    TIMELINE,
    Item,
    Page,
    PageItem,
    proposal_items,
    with_record_id,
)
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import Proposal
from dossierkit.model.record import Record


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one item. `kind`: the type of an entity, or "timeline". `fate`: kept | edited | rejected | added.

    `maker`: who proposed it, "" for the extractor and for items that nobody proposed.
    """

    kind: str
    fate: str
    maker: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Numbers of items with each outcome; `kept` counts unchanged ones."""

    kept: int = 0
    edited: int = 0
    rejected: int = 0
    added: int = 0

    @property
    def decisions(self) -> int:
        """Number of decided proposals."""
        return self.kept + self.edited + self.rejected

    @property
    def precision(self) -> float | None:
        """Share of decided proposals that are in the page; None without any."""
        found, proposed = self.kept + self.edited, self.kept + self.edited + self.rejected
        return found / proposed if proposed else None

    @property
    def recall(self) -> float | None:
        """Share of the page's items that were proposed; None without any."""
        found, relevant = self.kept + self.edited, self.kept + self.edited + self.added
        return found / relevant if relevant else None


def verdicts(
    page: Page, last: Proposal, records: Mapping[str, Record], led: Mapping[str, str]
) -> Iterator[Verdict]:
    """The outcome of every item of the proposal and of the page; undecided items are left out.

    `led`: ids made from names -> the records with these names.
    """
    types = {entity.entity: entity.type for entity in last.entities}
    types |= {id_: record.type for id_, record in records.items()}
    for name in LISTS:
        yield from _of_list(page, last, name, types, led)


def _of_list(
    page: Page, last: Proposal, name: str, types: Mapping[str, str], led: Mapping[str, str]
) -> Iterator[Verdict]:
    listed = proposal_items(last, name)
    offered = [with_record_id(proposed.item, led) for proposed in listed]
    items = tuple(
        replace(page_item, item=with_record_id(page_item.item, led)) for page_item in page.items(name)
    )
    pairs = pair(offered, [page_item.item for page_item in items], LOOSE)
    makers = {entity.key: entity.maker for entity in last.entities} | {
        one.key: one.maker for one in last.timeline
    }
    for at, item in enumerate(offered):
        to = pairs.get(at)
        if to is None:
            yield Verdict(_kind(item, types), "rejected", makers[listed[at].key])
        elif not items[to].proposed:
            same = _alike(item, items[to].item)
            if same and last.undecided(listed[at].key):
                continue
            fate = "kept" if same else "edited"
            yield Verdict(_kind(items[to].item, types), fate, makers[listed[at].key])
    for to, page_item in enumerate(items):
        if to not in pairs.values() and not page_item.proposed:
            yield Verdict(_kind(page_item.item, types), "added")
    yield from (
        Verdict(_kind(rejected, types), "rejected")
        for rejected in _forgotten(_rejected(last, led), name, offered, items, pairs)
    )


def _rejected(last: Proposal, led: Mapping[str, str]) -> Iterator[Item]:
    return (with_record_id(rejected_item(memory), led) for memory in last.rejected)


def _forgotten(
    rejected: Iterable[Item],
    name: str,
    offered: list[Item],
    items: tuple[PageItem, ...],
    pairs: Mapping[int, int],
) -> Iterator[Item]:
    """What was rejected and is no longer proposed, each claim once; not a claim that an edit replaced."""
    known = [*offered, *(page_item.item for page_item in items)]
    counted = [item for at, item in enumerate(offered) if at not in pairs]
    for former in rejected:
        here = isinstance(former, EntityRef) == (name == ENTITIES)
        if (
            here
            and not pair([former], known, EXACT)
            and not any(same_claim(former, item) for item in counted)
        ):
            counted.append(former)
            yield former


def _kind(item: Item, types: Mapping[str, str]) -> str:
    return types.get(item.id, ENTITIES) if isinstance(item, EntityRef) else TIMELINE


def _alike(one: Item, other: Item) -> bool:
    """Whether an entry is unchanged; entities are equal by id, whatever forms an editor added."""
    if isinstance(one, EntityRef) or isinstance(other, EntityRef):
        return True
    return (one.date, one.text, one.quote) == (other.date, other.text, other.quote)


def score(listed: list[Verdict]) -> Score:
    fates = [verdict.fate for verdict in listed]
    return Score(*(fates.count(fate) for fate in ("kept", "edited", "rejected", "added")))
