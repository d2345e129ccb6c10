"""The order of entries of one day, and the mark of a date that the words do not have."""

from __future__ import annotations

import re

import pytest

PAGE = """\
    ---
    title: A day in Tarn
    date: 2019-03-05
    lang: en
    status: published
    entities: [tarn]
    timeline:
    {entries}
    ---

    The council of Tarn met at noon. Guards closed the bridge of Tarn. Shots fell in Tarn shortly before midnight. A bell rang in Tarn in
    the early morning. The mayor of Tarn left the town.
    """
QUOTES = {
    "Council meets": "The council of Tarn met at noon",
    "Bridge closed": "Guards closed the bridge of Tarn",
    "Shots": "Shots fell in Tarn shortly before midnight",
    "Bell": "A bell rang in Tarn in the early morning",
    "Mayor leaves": "The mayor of Tarn left the town",
}
TARN = "    ---\n    title: Tarn\n    type: place\n    status: reviewed\n    ---\n"


def write(repository, more=None, names=tuple(QUOTES)):
    extra = more or {}
    entries = "\n    ".join(
        f'  - {{date: 2019-03-04, text: "{name}", quote: "{QUOTES[name]}"{extra.get(name, "")}}}'
        for name in names
    )
    repository.write("entities/tarn.md", TARN)
    repository.write("articles/2019/day.md", PAGE.format(entries=entries))


def order(html):
    return re.findall("|".join(QUOTES), re.sub(r"<blockquote.*?</blockquote>|<q.*?</q>", "", html))


def shown(repository, path):
    seen = order(repository.page(path).body)
    return list(dict.fromkeys(seen))


@pytest.mark.parametrize("path", ["entities/tarn.md", "timeline/index.md"])
@pytest.mark.parametrize("names", [tuple(QUOTES), tuple(sorted(QUOTES)), tuple(reversed(QUOTES))])
def test_entries_of_a_day_follow_the_hours_said_and_else_the_text(empty, path, names):
    write(empty, names=names)
    assert shown(empty, path) == ["Bell", "Mayor leaves", "Council meets", "Bridge closed", "Shots"]


def test_an_editors_order_goes_before_the_hours(empty):
    write(empty, {"Mayor leaves": ", order: -1", "Bell": ", order: 2.5"})
    assert shown(empty, "timeline/index.md") == [
        "Mayor leaves",
        "Council meets",
        "Bridge closed",
        "Shots",
        "Bell",
    ]


@pytest.mark.parametrize(
    ("whose", "words"),
    [("report", "dated by the day of the report"), ("story", "dated by the day of the article")],
)
def test_readers_are_told_that_the_words_have_no_date(empty, whose, words):
    write(empty, {"Shots": f", dated_by: {whose}"})
    for path in ("timeline/index.md", "entities/tarn.md", "articles/2019/day.md"):
        assert words in str(empty.page(path).meta) + empty.page(path).body
