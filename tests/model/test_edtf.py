"""EDTF dates: which are read, what they span, and how they compare."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.model import edtf
from dossierkit.model.edtf import EdtfError, parse

DATES = st.dates(min_value=date(1, 1, 1), max_value=date(9998, 12, 31))
MARKS = st.sampled_from(["", "~", "?", "%"])


@pytest.mark.parametrize(
    ("text", "kind", "earliest", "latest"),
    [
        ("2016", "year", "2016-01-01", "2017-01-01"),
        ("2016-02", "month", "2016-02-01", "2016-03-01"),
        ("2016-12", "month", "2016-12-01", "2017-01-01"),
        ("2016-05-30", "day", "2016-05-30", "2016-05-31"),
        ("2016-05-30T14:30", "time", "2016-05-30", "2016-05-31"),
        ("2016-05-30T14:30:05Z", "time", "2016-05-30", "2016-05-31"),
        ("2016-21", "season", "2016-03-01", "2016-06-01"),
        ("2016-24", "season", "2016-12-01", "2017-03-01"),
        ("2016-33", "quarter", "2016-01-01", "2016-04-01"),
        ("2016-36", "quarter", "2016-10-01", "2017-01-01"),
        ("2016-41", "season", "2016-07-01", "2017-01-01"),
        ("201X", "decade", "2010-01-01", "2020-01-01"),
        ("19XX", "century", "1900-01-01", "2000-01-01"),
        ("2016-XX-12", "day", "2016-01-12", "2016-12-13"),
        ("2016-02-XX", "day", "2016-02-01", "2016-03-01"),
        ("2016-1X", "month", "2016-10-01", "2017-01-01"),
        ("20XX-02-29", "day", "2000-02-29", "2096-03-01"),
        ("XXXX-04", "month", None, None),
        ("0000", "year", None, None),
        ("-0043-03-15", "day", None, None),
        ("XXXX-02-29", "day", None, None),
        ("2016-05-23/2016-05-29", "interval", "2016-05-23", "2016-05-30"),
        ("2016-01-21~/2016-01-31", "interval", "2016-01-21", "2016-02-01"),
        ("2012/..", "interval", "2012-01-01", None),
        ("../2016-04", "interval", None, "2016-05-01"),
        ("/2016-04", "interval", None, "2016-05-01"),
        ("2012/", "interval", "2012-01-01", None),
        ("[2016-05-20..2016-05-24]", "set", "2016-05-20", "2016-05-25"),
        ("[2014, 2016]", "set", "2014-01-01", "2017-01-01"),
        ("{2014,2016-03..2016-05}", "set", "2014-01-01", "2016-06-01"),
        ("[..2016-05]", "set", None, "2016-06-01"),
        ("[2016-05..]", "set", "2016-05-01", None),
        ("[..2014,2016]", "set", None, "2017-01-01"),
        ("{2014,2016..}", "set", "2014-01-01", None),
        ("2016/2016", "interval", "2016-01-01", "2017-01-01"),
        ("../9999", "interval", None, None),
        ("0001-01-01", "day", "0001-01-01", "0001-01-02"),
        ("9999-12-30", "day", "9999-12-30", "9999-12-31"),
        ("9999", "year", "9999-01-01", None),
        ("-0009", "year", None, None),
        ("Y17000", "year", None, None),
    ],
)
def test_bounds_hold_every_possible_day(text, kind, earliest, latest):
    found = parse(text)
    assert (found.kind, found.earliest, found.latest) == (
        kind,
        date.fromisoformat(earliest) if earliest else None,
        date.fromisoformat(latest) if latest else None,
    )


@pytest.mark.parametrize(
    ("text", "approximate", "uncertain"),
    [
        ("2016", False, False),
        ("2016~", True, False),
        ("2016?", False, True),
        ("2016-05-30%", True, True),
        ("2016~/2017?", True, True),
        ("2016-~05", True, False),
        ("[2016?,2017]", False, True),
    ],
)
def test_qualifiers_are_seen(text, approximate, uncertain):
    found = parse(text)
    assert (found.approximate, found.uncertain) == (approximate, uncertain)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        (" 2016-05-30\n", "2016-05-30"),
        ("?2016", "2016?"),
        ("~2016-~05-~30", "2016-05-30~"),
        ("2016-05~-30~", "2016-05-30~"),
        ("2016~-05%", "2016-05%"),
        ("2016-~05-~30", "2016-~05-~30"),
        ("2016~-05-?30", "2016~-05-?30"),
        ("[ 2014 , 2016 ]", "[2014,2016]"),
        ("[2014..2014]", "[2014..2014]"),
        ("2012/", "2012/"),
    ],
)
def test_text_is_canonical(text, canonical):
    assert parse(text).text == canonical
    assert parse(canonical).text == canonical


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "leave the key out"),
        ("30.05.2016", "year first"),
        ("5/30/2016", "year first"),
        ("20160530", "hyphens"),
        ("2016-5", "two digits"),
        ("2016-05-3", "two digits"),
        ("2016/05/30", "hyphens"),
        ("2016-13", "month 13"),
        ("2016-00", "month 00"),
        ("2016-9X", "no month can be 9X"),
        ("2016-02-30", "no such day"),
        ("2015-02-29", "no such day"),
        ("2016-04-31", "no such day"),
        ("2016-05-00", "no such day"),
        ("2016-05-4X", "no such day"),
        ("2016-21-03", "no days"),
        ("2016-05-30T25:00", "no hour"),
        ("201x", "capital X"),
        ("201u", "capital X"),
        ("circa 2016", "2016~"),
        ("2016/present", "2016/.."),
        ("2016–2017", "plain hyphen"),
        ("17000", "Y17000"),
        ("2016-05-30/2016-05-23", "ends before it begins"),
        ("2016/2017/2018", "more than one /"),
        ("../..", "no date"),
        (".. / ..", "no date"),
        ("2016-05-30/2016-05-29", "ends before it begins"),
        ("/", "no date"),
        ("[2016", "closing ]"),
        ("[]", "empty member"),
        ("[2016,]", "empty member"),
        ("{2017..2016}", "ends before it begins"),
        ("May 2016", "the month as a number"),
        ("30 May 2016", "the month as a number"),
        ("May 30th, 2016", "the month as a number"),
        ("1er mai 2016", "the month as a number"),
        ("spring 2016", "expected a year"),
        ("２０１６", "2016"),
    ],
)
def test_error_says_what_was_found_and_gives_an_example(text, says):
    with pytest.raises(EdtfError) as caught:
        parse(text)
    assert says in str(caught.value)
    assert repr(text.partition("/")[2] if text.endswith("present") else text) in str(caught.value) or not text


@pytest.mark.parametrize("end", [".", "...", " ..", "…"])
def test_an_open_end_is_two_points_or_nothing(end):
    with pytest.raises(EdtfError, match="is not an EDTF date; expected"):
        parse(f"2016/{end}")


def test_sorting_puts_earlier_first_wider_first_unknown_last():
    ordered = [
        "../2011",
        "2012/..",
        "201X-05",
        "2016",
        "2016-01",
        "2016-01-01",
        "2016-01-02",
        "XXXX-04",
        "XXXX-12-01",
    ]
    keyed = sorted(ordered, key=lambda text: parse(text).sort_key)
    assert keyed == ["201X-05", "../2011", "2012/..", *ordered[3:]]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("2016-05", "2016-05-30", True),
        ("2016-05", "2016-06-01", False),
        ("2012/..", "2030", True),
        ("2012/..", "2011", False),
        ("XXXX-04", "2016-05", True),
        ("2016-05-30", "2016-05-31", False),
    ],
)
def test_overlap_is_symmetric(one, other, expected):
    assert parse(one).overlaps(parse(other)) is expected
    assert parse(other).overlaps(parse(one)) is expected


@pytest.mark.parametrize(
    ("first", "last", "text"),
    [
        ("2016-05-23", "2016-05-29", "2016-05-23/2016-05-29"),
        ("2016-05", "2016-05", "2016-05"),
        ("2012", None, "2012/.."),
        (None, "2016-04", "../2016-04"),
        (None, None, "../.."),
    ],
)
def test_an_interval_is_written_with_its_open_ends_and_one_date_once(first, last, text):
    assert edtf.interval(first, last) == text


def test_thirds_of_months_mark_their_fuzzy_bounds():
    assert edtf.third(2016, 1, "late") == "2016-01-21~/2016-01-31"
    assert edtf.third(2016, 4, "mid") == "2016-04-11~/2016-04-20~"
    assert edtf.third(2016, 4, "early") == "2016-04-01/2016-04-10~"


@given(DATES)
def test_a_day_is_one_day(value):
    found = parse(edtf.day(value))
    assert (found.earliest, found.latest) == (value, value + timedelta(days=1))


@given(DATES, DATES)
def test_an_interval_spans_both_ends_or_is_refused(first, last):
    text = f"{first.isoformat()}/{last.isoformat()}"
    if first <= last:
        found = parse(text)
        assert (found.earliest, found.latest, found.text) == (first, last + timedelta(days=1), text)
        assert parse(edtf.one_of(first, last)).latest == found.latest
    else:
        with pytest.raises(EdtfError):
            parse(text)


@given(DATES, st.tuples(*[MARKS] * 6))
def test_canonical_text_round_trips(value, marks):
    a, b, c, d, e, f = marks
    found = parse(f"{a}{value.year:04d}{b}-{c}{value:%m}{d}-{e}{value:%d}{f}")
    again = parse(found.text)
    assert (again.text, again.spans) == (found.text, found.spans)
    assert (again.earliest, again.sort_key) == (value, found.sort_key)


@given(DATES, st.lists(st.integers(0, 9), max_size=9))
def test_unspecified_digits_only_widen(value, places):
    exact = edtf.day(value)
    masked = "".join("X" if i in places and ch != "-" else ch for i, ch in enumerate(exact))
    found = parse(masked)
    assert found.text == masked
    if found.earliest is not None:
        assert found.earliest <= value
    if found.latest is not None:
        assert value < found.latest


@given(st.text(alphabet="0123456789XY-/.~?%[]{},T:Z ", max_size=24))
def test_any_text_is_a_date_or_a_clear_error(text):
    try:
        found = parse(text)
    except EdtfError as caught:
        message = str(caught)
        assert "expected" in message or "write" in message
    else:
        assert parse(found.text).text == found.text


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("-0043-03-15", "-0043-03-15", "-0043-03-15"),
        ("-0300/-0250", "-0300-01-01", "-0250-12-31"),
        ("-0009/0005", "-0009-01-01", "0005-12-31"),
        ("0000", "0000-01-01", "0000-12-31"),
        ("Y17000", "+17000-01-01", "+17000-12-31"),
        ("Y-12000", "-12000-01-01", "-12000-12-31"),
        ("9999-12-31", "9999-12-31", "9999-12-31"),
        ("2012/..", "2012-01-01", ""),
        ("XXXX-04", "", ""),
    ],
)
def test_the_first_and_last_day_of_any_year_can_be_told(text, first, last):
    assert (parse(text).first_day, parse(text).last_day) == (first, last)
