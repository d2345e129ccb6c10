"""The decisions that an editor can make on one undecided item of a page, as values.

The keys of the terminal and the forms of the desk make the same values, so that the same decisions write the same files.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Accept:
    """Keep the item; in a conflict, take what the machine proposes."""


@dataclass(frozen=True, slots=True)
class Reject:
    """Remove the item from this page for good; in a conflict, keep the page as it is."""


@dataclass(frozen=True, slots=True)
class Junk:
    """The name is no entity, in any article."""


@dataclass(frozen=True, slots=True)
class Retype:
    """Give the name another type, in every article."""

    type: str


@dataclass(frozen=True, slots=True)
class Rename:
    """Correct the words of a name without a record, if the machine took too many or too few."""

    name: str


@dataclass(frozen=True, slots=True)
class MakeRecord:
    """Write a record for a name that has none; pages with the name then use it. `id`: empty: made from the name."""

    id: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """In this article the name is another entity's, which gets a record with its own title ("Ada Moreau (judge)")."""

    title: str


@dataclass(frozen=True, slots=True)
class ChangeId:
    """Replace the id of the entity, and of its record."""

    id: str


@dataclass(frozen=True, slots=True)
class SameAs:
    """The entity is another one: `other` is the id of its record or candidate."""

    other: str


@dataclass(frozen=True, slots=True)
class Stands:
    """Keep the item; in every article the name `other` is the same entity, which is called `name`."""

    name: str
    other: str


@dataclass(frozen=True, slots=True)
class NotSameAs:
    """The entity is not `other`; the item itself stays undecided."""

    other: str


@dataclass(frozen=True, slots=True)
class Amend:
    """Keep an entry with this date (EDTF or empty), heading and quote (None: unchanged)."""

    date: str
    text: str
    quote: str | None = None
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Unwanted:
    """No entry with a heading that begins with these words, in any article. `*` in `opening` stands for any one word."""

    opening: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The entity that the form of a question means in this article, by id; empty: none."""

    to: str


ItemDecision = (
    Accept
    | Reject
    | Junk
    | Retype
    | Rename
    | MakeRecord
    | Split
    | ChangeId
    | SameAs
    | Stands
    | NotSameAs
    | Amend
    | Unwanted
    | Answer
)
