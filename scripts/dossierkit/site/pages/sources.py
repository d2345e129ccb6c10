"""The sources: the publishers of articles, their reliability, and whether permanent copies exist."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from dossierkit.evidence.gathering import Evidence
from dossierkit.site.context import Context
from dossierkit.site.interface import Later
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes
from dossierkit.site.pages.articles import in_order
from dossierkit.site.pages.split_lists import (
    ID,
    LIMIT,
    ListPlace,
    links,
    list_parts,
    numbered,
    pages,
    part_ids,
    suffix,
)
from dossierkit.text.fold import fold, slug
from dossierkit.text.links import web

_SHOWN = 10
_FEW = 30
Publishers = dict[str, tuple[Evidence, ...]]


def every(frame: Context) -> Iterator[Later]:
    """The index by publisher; long lists get pages of their own."""
    publishers, anchors = _publishers(frame)
    split = len(frame.graph.articles) > LIMIT
    shown = _SHOWN if len(publishers) <= _FEW else 0
    parts = [
        (name, part)
        for name, listed in publishers.items()
        if split and len(listed) > shown
        for part in list_parts(listed, ())
    ]
    places = tuple(
        _place(
            frame,
            anchors[name],
            numbered(name or frame.t("no_publisher"), part, frame),
            suffix(part),
            len(part.items),
        )
        for name, part in parts
    )
    of: dict[str, list[ListPlace]] = defaultdict(list)
    for (name, _), place in zip(parts, places, strict=True):
        of[name].append(place)

    def values(frame: Context, listing: Listing) -> dict[str, Any]:
        alone = _alone(frame)
        return {
            "publishers": tuple(
                {
                    "name": name,
                    "anchor": anchors[name],
                    "notes": _notes(frame, len(listed), alone[name]),
                    "articles": tuple(
                        _row(frame, listing, evidence)
                        for evidence in (listed[:shown] if of[name] else listed)
                    ),
                    "links": links(frame, listing.here, of[name]),
                }
                for name, listed in publishers.items()
            ),
            "summary": _summary(frame),
        }

    def fill(listing: Listing, at: int) -> dict[str, Any]:
        return {"articles": tuple(_row(frame, listing, article) for article in parts[at][1].items)}

    given = part_ids(part for _, part in parts)
    listed = tuple((name, anchors[name], tuple(map(ID, same))) for name, same in publishers.items())
    yield indexes.later(frame, "sources", values, given=(listed, given, places))
    yield from pages(frame, "sources", places, given, fill)


def _publishers(frame: Context) -> tuple[Publishers, dict[str, str]]:
    """The articles of each publisher, by name, unknown publishers last; and the anchor of each publisher."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for article in in_order(frame):
        found[article.page.source.publisher].append(article)
    names = sorted(found, key=lambda name: (not name, fold(name), name))
    counts: Counter[str] = Counter()
    anchors = {}
    for name in names:
        base = f"by-{slug(name)}" if name else "by-unknown"
        counts[base] += 1
        anchors[name] = base if counts[base] == 1 else f"{base}-{counts[base]}"
    return {name: tuple(found[name]) for name in names}, anchors


def _alone(frame: Context) -> Counter[str]:
    """By publisher, how many entities are named by no other publisher."""
    counts: Counter[str] = Counter()
    for naming in frame.graph.naming.values():
        names = {article.page.source.publisher for article in naming}
        counts.update(names if len(names) == 1 else ())
    return counts


def _notes(frame: Context, count: int, alone: int) -> str:
    """How many articles a publisher contributed, and how many entities only it names."""
    notes = [frame.t.count("articles_count", count)]
    if alone and len(frame.graph.articles) > count:
        notes.append(frame.t.count("named_only_here", alone))
    return " · ".join(notes)


def _row(frame: Context, listing: Listing, article: Evidence) -> dict[str, Any]:
    t, source = frame.t, article.page.source
    return {
        "item": listing.article(article),
        "reliability": source.stated("reliability"),
        "meaning": meaning(frame, source.stated("reliability")),
        "original": web(source.url),
        "archived": web(source.archived),
        "kept": bool(source.sha256),
        "sample": t("sample_short") if article.page.sample else "",
    }


def meaning(frame: Context, code: str) -> str:
    """A grade of the Admiralty code (NATO AJP-2.1) in words; empty if it is not a grade."""
    source, report = code[:1].upper(), code[1:]
    known = len(code) == 2 and source in "ABCDEF" and report in "123456"
    return f"{frame.t(f'admiralty.{source}')}; {frame.t(f'admiralty.r{report}')}" if known else ""


def _summary(frame: Context) -> str:
    articles = frame.graph.articles.values()
    archived = sum(bool(web(article.page.source.archived)) for article in articles)
    received = sum(bool(article.page.source.sha256) for article in articles)
    return frame.t("sources_summary", total=len(articles), archived=archived, received=received)


def _place(frame: Context, anchor: str, label: str, end: str, count: int) -> ListPlace:
    title = frame.t("list_of", list=frame.t("sources"), label=label)
    return ListPlace(f"lists/sources/{anchor}{end}.md", title, label, label, count)
