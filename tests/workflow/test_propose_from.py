"""`dossier propose --from`: exports of other programs, matched with the articles here and held against their words."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from tests.support.runner import printed as dossier

from dossierkit.cli import main
from dossierkit.ingest.foreign.uwazi import read as read_uwazi
from dossierkit.store.proposal import load

TEXT = """\
Council reopens the bridge

The Lenn Valley Council reopened the old bridge on 27 May 2016. Ada Moreau, who chairs the Lenn Valley Council, spoke in Lennburg on 28 May 2016. \
It was a good day for the valley. The budget was approved in October 2014.
"""
ARTICLE = "2016/council-reopens-the-bridge"
URL = "https://paper.example/bridge"
RECORDS = {
    "lenn-valley-council": {
        "title": "Lenn Valley Council",
        "type": "organization",
        "same_as": ["wikidata:Q42"],
    },
    "ada-moreau": {"title": "Ada Moreau", "type": "person", "aliases": ["A. Moreau"]},
}
GOOD, CHAIRS = "It was a good day for the valley", "Ada Moreau, who chairs the Lenn Valley Council"


@pytest.fixture(scope="module")
def added(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("from") / "one"
    dossier(root.parent, "init", str(root))
    for id_, values in RECORDS.items():
        page = f"---\n{yaml.safe_dump({'status': 'reviewed', **values}, sort_keys=False)}---\n"
        (root / "content/entities" / f"{id_}.md").write_text(page, encoding="utf-8")
    source = root.parent / "bridge.txt"
    source.write_text(TEXT, encoding="utf-8")
    dossier(root, "add", str(source), "--date", "2016-05-30", "--lang", "en", "--url", URL)
    return root


@pytest.fixture
def root(added, tmp_path) -> Path:
    shutil.copytree(added, tmp_path / "one")
    return tmp_path / "one"


def others(root: Path) -> list[tuple[str, str, str]]:
    """What waits in the article from others: the maker's name, the date and the text of each entry."""
    (file,) = (root / "seeds").glob("*.suggested.yml")
    found = [one for one in load(file.read_text(encoding="utf-8")).timeline if one.maker]
    return sorted((one.maker.rpartition(" ")[0], one.date, one.text) for one in found)


def graph(root: Path, *entities: tuple[str, str, dict[str, object]]) -> str:
    """A file of FollowTheMoney as Aleph and OpenSanctions write it, with what they have beside `properties`."""
    lines = [
        {
            "id": id_,
            "caption": id_,
            "schema": schema,
            "datasets": ["x"],
            "referents": [],
            "properties": properties,
        }
        for id_, schema, properties in entities
    ]
    (root / "graph.ftm.json").write_text("".join(f"{json.dumps(one)}\n" for one in lines), encoding="utf-8")
    return str(root / "graph.ftm.json")


ADA = ("ada", "Person", {"name": ["A. Moreau"], "country": ["fr"]})
COUNCIL = ("council", "PublicBody", {"name": ["Conseil"], "wikidataId": ["Q42"]})
HERE = ("doc", "Article", {"title": ["Another title"], "sourceUrl": [f"{URL}/#top"]})


def test_a_graph_is_proposed_with_its_proofs(root):
    file = graph(
        root, ADA, COUNCIL, HERE,
        ("gone", "Document", {"title": ["Lost report"], "sourceUrl": ["https://elsewhere.example/1"]}),
        ("e1", "Event", {"name": ["A good day"], "date": ["2016-05-28"], "summary": [GOOD], "proof": ["doc"], "involved": ["council"]}),
        ("e2", "Event", {"name": ["No words"], "date": ["2016-05-28"], "proof": ["doc"]}),
        ("e3", "Event", {"name": ["Invented"], "date": ["2016-05-28"], "summary": ["It was a bad day for the valley"], "proof": ["doc"]}),
        ("e4", "Event", {"name": ["Elsewhere"], "date": ["2016"], "summary": ["x"], "proof": ["gone"]}),
        ("e5", "Event", {"name": ["Too exact"], "date": ["2014-10-07"], "summary": ["The budget was approved in October 2014"], "proof": ["doc"]}),
        ("d1", "Documentation", {"document": ["doc"], "entity": ["ada"], "summary": [CHAIRS]}),
        ("r1", "Directorship", {"director": ["ada"], "organization": ["council"], "role": ["chairs"], "summary": [CHAIRS], "proof": ["doc"]}),
        ("r2", "Directorship", {"director": ["ada"], "organization": ["council"], "role": ["chairs"]}),
    )  # fmt: skip
    said = dossier(root, "propose", "--from", "ftm", file, code=1)
    assert "graph.ftm.json:6:1: D210 it has no quote" in said
    assert "graph.ftm.json:7:1: D201 the quote is not in the article's text" in said
    assert "graph.ftm.json:9:1: D211 nothing gives the date 2014-10-07" in said
    assert (
        "not here (1 item): “Lost report” https://elsewhere.example/1: it is none of the articles here"
        in said
    )
    assert (
        "these say nothing of a document: 1 Article, 1 Directorship, 1 Document, 1 Person, 1 PublicBody"
        in said
    )
    assert "2 taken, 1 known already, 4 refused" in said
    assert others(root) == [("FollowTheMoney", "2016-05-28", "A good day")]
    record = yaml.safe_load(
        (root / "content/entities/ada-moreau.md").read_text(encoding="utf-8").split("---")[1]
    )
    (relation,) = record["proposed"]["relations"]
    assert (relation["type"], relation["to"], relation["quote"]) == ("chairs", "lenn-valley-council", CHAIRS)


def test_a_relation_told_from_the_other_side_is_turned(root):
    led = {
        "director": ["ada"],
        "organization": ["council"],
        "role": ["led by"],
        "summary": [CHAIRS],
        "proof": ["doc"],
    }
    dossier(root, "propose", "--from", "ftm", graph(root, ADA, COUNCIL, HERE, ("r", "Directorship", led)))
    page = (root / "content/entities/lenn-valley-council.md").read_text(encoding="utf-8")
    (relation,) = yaml.safe_load(page.split("---")[1])["proposed"]["relations"]
    assert (relation["type"], relation["to"]) == ("led by", "ada-moreau")


def test_a_relation_needs_both_records(root):
    stranger = ("one", "Person", {"name": ["Nobody Known"]})
    told = {"person": ["ada"], "associate": ["one"], "summary": [CHAIRS], "proof": ["doc"]}
    said = dossier(
        root, "propose", "--from", "ftm", graph(root, ADA, HERE, stranger, ("r", "Associate", told)), code=1
    )
    assert "D301 there is no one record of “Nobody Known” here" in said


@pytest.mark.parametrize(
    ("article", "found"),
    [
        ({"title": ["Council reopens the bridge"], "publishedAt": ["2016-05-30"]}, True),
        ({"title": ["Council reopens the bridge"], "publishedAt": ["2016-05-31"]}, False),
        ({"title": ["Council reopens the bridge"]}, False),
        ({"contentHash": ["HASH"]}, True),
        ({"contentHash": ["da39a3ee5e6b4b0d3255bfef95601890afd80709"]}, False),
        ({"sourceUrl": ["https://elsewhere.example/", "http://paper.example/bridge"]}, True),
        ({}, False),
    ],
)
def test_an_article_is_known_by_address_hash_or_title_and_date(root, article, found):
    head = yaml.safe_load(
        (root / f"content/articles/{ARTICLE}.md").read_text(encoding="utf-8").split("---")[1]
    )
    article = {
        key: [one.replace("HASH", head["source"]["sha256"]) for one in values]
        for key, values in article.items()
    }
    event = {"name": ["A good day"], "date": ["2016-05-28"], "summary": [GOOD], "proof": ["doc"]}
    file = graph(root, ("doc", "Document", article), ("e", "Event", event))
    said = dossier(root, "propose", "--from", "ftm", "--dry-run", file, code=int(not found))
    assert ("1 taken" in said) == found
    assert ("not here (1 item)" in said) != found
    assert others(root) == []


def table(file: Path, *lines: dict[str, str]) -> str:
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(lines[0])
        writer.writerows(line.values() for line in lines)
    return str(file)


def uwazi(**more: str) -> dict[str, str]:
    """A row with the columns that Uwazi's export has."""
    return {
        "Title": "A good day", "Date added": "2026-01-02", "Template": "Event", "Date": "2016-05-28",
        "Key excerpt": GOOD, "Source": f"The Paper|{URL}", "Actors": "Ada Moreau|Somebody", "Geolocation": "",
        "Documents": "/files/1.pdf", "Attachments": "", "Published": "Published",
    } | more  # fmt: skip


def test_a_table_of_uwazi_is_proposed_by_its_columns(root):
    rows = (
        uwazi(),
        uwazi(Title="Two days", Date="2016-05-27~2016-05-28"),
        uwazi(Title="No words", **{"Key excerpt": ""}),
        uwazi(Title="Elsewhere", Source="A site|https://elsewhere.example/2"),
    )
    file = table(root / "export.csv", *rows)
    said = dossier(root, "propose", "--from", "uwazi", file, code=1)
    assert "no column holds quotes: name it with `--column quote=LABEL`" in said
    assert "0 taken" in said
    columns = ("--column", "quote=Key excerpt", "--column", "entities=Actors")
    said = dossier(root, "propose", "--from", "uwazi", *columns, file, code=1)
    assert "export.csv:4:1: D210 it has no quote" in said
    assert "not here (1 item): https://elsewhere.example/2" in said
    assert ("Uwazi", "2016-05-28", "A good day") in others(root)
    (file,) = (root / "seeds").glob("*.suggested.yml")
    assert [one.entities for one in load(file.read_text(encoding="utf-8")).timeline if one.maker][:1] == [
        ("ada-moreau",)
    ]


@pytest.mark.parametrize(
    ("cell", "dates"),
    [
        ("2016-05-27~2016-05-28", ["2016-05-27/2016-05-28"]),
        ("2016/05/27:2016/05/28", ["2016-05-27/2016-05-28"]),
        ("2016-05-27~", ["2016-05-27/.."]),
        (":2016-05-28", ["../2016-05-28"]),
        ("2016-05-27|2016 05 28", ["2016-05-27", "2016-05-28"]),
        ("2016-05-27~2016-05-28|2016", ["2016-05-27/2016-05-28", "2016"]),
        ("27/05/2016", ["27/05/2016"]),
        ("", [""]),
    ],
)
def test_the_dates_of_uwazi_are_what_its_export_and_its_import_write(cell, dates):
    text = f"Title, Date ,Quote\n\nx,{cell},{GOOD}\n"
    assert [one.date for one in read_uwazi(text, "t.csv", {}).items] == dates


def test_a_value_of_a_thesaurus_is_known_without_its_group():
    text = f"Title,Quote,Actors\nx,{GOOD},Officials::Ada Moreau|Lenn Valley Council\n"
    (item,) = read_uwazi(text, "t.csv", {"entities": ["Actors"]}).items
    assert [one.title for one in item.entities] == ["Ada Moreau", "Lenn Valley Council"]


def test_another_dossier_is_proposed_from_its_tables(root, added, tmp_path):
    """What one newsroom decided is proposed to another one that has the same article under another id."""
    theirs = tmp_path / "theirs"
    shutil.copytree(added, theirs)
    page = theirs / f"content/articles/{ARTICLE}.md"
    head, body = page.read_text(encoding="utf-8").split("---\n")[1:]
    values = yaml.safe_load(head) | {
        "status": "reviewed",
        "entities": ["ada-moreau", "lenn-valley-council"],
        "timeline": [
            {"date": "2016-05-28", "text": "A good day", "quote": GOOD, "entities": ["lenn-valley-council"]},
            {"date": "2016-05-27", "text": "Bridge open", "quote": "reopened the old bridge on 27 May 2016"},
        ],
    }
    values.pop("proposed", None)
    page.unlink()
    page.with_name("under-another-id.md").write_text(
        f"---\n{yaml.safe_dump(values)}---\n{body}", encoding="utf-8"
    )
    for file in (theirs / "seeds").glob("*.suggested.yml"):
        file.unlink()
    dossier(theirs, "export", "csv", "--out", str(tmp_path / "tables"))
    said = dossier(root, "propose", "--from", "dossier", str(tmp_path / "tables"))
    assert "0 refused" in said
    assert ("dossier export", "2016-05-28", "A good day") in others(root)
    assert dossier(root, "propose", "--from", "dossier", str(tmp_path / "tables")).startswith("0 taken")


def test_what_is_no_such_file_is_said(root):
    (root / "a.csv").write_text("Title,Date\nx,2016\n", encoding="utf-8")
    (root / "a.json").write_text('{"id": "x"}\n', encoding="utf-8")
    (root / "latin.csv").write_bytes("Title\né\n".encode("latin-1"))
    cases = {
        ("dossier", "a.csv"): "takes the folder that `dossier export csv` wrote",
        ("ftm", "a.json"): "a.json:1:1: D430 expected an entity of FollowTheMoney",
        ("ftm", "nowhere"): "is not a file",
        ("uwazi", "latin.csv"): "D430 byte 6 is not UTF-8",
    }
    for (form, name), expected in cases.items():
        done = CliRunner().invoke(main, ["-C", str(root), "propose", "--from", form, str(root / name)])
        assert done.exit_code, (form, name)
        assert expected in " ".join(done.output.split()), (form, name, done.output)
    for form, column, expected in (
        ("uwazi", "quote=Nothing", "there is no column Nothing: expected one of Title, Date"),
        ("uwazi", "words=Title", "expected KEY=LABEL"),
        ("ftm", "quote=Title", "--column is for"),
    ):
        arguments = ["-C", str(root), "propose", "--from", form, str(root / "a.csv"), "--column", column]
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code
        assert expected in " ".join(done.output.replace("│", "").split()), done.output


BUNDLE = {
    "index.md": '---\nokf_version: "0.2"\n---\n\n# People\n\n* [Ada](people/ada.md)\n',
    "README.md": "Not a concept.\n",
    "people/ada.md": f"""\
---
type: Person
title: A. Moreau
sources:
  - id: talk
    resource: ../talks/bridge.md
---

# Work

- chairs: [The council](/bodies/council.md) `2016-05-28`
  > {CHAIRS}[^talk]
- also heard
  > It was a bad day for the valley[^talk]

She spoke at length.[^talk]

[^talk]: The talk
""",
    "bodies/council.md": "---\ntype: Institution\ntitle: Lenn Valley Council\n---\n",
    "talks/bridge.md": f"""\
---
type: Report
title: The bridge
resource: https://wiki.example/bridge
sources:
  - {{id: paper, resource: {URL}}}
---

- **2016-05-28**: A good \\[day\\], says [Ada](../people/ada.md)

  > It was a good day
  > for the valley[^paper]
- `2016-05-27`: Nobody decided
  > {GOOD}[^elsewhere]

# Not reviewed

* `2016-05-28`: A proposal
  > {GOOD}[^paper]

[^paper]: The paper
""",
    ".git/notes.md": "---\ntype: Person\n---\n> x[^y]\n",
}


def bundle(root: Path, **more: str) -> str:
    for name, text in (BUNDLE | more).items():
        file = root.parent / "bundle" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return str(root.parent / "bundle")


def test_a_bundle_is_read_for_the_passages_that_quote_a_source(root):
    said = dossier(root, "propose", "--from", "okf", bundle(root), code=1)
    assert "people/ada.md:14:1: D201 the quote is not in the article's text" in said
    assert "no concepts, since they have no front matter with a `type`: README.md" in said
    assert "1 that nobody has decided on there are left out" in said
    assert "1 say what a source says without quoting it, and are left out" in said
    assert "2 taken, 0 known already, 1 refused" in said
    assert others(root) == [("Open Knowledge Format", "2016-05-28", "A good [day], says Ada")]
    page = (root / "content/entities/ada-moreau.md").read_text(encoding="utf-8")
    (relation,) = yaml.safe_load(page.split("---")[1])["proposed"]["relations"]
    assert (relation["type"], relation["to"], str(relation["date"])) == (
        "chairs",
        "lenn-valley-council",
        "2016-05-28",
    )


def test_another_dossier_is_proposed_from_its_bundle(root, added, tmp_path):
    theirs = tmp_path / "theirs"
    shutil.copytree(added, theirs)
    page = theirs / f"content/articles/{ARTICLE}.md"
    head, body = page.read_text(encoding="utf-8").split("---\n")[1:]
    entry = {"date": "2016-05-28", "text": "A good day", "quote": GOOD, "entities": ["lenn-valley-council"]}
    decided = {"status": "published", "entities": ["ada-moreau", "lenn-valley-council"], "timeline": [entry]}
    values = {key: value for key, value in yaml.safe_load(head).items() if key != "proposed"} | decided
    page.write_text(f"---\n{yaml.safe_dump(values)}---\n{body}", encoding="utf-8")
    for file in (theirs / "seeds").glob("*.suggested.yml"):
        file.unlink()
    dossier(theirs, "export", "okf", "--out", str(tmp_path / "own"))
    assert "1 taken, 2 known already, 0 refused" in dossier(
        root, "propose", "--from", "okf", str(tmp_path / "own")
    )
    assert others(root) == [("Open Knowledge Format", "2016-05-28", "A good day")]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("---\ntitle: No type\n---\n", "no Markdown file has front matter"),
        ("---\ntype: &a [x]\nmore: [*a, *a]\n---\n", "no Markdown file has front matter"),
        ("---\ntype: [unclosed\n---\n", "no Markdown file has front matter"),
        ("---\n" + "a: " + "[" * 50_000 + "\n---\n", "no Markdown file has front matter"),
        ("type: Person\n", "no Markdown file has front matter"),
    ],
)
def test_what_is_no_bundle_is_refused(root, text, why):
    (root.parent / "other").mkdir()
    (root.parent / "other/one.md").write_text(text, encoding="utf-8")
    assert why in dossier(root, "propose", "--from", "okf", str(root.parent / "other"), code=1)


def test_a_link_in_a_bundle_is_not_followed(root):
    (root.parent / "secret.md").write_text(BUNDLE["people/ada.md"], encoding="utf-8")
    (root.parent / "linked").mkdir()
    (root.parent / "linked/one.md").symlink_to(root.parent / "secret.md")
    assert "no Markdown file" in dossier(
        root, "propose", "--from", "okf", str(root.parent / "linked"), code=1
    )
