"""People of one name whom "Jr.", "Sr." or a number tells apart are several; a surname or given name alone may mean either."""

from __future__ import annotations

import pytest

from dossierkit.evidence.candidates.settle import settler
from dossierkit.extract.authority import EMPTY
from dossierkit.extract.names.installed import installed
from dossierkit.extract.pipeline import extract
from dossierkit.extract.propose import propose
from dossierkit.model.proposal import Proposal
from dossierkit.model.source import Article


def proposed(text: str) -> Proposal:
    article = Article("a", text, published="2015-02-01", lang="en")
    return settler({}, ())(article, propose(article, extract(article, EMPTY, installed()), EMPTY))


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("George Hale Sr. praised George Hale Jr. in Texas.", {"George Hale Sr.", "George Hale Jr."}),
        (
            "Robert F. Hale Jr. was born in Boston. Robert F. Hale was his father.",
            {"Robert F. Hale Jr.", "Robert F. Hale"},
        ),
        ("It was signed by Carlos Hale, Jr.", {"Carlos Hale, Jr."}),
        ("Shah Abbas II restored it after Abbas III left.", {"Abbas II", "Abbas III"}),
        ("Charles H. Hale IV left Boston.", {"Charles H. Hale IV"}),
        (
            "Jan Moreau the Elder taught Jan Moreau the Younger in Antwerp.",
            {"Jan Moreau the Elder", "Jan Moreau the Younger"},
        ),
        ("Pope John Paul II met Queen Elizabeth II in Rome.", {"John Paul II", "Elizabeth II"}),
    ],
)
def test_a_generation_is_part_of_the_name(text: str, people: set[str]) -> None:
    assert {one.name for one in proposed(text).entities if one.type == "person"} == people


@pytest.mark.parametrize(
    ("text", "name", "also"),
    [
        ("Martin Luther King Jr. spoke in Memphis. King said no.", "Martin Luther King Jr.", "King"),
        ("Clay Tice Jr. left Boston. Tice ran.", "Clay Tice Jr.", "Tice"),
        ("King Abdullah II met ministers in Amman. Abdullah agreed.", "Abdullah II", "Abdullah"),
        ("Tsar Ivan the Great met envoys in Moscow. Ivan agreed.", "Ivan the Great", "Ivan"),
    ],
)
def test_the_short_form_of_one_is_theirs(text: str, name: str, also: str) -> None:
    found = proposed(text)
    assert [(one.name, one.also) for one in found.entities if one.type == "person"] == [(name, (also,))]
    assert not found.questions


def test_the_short_form_of_two_is_asked_about() -> None:
    found = proposed("George Hale Sr. praised George Hale Jr. in Texas. Hale left.")
    assert [(one.text, len(one.candidates)) for one in found.questions] == [("Which of these is “Hale”?", 2)]
