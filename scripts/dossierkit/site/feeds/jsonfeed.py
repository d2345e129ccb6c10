"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from __future__ import annotations

from collections.abc import Iterable

from dossierkit.model.plain import compact
from dossierkit.site.feeds.shape import Feed, FeedEntry, FeedFormat

NAME = "feed.json"
TYPE = "application/feed+json"


def entry(item: FeedEntry, root: str) -> str:
    fields = {
        "id": item.id,
        "url": root + item.address,
        "external_url": item.source,
        "title": item.title,
        "content_text": item.summary,
        "date_published": item.published,
        "date_modified": item.updated if item.updated != item.published and item.published else "",
        "authors": [
            {"name": author.shown, **({"url": author.address} if author.orcid else {})}
            for author in item.authors
        ],
        "tags": list(item.tags),
        "language": item.lang,
    }
    return compact({key: value for key, value in fields.items() if value})


def document(feed: Feed, entries: Iterable[str]) -> str:
    """The feed with its entries, which `entry` has written."""
    fields = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.root + feed.page,
        "feed_url": feed.root + feed.folder + NAME,
        "description": feed.subtitle,
        "language": feed.lang,
        "authors": [{"name": feed.site}],
    }
    head = compact({key: value for key, value in fields.items() if value})
    return f'{head[:-1]},"items":[\n{",".join(entries)}\n]}}\n'


FORMAT = FeedFormat("JSON Feed", NAME, TYPE, entry, document)
