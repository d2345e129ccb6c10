"""Descriptions are no names: what is proposed of sentences that hold both."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.extract.authority import EMPTY
from dossierkit.extract.names.installed import installed
from dossierkit.extract.pipeline import extract
from dossierkit.extract.propose import propose
from dossierkit.model.proposal import ProposedEntity
from dossierkit.model.source import Article

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("cases").joinpath("described.yml"))


def proposed(text: str) -> tuple[ProposedEntity, ...]:
    article = Article("a", text, published="2016-06-01")
    return propose(article, extract(article, EMPTY, installed()), EMPTY).entities


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:40] for case in CASES])
def test_names_are_proposed_and_their_descriptions_are_not(case: dict[str, Any]) -> None:
    entities = proposed(case["text"])
    names = {f"{entity.type}: {form}" for entity in entities for form in (entity.name, *entity.forms)}
    assert set(case["found"]) <= names
    assert not {f"{entity.name}" for entity in entities} & set(case["not"])
    assert not {form for entity in entities for form in entity.forms} & set(case["not"])
    bearers = {form: entity.entity for entity in entities for form in entity.forms}
    assert all(len({bearers[form] for form in forms}) == 1 for forms in case.get("together", ()))
    assert len({bearers[form] for form in case.get("apart", ())}) == len(case.get("apart", ()))
