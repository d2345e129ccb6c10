"""Where an article leads on: its neighbours in dossiers, who else reports its events, what is related, and whom to write to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from dossierkit.evidence.events.joined import JoinedEvent
from dossierkit.evidence.gathering import Evidence
from dossierkit.model.record import Record
from dossierkit.site.addresses import Addresses
from dossierkit.site.context import Context
from dossierkit.site.listing import Listing
from dossierkit.site.views import ArticleItem, DossierItem

_MOST_RELATED = 4
_LEAST_SHARED = 2
"""One name in common makes no article related."""
_SAID = 3
_COMMON = 200
"""A name that more articles bear tells nothing of what they have in common."""
_OF_EVENT = 120
_OF_NAME = 60
"""What an event in common, and a name that no other article bears, weigh."""


class Neighbours(NamedTuple):
    """The articles before and after one in a dossier; None where it is the first or the last."""

    dossier: DossierItem
    previous: ArticleItem | None
    next: ArticleItem | None


class Related(NamedTuple):
    """An article with what it has in common with another, in words."""

    article: ArticleItem
    why: str


def neighbours(frame: Context, listing: Listing, article: str) -> tuple[Neighbours, ...]:
    """In each dossier that holds an article and others."""

    def item(id_: str) -> ArticleItem | None:
        return listing.article(frame.graph.articles[id_]) if id_ else None

    return tuple(
        Neighbours(listing.dossier(place.dossier), item(place.previous), item(place.next))
        for place in frame.places(article)
        if place.previous or place.next
    )


def elsewhere(frame: Context, article: Evidence) -> Mapping[str, JoinedEvent]:
    """The events of an article that others report too, by the id of its own entry."""
    id_ = article.id
    events = map(frame.events.one, frame.events.by_article.get(id_, ()))
    return {
        item.id: event
        for event in events
        if any(one.id != id_ for one, _ in event.told)
        for one, item in event.told
        if one.id == id_
    }


def related(
    frame: Context, listing: Listing, article: Evidence, events: Mapping[str, JoinedEvent]
) -> tuple[Related, ...]:
    """Articles that report the same events or name the same entities; a name counts the more, the fewer bear it."""
    shared_names = _names(frame, article)
    shared_events = Counter(id_ for event in _each(events) for id_ in _reporting(event, article.id))
    weights = Counter({id_: _OF_EVENT * number for id_, number in shared_events.items()})
    for id_, names in shared_names.items():
        weights[id_] += sum(weight for weight, _ in names)
    found = (id_ for id_ in weights if shared_events[id_] or len(shared_names.get(id_, ())) >= _LEAST_SHARED)
    best = sorted(found, key=lambda id_: (-weights[id_], id_))[:_MOST_RELATED]
    return tuple(
        Related(
            listing.article(frame.graph.articles[id_]),
            _why(frame, listing, shared_events[id_], shared_names.get(id_, [])),
        )
        for id_ in best
    )


def _each(events: Mapping[str, JoinedEvent]) -> Iterator[JoinedEvent]:
    """An article may report one event twice."""
    return iter({id(event): event for event in events.values()}.values())


def _reporting(event: JoinedEvent, but: str) -> Iterator[str]:
    return iter(dict.fromkeys(one.id for one, _ in event.told if one.id != but))


def _names(frame: Context, article: Evidence) -> Mapping[str, list[tuple[int, Record]]]:
    """Names in common by article, each with its weight."""
    found: dict[str, list[tuple[int, Record]]] = defaultdict(list)
    for record in article.named:
        naming = frame.graph.naming.get(record.id, ())
        if 1 < len(naming) <= _COMMON:
            for other in naming:
                if other.id != article.id:
                    found[other.id].append((_OF_NAME // (len(naming) - 1), record))
    return found


def _why(frame: Context, listing: Listing, events: int, names: list[tuple[int, Record]]) -> str:
    told = sorted(names, key=lambda one: (-one[0], one[1].id))[:_SAID]
    said = frame.t("comma").join(listing.named(record) for _, record in told)
    reasons = (
        frame.t.count("related.events", events) if events else "",
        frame.t("related.names", names=said) if told else "",
    )
    return " · ".join(filter(None, reasons))


class Actions(NamedTuple):
    """What a reader can do with a page: `email` sends its address on, `report` tells its editors of an error.

    `report` is empty where nobody wants to hear; then `{quote}` in `pattern` stands for a sentence, as an address has it.
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
    """The address of a report, with `{quote}` in it."""
    if "://" in report:
        return report.replace("{page}", _coded(address)).replace("{title}", _coded(title))
    return _mail(report, subject, f"{address}\n\n") + "{quote}" if report else ""


def _mail(to: str, subject: str, body: str) -> str:
    return f"mailto:{to}?subject={_coded(subject)}&body={_coded(body)}"


def _coded(text: str) -> str:
    return quote(text, safe="")
