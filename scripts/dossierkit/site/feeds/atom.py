"""Atom 1.0 (RFC 4287). Its links may be relative to the feed, so it works without the site's own address."""

from __future__ import annotations

from collections.abc import Iterable

from dossierkit.model.media import Author
from dossierkit.site.feeds.shape import Feed, FeedEntry, FeedFormat, xml

NAME = "feed.xml"
TYPE = "application/atom+xml"


def entry(item: FeedEntry, root: str) -> str:
    parts = [
        f"<entry><id>{xml(item.id)}</id>",
        f"<title>{xml(item.title)}</title>",
        f"<updated>{item.updated}</updated>",
        f"<published>{item.published}</published>" if item.published else "",
        *map(_author, item.authors),
        f'<link rel="alternate" type="text/html" hreflang="{xml(item.lang)}" href="{xml(root + item.address)}"/>',
        f'<link rel="via" href="{xml(item.source)}"/>' if item.source else "",
        *(f'<category term="{xml(tag)}"/>' for tag in item.tags),
        f'<summary xml:lang="{xml(item.lang)}">{xml(item.summary)}</summary></entry>',
    ]
    return "".join(parts)


def _author(author: Author) -> str:
    uri = f"<uri>{author.address}</uri>" if author.orcid else ""
    return f"<author><name>{xml(author.shown)}</name>{uri}</author>"


def document(feed: Feed, entries: Iterable[str]) -> str:
    """The feed with its entries, which `entry` has written."""
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{xml(feed.lang)}">',
        f"<id>{xml(feed.id)}</id>",
        f"<title>{xml(feed.title)}</title>",
        f"<subtitle>{xml(feed.subtitle)}</subtitle>" if feed.subtitle else "",
        f"<updated>{feed.updated}</updated>",
        f"<author><name>{xml(feed.site)}</name></author>",
        f'<link rel="self" type="{TYPE}" href="{xml(feed.root + feed.folder + NAME)}"/>',
        f'<link rel="alternate" type="text/html" href="{xml(feed.root + feed.page) or "./"}"/>',
    ]
    return "\n".join((*filter(None, head), *entries, "</feed>\n"))


FORMAT = FeedFormat("Atom", NAME, TYPE, entry, document)
