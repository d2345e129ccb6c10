"""What a statistician counts: events and not their accounts, what is reviewed, and days that are known."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from dossierkit.build.outputs import save
from dossierkit.export.dataset import Dataset
from dossierkit.export.formats import FORMATS
from dossierkit.export.tables import rows

HOW_TO = Path(__file__).parents[2] / "docs/how-to/share-the-data.md"
WIRE = "Jane Doe opened the water talks in Geneva before a crowd of several hundred on Monday."
ARTICLE = """\
    ---
    title: "{id}"
    date: 2023-09-25
    source: {{publisher: {publisher}}}
    status: published
    entities: [jane-doe, geneva, vienna]
    timeline:
      - {{date: {date}, text: "{text}", quote: "{quote}"{more}}}
    ---

    {quote}
    """
PLACES = ", entities: [jane-doe, geneva, vienna]"


def article(repository, id_, publisher, quote, date="2023-09-18", *, more=", entities: [jane-doe, geneva]"):
    text = quote.rstrip(".")
    values = {"id": id_, "publisher": publisher, "quote": quote, "date": date, "more": more, "text": text}
    repository.write(f"articles/2023/{id_}.md", ARTICLE.format(**values))


@pytest.fixture(scope="module")
def data(tmp_path_factory, furnish) -> Dataset:
    """Three papers with one wire text, a fourth with another claim about the same day, and what should not be counted with them."""
    repository = furnish(tmp_path_factory.mktemp("counting"))
    (repository.content / "articles/2016/talks.md").unlink()
    repository.write("entities/vienna.md", "---\ntitle: Vienna\ntype: place\nstatus: reviewed\n---\n")
    for number, paper in enumerate(("The Post", "The Globe", "The Star"), 1):
        article(repository, f"wire-{number}", paper, WIRE)
    article(
        repository,
        "other",
        "The Sun",
        "The mayor of Vienna sent Jane Doe a letter about a bridge.",
        more=PLACES,
    )
    article(
        repository, "dated-by", "The Sun", "Jane Doe left Geneva.", "2023-09-25", more=", dated_by: report"
    )
    article(repository, "wide", "The Sun", "Jane Doe bought three horses.", "2023-08/2023-09", more="")
    vote = ", event: vote, entities: [jane-doe]"
    article(repository, "vote-1", "The Post", "Jane Doe lost the vote.", "2023-08-01", more=vote)
    article(
        repository,
        "vote-2",
        "The Sun",
        "The assembly turned down what Jane Doe had asked for.",
        "2023-08",
        more=vote,
    )
    return Dataset(repository.compile(now="2026-01-01T00:00:00Z").frame)


@pytest.fixture(scope="module")
def base(data, tmp_path_factory):
    path = tmp_path_factory.mktemp("base") / "dossier.db"
    (content,) = FORMATS["sqlite"].make(data).values()
    save(path, content)
    with closing(sqlite3.connect(path)) as base:
        yield base


def queries(data):
    described = json.loads("".join(FORMATS["datasette"].make(data)["datasette.json"]))
    return {name: one["sql"] for name, one in described["databases"]["dossier"]["queries"].items()}


def test_accounts_in_the_same_words_have_one_wording_and_one_event(data):
    found = {row["event"].partition("#")[0]: row for row in rows(data, "accounts")}
    wire = [found[f"2023/wire-{number}"] for number in (1, 2, 3)]
    assert {(row["joined"], row["wording"], row["copied"]) for row in wire} == {
        (wire[0]["event"], wire[0]["event"], 1)
    }
    alone = found["2023/other"]
    assert (alone["joined"], alone["wording"], alone["copied"]) == (alone["event"], alone["event"], 0)


def test_linked_data_says_which_accounts_are_of_one_event(data):
    graph = json.loads("".join(FORMATS["jsonld"].make(data)["site.jsonld"]))["@graph"]
    events = [node for node in graph if node["@type"] == "Event" and "subjectOf" in node]
    pages = Counter(node.get("sameAs", "") for node in events)
    assert sorted(pages.values()) == [2, 3, 3]
    assert pages[""] == 3


def test_copies_and_other_claims_of_the_day_confirm_nothing(data, base):
    listed = base.execute(queries(data)["one_source"], {"entity": "jane-doe"}).fetchall()
    assert sorted((row[0], row[4], row[5]) for row in listed) == [
        ("2023-08/2023-09", 1, 1), ("2023-09-18", 1, 1), ("2023-09-18", 3, 1), ("2023-09-25", 1, 1),
    ]  # fmt: skip


def test_events_by_month_add_up(data, base):
    counted = base.execute(queries(data)["by_month"]).fetchall()
    assert counted == [
        ("", "", 1), ("", "Geneva", 1), ("2023-08", "", 1), ("2023-09", "Geneva", 1), ("2023-09", "Geneva; Vienna", 1),
    ]  # fmt: skip


def test_the_queries_of_the_documentation_find_what_those_of_datasette_find(data, base):
    shown = re.findall(r"```sql\n(.*?)```", HOW_TO.read_text("utf-8"), re.DOTALL)
    assert len(shown) == len(queries(data))
    asked = {"entity": "jane-doe", "from_day": "2023-09-01", "to_day": "2023-09-30"}
    for sql in shown:
        given = (
            re.sub("'john-kerry'", ":entity", sql)
            .replace("'2016-01-01'", ":from_day")
            .replace("'2016-01-31'", ":to_day")
        )
        assert base.execute(given, asked).fetchall(), sql


def test_the_network_of_the_documentation_has_a_line_for_two_names_of_one_article(base):
    nodes, edges = re.findall(
        r'sqlite3 -header -csv dossier.db "(.*?)" >', HOW_TO.read_text("utf-8"), re.DOTALL
    )
    ids = {row[0] for row in base.execute(nodes)}
    assert ids == {"geneva", "jane-doe", "vienna"}
    assert base.execute(edges).fetchall() == [
        ("geneva", "jane-doe", "Undirected", 4), ("jane-doe", "vienna", "Undirected", 1),
    ]  # fmt: skip


def test_what_only_a_report_dates_is_no_exact_day(data):
    assert [row["certainty"] for row in rows(data, "events") if row["dated_by"]] == ["about"]
    calendar = "".join(FORMATS["ics"].make(data)["timeline.ics"])
    (described,) = re.findall(r"DESCRIPTION:(25 September 2023.*)", calendar)
    assert "exact" not in described
