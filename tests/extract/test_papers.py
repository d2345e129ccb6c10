"""Judgments, indictments, reports of inquiries and transcripts: what a party claims keeps its party, and signs of the paper are no words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.extract.authority import EMPTY, build
from dossierkit.extract.pipeline import extract
from dossierkit.model.record import Record
from dossierkit.model.source import Article

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("cases").joinpath("papers.yml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_the_entries_are_those_of_the_case_file(case: dict[str, Any]) -> None:
    events = extract(Article("a", case["text"], "", "2010-06-05", case.get("lang", "en")), EMPTY).events
    found = [[str(event.date), event.text] for event in events if event.proposed]
    assert found == [[str(date), heading] for date, heading in case["entries"]]


def test_whom_a_paper_calls_the_applicant_takes_part_where_it_says_so() -> None:
    moreau = Record("ada-moreau", "Ada Moreau", "person")
    text = (
        "Ms Ada Moreau (“the applicant”) lodged an application.\n\nThe applicant was arrested on 3 May 1999."
    )
    events = extract(Article("a", text, "", "2010-06-05", "en"), build([moreau])).events
    assert [event.entities for event in events if event.date == "1999-05-03"] == [("ada-moreau",)]
    assert [event.text for event in events if event.date == "1999-05-03"] == ["The applicant was arrested"]
