"""The live preview: an edit shows, drafts are there, an error is told and mended."""

from __future__ import annotations

import gzip
import json
import re
import socket
import urllib.error
import urllib.request

import pytest
from tests.support.process import dossier
from tests.support.waiting import PATIENCE, until

_PLACE = 12  # bytes: the file of a page, its start and length there, and which of its events it is

pytestmark = pytest.mark.engine


@pytest.fixture(params=["nav: [index.md]\n", ""], ids=["ours", "mkdocs"])
def served(repository, request, serving):
    """The address of a running `dossier serve`, which leaves a site without `nav:` to MkDocs."""
    with serving(repository.root, request.param) as address:
        yield address


def text_of(address):
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            return answer.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return ""


def found(site):
    """All that the search of a site can show."""
    data = f"{site}search/data"
    table = json.loads(unpacked(f"{data}/index.dks"))
    blocks = range(-(-table["pages"] // table["places"]))
    places = b"".join(unpacked(f"{data}/places/{n}.dks") for n in blocks)
    rows = {places[at : at + 10] for at in range(0, len(places), _PLACE)}
    return "\n".join(shown(f"{data}/pages", row) for row in sorted(rows))


def shown(pages, row):
    """What a result shows of the page at a place."""
    number, start, length = (int.from_bytes(row[at:to]) for at, to in ((0, 2), (2, 6), (6, 10)))
    with urllib.request.urlopen(f"{pages}/{number}.dks", timeout=PATIENCE) as answer:
        return gzip.decompress(answer.read()[start : start + length]).decode()


def unpacked(address):
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
        return gzip.decompress(answer.read())


def wait_for(address, words):
    """The text at an address, once these words are in it."""
    shown = lambda: html if re.search(words, html := text_of(address)) else ""  # noqa: E731
    return until(shown, f"{words!r} at {address}", pause=0.2)


EDIT = """\
from pathlib import Path

def on_env(env, config, files):
    page = Path(config.docs_dir) / "articles/2016/talks.md"
    page.write_text(page.read_text(encoding="utf-8").replace("came to Geneva", "went to Geneva"), encoding="utf-8")
    return env
"""


def test_what_is_saved_while_the_first_build_runs_shows(repository, serving):
    (repository.root / "edit.py").write_text(EDIT, encoding="utf-8")
    with serving(repository.root, "nav: [index.md]\nhooks: [edit.py]\n") as address:
        wait_for(f"{address}articles/2016/talks/", "went to")


@pytest.mark.parametrize("settings", ["nav: [index.md]\n", ""], ids=["ours", "mkdocs"])
def test_a_preview_that_is_ended_leaves_no_folder_behind(
    repository, serving, settings, tmp_path, monkeypatch
):
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    with serving(repository.root, settings) as address:
        wait_for(address, "</html>")
        assert [*folder.iterdir()]
    assert [*folder.iterdir()] == []


def test_edits_show(served, repository):
    page = served + "articles/2016/talks/"
    wait_for(page, "came to")
    file = repository.content / "articles/2016/talks.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("came to Geneva", "went to Geneva"), encoding="utf-8")
    wait_for(page, "went to")
    assert "went to" in found(served)
    record = repository.content / "entities/geneva.md"
    record.write_text(
        record.read_text(encoding="utf-8").replace("title: Geneva", "title: Geneva\ndescription: A lake."),
        encoding="utf-8",
    )
    wait_for(served + "entities/geneva/", "A lake")
    file.write_text(text.replace("status: published", "status: draft"), encoding="utf-8")
    wait_for(page, "came to")


@pytest.mark.parametrize("settings", ["nav: [index.md]\n", ""], ids=["ours", "mkdocs"])
def test_a_decision_for_all_pages_shows(repository, serving, settings):
    talks = repository.content / "articles/2016/talks.md"
    named = "entities:\n  - {name: Ann Lee, type: person}\n"
    text = talks.read_text(encoding="utf-8").replace("entities:\n", named)
    talks.write_text(f"{text}\nAnn Lee left.\n", encoding="utf-8")
    decisions = repository.root / "seeds/decisions.yml"
    decisions.parent.mkdir()
    decisions.write_text("- {decision: junk, name: Secretary}\n", encoding="utf-8")
    with serving(repository.root, settings) as address:
        page = f"{address}articles/2016/talks/"
        wait_for(page, r"entities/ann-lee-person/[^>]*>Ann Lee")
        decisions.write_text("- {decision: same, name: Ann Lee, other: jane-doe}\n", encoding="utf-8")
        wait_for(page, r"entities/jane-doe/[^>]*>Ann Lee")


def test_an_error_is_told_and_mended_without_a_restart(served, repository):
    page = served + "articles/2016/talks/"
    wait_for(page, "came to")
    file = repository.content / "articles/2016/talks.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("quote: opened on Friday", "quote: closed on Friday"), encoding="utf-8")
    until(lambda: "D201" in (repository.root / "log").read_text(encoding="utf-8"), "D201 in the log")
    file.write_text(text.replace("came to Geneva", "came back to Geneva"), encoding="utf-8")
    wait_for(page, "came back to")


@pytest.mark.parametrize("served", ["nav: [index.md]\n"], indirect=True)
def test_an_error_stands_on_the_page_with_file_and_line_until_it_is_mended(served, repository):
    page = served + "articles/2016/talks/"
    wait_for(page, "came to")
    file = repository.content / "articles/2016/talks.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("quote: opened on Friday", "quote: closed on Friday"), encoding="utf-8")
    html = wait_for(page, "Not built")
    assert "content/articles/2016/talks.md:11:49: D201" in html
    assert "came to" in html
    file.write_text(text.replace("came to Geneva", "came back to Geneva"), encoding="utf-8")
    assert "Not built" not in wait_for(page, "came back to")


@pytest.mark.parametrize("served", ["nav: [index.md]\n"], indirect=True)
def test_a_change_is_told_and_templates_and_settings_have_their_say(served, repository):
    page = served + "articles/2016/talks/"
    html = wait_for(page, "came to")
    assert "_preview/preview.js" in html
    built = re.search(r'data-built="(\d+)"', html)[1]
    theme = repository.root / "theme" / "dossierkit"
    theme.mkdir(parents=True)
    config = repository.root / "mkdocs.yml"
    with urllib.request.urlopen(f"{served}_preview/changes?built={built}", timeout=PATIENCE) as changes:
        config.write_text(
            config.read_text(encoding="utf-8").replace("font: false", "font: false, custom_dir: theme"),
            encoding="utf-8",
        )
        assert b"data: built" in changes.read()
    (theme / "back.html").write_text("<b>own</b>", encoding="utf-8")
    wait_for(page, "<b>own</b>")
    (theme / "back.html").write_text("<b>other</b>", encoding="utf-8")
    wait_for(page, "<b>other</b>")


def test_an_address_in_use_is_said_with_what_to_do(repository):
    (repository.root / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\ntheme: {name: material, font: false}\nplugins: [dossier]\nnav: [index.md]\n",
        encoding="utf-8",
    )
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = dossier("-C", repository.root, "serve", "--address", address)
    assert done.returncode == 2
    assert f"{address}: Address already in use: give another --address" in done.stderr


@pytest.mark.parametrize("served", ["nav: [index.md]\n"], indirect=True)
def test_what_else_belongs_to_the_site_is_served(served, repository):
    wait_for(served, "x")
    (repository.content / "notes.txt").write_text("a file of its own", encoding="utf-8")
    (repository.content / "notes.csv").write_text("a file of its own", encoding="utf-8")
    wait_for(served + "notes.csv", "a file of its own")
    assert "font-face" in text_of(served + "assets/dossierkit/dossier.css")
    assert "urlset" in text_of(served + "sitemap.xml")
    assert "came to" in text_of(served + "articles/2016/talks")
    for address in ("nothing/", "notes.txt", "../mkdocs.yml", "%2e%2e/mkdocs.yml"):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(served + address, timeout=PATIENCE)
