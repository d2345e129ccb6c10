"""About the site and its method: the curated lead, then text that is the same on every site, with this site's numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from dossierkit.model.page import STATUSES
from dossierkit.site.context import Context
from dossierkit.site.interface import Later
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes
from dossierkit.site.publisher import PublisherStatement
from dossierkit.site.strings import Strings
from dossierkit.text.data import load


def every(frame: Context) -> Iterator[Later]:
    yield indexes.later(frame, "about", _values)


def _values(frame: Context, listing: Listing) -> dict[str, Any]:
    t = frame.t
    articles = frame.graph.articles.values()
    records = frame.content.records.values()
    claims = [brief for article in articles for brief in article.tells.values()]
    pages = [page for page in frame.content.articles.values() if page.status != "draft"]
    states = Counter(page.status for page in pages)
    open_ = sum(len(page.unreviewed) + page.unreviewed_entries for page in pages)
    drafts = sum(record.status == "draft" and not record.candidate for record in records)
    waived = sum(brief.waived for brief in claims) + sum(len(article.waived) for article in articles)
    mentions = sum(sum(article.counts.values()) for article in articles)
    return {
        "numbers": (
            {"n": len(articles), "label": t.count("articles_noun", len(articles))},
            {"n": len(records), "label": t.count("entities_noun", len(records))},
            {"n": mentions, "label": t.count("mentions_noun", mentions)},
            {"n": frame.events.count, "label": t.count("entries_noun", frame.events.count)},
            {"n": len(claims), "label": t.count("quotes_noun", len(claims))},
        ),
        "publisher": _publisher(frame, listing),
        "waived": t.count("about_waived", waived) if waived else "",
        "shown": t("about_marked" if frame.site.marks or frame.site.drafts else "about_hidden"),
        "unreviewed": t.count("about_unreviewed", open_) if open_ else "",
        "drafts": t.count("about_drafts", drafts) if drafts else "",
        "states": tuple(_state(frame, state, states[state]) for state in STATUSES),
        "links": tuple(
            {
                "href": listing.href(f"{key}/index.md"),
                "label": t(one.get("title", key)),
                "text": t(f"about_links.{key}"),
            }
            for key, one in load("indexpages").items()
            if one.get("linked")
        ),
    }


def _publisher(frame: Context, listing: Listing) -> tuple[dict[str, str], ...]:
    """Rows about the publisher: a label with text, a link, or both; each statement has an anchor."""
    t, publisher = frame.t, frame.site.publication.publisher
    rows = [
        {"id": key, "label": t(f"behind.{key}"), "text": getattr(publisher, key), "href": ""}
        for key in ("name", "legal_name", "founded")
    ]
    rows.append({"id": "url", "label": t("behind.url"), "text": publisher.url, "href": publisher.url})
    contact = f"mailto:{publisher.contact}" if publisher.by_mail else publisher.contact
    rows.append({"id": "contact", "label": t("behind.contact"), "text": publisher.contact, "href": contact})
    return (
        *(row for row in rows if row["text"]),
        *(_statement(t, statement, listing) for statement in publisher.statements),
    )


def _statement(t: Strings, statement: PublisherStatement, listing: Listing) -> dict[str, str]:
    label = t(f"behind.{statement.key}")
    if statement.kind == "text":
        return {"id": statement.key, "label": label, "text": statement.value, "href": ""}
    href = listing.href(statement.value) if statement.kind == "page" else statement.value
    return {
        "id": statement.key,
        "label": label,
        "text": t("behind.read") if statement.kind == "page" else statement.value,
        "href": href,
    }


def _state(frame: Context, name: str, articles: int) -> dict[str, str]:
    """The meaning of a status, and the number of the site's articles with it."""
    t = frame.t
    count = t.count("articles_count", articles) if articles else ""
    return {"label": t(f"status.{name}"), "text": t(f"about_states.{name}"), "count": count}
