"""Join names of several articles that are not equal, where what else the articles name leaves little doubt (`ways.py`).

Names that one article keeps apart are never joined.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from dossierkit.evidence.candidates.core_names import is_acronym
from dossierkit.evidence.candidates.ways import WAYS, JoiningWay, NameBearer, NamedTogether
from dossierkit.extract.identity.union import Union
from dossierkit.extract.lexicon import lexicon
from dossierkit.extract.skeleton import words_of
from dossierkit.model.page import Naming
from dossierkit.text.fold import fold

_MOST = 40  # bearers of one key that are compared


class _Pair(NamedTuple):
    one: NameBearer
    other: NameBearer
    way: JoiningWay


def in_company(
    meant: Mapping[str, str],
    articles: Iterable[Sequence[Naming]],
    records: Collection[str],
    apart: Collection[frozenset[str]],
) -> dict[str, str]:
    """`meant` (id of each name -> id it means) with these joins; ids of records stay. `apart`: pairs of folded names.

    Repeated until nothing is joined: names that have become one are company for others. Two likely spellings of one name are company,
    too.
    """
    listed, joined = tuple(articles), dict(meant)
    while to := _joins([{joined[one.id]: one for one in namings} for namings in listed], records, apart):
        joined = {id_: _last(target, to) for id_, target in joined.items()}
    return joined


def _joins(
    named: Sequence[Mapping[str, Naming]], records: Collection[str], apart: Collection[frozenset[str]]
) -> dict[str, str]:
    """Ids of joined names, each with that of the name it was joined with."""
    where: defaultdict[str, set[int]] = defaultdict(set)
    for at, here in enumerate(named):
        for id_ in here:
            where[id_].add(at)
    bearers = _bearers(named, records)
    folder = _folder(named, where, bearers)
    pairs = sorted(_pairs(bearers, folder), key=lambda pair: (pair.one, pair.other))
    likely = _likely(pairs)
    to: dict[str, str] = {}
    for pair in pairs:
        old, new = _last(pair.one.id, to), _last(pair.other.id, to)
        if old == new or frozenset((fold(pair.one.name), fold(pair.other.name))) in apart:
            continue
        company = _others(named, where[old], where[new], likely) - {
            likely(pair.one.id),
            likely(pair.other.id),
        }
        if len(company) < pair.way.company:
            continue
        if where[old] & where[new] and not pair.way.beside(pair.one, pair.other, folder):
            continue
        if _goes_on(pair.way, (len(where[old]), old), (len(where[new]), new)):
            old, new = new, old
        to[old] = new
        where[new] |= where[old]
    return to


def _goes_on(way: JoiningWay, old: tuple[int, str], new: tuple[int, str]) -> bool:
    """Whether the first of two (number of articles, id) stays rather than the full name: that of more articles, or the first of
    spellings.
    """
    if way.short is way.full:
        return (-old[0], old[1]) < (-new[0], new[1])
    return way.commoner and old[0] > new[0]


def _bearers(named: Iterable[Mapping[str, Naming]], records: Collection[str]) -> list[NameBearer]:
    names: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for here in named:
        for id_, naming in here.items():
            names[id_][naming.name, naming.type] += 1
            forms[id_].update(naming.also)
    return [_bearer(id_, names[id_], forms[id_]) for id_ in sorted(names) if id_ not in records]


def _bearer(id_: str, names: Counter[tuple[str, str]], forms: Iterable[str]) -> NameBearer:
    name, type_ = min(names, key=lambda one: (is_acronym(one[0]), -names[one], one))
    words = tuple(word.strip(".") for word in words_of(fold(name)))
    return NameBearer(id_, name, type_, words, tuple(sorted(forms)))


def _folder(
    named: Iterable[Mapping[str, Naming]], where: Mapping[str, set[int]], bearers: Iterable[NameBearer]
) -> NamedTogether:
    places = [{_place(naming) for naming in here.values()} for here in named]
    borne = {word for one in bearers if one.type == "person" and len(one.words) > 1 for word in one.words}
    return NamedTogether({id_: frozenset(articles) for id_, articles in where.items()}, places, borne)


def _pairs(bearers: Sequence[NameBearer], folder: NamedTogether) -> Iterator[_Pair]:
    for way in WAYS:
        full: defaultdict[Hashable, list[NameBearer]] = defaultdict(list)
        for one in bearers:
            for key in dict.fromkeys(way.full(one)):
                full[key].append(one)
        for one in bearers:
            for key in dict.fromkeys(way.short(one)):
                alike = full.get(key, ())
                few = alike if len(alike) <= _MOST else ()
                others = [other for other in few if other.id != one.id and way.may(one, other, folder)]
                if not (way.only and len(others) > 1):
                    yield from (_Pair(one, other, way) for other in others)


def _place(naming: Naming) -> str:
    entry = lexicon().canonical.get(fold(naming.name)) if naming.type == "place" else None
    return entry.name if entry else naming.name


def _likely(pairs: Iterable[_Pair]) -> Callable[[str], str]:
    """One id for all ids of names that are alike."""
    sets: Union[str] = Union()
    for pair in pairs:
        if pair.way.short is pair.way.full:
            sets.join(pair.one.id, pair.other.id)
    return sets.find


def _others(
    named: Sequence[Mapping[str, Naming]], one: set[int], other: set[int], likely: Callable[[str], str]
) -> set[str]:
    """The people and organisations that articles of both sides name."""
    sides = (
        {likely(id_) for at in side for id_, naming in named[at].items() if naming.type != "place"}
        for side in (one, other)
    )
    return set.intersection(*sides)


def _last(id_: str, to: Mapping[str, str]) -> str:
    while id_ in to:
        id_ = to[id_]
    return id_
