"""RSS 2.0 (https://www.rssboard.org/rss-specification), with Dublin Core's creator and Atom's link of a feed to itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from email.utils import format_datetime

from dossierkit.site.feeds.shape import Feed, FeedEntry, FeedFormat, xml

NAME = "rss.xml"
TYPE = "application/rss+xml"


def entry(item: FeedEntry, root: str) -> str:
    parts = [
        f"<item><title>{xml(item.title)}</title>",
        f"<link>{xml(root + item.address)}</link>",
        f'<guid isPermaLink="false">{xml(item.id)}</guid>',
        f"<pubDate>{_date(item.published)}</pubDate>" if item.published else "",
        *(f"<dc:creator>{xml(author.shown)}</dc:creator>" for author in item.authors),
        *(f"<category>{xml(tag)}</category>" for tag in item.tags),
        f"<description>{xml(xml(item.summary))}</description></item>",
    ]
    return "".join(parts)


def document(feed: Feed, entries: Iterable[str]) -> str:
    """The feed with its entries, which `entry` has written."""
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">',
        f"<channel><title>{xml(feed.title)}</title>",
        f"<link>{xml(feed.root + feed.page)}</link>",
        f"<description>{xml(feed.subtitle or feed.title)}</description>",
        f"<language>{xml(feed.lang)}</language>",
        f"<lastBuildDate>{_date(feed.updated)}</lastBuildDate>" if feed.entries else "",
        f'<atom:link rel="self" type="{TYPE}" href="{xml(feed.root + feed.folder + NAME)}"/>',
    ]
    return "\n".join((*filter(None, head), *entries, "</channel></rss>\n"))


def _date(instant: str) -> str:
    """The date in the form of RFC 822, with a year of four digits as RSS requires."""
    return format_datetime(datetime.fromisoformat(instant))


FORMAT = FeedFormat("RSS", NAME, TYPE, entry, document)
