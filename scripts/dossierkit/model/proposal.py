"""Proposals of the machine for a page: `seeds/NAME.suggested.yml` as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProposedEntity:
    """An entity the article names.

    `key` is stable and made from what it says, not from where it stands. `entity` is the id of an authority record,
    or one made from `name` and `type` (`known` tells which). `forms` are the surface forms in order of first appearance;
    `start`/`end` (code points into the article's text) and `quote` (its sentence) point at the best mention.
    `also` holds forms that only this article uses for it. `maker` and `run`: who proposed it, empty for the extractor.
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
    """A timeline entry: `date` is EDTF or empty (then `when` could not be resolved); `anchor` says against what.

    `dated_by`: whose date it is where the words have none of their own, as in model.finding.Event.
    `maker` and `run`: who proposed it, empty for the extractor.
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
    """Where the page and the machine have both left what was last agreed, and differ; nobody has decided yet.

    `field`: "date", "source.url" for the page itself; "timeline.date", "entities.also" for the item of `key`;
    "timeline" or "entities" alone where the machine no longer proposes an item that an editor stands for. `page` and
    `machine` are what each of the two says, empty for nothing.
    """

    key: str
    field: str
    page: str
    machine: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything proposed for one article. `input` is the SHA-256 of the text, title, date and language it rests on.

    What follows `notes` is the memory of the three-way merge, empty as long as there is nothing to remember: `page` holds what
    was last proposed for the page's own keys (name, value), `accepted` the keys of items that an editor confirmed. `by_item`:
    of what the machine wrote into the page (keys in `drafted`) only that was decided on which is among `accepted` or `edited`,
    whatever the page's status; in older proposals the status speaks for all that stands in the page.
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
        """Those of all items, sorted."""
        return tuple(sorted({*(entity.key for entity in self.entities), *(one.key for one in self.timeline)}))

    def undecided(self, key: str) -> bool:
        """Whether the machine wrote the item of this key into the page, and no decision about it is known."""
        return self.by_item and key in self.drafted and key not in self.accepted


@dataclass(frozen=True, slots=True)
class RecordOffer:
    """One value for one key of a record (`aliases`, `type`, ...). `article`: the id of one article that it comes from.

    `drafted`: the machine wrote it into the record itself when it drafted it, where nothing else had to be asked.
    `maker` and `run`: who proposed it, empty for the extractor; `quote`: words of the article that it then rests on.
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
    """What was last proposed for a record, and what editors decided on it.

    `rejected` have neither article nor `drafted`; of `conflicts`, `key` is empty. `notes` say what was not proposed, and why.
    """

    offers: tuple[RecordOffer, ...] = ()
    rejected: tuple[RecordOffer, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    notes: tuple[str, ...] = ()
