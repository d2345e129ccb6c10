"""What nobody has decided on, in every output of a site: not there, or with its mark."""

from __future__ import annotations

import csv
import gzip
import json
import os
import re
import shutil
import sqlite3
from pathlib import Path

import lxml.html
import pytest
from click.testing import CliRunner

from dossierkit.cli import main
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry, RecordOffer, RecordProposal
from dossierkit.store import proposal as proposals
from dossierkit.store import record_proposal

PAGE = """\
---
title: Talks open
date: 2016-02-01
lang: en
source: {publisher: The Paper, file: seeds/talks.txt}
status: reviewed
entities:
  - geneva
  - jane-doe
  - old-bridge
  - {name: Zqada Moreau, type: person}
timeline:
  - {date: 2016-01-29, text: Talks opened, quote: opened on Friday}
  - {date: 2016-01-30, text: Zqclaim of a talk, quote: went on, entities: [geneva]}
---

The talks opened on Friday in Geneva. They went on near the Old Bridge, Zqada Moreau and Jane Doe said.
"""
TWO = """\
---
title: Talks end
date: 2016-02-02
lang: en
source: {publisher: The Paper}
status: published
entities: [jane-doe, geneva]
timeline:
  - {date: 2016-02-02, text: Talks ended, quote: ended in Geneva}
---

Talks ended in Geneva. Jane Doe left.
"""
THREE = """\
---
title: Talks go on
date: 2016-02-03
lang: en
source: {publisher: The Other Paper, file: seeds/more.txt}
status: reviewed
entities: [geneva]
timeline:
  - {date: 2016-01-30, text: Zqclaim of a talk, quote: They had gone on, entities: [geneva]}
---

They had gone on for a day in Geneva.
"""
RECORDS = {
    "geneva": "title: Geneva\ntype: place\nlocation: {lat: 46.2, lon: 6.15, precision: city}\nstatus: reviewed\n",
    "jane-doe": "title: Jane Doe\ntype: person\nstatus: reviewed\n",
    "old-bridge": "title: Old Bridge\ntype: place\naliases: []\nweak_aliases: []\nstatus: draft\n",
}
FORMATS = ("jsonld", "ftm", "geojson", "ics", "webannotation")


@pytest.fixture(scope="module", autouse=True)
def environment():
    """A build leaves the instant at which it began in the environment of its process: not for other tests."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def entity(id_: str, name: str, type_: str, *, known: bool = True) -> ProposedEntity:
    return ProposedEntity(f"k-{id_}", id_, name, type_, known, (name,), 1, 0, 1, name, 0.9, "model")


def entry(date: str, text: str, quote: str, *about: str) -> ProposedEntry:
    return ProposedEntry(f"k-{date}", date, "", text, quote, "", "", about, 0, 1, 0.9, "rule")


PROPOSAL = Proposal(
    "x 1",
    "abc",
    (
        entity("geneva", "Geneva", "place"),
        entity("jane-doe", "Jane Doe", "person"),
        entity("zqada-moreau-person", "Zqada Moreau", "person", known=False),
    ),
    (
        entry("2016-01-29", "Talks opened", "opened on Friday"),
        entry("2016-01-30", "Zqclaim of a talk", "went on", "geneva"),
    ),
    accepted=("k-2016-01-29", "k-geneva"),
    by_item=True,
    drafted=("k-2016-01-29", "k-2016-01-30", "k-geneva", "k-jane-doe", "k-zqada-moreau-person"),
)


MORE = Proposal(
    "x 1",
    "abd",
    (entity("geneva", "Geneva", "place"),),
    (entry("2016-01-30", "Zqclaim of a talk", "They had gone on", "geneva"),),
    accepted=("k-geneva",),
    by_item=True,
    drafted=("k-2016-01-30", "k-geneva"),
)


def written(root: Path, choice: str) -> Path:
    CliRunner().invoke(main, ["init", str(root)], catch_exceptions=False)
    config = (root / "mkdocs.yml").read_text(encoding="utf-8")
    config = re.sub(r"(?m)^#? ?site_url:.*\n", "", config)
    config = config.replace("\n  dossier:\n", f"\n  dossier:\n    unreviewed: {choice}\n", 1)
    (root / "mkdocs.yml").write_text(f"site_url: https://site.test/\n{config}", encoding="utf-8")
    for id_, text in RECORDS.items():
        (root / f"content/entities/{id_}.md").write_text(f"---\n{text}---\n", encoding="utf-8")
    folder = root / "content/articles/2016"
    folder.mkdir(parents=True)
    (folder / "one.md").write_text(PAGE, encoding="utf-8")
    (folder / "two.md").write_text(TWO, encoding="utf-8")
    (folder / "three.md").write_text(THREE, encoding="utf-8")
    shutil.rmtree(root / "content/dossiers", ignore_errors=True)
    (root / "content/dossiers").mkdir()
    (root / "content/dossiers/all.md").write_text(
        "---\ntitle: All\narticles: [2016/one, 2016/two, 2016/three]\ncast: [old-bridge, geneva]\n---\nRead.\n",
        encoding="utf-8",
    )
    seeds = root / "seeds"
    (seeds / "entities").mkdir(exist_ok=True)
    (seeds / "talks.txt").write_text("x", encoding="utf-8")
    (seeds / "talks.suggested.yml").write_text(proposals.dump(PROPOSAL), encoding="utf-8")
    (seeds / "more.txt").write_text("x", encoding="utf-8")
    (seeds / "more.suggested.yml").write_text(proposals.dump(MORE), encoding="utf-8")
    drafted = RecordProposal(
        (
            RecordOffer("title", "Old Bridge", "2016/one", drafted=True),
            RecordOffer("type", "place", "2016/one", drafted=True),
        )
    )
    (root / record_proposal.path_of("old-bridge")).write_text(record_proposal.dump(drafted), encoding="utf-8")
    return root


def built(folder: Path, choice: str) -> Path:
    root = written(folder / "one", choice)
    done = CliRunner().invoke(main, ["-C", str(root), "build", "--strict"])
    assert done.exit_code == 0, done.output
    return root


@pytest.fixture(scope="module")
def hidden(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("hide"), "hide")


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("mark"), "mark")


def read(site: Path, path: str) -> str:
    file = site / path
    return (file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8")


def said(html: str) -> str:
    return lxml.html.fromstring(html).text_content()


def unpacked(data: bytes) -> bytes:
    data = data.removeprefix(b"dk")  # a file of the search that holds several, each packed
    return gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data


def texts(site: Path) -> dict[str, str]:
    return {
        file.relative_to(site).as_posix(): unpacked(file.read_bytes()).decode("utf-8", "replace")
        for file in site.rglob("*")
        if file.is_file() and file.suffix not in {".png", ".woff2"}
    }


def exported(root: Path, form: str) -> str:
    done = CliRunner().invoke(main, ["-C", str(root), "export", form, "--out", "-"])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_hidden_it_is_in_no_output(hidden):
    root, built = hidden, hidden / "site"
    found = texts(built)
    for path, text in found.items():
        assert "Zqclaim" not in text, path
        assert "entities/zqada" not in text, path
        assert "entities/old-bridge" not in text, path
    assert not (built / "entities/zqada-moreau-person").exists()
    assert not (built / "entities/old-bridge").exists()
    page = found["articles/2016/one/index.html"]
    assert "Talks opened" in page
    assert "entities/geneva/" in page
    assert "entities/jane-doe/" not in page
    assert "one" not in re.findall(r"articles/2016/(\w+)/#m-jane-doe", found["entities/jane-doe/index.html"])
    assert "Not reviewed" not in page
    assert "Not reviewed" not in found["dossiers/all/index.html"]
    for form in FORMATS:
        assert "Zqclaim" not in exported(root, form)


def test_shown_it_is_marked_on_pages(shown):
    built = shown / "site"
    article = read(built, "articles/2016/one")
    panels = article.partition('class="dk-panels ')[2].partition('class="dk-text"')[0]
    for name in ("Zqada Moreau", "Jane Doe", "Old Bridge"):
        assert f"{name} (not reviewed)" in said(panels)
    assert "Geneva (not reviewed)" not in said(article)
    head = said(article.partition('<header class="dk-head')[2].partition("</header>")[0])
    assert "Not reviewed: 3 names, 1 event. A wavy line marks names that are not reviewed." in head
    assert "Status" not in head, "it is not called reviewed at once"
    assert "A wavy line marks names that are not reviewed." in said(read(built, "entities"))
    assert re.search(r"Not reviewed</p>\s*<p class=\"dk-entry__text\"[^>]*><a [^>]*>Zqclaim", panels)
    assert panels.count("dk-unreviewed") == 1
    assert len(re.findall(r"<a [^>]*data-unreviewed[^>]*title=\"Not reviewed\"", article)) == 3
    timeline = read(built, "timeline")
    assert re.search(r"Not reviewed</span></p>\s*<p class=\"dk-entry__text\"[^>]*><a [^>]*>Zqclaim", timeline)
    assert timeline.count('class="dk-unreviewed"') == 1
    for path in ("entities", "dossiers/all"):
        assert "Old Bridge (not reviewed)" in said(read(built, path))
    top = read(built, "dossiers/all").partition('<header class="dk-head')[2].partition("</header>")[0]
    assert "Not reviewed: 1 event." in said(top), "years are folded, and with them the marks of their events"
    own = read(built, "entities/zqada-moreau-person")
    assert lxml.html.fromstring(own).findtext(".//title").startswith("Zqada Moreau (not reviewed)")
    assert lxml.html.fromstring(own).find(".//h1").text_content() == "Zqada Moreau (not reviewed)"
    jane = read(built, "entities/jane-doe")
    assert "<h1>Jane Doe</h1>" in jane
    passages = jane.partition('class="dk-passages ')[
        2
    ]  # of two articles; in one nobody decided that she is meant
    assert passages.count('<p class="dk-unreviewed">') == 1


NAMES = ("Zqada Moreau", "Old Bridge", "Zqclaim")
VERBATIM = "ancestor-or-self::*[contains(@class, 'dk-text') or contains(@class, 'dk-passages') or contains(@class, 'dk-card__text') or self::blockquote]"
AROUND = ("li", "tr", "a", "option", "h1", "dt", "p")
HEADS = {"description", "og:description", "twitter:description"}  # sentences of the article, word for word


def unmarked(html: str) -> list[str]:
    """Where a page says one of the names without a mark, beside the sentences of the article."""
    page = lxml.html.fromstring(html)
    found = []
    for element in page.iter("*"):
        if element.tag in {"script", "style"}:
            continue
        said = " ".join((element.text or "", *(child.tail or "" for child in element)))
        if any(name in said for name in NAMES) and not element.xpath(VERBATIM) and not marked(element):
            found.append(said.strip())
        if element.get("name", element.get("property")) not in HEADS:
            attributes = (
                value
                for name, value in element.attrib.items()
                if name not in {"href", "id", "data-name", "data-note"}
            )
            found += [
                one
                for one in attributes
                if any(name in one for name in NAMES) and "not reviewed" not in one.lower()
            ]
    return found


def marked(element) -> bool:
    around = [one for one in (element, *element.iterancestors()) if one.tag in AROUND or one is element]
    return any(
        "not reviewed" in one.text_content().lower() or "data-unreviewed" in one.attrib for one in around
    )


def test_shown_it_is_marked_on_every_kind_of_page(shown):
    site = shown / "site"
    pages = {file.parent.relative_to(site).as_posix(): file for file in site.rglob("index.html")}
    assert {
        ".",
        "about",
        "articles",
        "articles/2016/one",
        "data",
        "dossiers",
        "dossiers/all",
        "entities",
        "latest",
    } <= set(pages)
    assert {"entities/old-bridge", "entities/geneva", "sources", "timeline", "search", "corrections"} <= set(
        pages
    )
    accounts = [path for path in pages if path.startswith("timeline/events/")]
    assert len(accounts) == 1
    for path in (accounts[0], "dossiers/all", "embed/dossiers/all/timeline"):
        assert "Zqclaim" in pages[path].read_text(encoding="utf-8"), path
    wrong = {
        path: found for path, file in pages.items() if (found := unmarked(file.read_text(encoding="utf-8")))
    }
    assert wrong == {}
    assert unmarked("<html><ul><li>Zqada Moreau</li></ul></html>") == ["Zqada Moreau"], (
        "the walk sees what is not marked"
    )
    assert unmarked('<html><a title="Old Bridge">x</a></html>') == ["Old Bridge"]
    for name in ("llms.txt", "feed.xml", "rss.xml", "feed.json", "dossiers/all/feed.xml"):
        lines = re.sub(
            r"<summary.*?</summary>|<description>.*?</description>|\"(?:summary|content_text)\": ?\"[^\"]*\"",
            "",
            read(site, name),
        )
        assert not any(one in lines for one in NAMES), name


def test_shown_it_is_marked_for_search_feeds_and_machines(shown):
    built = shown / "site"
    found = texts(built)
    packs = [text for path, text in found.items() if path.startswith("search/data/pages/")]
    pages = json.loads(f"[{','.join(packs).replace('}{', '},{')}]")
    assert {one["title"] for one in pages if one.get("open")} == {"Zqada Moreau", "Old Bridge"}
    events = [event for one in pages for event in one.get("events", ())]
    assert {event[0] for event in events if event[5]} == {"Zqclaim of a talk"}
    names = [
        row
        for path, text in found.items()
        if path.startswith("search/data/names/")
        for row in json.loads(text)
    ]
    assert {row[1] for row in names if row[2:]} == {"Zqada Moreau", "Old Bridge"}
    for name in ("feed.xml", "rss.xml", "feed.json"):
        assert "Old Bridge (not reviewed)" in found[f"entities/old-bridge/{name}"]
        assert "not reviewed" not in found[f"entities/geneva/{name}"]
    head = re.search(r'<script type="application/ld\+json">(.*?)</script>', read(built, "articles/2016/one"))
    nodes = json.loads(head[1])["@graph"]
    marked = {one["name"] for one in nodes if one.get("disambiguatingDescription") == "Not reviewed"}
    assert marked == {"Zqclaim of a talk"}
    named = next(one for one in nodes if one["@type"] == "NewsArticle")["mentions"]
    assert {one["name"] for one in named if "disambiguatingDescription" in one} == {
        "Zqada Moreau", "Jane Doe", "Old Bridge",
    }  # fmt: skip


def test_shown_it_is_marked_in_exports(shown, tmp_path):
    root = shown
    done = CliRunner().invoke(main, ["-C", str(root), "export", "csv", "--out", str(tmp_path / "csv")])
    assert done.exit_code == 0, done.output
    rows = {
        name: list(
            csv.DictReader((tmp_path / f"csv/{name}.csv").read_text(encoding="utf-8-sig").splitlines())
        )
        for name in ("entities", "events", "mentions", "event_entities")
    }
    assert {one["id"] for one in rows["entities"] if one["reviewed"] == "0"} == {
        "old-bridge", "zqada-moreau-person",
    }  # fmt: skip
    assert [one["text"] for one in rows["events"] if one["reviewed"] == "0"] == ["Zqclaim of a talk"] * 2
    assert {(one["article"], one["entity"]) for one in rows["mentions"] if one["reviewed"] == "0"} == {
        ("2016/one", "old-bridge"), ("2016/one", "zqada-moreau-person"), ("2016/one", "jane-doe"),
    }  # fmt: skip
    assert {one["event"].partition("#")[0] for one in rows["event_entities"] if one["reviewed"] == "0"} == {
        "2016/one", "2016/three",
    }  # fmt: skip
    for one in rows["entities"]:
        named = [row for row in rows["mentions"] if row["entity"] == one["id"]]
        sure = [row for row in named if row["reviewed"] == "1"]
        for prefix, some in (("", named), ("reviewed_", sure)):
            counts = (str(len({row["article"] for row in some})), str(len(some)))
            assert (one[f"{prefix}articles"], one[f"{prefix}mentions"]) == counts, one["id"]
    done = CliRunner().invoke(main, ["-C", str(root), "export", "sqlite", "--out", str(tmp_path / "base")])
    assert done.exit_code == 0, done.output
    base = sqlite3.connect(tmp_path / "base")
    found = base.execute("select text from events where reviewed = 0").fetchall()
    assert found == [("Zqclaim of a talk",)] * 2
    base.close()
    ftm = [json.loads(line) for line in exported(root, "ftm").splitlines()]
    noted = {one["id"] for one in ftm if "Not reviewed" in one["properties"].get("notes", [])}
    assert {one.partition("-")[0] for one in noted} == {"entity", "event"}
    assert "entity-zqada-moreau-person" in noted
    assert sum("status" in one["properties"] for one in ftm if one["schema"] == "Documentation") == 2
    features = json.loads(exported(root, "geojson"))["features"]
    told = {(one["properties"]["name"], one["properties"]["reviewed"]) for one in features}
    assert {name for name, reviewed in told if not reviewed} == {"Zqclaim of a talk"}
    calendar = exported(root, "ics")
    assert "STATUS:TENTATIVE\r\nSUMMARY:Zqclaim of a talk (not reviewed)" in calendar.replace(
        "\n", "\r\n"
    ).replace("\r\r", "\r")
    assert calendar.count("TENTATIVE") == 2
    graph = json.loads(exported(root, "jsonld"))["@graph"]
    assert {one.get("name") for one in graph if "disambiguatingDescription" in one} == {
        "Zqada Moreau", "Old Bridge", "Zqclaim of a talk",
    }  # fmt: skip
    annotations = json.loads(exported(root, "webannotation"))["first"]["items"]
    assessed = [one for one in annotations if '"assessing"' in json.dumps(one)]
    assert len(assessed) == 5


@pytest.mark.parametrize("choice", ["hidden", "shown"])
def test_the_page_about_the_site_says_what_is_done_with_it_and_how_far_its_pages_are(choice, request):
    about = " ".join(read(request.getfixturevalue(choice) / "site", "about").split())
    marks = choice == "shown"
    assert ("are marked “Not reviewed”" if marks else "no editor has confirmed are not shown") in about
    assert ("Currently 4 names and events." in about) == marks
    for label, count in (("Reviewed", "2 articles"), ("Published", "1 article")):
        assert f'<dt>{label} <span class="dk-about__count">{count}</span></dt>' in about


def test_check_says_what_readers_do_not_see(hidden):
    done = CliRunner().invoke(main, ["-C", str(hidden), "check", "--format", "json"])
    listed = json.loads(done.stdout)
    found = [(one["code"], one["severity"], one["path"]) for one in listed if one["code"].startswith("D81")]
    page = "content/articles/2016/one.md"
    other = "content/articles/2016/three.md"
    assert found == [("D816", "warning", page), ("D815", "warning", page), ("D816", "warning", other)]
    assert done.exit_code == 0


def test_a_choice_that_there_is_none_of_is_an_error(tmp_path):
    root = written(tmp_path / "one", "show")
    built = CliRunner().invoke(main, ["-C", str(root), "build"])
    assert built.exit_code == 1
    assert "D141 `unreviewed` is `hide` or `mark`" in built.output + built.stderr
