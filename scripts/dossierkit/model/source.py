"""The results of reading one source: its text, its metadata with their origin, its page breaks, and the article made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A value, and the part of the source that states it ("the header Date"). Both are empty if nothing is stated."""

    value: str = ""
    origin: str = ""

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Mark:
    """The first position of a page of the original. `at`: number of characters before it that are not white space.

    White space is not counted because rendering as Markdown changes it.
    """

    at: int
    label: str


def inked(text: str) -> int:
    """The number of characters of a text that are not white space, as the position of a `Mark` counts them."""
    return len("".join(text.split()))


@dataclass(frozen=True, slots=True)
class Source:
    """One source as it was read.

    `markdown`: the article's body, safe to write into a page. `published`: a day or month that the source states; `captured`:
    the day on which a web page was saved; `identifier`: its id at its publisher (a Message-ID, a feed's guid). `origins`: pairs
    of a field's name and the part of the source that it was taken from. `notes`: doubts for an editor, such as an encoding that
    was detected rather than declared. `unpublished`: how the source says that it was never published ("draft: true").
    """

    title: str
    markdown: str
    published: str | None = None
    lang: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    rights: str | None = None
    archived: str | None = None
    captured: str | None = None
    identifier: str | None = None
    tags: tuple[str, ...] = ()
    encoding: str = "utf-8"
    notes: tuple[str, ...] = ()
    origins: tuple[tuple[str, str], ...] = ()
    pages: tuple[Mark, ...] = ()
    unpublished: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A source that was extracted from another one: a message of a mailbox, an item of a feed, an attachment.

    `name`: a file name for it, whose suffix says how to read its bytes; `label`: which part it is, for messages. `identifier`:
    see `Source`; known parts are skipped without being read. `known`: keys of `seeds/NAME.yml` with values that only the
    container states. `attached`: it is an attachment of the last part that is not one.
    `left_out`: why it is not added ("not published there"); its data are then empty.
    """

    name: str
    data: bytes
    label: str
    identifier: str = ""
    known: tuple[tuple[str, str], ...] = ()
    attached: bool = False
    left_out: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """The plain text of an article, with its metadata: the input of extraction.

    `published`: EDTF (`2016-05-30`, `2016-05`), None if unknown; it is never guessed. `lang`: a BCP 47 tag. `text`: without the
    title; all offsets in it are code points, half open. `publisher`: as the source or a curator names it.
    """

    id: str
    text: str
    title: str = ""
    published: str | None = None
    lang: str = "en"
    publisher: str = ""
