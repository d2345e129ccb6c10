"""What is kept back is nowhere in the built site: every file of it, its name and its bytes, through every engine.

Every word that only a page kept back has begins with `zq`. One build stands before the embargo's end, one after it.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
from pathlib import Path
from textwrap import dedent

import pytest
from tests.support.process import dossier

ROOT = Path(__file__).resolve().parents[2]
ENGINES = ("mkdocs", "properdocs", "zensical")
BEFORE, AFTER = "1796104799", "1796104800"  # 2026-12-01T05:59:59Z and 06:00:00Z

pytestmark = pytest.mark.engine

HIDDEN = """\
    ---
    title: Zq{k}title says so
    date: 2016-02-02
    source: {{publisher: Zq{k}publisher, url: "https://zq{k}host.test/", author: Zq{k}author, file: seeds/zq{k}seed.txt}}
    description: About zq{k}description.
    tags: [zq{k}tag]
    {status}
    entities: [geneva, zq{k}person, zq{k}reviewed]
    timeline:
      - {{date: 2016-02-01, text: Zq{k}claim, quote: zq{k}quote stands}}
    corrections:
      - {{date: 2016-02-03, what: Zq{k}correction}}
    ---

    In Geneva Zq{k}Person met Zq{k}Reviewed. The zq{k}quote stands here. ![zq{k}alt](zq{k}picture.png)
    """
DRAFT_RECORD = "---\ntitle: Zq{k}Person\ntype: person\naliases: [Zq{k}Alias]\nstatus: draft\nredirects: [zq{k}old]\n---\n"
REVIEWED = """\
    ---
    title: Zq{k}Reviewed
    type: person
    status: reviewed
    redirects: [zq{k}older]
    corrections:
      - {{date: 2016-02-03, what: Zq{k}recordcorrection}}
    ---

    Known from zq{k}recordbody.
    """
DOSSIER = """\
    ---
    title: Zq{k}dossier
    description: Zq{k}dossierdescription
    {status}
    articles: [2016/open]
    cast: [zq{k}person]
    ---

    The zq{k}lead.
    """
OPEN = """\
    ---
    title: The open article
    date: 2016-02-01
    source: {publisher: The Paper}
    status: published
    tags: [talks]
    entities: [geneva, jane-doe]
    proposed:
      entities: [zqproposed]
      timeline:
        - {date: 2016-01-29, text: Zqproposal, quote: opened on Friday}
    corrections:
      - {date: 2016-02-09, what: The number of rounds was corrected., why: A reader wrote.}
    ---

    Jane Doe came to Geneva; talks opened on Friday. See [the first](HIDDEN-draft.md), [the second][2] and
    ![a picture](HIDDEN-embargo.md).

    [2]: HIDDEN-embargo.md "a title"
    """
JANE = """\
    ---
    title: Jane Doe
    type: person
    status: reviewed
    redirects: [doe-jane]
    relations:
      - {type: met, to: geneva, article: 2016/zqdraftslug, quote: zqdraftquote stands}
      - {type: met, to: geneva, article: 2016/zqembargoslug, quote: zqembargoquote stands}
      - {type: knows, to: zqdraftperson}
      - {type: knows, to: zqembargoreviewed}
    ---

    See [her](zqdraftperson.md), [him](zqembargoreviewed.md) and [it](../articles/2016/zqdraftslug.md).
    """
TOMBSTONE = """\
    ---
    title: An article
    status: withdrawn
    withdrawn: {date: 2016-03-01, reason: It named a person who asked to be forgotten.}
    description: Zqgonedescription
    source: {publisher: Zqgonepublisher}
    entities: [geneva, zqgonereviewed]
    ---

    Geneva, zqgonebody and ZqgoneReviewed.
    """


@pytest.fixture(scope="session")
def repository(tmp_path_factory, pixel):
    """Published pages beside a draft, an embargoed and two withdrawn ones, that name each other in every way."""
    root = tmp_path_factory.mktemp("leaks")
    shutil.copytree(ROOT / "templates", root / "templates")
    shutil.copy(ROOT / "mkdocs.yml", root)
    content = root / "content"

    def write(path, text):
        (content / path).parent.mkdir(parents=True, exist_ok=True)
        (content / path).write_text(dedent(text), encoding="utf-8")

    states = {
        "draft": "status: draft",
        "embargo": "status: published\n    embargo: 2026-12-01T07:00+01:00",
        "handmade": "status: withdrawn",
    }
    for kind, status in states.items():
        write(f"articles/2016/zq{kind}slug.md", HIDDEN.format(k=kind, status=status))
        write(f"entities/zq{kind}person.md", DRAFT_RECORD.format(k=kind))
        write(f"entities/zq{kind}reviewed.md", REVIEWED.format(k=kind))
        write(f"dossiers/zq{kind}dossier.md", DOSSIER.format(k=kind, status=status))
        (content / f"articles/2016/zq{kind}picture.png").write_bytes(pixel)
    write("articles/2016/open.md", re.sub(r"HIDDEN-(\w+)\.md", r"zq\1slug.md", OPEN))
    write("articles/2016/gone.md", TOMBSTONE)
    write("entities/zqgonereviewed.md", "---\ntitle: ZqgoneReviewed\ntype: person\nstatus: reviewed\n---\n")
    alone = "---\ntitle: {}\ntype: person\n{}\n---\n"
    write("entities/zqdraftalone.md", alone.format("Zqdraftalone", "status: draft"))
    write(
        "entities/zqembargorecord.md", alone.format("Zqembargorecord", states["embargo"].replace("    ", ""))
    )
    write("entities/zqgonenamed.md", alone.format("Zqgonenamed", "status: reviewed\nnamed_only: true"))
    write("entities/geneva.md", "---\ntitle: Geneva\ntype: place\nstatus: reviewed\n---\n")
    write("entities/jane-doe.md", JANE)
    lead = "The [draft](../articles/2016/zqdraftslug.md) and <a href='../articles/2016/zqembargoslug.md'>more</a>."
    listed = "[2016/open, 2016/zqdraftslug, 2016/zqembargoslug, 2016/gone]"
    write(
        "dossiers/open.md",
        f"---\ntitle: The open dossier\nstatus: published\narticles: {listed}\nselect: {{entities_any: [geneva]}}\n"
        f"cast: [jane-doe, zqdraftreviewed, zqembargoreviewed]\n---\n\n{lead}\n",
    )
    write("index.md", "# Home\n\nSoon: [more](articles/2016/zqembargoslug.md).\n")
    return root


def build(root, engine, epoch):
    address = "https://news.example/sub/"
    done = dossier("build", "--engine", engine, cwd=root, SOURCE_DATE_EPOCH=epoch, SITE_URL=address)
    assert done.returncode == 0, done.stderr + done.stdout
    site = root / f"site-{engine}-{epoch}"
    shutil.move(root / "site", site)
    return site


@pytest.fixture(scope="session")
def sites(repository):
    """Before the embargo's end, through every engine."""
    return {engine: build(repository, engine, BEFORE) for engine in ENGINES}


def files(site):
    """The text of every file with its name first, packed ones unpacked."""
    for file in sorted(site.rglob("*")):
        if file.is_file():
            name, data = file.relative_to(site).as_posix(), file.read_bytes()
            # What a picture shows is no text; tests/machines holds what cards are drawn of.
            shown = b"" if file.suffix == ".png" else data.removeprefix(b"dk")
            text = gzip.decompress(shown) if shown.startswith(b"\x1f\x8b") else shown
            yield name, f"{name}\n{text.decode('utf-8', 'replace')}".lower()


def leaks(site):
    return {name: sorted(set(found)) for name, text in files(site) if (found := re.findall(r"zq\w+", text))}


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_that_is_kept_back_stands_anywhere(sites, engine):
    ours = {name: found for name, found in leaks(sites[engine]).items() if not name.startswith("assets/")}
    assert ours == {}
    assert "The open article".lower() in dict(files(sites[engine]))["articles/2016/open/index.html"]


def test_no_relation_is_told_that_rests_on_what_is_kept_back(sites):
    for name, text in files(sites["mkdocs"]):
        if name.startswith("data/") and "skos" in name:
            graph = json.loads(text.partition("\n")[2])["@graph"]
            jane = next(node for node in graph if node["@id"].endswith("/jane-doe/"))
            assert "related" not in jane
            return
    pytest.fail("the site has no vocabulary")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_tombstone_says_why_and_stays_out_of_everything_else(sites, engine):
    texts = dict(files(sites[engine]))
    page = texts["articles/2016/gone/index.html"]
    assert "it named a person who asked to be forgotten." in page
    assert '<meta name="robots" content="noindex">' in page
    for name, text in texts.items():
        if name != "articles/2016/gone/index.html" and not name.startswith("assets/"):
            told = name.startswith("corrections/index.")  # that, when and why; neither what nor where
            assert told or "asked to be forgotten" not in text, name
            listed = name == ".well-known/dossier.json"  # that there is a tombstone is no secret
            assert listed or "2016/gone" not in text, name


@pytest.mark.parametrize("engine", ENGINES)
def test_a_retired_address_leads_on(sites, engine):
    page = dict(files(sites[engine]))["entities/doe-jane/index.html"]
    assert '<meta http-equiv="refresh" content="0; url=../jane-doe/">' in page
    assert '<link rel="canonical" href="../jane-doe/">' in page
    assert 'href="../jane-doe/"><bdi>jane doe</bdi></a>' in page
    assert (
        page.count("<script")
        == page.count('assets/dossierkit/moved.js" data-to="../jane-doe/"></script>')
        == 1
    )


@pytest.mark.parametrize("engine", ENGINES)
def test_what_is_not_kept_back_is_found(sites, engine):
    texts = dict(files(sites[engine]))
    assert "the open article" in "".join(
        text for name, text in texts.items() if name.startswith("search/data/pages/")
    )
    assert engine != "zensical" or '"items":[]' in texts["search.json"]
    assert "articles/2016/open/" in texts["sitemap.xml"]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_page_that_cannot_be_held_back_stops_every_build(tmp_path, engine):
    """Beside articles/, entities/ and dossiers/ every page is published: what asks to be held back there is no page yet."""
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    pages = {
        "index.md": "---\ntitle: Zqindex\nstatus: draft\n---\n\n# Home\n",
        "articles/index.md": "---\nembargo: 2126-12-01\n---\n\nZqlead.\n",
        "notes/flow.md": "---\n{title: x, Status: Draft}\n---\n\nZqflow.\n",
        "notes/bare.md": "title: x\nstatus: draft\n\nZqbare.\n",
        "notes/broken.md": "---\ntitle: [\n'embargo': 2126-12-01\n---\n\nZqbroken.\n",
        "Dossiers/case.md": "---\ntitle: x\nstatus: draft\n---\n\nZqcase.\n",
        "timeline/x.md": "---\nwithdrawn: {date: 2016-01-01, reason: x}\n---\n\nZqgone.\n",
        "fine.md": "---\ntitle: x\nstatus: published\n---\n\nThe status: draft, the embargo: none.\n",
        "new.md": "---\nstatus: new\n---\n\nstatus: draft\n",
        "prose.md": "# Our rules\n\nstatus: draft\n",
    }
    for path, text in pages.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_text(text, encoding="utf-8")
    done = dossier("build", "--engine", engine, cwd=tmp_path)
    assert done.returncode == 1
    told = re.findall(r"content/(\S+): D111", done.stdout + done.stderr)
    assert sorted(told) == [
        "Dossiers/case.md:3:1",
        "articles/index.md:2:1",
        "index.md:3:1",
        "notes/bare.md:2:1",
        "notes/broken.md:3:2",
        "notes/flow.md:2:12",
        "timeline/x.md:2:1",
    ]
    assert not (tmp_path / "site").exists()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_page_that_an_engine_would_fail_on_stops_every_build(tmp_path, engine):
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/index.md").write_text("# Home\n", encoding="utf-8")
    (tmp_path / "content/deep.md").write_text(f"# Deep\n\n{'- ' * 3000}x\n", encoding="utf-8")
    done = dossier("build", "--engine", engine, cwd=tmp_path)
    assert done.returncode == 1
    assert re.findall(r"content/(\S+): (D\d+)", done.stdout + done.stderr) == [("deep.md:3:1", "D126")]
    assert not (tmp_path / "site").exists()


def test_when_the_embargo_ends_the_page_is_there(repository):
    site = build(repository, "mkdocs", AFTER)
    found = leaks(site)
    assert "articles/2016/zqembargoslug/index.html" in found
    assert "entities/zqembargoreviewed/index.html" in found
    assert "entities/zqembargorecord/index.html" in found
    assert "zqembargoslug" in found["sitemap.xml"]
    kept = {word for words in found.values() for word in words if not word.startswith("zqembargo")}
    assert {word for word in kept if word.startswith(("zqdraft", "zqhandmade", "zqgone", "zqprop"))} == set()
