"""Which column of a table fills which property: guessed from headers, or set by the curator."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from dossierkit.ingest.authority.grid import Cell, Row
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.text.data import load
from dossierkit.text.fold import fold
from dossierkit.text.printable import visible
from dossierkit.text.recordfacts import fact_properties

PROPERTIES = (
    "id", "title", "type", "aliases", "weak_aliases", "description", "same_as", "lat", "lon", "precision", *fact_properties(),
)  # fmt: skip
_MANY = frozenset({"aliases", "weak_aliases", "same_as"})
_LANG = re.compile(r"(.+?)(?::|@| ?\(|[_ ](?=[a-z]{2}$))([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)\)?$")


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A curator's mapping. `columns`: header -> property, property:language, or "" to leave it out.

    `type`: for records without one; `types`: word -> type; `separator`: between several values of a cell.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    type: str = ""
    types: Mapping[str, str] = field(default_factory=dict)
    separator: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ColumnTarget:
    """What a column fills. `scheme`: of identifiers without one; `many`: whether a cell may have several values."""

    field: str
    lang: str = ""
    scheme: str = ""

    @property
    def many(self) -> bool:
        return self.field in _MANY

    @property
    def words(self) -> str:
        return f"{self.scheme or self.field}{f':{self.lang}' if self.lang else ''}"


def targets(header: Row, mapping: ColumnMapping) -> dict[int, ColumnTarget]:
    """Targets by column index; columns that fill nothing are left out."""
    found: dict[int, ColumnTarget] = {}
    for at, cell in enumerate(header):
        name = cell.text.strip()
        term = mapping.columns.get(name)
        target = target_of(term) if term is not None else guessed(name)
        if target is not None:
            found[at] = target
    return found


def target_of(term: str) -> ColumnTarget | None:
    """The target that a curator's word names; None if it is left out or unknown."""
    name, _, lang = term.partition(":")
    if name in PROPERTIES:
        return ColumnTarget(name, lang)
    return ColumnTarget("same_as", "", name) if name in load("identifiers") else None


def guessed(header: str) -> ColumnTarget | None:
    """The target that a header suggests: `label_fr` is a name in French."""
    exact = _meant(header)
    if exact:
        return exact
    match = _LANG.match(header.strip())
    target = _meant(match[1]) if match else None
    if match is None or target is None or target.field not in {"title", "aliases", "weak_aliases"}:
        return None
    return ColumnTarget("aliases" if target.field == "title" else target.field, match[2])


def _meant(header: str) -> ColumnTarget | None:
    wanted = " ".join(fold(header).replace("_", " ").replace("-", " ").split())
    facts = load("importing")
    columns = {
        fact_property.name: list(fact_property.columns) for fact_property in fact_properties().values()
    }
    for property_, names in {**facts["headers"], **columns}.items():
        if wanted == property_.replace("_", " ") or wanted in names:
            return ColumnTarget(property_)
    scheme = facts["schemes"].get(wanted, wanted)
    return ColumnTarget("same_as", "", scheme) if scheme in load("identifiers") else None


def unknown(mapping: ColumnMapping, header: Mapping[str, int], at: Cell, path: str) -> Iterator[Diagnostic]:
    """Problems of a curator's mapping for this table."""
    for name, term in mapping.columns.items():
        if name not in header:
            listed = ", ".join(map(visible, list(header)[:20]))
            message = f"the mapping has the column `{name[:80]}`, the table has not: its columns are {listed}"
            yield Diagnostic(path, at.line, at.col, "D430", message)
        if term and target_of(term) is None:
            known = ", ".join((*PROPERTIES, *load("identifiers")))
            message = f"the mapping's `{term[:80]}` is not a property: use {known}, with a language as in `aliases:fr`"
            yield Diagnostic(path, at.line, at.col, "D430", message)
