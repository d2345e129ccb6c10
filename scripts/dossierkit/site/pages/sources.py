"""The sources: the publishers of articles, their reliability, and whether permanent copies exist."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple

from dossierkit.evidence.gathering import Evidence
from dossierkit.site.context import Context
from dossierkit.site.interface import Later
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes
from dossierkit.site.pages.articles import in_order
from dossierkit.site.pages.split_lists import (
    ID,
    LIMIT,
    ListPart,
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


class _PublisherList(NamedTuple):
    """The articles of a publisher, the name of which is empty if it is unknown. `anchor`: its place on the index. `shown`: the
    articles there. `pages`: those of the list, if it is too long for the index.
    """

    name: str
    anchor: str
    articles: tuple[Evidence, ...]
    shown: tuple[Evidence, ...]
    pages: tuple[tuple[ListPart[Evidence], ListPlace], ...]


def every(frame: Context) -> Iterator[Later]:
    """The index by publisher; long lists get pages of their own."""
    publishers = tuple(_publishers(frame))
    parts = [part for one in publishers for part, _ in one.pages]
    places = tuple(place for one in publishers for _, place in one.pages)
    given = part_ids(parts)
    listed = tuple((one.name, one.anchor, tuple(map(ID, one.articles))) for one in publishers)
    yield indexes.later(frame, "sources", partial(_index, publishers), given=(listed, given, places))

    def fill(listing: Listing, at: int) -> dict[str, Any]:
        return {"articles": _rows(frame, listing, parts[at].items)}

    yield from pages(frame, "sources", places, given, fill)


def _publishers(frame: Context) -> Iterator[_PublisherList]:
    """By name, unknown publishers last."""
    found: dict[str, list[Evidence]] = defaultdict(list)
    for article in in_order(frame):
        found[article.page.source.publisher].append(article)
    most = _SHOWN if len(found) <= _FEW else 0
    anchors: Counter[str] = Counter()
    for name in sorted(found, key=lambda name: (not name, fold(name), name)):
        base = f"by-{slug(name)}" if name else "by-unknown"
        anchors[base] += 1
        anchor = base if anchors[base] == 1 else f"{base}-{anchors[base]}"
        articles = tuple(found[name])
        split = len(frame.graph.articles) > LIMIT and len(articles) > most
        parts = list_parts(articles, ()) if split else ()
        pages = tuple((part, _place(frame, name, anchor, part)) for part in parts)
        yield _PublisherList(name, anchor, articles, articles[:most] if split else articles, pages)


def _place(frame: Context, name: str, anchor: str, part: ListPart[Evidence]) -> ListPlace:
    label = numbered(name or frame.t("no_publisher"), part, frame)
    title = frame.t("list_of", list=frame.t("sources"), label=label)
    return ListPlace(f"lists/sources/{anchor}{suffix(part)}.md", title, label, label, len(part.items))


def _index(publishers: tuple[_PublisherList, ...], frame: Context, listing: Listing) -> dict[str, Any]:
    alone = _alone(frame)
    rows = (
        {
            "name": one.name,
            "anchor": one.anchor,
            "notes": _notes(frame, len(one.articles), alone[one.name]),
            "articles": _rows(frame, listing, one.shown),
            "links": links(frame, listing.here, (place for _, place in one.pages)),
        }
        for one in publishers
    )
    return {"publishers": tuple(rows), "summary": _summary(frame)}


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


def _rows(frame: Context, listing: Listing, articles: Iterable[Evidence]) -> tuple[dict[str, Any], ...]:
    return tuple(_row(frame, listing, article) for article in articles)


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
