"""Views of records: the list; and one with its fields, open decisions, articles and location."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from werkzeug.wrappers import Response

from dossierkit.desk.application import Visit, go
from dossierkit.desk.session import Desk
from dossierkit.merge.record_decide import RecordOpen
from dossierkit.model.record import ENTITY_TYPES, PRECISIONS, Record
from dossierkit.site.charts import basemap
from dossierkit.site.charts.projection import WIDTH, fit
from dossierkit.store.content import record_file
from dossierkit.store.edit import EditError
from dossierkit.text.fold import fold
from dossierkit.text.recordfacts import fact_properties
from dossierkit.workflow.editing.article_state import ArticleState
from dossierkit.workflow.editing.index import SiteIndex
from dossierkit.workflow.editing.marked_text import NameInSentence, mentions
from dossierkit.workflow.editing.record_edits import (
    RELATION,
    fields_of,
    names_of_others,
    new_record,
    with_record_fields,
)
from dossierkit.workflow.editing.session import text_digest
from dossierkit.workflow.repository import Repository
from dossierkit.workflow.review.engine import CHANGED
from dossierkit.workflow.review.record_reviews import RecordDecision

_PAGE = 100
_MENTIONS = 12
_AROUND: Mapping[str, float] = {"country": 30.0, "region": 16.0, "city": 8.0, "exact": 4.0, "": 12.0}
"""Degrees of latitude that the map shows, by how exact a point is."""


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """`x`, `y`: the point, in a picture `width` by `height`; paths are in half units."""

    width: int
    height: int
    land: str
    borders: str
    x: float
    y: float


def listed(visit: Visit) -> Response:
    words, type_, start = fold(visit.asked("words")), visit.asked("type"), visit.number("start")
    index = visit.desk.index
    every = sorted(
        index.records.values(),
        key=lambda record: (record.path not in index.offers, record.status != "draft", fold(record.title)),
    )
    found = [record for record in every if type_ in ("", record.type) and _called(record, words)]
    return visit.page(
        "records.html", found=found[start : start + _PAGE], total=len(found), start=start, size=_PAGE, words=visit.asked("words"),
        type=type_, types=ENTITY_TYPES, offers={path: len(some) for path, some in index.offers.items()},
        uses={record.id: len(index.naming(record.id)) for record in found[start : start + _PAGE]},
        index_is_empty=not index.records,
    )  # fmt: skip


def _called(record: Record, words: str) -> bool:
    return not words or any(words in fold(name) for name in record.names)


def show(visit: Visit, id_: str, obstacles: Iterable[object] = ()) -> Response:
    """`obstacles`: what prevents the publication that was asked for. The id of a merged record leads on to the one that has it."""
    records = visit.desk.index.records
    now = next((one.id for one in records.values() if id_ in one.redirects), "") if id_ not in records else ""
    if now:
        return go(f"/record/{now}")
    return visit.page("record.html", **_context(visit.desk, records[id_]), obstacles=list(obstacles))


def _context(desk: Desk, record: Record) -> dict[str, object]:
    index = desk.index
    paths = index.naming(record.id)
    given, found = fields_of(record), []
    for path in paths[:_MENTIONS]:
        article = index.articles[path]
        found.append((article, *mentions(article.readable, record.names, article.page.article.lang, 2)))
    return {
        "record": record,
        "aliases": given["aliases"],
        "weak_aliases": given["weak_aliases"],
        "facts": list(_facts(record)),
        "relations": [*record.relations, None],
        "map": _map(record),
        "types": ENTITY_TYPES,
        "precisions": PRECISIONS,
        "offers": [
            (json.dumps(open_.mark), open_, *_found_in(index, open_))
            for open_ in index.offers.get(record.path, ())
        ],
        "mentions": found,
        "uses": len(paths),
        "named_too": list(names_of_others(record.id, index.records)),
        "all_ids": sorted(index.records),
        "seen": text_digest(Repository(desk.root), record.path),
    }


def _found_in(index: SiteIndex, open_: RecordOpen) -> tuple[ArticleState | None, tuple[NameInSentence, ...]]:
    """The article of a value that waits, and its first sentence with the value, unless the value has its own quote."""
    article = index.article(open_.article) if open_.article else None
    if article is None or open_.quote:
        return article, ()
    return article, mentions(article.readable, (open_.value,), article.page.article.lang, 1)[0]


def _facts(record: Record) -> Iterator[tuple[str, str, str]]:
    """(name, value, check) of the facts that a record of this type can have, and of others that it has."""
    for fact_property in fact_properties().values():
        value = record.stated(fact_property.name)
        if value or record.type in fact_property.types:
            yield fact_property.name, value, "date" if fact_property.kind == "edtf" else ""


def _map(record: Record) -> PlaceMap | None:
    if record.location is None:
        return None
    point = record.location.lon, record.location.lat
    plane = fit([point], _AROUND[record.location.precision])
    land, borders = basemap.paths(plane)
    return PlaceMap(WIDTH, plane.height, land, borders, *plane.of(point))


def save(visit: Visit, id_: str) -> Response:
    """Save the changed fields."""
    record = visit.desk.index.records[id_]
    given = {name: visit.form(name) for name in fields_of(record) if name in visit.request.form}
    make = partial(with_record_fields, record=record, given=given, relations=list(_relations(visit)))
    visit.edit(record.path, make, visit.t("did.fields", name=record.title), visit.t("saved"))
    _say_whose(visit, id_)
    return go(f"/record/{id_}")


def _say_whose(visit: Visit, id_: str) -> None:
    """Say which names of the record others have too, and what to do."""
    for name, other in names_of_others(id_, visit.desk.index.records):
        visit.desk.say(
            visit.t("named_twice", name=name, other=visit.desk.index.records[other].title), "wrong"
        )


def _relations(visit: Visit) -> Iterator[dict[str, str]]:
    """The relations in the form, in order."""
    listed = zip(*(visit.request.form.getlist(f"relation-{name}") for name in RELATION), strict=True)
    yield from (dict(zip(RELATION, values, strict=True)) for values in listed)


def decide(visit: Visit, id_: str) -> Response:
    """Accept or reject what waits in a record."""
    path = record_file(id_)
    waiting = {json.dumps(one.mark): one for one in visit.desk.index.offers.get(path, ())}
    open_ = waiting.get(visit.form("mark"))
    if open_ is None:
        raise EditError(CHANGED)
    taken = visit.form("decision") == "accept"
    words = visit.t("did.accept" if taken else "did.reject", name=open_.value)
    visit.desk.decide_record(path, open_, RecordDecision(taken, visit.form("words").strip()), words)
    visit.desk.say(words)
    return go(f"/record/{id_}")


def create(visit: Visit) -> Response:
    """Create a record. Raises EditError if its id exists."""
    title, type_ = visit.form("title").strip(), visit.form("type")
    id_, text = new_record(visit.desk.root, title, type_, visit.desk.index.records)
    visit.desk.create(record_file(id_), text, visit.t("did.record", name=title))
    _say_whose(visit, id_)
    return go(f"/record/{id_}")


def publish(visit: Visit, id_: str) -> Response:
    record = visit.desk.index.records[id_]
    problems = visit.publish([record.path], record.title, accept=True)
    return show(visit, id_, problems) if problems else go(f"/record/{id_}")
