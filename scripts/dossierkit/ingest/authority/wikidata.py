"""Wikidata entity JSON (a file of Special:EntityData, an array, or an object in each line) -> records."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from dossierkit.ingest.authority.facts import ImportedEntry, Value, agreed, records
from dossierkit.ingest.authority.graph import Node, Placed, document, lines, mapping, texts, within
from dossierkit.ingest.authority.mapping import ColumnMapping
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.model.imported import ImportReading
from dossierkit.text.data import load
from dossierkit.text.identifier import malformed
from dossierkit.text.recordfacts import fact_properties

_ITEM = re.compile(r"Q[1-9]\d{0,11}\Z")
_DAY = re.compile(r"\+(\d{4})-(\d\d)-(\d\d)T")
LANGUAGES = ("en", "fr", "ar")
"""Names are taken in these and in the language that `--lang` names; an item has hundreds."""


def read(text: str, path: str, column_mapping: ColumnMapping) -> ImportReading:
    """The items as records. Raises DiagnosticsError with every problem."""
    entries = (_entry(placed, column_mapping, path) for placed in _items(text, path))
    return ImportReading(records(entries, path))


def _items(text: str, path: str) -> list[Placed]:
    if text.lstrip("\ufeff \n\r\t").startswith("{") and "\n{" in text.strip():
        return lines(text, path)
    value = document(text, path)
    nodes = mapping(value).get("entities", value)
    listed = list(nodes.values()) if isinstance(nodes, dict) and "labels" not in nodes else nodes
    listed = listed if isinstance(listed, list) else [listed]
    return within(text, ((f'"{mapping(one).get("id", "")}"', mapping(one)) for one in listed), path)


def _entry(placed: Placed, column_mapping: ColumnMapping, path: str) -> ImportedEntry | Diagnostic:
    node, line = placed.node, placed.line
    if not _ITEM.match(str(node.get("id", ""))):
        message = "expected an item of Wikidata, whose `id` is Q and a number: correct or remove it"
        return Diagnostic(path, line, 1, "D430", message)
    wanted = tuple(dict.fromkeys(filter(None, (column_mapping.lang, *LANGUAGES))))
    values = [*_names(node, wanted), *_claims(node)]
    values.append(Value("same_as", f"wikidata:{node['id']}"))
    type_ = _type(node) or column_mapping.type
    if type_:
        values.append(Value("type", type_))
    return ImportedEntry(tuple(values), line, key=f"wikidata:{node['id']}")


def _names(node: Node, wanted: tuple[str, ...]) -> Iterator[Value]:
    """The title in the first language that has one, labels and aliases in the languages asked for, description in the first."""
    labels, aliases, about = (mapping(node.get(name)) for name in ("labels", "aliases", "descriptions"))
    order = (*wanted, "mul", *sorted(labels))
    first = next((lang for lang in order if _text(labels.get(lang))), "")
    if first:
        yield Value("title", _text(labels[first]))
    for lang in wanted:
        also = aliases.get(lang)
        for one in (labels.get(lang), *(also if isinstance(also, list) else ())):
            if _text(one):
                yield Value("aliases", _text(one), lang)
    if first and _text(about.get(first)):
        yield Value("description", _text(about[first]))


def _text(value: object) -> str:
    return next(iter(texts(mapping(value).get("value"))), "").strip()


def _type(node: Node) -> str:
    classes = {str(mapping(value).get("id", "")) for value in _values(node, "P31")}
    known = load("importing")["wikidata_types"]
    return next((str(type_) for type_, ids in known.items() if classes & set(ids)), "")


def _values(node: Node, property_: str) -> Iterator[Any]:
    """The values of a claim, preferred ones first, without deprecated and unknown ones."""
    yield from (value for _, value in sorted(_ranked(node, property_), key=itemgetter(0)))


def _best(node: Node, property_: str) -> Iterator[Any]:
    """The values of the preferred claims, or of all if none is preferred."""
    ranked = list(_ranked(node, property_))
    preferred = min((rank for rank, _ in ranked), default=0)
    yield from (value for rank, value in ranked if rank == preferred)


def _ranked(node: Node, property_: str) -> Iterator[tuple[int, Any]]:
    """The values of a claim in its order, each with 0 if it is preferred, else 1; no deprecated and unknown ones."""
    listed = mapping(node.get("claims")).get(property_)
    for claim in map(mapping, listed if isinstance(listed, list) else ()):
        value = mapping(mapping(claim.get("mainsnak")).get("datavalue")).get("value")
        if claim.get("rank") != "deprecated" and value is not None:
            yield int(claim.get("rank") != "preferred"), value


def _claims(node: Node) -> Iterator[Value]:
    for property_, scheme in load("importing")["wikidata_identifiers"].items():
        for text in texts(list(_values(node, property_))):
            identifier = f"{scheme}:{text.replace(' ', '')}"
            if not malformed(identifier):
                yield Value("same_as", identifier)
    for fact_property in fact_properties().values():
        if fact_property.kind == "edtf":
            dates = [date for value in _best(node, fact_property.wikidata) for date in _date(value)]
            found = [date for date in (agreed(dates),) if date]
        else:
            found = [text for value in _values(node, fact_property.wikidata) for text in texts(value)]
        yield from (Value(fact_property.name, text) for text in found[:1])
    point = next((mapping(value) for value in _values(node, "P625")), {})
    both = [texts(point.get(name)) for name in ("latitude", "longitude")]
    if (
        all(both)
        and _type(node) == "place"
        and all(isinstance(point[name], int | float) for name in ("latitude", "longitude"))
    ):
        yield from (
            Value(field, f"{float(at[0]):.5f}") for field, at in zip(("lat", "lon"), both, strict=True)
        )


def _date(value: object) -> Iterator[str]:
    """A date as EDTF with its precision (9: year, 10: month, 11: day)."""
    node = mapping(value)
    match = _DAY.match(str(node.get("time", "")))
    precision = node.get("precision")
    if match and isinstance(precision, int) and 9 <= precision <= 11:
        yield "-".join(match.groups()[: precision - 8])
