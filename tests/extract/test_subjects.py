"""Whom "he", "it", "the company" or "the minister" means, and nobody where two fit."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.extract.authority import build
from dossierkit.extract.pipeline import extract
from dossierkit.extract.propose import propose
from dossierkit.model.finding import Extraction
from dossierkit.model.record import Record
from dossierkit.model.source import Article

RECORDS = build(
    [
        Record("ada", "Ada Moreau", "person"), Record("hale", "Jesse Hale", "person"),
        Record("mining", "Lenn Mining", "organization"), Record("ore", "Tarn Ore", "organization"),
        Record("health", "Ministry of Health", "organization"),
    ]
)  # fmt: skip


def found(text: str) -> Extraction:
    return extract(Article("a", text, published="2016-05-30"), RECORDS)


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Ada Moreau met the council in May 2016. She left Tarn on 3 May 2016.", "ada"),
        ("Ada Moreau spoke. It rained in all of the valley. She left the town on 3 May 2016.", "ada"),
        ("Lenn Mining sold a mine in 2014. It bought another on 3 May 2016.", "mining"),
        ("Lenn Mining sold a mine in 2014. The company bought another on 3 May 2016.", "mining"),
        ("The Ministry of Health warned of flu. The ministry closed three wards on 3 May 2016.", "health"),
        ("Minister Ada Moreau met Jesse Hale. The minister left the town on 3 May 2016.", "ada"),
    ],
)
def test_a_word_means_the_subject_of_its_kind(text: str, about: str) -> None:
    assert about in found(text).events[-1].entities


@pytest.mark.parametrize(
    "text",
    [
        "Ada Moreau and Jesse Hale met in Tarn. He left the town on 3 May 2016.",
        "Lenn Mining and Tarn Ore sold a mine. It bought another on 3 May 2016.",
        "Lenn Mining and Tarn Ore sold a mine. The company bought another on 3 May 2016.",
        "Lenn Mining sold a mine. The ministry closed three wards on 3 May 2016.",
        "Minister Ada Moreau met Minister Jesse Hale. The minister left the town on 3 May 2016.",
        "Ada Moreau spoke. It rained. It rained. It rained. It rained. She left the town on 3 May 2016.",
    ],
)
def test_nobody_is_meant_where_two_fit_or_the_subject_is_long_gone(text: str) -> None:
    assert not {"ada", "hale", "mining", "ore", "health"} & {*found(text).events[-1].entities}


def test_a_heading_has_the_name_where_it_is_known_whose_it_is() -> None:
    text = "Ada Moreau resigned on 2 May 2016. She left Tarn on 3 May 2016."
    assert [event.text for event in found(text).events] == ["Ada Moreau resigned", "Ada Moreau left Tarn"]


def test_whom_a_name_only_describes_is_not_whom_the_event_is_about() -> None:
    (event,) = found("Lenn Mining’s rival Tarn Ore bought a mine on 3 May 2016.").events
    assert event.entities == ("ore",)


NEWS = "Lenn Mining has sold its oldest mine to Tarn Ore.\n\nThe sale was agreed on Friday. Ada Moreau signed the contract.\n"
LIFE = (
    "Ada Moreau was a painter. She studied in Lenn in 1921. She married Jesse Hale in 1930. Her work was forgotten. "
    "Jesse Hale sold her house in 1950."
)


def test_the_main_event_is_proposed_and_says_whose_day_it_has() -> None:
    extraction = found(NEWS)
    first = propose(Article("a", NEWS, published="2016-05-30"), extraction, RECORDS).timeline[0]
    assert (first.text, first.date, first.dated_by) == (
        "Lenn Mining has sold its oldest mine to Tarn Ore", "2016-05-27", "story",
    )  # fmt: skip


def test_a_report_that_names_no_day_has_its_main_event_on_the_day_of_the_report() -> None:
    text = "Lenn Mining has sold its oldest mine to Tarn Ore. Prices fell."
    (entry,) = propose(Article("a", text, published="2016-05-30"), found(text), RECORDS).timeline
    assert (entry.date, entry.dated_by, entry.when) == ("2016-05-30", "report", "")


def test_the_day_of_publication_dates_nothing_in_a_biography() -> None:
    assert not [event for event in found(LIFE).events if event.dated_by]


def test_today_in_a_life_does_not_make_it_a_report() -> None:
    text = f"{LIFE} Jesse Hale praised the painter. Today her house is a museum. Lenn Mining used it."
    assert not [event for event in found(text).events if event.dated_by]


@pytest.mark.parametrize("text", [NEWS, LIFE])
def test_what_is_proposed_is_what_the_extractor_says_is(text: str) -> None:
    article, extraction = Article("a", text, published="2016-05-30"), found(text)
    entries = {
        (entry.date, entry.quote, entry.text) for entry in propose(article, extraction, RECORDS).timeline
    }
    assert entries == {(event.date, event.quote, event.text) for event in extraction.events if event.proposed}


PRONOUNS = read_yaml(Path(__file__).parent / "cases" / "pronouns.yml")


@pytest.mark.parametrize("case", PRONOUNS, ids=lambda case: case["text"])
def test_a_heading_has_the_name_of_whom_a_pronoun_can_only_mean_and_else_is_not_proposed(
    case: dict[str, str | None],
) -> None:
    text = str(case["text"])
    last = text.rindex(". ", 0, len(text) - 2)
    entries = propose(Article("a", text, published="2016-05-30"), found(text), RECORDS).timeline
    shown = [entry.text for entry in entries if entry.start > last]
    assert shown == ([case["heading"]] if case["heading"] else [])
