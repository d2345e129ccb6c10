"""Every rule, by cases that an editor can read and add to."""

from __future__ import annotations

import time
from collections import defaultdict
from pathlib import Path

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.build.configuration import load, settings
from dossierkit.build.load_site import compiled
from dossierkit.check.selection import RuleSelection
from dossierkit.workflow.check import fix

CASES = read_yaml(Path(__file__).parent / "cases.yml")
RECORDS = {
    "entities/jane-doe.md": "---\ntitle: Jane Doe\ntype: person\n---\n",
    "entities/geneva.md": "---\ntitle: Geneva\ntype: place\n---\n",
}


def fill(desk, files):
    for path, text in {**RECORDS, **files}.items():
        desk.write(path if path.startswith("seeds/") else f"content/{path}", text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_case(desk, case):
    fill(desk, case["files"])
    found = [place.removeprefix("content/") for place in desk.places(notes=True)]
    unasked = {"entities/jane-doe.md:2:8 D311", "entities/geneva.md:2:8 D311"} - set(case["found"])
    assert sorted(set(found) - unasked) == sorted(case["found"])
    assert len(found) == len(set(found))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_a_build_reports_at_the_same_places(desk, templates, case):
    fill(desk, case["files"])
    checked = defaultdict(set)
    for problem in (one.problem for one in desk.check().found):
        checked[problem.path, problem.code, problem.message].add((problem.line, problem.col))
    for problem in compiled(settings(load(desk.root), drafts=True), bytecode=templates).problems:
        places = checked.get((problem.path, problem.code, problem.message))
        assert places is None or (problem.line, problem.col) in places, (problem, places)


@pytest.mark.parametrize("case", [case for case in CASES if "fixed" in case], ids=lambda case: case["title"])
def test_fixes(desk, case):
    fill(desk, case["files"])
    assert fix(desk.root, RuleSelection()) > 0
    for path, text in case["fixed"].items():
        assert desk.read(f"content/{path}") == text
    assert fix(desk.root, RuleSelection()) == 0


@pytest.mark.parametrize(
    "case", [case for case in CASES if "fixed" not in case], ids=lambda case: case["title"]
)
def test_what_is_not_certain_is_left_alone(desk, case):
    fill(desk, case["files"])
    mended = {one.problem.path for one in desk.check().found if one.fix}
    fix(desk.root, RuleSelection())
    for path, text in case["files"].items():
        if f"content/{path}" not in mended:
            assert desk.read(path if path.startswith("seeds/") else f"content/{path}") == text


def test_line_breaks_marks_and_comments_stay_with_a_fix(desk):
    fill(desk, {})
    page = "\ufeff---\r\n# mine\r\ntitle: no  # yes\r\nentites: [jane-doe, geneva]\r\n---\r\n\r\nJane Doe in Geneva.\r\n"
    desk.write("content/articles/a.md", page.encode())
    assert fix(desk.root, RuleSelection()) == 2
    expected = page.replace("title: no ", 'title: "no" ').replace("entites", "entities")
    assert desk.read("content/articles/a.md") == expected


def test_a_fix_that_would_lose_a_comment_is_not_made(desk):
    fill(desk, {})
    page = "---\ntitle: A\ntags:\n  - x\n  - x  # the editor's\n---\nText.\n"
    desk.write("content/articles/a.md", page)
    assert fix(desk.root, RuleSelection()) == 0
    assert desk.read("content/articles/a.md") == page


def test_a_key_is_not_renamed_where_its_value_would_be_wrong(desk):
    fill(desk, {})
    page = "---\ntitle: A\nentites: {a: b}\n---\nText.\n"
    desk.write("content/articles/a.md", page)
    assert fix(desk.root, RuleSelection()) == 0
    assert desk.read("content/articles/a.md") == page


def test_private_details_are_told_with_the_words_and_the_name(desk):
    text = "Jane Doe was diagnosed with a fever. Her son Jim Doe, 15, saw it at 12 Lake Road."
    fill(desk, {"articles/a.md": f"---\ntitle: A\nlang: en\nentities: [jane-doe]\n---\n{text}\n"})
    messages = [one.problem.message for one in desk.check("D7").found]
    for words in ("“diagnosed with” is", "names Jane Doe,", "“15” beside the name Jim Doe:", "“12 Lake Road” looks like an address"):  # fmt: skip
        assert sum(words in one for one in messages) == 1, words


@pytest.mark.parametrize(
    "words", ["`", "`a", "<a ", "1 Aa ", "a.b@", "+1 ", "1° ", "Aa ", "```\n", "12345", "+41 22 555 01 23 "]
)
def test_hostile_lengths_cost_no_more_than_their_length(desk, words):
    """40,000 characters of what rules look for; a rule that went over them again and again would take minutes. Markdown alone takes
    seconds for more, on a machine that is busy.
    """
    fill(desk, {})
    desk.write("content/articles/a.md", "---\ntitle: A\n---\n" + words * (40_000 // len(words)) + "\n")
    begun = time.process_time()
    desk.check("D1,D7")
    assert time.process_time() - begun < 5


@pytest.mark.parametrize("nesting", [300, 900, 5000])
def test_front_matter_nested_beyond_reason_is_told(desk, nesting):
    fill(desk, {})
    desk.write("content/articles/a.md", f"---\ntitle: A\nx: {'[' * nesting}{']' * nesting}\n---\nText.\n")
    assert all(place.endswith("D102") for place in desk.places())
