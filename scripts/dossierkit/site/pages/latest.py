"""What changed lately, as the content itself says it: articles by publication, corrections by the day they were made.

Neither the clock nor the history of the repository is asked, so that the same content always gives the same page. What
was withdrawn is told at its own address and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from dossierkit.site import corrections, dateview
from dossierkit.site.context import Context
from dossierkit.site.interface import Later
from dossierkit.site.listing import Listing
from dossierkit.site.pages import indexes
from dossierkit.text.direction import direction

_SHOWN = 60


def page(frame: Context) -> Later:
    return indexes.later(frame, "latest", _values)


def _values(frame: Context, listing: Listing) -> dict[str, Any]:
    changes = [*_articles(listing), *_corrections(listing)]
    newest = sorted(changes, key=lambda one: one["date"].sort, reverse=True)[:_SHOWN]
    months = groupby(newest, key=_month)
    return {
        "months": tuple({"label": _words(month, frame), "rows": tuple(same)} for month, same in months),
        "articles_href": listing.href("articles/index.md"),
        "corrections_href": listing.href("corrections/index.md"),
    }


def _month(change: dict[str, Any]) -> str:
    """`2016-05`, or the year alone where no more is known."""
    machine = str(change["date"].machine)
    return machine[:7] if len(machine) >= 7 else str(change["date"].year)


def _words(month: str, frame: Context) -> str:
    return dateview.view(month, frame.t.lang).words if month else frame.t("no_date")


def _change(kind: str, **values: object) -> dict[str, Any]:
    return {"kind": kind, **values, "dir": direction(str(values["lang"]))}


def _articles(listing: Listing) -> Iterator[dict[str, Any]]:
    for article in listing.graph.articles.values():
        if article.page.date:
            item = listing.article(article)
            yield _change(
                "article",
                date=item.date,
                title=item.title,
                href=item.href,
                lang=item.lang,
                text=item.description,
            )


def _corrections(listing: Listing) -> Iterator[dict[str, Any]]:
    for item in corrections.of_all(listing):
        text = " ".join(filter(None, (item.what, item.why)))
        yield _change(
            "correction", date=item.date, title=item.title, href=item.href, lang=item.lang, text=text
        )
