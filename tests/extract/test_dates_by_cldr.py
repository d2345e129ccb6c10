"""Dates in languages without a grammar of their own, by the months and weekdays of Unicode's CLDR."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.yaml_files import read_yaml

from dossierkit.extract.timex import find_timexes
from dossierkit.text.data import load
from dossierkit.text.segment import sentences

CASES: dict[str, list[tuple[str, dict[str, object]]]] = read_yaml(
    Path(__file__).with_name("cases").joinpath("dates_cldr.yml")
)
PUBLISHED = "2016-05-20"


def found(text: str, lang: str) -> dict[str, str]:
    return {one.text: one.value for one in find_timexes(text, sentences(text, lang), PUBLISHED, lang)}


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [(lang, text, wanted) for lang, cases in CASES.items() for text, wanted in cases],
)
def test_dates_of_the_case_file_are_read(lang: str, text: str, wanted: dict[str, object]) -> None:
    assert found(text, lang) == {words: str(value) for words, value in wanted.items()}


@pytest.mark.parametrize(
    ("lang", "text", "edtf"),
    [
        ("de", "Der schlimmste Sturm seit 2010 traf die Stadt.", "2010"),
        ("de", "Sie lebt seit 2010 dort.", "2010/.."),
        ("de", "Im Geschäftsjahr 2016 stieg der Umsatz.", "2016~"),
        ("fa", "پل در خرداد ۱۳۹۵ باز شد.", "[2016-05-21..2016-06-20]"),
        ("fa", "او از خرداد ۱۳۹۵ آنجا است.", "2016-05-21/.."),
        ("am", "ድልድዩ በግንቦት 2007 ተከፈተ።", "[2015-05-09..2015-06-07]"),
        ("ka", "ხიდი ორშაბათი გაიხსნა.", "2016-05-16?"),
        ("es", "La peor tormenta desde 2010 azotó la ciudad.", "2010"),
        ("es", "Vive allí desde 2010.", "2010/.."),
        ("es", "El ejercicio 2016 cerró con pérdidas.", "2016~"),
    ],
)
def test_how_certain_a_date_is(lang: str, text: str, edtf: str) -> None:
    (one,) = find_timexes(text, sentences(text, lang), PUBLISHED, lang)
    assert one.edtf == edtf


def test_the_stop_of_an_ordinal_before_a_month_ends_no_sentence() -> None:
    text = "Am 3. Oktober 1990 endete die Teilung. Am 4. Mai kam er."
    assert [text[one.start : one.end] for one in sentences(text, "de")] == [
        "Am 3. Oktober 1990 endete die Teilung.",
        "Am 4. Mai kam er.",
    ]


@pytest.mark.parametrize("lang", load("languages")["dated"])
def test_each_listed_language_has_months_and_reads_numeric_dates(lang: str) -> None:
    assert found("2016-05-03", lang) == {"2016-05-03": "2016-05-03"}


@given(st.text(max_size=200), st.sampled_from(["de", "pt", "ru", "hu", "ca"]))
def test_any_text_is_read_and_spans_are_its_own(text: str, lang: str) -> None:
    for one in find_timexes(text, sentences(text, lang), PUBLISHED, lang):
        assert text[one.start : one.end] == one.text
