"""The reference pages say what the code says, and every problem code is explained."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import click
import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.build.options import KNOWN
from dossierkit.text.data import load

ROOT = Path(__file__).resolve().parents[2]
CODE = re.compile(r"\bD[1-9][0-9]{2}\b")


@pytest.fixture(scope="module")
def reference():
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def used_codes():
    files = sorted((ROOT / "scripts" / "dossierkit").rglob("*.py"))
    return {code: file.name for file in files for code in CODE.findall(file.read_text(encoding="utf-8"))}


def test_the_reference_pages_are_those_of_the_code(reference):
    assert reference.stale() == [], "run `make reference`"


def test_every_code_is_explained_and_every_explanation_has_a_code():
    used, explained = used_codes(), load("problems")
    assert not used.keys() - explained.keys(), "explain them in scripts/dossierkit/data/problems.yml"
    assert not explained.keys() - used.keys(), "no such code any more: remove it"


def test_an_explanation_is_whole():
    for code, problem in load("problems").items():
        assert problem.keys() == {"title", "severity", "text"}, code
        assert problem["severity"] in {"error", "warning"}, code
        assert not problem["title"].endswith("."), code
        assert problem["text"].strip().endswith("."), code


def test_every_command_is_in_the_reference(reference):
    text = (ROOT / "docs" / "reference" / "cli.md").read_text(encoding="utf-8")
    for name in reference.dossier.list_commands(click.Context(reference.dossier)):
        assert f"## `dossier {name}`" in text


def test_every_setting_is_in_the_reference():
    text = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(\w+)` \|", text.split("## MkDocs")[0], re.MULTILINE)) == KNOWN


def test_links_between_the_docs_lead_somewhere():
    """Relative links and pictures of docs/, README and the other pages beside it, with their headings."""
    for page in [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]:
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"`[^`\n]*`", "", text)):
            if re.match(r"[a-z]+:", target):
                continue
            file, _, heading = target.partition("#")
            there = (page.parent / file).resolve() if file else page
            assert there.exists(), f"{page.relative_to(ROOT)} -> {target}"
            if heading:
                assert heading in headings(there), f"{page.relative_to(ROOT)} -> {target}"


def headings(page):
    titles = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_page_of_queries_has_each_query_that_the_search_is_held_to():
    """It is written by benchmarks/search/compare.py, which needs the peers: here it is only seen that none is missing."""
    cases = read_yaml(ROOT / "tests/browser/search_queries.yml")
    page = (ROOT / "benchmarks/search/queries.md").read_text(encoding="utf-8")
    listed = {line.split(" | ")[0].removeprefix("| ") for line in page.splitlines() if line.startswith("| ")}
    assert {case["q"] for some in cases.values() for case in some} <= listed
