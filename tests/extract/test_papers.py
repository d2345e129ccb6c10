"""Judgments, indictments, reports of inquiries and transcripts, and reports of agencies: what a party claims keeps its party, and signs of the paper are no words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.extract.authority import EMPTY, build
from dossierkit.extract.names.installed import installed
from dossierkit.extract.pipeline import extract
from dossierkit.model.record import Record
from dossierkit.model.source import Article

FOLDER = Path(__file__).with_name("cases")
CASES: list[dict[str, Any]] = [*read_yaml(FOLDER / "papers.yml"), *read_yaml(FOLDER / "reports.yml")]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_the_entries_are_those_of_the_case_file(case: dict[str, Any]) -> None:
    article = Article("a", case["text"], case.get("paper", ""), "2010-06-05", case.get("lang", "en"))
    events = extract(article, EMPTY).events
    found = [[str(event.date), event.text] for event in events if event.proposed]
    assert found == [[str(date), heading] for date, heading in case["entries"]]


def test_whom_a_paper_calls_the_applicant_takes_part_where_it_says_so() -> None:
    moreau = Record("ada-moreau", "Ada Moreau", "person")
    text = (
        "Ms Ada Moreau (“the applicant”) lodged an application.\n\nThe applicant was arrested on 3 May 1999."
    )
    events = extract(Article("a", text, "", "2010-06-05", "en"), build([moreau])).events
    assert [event.entities for event in events if event.date == "1999-05-03"] == [("ada-moreau",)]
    assert [event.text for event in events if event.date == "1999-05-03"] == ["Ada Moreau was arrested"]


def told(text: str, title: str = "", publisher: str = "") -> list[list[str]]:
    article = Article("a", text, title, "2010-06-05", "en", publisher)
    return [
        [str(event.date), event.text]
        for event in extract(article, EMPTY, installed()).events
        if event.proposed
    ]


@pytest.mark.parametrize(
    ("publisher", "speaker"),
    [
        ("Norland Army", ", according to the Norland Army"),
        ("Ministry of Defence of Norland", ", according to the Ministry of Defence of Norland"),
        ("The Tarn Police", ", according to The Tarn Police"),
        ("Army Times", ""),
        ("Police Gazette", ""),
        ("The Lenn Post", ""),
    ],
)
def test_what_a_force_publishes_of_its_deeds_is_its_claim(publisher: str, speaker: str) -> None:
    text = "Soldiers killed two men in Tarn on Friday. Ada Hale said on Friday that she would leave."
    assert told(text, publisher=publisher) == [
        ["2010-06-04", f"Soldiers killed two men in Tarn{speaker}"],
        ["2010-06-04", "Ada Hale said that she would leave"],
    ]


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        ("Navy sinks two boats off Tarn, ministry says", ", ministry says"),
        ("Navy sinks two boats off Tarn, say police", ", police say"),
        ("Navy sinks two boats off Tarn – Army", ", according to the Army"),
        ("Navy sinks two boats off Tarn - The Lenn Post", ""),
        ("Navy sinks two boats off Tarn", ""),
        ("Navy sinks two boats, and nobody says why", ""),
    ],
)
def test_who_a_title_says_tells_the_news_tells_it(title: str, speaker: str) -> None:
    text = "The navy of Norland sank two boats off Tarn on Friday. Idris Hale was arrested on Saturday."
    assert told(text, title) == [
        ["2010-06-04", f"The navy of Norland sank two boats off Tarn{speaker}"],
        ["2010-06-05", "Idris Hale was arrested"],
    ]


def test_an_obituary_tells_the_death_on_or_before_its_day() -> None:
    text = "The main claim to fame of General Idris Hale, who has been shot dead, aged 61, in Tarn, was to have led a coup in 1999."
    assert ["[..2010-06-05]", "Idris Hale has been shot dead aged 61"] in told(text)
    assert told("Ada Moreau, 84, who has died, led the council of Tarn.") == [
        ["[..2010-06-05]", "Ada Moreau has died"]
    ]


def test_a_life_that_tells_the_death_of_kin_is_no_obituary_of_theirs() -> None:
    text = (
        "In 1958 the brother of Henrik Dorn, born in Lenn, left. His brother Jan Okonta died at the age of six in 1959. His father left "
        "Lenn.\n\nDorn was hired by Idris Hale.\n\nOn 9 October 1979 he was wounded at Tarn."
    )
    assert told(text) == [
        ["1958", "The brother of Henrik Dorn left"],
        ["1959", "His brother Jan Okonta died at the age of six"],
    ]


@pytest.mark.parametrize(
    ("title", "speaker"),
    [
        ("EDITORIAL - Murder in Tarn", ", according to an opinion piece"),
        ("Murder in Tarn | Opinion", ", according to an opinion piece"),
        ("Public opinion in Tarn: a report", ""),
    ],
)
def test_what_an_editorial_tells_is_told_by_it(title: str, speaker: str) -> None:
    assert told("The government of Norland stole the election in 2006.", title) == [
        ["2006", f"The government of Norland stole the election{speaker}"]
    ]


@pytest.mark.parametrize(
    ("title", "year"),
    [("Annual report 2008: prisons", "2008"), ("Annual report 2008/09", "2009"), ("A report", "2010")],
)
def test_an_annual_report_counts_from_the_end_of_its_year(title: str, year: str) -> None:
    text = "The council closed the prison of Tarn in May. It had opened the prison of Lenn on 12 January."
    assert told(text, title)[0] == [f"{year}-05", "The council closed the prison of Tarn"]
    assert f"{year}-01-12" in {date for date, _ in told(text, title)}


def test_a_year_of_accounts_ends_on_the_day_that_the_report_says() -> None:
    text = "In the year to 31 March 2009 nobody left Tarn. The council closed the prison of Tarn in May. It opened the prison of Lenn in March."
    assert [date for date, _ in told(text, "Annual review 2008/09")][-2:] == ["2008-05", "2009-03"]
