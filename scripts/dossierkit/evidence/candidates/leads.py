"""Ids of names without a record, redirected once a record has the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from dossierkit.extract.identity.across_scripts import script_of
from dossierkit.model.record import Record
from dossierkit.text.fold import name_id

_THINGS = ("organization", "place")
_SHORT = 3  # letters; in Latin ones, «Рим» (Rome) has the id of an organisation called RIM


def leads(records: Iterable[Record]) -> Mapping[str, tuple[str, ...]]:
    """Ids made from names -> ids of the records with such a name, sorted.

    Withdrawn records keep their names, so that being named does not bring them back. Organisations may have been taken
    for places and the reverse.
    """
    found: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        for id_ in _ids(record):
            found[id_].add(record.id)
    return {id_: tuple(sorted(ids)) for id_, ids in found.items()}


def ids_by_name(name: str, type_: str) -> Iterator[str]:
    """The ids made from a name whose bearer has this type."""
    yield from (name_id(name, one) for one in (_THINGS if type_ in _THINGS else (type_,)))


def _ids(record: Record) -> Iterator[str]:
    for name in record.strong_names:
        if len(name.text) > _SHORT or script_of(name.text) != "cyrillic":
            yield from ids_by_name(name.text, record.type)
    yield record.id
    yield from record.redirects
    if record.withdrawn:
        yield from record.withdrawn.named_as


def led(records: Mapping[str, Record]) -> dict[str, str]:
    """Ids made from names -> the id of the only record that has the name."""
    return only(leads(records.values()))


def only(found: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Ids that lead to exactly one record, without records' own."""
    return {id_: ids[0] for id_, ids in found.items() if len(ids) == 1 and ids[0] != id_}
