"""FollowTheMoney entities, one JSON object in each line (https://followthemoney.tech): events, documentation and relations with
their proof.

The model has no property for a quote. `dossier export ftm` puts it into `summary`; others put words of the source
there or into `description`. The first of the two that is present is taken for the quote, and refused if it is not in
the article.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from dossierkit.ingest.authority.graph import Node, Placed, lines
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.foreign import ForeignArticle, ForeignEntity, ForeignItem, ForeignReading
from dossierkit.text.data import load

_EDTF = "EDTF "
_HEX = 64
_ABOUT = ("involved", "organizer", "addressEntity")


def read(text: str, path: str) -> ForeignReading:
    """Statements about documents. Raises DiagnosticsError with every problem (D430, D432)."""
    placed = lines(text, path)
    wrong = [one for one in placed if not _whole(one.node)]
    if wrong:
        message = (
            "expected an entity of FollowTheMoney, with `id`, `schema` and `properties`: correct the line"
        )
        raise DiagnosticsError([Diagnostic(path, one.line, 1, "D430", message) for one in wrong])
    graph = _Graph(path, {one.node["id"]: one.node for one in placed})
    items = tuple(item for one in placed for item in graph.items(one))
    used = {item.line for item in items}
    left = Counter(one.node["schema"] for one in placed if one.line not in used)
    listed = ", ".join(f"{number} {schema}" for schema, number in sorted(left.items()))
    return ForeignReading(items, (f"these say nothing of a document: {listed}",) if listed else ())


class _Graph:
    def __init__(self, path: str, nodes: Mapping[str, Node]) -> None:
        self._path, self._nodes = path, nodes
        self._links = {**load("ftm")["relations"], **load("importing")["ftm_links"]}

    def items(self, placed: Placed) -> Iterator[ForeignItem]:
        """One entity's statements about each of its documents; none for other schemata or without documents."""
        node, schema = placed.node, placed.node["schema"]
        documents = self._all(node, "document" if schema == "Documentation" else "proof")
        for document in documents:
            article, quote = _article(document), _quote(node)
            if schema == "Documentation":
                for entity in self._all(node, "entity"):
                    yield ForeignItem(
                        self._path, placed.line, "entity", article, quote, entities=(_entity(entity),)
                    )
            elif schema == "Event":
                about = tuple(_entity(one) for name in _ABOUT for one in self._all(node, name))
                heading = _first(node, "name")
                yield ForeignItem(
                    self._path, placed.line, "entry", article, quote, heading, _date(node), about
                )
            elif schema in self._links:
                yield from self._relations(placed, article, quote)

    def _relations(self, placed: Placed, article: ForeignArticle, quote: str) -> Iterator[ForeignItem]:
        node, link = placed.node, self._links[placed.node["schema"]]
        words = _first(node, link["says"]) or _words(link["types"])[0]
        for one in self._all(node, link["ends"][0]):
            for other in self._all(node, link["ends"][1]):
                pair = (_entity(one), _entity(other))
                if _turned(words, _words(link.get("turned", []))):
                    pair = pair[::-1]
                yield ForeignItem(
                    self._path, placed.line, "relation", article, quote, words, _date(node), pair
                )

    def _all(self, node: Node, name: str) -> list[Node]:
        return [self._nodes[id_] for id_ in _texts(node, name) if id_ in self._nodes]


def _whole(node: Node) -> bool:
    properties = node.get("properties")
    return (
        isinstance(node.get("id"), str)
        and isinstance(node.get("schema"), str)
        and isinstance(properties, dict)
    )


def _texts(node: Node, name: str) -> list[str]:
    """The values of a property: a list of texts, or of embedded entities."""
    values: Any = node["properties"].get(name, [])
    listed = values if isinstance(values, list) else [values]
    ids = (one.get("id") if isinstance(one, dict) else one for one in listed)
    return [" ".join(id_.split()) for id_ in ids if isinstance(id_, str) and id_.strip()]


def _first(node: Node, *names: str) -> str:
    return next((value for name in names for value in _texts(node, name)), "")


def _quote(node: Node) -> str:
    """The text that may be a quote; the description of a relation is not if it holds its date in EDTF."""
    said = (*_texts(node, "summary"), *_texts(node, "description"))
    return next((one for one in said if not one.startswith(_EDTF)), "")


def _article(node: Node) -> ForeignArticle:
    """A reference to the article; `contentHash` is often a SHA-1, so only values as long as a SHA-256 are used."""
    hashes = (text.lower() for text in _texts(node, "contentHash") if len(text) == _HEX)
    title, date = _first(node, "title", "name", "fileName"), _first(node, "publishedAt", "date")
    return ForeignArticle(title, tuple(_texts(node, "sourceUrl")), next(hashes, ""), date)


def _entity(node: Node) -> ForeignEntity:
    type_ = str(load("importing")["ftm_schemata"].get(node["schema"], ""))
    same_as = tuple(f"wikidata:{text}" for text in _texts(node, "wikidataId"))
    return ForeignEntity(_first(node, "name", "full"), type_, same_as)


def _date(node: Node) -> str:
    """A date as EDTF: an explicit EDTF value, else the date, else the span. Several dates are passed on, to be refused later."""
    exact = next(
        (
            text.removeprefix(_EDTF)
            for text in (*_texts(node, "notes"), *_texts(node, "description"))
            if text.startswith(_EDTF)
        ),
        "",
    )
    dates, start, end = _texts(node, "date"), _first(node, "startDate"), _first(node, "endDate")
    if exact or dates:
        return exact or " or ".join(dates)
    return f"{start or '..'}/{end or '..'}" if start or end else ""


def _words(listed: list[str | list[str]]) -> list[str]:
    return [word for one in listed for word in ([one] if isinstance(one, str) else one)]


def _turned(words: str, turned: list[str]) -> bool:
    """Whether a type is worded from the other's point of view: "led by"."""
    said = words.casefold()
    return any(said == one or said.endswith(f" {one}") for one in turned)
