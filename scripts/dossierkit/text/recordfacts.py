"""The facts that an authority record can have (data/facts.yml); every stage reads them here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from dossierkit.text.data import load


@dataclass(frozen=True, slots=True)
class FactProperty:
    """One key of front matter.

    `kind`: edtf | address. `types`: of records that can have it. `columns`: table headers for it, folded. `wikidata`,
    `ftm`, `schema`: its property there.
    """

    name: str
    kind: Literal["edtf", "address"]
    types: tuple[str, ...]
    about: str
    columns: tuple[str, ...]
    wikidata: str
    ftm: str
    schema: str


@cache
def fact_properties() -> Mapping[str, FactProperty]:
    """All facts by name, in display order."""
    return {
        name: FactProperty(
            name,
            spec["kind"],
            tuple(spec["types"]),
            spec["about"],
            tuple(spec["columns"]),
            spec["wikidata"],
            spec["ftm"],
            spec["schema"],
        )
        for name, spec in load("facts").items()
    }
