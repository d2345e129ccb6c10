"""Numbers that stand on many pages are exact where they are small, and change seldom where they are large."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dossierkit.evidence.backreferences import EXACT, rounded


@given(st.integers(0, 10**7))
def test_a_rounded_number_is_never_more_and_at_least_two_fifths(number):
    assert 0.4 * number <= rounded(number) <= number
    assert number >= EXACT or rounded(number) == number
    assert rounded(rounded(number)) == rounded(number)


def test_of_large_numbers_few_are_said():
    assert [one for one in range(1, 1001) if one >= EXACT and rounded(one) == one] == [
        10,
        20,
        50,
        100,
        200,
        500,
        1000,
    ]
