"""Exports of Ghost (JSON): one record for each published post and page, as scrapers write them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from dossierkit.ingest.clean import one_line
from dossierkit.ingest.records import envelope
from dossierkit.model.source import Part

Table = list[dict[str, Any]]


def tables(value: object) -> Mapping[str, Table] | None:
    """The tables of an export, by name; None if it is not one."""
    held = value.get("db", [value]) if isinstance(value, dict) else None
    database = held[0] if isinstance(held, list) and held else None
    found = database.get("data") if isinstance(database, dict) else None
    if not isinstance(found, dict) or not isinstance(found.get("posts"), list):
        return None
    return {
        str(name): [row for row in rows if isinstance(row, dict)]
        for name, rows in found.items()
        if isinstance(rows, list)
    }


def parts(found: Mapping[str, Table]) -> Iterator[Part]:
    """The posts in order; those without readers have `left_out`. Nothing about users but the authors' names is taken."""
    site = {str(row.get("key")): row.get("value") for row in found.get("settings", [])}
    tags = _joined(found, "posts_tags", "tag_id", "tags")
    authors = _joined(found, "posts_authors", "author_id", "users")
    for number, post in enumerate(found["posts"], 1):
        key, title = str(post.get("id")), one_line(str(post.get("title") or ""))
        why = _left_out(post)
        if why:
            yield Part(f"post-{number}.json", b"", f"post {number} ({title[:60]})", left_out=why)
            continue
        record = {
            "id": str(post.get("uuid") or key), "title": title, "html": post["html"],
            "published_at": post.get("published_at"), "url": post.get("canonical_url"),
            "authors": authors.get(key, []), "tags": [tag for tag in tags.get(key, []) if not tag.startswith("#")],
            "publisher": site.get("title"), "lang": post.get("locale") or site.get("locale") or site.get("lang"),
        }  # fmt: skip
        data = json.dumps({name: value for name, value in record.items() if value}, ensure_ascii=False)
        yield Part(
            f"{title[:80] or f'post-{number}'}.json",
            envelope(data.encode("utf-8", "replace"), {}),
            f"post {number}",
            record["id"],
        )


def _left_out(post: Mapping[str, Any]) -> str:
    """Why a post is not what every reader saw; "" if it is."""
    status, visibility = str(post.get("status") or ""), str(post.get("visibility") or "public")
    if status not in {"published", "sent", ""}:
        return f"not published there (`{one_line(status)[:20]}`)"
    if visibility != "public":
        return f"for some readers only there (`{one_line(visibility)[:20]}`)"
    html = post.get("html")
    return "" if isinstance(html, str) and html.strip() else "without text"


def _joined(found: Mapping[str, Table], joining: str, column: str, table: str) -> dict[str, list[str]]:
    """Names of a table's rows by the id of the post that they are joined to, in their order."""
    names = {str(row.get("id")): one_line(str(row.get("name") or "")) for row in found.get(table, [])}
    joined: dict[str, list[str]] = {}
    for row in sorted(found.get(joining, []), key=lambda row: str(row.get("sort_order", "")).zfill(6)):
        if name := names.get(str(row.get(column))):
            joined.setdefault(str(row.get("post_id")), []).append(name)
    return joined
