"""Names that differ only in their spelling have one key, and every key is a safe id."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.text.fold import fold, slug


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Erdoğan", "ERDOGAN"),
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("حركـــة", "حركه"),
        ("على", "علي"),
        ("Da’esh", "Da'esh"),
        ("al‑Assad", "Al-Assad"),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("New\n York", "new york"),
        ("№ 5", "No 5"),  # capitals that decomposing makes
        ("Lenn\u20dd", "Lenn"),  # a sign around a letter
    ],
)
def test_spellings_of_one_name_fold_to_one_key(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("कमल", "कोमल"), ("দিন", "দান"), ("กับ", "กบ"), ("မေ", "မ")])
def test_vowels_that_stand_beside_their_letters_tell_names_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mohammad Alloush", "mohammad-alloush"),
        ("Jaish al-Islam", "jaish-al-islam"),
        ("Jabhat al-Nusra's", "jabhat-al-nusras"),
        ("سوريا", "swrya"),
        ("Москва", "moskva"),
        ("CON", "con-name"),
        ("Prn", "prn-name"),
        ("aux", "aux-name"),
        ("Nul", "nul-name"),
        ("lpt1", "lpt1-name"),
        (" ".join(["Commission"] * 8), "-".join(["commission"] * 7)),  # of 87 characters: cut between words
        ("../../x", "x"),
    ],
)
def test_ids_are_readable(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_without_a_letter_that_can_be_romanised_stay_apart() -> None:
    assert slug("北京") != slug("東京")


@given(st.text())
def test_ids_are_safe_names(name: str) -> None:
    made = slug(name)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", made)
    assert len(made) <= 85
    assert made.split(".")[0] not in {"con", "prn", "aux", "nul", "com1", "lpt9"}


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
