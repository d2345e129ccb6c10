"""Where the id of a name without a record leads once a record bears that name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from dossierkit.model.record import Record
from dossierkit.text.fold import name_id

_THINGS = ("organization", "place")


def leads(records: Iterable[Record]) -> Mapping[str, tuple[str, ...]]:
    """Ids made from names -> the ids of the records that bear such a name, sorted; of a name that several bear, all.

    Withdrawn records bear their names still, so that nobody gets a page again by being named. An organisation may
    be taken for a place and the other way round.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        for id_ in _ids(record):
            found[id_].add(record.id)
    return {id_: tuple(sorted(ids)) for id_, ids in found.items()}


def _ids(record: Record) -> Iterator[str]:
    types = _THINGS if record.type in _THINGS else (record.type,)
    for name in record.strong_names:
        yield from (name_id(name.text, type_) for type_ in types)
    yield record.id
    yield from record.redirects


def only(found: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The ids that lead to one record, but for records' own."""
    return {id_: ids[0] for id_, ids in found.items() if len(ids) == 1 and ids[0] != id_}
