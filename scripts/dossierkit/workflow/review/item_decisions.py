"""The decisions that an editor can make on one undecided item of a page, as values.

The keys of the terminal and the forms of the desk make the same values, so that the same decisions write the same files.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ItemDecision:
    """One of the decisions below."""


@dataclass(frozen=True, slots=True)
class Accept(ItemDecision):
    """Keep the item; in a conflict, take what the machine proposes."""


@dataclass(frozen=True, slots=True)
class Reject(ItemDecision):
    """Remove the item from this page for good; in a conflict, keep the page as it is."""


@dataclass(frozen=True, slots=True)
class Junk(ItemDecision):
    """The name is no entity, in any article."""


@dataclass(frozen=True, slots=True)
class Retype(ItemDecision):
    """Give the name another type, in every article."""

    type: str


@dataclass(frozen=True, slots=True)
class Rename(ItemDecision):
    """Correct the words of a name without a record, if the machine took too many or too few."""

    name: str


@dataclass(frozen=True, slots=True)
class MakeRecord(ItemDecision):
    """Write a record for a name that has none; pages with the name then use it. `id`: empty: made from the name."""

    id: str = ""


@dataclass(frozen=True, slots=True)
class Split(ItemDecision):
    """In this article the name is another entity's, which gets a record with its own title ("Ada Moreau (judge)")."""

    title: str


@dataclass(frozen=True, slots=True)
class ChangeId(ItemDecision):
    """Replace the id of the entity, and of its record."""

    id: str


@dataclass(frozen=True, slots=True)
class SameAs(ItemDecision):
    """The entity is another one: `other` is the id of its record or candidate."""

    other: str


@dataclass(frozen=True, slots=True)
class Stands(ItemDecision):
    """Keep the item; in every article the name `other` is the same entity, which is called `name`."""

    name: str
    other: str


@dataclass(frozen=True, slots=True)
class NotSameAs(ItemDecision):
    """The entity is not `other`; the item itself stays undecided."""

    other: str


@dataclass(frozen=True, slots=True)
class Amend(ItemDecision):
    """Keep an entry with this date (EDTF or empty), heading and quote (None: unchanged)."""

    date: str
    text: str
    quote: str | None = None
    prefix: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Unwanted(ItemDecision):
    """No entry with a heading that begins with these words, in any article. `*` in `opening` stands for any one word."""

    opening: str


@dataclass(frozen=True, slots=True)
class Answer(ItemDecision):
    """The entity that the form of a question means in this article, by id; empty: none."""

    to: str
