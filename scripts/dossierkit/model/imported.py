"""What an import says of authority records, and what is remembered of the last one: plain values."""

from __future__ import annotations

from dataclasses import dataclass

SINGLE = ("title", "type", "description", "location")
LISTS = ("aliases", "weak_aliases", "same_as")


@dataclass(frozen=True, slots=True)
class ImportedFact:
    """One value for one key of a record. `lang`: of a name (BCP 47, empty: not said).

    A location is "LAT, LON" or "LAT, LON, PRECISION", in degrees.
    """

    field: str
    value: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ImportOrigin:
    """Where facts come from. `date`: as of when (EDTF); `licence`: its name; `url`: where it can be had, or empty."""

    name: str
    date: str = ""
    licence: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ImportedRecord:
    """One record as an input has it. `key` tells it from all others of its source, today and in a later version.

    `id`: the id that the input gives it, empty where it gives none. `line` and `col` from 1, where it stands in the input.
    """

    key: str
    facts: tuple[ImportedFact, ...]
    origins: tuple[ImportOrigin, ...] = ()
    id: str = ""
    line: int = 0
    col: int = 0

    def one(self, field: str) -> str:
        """The value of a single key, empty where there is none."""
        return next((fact.value for fact in self.facts if fact.field == field), "")

    def each(self, field: str) -> tuple[ImportedFact, ...]:
        """The values of a list."""
        return tuple(fact for fact in self.facts if fact.field == field)


@dataclass(frozen=True, slots=True)
class ImportMemory:
    """What one source last said of one record. `removed`: what an editor took out of the record since, for good."""

    source: str
    key: str
    facts: tuple[ImportedFact, ...] = ()
    removed: tuple[ImportedFact, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReading:
    """What could be read of an input. `notes`: what was left out, in words."""

    records: tuple[ImportedRecord, ...]
    notes: tuple[str, ...] = ()
