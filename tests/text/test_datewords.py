"""Dates in the words of each language of the interface."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.model.edtf import EdtfError, parse
from dossierkit.text.datewords import LANGUAGES, words


@pytest.mark.parametrize(
    ("edtf", "english"),
    [
        ("2016-05-30", "30 May 2016"),
        ("2016-05", "May 2016"),
        ("2016", "2016"),
        ("0987", "987"),
        ("2016-05-30T14:30", "30 May 2016, 14:30"),
        ("2016-01-21~/2016-01-31", "late January 2016"),
        ("2016-04-11~/2016-04-20~", "mid-April 2016"),
        ("2016-04-01/2016-04-10~", "early April 2016"),
        ("2016-04-01/2016-04-10", "1–10 April 2016"),
        ("2016-01-21~/2016-04-20~", "late January – mid-April 2016"),
        ("2015-12-21~/2016-01-10~", "late December 2015 – early January 2016"),
        ("2016-01-21~/2016-05-03", "late January 2016 – 3 May 2016"),
        ("2016-01-05~/2016-04-20", "about 5 January 2016 – 20 April 2016"),
        ("2009-01/2009-04~", "early 2009"),
        ("2009-05~/2009-08~", "mid-2009"),
        ("1997~/1999", "late 1990s"),
        ("2009-02~/2009-03", "about February 2009 – March 2009"),
        ("2016-05-23/2016-05-29", "23–29 May 2016"),
        ("2016-05-23/2016-06-02", "23 May – 2 June 2016"),
        ("2015-12-23/2016-01-02", "23 December 2015 – 2 January 2016"),
        ("2016-03/2016-05", "March – May 2016"),
        ("2012/2014", "2012 – 2014"),
        ("2012/..", "since 2012"),
        ("../2016-04", "until April 2016"),
        ("2015~", "about 2015"),
        ("2015?", "2015 (uncertain)"),
        ("2015%", "about 2015 (uncertain)"),
        ("XXXX-04", "April, year unknown"),
        ("XXXX-04-12", "12 April, year unknown"),
        ("XXXX-12", "December, year unknown"),
        ("XXXX-22", "summer, year unknown"),
        ("XXXX", "date unknown"),
        ("XXXX-XX-12", "date unknown"),
        ("201X", "the 2010s"),
        ("19XX", "the 20th century"),
        ("20XX", "the 21st century"),
        ("2016-22", "summer 2016"),
        ("2016-33", "first quarter of 2016"),
        ("2016-41", "second half of 2016"),
        ("2016-XX", "a month in 2016"),
        ("2016-05-XX", "a day in May 2016"),
        ("2016-XX-12", "2016-XX-12"),
        ("[2016-05-20..2016-05-24]", "one day, 20–24 May 2016"),
        ("[2014,2016]", "2014 or 2016"),
        ("{2014,2016}", "2014 and 2016"),
        ("[2014..]", "in or after 2014"),
        ("-0009", "10 BC"),
        ("Y17000", "17000"),
    ],
)
def test_date_reads_in_english(edtf, english):
    assert words(edtf) == english


@pytest.mark.parametrize(
    ("edtf", "lang", "expected"),
    [
        ("2016-05-01", "fr", "1er mai 2016"),
        ("2016-01-21~/2016-01-31", "fr", "fin janvier 2016"),
        ("../2016-05-03", "fr", "jusqu’au 3 mai 2016"),
        ("../2016", "fr-CA", "jusqu’en 2016"),
        ("201X", "fr", "les années 2010"),
        ("2016-05-30", "ar", "30 أيار/مايو 2016"),
        ("2016-01-21~/2016-01-31", "ar", "أواخر كانون الثاني/يناير 2016"),
        ("2012/..", "ar-SY", "منذ 2012"),
        ("2016-05-30", "de", "30 May 2016"),
    ],
)
def test_date_reads_in_the_readers_language(edtf, lang, expected):
    assert words(edtf, lang) == expected


def test_what_is_no_date_is_refused():
    with pytest.raises(EdtfError):
        words("30 May")


@given(st.text(alphabet="0123456789XY-/.~?%[]{},", max_size=22), st.sampled_from(LANGUAGES))
def test_every_date_reads_as_something(text, lang):
    try:
        parse(text)
    except EdtfError:
        return
    assert words(text, lang)
    assert "{" not in words(text, lang)
