"""Which pairs of names of things are asked about."""

from __future__ import annotations

import pytest

from dossierkit.evidence.candidates.likeness import LIKELY, likenesses
from dossierkit.evidence.candidates.name_keys import Bearing
from dossierkit.text.data import load


def asked(one: str, other: str, type_: str = "organization") -> bool:
    found = likenesses([Bearing("a", one, type_), Bearing("b", other, type_)])
    return any(pair.score >= LIKELY for pair in found)


@pytest.mark.parametrize(
    ("one", "other", "type_"),
    [
        ("US justice department", "Department of Justice", "organization"),
        ("Delmora of Brazil", "Delmora", "organization"),
        ("Foreign and Hidden Practices Act", "Foreign Hidden Practices Act", "document"),
        ("Tarnandou", "Tarnnandou", "place"),
        ("Ada Moreau-Hale", "Hale", "person"),
        ("Tarnandou", "Tarnamdou", "place"),
        ("Toto Hale", "Idris “Toto” Hale", "person"),
        ("J. Moreau", "Jean Moreau", "person"),
        ("Ben Moreau", "Benjamin Moreau", "person"),
        ("Toto Hale", 'Idris "Toto" Okonta Hale', "person"),
        ("Bill Moreau", "William Moreau", "person"),
        ("Giorgos Halas", "George Halas", "person"),
        ("Nikos Halas", "Nikolaos Halas", "person"),
        ("Ahmad Asiri", "Ahmed al-Assiri", "person"),
        ("Clay Tice", "Clay Tice Jr.", "person"),
        ("Abdullah", "Abdullah II", "person"),
    ],
)
def test_two_names_that_are_likely_one(one: str, other: str, type_: str) -> None:
    assert asked(one, other, type_)


def test_whose_a_surname_is_that_many_bear_is_not_asked() -> None:
    family = [Bearing(f"{given}-hale", f"{given} Hale", "person") for given in ("Ada", "Ben", "Carl", "Dora")]
    some, all_ = (likenesses([Bearing("hale", "Hale", "person"), *family[:size]]) for size in (3, 4))
    assert sum(pair.score >= LIKELY for pair in some) == 3
    assert not any(pair.score >= LIKELY for pair in all_)


@pytest.mark.parametrize(
    ("one", "other", "type_"),
    [
        ("US justice department", "Norwegian justice department", "organization"),
        ("Delmora of Brazil", "Delmora of Norway", "organization"),
        ("Delmora of Brazil", "Hale", "organization"),
        ("Mining Practices Act", "Hidden Practices Act", "document"),
        ("Tarnandou", "Tarnemdou", "place"),
        ("Tarn", "Tarm", "place"),
        ("Lenn Eastern Airlines", "Lenn Southern Airlines", "organization"),
        ("North Tarnou", "South Tarnou", "place"),
        ("Ada Moreau-Hale", "Idris Hale", "person"),
        ("Ahmed al-Hale", "al", "person"),
        ("Toto Hale", "Idris “Nini” Hale", "person"),
        ("Clay Tice Sr.", "Clay Tice Jr.", "person"),
        ("John Paul I", "John Paul II", "person"),
        ("Toto Hale", "Idris “Toto” Okonta", "person"),
        ("Ahmed Hale", "Ahmed al-Hakim", "person"),
        ("Jean Moreau", "Jacques Moreau", "person"),
        ("Bill Moreau", "Bob Moreau", "person"),
        ("Bill Moreau", "William Hale", "person"),
        ("Datu Idris Moreau", "Datu Zaldy Moreau", "person"),
        ("Qassabiyeh", "Kassabiyeh", "person"),
        ("George H. W. Hale", "George W. Hale", "person"),
        ("George H.W. Hale", "George W. Hale", "person"),
    ],
)
def test_two_names_that_are_likely_two(one: str, other: str, type_: str) -> None:
    assert not asked(one, other, type_)


def test_an_acronym_with_a_known_long_form_is_not_asked_about_another() -> None:
    lenn = [Bearing("lma", "LMA", "organization"), Bearing("lma", "Lenn Mining Agency", "organization")]
    other = Bearing("other", "Lagos Museum Association", "organization")
    assert [pair.reason for pair in likenesses([lenn[0], other])] == ["initials of the other"]
    assert likenesses([*lenn, other]) == ()


def test_a_name_in_another_script_is_not_asked_about_where_there_is_one_in_the_same() -> None:
    iraq, york = Bearing("iraq", "Ирак", "place"), Bearing("york", "York", "place")
    assert [pair.reason for pair in likenesses([iraq, york])] == ["same name in another script"]
    assert likenesses([iraq, Bearing("iraq", "Iraq", "place"), york]) == ()


@pytest.mark.parametrize(("other", "alike"), [("Tarn Province", True), ("Tarn Lighthouse", False)])
def test_of_places_that_begin_with_a_place_only_its_province_is_like_it(other: str, alike: bool) -> None:
    found = likenesses([Bearing("a", "Tarn", "place"), Bearing("b", other, "place")])
    assert bool(found) == alike


def test_a_form_of_a_given_name_stands_in_one_row_only() -> None:
    forms = [form for row in load("givenforms")["rows"] for form in row]
    assert len(forms) == len(set(forms))
