"""`dossier arrivals`: the days that git knows, and these written into the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.git import git
from tests.support.runner import dossier

from dossierkit.cli import main
from dossierkit.store.content import load_content

WHEN = "2026-01-02T12:00:00 +0000"
PAGE = "---\ntitle: One\nstatus: published  # checked\n---\n\nText.\n"


@pytest.fixture
def root(tmp_path) -> Path:
    root = tmp_path / "one"
    CliRunner().invoke(main, ["init", str(root)], catch_exceptions=False)
    file = root / "content/articles/2026/one.md"
    file.parent.mkdir(parents=True)
    file.write_text(PAGE, encoding="utf-8")
    if not (root / ".git").exists():
        git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "x", when=WHEN)
    return root


def test_it_says_the_day_and_writes_nothing(root):
    done = dossier(root, "arrivals")
    assert done.exit_code == 0, done.output
    assert "2026-01-02  content/articles/2026/one.md  (from git)" in done.stdout
    assert (root / "content/articles/2026/one.md").read_text(encoding="utf-8") == PAGE


def test_a_day_is_written_once_and_nothing_else_of_the_page_is_touched(root):
    assert "1 page written" in dossier(root, "arrivals", "--write").stdout
    text = (root / "content/articles/2026/one.md").read_text(encoding="utf-8")
    assert text == PAGE.replace("# checked\n", '# checked\narrived: "2026-01-02"\n')
    again = dossier(root, "arrivals", "--write")
    assert "0 pages written" in again.stdout
    assert "(from git)" not in again.stdout
    content, problems = load_content(root / "content")
    assert problems == ()
    assert content.articles["2026/one"].arrived == "2026-01-02"


def test_a_shallow_clone_is_refused_with_what_to_do(root, tmp_path):
    git(root, "commit", "-q", "--allow-empty", "-m", "y", when=WHEN)
    git(root, "clone", "-q", "--depth", "1", f"file://{root}", str(tmp_path / "clone"))
    done = dossier(tmp_path / "clone", "arrivals", "--write")
    assert done.exit_code == 1
    assert "D510" in done.stderr
    assert "git fetch --unshallow" in done.stderr
