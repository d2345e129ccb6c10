"""The records as a SKOS vocabulary (https://www.w3.org/TR/skos-reference/), in JSON-LD without remote context."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from dossierkit.export.dataset import Dataset
from dossierkit.export.lines import compact, listed
from dossierkit.model.record import ENTITY_TYPES, Name, Record
from dossierkit.text.identifier import address
from dossierkit.text.links import web

_LABELS = ("prefLabel", "altLabel", "hiddenLabel", "definition", "editorialNote")
_LINKS = ("inScheme", "exactMatch", "related", "member")
_CONTEXT: dict[str, Any] = {
    "@vocab": "http://www.w3.org/2004/02/skos/core#",
    **{name: {"@container": "@set"} for name in _LABELS},
    **{name: {"@type": "@id", "@container": "@set"} for name in _LINKS},
}


def skos(data: Dataset) -> Iterator[str]:
    """A scheme, a concept for each record, and a collection for each type: one node in each line."""
    based = {} if data.site.publication.address else {"@base": "../"}
    nodes = chain([_scheme(data)], (_concept(data, record) for record in data.records()), _collections(data))
    return listed(f'{{"@context":{compact({**based, **_CONTEXT})},"@graph":[', map(compact, nodes), "]}")


def _home(data: Dataset) -> str:
    return data.address("entities/index.md")


def _scheme(data: Dataset) -> dict[str, Any]:
    return {
        "@id": _home(data),
        "@type": "ConceptScheme",
        "prefLabel": [_text(data, data.site.publication.name)],
    }


def _concept(data: Dataset, record: Record) -> dict[str, Any]:
    label = Name(record.title)
    aliases = _others(record.other_names, {(label.text, data.t.lang)}, data)
    hidden = _others(record.weak_aliases, {(record.title, data.t.lang), *aliases}, data)
    related = dict.fromkeys(
        other.id for _, _, other in data.frame.relations_of(record) if other.id != record.id
    )
    said = {
        "@id": data.entity_address(record.id),
        "@type": "Concept",
        "inScheme": [_home(data)],
        "prefLabel": [_text(data, record.title)],
        "altLabel": [_text(data, *name) for name in aliases],
        "hiddenLabel": [_text(data, *name) for name in hidden],
        "definition": [_text(data, record.description)] if record.description else [],
        "editorialNote": [_text(data, data.t("unreviewed"))] if record.unreviewed else [],
        "exactMatch": list(dict.fromkeys(filter(None, (web(address(one)) for one in record.same_as)))),
        "related": [data.entity_address(id_) for id_ in related],
    }
    return {name: value for name, value in said.items() if value}


def _others(names: Iterable[Name], taken: set[tuple[str, str]], data: Dataset) -> dict[tuple[str, str], None]:
    """Names with their language, without those used already: two kinds of label must not be equal (S13)."""
    found = dict.fromkeys((name.text, name.lang or data.t.lang) for name in names)
    return {name: None for name in found if name not in taken}


def _collections(data: Dataset) -> Iterator[dict[str, Any]]:
    for kind in ENTITY_TYPES:
        members = [data.entity_address(record.id) for record in data.records() if record.type == kind]
        if members:
            label = [_text(data, data.t(f"types.{kind}.many"))]
            yield {
                "@id": f"{_home(data)}#{kind}",
                "@type": "Collection",
                "prefLabel": label,
                "member": members,
            }


def _text(data: Dataset, text: str, lang: str = "") -> dict[str, str]:
    return {"@value": text, "@language": lang or data.t.lang}
