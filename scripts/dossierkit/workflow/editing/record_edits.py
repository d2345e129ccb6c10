"""A record's fields for a form, and the record with fields that the form returns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from dossierkit.model.record import Name, Record
from dossierkit.store import schema
from dossierkit.store.draft import write_record
from dossierkit.store.edit import EditError
from dossierkit.store.edit_values import Value
from dossierkit.store.schema import names
from dossierkit.text.fold import fold
from dossierkit.text.recordfacts import fact_properties
from dossierkit.workflow.editing.field_edits import Field, id_for, lines_of, with_body, with_fields
from dossierkit.workflow.editing.value_checks import refuse_type
from dossierkit.workflow.proposing import templates

RELATION = names(schema.RELATION)
LISTS = ("aliases", "weak_aliases", "same_as", "not_same_as", "tags")
"""Fields with one value per line."""
STATUSES = ("draft", "reviewed", "published")
_ORDER = names(schema.RECORD)
PLACE = ("lat", "lon", "precision")


def texts() -> tuple[str, ...]:
    """The names of fields with a single value."""
    return ("title", "type", "description", *fact_properties(), "status")


def fields_of(record: Record) -> dict[str, str]:
    """The fields by name, with `lat`, `lon`, `precision` and `body`; names one per line, each with its language after a bar."""
    place = record.location
    return {
        **{name: record.stated(name) for name in texts()},
        **{name: _lines(getattr(record, name)) for name in LISTS},
        "lat": str(place.lat) if place else "",
        "lon": str(place.lon) if place else "",
        "precision": place.precision if place else "",
        "body": record.body,
    }


def _lines(values: Iterable[Name | str]) -> str:
    return "\n".join(
        value if isinstance(value, str) else f"{value.text} | {value.lang}" if value.lang else value.text
        for value in values
    )


def relations_of(record: Record) -> list[dict[str, str]]:
    return [{name: str(getattr(relation, name)) for name in RELATION} for relation in record.relations]


def with_record_fields(
    text: str, record: Record, given: Mapping[str, str], relations: Sequence[Mapping[str, str]] | None = None
) -> str:
    """The record with those given fields that differ; other fields stay.

    `relations`: all relations, or None to leave them as they are. Raises EditError, DiagnosticsError.
    """
    body = given.get("body", record.body)
    text = text if body.strip() == record.body.strip() else with_body(text, body)
    fields = [*_changed(record, given), *(_relations(record, relations) if relations is not None else ())]
    return with_fields(text, record.path, fields, _ORDER)


def _changed(record: Record, given: Mapping[str, str]) -> Iterator[Field]:
    before = fields_of(record)
    for name in ("title", "description", *fact_properties(), "status", "type"):
        if (value := given.get(name, before[name]).strip()) != before[name]:
            yield (name,), value
    for name in LISTS:
        if (value := given.get(name, before[name]).strip()) != before[name]:
            yield (name,), list(_names(value) if name.endswith("aliases") else lines_of(value))
    place = {name: given.get(name, before[name]).strip() for name in PLACE}
    if place != {name: before[name] for name in PLACE}:
        yield ("location",), _location(place)


def _names(text: str) -> Iterator[Value]:
    for line in lines_of(text):
        name, _, lang = (part.strip() for part in line.partition("|"))
        yield {"name": name, "lang": lang} if lang else name


def _location(place: Mapping[str, str]) -> Value | None:
    """The value of `location`; None without coordinates. Raises EditError."""
    lat, lon, precision = (place[name] for name in PLACE)
    if not lat and not lon:
        return None
    try:
        made: dict[str, Value] = {"lat": float(lat), "lon": float(lon)}
    except ValueError:
        raise EditError(
            "“{lat}, {lon}” are not coordinates: give degrees such as 46.2 and 6.15", lat=lat, lon=lon
        ) from None
    return made | ({"precision": precision} if precision else {})


def _relations(record: Record, given: Iterable[Mapping[str, str]]) -> Iterator[Field]:
    """The relations in the order given, without emptied ones."""
    wanted = [_relation(mapping) for mapping in given if any(value.strip() for value in mapping.values())]
    if wanted != [_relation(one) for one in relations_of(record)]:
        yield ("relations",), list(wanted)


def _relation(given: Mapping[str, str]) -> dict[str, Value]:
    return {name: value.strip() for name in RELATION if (value := given.get(name, "")).strip()}


def names_of_others(id_: str, records: Mapping[str, Record]) -> Iterator[tuple[str, str]]:
    """The names of a record that other records have too, each with the id of one: nobody can tell whom a text means."""
    others = {
        fold(name.text): other.id
        for other in records.values()
        if other.id != id_ and other.status != "withdrawn"
        for name in other.strong_names
    }
    for name in records[id_].strong_names:
        if fold(name.text) in others:
            yield name.text, others[fold(name.text)]


def new_record(root: Path, title: str, type_: str, records: Mapping[str, Record]) -> tuple[str, str]:
    """The id and the text of a new record. Raises EditError if the id exists, or the title has no letters."""
    id_ = id_for(title)
    refuse_type(type_)
    if id_ in records:
        raise EditError("`{id}` exists already", id=id_)
    return id_, write_record(Record(id_, title, type_, status="reviewed"), templates(root))
