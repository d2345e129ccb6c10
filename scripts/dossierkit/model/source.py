"""What a reader makes of one source: its text, what the source says of itself and where, where its pages begin; the article
from it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fact:
    """A value, and the part of the source that states it ("the header Date"). Both are empty where nothing is stated."""

    value: str = ""
    origin: str = ""

    def __bool__(self) -> bool:
        return bool(self.value)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a page of the original begins. `at`: the characters of the text before it that are no white space.

    Counted so, a mark holds in Markdown's rendering too, which moves white space only.
    """

    at: int
    label: str


@dataclass(frozen=True, slots=True)
class Source:
    """One source as it was read.

    `markdown` is the article's body, safe to write into a page. `published` is a day or month as the source says it;
    `captured` the day on which a copy was taken of a page; `identifier` what its maker tells it from others by (a
    Message-ID, a feed's guid). `origins` are pairs of a field's name and the part of the source that it was taken from.
    `notes` tell an editor what was doubtful (an encoding that was detected rather than declared).
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


@dataclass(frozen=True, slots=True)
class Part:
    """A source that was taken out of another one: a message of a mailbox, an item of a feed, an attachment.

    `name`: a file name for it, with the suffix by which its bytes are read; `label`: which part it is, for messages.
    `identifier` as of Source, so that what is known can be passed over without reading it. `known`: pairs of what only
    its container tells (keys of `seeds/NAME.yml`). `attached`: it came with the part before that is not.
    """

    name: str
    data: bytes
    label: str
    identifier: str = ""
    known: tuple[tuple[str, str], ...] = ()
    attached: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """Plain text with what is known of it.

    `published` is an EDTF date (`2016-05-30`, `2016-05`) or None when unknown: it is never guessed. `lang` is a
    BCP 47 tag. `text` is without the title; all offsets into it are code points, half open.
    """

    id: str
    text: str
    title: str = ""
    published: str | None = None
    lang: str = "en"
