"""Join names of several articles that are not equal, where what else the articles name leaves little doubt.

A full name in another spelling or with an initial, and a short name of an organisation, are joined if the articles share two
other names of people or organisations. One word that is a person in some articles and a thing in as many is the thing, unless somebody
has it in a full name or it is a given name. Names that one article keeps apart are never joined.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

from dossierkit.evidence.candidates.core_names import is_acronym, of_land
from dossierkit.extract.groups import kind_of
from dossierkit.extract.lexicon import known_place, lexicon
from dossierkit.extract.mentions.acronyms import initials, name_words
from dossierkit.extract.skeleton import skeleton, words_of
from dossierkit.model.page import Naming
from dossierkit.text.fold import fold

_SHARED = 2  # other people or organisations
_ALIKE = 0.8  # share of letters that two spellings of a word must have in common
_LONG = 4  # letters
_MOST = 40  # bearers of one key that are compared


class _Bearer(NamedTuple):
    id: str
    name: str
    type: str
    words: tuple[str, ...]


def in_company(
    meant: Mapping[str, str],
    articles: Iterable[Sequence[Naming]],
    records: Collection[str],
    apart: Collection[frozenset[str]],
) -> dict[str, str]:
    """`meant` (id of each name -> id it means) with these joins; ids of records stay. `apart`: pairs of folded names."""
    named = [{meant[one.id]: one for one in namings} for namings in articles]
    where: defaultdict[str, set[int]] = defaultdict(set)
    names: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for at, here in enumerate(named):
        for id_, naming in here.items():
            where[id_].add(at)
            names[id_][naming.name, naming.type] += 1
    bearers = [_bearer(id_, names[id_]) for id_ in sorted(names) if id_ not in records]
    to: dict[str, str] = {}
    places = [{_place(naming) for naming in here.values()} for here in named]
    for one, other in sorted(
        {*_other_types(bearers, where), *_spellings(bearers), *_short(bearers, where, places)}
    ):
        old, new = _last(one.id, to), _last(other.id, to)
        together = one.type == other.type and len(_others(named, where[old], where[new])) < _SHARED
        if (
            old == new
            or together
            or (where[old] & where[new] and not _owned(one, other))
            or frozenset((fold(one.name), fold(other.name))) in apart
        ):
            continue
        if one.type == other.type == "person" and (-len(where[old]), old) < (-len(where[new]), new):
            old, new = new, old
        to[old] = new
        where[new] |= where[old]
    return {id_: _last(target, to) for id_, target in meant.items()}


def _bearer(id_: str, names: Counter[tuple[str, str]]) -> _Bearer:
    name, type_ = min(names, key=lambda one: (-names[one], one))
    return _Bearer(id_, name, type_, tuple(word.strip(".") for word in words_of(fold(name))))


def _other_types(
    bearers: Iterable[_Bearer], where: Mapping[str, set[int]]
) -> Iterator[tuple[_Bearer, _Bearer]]:
    """A person of one word, and the thing of that name."""
    listed = list(bearers)
    things = {fold(one.name): one for one in listed if kind_of(one.type) == "thing"}
    borne = {word for one in listed if one.type == "person" and len(one.words) > 1 for word in one.words}
    for one in listed:
        thing = things.get(fold(one.name)) if one.type == "person" and len(one.words) == 1 else None
        if (
            thing
            and not (one.words[0] in borne or one.name in lexicon().given)
            and len(where[thing.id]) >= len(where[one.id])
        ):
            yield one, thing


def _spellings(bearers: Iterable[_Bearer]) -> Iterator[tuple[_Bearer, _Bearer]]:
    keyed: defaultdict[tuple[str, str], list[_Bearer]] = defaultdict(list)
    for one in bearers:
        if one.type == "person" and len(one.words) > 1:
            keyed[skeleton(one.words[0]), skeleton(one.words[-1])].append(one)
    for alike in keyed.values():
        if len(alike) <= _MOST:
            yield from (pair for pair in combinations(alike, 2) if _one_name(pair[0].words, pair[1].words))


def _short(
    bearers: Iterable[_Bearer], where: Mapping[str, set[int]], places: Sequence[set[str]]
) -> Iterator[tuple[_Bearer, _Bearer]]:
    """An organisation and its fuller name: without a word like "Group", without the country that all its articles name, or by
    initials. Not if several names are fuller.
    """
    keyed: defaultdict[str, list[tuple[str, _Bearer]]] = defaultdict(list)
    listed = [one for one in bearers if one.type == "organization"]
    countries = set(lexicon().demonyms.values())
    for one in listed:
        land, body = of_land(one.name)
        if land in countries and " " in body:
            keyed[fold(body)].append((land, one))
        for name in (one.name, body):
            for letters in initials(name_words(name)):
                keyed[letters].append(("", one))
        if len(one.words) > 1 and one.words[-1] in lexicon().generic:
            keyed[" ".join(one.words[:-1])].append(("", one))
    for one in listed:
        key = one.name.replace(".", "") if is_acronym(one.name) else fold(of_land(one.name)[1])
        fuller = {
            other
            for land, other in keyed.get(key, ())
            if other.id != one.id and (not land or all(land in places[at] for at in where[one.id]))
        }
        if len(fuller) == 1 and not known_place(one.name):
            yield one, fuller.pop()


def _owned(one: _Bearer, other: _Bearer) -> bool:
    """Whether the names differ by the country alone: one article may have both."""
    return one.type == other.type == "organization" and fold(of_land(one.name)[1]) == fold(
        of_land(other.name)[1]
    )


def _place(naming: Naming) -> str:
    entry = lexicon().canonical.get(fold(naming.name)) if naming.type == "place" else None
    return entry.name if entry else naming.name


def _one_name(one: Sequence[str], other: Sequence[str]) -> bool:
    last = len(one) - 1
    return len(one) == len(other) and all(
        a == b or _spelt(a, b) or (0 < at < last and len(min(a, b, key=len)) == 1 and a[0] == b[0])
        for at, (a, b) in enumerate(zip(one, other, strict=True))
    )


def _spelt(one: str, other: str) -> bool:
    """Whether two words are spellings of one: the same consonants, and most letters."""
    bones = skeleton(one)
    alike = bones and bones == skeleton(other) and min(len(one), len(other)) >= _LONG
    return (
        bool(alike)
        and SequenceMatcher(None, min(one, other), max(one, other), autojunk=False).ratio() >= _ALIKE
    )


def _others(named: Sequence[Mapping[str, Naming]], one: set[int], other: set[int]) -> set[str]:
    """The people and organisations that articles of both sides name."""
    sides = (
        {id_ for at in side for id_, naming in named[at].items() if naming.type != "place"}
        for side in (one, other)
    )
    return set.intersection(*sides)


def _last(id_: str, to: Mapping[str, str]) -> str:
    while id_ in to:
        id_ = to[id_]
    return id_
