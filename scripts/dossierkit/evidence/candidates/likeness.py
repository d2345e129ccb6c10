"""Pairs of names that may be one entity without proof, with a reason and a score, for questions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

from dossierkit.evidence.candidates.core_names import core, is_acronym, of_land
from dossierkit.extract.across_scripts import one_name, readings, script_of
from dossierkit.extract.forms import bare, surnames
from dossierkit.extract.groups import kind_of
from dossierkit.extract.lexicon import known_place, lexicon
from dossierkit.extract.mentions.acronyms import initials, name_words
from dossierkit.extract.skeleton import name_skeleton, skeleton, words_of
from dossierkit.extract.small_words import links
from dossierkit.text.fold import fold

LIKELY = 0.5
"""Two names with at least this score are asked about."""
_ARTICLE = re.compile("^(?:ad|al|an|ar|as|ash|at|az|el)[- ]")
_NICKNAME = re.compile(r"^(\S.*?) [\"“'‘](\w+)[\"”'’] (\S.*)$")
_VOWELS = re.compile("[aeiouy]")
_DOUBLE = re.compile(r"(.)\1")
_LONG, _ALIKE, _SLIP = 4, 0.78, 0.65
"""Words are compared by their letters if they have this many, and are alike if they share this part of them; a slip ("Tasmin", "Tasnim") leaves less."""
_SLIPPED = 0.8
_FIRST = {**dict.fromkeys("aeiouwyh", "a"), **dict.fromkeys("kqgc", "k")}
"""First letters that spellings exchange."""
_ENDS_ALONE = 2
"""Words of a name without a middle: names with two middles may differ in them."""
_FEWEST, _MANY = 8, 24  # letters of a name of one word that may have a slip
_BEARERS, _UNASKED = 3, 0.4  # full names that a surname alone may be short for
_MOST = 40  # entities with one key: a surname that more have says nothing


class Bearing(NamedTuple):
    """The names of an entity. `id`: of a record, or made from the name."""

    id: str
    name: str
    type: str


class Likeness(NamedTuple):
    """Two ids in order. `score` in 0..1: how likely they are the same."""

    one: str
    other: str
    reason: str
    score: float


def likenesses(bearings: Iterable[Bearing]) -> tuple[Likeness, ...]:
    """Every likely pair once, with its best reason; by score, then ids. Whose a surname is that many bear is not asked."""
    best: dict[tuple[str, str], Likeness] = {}
    for found in _pairs(tuple(sorted(set(bearings)))):
        known = best.get((found.one, found.other))
        if known is None or (-found.score, found.reason) < (-known.score, known.reason):
            best[found.one, found.other] = found
    alone = Counter(id_ for one in best.values() if one.reason == _ALONE for id_ in (one.one, one.other))
    kept = (
        one._replace(score=_UNASKED)
        if one.reason == _ALONE and max(alone[one.one], alone[one.other]) > _BEARERS
        else one
        for one in best.values()
    )
    return tuple(sorted(kept, key=lambda one: (-one.score, one.one, one.other)))


def _pairs(bearings: tuple[Bearing, ...]) -> Iterator[Likeness]:
    scripts = {script_of(bearing.name) for bearing in bearings} - {""}
    for reason, score, keys in _RULES if len(scripts) > 1 else _RULES[1:]:
        shared: defaultdict[object, list[Bearing]] = defaultdict(list)
        for bearing in bearings:
            for key in dict.fromkeys(keys(bearing)):
                shared[key].append(bearing)
        for alike in shared.values():
            if len(alike) <= _MOST:
                yield from (
                    Likeness(min(one.id, other.id), max(one.id, other.id), reason, score)
                    for one, other in combinations(alike, 2)
                    if one.id != other.id and _may_pair(reason, one, other)
                )


def _may_pair(reason: str, one: Bearing, other: Bearing) -> bool:
    alike = kind_of(one.type) == kind_of(other.type)
    if reason == _SCRIPT:
        return alike and one_name(one.name, other.name, person=one.type == "person")
    if reason == _ACRONYM and is_acronym(one.name) == is_acronym(other.name):
        return False
    if fold(one.name) != fold(other.name) and known_place(one.name) and known_place(other.name):
        return False  # "Colombia" and "Colombo"
    if reason in _COMPARED and not _COMPARED[reason](one.name, other.name):
        return False
    if reason in _SPELT:
        return alike and _letters_alike(fold(one.name), fold(other.name)) >= _SPELT[reason]
    return alike or reason in _ANY_TYPE


def _across(one: Bearing) -> Iterator[object]:
    """The consonants of the whole name in any script: "Khalifa Haftar" and "خليفة حفتر"."""
    if one.type in _IN_SCRIPTS:
        yield from (reading.bones for reading in readings(one.name, one.type == "person"))


def _one_alone(one: str, other: str) -> bool:
    return (" " in one) != (" " in other)


def _surname_alone(one: str, other: str) -> bool:
    """Whether one is the other's surname: "dos Santos" and "Ada dos Santos"."""
    return any(
        fold(short) in map(fold, (*surnames(long), *_halves(long)))
        for short, long in ((one, other), (other, one))
        if " " in long
    )


def _halves(name: str) -> tuple[str, ...]:
    """The parts of a surname of two: "Hale" of "Ada Moreau-Hale"."""
    halves = name.rpartition(" ")[2].split("-")
    return tuple(halves) if len(halves) > 1 and all(half[:1].isupper() for half in halves) else ()


def _one_owned(one: str, other: str) -> bool:
    return bool(of_land(_titled(one))[0]) != bool(of_land(_titled(other))[0])


def _titled(name: str) -> str:
    """With capitals: "US justice department"."""
    return " ".join(word[:1].upper() + word[1:] if word not in links() else word for word in name.split())


def _one_of_a_land(one: str, other: str) -> bool:
    return bool(_company_of_land(one)) != bool(_company_of_land(other))


def _may_be_short(one: str, other: str) -> bool:
    """Whether a given name is an initial or the beginning of the other: not "Jean Moreau" and "Jacques Moreau"."""
    short, long = sorted(
        (fold(bare(name, "person")).split()[0].rstrip(".") for name in (one, other)), key=len
    )
    return long.startswith(short)


def _alike_ends(one: str, other: str) -> bool:
    return min(len(words_of(one)), len(words_of(other))) <= _ENDS_ALONE


def _same_name(one: Bearing) -> Iterator[object]:
    yield fold(one.name)


def _spelling(one: Bearing) -> Iterator[object]:
    bones = name_skeleton(fold(one.name))
    if len(bones) > 1:
        yield bones


def _without_article(one: Bearing) -> Iterator[object]:
    """The consonants of a person's name without Arabic articles and doubling: "Ahmad Asiri" and "Ahmed al-Assiri"."""
    words = words_of(fold(one.name)) if one.type == "person" else ()
    bones = tuple(_VOWELS.sub("", _DOUBLE.sub(r"\1", _ARTICLE.sub("", word))) for word in words)
    if len(bones) > 1 and all(bones) and len("".join(bones)) > _LONG:
        yield bones


def _nickname(one: Bearing) -> Iterator[object]:
    """First and last name, and a nickname in quotation marks for the first: "Toto Hale" and "Idris “Toto” Hale"."""
    nicknamed = _NICKNAME.match(one.name) if one.type == "person" else None
    if nicknamed:
        yield fold(nicknamed[2]), fold(nicknamed[3]).split()[-1]
    elif one.type == "person" and " " in one.name:
        words = fold(one.name).split()
        yield words[0], words[-1]


def _one_nicknamed(one: str, other: str) -> bool:
    return bool(_NICKNAME.match(one)) != bool(_NICKNAME.match(other))


def _ends_spelt(one: Bearing) -> Iterator[object]:
    """First and last name in any spelling: "Mohammad Qassabiyeh" and "Mohammad Ahmad Kassabiyeh"."""
    words = words_of(fold(one.name))
    if one.type == "person" and len(words) > 1:
        bones = skeleton(words[0]), skeleton(words[-1])
        if all(bones):
            yield bones


def _all_but_one(one: Bearing) -> Iterator[object]:
    """Each word of a person's name left out but for its first letter: "Ghassan Oueidat" and "Ghassan Oweidat"."""
    words = words_of(fold(one.name)) if one.type == "person" else ()
    bones = [skeleton(word) for word in words]
    for at, word in enumerate(words if len(words) > 1 else ()):
        others = (*bones[:at], *bones[at + 1 :])
        if all(others) and len(word) >= _LONG:
            yield at, _FIRST.get(word[0], word[0]), others


def _one_word_more(one: str, other: str) -> bool:
    """Whether a name is the other without words at an end, or the two differ there by few letters."""
    short, long = words = sorted((_parts(one), _parts(other)), key=len)
    if len(short) < len(long):
        return short in (long[: len(short)], long[-len(short) :])
    return any(_letters_alike(*pair) >= _SLIP for pair in zip(*words, strict=True) if pair[0] != pair[1])


def _parts(name: str) -> list[str]:
    """The words of a name; letters with a hyphen are two: "LWP-Union" is longer than "LWP"."""
    return fold(name.replace("-", " ", 1) if is_acronym(name.partition("-")[0]) else name).split()


def _like_middles(one: str, other: str) -> bool:
    """Whether a middle is missing, or may be short for the other's: not "Idris Karim Okonta" and "Idris Salim Okonta"."""
    first, second = ({word[0] for word in fold(name).split()[1:-1]} for name in (one, other))
    return not (first and second) or not first.isdisjoint(second)


def _almost(one: str, other: str) -> bool:
    """Whether two names differ in one word, by few letters, and one spelling of it has too few consonants to compare, or by one
    letter or two neighbours ("Hartmnan").
    """
    pairs = [
        pair for pair in zip(words_of(fold(one)), words_of(fold(other)), strict=True) if pair[0] != pair[1]
    ]
    unlike = [pair for pair in pairs if not skeleton(pair[0]) or skeleton(pair[0]) != skeleton(pair[1])]
    little = len(unlike) == 1 and any(map(_says_little, unlike[0])) and _letters_alike(*unlike[0]) >= _ALIKE
    return little or (len(unlike) == 1 and _slipped(*unlike[0]))


def _slipped(one: str, other: str) -> bool:
    """Whether two long words differ by one letter: "Timubu" and "Tinubu", "Tiani" and "Tchiani" by two that make one sound."""
    return min(len(one), len(other)) > _LONG and _letters_alike(one, other) > _SLIPPED


def _says_little(word: str) -> bool:
    """Whether a word has fewer than two different consonants."""
    return len(set(skeleton(word).removeprefix("A"))) < 2


def _letters_alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _sound(one: Bearing) -> Iterator[object]:
    """The consonants of the whole name: "Raqqa" and "Raqqah", "Ayn Isa" and "Ayn Issa", "al-Gharib" and "Alghareib"."""
    bones = skeleton("".join(filter(str.isalnum, fold(one.name))))
    if kind_of(one.type) == "thing" and len(bones) > 2:
        yield bones
    elif one.type == "person" and " " in one.name:
        yield one.type, bones


def _transliterated(one: Bearing) -> Iterator[object]:
    """The letters of a thing's name without an Arabic article, doubling and a last h: "Ar Raqqah" and "Raqqa"."""
    letters = _DOUBLE.sub(r"\1", _ARTICLE.sub("", fold(one.name))).removesuffix("h")
    if kind_of(one.type) == "thing" and len(letters) > 3:
        yield letters


def _words(one: Bearing) -> Iterator[object]:
    """The words of a thing's name, sorted: "Defense Department" and "Department of Defense"."""
    words = frozenset(word for word in fold(one.name).split() if word not in links())
    if kind_of(one.type) in {"thing", "document"} and len(words) > 1:
        yield words


def _body(one: Bearing) -> Iterator[object]:
    """A body of a country or town, and one of which the name does not say whose it is: "Justice Department"."""
    body = of_land(_titled(one.name))[1] if one.type in {"organization", "document"} else ""
    if " " in body:
        yield fold(body)


def _company_of_land(name: str) -> str:
    """The one word before "of" and a country: "Delmora" of "Delmora of Brazil"."""
    words = name.split()
    return (
        words[0]
        if len(words) == len(("Delmora", "of", "Brazil")) and words[1] == "of" and known_place(words[2])
        else ""
    )


def _in_a_land(one: Bearing) -> Iterator[object]:
    """A company with and without the country that it is of."""
    if one.type == "organization":
        short = _company_of_land(one.name) or ("" if " " in one.name else one.name)
        yield from (fold(short),) if short else ()


def _slip(one: Bearing) -> Iterator[object]:
    """A long name of one word without each of its letters: "Tarnandou" and "Tarndandou"."""
    name = fold(one.name)
    if kind_of(one.type) == "thing" and " " not in name and _FEWEST <= len(name) <= _MANY:
        yield from (name[:at] + name[at + 1 :] for at in range(1, len(name)))
        yield name


def _letters(one: Bearing) -> Iterator[object]:
    """Acronyms, and initials of things."""
    if kind_of(one.type) == "person":
        return
    if is_acronym(one.name):
        yield one.name.replace(".", "")
    elif " " in one.name:
        yield from initials(name_words(one.name)) | initials(name_words(core(one.name, one.type)))


def _ends(one: Bearing) -> Iterator[object]:
    """First and last name: "Joseph Votel" and "Joseph L. Votel"."""
    words = fold(one.name).split()
    if one.type == "person" and len(words) > 1 and len(words[0].strip(".")) > 1:
        yield words[0], words[-1]


def _initial(one: Bearing) -> Iterator[object]:
    """A surname with the first letter of the given name: "J. Moreau" and "Jean Moreau"."""
    words = bare(one.name, one.type).split() if one.type == "person" else []
    if len(words) > 1:
        yield words[0][0], fold(words[-1])


def _surname(one: Bearing) -> Iterator[object]:
    if one.type == "person":
        yield from (fold(form) for form in (*surnames(one.name), *_halves(one.name)))
        if " " not in one.name:
            yield fold(one.name)


def _given(one: Bearing) -> Iterator[object]:
    """The first word of a person's name: "Zaldy" and "Zaldy Ampatuan"."""
    if one.type == "person":
        yield fold(one.name).split()[0]


def _end(one: Bearing) -> Iterator[object]:
    """Names of things, with and without their first or last word, or what they are of: "Hale Commission" of "Hale Commission
    of Inquiry", and a place and its province.
    """
    words = _parts(one.name)
    if one.type == "organization" and is_acronym(re.split("[- ]", one.name)[0]):
        yield (words[0],)
    if one.type == "place" and (
        len(words) == 1 or (len(words) == 2 and words[1].title() in lexicon().place_heads)
    ):
        yield words[0]
    if kind_of(one.type) == "thing" and len(words) > 1:
        yield tuple(words)
        if len(words) > 2:
            yield tuple(words[1:])
            yield tuple(words[:-1])
        if "of" in words[2:-1]:
            yield tuple(words[: words.index("of", 2)])


def _part(one: Bearing) -> Iterator[object]:
    """The name of an organisation, and two words and more at its ends: "Hale Metals" of "Hale Metals Leach Norland"."""
    words = _parts(one.name)
    if one.type == "organization":
        yield from (tuple(words[:count]) for count in range(2, len(words) + 1))
        yield from (tuple(words[-count:]) for count in range(2, len(words)))


_SPELLING, _SOUND, _ALMOST = (
    "same name in another spelling",
    "same sound",
    "same name but for a few letters of one word",
)
_SCRIPT = "same name in another script"
_IN_SCRIPTS = frozenset({"person", "organization", "place"})
_ENDS = "same first and last name in another spelling"
_ARTICLES = "same name with and without its article"
_SPELT = {
    _SPELLING: 0.7,
    _ARTICLES: 0.7,
    _ENDS: 0.7,
    _SOUND: 0.8,
}  # share of letters that two spellings must have in common
_NICKNAMED = "a nickname that the other has in quotation marks"
_MIDDLE = "same first and last name"
SURNAME = "same surname"
_INITIAL = "same surname, same first letter"
_ALONE = "a surname alone, and a full name with it"
_GIVEN = "same given name"
LONGER = "the longer name without its first or last words"
_OWNED = "the same body with and without its country"
_ABROAD = "the same company with and without its country"
_SLIP_OF = "same name but for a letter"
_ACRONYM = "initials of the other"
_COMPARED = {
    _ALMOST: _almost,
    _INITIAL: _may_be_short,
    _ALONE: _surname_alone,
    _GIVEN: _one_alone,
    LONGER: _one_word_more,
    _OWNED: _one_owned,
    _ABROAD: _one_of_a_land,
    _MIDDLE: _like_middles,
    _NICKNAMED: _one_nicknamed,
    _ENDS: _alike_ends,
}
_ANY_TYPE = frozenset({"same name, another type"})
_RULES = (
    (_SCRIPT, 0.8, _across),
    ("same name, another type", 0.95, _same_name),
    (_SPELLING, 0.9, _spelling),
    (_MIDDLE, 0.9, _ends),
    (_NICKNAMED, 0.9, _nickname),
    (_ARTICLES, 0.8, _without_article),
    (_ALMOST, 0.85, _all_but_one),
    (_ENDS, 0.8, _ends_spelt),
    ("same words in another order", 0.85, _words),
    (_SOUND, 0.85, _sound),
    ("same name written from Arabic otherwise", 0.85, _transliterated),
    (_ACRONYM, 0.8, _letters),
    (_OWNED, 0.5, _body),
    (_ABROAD, 0.5, _in_a_land),
    (_SLIP_OF, 0.7, _slip),
    (_INITIAL, 0.7, _initial),
    (_ALONE, 0.5, _surname),
    (SURNAME, 0.4, _surname),
    (_GIVEN, 0.4, _given),
    (LONGER, 0.4, _end),
    (LONGER, 0.4, _part),
)
