"""Decisions of people on two names: what is one entity, after the joins by names alone, and what is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from dossierkit.extract.identity.groups import kind_of
from dossierkit.model.decision import Decision
from dossierkit.model.page import Naming
from dossierkit.model.record import Record
from dossierkit.text.fold import fold


def kept_apart(decisions: Iterable[Decision]) -> frozenset[frozenset[str]]:
    """Pairs of folded names that are two entities. Of names that differ in case only it is a single one."""
    return frozenset(
        frozenset((fold(one.name), fold(one.other))) for one in decisions if one.kind == "not_same"
    )


def with_judgements(
    meant: Mapping[str, str],
    namings: Iterable[Naming],
    records: Iterable[Record],
    decisions: Sequence[Decision],
) -> dict[str, str]:
    """`meant` (id of each name -> id it means), with names joined by decisions.

    Chains lead to the last name: "same: A is B, B is C" makes all three C, also where they are joined already under another
    name. If a name occurs nowhere, or belongs to several, nothing is joined. People are not joined with things.
    """
    namings = list(namings)
    same = [decision for decision in decisions if decision.kind == "same"]
    if not same:
        return dict(meant)
    kinds = {meant[one.id]: kind_of(one.type) for one in namings}
    kinds |= {record.id: kind_of(record.type) for record in records}
    ids = _ids_by_name(meant, namings, records)
    own_ids = {fold(naming.name): naming.id for naming in sorted(namings)}
    to: dict[str, str] = {}
    for one in same:
        for old in sorted(ids[fold(one.name)]):
            targets = {id_ for id_ in ids[fold(one.other)] - {old} if kinds[id_] == kinds[old]}
            if len(targets) == 1:
                to.setdefault(old, targets.pop())
            elif (
                not targets
                and old in ids[fold(one.other)]
                and (called := own_ids.get(fold(one.other), old)) != old
            ):
                to.setdefault(old, called)
    own = {record.id for record in records}
    return {id_: _last(target, to, own) for id_, target in meant.items()}


def _ids_by_name(
    meant: Mapping[str, str], namings: Iterable[Naming], records: Iterable[Record]
) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for naming in namings:
        found[fold(naming.name)].add(meant[naming.id])
    for record in records:
        for text in (record.id, *(name.text for name in record.strong_names)):
            found[fold(text)].add(record.id)
    return found


def _last(id_: str, to: Mapping[str, str], records: set[str]) -> str:
    """The end of a chain of redirects. A record's id leads no further; in a circle the smallest id is used."""
    seen = [id_]
    while id_ in to and id_ not in records:
        id_ = to[id_]
        if id_ in seen:
            return min(seen[seen.index(id_) :])
        seen.append(id_)
    return id_
