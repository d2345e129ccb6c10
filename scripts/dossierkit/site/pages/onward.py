"""The end of an article: its neighbours in dossiers, other reports of its events, related pages, and how to report errors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

from dossierkit.evidence.events.joined import JoinedEvent
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.record import Record
from dossierkit.site.addresses import Addresses
from dossierkit.site.context import Context
from dossierkit.site.listing import Listing
from dossierkit.site.views import ArticleItem, DossierItem


class Neighbours(NamedTuple):
    """The articles before and after an article in a dossier; None at the beginning and the end."""

    dossier: DossierItem
    previous: ArticleItem | None
    next: ArticleItem | None


class Related(NamedTuple):
    """A related article, and in words what the two have in common."""

    article: ArticleItem
    why: str


def neighbours(frame: Context, listing: Listing, article: str) -> tuple[Neighbours, ...]:
    """The neighbours of an article in each dossier that contains it and others."""

    def item(id_: str) -> ArticleItem | None:
        return listing.article(frame.graph.articles[id_]) if id_ else None

    return tuple(
        Neighbours(listing.dossier(place.dossier), item(place.previous), item(place.next))
        for place in frame.places(article)
        if place.previous or place.next
    )


def elsewhere(frame: Context, article: Evidence) -> Mapping[str, JoinedEvent]:
    """The events of an article that other articles report too, by the id of the article's own entry."""
    id_ = article.id
    events = map(frame.events.one, frame.events.shared.get(id_, ()))
    return {item.id: event for event in events for one, item in event.entries if one.id == id_}


def related(frame: Context, listing: Listing, article: Evidence) -> tuple[Related, ...]:
    """Articles that report the same events or name the same entities."""
    named = {record.id: record for record in article.named}
    return tuple(
        Related(
            listing.article(frame.graph.articles[kin.article]),
            _why(frame, kin.events, [named[id_] for id_ in kin.names]),
        )
        for kin in frame.kinship[article.id]
    )


def _why(frame: Context, events: int, names: Sequence[Record]) -> str:
    """Those that nobody has decided on say so together, once."""
    comma, open_ = frame.t("comma"), [record.title for record in names if record.unreviewed]
    decided = comma.join(record.title for record in names if not record.unreviewed)
    undecided = frame.t.named(comma.join(open_), unreviewed=bool(open_))
    reasons = (
        frame.t.count("related.events", events) if events else "",
        *(frame.t("related.names", names=listed) for listed in (decided, undecided) if listed),
    )
    return " · ".join(filter(None, reasons))


class Actions(NamedTuple):
    """What a reader can do with a page: `email` shares its address by e-mail, `report` reports an error to the editors.

    `report` is empty if the site does not accept reports. `pattern` is the address of a report with `{quote}` in place of a
    quoted sentence.
    """

    title: str
    email: str
    report: str
    pattern: str


def actions(frame: Context, path: str, title: str) -> Actions:
    own = Addresses(frame.site, path).page(path)
    address = own if frame.site.publication.address else frame.site.urls.as_served().of(path)
    subject = frame.t("report.subject", title=title)
    pattern = _pattern(frame.site.publication.report, subject, title, address)
    return Actions(title, _mail("", title, f"{title}\n{address}"), pattern.replace("{quote}", ""), pattern)


def _pattern(report: str, subject: str, title: str, address: str) -> str:
    """The address of a report, with `{quote}` in it; empty if the site does not accept reports."""
    if "://" in report:
        return report.replace("{page}", _coded(address)).replace("{title}", _coded(title))
    return _mail(report, subject, f"{address}\n\n") + "{quote}" if report else ""


def _mail(to: str, subject: str, body: str) -> str:
    return f"mailto:{to}?subject={_coded(subject)}&body={_coded(body)}"


def _coded(text: str) -> str:
    return quote(text, safe="")
