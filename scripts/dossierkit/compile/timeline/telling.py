"""A timeline entry as it is weighed against those of other articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from dossierkit.compile.timeline.words import Said, said
from dossierkit.model.edtf import Edtf, parse
from dossierkit.model.page import TimelineEntry
from dossierkit.model.record import Record

Key = tuple[str, str]
COUNTRY = 0.25
"""What two tellings that name one country have in common; any other place weighs 0.5, whoever or whatever else 1."""
_WEIGHTS = {"person": 1.0, "organization": 1.0, "document": 1.0, "event": 1.0, "place": 0.5}
_APART = frozenset({"person", "document", "place"})


@dataclass(frozen=True, slots=True)
class Telling:
    """One entry. `key`: article and entry, unlike any other's. `first`, `end`: the days its date may mean, half open.

    `reach`: the same, wider where the date is approximate. `weights`: what each entity is worth that two tellings share.
    `sorts`: its persons, documents and places (without countries) by type: two tellings that name different ones only tell
    of different events.
    """

    key: Key
    event: str
    lang: str
    first: date | None
    end: date | None
    reach: tuple[date | None, date | None]
    heading: Said
    all_words: frozenset[str]
    weights: Mapping[str, float]
    sorts: Mapping[str, frozenset[str]]

    @property
    def bounded(self) -> bool:
        return self.first is not None and self.end is not None

    @property
    def days(self) -> int:
        """How many days the date may mean; only for bounded ones."""
        assert self.first is not None
        assert self.end is not None
        return (self.end - self.first).days


def telling(
    key: Key, entry: TimelineEntry, lang: str, about: Iterable[Record], named: Iterable[Record]
) -> Telling:
    """Read an entry. `about`: whom it is about. `named`: whom else its article names; their names tell nothing either."""
    known = list({record.id: record for record in about}.values())
    names = tuple(
        name.text for record in (*known, *named) for name in (*record.strong_names, *record.weak_aliases)
    )
    when = parse(entry.date) if entry.date else None
    first, end = (when.earliest, when.latest) if when else (None, None)
    sorts = {kind: frozenset(r.id for r in known if r.type == kind and not _country(r)) for kind in _APART}
    return Telling(
        key,
        entry.event,
        lang.partition("-")[0].lower(),
        first,
        end,
        reach(when) if when else (None, None),
        said(entry.text, lang, names),
        said(f"{entry.text} {entry.quote}", lang, names).words,
        {record.id: COUNTRY if _country(record) else _WEIGHTS[record.type] for record in known},
        sorts,
    )


def _country(record: Record) -> bool:
    return record.location is not None and record.location.precision == "country"


def reach(when: Edtf) -> tuple[date | None, date | None]:
    """The days a date may mean, half open; an approximate one reaches its own length further at both ends."""
    first, end = when.earliest, when.latest
    if first is None or end is None or not when.approximate or when.kind == "interval":
        return first, end
    length = end - first
    return _moved(first, -length), _moved(end, length)


def _moved(day: date, by: timedelta) -> date:
    """The day, no further than the calendar goes."""
    number = day.toordinal() + by.days
    return date.fromordinal(min(max(number, 1), date.max.toordinal()))
