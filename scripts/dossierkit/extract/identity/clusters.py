"""Join the entities of several articles (cross-document resolution).

Rules in order of trust: records; equal full names; spellings of one full name; acronyms whose long form is unique in
the input; names that differ by words like "Inc." and "Airways"; surnames that belong to one full name only, if the
two articles share another name. People with equal full names stay apart if their fields of activity differ and their
articles share no other name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from dossierkit.extract.authority import Authority
from dossierkit.extract.forms import bare, key, short_forms, surnames
from dossierkit.extract.identity.groups import kind_of
from dossierkit.extract.identity.union import Union
from dossierkit.extract.lexicon import lexicon
from dossierkit.extract.skeleton import name_skeleton
from dossierkit.model.finding import Event, Extraction, Mention
from dossierkit.model.source import Article
from dossierkit.text.fold import fold

Local = tuple[int, str]  # index of the article, entity id in it
_BEFORE = re.compile(r"((?:[\w.’'-]{1,40} ){1,3})$")
_ROLE = re.compile(r",? (?:an?|the|is an?|was an?|is the|was the)? ?((?:[\w’'-]+ ){0,4}[\w’'-]+)")


@dataclass(slots=True)
class Profile:
    """What one article says about an entity; `names` holds (bare form, key)."""

    kind: str
    record: str
    names: set[tuple[str, str]] = field(default_factory=set)
    fields: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()


def join(
    articles: Sequence[Article], extractions: Sequence[Extraction], authority: Authority
) -> tuple[Extraction, ...]:
    """The extractions, with one id for each entity of the whole input; `reason` names the rule that joined."""
    profiles = _profiles(articles, extractions, authority)
    sets: Union[Local] = Union(lambda one, other: _apart(profiles[one], profiles[other], authority))
    for one, other, reason in _same(profiles):
        sets.join(one, other, reason)
    ids = _ids(profiles, sets, authority)
    return tuple(_renamed(at, extraction, ids, sets) for at, extraction in enumerate(extractions))


def _profiles(
    articles: Sequence[Article], extractions: Sequence[Extraction], authority: Authority
) -> dict[Local, Profile]:
    profiles: dict[Local, Profile] = {}
    for at, (article, extraction) in enumerate(zip(articles, extractions, strict=True)):
        mentions: defaultdict[str, list[Mention]] = defaultdict(list)
        for mention in extraction.mentions:
            mentions[mention.entity].append(mention)
        for id_, named in mentions.items():
            kinds = Counter(kind_of(mention.type) for mention in named)
            kind = min(kinds, key=lambda k: (-kinds[k], k))
            names = {(bare(m.text, m.type), key(m.text, m.type)) for m in named}
            fields = _fields_of(article.text, named) if kind == "person" else frozenset()
            company = (
                frozenset(other for other in mentions if other != id_) if kind == "person" else frozenset()
            )
            profiles[at, id_] = Profile(kind, id_ if id_ in authority.records else "", names, fields, company)
    return profiles


def _apart(one: Profile, other: Profile, authority: Authority) -> bool:
    if one.record and other.record and one.record != other.record:
        return True
    return authority.kept_apart(one.record, other.record) if one.record or other.record else False


def _same(profiles: Mapping[Local, Profile]) -> Iterator[tuple[Local, Local, str]]:
    """(local, local it is the same as, reason)."""
    yield from _records(profiles)
    full = {local: profile for local, profile in profiles.items() if profile.kind == "person"}
    yield from _people(full)
    yield from _lone_surnames(full)
    yield from _others({local: p for local, p in profiles.items() if p.kind not in ("person", "thing")})
    yield from _things({local: p for local, p in profiles.items() if p.kind == "thing"})


def _records(profiles: Mapping[Local, Profile]) -> Iterator[tuple[Local, Local, str]]:
    first: dict[str, Local] = {}
    for local, profile in profiles.items():
        if profile.record:
            yield local, first.setdefault(profile.record, local), "name of a record"


def _people(people: Mapping[Local, Profile]) -> Iterator[tuple[Local, Local, str]]:
    """Join equal full names, then equal skeletons of full names; people who disagree start a new group."""
    circles: defaultdict[tuple[str, ...], list[Local]] = defaultdict(list)
    for local, person in people.items():
        for name, name_key in sorted(person.names):
            if " " not in name:
                continue
            for where, reason in (
                ((name_key,), "same full name"),
                (name_skeleton(name_key), "same name in another spelling"),
            ):
                if not where or (len(where) == 1 and where[0] != name_key):
                    continue
                same = next((other for other in circles[where] if not _disagree(person, people[other])), None)
                if same is None:
                    circles[where].append(local)
                elif same != local:
                    yield local, same, reason


def _disagree(one: Profile, other: Profile) -> bool:
    """Whether two people have different fields of activity and share no other name."""
    return (
        bool(one.fields and other.fields)
        and one.fields.isdisjoint(other.fields)
        and one.company.isdisjoint(other.company)
    )


def _lone_surnames(people: Mapping[Local, Profile]) -> Iterator[tuple[Local, Local, str]]:
    """Join a surname alone to the only person of the input who has it, if the articles share another name."""
    bearers: defaultdict[str, dict[str, Local]] = defaultdict(dict)
    for local, person in people.items():
        for name, name_key in sorted(person.names):
            for form in surnames(name) if " " in name else ():
                bearers[fold(form)].setdefault(name_key, local)
    for local, person in people.items():
        if any(" " in name for name, _ in person.names):
            continue
        for _, name_key in sorted(person.names):
            found = bearers.get(name_key, {})
            if len(found) == 1:
                (other,) = found.values()
                if not person.company.isdisjoint(people[other].company):
                    yield local, other, "surname of one full name in shared company"


def _others(profiles: Mapping[Local, Profile]) -> Iterator[tuple[Local, Local, str]]:
    first: dict[tuple[str, str], Local] = {}
    for local, profile in profiles.items():
        yield local, first.setdefault((profile.kind, local[1]), local), "same name"
        for _, name_key in sorted(profile.names) if profile.kind != "document" else ():
            yield local, first.setdefault((profile.kind, f"={name_key}"), local), "same name"


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return letters.isupper() and 2 <= len(letters) <= 8 and " " not in letters


def _things(things: Mapping[Local, Profile]) -> Iterator[tuple[Local, Local, str]]:
    first: dict[str, Local] = {}
    meanings: defaultdict[str, dict[str, Local]] = defaultdict(dict)
    lone: list[tuple[Local, str]] = []
    for local, thing in things.items():
        full = sorted((name, name_key) for name, name_key in thing.names if not _is_acronym(name))
        acronyms = sorted(name_key for name, name_key in thing.names if _is_acronym(name))
        for _, name_key in full:
            yield local, first.setdefault(name_key, local), "same name"
        for acronym in acronyms:
            if full:
                meanings[acronym].setdefault(full[0][1], local)
            else:
                lone.append((local, acronym))
    yield from _lone_acronyms(lone, meanings, first)
    for local, thing in things.items():
        for name, _ in sorted(thing.names):
            for form in short_forms(name):
                other = first.get(fold(form))
                if other is not None:
                    yield local, other, "name without its generic words"


def _lone_acronyms(
    lone: Iterable[tuple[Local, str]], meanings: Mapping[str, Mapping[str, Local]], first: dict[str, Local]
) -> Iterator[tuple[Local, Local, str]]:
    for local, acronym in lone:
        known = meanings.get(acronym, {})
        if len(known) == 1:
            yield local, next(iter(known.values())), "acronym of one name in the input"
        else:
            yield local, first.setdefault(acronym, local), "same acronym"


def _ids(profiles: Mapping[Local, Profile], sets: Union[Local], authority: Authority) -> dict[Local, str]:
    """The id of each cluster: its record's, else the most frequent of its local ids that no other cluster uses."""
    members: dict[Local, list[Local]] = {}
    for local in profiles:
        members.setdefault(sets.find(local), []).append(local)
    ids: dict[Local, str] = {}
    taken = set(authority.records)
    for cluster in members.values():
        record = next((profiles[local].record for local in cluster if profiles[local].record), "")
        counts = Counter(local[1] for local in cluster)
        id_ = record or _free(min(counts, key=lambda i: (-counts[i], -len(i), i)), taken)
        taken.add(id_)
        ids.update(dict.fromkeys(cluster, id_))
    return ids


def _free(id_: str, taken: set[str]) -> str:
    count = 2
    free = id_
    while free in taken:
        free, count = f"{id_}-{count}", count + 1
    return free


def _renamed(at: int, extraction: Extraction, ids: Mapping[Local, str], sets: Union[Local]) -> Extraction:
    mentions = tuple(_renamed_mention(at, mention, ids, sets) for mention in extraction.mentions)
    events = tuple(_renamed_event(at, event, ids) for event in extraction.events)
    return replace(extraction, mentions=mentions, events=events)


def _renamed_mention(at: int, mention: Mention, ids: Mapping[Local, str], sets: Union[Local]) -> Mention:
    local = (at, mention.entity)
    why = sets.reasons.get(local, "")
    return replace(mention, entity=ids[local], reason=f"{mention.reason}; {why}" if why else mention.reason)


def _renamed_event(at: int, event: Event, ids: Mapping[Local, str]) -> Event:
    return replace(event, entities=tuple(dict.fromkeys(ids[at, entity] for entity in event.entities)))


def _fields_of(text: str, mentions: Iterable[Mention]) -> frozenset[str]:
    """The fields of activity (data/en/titles.yml) of all titles next to one person's mentions."""
    return frozenset(field for mention in mentions for field in _beside(text, mention))


def _beside(text: str, mention: Mention) -> Iterable[str]:
    titles = lexicon().title_fields
    before = _BEFORE.search(text, max(0, mention.start - 40), mention.start)
    words = [*(before.group(1).split() if before else ()), *mention.text.split()]
    after = _ROLE.match(text, mention.end, mention.end + 60)
    words += after.group(1).split() if after else []
    return [titles[word.lower().strip(".,")] for word in words if word.lower().strip(".,") in titles]
