"""Facts of records, articles and entries, and what a further one costs: an entry in data/facts.yml and its words, nothing else."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from tests.support.git import first_commit

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "extend.md"

# The two places of both sections of docs/how-to/extend.md, as they would be edited: each interpreter runs this before anything reads them.
EDITED = """
from dossierkit.text.data import load
load("facts").update({facts!r})
for lang, words in {words!r}.items():
    load(f"strings/{lang}")["facts"].update(words["facts"])
"""
RECORD = """\
---
title: Acme Works
type: organization
founded: 1951
{more}website: https://acme.example/about/
status: published
---
"""
ARTICLE = """\
---
title: A plant
date: 2016-05-30
status: published
entities: [acme]
---
Acme Works opened a plant.
"""


def documented() -> tuple[dict[str, object], dict[str, dict[str, object]]]:
    """What the page has for the two files, in both sections."""
    facts: dict[str, object] = {}
    words: dict[str, dict[str, object]] = {"en": {}, "fr": {}, "ar": {}}
    for section in ("## A fact of a record\n", "## A fact of an article or an event\n"):
        text = PAGE.read_text("utf-8").partition(section)[2].partition("\n## ")[0]
        more, labels = map(yaml.safe_load, re.findall(r"```yaml\n(.*?)```", text, re.DOTALL))
        facts |= more
        for lang, given in labels.items():
            words[lang] |= given["facts"]
    return facts, {lang: {"facts": given} for lang, given in words.items()}


@pytest.fixture
def repo(tmp_path) -> Path:
    for name in ("seeds", "content/articles/2016", "content/entities", "content/dossiers"):
        (tmp_path / name).mkdir(parents=True)
    config = "site_name: T\nsite_url: https://site.test/\ntheme: {name: material}\ndocs_dir: content\nplugins: [dossier]\nnav: [index.md]\n"
    (tmp_path / "mkdocs.yml").write_text(config, encoding="utf-8")
    (tmp_path / "content/articles/2016/plant.md").write_text(ARTICLE, encoding="utf-8")
    put(tmp_path, "commissioned: 1963-04\n")
    return tmp_path


def put(repo: Path, more: str = "") -> None:
    (repo / "content/entities/acme.md").write_text(RECORD.format(more=more), encoding="utf-8")


def dossier(repo: Path, *words: object) -> subprocess.CompletedProcess[str]:
    edited = repo / "edited"
    edited.mkdir(exist_ok=True)
    facts, labels = documented()
    text = EDITED.replace("{facts!r}", repr(facts)).replace("{words!r}", repr(labels))
    (edited / "sitecustomize.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "dossierkit", "-C", str(repo), *map(str, words)]
    env = {**os.environ, "PYTHONPATH": str(edited)}
    return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_further_fact_is_read_checked_shown_exported_imported_and_compared(repo):
    assert dossier(repo, "check").returncode == 0
    built = dossier(repo, "build", "--strict")
    assert built.returncode == 0, built.stderr
    page = (repo / "site/entities/acme/index.html").read_text("utf-8")
    assert "<dt>Founded</dt> <dd>1951</dd>" in page
    assert "<dt>In operation since</dt> <dd>April 1963</dd>" in page
    assert (
        '<a href="https://acme.example/about/" rel="noopener noreferrer"><bdi dir="ltr">acme.example/about</bdi></a>'
        in page
    )
    assert page.index("Founded") < page.index("acme.example/about<") < page.index("In operation since")

    table = (repo / "site/data/csv/facts.csv").read_text("utf-8")
    rows = [(row["property"], row["value"]) for row in csv.DictReader(io.StringIO(table))]
    assert rows == [
        ("founded", "1951"),
        ("website", "https://acme.example/about/"),
        ("commissioned", "1963-04"),
    ]
    graph = json.loads((repo / "site/data/site.jsonld").read_text("utf-8"))["@graph"]
    (node,) = (one for one in graph if one.get("name") == "Acme Works")
    assert node["sameAs"] == ["https://acme.example/about/"]
    assert node["foundingDate"] == "1963-04"

    first_commit(repo, "content", "mkdocs.yml")
    put(repo, "commissioned: 1964\n")
    assert "commissioned: 1963-04 → 1964" in dossier(repo, "diff").stdout

    put(repo, "commissioned: soon\n")
    wrong = dossier(repo, "check")
    assert "content/entities/acme.md:5:15: D107" in wrong.stdout
    put(repo)
    (repo / "plants.csv").write_text(
        "title,type,start of operation,website\nAcme Works,organization,1965,https://acme.example/about/\n"
        "Bolt Mill,organization,1966-05,https://bolt.example\n",
        encoding="utf-8",
    )
    done = dossier(repo, "authority", "import", repo / "plants.csv", "--date", "2016", "--licence", "own")
    assert done.returncode == 0, done.stderr
    imported = (repo / "content/entities/bolt-mill.md").read_text("utf-8")
    assert "commissioned: 1966-05\n" in imported
    assert 'website: "https://bolt.example"\n' in imported


def test_a_further_fact_of_an_article_and_of_an_entry_is_added_updated_shown_exported_and_compared(repo):
    (repo / "talks.txt").write_text(
        "Talks open\n\nAcme Works opened a plant on 29 May 2016.\n", encoding="utf-8"
    )
    (repo / "talks.yml").write_text("collector: A field team\nreliability: B2\n", encoding="utf-8")
    added = dossier(repo, "add", repo / "talks.txt", "--publisher", "The Paper", "--date", "2016-05-30")
    assert added.returncode == 0, added.stderr
    page = repo / "content/articles/2016/talks-open.md"
    drafted = page.read_text("utf-8")
    assert "\n  reliability: B2\n  collector: A field team\nstatus: draft\n" in drafted

    (repo / "seeds/talks.yml").write_text("collector: Another team\nreliability: B2\n", encoding="utf-8")
    updated = dossier(repo, "update")
    assert updated.returncode == 0, updated.stderr
    assert "\n  reliability: B2\n  collector: Another team\nstatus: draft\n" in page.read_text("utf-8")

    text = page.read_text("utf-8")
    assert "quote: Acme Works opened a plant on 29 May 2016.\n" in text
    page.write_text(text.replace("    quote: Acme", "    weapon: A drone\n    quote: Acme"), encoding="utf-8")
    published = dossier(repo, "publish", "--accept", "2016/talks-open")
    assert published.returncode == 0, published.stderr
    built = dossier(repo, "build", "--strict")
    assert built.returncode == 0, built.stderr
    shown = (repo / "site/articles/2016/talks-open/index.html").read_text("utf-8")
    assert "<dt>Reliability (Admiralty code)</dt> <dd><bdi>B2</bdi></dd>" in shown
    assert "<dt>Obtained by</dt> <dd><bdi>Another team</bdi></dd>" in shown
    assert "Weapon: A drone" in shown

    tables = repo / "site/data/csv"
    rows = list(csv.DictReader(io.StringIO((tables / "articles.csv").read_text("utf-8"))))
    assert [(row["reliability"], row["collector"]) for row in rows] == [("", ""), ("B2", "Another team")]
    (event,) = csv.DictReader(io.StringIO((tables / "events.csv").read_text("utf-8")))
    assert event["weapon"] == "A drone"
    graph = json.loads((repo / "site/data/site.jsonld").read_text("utf-8"))["@graph"]
    (node,) = (one for one in graph if one.get("headline") == "Talks open")
    assert (node["contentRating"], node["contributor"]) == ("B2", "Another team")

    first_commit(repo, "content", "mkdocs.yml")
    page.write_text(
        page.read_text("utf-8").replace("Another team", "Nobody").replace("A drone", "A mine"),
        encoding="utf-8",
    )
    told = dossier(repo, "diff").stdout
    assert "source.collector: Another team → Nobody" in told
    assert "2016-05-29 Acme Works opened a plant: weapon A drone → A mine" in told
    page.write_text(page.read_text("utf-8").replace("  weapon:", "  wepon:"), encoding="utf-8")
    assert "D105" in dossier(repo, "check").stdout


def test_an_address_that_is_none_is_a_problem_with_its_place(repo):
    path = repo / "content/entities/acme.md"
    put(repo)
    path.write_text(
        path.read_text("utf-8").replace("https://acme.example/about/", "javascript:alert(1)"),
        encoding="utf-8",
    )
    (line,) = dossier(repo, "check", "--select", "D105").stdout.splitlines()[:1]
    assert line.startswith("content/entities/acme.md:5:10: D105")
    assert "an address with https://" in line


def test_facts_of_wikidata_and_followthemoney_come_in_as_far_as_they_are_well_formed(repo):
    claim = {"mainsnak": {"datavalue": {"value": {"time": "+1951-03-00T00:00:00Z", "precision": 10}}}}
    site = {"mainsnak": {"datavalue": {"value": "https://acme.example"}}}
    item = {
        "id": "Q1", "labels": {"en": {"value": "Ada Example"}},
        "claims": {"P31": [{"mainsnak": {"datavalue": {"value": {"id": "Q5"}}}}], "P569": [claim], "P856": [site]},
    }  # fmt: skip
    (repo / "items.json").write_text(json.dumps(item), encoding="utf-8")
    entity = {
        "id": "x", "schema": "Company", "properties": {"name": ["Bolt"], "website": ["www.bolt.example"], "incorporationDate": ["1950"]},
    }  # fmt: skip
    (repo / "entities.ftm.json").write_text(json.dumps(entity) + "\n", encoding="utf-8")
    for name in ("items.json", "entities.ftm.json"):
        done = dossier(repo, "authority", "import", repo / name, "--date", "2016", "--licence", "own")
        assert done.returncode == 0, done.stderr
    ada = (repo / "content/entities/ada-example.md").read_text("utf-8")
    assert 'born: 1951-03\nwebsite: "https://acme.example"\n' in ada
    bolt = (repo / "content/entities/bolt.md").read_text("utf-8")
    assert 'founded: "1950"\n' in bolt
    assert "website" not in bolt
