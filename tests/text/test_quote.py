from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.text.quote import fold_spaces, locate

TEXT = (
    "He said “we  agree”.\nThey said he said nothing. The cease\u00adfire held; the ceasefire line did not."
)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("we agree", ["we  agree"]),
        ('"we agree"', ["“we  agree”"]),
        ("said", ["said", "said", "said"]),
        ("They said he", ["They said he"]),
        ("agree”. They", ["agree”.\nThey"]),
        ("cease", []),
        ("ceasefire held", ["cease\u00adfire held"]),
        ("he said", ["he said"]),
        ("", []),
        ("   ", []),
    ],
)
def test_a_quote_is_found_wherever_its_whole_words_stand(quote, found):
    spans = locate(fold_spaces(TEXT), quote)
    assert [TEXT[start:end] for start, end in spans] == found


def test_every_white_space_is_one_space_and_what_is_invisible_is_nothing():
    spaces = [char for char in map(chr, range(sys.maxunicode + 1)) if char.isspace()]
    assert len(spaces) > 20
    for space in spaces:
        for text in (f"a{space}b", f"a {space}b", f"a{space}{space} b"):
            folded = fold_spaces(text)
            assert (folded.text, folded.origin(0), folded.origin(2)) == ("a b", 0, len(text) - 1)
    assert fold_spaces("a\u00adb \u200b\u2060c\ufeff").text == "ab c"


def test_prefix_and_suffix_choose_between_places():
    folded = fold_spaces("a talk in May, a talk in June")
    assert len(locate(folded, "talk")) == 2
    assert locate(folded, "talk", suffix="in June") == ((17, 21),)
    assert locate(folded, "talk", prefix="May, a") == ((17, 21),)


@given(st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), min_size=1, max_size=12), st.data())
def test_any_run_of_words_is_found_where_it_was_taken_from(words, data):
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    spaced = data.draw(st.sampled_from([" ", "  ", "\n", "\u00a0 "])).join(words)
    quote = " ".join(words[start:end])
    spans = locate(fold_spaces(spaced), quote)
    assert quote in {" ".join(spaced[a:b].split()) for a, b in spans}
