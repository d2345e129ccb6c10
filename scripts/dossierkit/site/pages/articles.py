"""The index of articles by year; if there are many, each year or month is a page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from dossierkit.evidence.gathering import Evidence
from dossierkit.site import dateview
from dossierkit.site.context import Context
from dossierkit.site.interface import Later
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes
from dossierkit.site.pages.split_lists import (
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

_LATEST = 24


def every(frame: Context) -> Iterator[Later]:
    """The index, and the pages that it is split into."""
    ordered = in_order(frame)
    parts = tuple(list_parts(ordered, (_year, _month))) if len(ordered) > LIMIT else ()
    places = tuple(_place(frame, part) for part in parts)
    given = part_ids(parts)
    yield indexes.later(
        frame, "articles", lambda frame, listing: _index(frame, listing, parts, places), given=(given, places)
    )

    def fill(listing: Listing, at: int) -> dict[str, Any]:
        return {"articles": tuple(listing.article(article) for article in parts[at].items)}

    yield from pages(frame, "articles", places, given, fill)


def in_order(frame: Context) -> tuple[Evidence, ...]:
    """The articles, newest first, undated ones last."""
    articles = frame.graph.articles.values()
    return (
        *(article for article in articles if _year(article)),
        *(article for article in articles if not _year(article)),
    )


def _index(
    frame: Context, listing: Listing, parts: tuple[ListPart[Evidence], ...], places: tuple[ListPlace, ...]
) -> dict[str, Any]:
    ordered = in_order(frame)
    if not parts:
        years = [
            {"label": year, "rows": tuple(listing.article(evidence) for evidence in same)}
            for year, same in groupby(ordered, _year)
        ]
        return {"years": tuple(years), "latest": (), "shelves": ()}
    found = links(frame, listing.here, places)
    latest = tuple(listing.article(article) for article in ordered[:_LATEST])
    return {"years": (), "latest": latest, "shelves": tuple(_rows(parts, found))}


def _rows(
    parts: tuple[ListPart[Evidence], ...], found: tuple[dict[str, Any], ...]
) -> Iterator[dict[str, Any]]:
    """A row of months for each year with several pages; neighbouring years with one page each share a row without label."""
    by_year = groupby(zip(parts, found, strict=True), lambda pair: pair[0].keys[0])
    years = [(year, [link for _, link in same]) for year, same in by_year]
    for alone, some in groupby(years, lambda pair: len(pair[1]) == 1):
        if alone:
            yield {"label": "", "links": tuple(links[0] for _, links in some)}
        else:
            yield from ({"label": year, "links": tuple(links)} for year, links in some)


def _year(article: Evidence) -> str:
    return dateview.year(article.page.date)


def _month(article: Evidence) -> str:
    date = article.page.date
    return date[:7] if len(date) >= 7 and date[4] == "-" and date[5:7].isdigit() and date[5:7] < "13" else ""


def _place(frame: Context, part: ListPart[Evidence]) -> ListPlace:
    year, month = part.keys[0], part.keys[-1] if len(part.keys) > 1 else ""
    name = month or (f"{year}-other" if len(part.keys) > 1 else year) or "undated"
    words = dateview.view(month, frame.t.lang).words if month else year or frame.t("no_date")
    label = numbered(words, part, frame)
    title = frame.t("list_of", list=frame.t("articles"), label=label)
    return ListPlace(f"lists/articles/{name}{suffix(part)}.md", title, label, label, len(part.items))
