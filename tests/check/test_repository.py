"""The files of a repository before they are read as pages, by cases that an editor can read and add to."""

from __future__ import annotations

import os
import re
import shutil
import socket
from pathlib import Path

import pytest
from tests.support.git import git
from tests.support.yaml_files import read_yaml

from dossierkit.build.configuration import load
from dossierkit.check.selection import RuleSelection
from dossierkit.engines.engine import ENGINES
from dossierkit.engines.run import BuildOptions, build
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.store.conflicts import markers
from dossierkit.store.site_manifest import PATH
from dossierkit.workflow.check import run

MKDOCS = "site_name: x\ndocs_dir: content\ntheme: {name: mkdocs, custom_dir: templates}\nplugins: [dossier]\n"
CASES = read_yaml(Path(__file__).parent / "repository.yml")


def unescaped(text):
    return re.sub(
        r"\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|(n)|(\\))",
        lambda found: "\n" if found[3] else found[4] or chr(int(found[1] or found[2], 16)),
        text,
    )


def put(root, path, text):
    target = root / unescaped(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode())


@pytest.fixture
def filled(tmp_path):
    """`filled(case)`: the root of the repository of a case."""
    outside, root = tmp_path / "outside", tmp_path / "repository"
    outside.mkdir()
    (outside / "secret").write_text("---\ntitle: Secret words\n---\n", encoding="utf-8")

    def made(case):
        for folder in ("content/articles", "templates"):
            (root / folder).mkdir(parents=True)
        for path, text in ({"mkdocs.yml": MKDOCS} | case.get("files", {})).items():
            put(root, path, text)
        for path, target in case.get("links", {}).items():
            place = root / path
            place.parent.mkdir(parents=True, exist_ok=True)
            to = target.replace("OUTSIDE", str(outside)) if target.startswith("OUTSIDE") else root / target
            place.symlink_to(os.path.relpath(to, place.parent))
        if case.get("tracked"):
            git(root, "init", "-q")
            git(root, "add", "-f", *case["tracked"])
        return root

    return made


def places(problems):
    return sorted(f"{one.path}:{one.line}:{one.col} {one.code}" for one in problems)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_case(filled, case):
    found = [one.problem for one in run(filled(case), RuleSelection(), use_cache=False).found]
    assert places(found) == sorted(case["found"])
    warned = case.get("warned", [place for place in case["found"] if place.endswith("D903")])
    assert places(one for one in found if one.severity == "warning") == sorted(warned)
    assert all("Secret" not in one.message for one in found)
    for one in found:
        str(one).encode()
        assert "\n" not in one.path + one.message


STOPPING = [case for case in CASES if any(not place.endswith(("D903", "D908")) for place in case["found"])]


@pytest.mark.parametrize("case", STOPPING, ids=lambda case: case["title"])
def test_a_build_stops_for_the_same_before_anything_is_written(filled, case):
    root = filled(case)
    stops = [place for place in case["found"] if place not in case.get("warned", ())]
    if not stops:
        return
    with pytest.raises(DiagnosticsError) as raised:
        build(root, load(root), ENGINES["properdocs"], BuildOptions())
    told = places(raised.value.problems)
    pages = {place for place in stops if re.match(r"content/(articles|entities|dossiers)/[a-z]\.md:", place)}
    configuration = {place for place in stops if place.startswith("mkdocs.yml:")}
    expected = configuration or set(stops) - pages or pages
    assert expected <= set(told)
    assert not (root / "site").exists() or "site:0:0 D905" in stops
    assert not (root / ".dossier").exists()


def test_what_a_build_stops_for_is_not_let_pass(filled):
    settings = "extra: {dossier: {check: {ignore: {D902: we like backups here}}}}\n"
    root = filled({"files": {"content/x.bak": "x", "mkdocs.yml": MKDOCS + settings}})
    found = [one.problem.code for one in run(root, RuleSelection(), use_cache=False).found]
    assert sorted(found) == ["D130", "D902"]


@pytest.mark.parametrize("key", ["docs_dir: ../outside", "docs_dir: away"])
def test_a_docs_dir_outside_of_the_repository_is_refused(filled, key):
    configuration = MKDOCS.replace("docs_dir: content", key)
    root = filled({"files": {"mkdocs.yml": configuration}, "links": {"away": "OUTSIDE"}})
    assert "D901" in {one.problem.code for one in run(root, RuleSelection(), use_cache=False).found}


def test_a_theme_outside_of_the_repository_is_refused(filled):
    root = filled({"files": {"mkdocs.yml": MKDOCS.replace("templates", "../outside")}})
    assert places(one.problem for one in run(root, RuleSelection(), use_cache=False).found) == [
        "mkdocs.yml:0:0 D901"
    ]


def test_what_is_neither_a_file_nor_a_folder_is_refused_and_never_opened(filled, monkeypatch):
    root = filled({"files": {"content/entities/a.md": "---\ntype: person\n---\n", "seeds/a.txt": "x"}})
    special = ["content/b.yml", "content/entities/b.md", "seeds/a.suggested.yml", "templates/b.html"]
    for path in special:
        with socket.socket(socket.AF_UNIX) as one, monkeypatch.context() as there:
            there.chdir((root / path).parent)  # the path of a socket is short
            one.bind((root / path).name)
    expected = [f"{path}:0:0 D910" for path in special]
    assert places(one.problem for one in run(root, RuleSelection(), use_cache=False).found) == expected
    with pytest.raises(DiagnosticsError) as raised:
        build(root, load(root), ENGINES["properdocs"], BuildOptions())
    assert set(expected) <= set(places(raised.value.problems))


def test_without_git_the_rest_is_looked_at(filled, monkeypatch):
    root = filled({"files": {"content/x.bak": "x", "site/index.html": "x", f"site/{PATH}": "{}"}})
    monkeypatch.setenv("PATH", "")
    assert shutil.which("git") is None
    assert places(one.problem for one in run(root, RuleSelection(), use_cache=False).found) == [
        "content/x.bak:0:0 D902"
    ]


def test_many_markers_are_found_in_one_pass():
    text = "<<<<<<< a\n=======\n>>>>>>> b\n" * 50_000
    assert len(markers(text)) == 150_000
    assert markers(text)[-1] == (150_000, ">>>>>>>")
