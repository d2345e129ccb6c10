"""The drawing of a timeline and its gathering by time: nothing outside, nothing out of order, nothing left out."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossierkit.site.charts.bars import MOST_BARS, bars
from dossierkit.site.charts.date_marks import dated, marks
from dossierkit.site.charts.periods import decades, gather
from dossierkit.site.charts.scale import scale, ticks
from dossierkit.site.charts.timeline import Drawn, draw
from dossierkit.site.dateview import view
from dossierkit.site.strings import Strings

T = Strings("en", {})
DAYS = st.dates(date(1850, 1, 1), date(2040, 12, 28))
POINT = st.one_of(
    DAYS.map(str),
    DAYS.map(lambda day: str(day)[:7]),
    DAYS.map(lambda day: str(day.year)),
    DAYS.map(lambda day: f"{day}~"),
)
EDTF = st.one_of(
    POINT,
    st.tuples(DAYS, DAYS).map(lambda pair: "/".join(map(str, sorted(pair)))),
    DAYS.map(lambda day: f"{day}/.."),
    DAYS.map(lambda day: f"../{day}"),
    st.just("1987-21"),
    st.just("XXXX-04"),
    st.just(""),
    st.just("0001"),
    st.just("9999-12-31"),
)
MANY = st.lists(EDTF, min_size=3, max_size=60)
quick = settings(max_examples=60, deadline=None)


def listed(dates):
    return [one for edtf in dates if (one := dated(edtf, view(edtf, "en").certainty))]


def drawn(dates, strings=T):
    entries = [
        Drawn(f"e-{n}", f"#e-{n}", f"t{n}", edtf, view(edtf, "en").certainty) for n, edtf in enumerate(dates)
    ]
    return draw(entries, strings)


def per_cent(text):
    return float(text.removesuffix("%"))


@quick
@given(MANY)
def test_a_scale_holds_every_day_in_order_within_the_drawing(dates):
    extents = [one.extent for one in listed(dates)]
    if extents:
        on = scale(extents)
        places = [on.at(day) for day in sorted(day for extent in extents for day in extent)]
        assert places == sorted(places)
        assert 0 <= places[0] <= places[-1] <= 100
        assert len({round(on.at(first), 9) for first, _ in extents}) == len({first for first, _ in extents})


@quick
@given(MANY)
def test_marks_lie_within_the_drawing_and_never_on_each_other(dates):
    given_ = listed(dates)
    if not given_:
        return
    on = scale([one.extent for one in given_])
    placed = marks(given_, on)
    rows = {}
    for mark in placed:
        assert -1e-9 <= mark.left < mark.right <= 100 + 1e-9
        rows.setdefault(mark.row, []).append((mark.left, mark.right))
    for row in rows.values():
        row.sort()
        assert all(one[1] <= two[0] for one, two in pairwise(row))


@quick
@given(MANY)
def test_bars_count_every_entry_and_a_sure_one_once(dates):
    given_ = listed(dates)
    if not given_:
        return
    on = scale([one.extent for one in given_])
    _, counted = bars(given_, on)
    sure = [index for bar in counted for index in bar.sure]
    assert len(sure) == len(set(sure))
    assert {*sure, *(index for bar in counted for index in bar.maybe)} == set(range(len(given_)))
    for bar in counted:
        assert 0 <= bar.left <= bar.right <= 100
        for index in bar.sure:
            first, end = given_[index].extent
            assert bar.first <= first < end <= bar.end
    assert len(counted) <= MOST_BARS + 12  # a unit may be cut in two where the line is broken


@quick
@given(MANY)
def test_labels_keep_their_distance(dates):
    given_ = listed(dates)
    if not given_:
        return
    made = ticks(scale([one.extent for one in given_]), "en")
    places = [tick.at for tick in made]
    assert made
    assert places == sorted(places)
    assert all(two - one > 4.5 for one, two in pairwise(places))
    narrow = [tick for tick in made if tick.narrow]
    for one, two in pairwise(narrow):
        assert two.at - one.at > (len(one.label) + len(two.label))  # 2 per cent a character, half of each


def test_a_year_without_room_below_its_first_label_stands_below_the_next():
    days = ["2019-12", *(f"2023-{month:02}-{day:02}" for month in (8, 9) for day in (10, 20)), "2024-07-30"]
    made = ticks(scale([one.extent for one in listed(days)]), "en")
    assert [tick.below for tick in made if tick.below] == ["2019", "2020", "2023", "2024"]


@quick
@given(MANY)
def test_where_a_script_runs_from_right_to_left_the_drawing_is_mirrored(dates):
    one, other = drawn(dates), drawn(dates, Strings("en", {}))
    assert one == other
    if one is None or not one.marks:
        return
    mirrored = drawn(dates, Strings("ar"))
    for here, there in zip(one.marks, mirrored.marks, strict=True):
        assert per_cent(there.x) == pytest.approx(100 - per_cent(here.x) - per_cent(here.width), abs=0.03)
        assert {here.fade, there.fade} in ({""}, {"left", "right"})


DATES = st.lists(EDTF, max_size=80)


@quick
@given(DATES)
def test_every_entry_stands_in_one_period_in_order(dates):
    def items(periods):
        return [item for part in periods for item in (*part.items, *items(part.parts))]

    def keys(periods):
        return [part.edtf for part in periods]

    numbered = list(enumerate(dates))
    periods = gather(numbered, lambda item: item[1])
    assert sorted(items(periods)) == numbered
    assert sum(part.count for part in periods) == len(dates)
    years = [key for key in keys(periods) if key]
    assert years == sorted(years)
    assert "" not in keys(periods)[:-1]
    for part in periods:
        assert not (part.items and part.parts)
        assert [key for key in keys(part.parts) if len(key) == 7] == sorted(
            key for key in keys(part.parts) if len(key) == 7
        )


@quick
@given(DATES)
def test_years_gathered_by_decade_are_the_same_years_in_the_same_order(dates):
    years = gather(dates, lambda edtf: edtf)
    gathered = decades(years)
    assert sum(period.count for period in gathered) == len(dates)
    apart = [part for period in gathered for part in (period.parts if period.edtf[3:] == "X" else (period,))]
    assert [year for year in years if year.edtf[3:] != "X"] == [
        part for part in apart if part.edtf[3:] != "X"
    ]
    if len(years) > 24:
        found = [period.edtf for period in gathered]
        assert len(set(found)) == len(found)
        assert all(
            year.edtf[:3] == period.edtf[:3]
            for period in gathered
            for year in period.parts
            if period.edtf[3:] == "X"
        )


def test_more_than_24_years_are_gathered_by_decade():
    few = [str(year) for year in range(1950, 1974)]
    assert [period.edtf for period in decades(gather(few, str))] == few
    many = ["18XX", "1899", *few, "195X", "1974", "2016-05", ""]
    found = [(period.edtf, len(period.items), len(period.parts)) for period in decades(gather(many, str))]
    assert found == [
        ("18XX", 1, 0), ("1899", 1, 0), ("195X", 1, 10), ("196X", 0, 10), ("197X", 0, 5), ("2016", 1, 0), ("", 1, 0)
    ]  # fmt: skip


def test_a_full_year_has_months_and_a_full_month_days():
    dates = [f"2016-03-{1 + n % 3:02d}" for n in range(30)] + ["2016-05", "2016", "2015-01-01", ""]
    years = gather(dates, lambda edtf: edtf)
    assert [(year.edtf, year.count) for year in years] == [("2015", 1), ("2016", 32), ("", 1)]
    assert [(part.edtf, part.vague) for part in years[1].parts] == [
        ("2016", True), ("2016-03", False), ("2016-05", False)
    ]  # fmt: skip
    assert [part.edtf for part in years[1].parts[1].parts] == ["2016-03-01", "2016-03-02", "2016-03-03"]


def test_shapes_say_what_a_date_is():
    chart = drawn(["2016-05-03", "2016-05-01/2016-06-30", "2016-05~", "2016-05/..", "../2016-07", "2016-06"])
    assert [(mark.shape, mark.certainty, mark.fade) for mark in chart.marks] == [
        ("dot", "exact", ""),
        ("bar", "span", ""),
        ("bar", "about", ""),
        ("fade", "open", "right"),
        ("fade", "open", "left"),
        ("bar", "within", ""),
    ]


def test_many_entries_are_counted_and_the_caption_says_so():
    chart = drawn([f"2016-{1 + n % 12:02d}-{1 + n % 28:02d}" for n in range(500)] + ["2016", ""])
    assert not chart.marks
    assert chart.summary == "501 events, January 2016 to December 2016."
    assert chart.notes[0] == "1 event without a year, or before the year 1, is not in the chart."
    assert "One bar per month." in chart.notes or "per week" in " ".join(chart.notes)
    assert sum(len(bar.ids.split()) for bar in chart.bars) >= 501
    assert max(bar.whole for bar in chart.bars) == 84


def test_the_caption_says_one_month_once():
    assert drawn(["2016-05-03", "2016-05-12", "2016-05-29"]).summary == "3 events, May 2016."
    assert drawn(["2016-05-03", "2016-05-12", "2016-06-29"]).summary == "3 events, May 2016 to June 2016."


def test_a_bar_of_vague_dates_alone_counts_no_certain_ones():
    made = drawn(["197X", *(f"2016-{month:02}-{day:02}" for month in range(1, 9) for day in range(1, 29))])
    titles = [bar.title for bar in made.bars]
    assert any(title.endswith(": up to 1 event") for title in titles)
    assert not any(": 0 events" in title for title in titles)


def test_long_empty_time_is_cut_out_and_the_caption_says_so():
    chart = drawn(["1950-05-01", "2016-05-01", "2016-05-02", "2016-05-20"])
    assert len(chart.cuts) == 1
    assert "Gaps in the line" in chart.notes[0]
    assert next(tick.below or tick.label for tick in chart.ticks) == "1950"


@pytest.mark.parametrize("dates", [[], ["2016"], ["2016", ""], ["", "", "", ""]])
def test_too_little_is_not_drawn(dates):
    assert drawn(dates) is None


def test_a_full_year_among_many_is_drawn_again_by_itself():
    """Where a bar is a year, the months and days within the fullest one are not to be guessed."""
    sparse = [f"{year}-05-01" for year in range(1900, 1990)]
    dense = [f"1986-{month:02d}-{day:02d}" for month in (4, 5, 6) for day in range(1, 19)]
    chart = drawn([*sparse, *dense])
    assert chart.bars
    assert chart.detail is not None
    assert "1986" in chart.part
    held = chart.detail.marks or chart.detail.bars
    named = {one for item in held for one in (item.ids.split() if hasattr(item, "ids") else [item.href[1:]])}
    assert {f"e-{number}" for number in range(len(sparse), len(sparse) + len(dense))} <= named
    assert drawn(sparse).detail is None


def test_a_month_with_most_events_is_drawn_again_by_itself_and_one_of_many_is_not():
    few = [f"{year}-{month:02d}-01" for year in (2015, 2016) for month in range(1, 11)]
    full = [f"2016-12-{day:02d}" for day in (1, 2, 2, 3, 5, 6, 7, 7, 8, 9, 15, *[15] * 30)]
    chart = drawn([*few, *full])
    assert chart.part.endswith("December 2016")
    assert len(chart.detail.bars) == 9
    assert drawn([*few, *few, *few, *full[:20]]).detail is None


@quick
@given(st.lists(EDTF, min_size=91, max_size=140))
def test_a_detail_is_the_last_one(dates):
    chart = drawn(dates)
    if chart and chart.detail:
        assert chart.part
        assert chart.detail.detail is None


def test_a_decade_is_no_year():
    dates = ["1970-03-01", "197X", "1970", "19XX", "2016-05-30", "197X~", ""]
    found = [(period.edtf, list(period.items)) for period in gather(dates, lambda edtf: edtf)]
    assert found == [
        ("19XX", ["19XX"]),
        ("197X", ["197X", "197X~"]),
        ("1970", ["1970", "1970-03-01"] if found[2][1][0] == "1970" else ["1970-03-01", "1970"]),
        ("2016", ["2016-05-30"]),
        ("", [""]),
    ]


@pytest.mark.parametrize(
    ("first", "words"),
    [
        ("197X", "1970s to May 2016"),
        ("1970", "1970 to May 2016"),
        ("1970-03", "March 1970 to May 2016"),
        ("1970-03-04", "March 1970 to May 2016"),
        ("1970-03/1974-02", "March 1970 to May 2016"),
        ("19XX", "20th century to May 2016"),
    ],
)
def test_the_caption_names_no_month_or_year_that_nobody_said(first, words):
    assert words in drawn([first, "2016-05-01", "2016-05-20"]).summary
