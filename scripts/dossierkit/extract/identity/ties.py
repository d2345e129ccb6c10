"""Rules that tie two names of one article: a short form, a long form, and the reason.

A short form that could mean two names is tied to neither.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from dossierkit.extract.forms import is_particle, short_forms, surnames
from dossierkit.extract.identity.groups import Group
from dossierkit.extract.lexicon import known_place, lexicon
from dossierkit.extract.mentions.acronyms import initials, name_words
from dossierkit.extract.skeleton import name_skeleton, skeleton
from dossierkit.extract.small_words import links
from dossierkit.text.fold import fold
from dossierkit.text.generation import without_generation

_LEAST_LETTERS, _MOST_LETTERS = 3, 10
_INITIALS = re.compile(r"((?:[^\W\d_a-z]\.[ -]?){1,3})(?=[^\W\d_a-z][\w’'-])")
_DOUBLE_NAMES = 4  # words: two given names and two surnames

Tie = tuple[Group, Group, str]


def ties(groups: Sequence[Group], pairs: Sequence[tuple[str, str]], others: Iterable[str]) -> Iterator[Tie]:
    """All ties; `pairs`: long forms with acronyms, folded; `others`: folded acronyms that mean something else here."""
    yield from _explained(groups, pairs)
    people = [group for group in groups if group.kind == "person"]
    things = [group for group in groups if group.kind == "thing"]
    same = list(_same_person(people))
    yield from same
    yield from _surnames(people, same)
    yield from _acronyms(groups, {*others, *(short for _, short in pairs)})
    yield from _short_organisations(things)
    yield from _openings(things)
    yield from _ministries(things)
    yield from _islands(things)
    yield from _located(things)
    yield from _ends([group for group in groups if group.kind == "event"])


def _explained(groups: Sequence[Group], pairs: Iterable[tuple[str, str]]) -> Iterator[Tie]:
    by_form: dict[str, Group] = {}
    for group in groups:
        for name in group.names:
            by_form.setdefault(fold(name), group)
    for long, short in pairs:
        one, other = by_form.get(short), by_form.get(long) or by_form.get(long.removeprefix("the "))
        if one is not None and other is not None and one is not other:
            yield one, other, "acronym explained in the text"


def _only(candidates: Iterable[Group]) -> Group | None:
    """The only candidate; each group counts once."""
    unique = {id(group): group for group in candidates}
    return next(iter(unique.values())) if len(unique) == 1 else None


def _same_person(people: Sequence[Group]) -> Iterator[Tie]:
    """Tie full names with one skeleton, or with the same first and last word if one omits the middle."""
    by_bones: defaultdict[tuple[str, ...], list[Group]] = defaultdict(list)
    by_ends: defaultdict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in people:
        if len(group.words) > 1:
            bones = name_skeleton(group.key)
            if bones:
                by_bones[bones].append(group)
            by_ends[group.words[0], group.words[-1]].append(group)
    for alike in by_bones.values():
        yield from ((other, alike[0], "same name in another spelling") for other in alike[1:])
    for alike in by_ends.values():
        longest = max(alike, key=lambda group: len(group.words))
        for other in alike:
            if other is not longest and _shortens(other.words, longest.words):
                yield other, longest, "same name without its middle"
    yield from _initialled(people)


def _initialled(people: Sequence[Group]) -> Iterator[Tie]:
    """Tie "R. A. Moreau" to "Robert Alan Moreau", if nobody else has the surname and given names that begin so."""
    full: defaultdict[str, list[Group]] = defaultdict(list)
    for group in people:
        if len(group.words) > 1 and not _INITIALS.match(group.name):
            full[group.words[-1]].append(group)
    for group in people:
        found = _INITIALS.match(group.name)
        if found and fold(group.name[found.end() :]) == group.words[-1]:
            letters = [letter.lower() for letter in found[1] if letter.isalpha()]
            one = _only(one for one in full.get(group.words[-1], ()) if one.words[0][:1] == letters[0])
            if one is not None and all(a == b[:1] for a, b in zip(letters, one.words[:-1], strict=False)):
                yield group, one, "initials of one full name"


def _shortens(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether a name is the other without its middle; "George W. Bush" is not short for "George H. W. Bush"."""
    return set(short) <= set(long) and not any(len(word.rstrip(".")) == 1 for word in short[1:-1])


def _surnames(people: Sequence[Group], same: Iterable[Tie]) -> Iterator[Tie]:
    """Tie a surname or given name to the only full name that has it; `same`: full names of one person."""
    first = {id(other): one for other, one, _ in same}
    by_short: defaultdict[str, list[Group]] = defaultdict(list)
    by_given: defaultdict[str, list[Group]] = defaultdict(list)
    yield from _beginnings(people)
    alone = {group.key for group in people if " " not in group.key}
    full = [
        group
        for group in people
        if " " in group.name
        and (_is_full(group.words) or group.words[0] in alone)  # a short given name, "Ben", also occurs alone
    ]
    for group in full:
        for name in group.names:
            for form in surnames(name):
                by_short[fold(form)].append(group)
                by_short["~" + skeleton(form)].append(group)
            given, *middle = without_generation(name).split(" ")[:-1] or [name]
            by_given[fold(given)].append(group)
            for word in middle:
                by_short["-" + fold(word)].append(group)
    yield from _articles(people)
    for group in people:
        if len(group.words) <= 3:
            bearers = _bearers(group, by_short, by_given)
            others = {id(first.get(id(one), one)): reason for one, reason in bearers if one is not group}
            if len(others) == 1:
                yield next((group, one, reason) for one, reason in bearers if one is not group)


def _beginnings(people: Sequence[Group]) -> Iterator[Tie]:
    """Tie a name of several words to the only longer one that begins or ends with it or has it inside, and to its words in reverse:
    "Abu Jandal" to "Abu Jandal al-Kuwaiti", "Díaz Vélez" to "Eustaquio Díaz Vélez", "David Hale" to "Roberto David Hale Mejía",
    "Moreau Ada" to "Ada Moreau".
    """
    beginning, ending, inside = _longer_by_first(people), _longer_by_last(people), _longer_by_inner(people)
    for group in people:
        begins = _only(beginning.get(tuple(group.words), ()))
        ends = _only(ending.get(tuple(group.words), ()))
        if begins is not None:
            yield group, begins, "beginning of one full name"
        elif ends is not None:
            yield group, ends, "end of one full name"
        elif (longer := _only(inside.get(tuple(group.words), ()))) is not None:
            yield group, longer, "inside of one full name"
    by_words = {tuple(group.words): group for group in people if len(group.words) == 2}
    for words, group in by_words.items():
        turned = by_words.get(words[::-1])
        if turned is not None and turned is not group:
            yield group, turned, "same name the other way round"


def _longer_by_first(groups: Iterable[Group]) -> Mapping[tuple[str, ...], list[Group]]:
    """By two words or more: the groups with more words that begin with them; "Ada Hale" may be another than "Ada Hale II"."""
    found: defaultdict[tuple[str, ...], list[Group]] = defaultdict(list)
    for group in groups:
        whole = without_generation(group.name) == group.name
        for size in range(2, len(group.words) - (not whole)):
            found[tuple(group.words[:size])].append(group)
    return found


def _longer_by_inner(groups: Iterable[Group]) -> Mapping[tuple[str, ...], list[Group]]:
    """By two words: the groups of four words that have them in the middle."""
    found: defaultdict[tuple[str, ...], list[Group]] = defaultdict(list)
    for group in groups:
        if len(group.words) == _DOUBLE_NAMES:
            found[tuple(group.words[1:-1])].append(group)
    return found


def _longer_by_last(groups: Iterable[Group], least: int = 2) -> Mapping[tuple[str, ...], list[Group]]:
    """By `least` words or more: the groups with more words that end with them."""
    found: defaultdict[tuple[str, ...], list[Group]] = defaultdict(list)
    for group in groups:
        for size in range(least, len(group.words)):
            found[tuple(group.words[-size:])].append(group)
    return found


def _bearers(
    group: Group, by_short: Mapping[str, list[Group]], by_given: Mapping[str, list[Group]]
) -> list[tuple[Group, str]]:
    """The full names a short form may belong to, and the reason: those with its exact spelling, else with another spelling."""
    form = fold(group.name)
    single = " " not in form
    plain = fold(surnames(group.name)[-1]) if surnames(group.name) and single else form
    bearers = [
        *((one, "surname of one full name") for one in by_short.get(form, ())),
        *((one, "surname without its article") for one in by_short.get(plain, ()) if plain != form),
        *((one, "given name of one full name") for one in by_given.get(form, ()) if single),
    ]
    bearers = bearers or [(one, "middle of one full name") for one in by_short.get("-" + form, ())]
    bones = skeleton(form) if single else ""
    if any(one is not group for one, _ in bearers) or len(bones) <= 2:
        return bearers
    return [(one, "surname in another spelling") for one in by_short.get("~" + bones, ())]


def _is_full(words: Sequence[str]) -> bool:
    """As "Abu Yusuf al-Hamdani", not "de la Rua"."""
    return not is_particle(words[0]) or sum(not is_particle(word) for word in words) > 1


def _articles(people: Sequence[Group]) -> Iterator[Tie]:
    """Tie "Assad" and "al-Assad" if no full name decides."""
    by_key = {group.key: group for group in people}
    for group in people:
        for form in surnames(group.name) if " " not in group.name else ():
            other = by_key.get(fold(form))
            if other is not None and other is not group:
                yield other, group, "name with and without its article"


def _acronyms(groups: Sequence[Group], others: Container[str]) -> Iterator[Tie]:
    """Tie an acronym to the only name whose initials it has, or else whose last words have them; not `others`."""
    long: defaultdict[str, list[Group]] = defaultdict(list)
    for group in groups:
        if len(group.words) > 1 and group.kind in ("thing", "event", "document"):
            for letters in initials(name_words(group.name)):
                long[letters].append(group)
    cut, last = _by_beginnings(groups), _by_last_initials(groups)
    for group in groups:
        form = group.name.replace(".", "")
        if fold(group.name) in others:
            continue
        if group.kind == "thing" and form.isupper() and 2 <= len(form) <= _MOST_LETTERS and " " not in form:
            candidate = _only(long.get(form, ()))
            if candidate is None:
                candidate = _only(
                    other
                    for key in _cuts(form)
                    for other in cut.get(key, ())
                    if _telescoped(form, other.words)
                )
            if candidate is None and group.type == "organization":
                candidate = _only(last.get(form, ()))
            if candidate is not None:
                yield group, candidate, "acronym of one name in the text"


def _by_last_initials(groups: Iterable[Group]) -> Mapping[str, list[Group]]:
    """Bodies by the initials of their last words, but not of all: "507th Air Refueling Wing" by "ARW"."""
    found: defaultdict[str, list[Group]] = defaultdict(list)
    for group in groups:
        if group.type == "organization":
            words = [word for word in name_words(group.name) if word.lower() not in links()]
            letters = "".join(word[0] for word in words)
            for size in range(_LEAST_LETTERS, min(len(words), _MOST_LETTERS + 1)):
                found[letters[-size:]].append(group)
    return found


def _by_beginnings(groups: Iterable[Group]) -> Mapping[tuple[str, str], list[Group]]:
    """Organisations and places by the first letters of their last two words."""
    found: defaultdict[tuple[str, str], list[Group]] = defaultdict(list)
    for group in groups:
        if group.kind == "thing" and len(group.words) > 1:
            found[group.words[-2][:_LEAST_LETTERS], group.words[-1][:_LEAST_LETTERS]].append(group)
    return found


def _cuts(form: str) -> Iterator[tuple[str, str]]:
    """The keys of `_by_beginnings` under which the long forms of an acronym can be, with and without "US"."""
    for low in {form.lower(), form.lower().removeprefix("us")}:
        for at in range(_LEAST_LETTERS, len(low) - _LEAST_LETTERS + 1):
            yield low[:_LEAST_LETTERS], low[at : at + _LEAST_LETTERS]


def _telescoped(form: str, words: Sequence[str]) -> bool:
    """Whether an acronym consists of the beginnings of a name's last two words: "CENTCOM" of "U.S. Central Command"."""
    low = form.lower()
    if words[0].replace(".", "") in {"us", "united"} and low.startswith("us"):
        low = low.removeprefix("us") if len(low) > len("uscom") else low  # "USCENTCOM"
    cuts = range(3, len(low) - 2) if len(words) > 1 else ()
    return any(words[-2].startswith(low[:cut]) and words[-1].startswith(low[cut:]) for cut in cuts)


def _short_organisations(things: Sequence[Group]) -> Iterator[Tie]:
    """Tie "AirTran" to "AirTran Airways", "Foreign Ministry" to the only "... Foreign Ministry", and "Delmor" to "Delmor Commercial Aircraft"
    if no record has the name.
    """
    by_key = {group.key: group for group in things if group.type == "organization"}
    tails: defaultdict[str, list[Group]] = defaultdict(list)
    heads: defaultdict[str, list[Group]] = defaultdict(list)
    for group in by_key.values():
        if len(group.words) > 1 and group.words[0].capitalize() not in lexicon().adjectives:
            heads[group.words[0]].append(group)
        for index in range(1, len(group.words) - 1):
            tails[" ".join(group.words[index:])].append(group)
        for name in group.names:
            for form in short_forms(name):
                other = by_key.get(fold(form))
                if other is not None and other is not group and not _is_part(group.name, other):
                    yield other, group, "name without its generic words"
    teams = _by_last_word(by_key.values())
    for group in by_key.values():
        ahead = _only(other for other in heads.get(group.key, ()) if other.mentions[0] < group.mentions[0])
        unlisted = not group.record and group.key not in lexicon().canonical
        if ahead is not None and unlisted and len(group.key) > 3:
            yield group, ahead, "first word of one name in the text"
            continue
        candidate = _only(tails.get(group.key, ()) or _team(group.key, teams))
        if candidate is not None and group.key not in lexicon().canonical:
            yield group, candidate, "end of one name in the text"


def _is_part(name: str, short: Group) -> bool:
    """Whether a name with two generic words more is a part of what a record names: "Delmor Commercial Aircraft" of "Delmor"."""
    return short.record != "" and len(name.split()) > len(short.name.split()) + 1


def _by_last_word(groups: Iterable[Group]) -> Mapping[str, list[Group]]:
    """The groups of several words by the last one."""
    found: defaultdict[str, list[Group]] = defaultdict(list)
    for group in groups:
        if len(group.words) > 1:
            found[group.words[-1]].append(group)
    return found


def _team(word: str, by_last: Mapping[str, Sequence[Group]]) -> Sequence[Group]:
    """The teams whose name ends with a plural: "Rice Owls" for "Owls"."""
    plural = " " not in word and len(word) > 3 and word.endswith("s")
    return by_last.get(word, ()) if plural and word.capitalize() not in lexicon().heads else ()


def _openings(things: Sequence[Group]) -> Iterator[Tie]:
    """Tie "Royal Academy" to the only "Royal Academy of ...", "Trinity College" to the only "Trinity College, Cambridge"."""
    organisations = [group for group in things if group.type == "organization"]
    beginning = _longer_by_first(organisations)
    for group in organisations:
        size = len(group.words)
        if size > 1 and group.key not in lexicon().canonical:
            longer = _only(
                organisation
                for organisation in beginning.get(tuple(group.words), ())
                if organisation.words[size] == "of"
                or _places(organisation.name, group.key)
                or _is_business(group, organisation)
            )
            if longer is not None:
                yield group, longer, "beginning of one name in the text"


def _is_business(short: Group, long: Group) -> bool:
    """As "Silver Otter" and "Silver Otter Minerals", if a legal form or the last word shows a company, and it was named before."""
    company = long.legal or long.words[-1] in lexicon().generic | {"bank"}
    return company and not short.record and long.mentions[0] < short.mentions[0]


def _places(name: str, key: str) -> bool:
    before, comma, behind = name.partition(", ")
    return bool(comma) and fold(before) == key and " " not in behind


def _located(things: Sequence[Group]) -> Iterator[Tie]:
    """Tie "Lenn" to the only "Lenn, Ontario", if no record has the name."""
    located: defaultdict[str, list[Group]] = defaultdict(list)
    for group in things:
        before, comma, _ = group.name.partition(", ")
        if comma and group.type == "place":
            located[fold(before)].append(group)
    for group in things:
        longer = _only(located.get(group.key, ()))
        if longer is not None and not group.record:
            yield group, longer, "place without its country"


def _ministries(things: Sequence[Group]) -> Iterator[Tie]:
    """Tie "Health Ministry" to "Ministry of Health", "Interior Department" to "U.S. Department of the Interior"."""
    keys = {one.key.removeprefix("united states ").replace(" of the ", " of "): one for one in things}
    for group in things:
        turned = keys.get(" of ".join(group.key.rsplit(" ", 1)[::-1]))
        if turned is not None and group.words[-1] in {"department", "ministry"}:
            yield group, turned, "same name the other way round"


def _islands(things: Sequence[Group]) -> Iterator[Tie]:
    """Tie "Lenn Island" to "Lenn", and "Lenn River" to a "Lenn" behind it that is no known place: before it, it is a town."""
    places = {group.key: group for group in things if group.type == "place"}
    for key, group in places.items():
        other = places.get(key.removesuffix(" island"))
        if other is group and not known_place(group.name.rpartition(" ")[0]):
            other = places.get(key.removesuffix(" river"))
        short = other is not None and (key.endswith(" island") or group.mentions[0] < other.mentions[0])
        if other is not None and other is not group and short:
            yield group, other, "island and its name"


def _ends(events: Sequence[Group]) -> Iterator[Tie]:
    """Tie "Revolutionary War" to the only "... Revolutionary War", "Daniel" to the only "Storm Daniel"."""
    ending = _longer_by_last(events, 1)
    for group in events:
        longer = _only(ending.get(tuple(group.words), ()))
        if longer is not None:
            yield group, longer, "end of one name in the text"
