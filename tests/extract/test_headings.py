"""Headings by the case file, and the score that they come to."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.extract.headings import heading

_SCORE = Path(__file__).parents[2] / "benchmarks" / "extraction" / "headings.py"
_SPEC = importlib.util.spec_from_file_location("headings_score", _SCORE)
assert _SPEC is not None
assert _SPEC.loader is not None
score = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(score)

CASES = score.cases()
FLOOR = 0.95


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text'][:60]} [{case.get('date', '')}]")
def test_the_heading_is_that_of_the_case_file(case: dict[str, Any]) -> None:
    assert score.shown(case) == case.get("now", case["heading"])


def test_the_share_that_comes_as_wanted_stays_above_its_floor() -> None:
    assert len(CASES) >= 100
    right = sum("now" not in case for case in CASES)
    assert right / len(CASES) >= FLOOR


@given(
    st.lists(
        st.sampled_from(
            'the council of Tarn met on Monday , ( ) “ ” " who was - and said that in 2016 . [3]'.split()
        ),
        max_size=30,
    )
)
def test_a_heading_adds_no_word(words: list[str]) -> None:
    text = " ".join(words)
    made = heading(text, 0, len(text), None).text
    assert {word.lower() for word in made.split()} <= {word.lower().strip(',.”“"') for word in words} | set(
        words
    ) | {word.lower() for word in words}
