"""What the machine proposes for a page: `seeds/NAME.suggested.yml` as a value."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProposedEntity:
    """An entity the article names.

    `key` is stable and made from what it says, not from where it stands. `entity` is the id of an authority record,
    or of the record to be made (`known` tells which). `forms` are the surface forms in order of first appearance;
    `start`/`end` (code points into the article's text) and `quote` (its sentence) point at the best mention.
    `also` holds forms that only this article uses for it.
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


@dataclass(frozen=True, slots=True)
class ProposedEntry:
    """A timeline entry: `date` is EDTF or empty (then `when` could not be resolved); `anchor` says against what."""

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


@dataclass(frozen=True, slots=True)
class Question:
    """A near miss that a person must decide: two names that may be one entity, an id that is nearly a record's."""

    key: str
    text: str
    candidates: tuple[str, ...]
    quote: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything proposed for one article. `input` is the SHA-256 of the text, title, date and language it rests on."""

    extractor: str
    input: str
    entities: tuple[ProposedEntity, ...] = ()
    timeline: tuple[ProposedEntry, ...] = ()
    questions: tuple[Question, ...] = ()
    notes: tuple[str, ...] = ()
