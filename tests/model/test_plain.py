"""What is kept as JSON comes back as it was, or is not kept."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.model.page import ArticlePage, EntityRef, SourceNote, TimelineEntry
from dossierkit.model.plain import UnkeepableError, digest, dumps, loads
from dossierkit.model.record import Location, Name, Record

TEXT = st.text(max_size=12)
SIMPLE = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | TEXT
    | st.dates()
    | st.datetimes()
)
FRONT_MATTER = st.recursive(
    SIMPLE,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(TEXT.filter(lambda key: "\0" not in key), inner, max_size=3)
    ),
)
EXTRA = st.lists(st.tuples(TEXT, FRONT_MATTER), max_size=3).map(tuple)


@given(
    st.builds(
        ArticlePage,
        id=TEXT,
        path=TEXT,
        title=TEXT,
        source=st.builds(SourceNote, publisher=TEXT),
        tags=st.lists(TEXT, max_size=3).map(tuple),
        entities=st.lists(st.builds(EntityRef, id=TEXT, line=st.integers()), max_size=3).map(tuple),
        timeline=st.lists(st.builds(TimelineEntry, text=TEXT, quote=TEXT), max_size=2).map(tuple),
        extra=EXTRA,
    )
)
def test_an_article_comes_back_as_it_was(page):
    assert loads(ArticlePage, dumps(page)) == page


@given(
    st.builds(
        Record,
        id=TEXT,
        title=TEXT,
        type=TEXT,
        aliases=st.lists(st.builds(Name, text=TEXT, lang=TEXT), max_size=3).map(tuple),
        location=st.none() | st.builds(Location, lat=st.floats(-90, 90), lon=st.floats(-180, 180)),
        extra=EXTRA,
    )
)
def test_a_record_comes_back_as_it_was(record):
    back = loads(Record, dumps(record))
    assert back == record
    assert digest(dumps(back)) == digest(dumps(record))


def test_dates_keep_their_kind():
    page = ArticlePage("a", "a", "a", extra=(("seen", date(2016, 1, 2)), ("at", datetime(2016, 1, 2, 3, 4))))  # noqa: DTZ001 - as YAML reads it
    assert [type(value) for _, value in loads(ArticlePage, dumps(page)).extra] == [date, datetime]


@pytest.mark.parametrize("value", [{1: "a"}, ("a",), {"\0date": "2016-01-02"}, {"a"}, object()])
def test_what_would_not_come_back_is_refused(value):
    with pytest.raises(UnkeepableError):
        dumps(ArticlePage("a", "a", "a", extra=(("key", value),)))
