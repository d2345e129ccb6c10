"""FollowTheMoney schema of a curated relation, by the words of its type (table in `data/ftm.yml`)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from dossierkit.model.record import Record, Relation
from dossierkit.text.data import load

UNKNOWN = "UnknownLink"


class RelationSchema(NamedTuple):
    """`ends`: the properties for the record and the other entity. `says`: the property for the words of the type."""

    schema: str
    ends: tuple[str, str]
    says: str


class _Meaning(NamedTuple):
    schema: str
    turned: bool


def link(relation: Relation, record: Record, other: Record) -> RelationSchema:
    """The schema of a relation: UnknownLink if its type is not in the table, or does not permit these two."""
    if meaning := _meaning(relation.type):
        known = load("ftm")["relations"][meaning.schema]
        pair = (other, record) if meaning.turned else (record, other)
        if all(one.type in types for one, types in zip(pair, known["between"], strict=True)):
            first, second = known["ends"]
            return RelationSchema(
                meaning.schema, (second, first) if meaning.turned else (first, second), known["says"]
            )
    return RelationSchema(UNKNOWN, ("subject", "object"), "role")


def position(relation: Relation, other: Record) -> str:
    """A person's position by the relation ("director of Lenn Council"); "" if it is not one."""
    meaning = _meaning(relation.type)
    is_position = meaning and not meaning.turned and meaning.schema in load("ftm")["positions"]
    return f"{relation.type} {other.title}" if is_position else ""


def _meaning(type_: str) -> _Meaning | None:
    """The longest entry of the table that the type equals or ends with."""
    words = type_.casefold().split()
    ends = (" ".join(words[at:]) for at in range(len(words)))
    return next((found for end in ends if (found := _meanings().get(end))), None)


@cache
def _meanings() -> dict[str, _Meaning]:
    return dict(_listed())


def _listed() -> Iterator[tuple[str, _Meaning]]:
    for schema, known in load("ftm")["relations"].items():
        for name, turned in (("types", False), ("turned", True)):
            yield from ((words, _Meaning(schema, turned)) for words in _flat(known.get(name, [])))


def _flat(listed: list[str | list[str]]) -> Iterator[str]:
    for one in listed:
        yield from [one] if isinstance(one, str) else one
