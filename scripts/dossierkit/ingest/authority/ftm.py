"""FollowTheMoney entities, one JSON object in each line -> records. Relations are left out, because they need quotes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from dossierkit.ingest.authority.facts import ImportedEntry, Value, malformed_fact, records
from dossierkit.ingest.authority.graph import Placed, lines, mapping, texts
from dossierkit.ingest.authority.mapping import ColumnMapping
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.imported import ImportReading
from dossierkit.text.data import load
from dossierkit.text.identifier import malformed
from dossierkit.text.printable import visible
from dossierkit.text.recordfacts import fact_properties


def read(text: str, path: str, column_mapping: ColumnMapping) -> ImportReading:
    """The people, organisations, places, documents and events. Raises DiagnosticsError with every problem."""
    facts = load("importing")
    schemata = {**facts["ftm_schemata"], **column_mapping.types}
    left: Counter[str] = Counter()
    made = records(_entries(lines(text, path), schemata, left, path), path)
    return ImportReading(made, tuple(_notes(left)))


def _entries(
    listed: Iterable[Placed], schemata: Mapping[str, str], left: Counter[str], path: str
) -> Iterator[ImportedEntry | Diagnostic]:
    """The entities of known schemata; the others are counted in `left`."""
    for placed in listed:
        schema = placed.node.get("schema")
        if not isinstance(schema, str) or not isinstance(placed.node.get("id"), str):
            message = (
                "expected an entity of FollowTheMoney, with `id`, `schema` and `properties`: correct the line"
            )
            yield Diagnostic(path, placed.line, 1, "D430", message)
        elif schema not in schemata:
            left[schema] += 1
        else:
            yield _entry(placed, schemata[schema])


def _notes(left: Counter[str]) -> Iterator[str]:
    if left:
        counted = ", ".join(f"{number} {visible(schema)[:80]}" for schema, number in sorted(left.items()))
        yield f"left out: {counted} (only people, organisations, places, documents and events become records)"


def _entry(placed: Placed, type_: str) -> ImportedEntry:
    properties = mapping(placed.node.get("properties"))
    values = [Value("type", type_), *_values(properties)]
    caption = placed.node.get("caption")
    names = [at for at, value in enumerate(values) if value.field == "aliases"]
    if isinstance(caption, str) and caption.strip():
        values.append(Value("title", caption))
    elif names:
        first = values[names[0]]
        values[names[0]] = Value("title", first.text)
    return ImportedEntry(tuple(values), placed.line, key=str(placed.node["id"])[:200])


def _values(properties: dict[str, Any]) -> Iterator[Value]:
    facts = {
        **load("importing")["ftm_properties"],
        **{fact_property.ftm: fact_property.name for fact_property in fact_properties().values()},
    }
    schemes = load("identifiers")
    for name, field in facts.items():
        for text in texts(properties.get(name)):
            if field in fact_properties() and malformed_fact(field, text):
                continue  # values without https:// are common there
            if field not in schemes:
                yield Value(field, text)
            elif not malformed(f"{field}:{text}"):  # some exporters put other values there
                yield Value("same_as", f"{field}:{text}")
    yield from _place(properties)


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
