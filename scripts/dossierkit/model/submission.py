"""Proposals of other programs, one dataclass for each kind, and the answers to them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Maker:
    """The program or model that proposes, its version (one word), and which of its runs, if stated."""

    name: str
    version: str
    run: str = ""

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


@dataclass(frozen=True, slots=True)
class Selector:
    """The quote of a proposal (W3C TextQuoteSelector: exact, prefix, suffix)."""

    quote: str
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class EntitySubmission:
    """An entity that an article names: the `id` of a record, or else `title` and `type`."""

    article: str
    maker: Maker
    words: Selector
    id: str = ""
    title: str = ""
    type: str = ""


@dataclass(frozen=True, slots=True)
class EntrySubmission:
    """A timeline entry. `date`: EDTF, as it was sent; `entities`: ids."""

    article: str
    maker: Maker
    words: Selector
    date: str
    text: str
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RelationSubmission:
    """A relation of the record `source` to the record `target`. `date`: EDTF or empty."""

    article: str
    maker: Maker
    words: Selector
    source: str
    type: str
    target: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class RecordSubmission:
    """A text for a key of a record: `kind` is "alias" or "description"."""

    record: str
    article: str
    maker: Maker
    words: Selector
    kind: str
    text: str


Submission = EntitySubmission | EntrySubmission | RelationSubmission | RecordSubmission


@dataclass(frozen=True, slots=True)
class Nearest:
    """The words of an article's text that are most similar to a refused quote: code points, half open."""

    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """The reason why a proposal is refused."""

    code: str
    why: str
    nearest: Nearest | None = None


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The key of a proposal that was accepted for review. `already`: it was proposed before, or is in the page."""

    id: str
    already: bool = False


Answer = Refusal | Acceptance


class SubmissionError(Exception):
    """A proposal is refused."""

    def __init__(self, code: str, why: str, nearest: Nearest | None = None) -> None:
        super().__init__(why)
        self.refusal = Refusal(code, why, nearest)
