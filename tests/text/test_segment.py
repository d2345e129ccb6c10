"""Where sentences begin and end, against cases in YAML."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.yaml_files import read_yaml

from dossierkit.text.segment import sentences

CASES = read_yaml(Path(__file__).parent / "segment_cases.yml")
LONG = 200_000
MOST = 15  # processor seconds, where it takes less than one: looking through the line at each of its stops takes more
PIECES = st.sampled_from(
    [
        ". ",
        ".",
        "?",
        "! ",
        "؟ ",
        "...",
        "\n",
        '"',
        "”",
        "U.N.",
        "Mr. ",
        "The ",
        "gang",
        "2012",
        "é",
        "م",
        "[1]",
    ]
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_texts_are_cut_as_the_case_file_says(case: dict[str, object]) -> None:
    text = str(case["text"])
    spans = sentences(text, str(case.get("lang", "en")))
    assert [text[s.start : s.end] for s in spans] == case["sentences"]


@given(st.one_of(st.text(), st.lists(PIECES).map("".join)), st.sampled_from(["en", "fr", "ar", "xx"]))
def test_spans_are_ordered_apart_inside_and_hold_all_that_is_no_space(text: str, lang: str) -> None:
    spans = sentences(text, lang)
    end = 0
    for span in spans:
        assert end <= span.start < span.end <= len(text)
        assert text[end : span.start].strip() == ""
        assert text[span.start : span.end] == text[span.start : span.end].strip()
        end = span.end
    assert text[end:].strip() == ""


@given(st.lists(PIECES).map("".join))
def test_cutting_a_sentence_out_gives_spans_that_do_not_depend_on_what_follows_the_line(text: str) -> None:
    alone = sentences(text)
    assert sentences(text + "\nMore here. And more.")[: len(alone)] == alone


@pytest.mark.parametrize("unit", ["a.", "A. ", '".', "word. word ", ". ", "http://x.", "x"])
def test_a_line_of_many_characters_is_cut_in_time_that_grows_with_it(unit: str) -> None:
    start = process_time()
    assert sentences(unit * (LONG // len(unit)))
    assert process_time() - start < MOST
