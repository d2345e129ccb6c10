"""Twelve articles of different kinds, and how much of what an editor wants from them is proposed.

Right is an entity whose type and one of whose forms are those of the case file, and a timeline entry with the wanted date whose
quote has the wanted words. The floors lie a little under what was measured when they were set.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.extract.authority import EMPTY
from dossierkit.extract.names.installed import installed
from dossierkit.extract.pipeline import extract
from dossierkit.extract.propose import propose
from dossierkit.model.finding import NameFinder
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry
from dossierkit.model.source import Article

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("cases").joinpath("articles.yml"))
JUDGED = ("person", "organization", "place", "document")
Share = tuple[int, int, int]


def proposed(case: dict[str, Any], names: NameFinder | None) -> Proposal:
    lang = case.get("lang", "en")
    article = Article("a", case["text"], published=str(case["published"]), lang=lang)
    return propose(article, extract(article, EMPTY, names if names and names.reads(lang) else None), EMPTY)


def entities(case: dict[str, Any], proposal: Proposal) -> Share:
    """(right, wanted, proposed)."""
    wanted: list[dict[str, Any]] = case["entities"]
    judged = [one for one in proposal.entities if one.type in JUDGED and not _is_either(one, case)]
    right = [any(_is(one, entity) for one in judged) for entity in wanted]
    return sum(right), len(wanted), len(judged)


def entries(case: dict[str, Any], proposal: Proposal) -> Share:
    """(right, wanted, proposed)."""
    wanted = [(str(date), words) for date, words in case["entries"]]
    maybe = case.get("maybe", ())
    right = [any(_tells(entry, *one) for entry in proposal.timeline) for one in wanted]
    judged = [
        entry
        for entry in proposal.timeline
        if any(_tells(entry, *one) for one in wanted) or not any(words in entry.quote for words in maybe)
    ]
    return sum(right), len(wanted), len(judged)


def _is(one: ProposedEntity, wanted: dict[str, Any]) -> bool:
    return one.type == wanted["type"] and not set(one.forms).isdisjoint(wanted["names"])


def _is_either(one: ProposedEntity, case: dict[str, Any]) -> bool:
    return set(one.forms) <= set(case.get("either", ()))


def _tells(entry: ProposedEntry, date: str, words: str) -> bool:
    return entry.date == date and words in entry.quote


@pytest.fixture(scope="module", params=["model", "rules alone"])
def proposals(request: pytest.FixtureRequest) -> tuple[str, list[Proposal]]:
    names = installed() if request.param == "model" else None
    assert names is not None or request.param == "rules alone"
    return request.param, [proposed(case, names) for case in CASES]


@pytest.mark.parametrize(
    ("measure", "floors"),
    [
        (entities, {"model": (0.93, 0.95), "rules alone": (0.91, 0.95)}),
        (entries, {"model": (0.94, 0.96), "rules alone": (0.93, 0.96)}),
    ],
    ids=["entities", "entries"],
)
def test_shares_stay_above_their_floors(proposals, measure, floors: dict[str, tuple[float, float]]) -> None:
    system, made = proposals
    shares = [measure(case, proposal) for case, proposal in zip(CASES, made, strict=True)]
    right, wanted, given = (sum(share[at] for share in shares) for at in range(3))
    recall, precision = floors[system]
    assert right / wanted >= recall
    assert right / given >= precision


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_every_entry_says_its_words(case: dict[str, Any]) -> None:
    for entry in proposed(case, installed()).timeline:
        assert entry.quote in case["text"]
        words = re.findall(r"\w+", case["text"].casefold())
        words += [word.removeprefix("و") for word in words]  # "and" is written together with the next word
        assert set(re.findall(r"\w+", entry.text.casefold().replace("’s ", " "))) <= set(words)
        assert len(entry.text) <= 160
