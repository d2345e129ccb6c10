"""The hour that words say, by the case file."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.text.hours import hour_said

CASES = read_yaml(Path(__file__).parent / "cases_hours.yml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["words"])
def test_the_hour_of_the_case_file(case):
    found = hour_said(case["words"], case["lang"])
    said = None if found is None else f"{found // 60:02d}:{found % 60:02d}"
    assert said == case["said"]
