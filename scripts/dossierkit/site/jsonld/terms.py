"""Functions that every kind of page needs: dates, names, places in the site, and writing the script element."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dossierkit.model.media import Author
from dossierkit.model.page import ArticlePage
from dossierkit.model.plain import compact
from dossierkit.model.record import Record
from dossierkit.site.addresses import Addresses
from dossierkit.site.dateview import view
from dossierkit.text.links import web
from dossierkit.text.recordfacts import FactProperty, fact_properties

Node = Mapping[str, Any]

TYPES = {
    "person": "Person",
    "organization": "Organization",
    "place": "Place",
    "document": "CreativeWork",
    "event": "Event",
}
_SCHEMA = "https://schema.org"
# The datatype of the Library of Congress for EDTF (http://id.loc.gov/datatypes/edtf), which every curated date has.
_EDTF = {
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "dcterms:date": {"@type": "edtf:EDTF"},
}
# The provenance of claims (https://www.w3.org/TR/prov-o/), for which schema.org has no terms.
PROV = {"prov": "http://www.w3.org/ns/prov#"}
_WIKIDATA = "https://www.wikidata.org/entity/"
# Characters that could end a script element or be read as HTML, written as escapes.
_INERT = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)

_LIVE = tuple(map(chr, _INERT))


def script(nodes: Iterable[Node], base: str = "") -> str:
    """The nodes as JSON that is safe inside a script element. `base`: the address to which relative ones in it belong."""
    graph = list(nodes)
    used = {name.partition(":")[0] for node in graph for name in node if ":" in name}
    added = {
        **({"@base": base} if base else {}),
        **(_EDTF if "dcterms" in used else {}),
        **(PROV if "prov" in used else {}),
    }
    written = {"@context": [_SCHEMA, added] if added else _SCHEMA, "@graph": graph}
    text = compact(written)
    return text.translate(_INERT) if any(sign in text for sign in _LIVE) else text


def author(one: Author) -> Node:
    """A person by the parts of the name, or an organization. A name in one part is taken for a person's, as most are."""
    if one.organization:
        return {"@type": "Organization", "name": one.organization}
    node = {
        "@type": "Person",
        "name": one.shown,
        "givenName": one.given,
        "familyName": one.family,
        "sameAs": one.address,
    }
    return known(node)


def known(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values without empty ones."""
    return {name: value for name, value in values.items() if value or value == 0}


def day(edtf: str) -> str:
    """A day, month or year that is certain, in ISO 8601; empty for vaguer dates, which schema.org cannot express."""
    return view(edtf, "en").machine


def same_as(record: Record) -> list[str]:
    """The identifiers that are web addresses, and the entity's own web addresses."""
    own = (value for name, value in record.facts if fact_properties()[name].schema == "sameAs")
    named = (value.replace("wikidata:", _WIKIDATA, 1) for value in record.same_as)
    return [address for value in (*named, *own) if (address := web(value))]


def facts(stated: Iterable[tuple[str, str]], properties: Mapping[str, FactProperty]) -> Node:
    """The facts that have a schema.org property; identifiers are in `same_as`."""
    return {
        one.schema: said
        for name, value in stated
        if (one := properties[name]).schema not in {"", "sameAs"}
        and (said := day(value) if one.kind == "edtf" else value)
    }


def entity(record: Record, where: Addresses, path: str, *, unreviewed: bool = False) -> Node:
    """An entity as other nodes refer to it; `path`: of its page, whose address is its `@id`, relative to the page `where`.

    `unreviewed`: whether it is undecided that it is meant.
    """
    node = {
        "@type": TYPES[record.type],
        "@id": where.relative(path),
        "name": record.title,
        "sameAs": same_as(record),
        "disambiguatingDescription": where.site.strings("unreviewed")
        if unreviewed or record.unreviewed
        else "",
    }
    return known(node)


def article(page: ArticlePage, where: Addresses, path: str) -> Node:
    """An article as other nodes refer to it."""
    node = {
        "@type": "NewsArticle",
        "headline": page.title,
        "url": where.page(path),
        "datePublished": day(page.date),
    }
    return known(node)


def site(where: Addresses) -> Node:
    return known(
        {"@type": "WebSite", "name": where.site.publication.name, "url": where.page("index.md") or "./"}
    )


def trail(where: Addresses, steps: Iterable[tuple[str, str]]) -> Node:
    """The breadcrumb of a page: (title, path) pairs from the home page to it."""
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": {"@id": where.page(path)}}
        for number, (name, path) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
