"""Views of dossiers: the list; and one with lead, articles in order, rule, cast and timeline."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from werkzeug.wrappers import Response

from dossierkit.desk.application import Visit, go
from dossierkit.desk.session import Desk
from dossierkit.model.page import DossierPage
from dossierkit.store.content import dossier_file
from dossierkit.workflow.editing.dossier_edits import (
    RULE,
    added,
    fields_of,
    moved,
    new_dossier,
    taken,
    with_dossier_fields,
)
from dossierkit.workflow.editing.index import SiteIndex
from dossierkit.workflow.editing.joined_entries import by_dossier
from dossierkit.workflow.editing.session import text_digest
from dossierkit.workflow.repository import Repository

_EVENTS = 200  # rows shown


def listed(visit: Visit) -> Response:
    index = visit.desk.index
    found = sorted(index.dossiers.values(), key=lambda page: page.title)
    return visit.page(
        "dossiers.html",
        found=[(dossier_page, len(list(taken(index, dossier_page)))) for dossier_page in found],
    )


def show(visit: Visit, id_: str, obstacles: Iterable[object] = ()) -> Response:
    """`obstacles`: what prevents the publication that was asked for."""
    return visit.page(
        "dossier.html", **_context(visit.desk, visit.desk.index.dossiers[id_]), obstacles=list(obstacles)
    )


def _context(desk: Desk, dossier: DossierPage) -> dict[str, object]:
    index = desk.index
    listed_ids = dossier.article_ids
    by_rule = [state for state in taken(index, dossier) if state.id not in listed_ids]
    ids = [*listed_ids, *(state.id for state in by_rule)]
    events = by_dossier(desk.events.all(), ids)
    return {
        "dossier": dossier,
        "articles": [(id_, index.article(id_)) for id_ in listed_ids],
        "by_rule": by_rule,
        "cast": [(id_, *index.called(id_), id_ in index.records) for id_ in dossier.cast_ids],
        "named": _named(index, ids),
        "rule": {name: fields_of(dossier)[name] for name in RULE},
        "picture": [one for one in fields_of(dossier).items() if one[0].startswith("image.")],
        "all_articles": sorted(
            (one.id, one.page.article.title) for one in index.articles.values() if one.id not in ids
        ),
        "all_records": sorted((id_, record.title) for id_, record in index.records.items()),
        "events": events[:_EVENTS],
        "event_count": len(events),
        "seen": text_digest(Repository(desk.root), dossier.path),
    }


def _named(index: SiteIndex, ids: Iterable[str]) -> list[tuple[str, str, int]]:
    """The records that its articles name most: candidates for the cast."""
    counts: dict[str, int] = {}
    for id_ in ids:
        article = index.article(id_)
        for ref in article.page.article.entities if article else ():
            id_of = index.found.ids.get(ref.id, ref.id)
            counts[id_of] = counts.get(id_of, 0) + 1
    best = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return [(id_, index.records[id_].title, number) for id_, number in best if id_ in index.records][:12]


def save(visit: Visit, id_: str) -> Response:
    """Save the changed fields; `move`, `drop` and `add` change one item of a list."""
    dossier = visit.desk.index.dossiers[id_]
    given = {name: visit.form(name) for name in fields_of(dossier) if name in visit.request.form}
    given |= {name: "\n".join(_moved(visit, name)) for name in ("articles", "cast")}
    words, make = (
        visit.t("did.fields", name=dossier.title),
        partial(with_dossier_fields, dossier=dossier, given=given),
    )
    visit.edit(dossier.path, make, words, visit.t("saved"))
    return go(f"/dossier/{id_}")


def _moved(visit: Visit, name: str) -> list[str]:
    """The list of the form after its button: `up 2`, `down 0`, `drop 1`, or the addition."""
    what, _, number = visit.form(f"move-{name}").partition(" ")
    found = moved(visit.request.form.getlist(name), what, int(number) if number.isdecimal() else -1)
    return [*found, added(visit.form(f"add-{name}").strip(), _names(visit.desk.index)[name])]


def _names(index: SiteIndex) -> dict[str, dict[str, str]]:
    """What can be added to each list: names by id."""
    articles = {one.id: one.page.article.title for one in index.articles.values()}
    records = {id_: record.title for id_, record in index.records.items()}
    return {
        "articles": articles,
        "cast": {**{id_: made.name for id_, made in index.found.by_id.items()}, **records},
    }


def create(visit: Visit) -> Response:
    """Create a dossier. Raises EditError if its id exists."""
    title = visit.form("title").strip()
    id_, text = new_dossier(visit.desk.root, title)
    visit.desk.create(dossier_file(id_), text, visit.t("did.create", name=title))
    return go(f"/dossier/{id_}")


def publish(visit: Visit, id_: str) -> Response:
    dossier = visit.desk.index.dossiers[id_]
    problems = visit.publish([dossier.path], dossier.title, accept=False)
    return show(visit, id_, problems) if problems else go(f"/dossier/{id_}")
