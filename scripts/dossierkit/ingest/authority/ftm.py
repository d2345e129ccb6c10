"""FollowTheMoney entities, one JSON object in each line -> records. Relations are left out, because they need quotes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from dossierkit.ingest.authority.facts import (
    MOST_VALUES,
    ImportedEntry,
    Value,
    agreed,
    malformed_fact,
    records,
    within_bounds,
)
from dossierkit.ingest.authority.graph import Placed, lines, mapping, texts
from dossierkit.ingest.authority.mapping import ColumnMapping
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.imported import ImportReading
from dossierkit.text.data import load
from dossierkit.text.identifier import malformed
from dossierkit.text.printable import visible
from dossierkit.text.recordfacts import fact_properties

_SHOWN_LINES = 5


def read(text: str, path: str, column_mapping: ColumnMapping) -> ImportReading:
    """The people, organisations, places, documents and events. Raises DiagnosticsError with every problem."""
    schemata = {**load("importing")["ftm_schemata"], **column_mapping.types}
    left = _LeftOut()
    made = records(_entries(lines(text, path), schemata, left, path), path)
    return ImportReading(made, tuple(left.notes()))


@dataclass(frozen=True, slots=True)
class _LeftOut:
    """What does not become part of a record: entities by schema; lines of records by what they lost."""

    schemata: Counter[str] = field(default_factory=Counter)
    parts: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))

    def notes(self) -> Iterator[str]:
        if self.schemata:
            counted = ", ".join(
                f"{number} {visible(schema)[:80]}" for schema, number in sorted(self.schemata.items())
            )
            yield f"left out: {counted} (only people, organisations, places, documents and events become records)"
        for what, found in sorted(self.parts.items()):
            shown = ", ".join(map(str, found[:_SHOWN_LINES]))
            more = f" and {len(found) - _SHOWN_LINES:,} more" if len(found) > _SHOWN_LINES else ""
            yield f"left out: {what}, line{'s' * (len(found) > 1)} {shown}{more}"


def _entries(
    listed: Iterable[Placed], schemata: Mapping[str, str], left: _LeftOut, path: str
) -> Iterator[ImportedEntry | Diagnostic]:
    """The entities of known schemata; what is left out is noted in `left`."""
    for placed in listed:
        schema = placed.node.get("schema")
        if not isinstance(schema, str) or not isinstance(placed.node.get("id"), str):
            message = (
                "expected an entity of FollowTheMoney, with `id`, `schema` and `properties`: correct the line"
            )
            yield Diagnostic(path, placed.line, 1, "D430", message)
        elif schema not in schemata:
            left.schemata[schema] += 1
        else:
            yield from _entry(placed, schemata[schema], left)


def _entry(placed: Placed, type_: str, left: _LeftOut) -> Iterator[ImportedEntry]:
    """The entry of an entity; none if all its names are too long."""
    properties = mapping(placed.node.get("properties"))
    found = [Value("type", type_), *_values(properties), *_facts(properties, placed.line, left)]
    titled = _titled(placed.node.get("caption"), found)
    values = within_bounds(titled)
    if titled[0].field == "title" and values[:1] != (titled[0],):
        left.parts["records whose names are all too long"].append(placed.line)
        return
    if len(values) < len(titled):
        left.parts[f"values that are too long, or more than {MOST_VALUES} of one record"].append(placed.line)
    yield ImportedEntry(values, placed.line, key=str(placed.node["id"])[:200])


def _titled(caption: object, values: Sequence[Value]) -> list[Value]:
    """The values with a title: the caption, or else the first name; one that a record takes, if there is one."""
    captions = [Value("title", text) for text in texts(caption)]
    names = [replace(value, field="title") for value in values if value.field == "aliases"]
    return [*(within_bounds([*captions, *names])[:1] or captions[:1] or names[:1]), *values]


def _values(properties: dict[str, Any]) -> Iterator[Value]:
    schemes = load("identifiers")
    for name, field_ in load("importing")["ftm_properties"].items():
        for text in texts(properties.get(name)):
            if field_ not in schemes:
                yield Value(field_, text)
            elif not malformed(f"{field_}:{text}"):  # some exporters put other values there
                yield Value("same_as", f"{field_}:{text}")
    yield from _place(properties)


def _facts(properties: dict[str, Any], line: int, left: _LeftOut) -> Iterator[Value]:
    """The facts with one value. Where several dates contradict each other, none is taken: an aggregate of lists has them all."""
    for fact in fact_properties().values():
        given = [text for text in texts(properties.get(fact.ftm)) if not malformed_fact(fact.name, text)]
        value = agreed(given) if fact.kind == "edtf" else next(iter(given), "")
        if value:
            yield Value(fact.name, value)
        elif given:
            left.parts[f"{fact.name}, for which several dates are given"].append(line)


def _place(properties: dict[str, Any]) -> Iterator[Value]:
    both = [texts(properties.get(name)) for name in ("latitude", "longitude")]
    if all(both):
        yield Value("lat", both[0][0])
        yield Value("lon", both[1][0])
        yield from _first(texts(properties.get("remarks")))


def _first(remarks: Iterable[str]) -> Iterator[Value]:
    """The precision, if `dossier export ftm` wrote it."""
    yield from [
        Value("precision", remark) for remark in remarks if remark in {"exact", "city", "region", "country"}
    ][:1]
