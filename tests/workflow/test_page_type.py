"""What a further kind of page costs: the four places of docs/how-to/extend.md, written as they would be, and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "extend.md"
BLOCKS = re.compile(r"`([\w/.]+)`:\n\n```\w+\n(.*?)```", re.DOTALL)
# What would be edited in the package: each interpreter runs this before anything reads it.
EDITED = """
import dossierkit.site.pages
from dossierkit.text.data import load
dossierkit.site.pages.__path__.append({folder!r})
load("indexpages").update({entries!r})
for lang, words in {words!r}.items():
    load(f"strings/{{lang}}").update(words)
"""
CONFIG = """\
site_name: T
site_url: https://site.test/
theme: {name: material, custom_dir: templates}
docs_dir: content
plugins: [dossier]
nav: [index.md, register/index.md]
"""
RECORD = """\
---
title: Acme <Works>
type: organization
{more}status: published
---
"""


def documented() -> dict[str, str]:
    """The files of the page by their paths; of those that exist, what is added."""
    return dict(BLOCKS.findall(PAGE.read_text("utf-8").partition("## A kind of page")[2]))


@pytest.fixture
def repo(tmp_path) -> Path:
    files = documented()
    for name in (
        "seeds",
        "content/articles",
        "content/entities",
        "content/dossiers",
        "templates/dossierkit",
        "more",
    ):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "content/index.md").write_text("# T\n", encoding="utf-8")
    (tmp_path / "content/about").mkdir()
    (tmp_path / "content/about/index.md").write_text("See [those](../register/index.md).\n", encoding="utf-8")
    (tmp_path / "templates/dossierkit/register.html").write_text(
        files["templates/dossierkit/register.html"], encoding="utf-8"
    )
    (tmp_path / "more/register.py").write_text(files["site/pages/register.py"], encoding="utf-8")
    edited = EDITED.format(
        folder=str(tmp_path / "more"),
        entries=yaml.safe_load(files["data/indexpages.yml"]),
        words=yaml.safe_load(files["data/strings/"]),
    )
    (tmp_path / "more/sitecustomize.py").write_text(edited, encoding="utf-8")
    return tmp_path


def put(repo: Path, more: str) -> None:
    (repo / "content/entities/acme.md").write_text(RECORD.format(more=more), encoding="utf-8")


def built(repo: Path) -> str:
    """The page that was added."""
    env = {**os.environ, "PYTHONPATH": str(repo / "more")}
    command = [sys.executable, "-m", "dossierkit", "-C", str(repo), "build", "--strict"]
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return (repo / "site/register/index.html").read_text("utf-8")


def test_four_places_are_all_that_is_written():
    assert list(documented()) == [
        "data/indexpages.yml",
        "site/pages/register.py",
        "templates/dossierkit/register.html",
        "data/strings/",
    ]


def test_a_kind_of_page_of_four_places_is_built_linked_to_and_made_anew_when_it_changes(repo):
    put(repo, "same_as: [wikidata:Q1]\n")
    page = built(repo)
    assert '<a href="../entities/acme/">Acme &lt;Works&gt;</a>: wikidata:Q1' in page
    assert "<title>Identifiers - T</title>" in page
    assert "Content-Security-Policy" in page
    assert 'href="../register/"' in (repo / "site/about/index.html").read_text("utf-8")
    assert "register/" in (repo / "site/sitemap.xml").read_text("utf-8")
    put(repo, "same_as: [wikidata:Q2]\n")
    assert "wikidata:Q2" in built(repo)
    put(repo, "")
    assert "No record has an identifier." in built(repo)
