"""What is new: articles by the day they were published on this site, their later changes, and corrections.

An article whose day of arrival is unknown is listed under its date of publication. A withdrawal is shown only at the page's
own address.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from dossierkit.model.arrival import Arrival
from dossierkit.site import corrections, dateview
from dossierkit.site.context import Context
from dossierkit.site.interface import Later
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes
from dossierkit.site.views import ArticleItem
from dossierkit.text.language import direction

_SHOWN = 60
_SCRIPT = "assets/dossierkit/visit.js"


def every(frame: Context) -> Iterator[Later]:
    yield indexes.later(frame, "latest", _values)


def _values(frame: Context, listing: Listing) -> dict[str, Any]:
    changes = [*_articles(frame, listing), *_corrections(listing)]
    newest = sorted(changes, key=lambda change: change["date"].sort, reverse=True)[:_SHOWN]
    days = groupby(newest, key=lambda one: str(one["date"].words))
    return {
        "days": tuple({"label": day or frame.t("no_date"), "rows": tuple(same)} for day, same in days),
        "guessed": any(one["kind"] == "article" for one in newest),
        "script": frame.site.urls.as_served().to(listing.here, _SCRIPT),
        "visit": {form: frame.t(f"visit.count.{form}") for form in _forms(frame)},
        "articles_href": listing.href("articles/index.md"),
        "corrections_href": listing.href("corrections/index.md"),
    }


def _change(kind: str, **values: object) -> dict[str, Any]:
    return {"kind": kind, **values, "dir": direction(str(values["lang"]))}


def _articles(frame: Context, listing: Listing) -> Iterator[dict[str, Any]]:
    for article in listing.graph.articles.values():
        arrival = frame.arrival(article.page)
        if day := arrival.arrived or article.page.date:
            item = listing.article(article)
            kind = "added" if arrival.arrived else "article"
            yield _row(frame, item, kind, day, item.description)
            if arrival.changed:
                yield _row(frame, item, "changed", arrival.changed, _since(frame, arrival))


def _row(frame: Context, item: ArticleItem, kind: str, day: str, text: str) -> dict[str, Any]:
    date = dateview.view(day, frame.t.lang)
    facts = {"of": item.date, "publisher": item.publisher} if kind == "added" else {}
    return _change(kind, date=date, title=item.title, href=item.href, lang=item.lang, text=text, **facts)


def _since(frame: Context, arrival: Arrival) -> str:
    """What changed in an article since it was published here, in words."""
    counts = (("events", arrival.events), ("names", arrival.names))
    changes = [_count(frame, what, number) for what, number in counts if number]
    return " · ".join((*changes, *([frame.t("since.text")] if arrival.text else ())))


def _count(frame: Context, what: str, number: int) -> str:
    way = "added" if number > 0 else "removed"
    return frame.t.count(f"since.{what}_{way}", abs(number))


def _forms(frame: Context) -> tuple[str, ...]:
    """The plural forms of the language."""
    return tuple(frame.t.section("visit")["count"])


def _corrections(listing: Listing) -> Iterator[dict[str, Any]]:
    for item in corrections.of_all(listing):
        text = " ".join(filter(None, (item.what, item.why)))
        yield _change(
            "correction", date=item.date, title=item.title, href=item.href, lang=item.lang, text=text
        )
