"""Statements of an import about authority records, and the memory of the last import: plain values."""

from __future__ import annotations

from dataclasses import dataclass

SINGLE = ("title", "type", "description", "location")
LISTS = ("aliases", "weak_aliases", "same_as")


@dataclass(frozen=True, slots=True)
class ImportedFact:
    """One value for one key of a record. `lang`: of a name (BCP 47, "" if unknown).

    A location is "LAT, LON" or "LAT, LON, PRECISION", in degrees.
    """

    field: str
    value: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class ImportOrigin:
    """The origin of facts. `date`: as of when (EDTF); `licence`: its name; `url`: its address, or ""."""

    name: str
    date: str = ""
    licence: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class ImportedRecord:
    """One record of an input. `key` identifies it in its source, today and in a later version.

    `id`: the id that the input gives it, or "". `line` and `col` from 1: its position in the input.
    """

    key: str
    facts: tuple[ImportedFact, ...]
    origins: tuple[ImportOrigin, ...] = ()
    id: str = ""
    line: int = 0
    col: int = 0

    def one(self, field: str) -> str:
        """The value of a single key, or ""."""
        return next((fact.value for fact in self.facts if fact.field == field), "")

    def each(self, field: str) -> tuple[ImportedFact, ...]:
        """The values of a list."""
        return tuple(fact for fact in self.facts if fact.field == field)


@dataclass(frozen=True, slots=True)
class ImportMemory:
    """The last statements of one source about one record. `removed`: facts that an editor has removed since, for good."""

    source: str
    key: str
    facts: tuple[ImportedFact, ...] = ()
    removed: tuple[ImportedFact, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReading:
    """The readable part of an input. `notes`: what was left out, in words."""

    records: tuple[ImportedRecord, ...]
    notes: tuple[str, ...] = ()
