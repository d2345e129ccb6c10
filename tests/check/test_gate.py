"""What stops a build is never missed by the check."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.build.load_site import SiteSettings, compiled

CASES = read_yaml(Path(__file__).parent / "cases.yml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_every_error_of_the_build_is_an_error_of_the_check(filled, case, templates):
    for path, text in case["files"].items():
        filled.write(path if path.startswith("seeds/") else f"content/{path}", text)
    told = SiteSettings(docs=filled.root / "content", drafts=True)
    built = compiled(told, bytecode=templates).problems
    checked = [one.problem for one in filled.check().found]
    lines = {
        (one.path, one.line if one.code != "D304" and one.line else 0)
        for one in checked
        if one.severity == "error"
    }
    items = {one.path for one in checked if one.severity == "error"}
    for problem in built:
        if problem.severity == "error":
            assert problem.path in items
            if problem.line and problem.code != "D304":
                assert any(line >= problem.line for path, line in lines if path == problem.path)
    assert sum(one.severity == "error" for one in built) <= sum(one.severity == "error" for one in checked)
