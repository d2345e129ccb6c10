"""Headings in other languages than English, by the case file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.yaml_files import read_yaml

from dossierkit.extract.headings import heading
from dossierkit.extract.timex import find_timexes
from dossierkit.text.segment import sentences

CASES: dict[str, list[tuple[str, str, str | None]]] = read_yaml(
    Path(__file__).with_name("cases").joinpath("headings_other.yml")
)
PUBLISHED = "2016-05-20"


def made(text: str, date: str, lang: str) -> str | None:
    """The heading of the sentence for its date, None where it does not stand by itself."""
    found = find_timexes(text, sentences(text, lang), PUBLISHED, lang)
    spans = [(one.start, one.end) for one in found if one.edtf]  # not those that say how long
    (at,) = [one for one in spans if text[slice(*one)] == date]
    title = heading(text, 0, len(text), at, lang, spans)
    return title.text if title.whole else None


@pytest.mark.parametrize(
    ("lang", "text", "date", "wanted"),
    [(lang, *case) for lang, cases in CASES.items() for case in cases],
)
def test_the_heading_is_that_of_the_case_file(lang: str, text: str, date: str, wanted: str | None) -> None:
    assert made(text, date, lang) == wanted


@given(st.text(alphabet="aàenlstqu’ ,.;:()“”«»-–AE1", max_size=80), st.sampled_from(sorted(CASES)))
def test_a_heading_adds_no_letter(text: str, lang: str) -> None:
    found = heading(text, 0, len(text), None, lang).text
    assert set(found.lower()) <= set(text.lower()) | {" ", ","}
