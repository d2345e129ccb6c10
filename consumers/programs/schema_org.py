"""Linked data: PyLD expands it, and the vocabulary of schema.org (as schema-dts has it) says what may stand where."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

from pyld import jsonld

from consumers.frame import HERE, Built, Row, node_version, python_version

VOCABULARY = "https://schema.org/"
GOOGLES = {"query-input"}
"""What Google's documentation of the search box adds to the vocabulary."""
REVIEWED = ("claimReviewed", "itemReviewed", "reviewRating", "author", "url")
"""What search engines ask of a ClaimReview (https://developers.google.com/search/docs/appearance/structured-data/factcheck)."""
DATA_TYPES = {"Text", "URL", "Date", "DateTime", "Time", "Number", "Integer", "Float", "Boolean"}


def rows(built: Built) -> Iterator[Row]:
    version = node_version("schema-dts")
    graph = built.json("site.jsonld")
    expanded = _expanded(graph)
    yield Row(
        "PyLD",
        python_version("pyld"),
        "nodes of `site.jsonld` that it expands",
        len(graph["@graph"]),
        len(expanded),
    )
    known = _vocabulary()
    wrong = sorted(set(_wrong(graph["@graph"], known)))
    yield Row(
        "schema.org (schema-dts)",
        version,
        "properties of `site.jsonld` beyond their domain or range",
        0,
        len(wrong),
    )
    reviews = [one for one in graph["@graph"] if one.get("@type") == "ClaimReview"]
    whole = [one for one in reviews if all(one.get(name) for name in REVIEWED)]
    yield Row(
        "schema.org (schema-dts)",
        version,
        "checked claims that are a ClaimReview with all that it needs",
        _rows(built, "claim_reviews"),
        len(whole),
    )
    pages = list(_pages(built))
    wrong_there = sorted({one for _, nodes in pages for one in _wrong(nodes, known)})
    yield Row(
        "schema.org (schema-dts)",
        version,
        "properties of JSON-LD in pages beyond their domain or range",
        0,
        len(wrong_there),
    )
    (built.work / "wrong.txt").write_text("\n".join([*wrong, "-- pages", *wrong_there]), encoding="utf-8")


def _rows(built: Built, table: str) -> int:
    with (built.exports / "csv" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return sum(1 for _ in csv.reader(file)) - 1


def _expanded(graph: dict[str, Any]) -> list[Any]:
    def here(url: str, _options: object) -> dict[str, Any]:
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": {"@context": {"@vocab": VOCABULARY}},
        }

    return list(
        jsonld.expand(graph, {"documentLoader": here, "base": "https://dossier.example/x/data/site.jsonld"})
    )


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in = tag == "script" and ("type", "application/ld+json") in attrs

    def handle_data(self, data: str) -> None:
        if self._in:
            self.found.append(data)
            self._in = False


def _pages(built: Built) -> Iterator[tuple[str, list[Any]]]:
    for file in sorted(built.site.rglob("*.html")):
        parser = _Scripts()
        parser.feed(file.read_text(encoding="utf-8"))
        for text in parser.found:
            read = json.loads(text)
            yield file.as_posix(), read.get("@graph", [read])


def _vocabulary() -> dict[str, dict[str, set[str]]]:
    """Type -> property -> types that it may have, those above included; `is` holds the types that a type is a kind of."""
    text = (HERE / "node_modules" / "schema-dts" / "dist" / "schema.d.ts").read_text(encoding="utf-8")
    own: dict[str, dict[str, set[str]]] = {}
    above: dict[str, list[str]] = {}
    for name, bases, body in re.findall(
        r"interface (\w+?)(?:Base|Leaf) extends ([^{]+)\{(.*?)\n\}", text, re.DOTALL
    ):
        found = {
            p: set(re.findall(r"\w+", range_))
            for p, range_ in re.findall(r'"(\w+)"\?: SchemaValue<([^,>]+),', body)
        }
        own.setdefault(name, {}).update(found)
        bases_ = [
            one.strip().removesuffix("Base") for one in bases.split(",") if one.strip().endswith("Base")
        ]
        above.setdefault(name, []).extend(base for base in bases_ if base != name)
    return {name: {**_inherited(name, own, above), "is": set(_kinds(name, above))} for name in own}


def _inherited(
    name: str, own: dict[str, dict[str, set[str]]], above: dict[str, list[str]]
) -> dict[str, set[str]]:
    merged: dict[str, set[str]] = {}
    for kind in _kinds(name, above):
        for property_, range_ in own.get(kind, {}).items():
            merged[property_] = merged.get(property_, set()) | range_
    return merged


def _kinds(name: str, above: dict[str, list[str]]) -> Iterator[str]:
    yield name
    for one in above.get(name, []):
        yield from _kinds(one, above)


def _wrong(nodes: list[Any], known: dict[str, dict[str, set[str]]]) -> Iterator[str]:
    types = {one["@id"]: one["@type"] for one in nodes if "@id" in one and "@type" in one}
    for one in nodes:
        yield from _of(one, types, known)


def _of(one: dict[str, Any], types: dict[str, Any], known: dict[str, dict[str, set[str]]]) -> Iterator[str]:
    kinds = _list(one.get("@type", "Thing"))
    for property_, value in one.items():
        if property_.startswith("@") or ":" in property_ or property_ in GOOGLES:
            continue
        ranges = set().union(*(known.get(kind, {}).get(property_, set()) for kind in kinds))
        if not ranges:
            yield f"{'/'.join(kinds)}.{property_}"
            continue
        for each in _list(value):
            if isinstance(each, dict):
                there = _list(each.get("@type") or types.get(each.get("@id", "")) or [])
                allowed = not there or any(
                    kind in ranges for type_ in there for kind in known.get(type_, {}).get("is", {type_})
                )
                if not allowed:
                    yield f"{'/'.join(kinds)}.{property_} -> {'/'.join(there)}"
                yield from _of(each, types, known) if "@type" in each else ()
            elif not ranges & DATA_TYPES and not (isinstance(each, str) and _address(each)):
                yield f"{'/'.join(kinds)}.{property_} -> a text"


def _address(text: str) -> bool:
    return text.startswith(("https://", "http://"))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else [value]
