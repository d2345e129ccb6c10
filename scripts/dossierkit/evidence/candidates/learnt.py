"""Apply people's decisions to extraction results: what is not proposed, types of names, and reasons."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dossierkit.extract.identity.groups import kind_of
from dossierkit.model.decision import Decision
from dossierkit.model.proposal import ProposedEntity, ProposedEntry
from dossierkit.model.record import ENTITY_TYPES
from dossierkit.text.fold import fold, name_id

SOURCE = "decided in seeds/decisions.yml"
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|\*")
_ANY = "*"


@dataclass(frozen=True, slots=True)
class Learnt:
    """Decisions indexed by folded name, and openings of headings as folded words."""

    junk: dict[str, Decision] = field(default_factory=dict)
    types: dict[str, Decision] = field(default_factory=dict)
    same: dict[str, Decision] = field(default_factory=dict)
    openings: tuple[tuple[tuple[str, ...], Decision], ...] = ()

    def is_junk(self, entity: ProposedEntity) -> bool:
        return not entity.known and fold(entity.name) in self.junk

    def typed(self, entity: ProposedEntity) -> ProposedEntity:
        """An entity without a record, with the decided type, which is then its reason."""
        decision = self.types.get(fold(entity.name))
        if decision is None or decision.type == entity.type:
            return entity
        return replace(entity, type=decision.type, reason=reason(decision))

    def named(self, entity: ProposedEntity, here: Mapping[str, str]) -> ProposedEntity:
        """An entity without a record under the decided name, if the article has both.

        `here`: the article's folded names with types. People are not joined with things.
        """
        decision = self.same.get(fold(entity.name))
        name = self.last_name(decision) if decision else ""
        type_ = here.get(fold(name), "")
        if decision is None or not type_ or kind_of(type_) != kind_of(entity.type):
            return entity
        return replace(entity, name=name, type=type_, reason=reason(decision))

    def last_name(self, decision: Decision) -> str:
        """The last name of a chain "A is B, B is C"; of a circle, the first repeated one."""
        seen = {fold(decision.name)}
        while (then := self.same.get(fold(decision.other))) and fold(decision.other) not in seen:
            seen.add(fold(decision.other))
            decision = then
        return decision.other

    def led(
        self, found: Mapping[str, tuple[str, ...]], records: Collection[str]
    ) -> Mapping[str, tuple[str, ...]]:
        """`found` (ids made from names -> records), extended by names decided to be the same as a record's."""
        more: dict[str, tuple[str, ...]] = {}
        for decision in self.same.values():
            last = self.last_name(decision)
            for type_ in ENTITY_TYPES:
                ids = (last,) if last in records else found.get(name_id(last, type_), ())
                if ids:
                    more[name_id(decision.name, type_)] = ids
        return {**more, **found}

    def unwanted(self, entry: ProposedEntry) -> Decision | None:
        """The decision by which an entry is not proposed."""
        heading = words(entry.text)
        return next((decision for opening, decision in self.openings if begins(heading, opening)), None)

    def notes(self, entities: Sequence[ProposedEntity], timeline: Iterable[ProposedEntry]) -> Iterator[str]:
        """What decisions excluded or joined, each once."""
        unwanted = [found for entry in timeline if (found := self.unwanted(entry))]
        junk = [self.junk[fold(entity.name)] for entity in entities if self.is_junk(entity)]
        for decision in dict.fromkeys((*junk, *unwanted)):
            yield f"not proposed: {reason(decision)}"
        joined = (self.same.get(fold(entity.name)) for entity in entities if not self.is_junk(entity))
        yield from (f"joined: {reason(decision)}" for decision in dict.fromkeys(joined) if decision)


def learnt(decisions: Iterable[Decision]) -> Learnt:
    listed = tuple(decisions)
    return Learnt(
        {fold(decision.name): decision for decision in listed if decision.kind == "junk"},
        {fold(decision.name): decision for decision in listed if decision.kind == "other_type"},
        {fold(decision.name): decision for decision in listed if decision.kind == "same"},
        tuple(
            (words(decision.name), decision)
            for decision in listed
            if decision.kind == "heading" and words(decision.name)
        ),
    )


def reason(decision: Decision) -> str:
    """A decision as the reason of a proposal."""
    return f"{decision.words}, {SOURCE}"


def words(text: str) -> tuple[str, ...]:
    """The words of a heading or opening, folded; `*` is a word."""
    return tuple(fold(word) for word in _WORD.findall(text))


def begins(heading: tuple[str, ...], opening: tuple[str, ...]) -> bool:
    """Whether a heading begins with an opening, in which `*` matches any one word."""
    if len(heading) < len(opening):
        return False
    return all(want in (_ANY, have) for have, want in zip(heading, opening, strict=False))
