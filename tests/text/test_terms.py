"""The words that a search compares: folded the same for what is written and what is asked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.text.fold import fold
from dossierkit.text.terms import all_terms, terms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The Assad’s talks at l’ONU", ("assad", "talks", "onu")),
        ("Zürich, 10.000 U.N.", ("zurich", "10", "000")),
        ("علُّوش والأمم المتّحدة", ("علوش", "امم", "متحده")),
        ("إلى الجهة للمدينة", ("جهه", "مدينه")),
        ("東京で", ("東", "京", "て")),
        ("Ὀδυσσεύς ΟΔΥΣΣΕΥΣ", ("οδυσσευσ", "οδυσσευσ")),
        ("al-Assad", ("al", "assad")),
        ("", ()),
        ("the of", ()),
    ],
)
def test_terms(text, found):
    assert terms(text) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("الإسلامية", "اسلاميه"),
        ("عَلُّوش", "علوش"),
        ("هيئـــة", "هيئة"),
        ("مستشفى", "مستشفي"),
        ("آثار", "اثار"),
        ("MOSUL", "mosul"),
        ("Alep‑Ouest", "alep-ouest"),
    ],
)
def test_spellings_of_one_word_are_one_term(one, other):
    assert terms(one) == terms(other) != ()


def test_little_words_stay_in_names():
    assert all_terms("The Who") == ("the", "who")


@given(st.text())
def test_terms_of_terms_are_themselves(text):
    """A term that a browser read from the index finds itself."""
    once = [term for term in all_terms(text) if not term.startswith(("ال", "وا", "با", "كا", "فا", "لل"))]
    assert [again for term in once for again in all_terms(term)] == once


@given(st.lists(st.text()).map(" ".join))
def test_a_word_has_the_same_terms_in_every_text(text):
    """Words are looked up one by one; the whole text folded at once says the same."""
    assert all_terms(fold(text)) == all_terms(text)
