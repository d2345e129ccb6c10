"""Records: the list of them, and one of them with all its fields, what waits in it, who names it, and where it lies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from werkzeug.wrappers import Response

from dossierkit.desk.application import Visit, go
from dossierkit.desk.field_edits import Field, with_body, with_fields
from dossierkit.desk.mentions import mentions
from dossierkit.desk.session import Desk, NotPublishedError, text_digest
from dossierkit.model.record import ENTITY_TYPES, PRECISIONS, Name, Record
from dossierkit.site.charts import basemap
from dossierkit.site.charts.projection import WIDTH, fit
from dossierkit.store.draft import DraftRecord, write_record
from dossierkit.store.edit import EditError
from dossierkit.store.edit_values import Value
from dossierkit.store.schema import RECORD
from dossierkit.text.fold import fold, slug
from dossierkit.text.recordfacts import fact_properties
from dossierkit.workflow.proposing import templates
from dossierkit.workflow.records.judgements import path_of
from dossierkit.workflow.repository import Repository
from dossierkit.workflow.review.record_reviews import RecordDecision

_PAGE = 100
_MENTIONS = 12
_AROUND: Mapping[str, float] = {"country": 30.0, "region": 16.0, "city": 8.0, "exact": 4.0, "": 12.0}
"""Degrees of latitude that the map shows, by how exact a point is."""
_ORDER = tuple(key.name for key in RECORD)
_RELATION = ("type", "to", "date", "article", "quote")
_TEXTS = ("title", "description", *fact_properties(), "status")


@dataclass(frozen=True, slots=True)
class PlaceMap:
    """`x`, `y`: of the point, in a picture `width` by `height`; the paths are in halves of its unit."""

    width: int
    height: int
    land: str
    borders: str
    x: float
    y: float


def listed(visit: Visit) -> Response:
    words, type_, start = fold(visit.asked("words")), visit.asked("type"), int(visit.asked("start") or 0)
    index = visit.desk.index
    every = sorted(
        index.records.values(),
        key=lambda one: (one.path not in index.offers, one.status != "draft", fold(one.title)),
    )
    found = [one for one in every if type_ in ("", one.type) and _called(one, words)]
    return visit.page(
        "records.html", found=found[start : start + _PAGE], total=len(found), start=start, size=_PAGE, words=visit.asked("words"),
        type=type_, types=ENTITY_TYPES, offers={path: len(some) for path, some in index.offers.items()},
        uses={one.id: len(index.naming(one.id)) for one in found[start : start + _PAGE]},
    )  # fmt: skip


def _called(record: Record, words: str) -> bool:
    return not words or any(words in fold(name.text) for name in (*record.strong_names, *record.weak_aliases))


def show(visit: Visit, id_: str) -> Response:
    return visit.page("record.html", **_context(visit.desk, visit.desk.index.records[id_]))


def _context(desk: Desk, record: Record, obstacles: Iterable[object] = ()) -> dict[str, object]:
    index = desk.index
    paths = index.naming(record.id)
    names = [name.text for name in (*record.strong_names, *record.weak_aliases)]
    found = []
    for path in paths[:_MENTIONS]:
        article = index.articles[path]
        found.append((article, *mentions(article.readable, names, article.page.article.lang, 2)))
    return {
        "record": record,
        "aliases": _lines(record.aliases),
        "weak_aliases": _lines(record.weak_aliases),
        "facts": list(_facts(record)),
        "relations": [*record.relations, None],
        "map": _map(record),
        "types": ENTITY_TYPES,
        "precisions": PRECISIONS,
        "offers": [(json.dumps(one.mark), one) for one in index.offers.get(record.path, ())],
        "mentions": found,
        "uses": len(paths),
        "all_ids": sorted(index.records),
        "seen": text_digest(Repository(desk.root), record.path),
        "obstacles": list(obstacles),
    }


def _facts(record: Record) -> Iterator[tuple[str, str, str]]:
    """(name, value, check) of what a record of this type can state, and of what this one does."""
    for one in fact_properties().values():
        value = record.stated(one.name)
        if value or record.type in one.types:
            yield one.name, value, "date" if one.kind == "edtf" else ""


def _lines(names: Iterable[Name]) -> str:
    """A name a line, with its language behind a bar."""
    return "\n".join(f"{name.text} | {name.lang}" if name.lang else name.text for name in names)


def _map(record: Record) -> PlaceMap | None:
    if record.location is None:
        return None
    point = record.location.lon, record.location.lat
    plane = fit([point], _AROUND[record.location.precision])
    land, borders = basemap.paths(plane)
    return PlaceMap(WIDTH, plane.height, land, borders, *plane.of(point))


def save(visit: Visit, id_: str) -> Response:
    """Write the fields that were changed."""
    record = visit.desk.index.records[id_]
    fields = tuple(_changed(visit, record))

    def make(text: str) -> str:
        body = visit.form("body", record.body)
        text = text if body.strip() == record.body.strip() else with_body(text, body)
        return with_fields(text, record.path, fields, _ORDER)

    visit.desk.edit(record.path, visit.form("seen"), make, visit.t("did.fields", name=record.title))
    visit.desk.say(visit.t("saved"))
    return go(f"/record/{id_}")


def _changed(visit: Visit, record: Record) -> Iterator[Field]:
    for name in (*_TEXTS, "type"):
        if (value := visit.form(name).strip()) != record.stated(name):
            yield (name,), value
    for name in ("aliases", "weak_aliases"):
        if visit.form(name).strip() != _lines(getattr(record, name)):
            yield (name,), list(_names(visit.form(name)))
    for name in ("same_as", "not_same_as", "tags"):
        listed = [one.strip() for one in visit.form(name).split("\n") if one.strip()]
        if listed != list(getattr(record, name)):
            yield (name,), listed
    if (place := _location(visit)) != _place_of(record):
        yield ("location",), place
    if (relations := list(_relations(visit))) != [_relation_of(one) for one in record.relations]:
        yield ("relations",), relations


def _names(text: str) -> Iterator[Value]:
    for line in filter(None, map(str.strip, text.split("\n"))):
        name, _, lang = (part.strip() for part in line.partition("|"))
        yield {"name": name, "lang": lang} if lang else name


def _location(visit: Visit) -> Value | None:
    """Raises EditError."""
    lat, lon = visit.form("lat").strip(), visit.form("lon").strip()
    if not lat and not lon:
        return None
    try:
        place: dict[str, Value] = {"lat": float(lat), "lon": float(lon)}
    except ValueError:
        raise EditError(visit.t("no_coordinates", lat=lat, lon=lon)) from None
    return place | ({"precision": visit.form("precision")} if visit.form("precision") else {})


def _place_of(record: Record) -> Value | None:
    if record.location is None:
        return None
    place: dict[str, Value] = {"lat": record.location.lat, "lon": record.location.lon}
    return place | ({"precision": record.location.precision} if record.location.precision else {})


def _relations(visit: Visit) -> Iterator[dict[str, Value]]:
    """Those that the form has, in its order, without those that were emptied."""
    listed = zip(*(visit.request.form.getlist(f"relation-{name}") for name in _RELATION), strict=True)
    for values in listed:
        given: dict[str, Value] = {
            name: value.strip() for name, value in zip(_RELATION, values, strict=True) if value.strip()
        }
        if given:
            yield given


def _relation_of(relation: object) -> dict[str, Value]:
    return {name: value for name in _RELATION if (value := str(getattr(relation, name)))}


def decide(visit: Visit, id_: str) -> Response:
    """Take or turn down what waits in a record."""
    path = path_of(id_)
    waiting = {json.dumps(one.mark): one for one in visit.desk.index.offers.get(path, ())}
    open_ = waiting.get(visit.form("mark"))
    if open_ is None:
        raise EditError(visit.t("changed_meanwhile"))
    taken = visit.form("decision") == "accept"
    words = visit.t("did.accept" if taken else "did.reject", name=open_.value)
    visit.desk.decide_record(path, open_, RecordDecision(taken, visit.form("words").strip()), words)
    visit.desk.say(words)
    return go(f"/record/{id_}")


def create(visit: Visit) -> Response:
    """A record by hand. Raises EditError where there is one of that id."""
    title, type_ = visit.form("title").strip(), visit.form("type")
    id_ = slug(title)
    if not id_ or type_ not in ENTITY_TYPES:
        raise EditError(visit.t("check_no_title"))
    if id_ in visit.desk.index.records:
        raise EditError(visit.t("there_already", id=id_))
    text = write_record(DraftRecord(id_, title, type_, status="reviewed"), templates(visit.desk.root))

    def change(repository: Repository) -> None:
        repository.write(path_of(id_), text)

    def there() -> bool:
        return (visit.desk.root / path_of(id_)).exists()

    visit.desk.write(there, change, visit.t("did.record", name=title))
    return go(f"/record/{id_}")


def publish(visit: Visit, id_: str) -> Response:
    record = visit.desk.index.records[id_]
    words = visit.t("did.publish", name=record.title)
    try:
        visit.desk.publish([record.path], visit.form("seen"), accept=True, words=words)
    except NotPublishedError as error:
        problems = [one for made in error.made for one in made.problems]
        visit.desk.say(visit.t.count("in_the_way", len(problems)), "wrong")
        return visit.page("record.html", **_context(visit.desk, record, problems))
    visit.desk.say(words)
    return go(f"/record/{id_}")
