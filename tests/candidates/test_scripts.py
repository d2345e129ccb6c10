"""One entity in Latin, Arabic and Cyrillic letters is asked about, and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.yaml_files import read_yaml

from dossierkit.evidence.candidates.likeness import likenesses
from dossierkit.evidence.candidates.name_keys import Bearing
from dossierkit.extract.identity.across_scripts import one_name, readings

CASES = read_yaml(Path(__file__).parent / "scripts_cases.yml")["cases"]
REASON = "same name in another script"


def asked(one, other, type_="person"):
    found = likenesses([Bearing("a", one, type_), Bearing("b", other, type_)])
    return [pair.reason for pair in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['one']}={case['other']}")
def test_names_in_two_scripts(case):
    found = asked(case["one"], case["other"], case.get("type", "person"))
    assert found == ([REASON] if case.get("asked", case["same"]) else [])


def test_most_pairs_are_right():
    """As many as were measured: a rule that finds more may not ask about more wrong ones."""
    found = [(case["same"], case.get("asked", case["same"])) for case in CASES]
    right, wrong = found.count((True, True)), found.count((False, True))
    assert right / (right + found.count((True, False))) >= 0.9
    assert right / (right + wrong) >= 0.94


def test_the_surname_alone_and_a_short_place_say_too_little():
    assert not asked("Haftar", "حفتر")
    assert not asked("Homs", "حم", "place")


def test_a_person_is_no_place_and_works_are_left_alone():
    pairs = likenesses([Bearing("a", "Benghazi", "place"), Bearing("b", "بنغازي", "event")])
    assert not pairs


@given(st.text(alphabet="abdhklmn'- عبدالحمنАбдуль", max_size=20), st.text(max_size=20))
def test_any_text_is_read_and_the_order_of_two_makes_no_difference(one, other):
    assert one_name(one, other, person=False) == one_name(other, one, person=False)
    assert all(len(made.vowels) == len(made.bones) + 1 for made in readings(one, person=False))
