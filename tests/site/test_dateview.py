"""Dates as pages show and sort them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.site.dateview import view, year


@pytest.mark.parametrize(
    ("edtf", "certainty", "machine"),
    [
        ("2016-05-30", "exact", "2016-05-30"),
        ("2016-05", "within", "2016-05"),
        ("2016", "within", "2016"),
        ("2016-05-XX", "within", ""),
        ("201X", "within", ""),
        ("2016-05-23/2016-05-29", "within", ""),
        ("2016-01-21~/2016-01-31", "within", ""),
        ("2016-01-21~/2016-04-20~", "span", ""),
        ("2016-05-23~/2016-05-29~", "about", ""),
        ("2012/..", "open", ""),
        ("[..2012-03-04]", "open", ""),
        ("../2016-04", "open", ""),
        ("2015~", "about", ""),
        ("2015?", "uncertain", ""),
        ("XXXX-04-12", "undated", ""),
        ("", "undated", ""),
    ],
)
def test_a_date_says_how_sure_it_is(edtf, certainty, machine):
    shown = view(edtf, "en")
    assert (shown.certainty, shown.machine) == (certainty, machine)


def test_dates_sort_in_time_and_undated_ones_last():
    dates = ["", "XXXX-04", "2016-05-30", "2012/..", "2016-05", "2015"]
    assert sorted(dates, key=lambda date: view(date, "en").sort) == [
        "2012/..",
        "2015",
        "2016-05",
        "2016-05-30",
        "XXXX-04",
        "",
    ]


@given(
    st.dates().map(lambda day: day.isoformat())
    | st.sampled_from(["", "2016", "2016-24", "201X", "../2016-04", "XXXX-04-12"])
)
def test_the_year_alone_is_the_year_of_the_whole(edtf):
    assert year(edtf) == view(edtf, "en").year


@pytest.mark.parametrize(
    ("edtf", "words", "certainty"),
    [
        ("-0043-03-15", "15 March 44 BC", "exact"),
        ("-0300/-0250", "301 BC – 251 BC", "span"),
        ("-01XX", "the 2nd century BC", "within"),
        ("0000", "1 BC", "within"),
        ("2016-02-03/2016-02-05", "3–5 February 2016", "span"),
        ("2016-02-01/2016-02-07", "1–7 February 2016", "within"),
        ("[2016-01-10..2016-02-20]", "one day, 10 January – 20 February 2016", "within"),
        ("../2009", "until 2009", "open"),
        ("[..2016-02-03]", "on or before 3 February 2016", "open"),
        ("2016-01-11~/2016-01-17~", "about 11–17 January 2016", "about"),
        ("[2016..]", "in or after 2016", "open"),
    ],
)
def test_dates_of_any_year_say_how_sure_they_are(edtf, words, certainty):
    found = view(edtf, "en")
    assert (found.words, found.certainty) == (words, certainty)
