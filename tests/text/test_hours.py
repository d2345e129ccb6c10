"""The hour that words say, by the case file."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dossierkit.text.hours import hour_said

CASES = yaml.safe_load((Path(__file__).parent / "cases_hours.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["words"])
def test_the_hour_of_the_case_file(case):
    found = hour_said(case["words"], case["lang"])
    said = None if found is None else f"{found // 60:02d}:{found % 60:02d}"
    assert said == case["said"]
