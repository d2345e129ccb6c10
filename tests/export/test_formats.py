"""Every export is valid by its standard's own measure, says no more than readers see, and is the same twice."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.yaml_files import read_yaml

from dossierkit.cli.export import export as command
from dossierkit.export.csv import guarded
from dossierkit.export.dataset import Dataset
from dossierkit.export.formats import FORMATS, offerable
from dossierkit.export.offer import PAGE as DATA
from dossierkit.export.offer import offer
from dossierkit.export.tables import TABLES
from dossierkit.export.webannotation import selector
from dossierkit.model.media import Author
from dossierkit.site.cite.bibtex import bibtex
from dossierkit.site.cite.reference import Reference
from dossierkit.site.interface import Publication
from dossierkit.site.strings import Strings
from dossierkit.text.data import load

BROKEN = """\
---
title: Broken
date: 2016-03-01
source: {publisher: The Paper}
status: published
timeline: [{date: 2016-03-01, text: It broke, quote: nobody wrote this}]
---

Nothing of it is here.
"""
SCHEMATA = read_yaml(Path(__file__).parent / "ftm.yml")
PAGE = "https://site.test/x/articles/2016/dated/"
every_format = pytest.mark.parametrize("name", FORMATS)


def only(files):
    (content,) = files.values()
    return content


@every_format
def test_what_readers_may_not_see_is_not_exported(export, name):
    files = export(name)
    assert files
    for file, content in files.items():
        assert b"zq" not in content.lower(), file


@pytest.fixture(scope="session")
def exact(tmp_path_factory, furnish):
    """A person's spot to a metre, and a building's."""
    repository = furnish(tmp_path_factory.mktemp("exact"))
    for name, entity in (("jane-doe", "person"), ("geneva", "place")):
        repository.write(
            f"entities/{name}.md",
            f"---\ntitle: {name}\ntype: {entity}\nstatus: reviewed\n"
            "location: {lat: 46.20439, lon: 6.14316, precision: exact}\n---\n",
        )
    return Dataset(repository.compile(now="2026-01-01T00:00:00Z").frame)


@every_format
def test_no_export_points_more_exactly_than_the_pages(export, exact, name):
    for file, content in export(name, exact).items():
        assert not any(digits in content for digits in (b"20439", b"14316")), file
    if name == "sqlite":
        with sqlite3.connect(":memory:") as database:
            database.deserialize(only(export(name, exact)))
            found = dict(database.execute("select id, latitude from entities where latitude is not null"))
            assert found == {"jane-doe": 46.2, "geneva": 46.204}


@every_format
def test_the_same_content_gives_the_same_bytes(export, again, name):
    assert export(name) == export(name, again)


@every_format
def test_an_empty_repository_can_be_exported(export, empty, name):
    assert export(name, Dataset(empty.compile().frame))


def test_the_command_the_page_and_the_strings_know_every_format():
    (argument,) = (one for one in command.params if one.name == "form")
    assert tuple(argument.type.choices) == tuple(FORMATS)
    assert load("strings/en")["data_formats"].keys() == set(offerable())


# linked data


def test_jsonld_nodes_name_each_other(export):
    graph = json.loads(only(export("jsonld")))["@graph"]
    ids = [node["@id"] for node in graph if node["@type"] != "ClaimReview"]
    assert len(ids) == len(set(ids))
    article = next(node for node in graph if node.get("@id") == PAGE)
    assert article["datePublished"] == "2016-02"
    assert {ref["@id"] for ref in article["mentions"]} <= set(ids)
    vague = next(node for node in graph if node.get("name") == "Late; vague, words")
    assert vague["subjectOf"]["temporalCoverage"] == "2016-01-21~/2016-01-31"
    assert "startDate" not in vague
    days = next(node for node in graph if node.get("name") == "Three days")
    assert (days["startDate"], days["endDate"]) == ("2016-02-03", "2016-02-05")


def test_addresses_start_at_the_root_of_a_site_that_does_not_know_its_own(export, rootless):
    described = json.loads(only(export("jsonld", rootless)))
    assert described["@context"][-1] == {"@base": "../"}
    assert "articles/2016/dated/" in {node.get("@id") for node in described["@graph"]}


@pytest.mark.parametrize("name", ["jsonld", "ftm", "skos", "csl", "webannotation", "prov"])
def test_addresses_hold_no_sign_that_no_address_has(export, site, related, name):
    texts = [only(export(name, of)).decode() for of in (site, related)]
    values = [
        value
        for text in texts
        for line in text.splitlines()
        for value in re.findall(r'"(?:[^"\\]|\\.)*"', line)
    ]
    addresses = [one for one in map(json.loads, values) if one.startswith(("https://", "http://"))]
    assert addresses
    assert [one for one in addresses if re.search(r'[\s"<>\\^`{|}]', one)] == []


# FollowTheMoney


def test_ftm_has_only_schemata_and_properties_of_the_model(export):
    entities = [json.loads(line) for line in only(export("ftm")).decode().splitlines()]
    by_id = {entity["id"]: entity for entity in entities}
    assert len(by_id) == len(entities)
    for entity in entities:
        schema = SCHEMATA[entity["schema"]]
        for name, values in entity["properties"].items():
            assert all(isinstance(value, str) and value for value in values)
            if name in schema["entities"]:
                for value in values:
                    assert schema["entities"][name] in SCHEMATA[by_id[value]["schema"]]["is"]
            else:
                assert name in schema["values"].split(), f"{entity['schema']} has no {name}"


def test_ftm_dates_are_no_more_exact_than_they_are_known(export):
    entities = [json.loads(line) for line in only(export("ftm")).decode().splitlines()]
    events = {one["properties"]["name"][0]: one["properties"] for one in entities if one["schema"] == "Event"}
    assert events["Talks open"]["date"] == ["2016-01-29"]
    assert events["Late; vague, words"]["date"] == ["2016-01"]
    assert (events["Three days"]["startDate"], events["Three days"]["endDate"]) == (
        ["2016-02-03"],
        ["2016-02-05"],
    )
    assert events["A doubtful year"]["notes"] == ["EDTF 2015?"]
    assert "date" not in events["Nobody knows when"]


def test_ftm_ids_are_kept_by_whoever_aggregates(export):
    """A dot begins a signature, and is cut off; `#` is no part of an id."""
    ids = [json.loads(line)["id"] for line in only(export("ftm")).decode().splitlines()]
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9]", id_) for id_ in ids)


def test_ftm_relations_are_of_the_schema_that_their_words_mean(export, related):
    entities = [json.loads(line) for line in only(export("ftm", related)).decode().splitlines()]
    links = {one["id"]: one for one in entities if one["id"].startswith("relation-")}
    jane, council, geneva = ["entity-jane-doe"], ["entity-council"], ["entity-geneva"]

    def of(number, record="jane-doe"):
        one = links[f"relation-{record}--{number}"]
        return one["schema"], one["properties"]

    schema, member = of(1)
    assert (schema, member["member"], member["organization"], member["role"]) == (
        "Membership", jane, council, ["Member of"]
    )  # fmt: skip
    assert (member["startDate"], "endDate" in member) == (["2010"], False)
    schema, employed = of(2)
    assert (schema, employed["employee"], employed["employer"]) == ("Employment", jane, council)
    assert of(3)[0] == "UnknownLink", "a place employs nobody"
    assert of(3)[1]["object"] == geneva
    schema, sister = of(4)
    assert (schema, sister["relative"], sister["relationship"]) == (
        "Family",
        ["entity-ann-doe"],
        ["sister of"],
    )
    assert of(5)[0] == "UnknownLink", "it is in no table"
    schema, led = of(1, "council")
    assert (schema, led["director"], led["organization"]) == ("Directorship", jane, council)
    person = next(one for one in entities if one["id"] == "entity-jane-doe")["properties"]
    assert person["position"] == ["deputy minister of The Council", "deputy minister of Geneva"]


def test_ftm_has_the_identifiers_of_other_authorities(export, related):
    entities = {
        one["id"]: one["properties"]
        for one in map(json.loads, only(export("ftm", related)).decode().splitlines())
    }
    ann, geneva = entities["entity-ann-doe"], entities["entity-geneva"]
    assert ann["idNumber"] == ["orcid:0000-0002-1825-0097", "viaf:12345"]
    assert ann["wikidataId"] == ["Q1"]
    assert ann["wikipediaUrl"] == ["https://en.wikipedia.org/wiki/Ann_%7BDoe%7D"]
    assert ann["deathDate"] == ["2015-06-01"]
    assert {"https://orcid.org/0000-0002-1825-0097", "https://viaf.org/viaf/12345"} <= set(ann["sourceUrl"])
    assert "https://www.geonames.org/2660646" in geneva["sourceUrl"]
    assert entities["article-2016--talks"]["language"] == ["eng"]


# a vocabulary


def test_a_record_is_a_concept_with_its_names_and_what_it_is_called_elsewhere(export, related):
    graph = json.loads(only(export("skos", related)))
    nodes = {node["@id"]: node for node in graph["@graph"]}
    base = "https://site.test/x/entities/"
    ann, jane = nodes[f"{base}ann-doe/"], nodes[f"{base}jane-doe/"]
    assert ann["prefLabel"] == [{"@value": "Ann Doe", "@language": "en"}]
    assert ann["exactMatch"] == [
        "https://www.wikidata.org/entity/Q1",
        "https://orcid.org/0000-0002-1825-0097",
        "https://viaf.org/viaf/12345",
        "https://en.wikipedia.org/wiki/Ann_%7BDoe%7D",
    ]
    assert jane["related"] == [f"{base}council/", f"{base}geneva/", f"{base}ann-doe/"]
    assert {f"{base}ann-doe/", f"{base}jane-doe/"} <= set(nodes[f"{base}#person"]["member"])


# tables


def test_every_table_has_the_columns_that_it_is_said_to_have(export):
    files = export("csv")
    package = json.loads(files["datapackage.json"])
    for resource in package["resources"]:
        text = files[resource["path"]].decode("utf-8-sig")
        assert text.count("\n") == text.count("\r\n")
        head, *rows = csv.reader(io.StringIO(text, newline=""))
        assert head == [field["name"] for field in resource["schema"]["fields"]]
        assert all(len(row) == len(head) for row in rows)
        key = [head.index(name) for name in resource["schema"].get("primaryKey", [])]
        assert not key or len({tuple(row[at] for at in key) for row in rows}) == len(rows)
        for foreign in resource["schema"].get("foreignKeys", []):
            at = head.index(foreign["fields"])
            there = csv.DictReader(
                io.StringIO(files[f"{foreign['reference']['resource']}.csv"].decode("utf-8-sig"))
            )
            assert {row[at] for row in rows} - {""} <= {row["id"] for row in there}


def test_no_cell_is_a_formula(export):
    for file, content in export("csv").items():
        if file.endswith(".csv"):
            for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
                assert not [
                    cell for cell in row if re.match(r"[=+@-]", cell) and not re.fullmatch(r"-?[\d.]+", cell)
                ]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a;=1+1", "a;'=1+1"),
        ('a; "=1+1"', 'a;\' "=1+1"'),
        (";;@x", ";;'@x"),
        ("one; two", "one; two"),
        ("x=1; y", "x=1; y"),
    ],
)
def test_no_part_of_a_text_is_a_formula_where_semicolons_part_cells(text, cell):
    """As in a spreadsheet of a country whose numbers have commas: it takes the quotation mark of a cell before it for text."""
    assert guarded(text) == cell


@given(st.text())
def test_a_guarded_text_is_one_line_and_no_formula(text):
    cell = guarded(text)
    assert not cell.startswith(tuple("=+-@\t\r\n"))
    assert len(cell.splitlines()) <= 1 or "\n" not in cell
    assert cell.replace("'", "").split() == text.replace("'", "").split()


def test_sqlite_holds_the_same_tables_and_finds_words(export):
    base = sqlite3.connect(":memory:")
    base.deserialize(only(export("sqlite")))
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    files = export("csv")
    for table in TABLES:
        count = base.execute(f"SELECT count(*) FROM {table.name}").fetchone()[0]  # noqa: S608
        assert count == len(list(csv.reader(io.StringIO(files[f"{table.name}.csv"].decode("utf-8"))))) - 1
    found = base.execute("SELECT rowid FROM articles_fts WHERE articles_fts MATCH 'planned'").fetchall()
    assert base.execute("SELECT id FROM articles WHERE rowid = ?", found[0]).fetchall() == [("2016/dated",)]
    text, start, end, form = base.execute(
        "SELECT a.text, m.start, m.end, m.form FROM mentions m JOIN articles a ON a.id = m.article LIMIT 1"
    ).fetchone()
    assert text[start:end] == form
    base.close()


def test_datasette_finds_search_facets_and_queries(export, timed):
    """By the statement that it looks for (https://docs.datasette.io/en/stable/full_text_search.html)."""
    base = sqlite3.connect(":memory:")
    base.deserialize(only(export("sqlite", timed)))
    described = json.loads(only(export("datasette", timed)))["databases"]["dossier"]
    for name in ("articles", "events", "entities", "names"):
        found = base.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE ?", [f'%USING FTS%content="{name}"%']
        )
        assert found.fetchall() == [(f"{name}_fts",)]
    named = described["tables"].pop("known_names")["plugins"]["datasette-reconcile"]
    assert {named[f"{field}_field"] for field in ("id", "name", "type", "description")} == {
        "id",
        "name",
        "type",
        "description",
    }
    found = base.execute(
        "SELECT id, name, type, description FROM known_names WHERE rowid IN (SELECT rowid FROM names_fts WHERE names_fts MATCH 'doe')"
    )
    assert found.fetchone()[:3] == ("jane-doe", "Jane Doe", "person")
    for name, table in described["tables"].items():
        columns = {row[1] for row in base.execute(f"PRAGMA table_info({name})")}
        assert table["columns"].keys() == columns
        assert {*table.get("facets", []), table.get("label_column"), table.get("sort")} - {None} <= columns
    given = {"entity": "geneva", "from_day": "2016-01-01", "to_day": "2016-01-31"}
    for query in described["queries"].values():
        asked = {name: value for name, value in given.items() if f":{name}" in query["sql"]}
        assert base.execute(query["sql"], asked).fetchall()
    happened = base.execute(described["queries"]["what_happened"]["sql"], given).fetchall()
    assert [row[2] for row in happened] == ["Ever since", "Four days", "One of these days", "Talks open"]
    base.close()


# places


def test_geojson_is_a_collection_of_points(export):
    collection = json.loads(only(export("geojson")))
    assert collection["type"] == "FeatureCollection"
    assert "crs" not in collection
    features = collection["features"]
    assert len({feature["id"] for feature in features}) == len(features)
    for feature in features:
        longitude, latitude = feature["geometry"]["coordinates"]
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] == "Point"
        assert (longitude, latitude) == (6.15, 46.2)
        assert feature["properties"]["precision"] == "city"
    kinds = [feature["properties"]["kind"] for feature in features]
    assert kinds.count("place") == 1
    assert "event" in kinds


# calendar


def test_the_calendar_has_the_days_that_are_known_and_says_what_it_leaves_out(export):
    raw = only(export("ics"))
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    calendar = icalendar.Calendar.from_ical(raw)
    assert not calendar.errors
    events = {
        (str(event["SUMMARY"]), event["DTSTART"].dt, event["DTEND"].dt): event
        for event in calendar.walk("VEVENT")
    }
    assert events.keys() == {
        ("Talks open", date(2016, 1, 29), date(2016, 1, 30)),
        ("Three days", date(2016, 2, 3), date(2016, 2, 6)),
        ("In Geneva again", date(2016, 2, 6), date(2016, 2, 7)),
    }
    assert str(calendar["DESCRIPTION"]).startswith("4 of 7 events")
    uids = [str(event["UID"]) for event in calendar.walk("VEVENT")]
    assert len(set(uids)) == len(uids) == 4
    quoted = [str(event["DESCRIPTION"]) for event in calendar.walk("VEVENT")]
    assert any("“from the third to the fifth”" in text for text in quoted)


def test_key_moments_are_told_from_the_rest(export, timed):
    base = sqlite3.connect(":memory:")
    base.deserialize(only(export("sqlite", timed)))
    chosen = base.execute("SELECT text FROM events WHERE key_moment = 1").fetchall()
    assert chosen == [("On the day of the report",)]
    assert base.execute("SELECT count(*) FROM events WHERE key_moment = 0").fetchone()[0] > 0
    base.close()


def test_an_hour_stays_an_hour_and_some_time_within_is_no_event(export, timed):
    calendar = icalendar.Calendar.from_ical(only(export("ics", timed)))
    events = {str(event["SUMMARY"]): event for event in calendar.walk("VEVENT") if "timed" in event["UID"]}
    assert {name: event["DTSTART"].dt for name, event in events.items()} == {
        "By the wall clock": datetime(2016, 2, 1, 14, 30),  # noqa: DTZ001 - floating, as the words are
        "With an offset": datetime(2016, 2, 2, 21, 15, tzinfo=UTC),
        "Four days": date(2016, 1, 5),
        "On the day of the report": date(2016, 2, 8),
    }
    assert "dated by the day of the report" in str(events["On the day of the report"]["DESCRIPTION"])
    nodes = {node.get("name"): node for node in json.loads(only(export("jsonld", timed)))["@graph"]}
    assert "startDate" not in nodes["One of these days"].keys() | nodes["Last week"].keys()
    assert nodes["By the wall clock"]["startDate"] == "2016-02-01T14:30"
    assert nodes["Four days"]["endDate"] == "2016-01-08"
    assert nodes["On the day of the report"]["disambiguatingDescription"] == "dated by the day of the report"
    linked = {
        one["properties"].get("name", [""])[0]: one["properties"]
        for one in map(json.loads, only(export("ftm", timed)).decode().splitlines())
    }
    assert linked["With an offset"]["date"] == ["2016-02-02T21:15:00"]
    assert linked["Last week"]["date"] == ["2016-02"]
    assert linked["Four days"]["startDate"] == ["2016-01-05"]
    assert "dated by the day of the report" in linked["On the day of the report"]["notes"]


def test_dates_before_our_era_are_bounded_and_sorted(export, timed):
    base = sqlite3.connect(":memory:")
    base.deserialize(only(export("sqlite", timed)))
    rows = base.execute(
        "SELECT text, date_earliest, date_latest, certainty FROM events WHERE article = '2016/timed' ORDER BY day_earliest LIMIT 3"
    ).fetchall()
    base.close()
    assert rows[:2] == [
        ("Older still", "-0300-01-01", "-0250-12-31", "span"),
        ("In antiquity", "-0043-03-15", "-0043-03-15", "exact"),
    ]
    assert rows[2][1].startswith("20")
    features = json.loads(only(export("geojson", timed)))["features"]
    old = next(one["properties"] for one in features if one["properties"]["name"] == "In antiquity")
    assert (old["date"], old["words"]) == ("-0043-03-15/-0043-03-15", "15 March 44 BC")


# bibliography


def test_bibtex_escapes_what_tex_would_run(export):
    text = only(export("bibtex")).decode("utf-8")
    entry = next(part for part in text.split("@online") if "2016:dated" in part)
    assert r"\& \textbraceleft{}50\%\_of\textbraceright{} <b>talks</b>" in entry
    assert r"organization = {{+The \textbackslash{} Paper, Ltd; \#1}}" in entry
    assert "url = {https://paper.test/a%20b%7Bc%7D}" in entry
    assert r"\url{https://archive.test/1}" in entry
    assert "date = {2016-02}" in entry
    assert "author = {{Doe, Jane and Roe}}" in entry
    assert "langid = {english}" in entry
    assert "urldate" not in text


@given(st.text(alphabet="{}\\%a ", min_size=1, max_size=40))
def test_no_title_breaks_the_braces_of_its_entry(title):
    """BibTeX counts them, and a backslash before one does not keep it from that."""
    entry = bibtex(Reference("k", "source", title, "S", "", authors=(Author(family=title),)), Strings("en"))
    depth = 0
    for number, sign in enumerate(entry):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        assert depth > 0 or number < entry.index("{") or number >= len(entry) - 2
    assert depth == 0


def test_authors_are_told_apart_in_every_format(export, signed):
    names = ("bibtex", "csl", "ftm", "jsonld")
    bib, csl, ftm, jsonld = (only(export(name, signed)).decode() for name in names)
    table = export("csv", signed)["authors.csv"]
    assert "author = {{Moreau}, {Ada} and {The Desk and Sons} and {Noor}}" in bib
    item = next(one for one in json.loads(csl) if one["id"] == "2016:signed")
    assert item["author"] == [
        {"family": "Moreau", "given": "Ada"},
        {"literal": "The Desk and Sons"},
        {"literal": "Noor"},
    ]
    assert (item["archive"], item["archive_location"]) == ("archive.test", "https://archive.test/2")
    entities = [json.loads(line) for line in ftm.splitlines()]
    signed = next(one for one in entities if one["id"] == "article-2016--signed")
    assert signed["properties"]["author"] == ["Ada Moreau", "The Desk and Sons", "Noor"]
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert [row[1:] for row in rows if row[0] == "2016/signed"] == [
        ["1", "Ada Moreau", "Ada", "Moreau", "0", "0000-0002-1825-0097"],
        ["2", "The Desk and Sons", "", "", "1", ""],
        ["3", "Noor", "", "", "0", ""],
    ]
    assert '"familyName":"Moreau"' in jsonld
    assert '"sameAs":"https://orcid.org/0000-0002-1825-0097"' in jsonld


CSL_TEXTS = {
    "id", "type", "title", "container-title", "language", "URL", "archive", "archive_location", "note"
}  # fmt: skip


def test_csl_has_variables_of_its_schema(export):
    """Names and shapes as csl-data.json 1.0.2 has them."""
    items = json.loads(only(export("csl")))
    for item in items:
        assert item["type"] in {"article-newspaper", "webpage"}
        assert item.keys() <= CSL_TEXTS | {"author", "issued"}
        assert all(isinstance(item[name], str) for name in CSL_TEXTS & item.keys())
        assert item["issued"].keys() <= {"date-parts", "circa", "literal"}
        assert all(author.keys() == {"literal"} for author in item.get("author", []))
    dated = next(item for item in items if item["id"] == "2016:dated")
    assert dated["issued"] == {"date-parts": [[2016, 2]]}
    assert dated["note"].endswith(PAGE)


# annotations


def test_annotations_find_their_words_once(export, site):
    collection = json.loads(only(export("webannotation")))
    items = collection["first"]["items"]
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert collection["total"] == len(items) == len({item["id"] for item in items})
    text = site.graph.articles["2016/dated"].layer.text
    for item in (one for one in items if one["target"][0]["source"] == PAGE):
        page, bare = item["target"]
        assert bare["source"] == f"{PAGE}index.txt"
        assert [one["refinedBy"] for one in page["selector"]] == bare["selector"]
        quote, position = bare["selector"]
        assert text[position["start"] : position["end"]] == quote["exact"]
        assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) == 1
    assert {item["motivation"] for item in items} == {"identifying", "describing"}


@given(st.text(alphabet="ab ", min_size=1, max_size=300), st.data())
def test_a_selector_stands_once_in_any_text(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    before, exact, after = selector(text, start, end)
    found = before + exact + after
    assert text.startswith(found, start - len(before))
    assert text.find(found) == start - len(before)
    assert text.find(found, text.find(found) + 1) == -1


def test_a_site_with_an_error_has_its_data_page_and_no_files(tmp_path_factory, furnish):
    repository = furnish(tmp_path_factory.mktemp("broken"))

    def offered():
        return offer(
            repository.compile(publication=Publication(name="The site", address="https://site.test/")),
            {"csv"},
        )

    def tables(compiled):
        return [path for one in compiled.written for path in one.paths if path.endswith(".csv")]

    whole = offered()
    assert tables(whole)
    assert '"Dataset"' in str(whole.last({}))
    repository.write("articles/2016/broken.md", BROKEN)
    broken = offered()
    assert [one.severity for one in broken.problems] == ["error"]
    assert tables(broken) == []
    paths = [page.path for page in broken.pages]
    assert DATA in paths
    assert paths == sorted(paths)
    assert '"Dataset"' not in str(next(page for page in broken.pages if page.path == DATA))
