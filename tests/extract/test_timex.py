from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import pytest
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.support.yaml_files import read_yaml

from dossierkit.extract.languages import languages
from dossierkit.extract.timex import find_timexes
from dossierkit.model.edtf import parse
from dossierkit.text.segment import sentences

CASES = Path(__file__).parent / "cases"
ANCHORS = st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 12, 31))
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [f"{date(2000, month, 1):%B}" for month in range(1, 13)]


def find(text, published=None, lang="en", title=""):
    return find_timexes(text, sentences(text, lang), published, lang, title)


def one(text, published):
    found = find(text, published)
    assert len(found) == 1, found
    return found[0]


def _cases():
    for path in sorted(CASES.glob("timex_*.yml")):
        lang = path.stem.removeprefix("timex_")
        for case in read_yaml(path, texts=True):
            yield pytest.param(lang, case, id=f"{lang}: {case['title']}")


@pytest.mark.parametrize(("lang", "case"), list(_cases()))
def test_case_of_the_curators(lang, case):
    found = find(case["text"], case.get("published"), lang, case.get("paper", ""))
    expected = [[*row, ""][:4] for row in case.get("expect", [])]
    got = [[t.text, t.value, t.edtf or "~", t.anchor] for t in found]
    assert got == expected
    assert [t.text for t in found] == [case["text"][t.start : t.end] for t in found]


@pytest.mark.parametrize(
    ("lang", "text", "edtf"),
    [
        (lang, case["text"], str(case["edtf"]))
        for lang, cases in read_yaml(CASES / "limits.yml").items()
        for case in cases
    ],
)
def test_a_length_that_is_only_a_bound_has_no_more_exact_date(lang, text, edtf):
    assert find(text, "2023-09-25", lang)[-1].edtf == edtf


@pytest.mark.parametrize(
    ("title", "edtf"),
    [
        (title, edtf)
        for edtf, titles in read_yaml(CASES / "report_years.yml", texts=True).items()
        for title in titles
    ],
)
def test_a_day_is_of_the_year_that_a_title_surely_says_its_report_is_about(title, edtf):
    assert find("The court of Tarn freed Ada Hale on 5 July.", "2021-04-14", title=title)[-1].edtf == edtf


@given(ANCHORS, st.integers(1, 400), st.sampled_from(["day", "week", "month", "year"]))
def test_more_and_less_than_a_time_ago_leave_no_day_between_them(anchor, count, unit):
    units = f"{count} {unit}s" if count > 1 else f"a {unit}"
    more, less = (
        parse(one(f"It began {words} than {units} ago.", anchor.isoformat()).edtf)
        for words in ("more", "less")
    )
    exact = anchor - relativedelta(**{f"{unit}s": count})
    assert (more.low, more.latest - timedelta(days=1), less.earliest) == (None, exact, exact)
    assert less.latest - timedelta(days=1) == anchor


@pytest.mark.parametrize(("published", "edtf"), [("2023", "[..2022]"), ("2023-09", "[..2022-09]")])
def test_a_bound_is_as_exact_as_the_day_it_counts_from(published, edtf):
    assert one("It began more than a year ago.", published).edtf == edtf


@given(ANCHORS, st.sampled_from(WEEKDAYS))
def test_a_weekday_in_the_past_is_within_the_last_seven_days(anchor, weekday):
    found = date.fromisoformat(one(f"He resigned on {weekday}.", anchor.isoformat()).value)
    assert found.strftime("%A") == weekday
    assert 0 <= (anchor - found).days <= 6


@given(ANCHORS, st.sampled_from(WEEKDAYS))
def test_a_weekday_to_come_is_within_the_next_seven_days(anchor, weekday):
    found = date.fromisoformat(one(f"They will meet on {weekday}.", anchor.isoformat()).value)
    assert found.strftime("%A") == weekday
    assert 0 <= (found - anchor).days <= 6


@given(ANCHORS, st.sampled_from(WEEKDAYS))
def test_last_weekday_is_before_the_anchor(anchor, weekday):
    found = date.fromisoformat(one(f"Last {weekday} they met.", anchor.isoformat()).value)
    assert 1 <= (anchor - found).days <= 7


@given(ANCHORS)
def test_last_week_is_monday_to_sunday_before_the_anchors_week(anchor):
    found = parse(one("They met last week.", anchor.isoformat()).edtf)
    assert found.earliest.isoweekday() == 1
    assert found.latest - found.earliest == timedelta(days=7)
    assert found.latest <= anchor < found.latest + timedelta(days=7)


@given(ANCHORS, st.sampled_from(MONTHS))
def test_a_month_in_the_past_is_the_anchors_or_one_before(anchor, month):
    found = parse(one(f"The war ended in {month}.", anchor.isoformat()).edtf)
    assert found.earliest <= anchor
    assert (anchor - found.earliest).days < 366


@given(ANCHORS, st.sampled_from(MONTHS))
def test_a_month_to_come_is_the_anchors_or_one_after(anchor, month):
    found = parse(one(f"Voting will start in {month}.", anchor.isoformat()).edtf)
    assert found.latest > anchor
    assert (found.earliest - anchor).days < 366


@given(ANCHORS, st.integers(2, 300), st.sampled_from(["days", "weeks", "months", "years"]))
def test_ago_goes_back_by_the_units(anchor, count, unit):
    found = one(f"It began {count} {unit} ago.", anchor.isoformat())
    if found.type == "DURATION":  # before the year 1
        assert unit == "years"
        return
    meant, named = anchor - relativedelta(**{unit: count}), parse(found.edtf)
    assert named.earliest <= meant < named.latest
    assert (named.latest - named.earliest).days <= {"days": 1, "weeks": 7, "months": 31, "years": 366}[unit]


@given(ANCHORS, ANCHORS)
def test_a_full_date_needs_no_anchor(anchor, named):
    text = f"It happened on {named.day} {MONTHS[named.month - 1]} {named.year}."
    found = one(text, anchor.isoformat())
    assert (found.value, found.edtf, found.relative, found.anchor) == (
        named.isoformat(),
        named.isoformat(),
        False,
        "",
    )


@given(ANCHORS)
def test_relative_expressions_say_what_they_were_resolved_against(anchor):
    found = find(
        "Last year, last week and yesterday he wrote. Two days later he will come.", anchor.isoformat()
    )
    assert all(t.relative and t.anchor for t in found)
    assert {t.anchor for t in found[:3]} == {f"published {anchor.isoformat()}"}


WORDS = st.sampled_from(
    "the last next this on in of from to until since by and or early mid late end a few several two 3 14 31 2016 1999 "
    "5/12/2016 14:30 p.m. May march April Friday Mondays week month year quarter second first century 1990s ago later "
    "before after every daily now today yesterday night fiscal Q3 BC , . - – ( ' \n said will résumé 5th ١٤ آذار وفي hier "
    "semaine dernière 9999 0000 99999999999999999999 mid-April twenty-first Christmas\u00a0Eve".split(" ")
)


@settings(max_examples=3 * settings.default.max_examples)
@given(
    st.lists(WORDS, max_size=40),
    st.sampled_from([None, "2016-05-30", "2016-05", "2016", "0001-01-01", "9999-12-31", "x"]),
    st.sampled_from(["en", *languages(), "de"]),
)
def test_time_words_in_any_order_give_sound_expressions(words, published, lang):
    text = " ".join(words)
    end = 0
    for timex in find(text, published, lang):
        assert end <= timex.start < timex.end <= len(text)
        assert timex.text == text[timex.start : timex.end]
        assert timex.type in {"DATE", "TIME", "DURATION", "SET"}
        assert timex.value
        assert timex.edtf is None or parse(timex.edtf).text == timex.edtf
        assert timex.edtf is None or timex.type in {"DATE", "TIME"}
        end = timex.end


@given(st.text(max_size=200), st.sampled_from(["en", *languages(), "zh"]))
def test_any_text_is_read_without_a_crash(text, lang):
    for timex in find(text, "2016-05-30", lang):
        assert timex.text == text[timex.start : timex.end]


@pytest.mark.parametrize(
    "unit",
    [
        "two ",
        "the last ",
        "May 5 ",
        "1 ",
        "9",
        "- ",
        "of the ",
        "2016-",
        "early mid late ",
        "٣ ",
        "in 2016 and ",
    ],
)
def test_time_needed_grows_with_the_length_only(unit):
    def seconds(count):
        text = unit * count
        whole = sentences(text)
        start = time.process_time()
        find_timexes(text, whole, "2016-05-30", "en")
        return time.process_time() - start

    seconds(100)
    small, large = seconds(800), seconds(8_000)
    assert large < max(40 * small, 0.3)


def test_unknown_language_has_numeric_dates_only():
    found = find("Am 30.05.2016, nicht am Freitag, 3. Juni 2016.", "2016-05-30", "qaa")
    assert [(t.text, t.value) for t in found] == [("30.05.2016", "2016-05-30")]


def test_empty_text_has_none():
    assert find("", "2016-05-30") == ()


@pytest.mark.parametrize(
    ("lang", "text", "wanted"),
    [(lang, text, wanted) for lang, cases in read_yaml(CASES / "days.yml").items() for text, wanted in cases],
)
def test_a_day_that_is_easily_taken_for_another(lang, text, wanted):
    dates = [one for one in find(text, "2024-03-08", lang) if one.type in {"DATE", "TIME", "SET"}]
    assert [(one.text, one.edtf) for one in dates] == [
        (words.rpartition("| ")[2], None if edtf is None else str(edtf)) for words, edtf in wanted.items()
    ]
