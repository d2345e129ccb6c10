"""Many hands: what two branches did meets in git, with real git."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.workflow import test_learning as learning

from dossierkit.cli import main
from dossierkit.store.proposal import load

BRIDGE, CHAIR, SOURCES, LATER = learning.BRIDGE, learning.CHAIR, learning.SOURCES, learning.LATER
add, commit, dossier, git, head, state, text = (
    learning.add, learning.commit, learning.dossier, learning.git, learning.head, learning.state, learning.text,
)  # fmt: skip
SUGGESTED = "seeds/bridge.suggested.yml"
APART = SOURCES["bridge"].replace("Its chair, Ada Moreau,", "On 20 May 2016, Ada Moreau")
"""So that whom one editor takes out stands in no line beside what the other takes out."""


@pytest.fixture(scope="module")
def added(tmp_path_factory) -> Path:
    base = tmp_path_factory.mktemp("branches")
    folder = base / "lenn"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    CliRunner().invoke(main, ["init", str(folder)], catch_exceptions=False)
    add(folder, "bridge", APART)
    commit(folder, "start")
    return base


@pytest.fixture
def root(added, tmp_path) -> Path:
    return Path(shutil.copytree(added, tmp_path, dirs_exist_ok=True)) / "lenn"


def fork(root, ours, theirs, code=0):
    """What each of two branches did, merged into ours."""
    git(root, "checkout", "-qb", "theirs")
    theirs()
    commit(root, "theirs")
    git(root, "checkout", "-q", "main")
    ours()
    commit(root, "ours")
    git(root, "merge", "-q", "--no-edit", "theirs", code=code)


def rejects(root, words, path=BRIDGE):
    """An editor takes the lines of an item out of a page, and `dossier update` remembers it."""
    page = text(root, path)
    lines = page.splitlines(keepends=True)
    (at,) = (number for number, line in enumerate(lines) if words in line and line.startswith("  - "))
    end = next(number for number in range(at + 1, len(lines)) if not lines[number].startswith("    "))
    (root / path).write_text("".join(lines[:at] + lines[end:]), encoding="utf-8")
    dossier(root, "update")


def rejected(root):
    return {one.entity or one.date for one in load(text(root, SUGGESTED)).rejected}


def test_branches_that_add_articles_naming_one_person_merge_and_nothing_is_left_to_do(root):
    fork(root, lambda: add(root, "chair", SOURCES["chair"]), lambda: add(root, "talks", LATER))
    assert "0 errors" in dossier(root, "check")
    before = state(root)
    assert dossier(root, "update").endswith("3 pages unchanged\n")
    assert state(root) == before


def test_an_article_added_on_both_branches_merges(root):
    fork(root, lambda: add(root, "chair", SOURCES["chair"]), lambda: add(root, "chair", SOURCES["chair"]))
    before = state(root)
    dossier(root, "update")
    assert state(root) == before


def test_decisions_on_one_page_on_both_branches_merge_and_none_is_lost(root):
    fork(root, lambda: rejects(root, "name: Lenn Valley Council"), lambda: rejects(root, "date: 2016-05-22"))
    assert rejected(root) == {"lenn-valley-council-organization", "2016-05-22"}
    assert "0 errors" in dossier(root, "check")
    before = state(root)
    assert dossier(root, "update").endswith("1 page unchanged\n")
    assert state(root) == before


@pytest.fixture
def without_driver(root):
    git(root, "config", "--remove-section", "merge.dossier")
    return root


def test_a_clone_without_the_driver_keeps_both_sides_with_the_next_update_and_is_told_of_it(without_driver):
    root = without_driver
    fork(
        root,
        lambda: rejects(root, "name: Lenn Valley Council"),
        lambda: rejects(root, "date: 2016-05-22"),
        code=1,
    )
    assert git(root, "diff", "--name-only", "--diff-filter=U") == SUGGESTED
    assert f"{SUGGESTED}:" in dossier(root, "check", "--select", "D904", code=1)
    assert "`dossier merge-driver --install` has git do it" in dossier(root, "update")
    assert rejected(root) == {"lenn-valley-council-organization", "2016-05-22"}
    assert "0 errors" in dossier(root, "check")


def test_a_program_that_is_not_there_any_more_leaves_conflict_markers(root):
    driver = git(root, "config", "merge.dossier.driver").replace("python", "no-python", 1)
    git(root, "config", "merge.dossier.driver", driver.strip())
    fork(
        root,
        lambda: rejects(root, "name: Lenn Valley Council"),
        lambda: rejects(root, "date: 2016-05-22"),
        code=1,
    )
    assert "<<<<<<<" in text(root, SUGGESTED)
    assert ">>>>>>>" in text(root, SUGGESTED)


def test_a_clone_is_told_once(without_driver, tmp_path, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    clone = tmp_path / "clone"
    git(without_driver, "clone", "-q", str(without_driver), str(clone))
    hint = "run `dossier merge-driver --install` once"
    assert hint in dossier(clone, "check")
    assert "git now merges proposals" in dossier(clone, "merge-driver", "--install")
    assert hint not in dossier(clone, "check")
    fork(
        clone, lambda: rejects(clone, "name: Lenn Valley Council"), lambda: rejects(clone, "date: 2016-05-22")
    )
    assert rejected(clone) == {"lenn-valley-council-organization", "2016-05-22"}


def test_the_driver_says_what_it_needs(tmp_path):
    result = CliRunner().invoke(main, ["merge-driver", "a", "b"])
    assert result.exit_code == 2
    assert "give --install, or the files from git" in result.output
    CliRunner().invoke(main, ["init", str(tmp_path / "alone")], catch_exceptions=False)
    assert "run `git init` there first" in dossier(tmp_path / "alone", "merge-driver", "--install", code=2)


def test_conflict_markers_in_a_page_are_told_with_their_lines(root):
    def edits(words):
        page = text(root, BRIDGE)
        (root / BRIDGE).write_text(page.replace("title: Council", f"title: {words}"), encoding="utf-8")

    fork(root, lambda: edits("A council"), lambda: edits("The council"), code=1)
    told = dossier(root, "check", code=1)
    lines = text(root, BRIDGE).splitlines()
    for sign in ("<<<<<<<", "=======", ">>>>>>>"):
        (at,) = (number for number, line in enumerate(lines, 1) if line.startswith(sign))
        assert f"{BRIDGE}:{at}:1: D904 `{sign}` is a conflict marker" in told


def test_a_name_accepted_on_one_branch_stays_accepted_if_the_other_wrote_its_record(root):
    def described():
        (root / "content/entities/ada-moreau.md").write_text(
            "---\ntitle: Ada Moreau\ntype: person\nstatus: reviewed\n---\n", encoding="utf-8"
        )
        dossier(root, "update")

    def accepted():
        dossier(root, "review", "--bulk", "accept", "--words", "Ada Moreau", "--yes")

    fork(root, described, accepted)
    dossier(root, "update")
    waiting = dossier(root, "publish", "--dry-run", BRIDGE, code=1)
    assert "Ada Moreau" not in waiting
    assert "Karim Okoro" in waiting
