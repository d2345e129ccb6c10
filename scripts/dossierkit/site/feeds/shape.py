"""What a feed says, whatever its format; and the pieces that the formats share."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache
from html import escape
from typing import NamedTuple

from dossierkit.model.edtf import parse
from dossierkit.model.media import Author

_UNKNOWN = "1970-01-01T00:00:00Z"
# XML 1.0 has no place for these, not even as references.
_ILLEGAL = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])


class FeedEntry(NamedTuple):
    """An article in a feed. `address` is from the site's root, `source` that of the original on the web.

    `published` and `updated` are instants (RFC 3339); `published` is empty where the day is not known.
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
    """`folder`: where it stands, from the site's root, with a slash at its end or empty; `page`: what it follows.

    `root` leads from there to the site's root: an absolute address, else `../` as often as need be.
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
    """A format's name, the file that it has, its media type, and how it writes an entry (for a root) and the feed around them."""

    label: str
    name: str
    type: str
    entry: Callable[[FeedEntry, str], str]
    document: Callable[[Feed, Iterable[str]], str]


def urn(*parts: str) -> str:
    """A UUID of version 8 (RFC 9562) from what an item is, so that readers know it again."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).hexdigest()
    return f"urn:uuid:{digest[:8]}-{digest[8:12]}-8{digest[13:16]}-8{digest[17:20]}-{digest[20:32]}"


@lru_cache(maxsize=4096)
def instant(edtf: str) -> str:
    """The first instant that a date may mean (RFC 3339); the epoch where there is none, since Atom wants one."""
    earliest = parse(edtf).earliest if edtf else None
    return f"{earliest.isoformat()}T00:00:00Z" if earliest else _UNKNOWN


def day(edtf: str) -> str:
    """The same for a date that names one day, without doubt; else empty."""
    known = bool(edtf) and parse(edtf).kind == "day" and edtf.replace("-", "").isdigit()
    return instant(edtf) if known else ""


def xml(text: str) -> str:
    """Text for an XML document, in elements and in attributes."""
    return escape(text.translate(_ILLEGAL))
