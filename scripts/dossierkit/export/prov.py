"""Provenance of each claim as PROV-JSON (https://www.w3.org/submissions/prov-json/, for the W3C's PROV data model).

A claim is derived from the original by quotation, and attributed to the program that proposed it and to the editors
who decided on it. Unknown facts are left out: who decided, which is not recorded, and when, except that it was
before readers found the page as it is. The publisher of a page is named only if the site permits it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

from dossierkit.evidence.gathering import Evidence, Supported
from dossierkit.export.dataset import Dataset
from dossierkit.model.provenance import ClaimOrigin, said

_SITE, _OWN = "site", "dossier"
_EDITORS = f"{_SITE}:#editors"
_WORDS = {
    "accepted": "proposed by a program, and accepted by an editor as it was",
    "edited": "proposed by a program, and changed by an editor",
    "open": "proposed by a program; no editor has decided",
    "written": "written by an editor",
}


def prov(data: Dataset, articles: Iterable[Evidence] | None = None) -> Iterator[str]:
    """`articles`: the articles to include, by id; all if None."""
    document = _ProvDocument(data)
    listed = data.articles() if articles is None else sorted(articles, key=lambda evidence: evidence.id)
    for article in listed:
        document.article(article)
    yield json.dumps(document.as_mapping(), ensure_ascii=False, indent=1, sort_keys=True)
    yield "\n"


class _ProvDocument:
    """Collects the records of a document by identifier."""

    def __init__(self, data: Dataset) -> None:
        self._data = data
        self._records: defaultdict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
        self._records["agent"][_EDITORS] = {
            "prov:type": _qualified("prov:Organization"),
            "prov:label": data.site.publication.publisher.name or data.site.publication.name,
        }

    def as_mapping(self) -> dict[str, Any]:
        address = self._data.site.publication.address or "urn:dossier:"
        return {"prefix": {_SITE: address, _OWN: "urn:dossierkit:"}, **self._records}

    def article(self, article: Evidence) -> None:
        page, source = article.page, article.page.source
        here = self._name(self._data.article_address(article))
        original = f"{_OWN}:sha256-{source.sha256}" if source.sha256 else ""
        arrival = self._data.site.arrivals.get(page.id)
        self._put("entity", here, {
            "prov:type": f"{_OWN}:article",
            "prov:label": page.title,
            f"{_OWN}:status": page.status,
            f"{_OWN}:shownSince": arrival.arrived if arrival else "",
        })  # fmt: skip
        if original:
            self._put("entity", original, {
                "prov:type": f"{_OWN}:original",
                f"{_OWN}:sha256": source.sha256,
                f"{_OWN}:publisher": source.publisher,
                f"{_OWN}:published": page.date,
                f"{_OWN}:captured": source.captured,
                "prov:location": source.url,
            })  # fmt: skip
            self._relate("wasDerivedFrom", {"prov:generatedEntity": here, "prov:usedEntity": original})
        if releaser := self._data.releasers.get(page.id):
            self._released(here, releaser)
        for item in article.timeline:
            self._claim(article, item, here, original)

    def _released(self, here: str, name: str) -> None:
        person = f"{_OWN}:editor/{quote(name, safe='')}"
        self._put("agent", person, {"prov:type": _qualified("prov:Person"), "prov:label": name})
        attributes = {"prov:entity": here, "prov:agent": person, f"{_OWN}:role": "released"}
        self._relate("wasAttributedTo", attributes)

    def _claim(self, article: Evidence, item: Supported, here: str, original: str) -> None:
        origin = self._data.origins.get(article.id, {}).get(said(item.entry))
        claim = self._name(self._data.article_address(article, item.id))
        self._put("entity", claim, {
            "prov:type": f"{_OWN}:claim",
            "prov:label": item.entry.text,
            "prov:value": item.entry.quote,
            f"{_OWN}:date": item.entry.date,
            f"{_OWN}:sentence": "" if item.waived else self._data.sentence(article, item.sentence, item.end),
            f"{_OWN}:withoutItsWords": item.waived,
            f"{_OWN}:origin": _WORDS[origin.became] if origin else "",
            f"{_OWN}:decidedBefore": self._decided(article, item),
        })  # fmt: skip
        quoted: dict[str, Any] = {"prov:generatedEntity": claim, "prov:usedEntity": original or here}
        if not item.waived:
            quoted["prov:type"] = _qualified("prov:Quotation")
        self._relate("wasDerivedFrom", quoted)
        if origin:
            self._attributed(claim, origin)

    def _decided(self, article: Evidence, item: Supported) -> str:
        """The day on which readers found the page as it is; its content was decided by then."""
        arrival = self._data.site.arrivals.get(article.id)
        return (arrival.changed or arrival.arrived) if arrival and not item.entry.unreviewed else ""

    def _attributed(self, claim: str, origin: ClaimOrigin) -> None:
        if origin.maker:
            program = f"{_OWN}:maker/{quote(origin.maker, safe='')}"
            self._put(
                "agent", program, {"prov:type": _qualified("prov:SoftwareAgent"), "prov:label": origin.maker}
            )
            attributes = {
                "prov:entity": claim,
                "prov:agent": program,
                f"{_OWN}:role": "proposed",
                f"{_OWN}:run": origin.run,
            }
            self._relate("wasAttributedTo", attributes)
        if origin.became != "open":
            attributes = {"prov:entity": claim, "prov:agent": _EDITORS, f"{_OWN}:role": "decided"}
            self._relate("wasAttributedTo", attributes)

    def _name(self, address: str) -> str:
        """An address as a qualified name, relative to the site's own."""
        return f"{_SITE}:{address.removeprefix(self._data.site.publication.address)}"

    def _put(self, kind: str, name: str, values: dict[str, Any]) -> None:
        self._records[kind][name] = {key: value for key, value in values.items() if value}

    def _relate(self, kind: str, values: dict[str, Any]) -> None:
        """Add a relation; relations are numbered, because they have no names."""
        self._put(kind, f"_:{kind}{len(self._records[kind]) + 1}", values)


def _qualified(name: str) -> dict[str, str]:
    return {"$": name, "type": "prov:QUALIFIED_NAME"}
