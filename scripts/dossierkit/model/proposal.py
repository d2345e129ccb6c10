"""Proposals of the machine for a page: `seeds/NAME.suggested.yml` as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProposedEntity:
    """An entity that the article names.

    `key`: a stable key, made from the content of the item and not from its position. `entity`: the id of an authority record if
    `known`, otherwise an id made from `name` and `type`. `forms`: its surface forms in order of first appearance; `start`,
    `end` (code points in the article's text, half open) and `quote` (its sentence): the best mention. `also`: forms that mean
    it in this article only. `maker`, `run`: the program that proposed it and which of its runs; empty for the extractor.
    """

    key: str
    entity: str
    name: str
    type: str
    known: bool
    forms: tuple[str, ...]
    mentions: int
    start: int
    end: int
    quote: str
    score: float
    reason: str
    also: tuple[str, ...] = ()
    maker: str = ""
    run: str = ""


@dataclass(frozen=True, slots=True)
class ProposedEntry:
    """A timeline entry.

    `date`: EDTF; empty if `when` could not be resolved. `anchor`: what `when` was resolved against. `dated_by`: see
    `model.finding.Event`. `maker`, `run`: see `ProposedEntity`.
    """

    key: str
    date: str
    when: str
    text: str
    quote: str
    prefix: str
    suffix: str
    entities: tuple[str, ...]
    start: int
    end: int
    score: float
    reason: str
    anchor: str = ""
    dated_by: str = ""
    maker: str = ""
    run: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question for an editor: two names that may be one entity, or an id that is nearly a record's.

    `form`: the words in question if they could mean several entities and are linked to none.
    """

    key: str
    text: str
    candidates: tuple[str, ...]
    quote: str
    form: str = ""


@dataclass(frozen=True, slots=True)
class Rejected:
    """An entity (by id) or entry that an editor removed from the page, and that must never be proposed again."""

    key: str
    entity: str = ""
    date: str = ""
    when: str = ""
    quote: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Edited:
    """The page's entry that the proposed entry with this key became after an editor's changes."""

    key: str
    date: str
    text: str
    quote: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """An undecided difference: the page and the machine both changed a value since the last update, to different values.

    `field`: "date", "source.url" for the page itself; "timeline.date", "entities.also" for the item of `key`; "timeline" or
    "entities" alone if the machine no longer proposes an item that an editor confirmed. `page`, `machine`: the value of each
    side, empty for none.
    """

    key: str
    field: str
    page: str
    machine: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything proposed for one article. `input`: SHA-256 of the text, title, date and language that it was made from.

    The fields after `notes` are the memory of the three-way merge, empty at first. `page`: the values last proposed for the
    page's own keys (name, value). `accepted`: keys of items that an editor confirmed. `drafted`: keys of items that the machine
    wrote into the page. `by_item`: of the items in `drafted`, only those in `accepted` or `edited` are decided, whatever the
    page's status; in older proposals (False), the page's status applies to all its items.
    """

    extractor: str
    input: str
    entities: tuple[ProposedEntity, ...] = ()
    timeline: tuple[ProposedEntry, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
    page: tuple[tuple[str, str], ...] = ()
    accepted: tuple[str, ...] = ()
    rejected: tuple[Rejected, ...] = ()
    edited: tuple[Edited, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    by_item: bool = False
    drafted: tuple[str, ...] = ()

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all items, sorted."""
        return tuple(sorted({*(entity.key for entity in self.entities), *(one.key for one in self.timeline)}))

    def item(self, key: str) -> ProposedEntity | ProposedEntry | None:
        """The item of a key; None if there is none, or the key is empty."""
        items: tuple[ProposedEntity | ProposedEntry, ...] = (*self.entities, *self.timeline)
        return next((item for item in items if key and item.key == key), None)

    def undecided(self, key: str) -> bool:
        """Whether the machine wrote the item of this key into the page, and no decision about it is known."""
        return self.by_item and key in self.drafted and key not in self.accepted


@dataclass(frozen=True, slots=True)
class RecordOffer:
    """One value for one key of a record (`aliases`, `type`, ...). `article`: the id of one article that it comes from.

    `drafted`: the machine wrote it into the record when it drafted the record. `maker`, `run`: see `ProposedEntity`; `quote`:
    the words of the article that support a value of another program.
    """

    field: str
    value: str
    article: str = ""
    drafted: bool = False
    maker: str = ""
    run: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class RecordProposal:
    """The last proposal for a record, with the decisions of editors.

    Items of `rejected` have neither `article` nor `drafted`; those of `conflicts` have no `key`. `notes`: what was left out,
    and why.
    """

    offers: tuple[RecordOffer, ...] = ()
    rejected: tuple[RecordOffer, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
