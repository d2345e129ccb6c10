"""The origin of a claim in the terms of PROV-O (https://www.w3.org/TR/prov-o/) and Dublin Core; schema.org has no terms for it.

No editor is named: decisions are attributed to the site's publisher. The day of a decision is not recorded;
`dcterms:available` is the day on which the page was published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dossierkit.evidence.gathering import Evidence, Supported
from dossierkit.model.provenance import ClaimOrigin, Said, said
from dossierkit.site.interface import Site
from dossierkit.site.jsonld.terms import Node, known


def provenance(evidence: Evidence, item: Supported, site: Site, origins: Mapping[Said, ClaimOrigin]) -> Node:
    """The program (with version) that proposed an entry, the publisher if it decided on the entry, the original that is
    quoted, and the day of publication.
    """
    arrival, origin = site.arrivals.get(evidence.id), origins.get(said(item.entry))
    return known(
        {
            "prov:wasQuotedFrom": None if item.waived else original(evidence.page.source.sha256),
            "prov:wasAttributedTo": list(_agents(origin, site)) if origin else None,
            "dcterms:available": arrival.arrived if arrival else "",
        }
    )


def original(sha256: str) -> Node | None:
    """The copy of a text as received, by its identifier in provenance exports; None without a hash."""
    return {"@id": f"urn:dossierkit:sha256-{sha256}"} if sha256 else None


def _agents(origin: ClaimOrigin, site: Site) -> Iterator[Node]:
    if origin.maker:
        yield {"@type": "prov:SoftwareAgent", "name": origin.maker}
    name = site.publication.publisher.name or site.publication.name
    if origin.became != "open" and name:
        yield {"@type": "prov:Organization", "name": name}
