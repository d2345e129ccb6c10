"""The content of a feed, independent of its format, and functions that the formats share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from typing import NamedTuple

from dossierkit.model.edtf import parse
from dossierkit.model.media import Author

_UNKNOWN = "1970-01-01T00:00:00Z"
# Characters that XML 1.0 does not allow, not even as references.
_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])


class FeedEntry(NamedTuple):
    """An article in a feed. `address`: its page, from the site's root; `source`: its original on the web.

    `published` and `updated` are instants (RFC 3339); `published` is empty if the day is unknown.
    """

    id: str
    address: str
    title: str
    summary: str
    lang: str
    published: str
    updated: str
    authors: tuple[Author, ...]
    source: str
    tags: tuple[str, ...]


class Feed(NamedTuple):
    """A feed. `folder`: its folder from the site's root, empty or with a slash at its end; `page`: the page that it belongs to.

    `root`: the way from the folder to the site's root, an absolute address or a chain of `../`.
    """

    id: str
    folder: str
    page: str
    root: str
    title: str
    subtitle: str
    lang: str
    site: str
    entries: tuple[FeedEntry, ...]

    @property
    def updated(self) -> str:
        return max((entry.updated for entry in self.entries), default=_UNKNOWN)


class FeedFormat(NamedTuple):
    """A format: its name, file name and media type, and the functions that write an entry (for a root) and the feed."""

    label: str
    name: str
    type: str
    entry: Callable[[FeedEntry, str], str]
    document: Callable[[Feed, Iterable[str]], str]


def urn(*parts: str) -> str:
    """A UUID of version 8 (RFC 9562) made from the parts that identify an item, so that feed readers recognise it."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"urn:uuid:{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


@lru_cache(maxsize=4096)
def instant(edtf: str) -> str:
    """The first instant that a date may mean (RFC 3339); the epoch for a date without one, because Atom requires an instant."""
    earliest = parse(edtf).earliest if edtf else None
    return f"{earliest.isoformat()}T00:00:00Z" if earliest else _UNKNOWN


def day(edtf: str) -> str:
    """The instant at which a date begins, if it is certainly one day; otherwise empty."""
    known = bool(edtf) and parse(edtf).kind == "day" and edtf.replace("-", "").isdigit()
    return instant(edtf) if known else ""


def xml(text: str) -> str:
    """Text for elements and attributes of an XML document."""
    return escape(text.translate(_ILLEGAL))
