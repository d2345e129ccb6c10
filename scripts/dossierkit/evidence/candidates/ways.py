"""Ways in which the names of two entities may be one name: a table, and the functions that its rows use."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from dossierkit.evidence.candidates.core_names import is_acronym, letters_alike, of_land
from dossierkit.extract.forms import surnames
from dossierkit.extract.identity.groups import kind_of
from dossierkit.extract.lexicon import known_place, lexicon
from dossierkit.extract.mentions.acronyms import initials, name_words
from dossierkit.extract.skeleton import skeleton
from dossierkit.text.fold import fold
from dossierkit.text.generation import generation

_ALIKE = 0.8  # share of letters that two spellings must have in common
_LONG = 4  # letters
_INITIALS = 3  # letters of initials in one word
_MANY = 5  # words of a name that one other word makes no other name


class NameBearer(NamedTuple):
    """An entity without a record. `words`: of its folded name; `forms`: its other names in articles, sorted."""

    id: str
    name: str
    type: str
    words: tuple[str, ...]
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedTogether:
    """What all articles say together. `where`: for each bearer's id the indexes of its articles; `places`: those each article names;
    `borne`: words of full names of people.
    """

    where: Mapping[str, AbstractSet[int]]
    places: Sequence[AbstractSet[str]]
    borne: AbstractSet[str]


Keys = Callable[[NameBearer], Iterator[Hashable]]
Test = Callable[[NameBearer, NameBearer, NamedTogether], bool]


class JoiningWay(NamedTuple):
    """A name with one of the keys `short` may be a name with the same key `full`, if `may` holds. Where both are one function, either
    may be the other.

    `commoner`: the name of more articles stays, not the full one. `company`: how many other people or organisations the articles of both must name; `only`: not if several names are full; `beside`:
    whether one article may have both.
    """

    short: Keys
    full: Keys
    may: Test
    company: int = 2
    only: bool = False
    commoner: bool = False
    beside: Test = lambda _one, _other, _folder: False


def _always(_one: NameBearer, _other: NameBearer, _folder: NamedTogether) -> bool:
    return True


def _one_word(one: NameBearer) -> Iterator[Hashable]:
    if one.type == "person" and len(one.words) == 1 and one.name not in lexicon().given:
        yield fold(one.name)


def _thing(one: NameBearer) -> Iterator[Hashable]:
    if kind_of(one.type) == "thing":
        yield fold(one.name)


def _is_thing(one: NameBearer, other: NameBearer, folder: NamedTogether) -> bool:
    return one.words[0] not in folder.borne and len(folder.where[other.id]) >= len(folder.where[one.id])


def _surnames(one: NameBearer) -> Iterator[Hashable]:
    if one.type == "person" and len(one.words) > 1:
        yield from map(fold, surnames(one.name))


def _ends(one: NameBearer) -> Iterator[Hashable]:
    """The consonants of first and last name, with and without initials."""
    if one.type == "person" and len(one.words) > 1:
        for words in {one.words, _parted(one)[0]}:
            yield from {(skeleton(words[0]), skeleton(words[-1])), (_soft(words[0]), _soft(words[-1]))}


def _whole(one: NameBearer) -> Iterator[Hashable]:
    if one.type == "person" and len(one.words) > 1:
        yield one.words


def _beginnings_and_ends(one: NameBearer) -> Iterator[Hashable]:
    """Two words and more that a longer name begins or ends with: "Ada Moreau" of "Ada Moreau Hale"."""
    words = one.words
    if one.type == "person" and not generation(one.name):
        for size in range(2, len(words)):
            yield from (words[:size], words[-size:])


def _spelt_alike(one: NameBearer, other: NameBearer, _folder: NamedTogether) -> bool:
    return _one_name(one.words, other.words) or _initialled(one, other)


def _body(one: NameBearer) -> Iterator[Hashable]:
    if one.type == "organization" and not known_place(one.name):
        yield fold(of_land(one.name)[1])


def _fuller(one: NameBearer) -> Iterator[Hashable]:
    """A body's name without its country, and without a word like "Group"."""
    if one.type == "organization":
        land, body = of_land(one.name)
        if land in lexicon().demonyms.values() and " " in body:
            yield fold(body)
        if len(one.words) > 1 and one.words[-1] in lexicon().generic:
            yield " ".join(one.words[:-1])


def _at_home(one: NameBearer, other: NameBearer, folder: NamedTogether) -> bool:
    """Whether all articles with the short name name the country of the full one."""
    land = of_land(other.name)[0] if _owned(one, other, folder) else ""
    return not land or all(land in folder.places[at] for at in folder.where[one.id])


def _owned(one: NameBearer, other: NameBearer, _folder: NamedTogether) -> bool:
    """Whether the names differ by the country alone: one article may have both."""
    return one.type == other.type and fold(of_land(one.name)[1]) == fold(of_land(other.name)[1])


def _acronym(one: NameBearer) -> Iterator[Hashable]:
    if one.type == "organization" and is_acronym(one.name) and not known_place(one.name):
        yield one.name.replace(".", "")


def _initials(one: NameBearer) -> Iterator[Hashable]:
    if one.type == "organization":
        for name in {one.name, of_land(one.name)[1]}:
            yield from initials(name_words(name))


def _explained(one: NameBearer) -> Iterator[Hashable]:
    """The acronyms that articles explain by the name."""
    if one.type == "organization":
        yield from filter(is_acronym, one.forms)


def _sound(one: NameBearer) -> Iterator[Hashable]:
    """The consonants of each word of a body's name: "Pryvatbank", "PrivatBank"; "Delmora Investments" without the last "s"."""
    bones = tuple(map(_singular, one.words)) if one.type == "organization" else ()
    if bones and all(bones) and len("".join(bones)) >= _LONG and not is_acronym(one.name):
        yield bones


def _singular(word: str) -> str:
    return skeleton(word.removesuffix("s") if len(word) > _LONG else word)


def _same_letters(one: NameBearer, other: NameBearer, _folder: NamedTogether) -> bool:
    return letters_alike(fold(one.name), fold(other.name)) >= _ALIKE


def _but_for_a_word(one: NameBearer, other: NameBearer, _folder: NamedTogether) -> bool:
    """Whether two long names differ in one word, and not in a place."""
    unlike = [pair for pair in zip(one.words, other.words, strict=False) if pair[0] != pair[1]]
    long = len(one.words) == len(other.words) >= _MANY
    return long and len(unlike) == 1 and not any(known_place(word.title()) for word in unlike[0])


def _behind_acronym(one: NameBearer) -> Iterator[Hashable]:
    """Acronym and name of "EYP National Intelligence Service"."""
    acronym, _, name = one.name.partition(" ")
    if one.type == "organization" and is_acronym(acronym) and " " in name:
        yield acronym, fold(name)


def _acronym_and_kind(one: NameBearer) -> Iterator[Hashable]:
    """The letters of "DESA Company"."""
    acronym, _, kind = one.name.partition(" ")
    if one.type == "organization" and is_acronym(acronym) and kind.lower() in lexicon().generic:
        yield acronym


def _with_acronyms(one: NameBearer) -> Iterator[Hashable]:
    for acronym in _explained(one):
        yield acronym, fold(one.name)


def _initialled(one: NameBearer, other: NameBearer) -> bool:
    """Whether two names differ by initials: "Mohan Hale N" and "Mohan Hale", "HL Suresh" and "Suresh HL"."""
    (words, letters), (words2, letters2) = (_parted(bearer) for bearer in (one, other))
    sure = letters == letters2 or (not (letters and letters2) and len(words) > 1)
    return bool(letters or letters2) and sure and len(words) == len(words2) > 0 and _one_name(words, words2)


def _parted(bearer: NameBearer) -> tuple[tuple[str, ...], str]:
    """The words of a name without initials at its ends, and those."""
    initial = [word.isupper() and len(word) <= _INITIALS for word in bearer.name.replace(".", "").split()]
    if len(initial) != len(bearer.words) or all(initial):
        return bearer.words, ""
    words = tuple(word for word, letters in zip(bearer.words, initial, strict=True) if not letters)
    return words, "".join(word for word, letters in zip(bearer.words, initial, strict=True) if letters)


def _one_name(one: Sequence[str], other: Sequence[str]) -> bool:
    last = len(one) - 1
    return len(one) == len(other) and all(
        a == b or _spelt(a, b) or (0 < at < last and len(min(a, b, key=len)) == 1 and a[0] == b[0])
        for at, (a, b) in enumerate(zip(one, other, strict=True))
    )


def _spelt(one: str, other: str) -> bool:
    """Whether two words are spellings of one: the same consonants, and most letters; "g" may be "h" ("Igor", "Ihor")."""
    if min(len(one), len(other)) < _LONG:
        return False
    if skeleton(one) == skeleton(other):
        return bool(skeleton(one)) and letters_alike(min(one, other), max(one, other)) >= _ALIKE
    softer = min(one, other).replace("g", "h"), max(one, other).replace("g", "h")
    same = bool(_soft(one)) and _soft(one) == _soft(other)
    return softer[0] == softer[1] or (same and letters_alike(*softer) >= _ALIKE)


def _soft(word: str) -> str:
    """The consonants of a word with the Ukrainian "h" for a Russian "g"."""
    return skeleton(word.replace("g", "h"))


WAYS = (
    JoiningWay(_one_word, _thing, _is_thing, company=0),
    JoiningWay(_one_word, _surnames, _always, only=True),
    JoiningWay(_whole, _beginnings_and_ends, _always, only=True, commoner=True),
    JoiningWay(_ends, _ends, _spelt_alike),
    JoiningWay(_body, _fuller, _at_home, only=True, beside=_owned),
    JoiningWay(_acronym, _initials, _always, only=True),
    JoiningWay(_behind_acronym, _with_acronyms, _always, company=0, beside=_always),
    JoiningWay(_acronym_and_kind, _explained, _always, company=0, only=True, beside=_always),
    JoiningWay(_explained, _explained, _same_letters),
    JoiningWay(_sound, _sound, _same_letters),
    JoiningWay(_explained, _explained, _but_for_a_word, company=1),
)
"""A person of one word and the thing of that name, or the only person of that surname; a full name without its first or last words;
spellings of it; a body without country or "Group"; initials; an acronym in front of what it is short for, or of a word like "Company";
long forms of one acronym; spellings of a body's name.
"""
