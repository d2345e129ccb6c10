"""Group names without a record by entity, and link them to records: by names alone, in whichever order, then by what people decided."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from dossierkit.evidence.candidates.company import in_company
from dossierkit.evidence.candidates.core_names import core, is_acronym, shouted
from dossierkit.evidence.candidates.leads import leads, only
from dossierkit.extract.forms import bare, key
from dossierkit.extract.identity.groups import kind_of
from dossierkit.extract.identity.union import Union
from dossierkit.model.decision import Decision
from dossierkit.model.page import ArticlePage, EntityRef, Naming
from dossierkit.model.record import Record, by_file
from dossierkit.text.fold import fold

_LONG = 4
_EXPLAINED = frozenset({"thing", "document"})
Pages = Mapping[str, ArticlePage]


def linked(
    articles: Pages, records: Mapping[str, Record], decisions: Sequence[Decision]
) -> tuple[Pages, dict[str, Record]]:
    """See `linking.identified`."""
    named = [page.gist.named for page in articles.values()]
    every = [naming for namings in named for naming in namings]
    known = leads(records.values())
    meant = with_judgements(_identity(every, named, known, decisions), every, records.values(), decisions)
    found = dict(records)
    several = {id_ for id_, ids in known.items() if len(ids) > 1}
    for id_, members in _members(every, meant).items():
        if id_ in several and id_ not in found:
            continue
        old = tuple(sorted({member.id for member in members} - {id_}))
        if id_ in found:
            retired = tuple(one for one in old if one not in found[id_].redirects)
            found[id_] = replace(found[id_], redirects=(*found[id_].redirects, *retired))
        else:
            found[id_] = _candidate(id_, members, old)
    return {id_: _renamed(page, meant) for id_, page in articles.items()}, by_file(found)


def identity(
    articles: Iterable[Sequence[Naming]], records: Iterable[Record], decisions: Sequence[Decision] = ()
) -> dict[str, str]:
    """For the id of each name the id it means. A name of several records keeps its own. `articles`: the names of each."""
    named, known = tuple(articles), tuple(records)
    every = [naming for namings in named for naming in namings]
    return with_judgements(_identity(every, named, leads(known), decisions), every, known, decisions)


def _identity(
    namings: Iterable[Naming],
    articles: Iterable[Sequence[Naming]],
    known: Mapping[str, tuple[str, ...]],
    decisions: Sequence[Decision],
) -> dict[str, str]:
    sure = only(known)
    meant: dict[str, str] = {}
    others: list[Naming] = []
    for naming in namings:
        if naming.id in known:
            meant[naming.id] = sure.get(naming.id, naming.id)
        else:
            others.append(naming)
    groups = _grouped(others)
    apart = kept_apart(decisions)
    joined = _with_acronyms(groups)
    for members in joined.values():
        meant |= _one_id(members, apart)
    return in_company(meant, articles, {*known, *sure.values()}, apart)


def _grouped(namings: Iterable[Naming]) -> dict[tuple[str, str], list[Naming]]:
    """Groups by the first key that names share; spellings with one id are in one group."""
    listed = list(namings)
    keys = {(one.name, one.type): same_name(one.name, one.type) for one in listed}
    sets: Union[tuple[str, str]] = Union()
    for one in listed:
        sets.join(("", one.id), keys[one.name, one.type])
    first: dict[tuple[str, str], tuple[str, str]] = {}
    for key_ in sorted(set(keys.values())):
        first.setdefault(sets.find(key_), key_)
    groups: defaultdict[tuple[str, str], list[Naming]] = defaultdict(list)
    for one in listed:
        groups[first[sets.find(("", one.id))]].append(one)
    return groups


def same_name(name: str, type_: str) -> tuple[str, str]:
    """The key of a name, equal for names of one entity: without titles, honorifics, articles, possessives, legal forms and
    descriptive words.
    """
    return kind_of(type_), key(core(bare(name, type_), type_), type_)


def _with_acronyms(groups: Mapping[tuple[str, str], list[Naming]]) -> dict[tuple[str, str], list[Naming]]:
    """The groups, with acronyms and other names of one word added to the only name that articles explain by them."""
    long: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for where, members in groups.items():
        for form in (form for member in members for form in _explained(member)):
            long[fold(form)].add(where)
    targets: dict[tuple[str, str], tuple[str, str]] = {}
    for where, members in groups.items():
        named = {fold(member.name) for member in members}
        meant = long.get(named.pop(), set()) if len(named) == 1 else set()
        if (
            where[0] in _EXPLAINED
            and len(meant) == 1
            and where not in meant
            and next(iter(meant))[0] in _EXPLAINED
        ):
            targets[where] = next(iter(meant))
    joined = dict(groups)
    for where, target in targets.items():
        if target not in targets:
            joined[target] = [*joined[target], *joined.pop(where)]
    return joined


def _explained(naming: Naming) -> Iterator[str]:
    """The acronyms and other single words that an article gives for a name written out."""
    if not is_acronym(naming.name):
        for form in naming.also:
            if (is_acronym(form) and form not in naming.name.split()) or _is_other_word(form, naming.name):
                yield form


def _is_other_word(form: str, name: str) -> bool:
    """Whether a form is one word that the name does not have: "Petrolenn" of "Petróleo Lennois"."""
    return " " not in form and len(form) >= _LONG and fold(form) not in fold(name).split()


def _one_id(members: Sequence[Naming], apart: frozenset[frozenset[str]]) -> dict[str, str]:
    """One id for the members: that of the most frequent name that is not an acronym; names kept apart from it keep their own."""
    counts = Counter(members)
    times = Counter(member.id for member in members)
    commonest = min(counts, key=lambda one: (is_acronym(one.name), -times[one.id], one.id, one.name))
    return {
        count.id: count.id if frozenset((fold(count.name), fold(commonest.name))) in apart else commonest.id
        for count in counts
    }


def _members(namings: Iterable[Naming], meant: Mapping[str, str]) -> dict[str, list[Naming]]:
    found: defaultdict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        found[meant[naming.id]].append(naming)
    return dict(sorted(found.items()))


def _candidate(id_: str, members: Sequence[Naming], redirects: tuple[str, ...]) -> Record:
    names = Counter((member.name, member.type) for member in members if member.id == id_)
    name, type_ = min(names, key=lambda one: (shouted(*one), -names[one], one))
    given = {form for member in members for form in (member.name, *member.also)} - {name}
    return Record(id_, name, type_, redirects=redirects, candidate=True, given=tuple(sorted(given)))


def _renamed(page: ArticlePage, meant: Mapping[str, str]) -> ArticlePage:
    """The page with the ids that its names mean; the same object if unchanged."""
    if not any(meant[one.id] != one.id for one in page.gist.named):
        return page
    entities = _once(replace(ref, id=meant.get(ref.id, ref.id)) for ref in page.entities)
    timeline = tuple(
        replace(entry, entities=tuple(dict.fromkeys(meant.get(id_, id_) for id_ in entry.entities)))
        for entry in page.timeline
    )
    decided = {ref.id for ref in page.entities if ref.id not in page.unreviewed}
    known = {meant.get(id_, id_) for id_ in decided}
    open_ = tuple(ref.id for ref in entities if page.unreviewed and ref.id not in known)
    return replace(page, entities=entities, timeline=timeline, unreviewed=open_)


def _once(refs: Iterable[EntityRef]) -> tuple[EntityRef, ...]:
    """Each entity once, at its first position, with all forms."""
    found: dict[str, EntityRef] = {}
    for ref in refs:
        first = found.setdefault(ref.id, ref)
        if first is not ref:
            also = dict.fromkeys((*first.also, *((ref.name,) if ref.name else ()), *ref.also))
            found[ref.id] = replace(first, also=tuple(also))
    return tuple(found.values())


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
