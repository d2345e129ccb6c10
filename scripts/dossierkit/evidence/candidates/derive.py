"""Candidates: the entities behind all names without a record, over all pages and proposals.

Depends on the whole input only, not on order, batches, branches or number of processes; nothing is stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import product

from dossierkit.evidence.candidates.core_names import shouted
from dossierkit.evidence.candidates.identity import identity, kept_apart
from dossierkit.evidence.candidates.likeness import LIKELY, LONGER, SURNAME, Likeness, likenesses
from dossierkit.evidence.candidates.name_keys import Bearing
from dossierkit.extract.identity.trust import beyond_doubt
from dossierkit.model.page import Content, Naming
from dossierkit.model.proposal import Proposal, ProposedEntity, Question
from dossierkit.model.record import Name, Record
from dossierkit.text.fold import fold


@dataclass(frozen=True, slots=True)
class Twin:
    """A possible duplicate. `id`: of a record or a candidate; `score` in 0..1."""

    id: str
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entity without a record. `members`: ids made from its names; `names`: these names; `forms`: all its names in articles,
    sorted.

    `articles`: ids of articles that name it, sorted; `score`: of its best mention, 0 without a proposal. `twins`: best first.
    `sure`: the types with which an article has it beyond doubt.
    """

    id: str
    name: str
    type: str
    members: tuple[str, ...]
    forms: tuple[str, ...]
    articles: tuple[str, ...]
    mentions: int
    score: float
    names: tuple[str, ...] = ()
    twins: tuple[Twin, ...] = ()
    sure: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Candidates:
    """All candidates, by id. `ids`: for each id made from a name its candidate or record.

    `twins`: every likely pair of candidates, and of a candidate and a record. `questions`: by article, in the form of its
    proposal.
    """

    by_id: Mapping[str, Candidate] = field(default_factory=dict)
    ids: Mapping[str, str] = field(default_factory=dict)
    twins: tuple[Likeness, ...] = ()
    questions: Mapping[str, tuple[Question, ...]] = field(default_factory=dict)

    def meant(self, id_: str) -> Candidate | None:
        """The candidate with this id, or to which an id made from a name leads; None for a record or an unknown id."""
        return self.by_id.get(self.ids.get(id_, id_))

    def settles(self, entity: ProposedEntity) -> bool:
        """Whether an article has a name beyond doubt, with the same type, so that no other needs to be asked about it."""
        made = self.meant(entity.entity)
        return made is not None and entity.type in made.sure

    @property
    def as_records(self) -> dict[str, Record]:
        """Each candidate as a record with its forms as aliases, by id."""
        return {
            id_: Record(id_, found.name, found.type, aliases=tuple(map(Name, found.forms)), candidate=True)
            for id_, found in self.by_id.items()
        }


def candidates(content: Content, proposals: Mapping[str, Proposal]) -> Candidates:
    """`proposals`: by article id; pages and proposals of withdrawn articles do not count."""
    live = {id_: page for id_, page in content.articles.items() if page.status != "withdrawn"}
    named = {id_: list(page.gist.named) for id_, page in live.items()}
    proposed = {id_: list(_waiting(proposals[id_])) for id_ in live if id_ in proposals}
    for id_, entities in proposed.items():
        there = {naming.id for naming in named[id_]}
        named[id_] += [_naming(entity) for entity in entities if entity.entity not in there]
    ids = identity((named[id_] for id_ in sorted(named)), content.records.values(), content.decisions)
    made = {candidate.id: candidate for candidate in _made(named, proposed, ids, content)}
    pairs = tuple(_likely(made.values(), content))
    twins = _by_id(pairs)
    by_id = {
        id_: replace(candidate, twins=tuple(twins.get(id_, ()))) for id_, candidate in sorted(made.items())
    }
    questions = {
        id_: proposal.questions
        for id_, proposal in sorted(proposals.items())
        if id_ in live and proposal.questions
    }
    return Candidates(by_id, ids, pairs, questions)


def _waiting(proposal: Proposal) -> Iterator[ProposedEntity]:
    """The entities of a proposal without a record and not rejected."""
    rejected_ids = {rejected.entity for rejected in proposal.rejected}
    return (entity for entity in proposal.entities if not entity.known and entity.entity not in rejected_ids)


def _naming(entity: ProposedEntity) -> Naming:
    return Naming(entity.entity, entity.name, entity.type, entity.also)


def _made(
    named: Mapping[str, Iterable[Naming]],
    proposed: Mapping[str, Iterable[ProposedEntity]],
    ids: Mapping[str, str],
    content: Content,
) -> Iterator[Candidate]:
    where: defaultdict[str, dict[str, list[Naming]]] = defaultdict(dict)
    for article, namings in named.items():
        for naming in namings:
            where[ids[naming.id]].setdefault(article, []).append(naming)
    found: defaultdict[str, list[ProposedEntity]] = defaultdict(list)
    for entities in proposed.values():
        for entity in entities:
            found[ids[entity.entity]].append(entity)
    for id_, articles in where.items():
        if id_ not in content.records:
            yield _candidate(id_, articles, found.get(id_, ()))


def _candidate(id_: str, articles: Mapping[str, list[Naming]], found: Iterable[ProposedEntity]) -> Candidate:
    namings = [naming for listed in articles.values() for naming in listed]
    own = min(
        ((one.name, one.type) for one in namings if one.id == id_), key=lambda one: (shouted(*one), *one)
    )
    proposals = tuple(found)
    forms = {form for one in namings for form in (one.name, *one.also)} | {
        form for proposal in proposals for form in proposal.forms
    }
    return Candidate(
        id_,
        *own,
        members=tuple(sorted({one.id for one in namings})),
        forms=tuple(sorted(forms)),
        articles=tuple(sorted(articles)),
        mentions=sum(proposal.mentions for proposal in proposals),
        score=max((proposal.score for proposal in proposals), default=0.0),
        names=tuple(sorted({one.name for one in namings})),
        sure=frozenset(proposal.type for proposal in proposals if beyond_doubt(proposal)),
    )


def _likely(made: Iterable[Candidate], content: Content) -> Iterator[Likeness]:
    """Pairs with at least one candidate that nobody has kept apart. Records' names in languages of no article are not compared."""
    listed = tuple(made)
    candidate_ids = {candidate.id for candidate in listed}
    records = [record for record in content.records.values() if record.status != "withdrawn"]
    bearings = [
        Bearing(candidate.id, name, candidate.type)
        for candidate in listed
        for name in candidate.names
        if name == candidate.name or " " in name
    ]
    read = {"", *(_language(page.lang) for page in content.articles.values())}
    bearings += [
        Bearing(record.id, name.text, record.type)
        for record in records
        for name in record.strong_names
        if _language(name.lang) in read
    ]
    names = {candidate.id: {fold(candidate.name), candidate.id} for candidate in listed}
    names |= {
        record.id: {fold(name.text) for name in record.strong_names} | {record.id} for record in records
    }
    apart = kept_apart(content.decisions)
    beside = _beside(listed)
    articles = {candidate.id: set(candidate.articles) for candidate in listed}
    bodies = {candidate.id for candidate in listed if candidate.type == "organization"}
    for found in likenesses(bearings):
        likely = _in_company(found, articles, beside, bodies)
        pair = found._replace(score=max(found.score, LIKELY)) if likely else found
        if candidate_ids.isdisjoint(pair[:2]):
            continue
        if not any(frozenset(two) in apart for two in product(names[pair.one], names[pair.other])):
            yield pair


def _language(tag: str) -> str:
    return tag.partition("-")[0].lower()


def _in_company(
    found: Likeness, articles: Mapping[str, set[str]], beside: Mapping[str, set[str]], bodies: set[str]
) -> bool:
    """Whether what the articles name beside two names makes it likely that they are one; relatives have the same company."""
    one, other = (articles.get(id_, set()) for id_ in found[:2])
    shared = len(_named(beside, one) & _named(beside, other) - {*found[:2]})
    if found.reason == LONGER and bodies.issuperset(found[:2]):
        return shared > 0 or not one.isdisjoint(other)
    return found.reason != SURNAME and one.isdisjoint(other) and shared > 1


def _beside(listed: Iterable[Candidate]) -> dict[str, set[str]]:
    """The people and organisations of each article."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for candidate in listed:
        for article in candidate.articles if candidate.type != "place" else ():
            found[article].add(candidate.id)
    return found


def _named(beside: Mapping[str, set[str]], articles: Iterable[str]) -> set[str]:
    return {id_ for article in articles for id_ in beside.get(article, ())}


def _by_id(pairs: Iterable[Likeness]) -> dict[str, list[Twin]]:
    found: defaultdict[str, list[Twin]] = defaultdict(list)
    for pair in pairs:
        found[pair.one].append(Twin(pair.other, pair.reason, pair.score))
        found[pair.other].append(Twin(pair.one, pair.reason, pair.score))
    return found
