"""Pairs of names that may be one entity without proof, with a reason and a score, for questions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

from dossierkit.evidence.candidates import name_keys
from dossierkit.evidence.candidates.core_names import directions, is_acronym, letters_alike, of_land
from dossierkit.evidence.candidates.name_keys import (
    LONG,
    NICKNAME,
    Bearing,
    company_of_land,
    halves,
    parts,
    titled,
)
from dossierkit.extract.forms import bare, surnames
from dossierkit.extract.identity.across_scripts import one_name, script_of
from dossierkit.extract.identity.groups import kind_of
from dossierkit.extract.lexicon import lexicon
from dossierkit.extract.skeleton import skeleton, words_of
from dossierkit.text.fold import fold
from dossierkit.text.generation import generation

LIKELY = 0.5
"""Two names with at least this score are asked about."""
_ALIKE, _SLIP = 0.78, 0.65
"""Two words are alike if they share this part of their letters; a slip ("Tasmin", "Tasnim") leaves less."""
_SLIPPED = 0.8
_ENDS_ALONE = 2
"""Words of a name without a middle: names with two middles may differ in them."""
_BEARERS, _UNASKED = 3, 0.4  # full names that a surname alone may be short for
_MOST = 40  # entities with one key: a surname that more have says nothing


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
    scored = (
        one._replace(score=_UNASKED)
        if one.reason == _ALONE and max(alone[one.one], alone[one.other]) > _BEARERS
        else one
        for one in best.values()
    )
    return tuple(sorted(scored, key=lambda one: (-one.score, one.one, one.other)))


def _pairs(bearings: tuple[Bearing, ...]) -> Iterator[Likeness]:
    scripts: defaultdict[str, set[str]] = defaultdict(set)
    for bearing in bearings:
        scripts[bearing.id].add(script_of(bearing.name))
    spelt_out = {one.id for one in bearings if " " in one.name and not is_acronym(one.name)}
    several = len(set().union(*scripts.values()) - {""}) > 1
    for reason, score, keys in _RULES if several else _RULES[1:]:
        shared: defaultdict[object, list[Bearing]] = defaultdict(list)
        for bearing in bearings:
            for key in dict.fromkeys(keys(bearing)):
                shared[key].append(bearing)
        for alike in shared.values():
            if len(alike) <= _MOST:
                yield from (
                    Likeness(min(one.id, other.id), max(one.id, other.id), reason, score)
                    for one, other in combinations(alike, 2)
                    if one.id != other.id
                    and (reason != _SCRIPT or scripts[one.id].isdisjoint(scripts[other.id]))
                    and (reason != _ACRONYM or not _explained(one, other, spelt_out))
                    and _may_pair(reason, one, other)
                )


def _explained(one: Bearing, other: Bearing, spelt_out: Container[str]) -> bool:
    """Whether the acronym of the two is that of an entity whose long form is known."""
    return any(is_acronym(bearing.name) and bearing.id in spelt_out for bearing in (one, other))


def _may_pair(reason: str, one: Bearing, other: Bearing) -> bool:
    alike = kind_of(one.type) == kind_of(other.type)
    if reason == _SCRIPT:
        return alike and one_name(one.name, other.name, person=one.type == "person")
    if reason == _ACRONYM and is_acronym(one.name) == is_acronym(other.name):
        return False
    if _known_as_two(one.name, other.name) or (
        one.type == "person" and _other_initials(one.name, other.name)
    ):
        return False
    if reason in _COMPARED and not _COMPARED[reason](one.name, other.name):
        return False
    if reason in _SPELT:
        return alike and letters_alike(fold(one.name), fold(other.name)) >= _SPELT[reason]
    return alike or reason in _ANY_TYPE


def _known_as_two(one: str, other: str) -> bool:
    """Whether two names are known to mean two: "Colombia" and "Colombo", "Lenn Eastern Airlines" and "Lenn Southern Airlines",
    "Robert Hale Jr." and "Robert Hale Sr.".
    """
    if generation(one) != generation(other) and generation(one) and generation(other):
        return True
    places = [lexicon().canonical.get(fold(name)) for name in (one, other)]
    named = {place.name for place in places if place is not None and place.type == "place"}
    if None not in places and len(named) == len(places):
        return True
    first, second = directions(one), directions(other)
    return bool(first - second) and bool(second - first)


def _one_of_a_generation(one: str, other: str) -> bool:
    return bool(generation(one)) != bool(generation(other))


def _one_alone(one: str, other: str) -> bool:
    return (" " in one) != (" " in other)


def _surname_alone(one: str, other: str) -> bool:
    """Whether one is the other's surname: "dos Santos" and "Ada dos Santos"."""
    return any(
        fold(short) in map(fold, (*surnames(long), *halves(long)))
        for short, long in ((one, other), (other, one))
        if " " in long
    )


def _one_owned(one: str, other: str) -> bool:
    return bool(of_land(titled(one))[0]) != bool(of_land(titled(other))[0])


def _one_of_a_land(one: str, other: str) -> bool:
    return bool(company_of_land(one)) != bool(company_of_land(other))


def _may_be_short(one: str, other: str) -> bool:
    """Whether a given name is an initial or the beginning of the other: not "Jean Moreau" and "Jacques Moreau"."""
    short, long = sorted(
        (fold(bare(name, "person")).split()[0].rstrip(".") for name in (one, other)), key=len
    )
    return long.startswith(short)


def _alike_ends(one: str, other: str) -> bool:
    return min(len(words_of(one)), len(words_of(other))) <= _ENDS_ALONE


def _one_nicknamed(one: str, other: str) -> bool:
    return bool(NICKNAME.match(one)) != bool(NICKNAME.match(other))


def _one_word_more(one: str, other: str) -> bool:
    """Whether a name is the other without words at an end, or the two differ there by few letters."""
    short, long = words = sorted((parts(one), parts(other)), key=len)
    if len(short) < len(long):
        return short in (long[: len(short)], long[-len(short) :])
    return any(letters_alike(*pair) >= _SLIP for pair in zip(*words, strict=True) if pair[0] != pair[1])


def _like_middles(one: str, other: str) -> bool:
    """Whether a middle is missing, or may be short for the other's: not "Idris Karim Okonta" and "Idris Salim Okonta"."""
    first, second = ({word[0] for word in _middle(name)} for name in (one, other))
    return not (first and second) or not first.isdisjoint(second)


def _other_initials(one: str, other: str) -> bool:
    """As in "George H. W. Bush" and "George W. Bush"."""
    first, second = ([word.rstrip(".") for word in _middle(name)] for name in (one, other))
    initials = all(len(word) == 1 for word in (*first, *second))
    return bool(first and second) and initials and first[0] != second[0]


def _middle(name: str) -> list[str]:
    return fold(name).replace(".", ". ").split()[1:-1]


def _almost(one: str, other: str) -> bool:
    """Whether two names differ in one word, by few letters, and one spelling of it has too few consonants to compare, or by one
    letter or two neighbours ("Hartmnan").
    """
    pairs = [
        pair for pair in zip(words_of(fold(one)), words_of(fold(other)), strict=True) if pair[0] != pair[1]
    ]
    unlike = [pair for pair in pairs if not skeleton(pair[0]) or skeleton(pair[0]) != skeleton(pair[1])]
    little = len(unlike) == 1 and any(map(_says_little, unlike[0])) and letters_alike(*unlike[0]) >= _ALIKE
    return little or (len(unlike) == 1 and _slipped(*unlike[0]))


def _slipped(one: str, other: str) -> bool:
    """Whether two long words differ by one letter: "Timubu" and "Tinubu", "Tiani" and "Tchiani" by two that make one sound."""
    return min(len(one), len(other)) > LONG and letters_alike(one, other) > _SLIPPED


def _says_little(word: str) -> bool:
    """Whether a word has fewer than two different consonants."""
    return len(set(skeleton(word).removeprefix("A"))) < 2


_SPELLING, _SOUND, _ALMOST = (
    "same name in another spelling",
    "same sound",
    "same name but for a few letters of one word",
)
_SCRIPT = "same name in another script"
_ENDS = "same first and last name in another spelling"
_ARTICLES = "same name with and without its article"
# Share of letters that two spellings must have in common.
_SPELT = {_SPELLING: 0.7, _ARTICLES: 0.7, _ENDS: 0.7, _SOUND: 0.8}
_NICKNAMED = "a nickname that the other has in quotation marks"
_MIDDLE = "same first and last name"
SURNAME = "same surname"
_INITIAL = "same surname, same first letter"
_GIVEN_FORM = "same surname, a form of the same given name"
_GENERATION = "same name, one with “Jr.” or a number"
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
    _GENERATION: _one_of_a_generation,
    LONGER: _one_word_more,
    _OWNED: _one_owned,
    _ABROAD: _one_of_a_land,
    _MIDDLE: _like_middles,
    _NICKNAMED: _one_nicknamed,
    _ENDS: _alike_ends,
}
_ANY_TYPE = frozenset({"same name, another type"})
_RULES = (
    (_SCRIPT, 0.8, name_keys.across),
    ("same name, another type", 0.95, name_keys.same_name),
    (_SPELLING, 0.9, name_keys.spelling),
    (_MIDDLE, 0.9, name_keys.ends),
    (_NICKNAMED, 0.9, name_keys.nickname),
    (_ARTICLES, 0.8, name_keys.without_article),
    (_ALMOST, 0.85, name_keys.all_but_one),
    (_ENDS, 0.8, name_keys.ends_spelt),
    ("same words in another order", 0.85, name_keys.words),
    (_SOUND, 0.85, name_keys.sound),
    ("same name written from Arabic otherwise", 0.85, name_keys.transliterated),
    (_ACRONYM, 0.8, name_keys.letters),
    (_OWNED, 0.5, name_keys.body),
    (_ABROAD, 0.5, name_keys.in_a_land),
    (_SLIP_OF, 0.7, name_keys.slip),
    (_GENERATION, 0.8, name_keys.without_suffix),
    (_GIVEN_FORM, 0.8, name_keys.given_form),
    (_INITIAL, 0.7, name_keys.initial),
    (_ALONE, 0.5, name_keys.surname),
    (SURNAME, 0.4, name_keys.surname),
    (_GIVEN, 0.4, name_keys.given),
    (LONGER, 0.4, name_keys.end),
    (LONGER, 0.4, name_keys.part),
)
