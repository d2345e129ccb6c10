"""PROV-JSON: the library of the data model's authors reads it, and what it writes of it in the other notations says as much."""

from __future__ import annotations

from collections.abc import Iterator

from prov.model import ProvAttribution, ProvDerivation, ProvDocument, ProvEntity

from consumers.frame import Built, Row, python_version

_KINDS = (ProvEntity, ProvDerivation, ProvAttribution)


def rows(built: Built) -> Iterator[Row]:
    version = python_version("prov")
    claims = len((built.exports / "csv" / "events.csv").read_text(encoding="utf-8-sig").splitlines()) - 1
    document = ProvDocument.deserialize(content=built.provenance.read_text(encoding="utf-8"), format="json")
    found = sum("dossier:claim" in one.get_attribute("prov:type") for one in document.get_records(ProvEntity))
    yield Row("prov", version, "claims that it reads", claims, found)
    for name in ("xml", "rdf"):
        again = ProvDocument.deserialize(content=document.serialize(format=name), format=name)
        asked = f"entities, derivations and attributions after PROV-{name.upper()} and back"
        yield Row("prov", version, asked, _counted(document), _counted(again))


def _counted(document: ProvDocument) -> str:
    return ", ".join(str(len(list(document.get_records(kind)))) for kind in _KINDS)
