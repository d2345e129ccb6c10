"""The facts that an authority record, an article and an entry can have (data/facts.yml); every stage reads them here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from dossierkit.model.record import ENTITY_TYPES
from dossierkit.text.data import load


@dataclass(frozen=True, slots=True)
class FactProperty:
    """One key of front matter.

    `kind`: edtf | address | text. `types`: of records that can have it; "article": it is in an article's `source`; "entry": in
    an entry of a timeline. `columns`: table headers for it, folded. `wikidata`, `ftm`, `schema`: its property there.
    """

    name: str
    kind: Literal["edtf", "address", "text"]
    types: tuple[str, ...]
    about: str
    columns: tuple[str, ...] = ()
    wikidata: str = ""
    ftm: str = ""
    schema: str = ""


def fact_properties() -> Mapping[str, FactProperty]:
    """All facts of records by name, in display order."""
    return _of(ENTITY_TYPES)


def article_facts() -> Mapping[str, FactProperty]:
    """The same of articles."""
    return _of(("article",))


def entry_facts() -> Mapping[str, FactProperty]:
    """The same of entries of timelines."""
    return _of(("entry",))


@cache
def _of(types: tuple[str, ...]) -> Mapping[str, FactProperty]:
    return {
        name: _property(name, spec)
        for name, spec in load("facts").items()
        if not set(types).isdisjoint(spec["types"])
    }


def _property(name: str, spec: Mapping[str, Any]) -> FactProperty:
    given: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in spec.items()
    }
    return FactProperty(name, **given)
