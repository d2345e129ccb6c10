"""SKOS: rdflib reads the vocabulary, and the integrity conditions of the standard hold in it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from rdflib import RDF, Graph
from rdflib.namespace import SKOS

from consumers.frame import ADDRESS, Built, Row, python_version


def rows(built: Built) -> Iterator[Row]:
    graph = Graph().parse(
        data=built.text("records.skos.jsonld"), format="json-ld", publicID=f"{ADDRESS}data/"
    )
    version = python_version("rdflib")
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    pages = sum((built.site / str(one).removeprefix(ADDRESS) / "index.html").is_file() for one in concepts)
    yield Row("rdflib", version, "concepts of the vocabulary whose address is a page", _records(built), pages)
    twice = [
        one
        for one in concepts
        if len({label.language for label in graph.objects(one, SKOS.prefLabel)})
        != len(list(graph.objects(one, SKOS.prefLabel)))
    ]
    yield Row("rdflib", version, "concepts with two preferred labels in a language (S14)", 0, len(twice))
    kinds = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
    shared = [
        one
        for one in concepts
        for first, second in combinations(kinds, 2)
        if set(graph.objects(one, first)) & set(graph.objects(one, second))
    ]
    yield Row("rdflib", version, "concepts with a label of two kinds (S13)", 0, len(shared))
    related = [pair for pair in graph.subject_objects(SKOS.related) if pair[1] not in concepts]
    yield Row("rdflib", version, "relations to what is no concept", 0, len(related))


def _records(built: Built) -> int:
    return len((built.exports / "csv" / "entities.csv").read_text(encoding="utf-8-sig").splitlines()) - 1
