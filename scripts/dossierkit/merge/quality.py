"""How good the proposals were, by what editors made of them: what they kept, took out, and had to add themselves.

What was proposed and does not stand in the page was rejected, and what stands there and was not proposed was missed. An item that
was reworded or dated otherwise was kept. One that stands as it was proposed was decided on where somebody accepted it; with
proposals of older versions, where an editor answers for the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dossierkit.merge.match import LOOSE, pair
from dossierkit.merge.standing import ENTITIES, LISTS, TIMELINE, Item, Page, offers
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import Proposal
from dossierkit.model.record import Record


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one item. `kind`: the type of an entity, or "timeline". `fate`: kept | edited | rejected | added.

    `maker`: who proposed it, empty for the extractor and for what nobody proposed.
    """

    kind: str
    fate: str
    maker: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """How often each fate was met. `kept` counts those that stand as proposed."""

    kept: int = 0
    edited: int = 0
    rejected: int = 0
    added: int = 0

    @property
    def decisions(self) -> int:
        """How many proposals were decided on."""
        return self.kept + self.edited + self.rejected

    @property
    def precision(self) -> float | None:
        """Of what was proposed, the part that stands; None where nothing was."""
        found, proposed = self.kept + self.edited, self.kept + self.edited + self.rejected
        return found / proposed if proposed else None

    @property
    def recall(self) -> float | None:
        """Of what stands, the part that was proposed; None where nothing does."""
        found, relevant = self.kept + self.edited, self.kept + self.edited + self.added
        return found / relevant if relevant else None


def verdicts(page: Page, last: Proposal, records: Mapping[str, Record]) -> Iterator[Verdict]:
    """What became of every item of the proposal, and of every item of the page. What nobody has decided on has no fate yet."""
    types = {entity.entity: entity.type for entity in last.entities}
    types |= {id_: record.type for id_, record in records.items()}
    for name in LISTS:
        yield from _of_list(page, last, name, types)


def _of_list(page: Page, last: Proposal, name: str, types: Mapping[str, str]) -> Iterator[Verdict]:
    listed = offers(last, name)
    offered = [proposed.item for proposed in listed]
    items = page.items(name)
    pairs = pair(offered, [stand.item for stand in items], LOOSE)
    makers = {one.key: one.maker for one in last.entities} | {one.key: one.maker for one in last.timeline}
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
    for to, stand in enumerate(items):
        if to not in pairs.values() and not stand.proposed:
            yield Verdict(_kind(stand.item, types), "added")


def _kind(item: Item, types: Mapping[str, str]) -> str:
    return types.get(item.id, ENTITIES) if isinstance(item, EntityRef) else TIMELINE


def _alike(one: Item, other: Item) -> bool:
    """Whether an entry says the same; an entity is the same by its id, whatever forms an editor gave it."""
    if isinstance(one, EntityRef) or isinstance(other, EntityRef):
        return True
    return (one.date, one.text, one.quote) == (other.date, other.text, other.quote)


def score(listed: list[Verdict]) -> Score:
    fates = [one.fate for one in listed]
    return Score(*(fates.count(fate) for fate in ("kept", "edited", "rejected", "added")))
