"""Group the mentions of an article by entity, and give each entity an id."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from dossierkit.extract.authority import Authority
from dossierkit.extract.forms import bare
from dossierkit.extract.headings.words import listed
from dossierkit.extract.identity.groups import Group, grouped, kind_of
from dossierkit.extract.identity.ties import ties
from dossierkit.extract.identity.union import Union
from dossierkit.extract.lexicon import lexicon, states
from dossierkit.extract.mentions.acronyms import BRACKETED, bodies, defined
from dossierkit.model.finding import Mention
from dossierkit.text.fold import fold, slug

_DOCUMENTS = "document"
_LONGEST = 300  # code points; length of a bracket
_QUOTES = ("”", "’", '"', "'")
_OPENED = re.compile(r"(?: (?:S\.A\.|[A-Z][A-Za-z]{1,5}\.?))?,? \(([“‘\"']?)")
_KNOWN_AS = re.compile(
    r"(?:, \d\d)?[,;]? \(?(?:(?:which|who) (?:is|was) )?(?:(?:also|better|commonly|locally|otherwise|widely) )?"
    r"(?:known (?:locally )?as|called|aka|a\.k\.a\.|alias|nicknamed) [“‘\"']?(?:[A-Z][a-z]{2,12} )?"
    r"|, who (?:also )?goes by (?:the name )?[“‘\"']?"
)
# in the name in brackets of "the Movement of Lenn (Movimento de Lenn)"
_TONGUE = re.compile(r" (?:da|das|de|del|des|do|dos|du|für|para|per|pour) ")
_LABEL = re.compile(r"([A-Z][a-z]{2,20})(?: [A-Z][a-z]{2,20})?: ")
_WORD = re.compile(r"\b[a-z]{2,}\b")
_BETWEEN = frozenset({"or", "and", "also", "romanized", "romanised", "translit", "lit"})


def resolve(text: str, mentions: Sequence[Mention], authority: Authority) -> tuple[Mention, ...]:
    """The mentions with `entity` set: a record's id, else an id made from the fullest name.

    The rule that joined a mention to its entity is added to `reason`.
    """
    groups = list(grouped(mentions, authority.others).values())
    _adopt_records(groups, authority)
    sets: Union[int] = Union(lambda one, other: _apart(groups[one], groups[other], authority))
    index = {id(group): at for at, group in enumerate(groups)}
    first: dict[str, int] = {}
    for at, group in enumerate(groups):
        if group.record:
            sets.join(at, first.setdefault(group.record, at), "name of a record")
    explained = [*_pairs(text, mentions), *_bracketed(text, mentions)]
    for short, long, reason in ties(groups, explained, authority.others):
        sets.join(index[id(short)], index[id(long)], reason)
    where = {at: number for number, group in enumerate(groups) for at in group.mentions}
    for inside, before in translated(text, mentions):
        sets.join(where[inside], where[before], "the same name in another language")
    return _named(mentions, groups, sets, authority)


def _pairs(text: str, mentions: Sequence[Mention]) -> list[tuple[str, str]]:
    pairs = defined(text, bodies(mentions))
    return [
        (fold(bare(text[slice(*long)], "organization")), fold(text[slice(*short)])) for long, short in pairs
    ]


def _bracketed(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[str, str]]:
    """A rule's name with an acronym in brackets after it, whatever its letters, and what else brackets give as its other name."""
    for long, short in pairwise(mentions):
        if short.reason == BRACKETED or _other_name(text, long, short):
            yield fold(bare(long.text, long.type)), fold(bare(short.text, short.type))


def _other_name(text: str, long: Mention, short: Mention) -> bool:
    """Whether brackets hold one word that is another name, or words say so: "Lenn Nickel SA (“Lennick”)", "National Mining
    Agency (Tarnag)", "Idris Okonta (Toumba)", "Idris Okonta, 58, known as Toumba", "WAC; also known as CAO".
    """
    named = long.type == short.type and long.type in {"person", "organization"}
    if named and _KNOWN_AS.fullmatch(text[long.end : short.start]):
        return True
    between, quote = _OPENED.fullmatch(text[long.end : short.start]), text[short.end : short.end + 1]
    if named and between and not between[1] and _TONGUE.search(short.text) and not _TONGUE.search(long.text):
        return long.type == "organization"
    if not between or " " in short.text or " " not in long.text or ")" not in text[short.end : short.end + 2]:
        return False
    quoted = bool(between[1]) and quote in _QUOTES
    source = short.text in lexicon().canonical or short.text in listed("picture_desks")  # "(Reuters)"
    unlisted = not source and (quoted or quote == ")")
    return named and (unlisted or (quoted and long.type == "organization"))


def _adopt_records(groups: Iterable[Group], authority: Authority) -> None:
    """Give a group whose bare name is a record's strong name to that record ("President Obama" beside "Barack Obama").

    Also if the gazetteer expands its name to the record's: "UN" for the record "United Nations".
    """
    for group in groups:
        if not group.record:
            found = next(
                (id_ for name in (*sorted(group.names), group.key) if (id_ := authority.named(name))), ""
            )
            record = authority.records.get(found)
            if record is not None and (record.type == group.type or group.kind == "thing"):
                group.record = found


def _apart(one: Group, other: Group, authority: Authority) -> bool:
    if one.record and other.record and one.record != other.record:
        return True
    return bool(one.record or other.record) and authority.kept_apart(
        one.record or one.key, other.record or other.key
    )


def _named(
    mentions: Sequence[Mention], groups: Sequence[Group], sets: Union[int], authority: Authority
) -> tuple[Mention, ...]:
    members: dict[int, list[int]] = {}
    for at in range(len(groups)):
        members.setdefault(sets.find(at), []).append(at)
    ids = _ids([[groups[at] for at in group] for group in members.values()], authority)
    resolved = list(mentions)
    for group, id_ in zip(members.values(), ids, strict=True):
        for at in group:
            why = sets.reasons.get(at, "")
            for index in groups[at].mentions:
                mention = resolved[index]
                reason = f"{mention.reason}; {why}" if why else mention.reason
                resolved[index] = replace(mention, entity=id_, reason=reason)
    return tuple(resolved)


def _ids(entities: Sequence[Sequence[Group]], authority: Authority) -> list[str]:
    """An id for each entity: its record's, else one from its name that no record or other entity has."""
    taken = set(authority.records)
    last: dict[str, int] = {}
    ids = []
    for groups in entities:
        record = next((group.record for group in groups if group.record), "")
        id_ = record or _free(slug(full_name(groups, authority.others)), groups[0].type, taken, last)
        taken.add(id_)
        ids.append(id_)
    return ids


def _free(id_: str, type_: str, taken: set[str], last: dict[str, int]) -> str:
    """The id, with the type and a number if it is taken. `last`: the last number given, by id with type."""
    if id_ not in taken:
        return id_
    typed = candidate = f"{id_}-{type_}"
    while candidate in taken:
        last[typed] = last.get(typed, 1) + 1
        candidate = f"{typed}-{last[typed]}"
    return candidate


def full_name(groups: Sequence[Group], others: Container[str] = ()) -> str:
    """The name of an entity: the gazetteer's, else the longest that is not an acronym. `others`: folded names that mean something else here."""
    best = max(groups, key=lambda group: (len(group.words), len(group.mentions), -group.mentions[0]))
    state = states().get(best.name.rstrip(".")) if best.type == "place" else None
    entry = lexicon().canonical.get(fold(state or best.name))
    if entry is not None and best.kind == "thing" and fold(best.name) not in others:
        return entry.name
    return best.name


def translated(text: str, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    """(mention in brackets, mention before them), as indices into `mentions`."""
    for before, mention in enumerate(mentions):
        start = _opening(text, mention.end)
        end = text.find(")", start, start + _LONGEST) if start else -1
        if end < 0 or "\n" in text[start:end]:
            continue
        inside = before + 1
        while inside < len(mentions) and mentions[inside].end <= end:
            other = mentions[inside]
            if kind_of(other.type) == kind_of(mention.type) and _names(text[start : other.start]):
                yield inside, before
            inside += 1


def _opening(text: str, end: int) -> int:
    """The offset of brackets directly after a name, else 0."""
    return end + 2 if text[end : end + 2] == " (" else 0


def _names(ahead: str) -> bool:
    """Whether only the name of a language precedes the mention in brackets."""
    labels = [found for found in _LABEL.finditer(ahead) if found[1] in lexicon().languages]
    if not labels:
        return False
    rest = ahead[labels[-1].end() :]
    return ";" not in rest and _BETWEEN.issuperset(_WORD.findall(rest))
