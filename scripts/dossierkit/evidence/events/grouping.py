"""Group entries of several articles by event, in time linear in the number of entries.

Each entry is compared with the leads of groups that share an entity and a month with it, most precise date first
(Hartigan's leader algorithm); the lead has the narrowest date, so all dates of a group agree with it. The order is
made from the entries' content, so the result does not depend on input order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from dossierkit.evidence.events.comparable import COUNTRY, ComparableEntry, Key
from dossierkit.evidence.events.likeness import ENTITIES, Rarity, likeness

_MOST_LEADS = 40
"""Leads of one entity and month that an entry is weighed against: the last ones in the order of precision."""
_MOST_COUNTRIES = 6
_MOST_MONTHS = 14
Place = tuple[str, int]


@dataclass(slots=True)
class _EventGroup:
    lead: ComparableEntry
    members: list[ComparableEntry] = field(default_factory=list)

    def tells(self, article: str) -> bool:
        return any(member.key[0] == article for member in self.members)


def join(entries: Iterable[ComparableEntry]) -> tuple[tuple[Key, ...], ...]:
    """Every entry in exactly one group, by its key; keys sorted within a group, groups by their first key.

    An editor's `event` key has precedence. Entries of one article are never joined without it.
    """
    listed = sorted(entries, key=lambda entry: entry.key)
    named: dict[str, list[Key]] = defaultdict(list)
    for one in listed:
        if one.event:
            named[one.event].append(one.key)
    found = [[member.key for member in group.members] for group in _found(listed)]
    return tuple(sorted(tuple(sorted(group)) for group in (*named.values(), *found)))


def _found(listed: list[ComparableEntry]) -> list[_EventGroup]:
    rarity = Rarity(listed)
    groups: list[_EventGroup] = []
    leads: dict[Place, list[_EventGroup]] = defaultdict(list)
    for one in sorted((entry for entry in listed if not entry.event), key=_precision):
        places = tuple(_places(one))
        group = _best(one, places, leads, rarity)
        if group is None:
            group = _EventGroup(one)
            groups.append(group)
            for place in places:
                leads[place].append(group)
        group.members.append(one)
    return groups


def _precision(entry: ComparableEntry) -> tuple[int, date, Key]:
    if entry.first is None or entry.days is None:
        return 10**9, date.max, entry.key
    return entry.days, entry.first, entry.key


def _best(
    entry: ComparableEntry, places: Iterable[Place], leads: dict[Place, list[_EventGroup]], rarity: Rarity
) -> _EventGroup | None:
    best, score = None, 0.0
    seen: set[Key] = set()
    for place in places:
        for group in leads[place][-_MOST_LEADS:]:
            if group.lead.key in seen or group.tells(entry.key[0]):
                continue
            seen.add(group.lead.key)
            like = likeness(group.lead, entry, rarity)
            if like > score or (like == score > 0 and best is not None and group.lead.key < best.lead.key):
                best, score = group, like
    return best


def _places(entry: ComparableEntry) -> Iterator[Place]:
    """Keys under which an equal entry may be found: the words of its quote; an entity that counts (or two countries) and a month."""
    if entry.wording:
        yield "", entry.wording
    if entry.days is None:
        return
    low, high = entry.reach
    assert low is not None
    assert high is not None
    begin, end = _month(low), _month(date.fromordinal(high.toordinal() - 1))
    for who in _whom(entry):
        for month in range(begin, min(end, begin + _MOST_MONTHS) + 1):
            yield who, month


def _whom(entry: ComparableEntry) -> Iterator[str]:
    yield from sorted(id_ for id_, weight in entry.weights.items() if weight >= ENTITIES)
    countries = sorted(id_ for id_, weight in entry.weights.items() if weight == COUNTRY)
    yield from (" ".join(pair) for pair in combinations(countries[:_MOST_COUNTRIES], 2))


def _month(day: date) -> int:
    return day.year * 12 + day.month
