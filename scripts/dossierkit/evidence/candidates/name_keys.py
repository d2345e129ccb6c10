"""What two names that may be one entity have in common: keys of a name, for each way in which names are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from dossierkit.evidence.candidates.core_names import core, is_acronym, of_land
from dossierkit.extract.forms import bare, surnames
from dossierkit.extract.identity.across_scripts import readings
from dossierkit.extract.identity.groups import kind_of
from dossierkit.extract.lexicon import known_place, lexicon
from dossierkit.extract.mentions.acronyms import initials, name_words
from dossierkit.extract.skeleton import name_skeleton, skeleton, words_of
from dossierkit.extract.small_words import links
from dossierkit.text.data import load
from dossierkit.text.fold import fold
from dossierkit.text.generation import without_generation

NICKNAME = re.compile(r"^(\S.*?) [\"“'‘](\w+)[\"”'’] (\S.*)$")
LONG = 4
"""Words are compared by their letters if they have this many."""
_ARTICLE = re.compile("^(?:ad|al|an|ar|as|ash|at|az|el)[- ]")
_VOWELS = re.compile("[aeiouy]")
_DOUBLE = re.compile(r"(.)\1")
_FIRST = {**dict.fromkeys("aeiouwyh", "a"), **dict.fromkeys("kqgc", "k")}
"""First letters that spellings exchange."""
_FEWEST, _MANY = 8, 24  # letters of a name of one word that may have a slip
_IN_SCRIPTS = frozenset({"person", "organization", "place"})


class Bearing(NamedTuple):
    """The names of an entity. `id`: of a record, or made from the name."""

    id: str
    name: str
    type: str


def across(one: Bearing) -> Iterator[object]:
    """The consonants of the whole name in any script: "Khalifa Haftar" and "خليفة حفتر"."""
    if one.type in _IN_SCRIPTS:
        yield from (reading.bones for reading in readings(one.name, one.type == "person"))


def halves(name: str) -> tuple[str, ...]:
    """The parts of a surname of two: "Hale" of "Ada Moreau-Hale"."""
    joined = name.rpartition(" ")[2].split("-")
    return tuple(joined) if len(joined) > 1 and all(half[:1].isupper() for half in joined) else ()


def titled(name: str) -> str:
    """With capitals: "US justice department"."""
    return " ".join(word[:1].upper() + word[1:] if word not in links() else word for word in name.split())


def same_name(one: Bearing) -> Iterator[object]:
    yield fold(one.name)


def spelling(one: Bearing) -> Iterator[object]:
    bones = name_skeleton(fold(one.name))
    if len(bones) > 1:
        yield bones


def without_article(one: Bearing) -> Iterator[object]:
    """The consonants of a person's name without Arabic articles and doubling: "Ahmad Asiri" and "Ahmed al-Assiri"."""
    words = words_of(fold(one.name)) if one.type == "person" else ()
    bones = tuple(_VOWELS.sub("", _DOUBLE.sub(r"\1", _ARTICLE.sub("", word))) for word in words)
    if len(bones) > 1 and all(bones) and len("".join(bones)) > LONG:
        yield bones


def nickname(one: Bearing) -> Iterator[object]:
    """First and last name, and a nickname in quotation marks for the first: "Toto Hale" and "Idris “Toto” Hale"."""
    nicknamed = NICKNAME.match(one.name) if one.type == "person" else None
    if nicknamed:
        yield fold(nicknamed[2]), fold(nicknamed[3]).split()[-1]
    elif one.type == "person" and " " in one.name:
        words = fold(one.name).split()
        yield words[0], words[-1]


def ends_spelt(one: Bearing) -> Iterator[object]:
    """First and last name in any spelling: "Mohammad Qassabiyeh" and "Mohammad Ahmad Kassabiyeh"."""
    words = words_of(fold(one.name))
    if one.type == "person" and len(words) > 1:
        bones = skeleton(words[0]), skeleton(words[-1])
        if all(bones):
            yield bones


def all_but_one(one: Bearing) -> Iterator[object]:
    """Each word of a person's name left out but for its first letter: "Ghassan Oueidat" and "Ghassan Oweidat"."""
    words = words_of(fold(one.name)) if one.type == "person" else ()
    bones = [skeleton(word) for word in words]
    for at, word in enumerate(words if len(words) > 1 else ()):
        others = (*bones[:at], *bones[at + 1 :])
        if all(others) and len(word) >= LONG:
            yield at, _FIRST.get(word[0], word[0]), others


def parts(name: str) -> list[str]:
    """The words of a name; letters with a hyphen are two: "LWP-Union" is longer than "LWP"."""
    return fold(name.replace("-", " ", 1) if is_acronym(name.partition("-")[0]) else name).split()


def sound(one: Bearing) -> Iterator[object]:
    """The consonants of the whole name: "Raqqa" and "Raqqah", "Ayn Isa" and "Ayn Issa", "al-Gharib" and "Alghareib"."""
    bones = skeleton("".join(filter(str.isalnum, fold(one.name))))
    if kind_of(one.type) == "thing" and len(bones) > 2:
        yield bones
    elif one.type == "person" and " " in one.name:
        yield one.type, bones


def transliterated(one: Bearing) -> Iterator[object]:
    """The letters of a thing's name without an Arabic article, doubling and a last h: "Ar Raqqah" and "Raqqa"."""
    letters = _DOUBLE.sub(r"\1", _ARTICLE.sub("", fold(one.name))).removesuffix("h")
    if kind_of(one.type) == "thing" and len(letters) > 3:
        yield letters


def words(one: Bearing) -> Iterator[object]:
    """The words of a thing's name, sorted: "Defense Department" and "Department of Defense"."""
    listed = frozenset(word for word in fold(one.name).split() if word not in links())
    if kind_of(one.type) in {"thing", "document"} and len(listed) > 1:
        yield listed


def body(one: Bearing) -> Iterator[object]:
    """A body of a country or town, and one of which the name does not say whose it is: "Justice Department"."""
    body = of_land(titled(one.name))[1] if one.type in {"organization", "document"} else ""
    if " " in body:
        yield fold(body)


def company_of_land(name: str) -> str:
    """The one word before "of" and a country: "Delmora" of "Delmora of Brazil"."""
    words = name.split()
    return (
        words[0]
        if len(words) == len(("Delmora", "of", "Brazil")) and words[1] == "of" and known_place(words[2])
        else ""
    )


def in_a_land(one: Bearing) -> Iterator[object]:
    """A company with and without the country that it is of."""
    if one.type == "organization":
        short = company_of_land(one.name) or ("" if " " in one.name else one.name)
        yield from (fold(short),) if short else ()


def slip(one: Bearing) -> Iterator[object]:
    """A long name of one word without each of its letters: "Tarnandou" and "Tarndandou"."""
    name = fold(one.name)
    if kind_of(one.type) == "thing" and " " not in name and _FEWEST <= len(name) <= _MANY:
        yield from (name[:at] + name[at + 1 :] for at in range(1, len(name)))
        yield name


def letters(one: Bearing) -> Iterator[object]:
    """Acronyms, and initials of things."""
    if kind_of(one.type) == "person":
        return
    if is_acronym(one.name):
        yield one.name.replace(".", "")
    elif " " in one.name:
        yield from initials(name_words(one.name)) | initials(name_words(core(one.name, one.type)))


def ends(one: Bearing) -> Iterator[object]:
    """First and last name: "Joseph Votel" and "Joseph L. Votel"."""
    words = fold(without_generation(one.name)).split()
    if one.type == "person" and len(words) > 1 and len(words[0].strip(".")) > 1:
        yield words[0], words[-1]


def without_suffix(one: Bearing) -> Iterator[object]:
    """A person's name without its generation: "Robert Hale" and "Robert Hale Jr.", "Abdullah" and "Abdullah II"."""
    if one.type == "person":
        yield fold(without_generation(one.name))


def initial(one: Bearing) -> Iterator[object]:
    """A surname with the first letter of the given name: "J. Moreau" and "Jean Moreau"."""
    words = without_generation(bare(one.name, one.type)).split() if one.type == "person" else []
    if len(words) > 1:
        yield words[0][0], fold(words[-1])


def surname(one: Bearing) -> Iterator[object]:
    if one.type == "person":
        yield from (fold(form) for form in (*surnames(one.name), *halves(one.name)))
        if " " not in one.name:
            yield fold(one.name)


def given_form(one: Bearing) -> Iterator[object]:
    """A surname with the row of the given name: "Bill Moreau" and "William Moreau"."""
    words = fold(without_generation(bare(one.name, one.type))).split() if one.type == "person" else []
    if len(words) > 1 and (row := _given_forms().get(words[0])) is not None:
        yield row, words[-1]


@cache
def _given_forms() -> Mapping[str, int]:
    rows: list[list[str]] = load("givenforms")["rows"]
    return {fold(form): number for number, row in enumerate(rows) for form in row}


def given(one: Bearing) -> Iterator[object]:
    """The first word of a person's name: "Zaldy" and "Zaldy Ampatuan"."""
    if one.type == "person":
        yield fold(one.name).split()[0]


def end(one: Bearing) -> Iterator[object]:
    """Names of things, with and without their first or last word, or what they are of: "Hale Commission" of "Hale Commission
    of Inquiry", and a place and its province.
    """
    words = parts(one.name)
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


def part(one: Bearing) -> Iterator[object]:
    """The name of an organisation, and two words and more at its ends: "Hale Metals" of "Hale Metals Leach Norland"."""
    words = parts(one.name)
    if one.type == "organization":
        yield from (tuple(words[:count]) for count in range(2, len(words) + 1))
        yield from (tuple(words[-count:]) for count in range(2, len(words)))
