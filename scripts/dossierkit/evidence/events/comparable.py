"""Timeline entries prepared for comparison across articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from zlib import crc32

from dossierkit.evidence.events.words import EventStatement, acts, of_names, statement
from dossierkit.model.edtf import Edtf, parse
from dossierkit.model.page import TimelineEntry
from dossierkit.model.record import Record

Key = tuple[str, str]
COUNTRY = 0.25
"""What two entries that name one country have in common; any other place weighs 0.5, whoever or whatever else 1."""
_WEIGHTS = {"person": 1.0, "organization": 1.0, "document": 1.0, "event": 1.0, "place": 0.5}
_APART = frozenset({"person", "document", "place"})
_LEAST_WORDS = 6
"""Of a quote, besides names and function words: shorter ones are alike by chance."""


class ComparableEntry(NamedTuple):
    """One entry. `key`: article and entry, unlike any other's. `first`, `end`: the days its date may mean, half open.

    `days`: how many these are, None where an end is open. `reach`: the same days, wider where the date is approximate.
    `all_words`: those of its heading and its quote, each once. `weights`: what each entity is worth that two entries share.
    `sorts`: its persons, documents and places (without countries) by type, where it has any: two entries that name different
    ones only tell of different events. `wording`: equal for quotes in the same words, whatever their names, endings and function
    words; 0 for a short quote.
    """

    key: Key
    event: str
    lang: str
    first: date | None
    end: date | None
    days: int | None
    reach: tuple[date | None, date | None]
    heading: EventStatement
    all_words: tuple[str, ...]
    weights: Mapping[str, float]
    sorts: Mapping[str, frozenset[str]]
    wording: int


def comparable_entry(
    key: Key, entry: TimelineEntry, lang: str, about: Iterable[Record], names: frozenset[str]
) -> ComparableEntry:
    """Prepare an entry.

    `about`: its entities. `names`: words of their names and of all names in its article, which do not count.
    """
    known = {record.id: record for record in about}.values()
    when = parse(entry.date) if entry.date else None
    first, end = (when.earliest, when.latest) if when else (None, None)
    heading = statement(entry.text, lang, names)
    quote = acts(entry.quote, lang, names)
    return ComparableEntry(
        key,
        entry.event,
        lang.partition("-")[0].lower(),
        first,
        end,
        (end - first).days if first and end else None,
        reach(when) if when else (None, None),
        heading,
        tuple(heading.words | quote),
        {record.id: COUNTRY if _country(record) else _WEIGHTS[record.type] for record in known},
        _sorts(known),
        crc32(" ".join(sorted(quote)).encode()) if len(quote) >= _LEAST_WORDS else 0,
    )


def _sorts(known: Iterable[Record]) -> dict[str, frozenset[str]]:
    by_type: dict[str, list[str]] = {}
    for record in known:
        if record.type in _APART and not _country(record):
            by_type.setdefault(record.type, []).append(record.id)
    return {kind: frozenset(ids) for kind, ids in by_type.items()}


def names_of(record: Record) -> frozenset[str]:
    """The words of all its names."""
    return of_names(record.names)


def _country(record: Record) -> bool:
    return record.location is not None and record.location.precision == "country"


def reach(when: Edtf) -> tuple[date | None, date | None]:
    """The possible days of a date, half open; an approximate date is extended by its own length at both ends."""
    first, end = when.earliest, when.latest
    if first is None or end is None or not when.approximate or when.kind == "interval":
        return first, end
    length = end - first
    return _moved(first, -length), _moved(end, length)


def _moved(day: date, by: timedelta) -> date:
    """The day, limited to the calendar."""
    number = day.toordinal() + by.days
    return date.fromordinal(min(max(number, 1), date.max.toordinal()))
