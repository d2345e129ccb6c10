"""Chronicles: what stands under a heading that is a date is of that date. The case file may be extended by a curator."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.extract.authority import EMPTY
from dossierkit.extract.pipeline import extract
from dossierkit.model.source import Article

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("cases").joinpath("chronicles.yml"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_what_stands_under_a_date_is_of_it(case: dict[str, Any]) -> None:
    article = Article("a", case["text"], published=str(case["published"]), lang=case.get("lang", "en"))
    events = [event for event in extract(article, EMPTY).events if event.proposed]
    proposed = [[event.date, event.dated_by, event.text] for event in events]
    assert proposed == [[str(date), *rest] for date, *rest in case["entries"]]


def test_a_bullet_is_no_part_of_the_quote() -> None:
    case = CASES[0]
    article = Article("a", case["text"], published=str(case["published"]))
    quotes = {event.quote for event in extract(article, EMPTY).events}
    assert "Kerry leaves Geneva for Paris." in quotes
