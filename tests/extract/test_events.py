from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.extract.authority import EMPTY
from dossierkit.extract.pipeline import extract
from dossierkit.extract.propose import propose
from dossierkit.model.source import Article

CASES = read_yaml(Path(__file__).parent / "events_cases.yml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_events_have_the_dates_and_headings_of_the_case_file(case: dict[str, Any]) -> None:
    article = Article("a", case["text"], published=case.get("published"))
    events = extract(article, EMPTY).events
    assert [f"{event.date} | {event.text}" for event in events] == case["events"]


def test_a_quote_and_a_heading_are_words_of_the_sentence() -> None:
    text = "Talks began in Geneva on 29 January 2016, but Russia left in March 2016.\nHowever, they go on."
    for event in extract(Article("a", text, published="2016-05-30"), EMPTY).events:
        sentence = text[event.start : event.end]
        assert event.quote in sentence
        assert event.text in sentence
        assert text.count(event.quote) == 1


def test_a_sentence_that_stands_twice_is_quoted_whole() -> None:
    text = "Russia left in March 2016.\nRussia left in March 2016."
    events = extract(Article("a", text), EMPTY).events
    assert {event.quote for event in events} == {"Russia left in March 2016."}


def test_a_pronoun_takes_part_in_the_event_of_the_person_before() -> None:
    text = "John Kerry left Geneva on 3 March 2016. On 5 March 2016 he returned."
    events = extract(Article("a", text), EMPTY).events
    assert events[1].entities == ("john-kerry",)


def test_nothing_is_dated_by_guess() -> None:
    found = extract(Article("a", "Russia left last week. It returned on Friday. It is silent now."), EMPTY)
    assert [(event.date, found.timexes[event.timex].text) for event in found.events] == [
        (None, "last week"),
        (None, "Friday"),
    ]


@pytest.mark.parametrize(
    ("lang", "text", "told"),
    [
        ("en", "Kofi Annan was born in Kumasi on 8 April 1938.", True),
        ("en", "Born in Kumasi on 8 April 1938, Kofi Annan studied in Geneva.", False),
        ("en", "Kofi Annan, born in 1938, left Geneva.", False),
        ("en", "Born in Kumasi, Kofi Annan left Geneva in 1970.", True),
        ("en", "Born in Kumasi in 1938, Kofi Annan left Geneva in 1970.", True),
        ("fr", "Kofi Annan est né à Kumasi le 8 avril 1938.", True),
        ("fr", "Kofi Annan, né le 8 avril 1938 à Kumasi, a quitté Genève.", False),
        ("ar", "ولد الرئيس بشار الأسد في دمشق عام 1965.", True),
        ("ar", "غادر الرئيس بشار الأسد، وهو من مواليد عام 1965، دمشق.", False),
    ],
)
def test_a_day_of_a_sentence_on_a_birth_is_proposed_where_it_is_what_the_sentence_says(
    lang: str, text: str, *, told: bool
) -> None:
    article = Article("a", text, published="2016-05-30", lang=lang)
    entries = propose(article, extract(article, EMPTY), EMPTY).timeline
    of_the_report = article.published
    days_told = {entry.date for entry in entries} - {of_the_report}
    assert bool(days_told) == told


def test_the_day_on_which_something_was_told_adds_no_entry() -> None:
    text = "The army shelled the village of Hale on May 9, 2016, killing three miners, Lenn Watch said today."
    article = Article("a", text, published="2016-05-30")
    entries = propose(article, extract(article, EMPTY), EMPTY).timeline
    assert [(entry.date, entry.text) for entry in entries] == [
        ("2016-05-09", "The army shelled the village of Hale, Lenn Watch said")
    ]


def test_what_a_quotation_says_has_its_speaker_or_is_no_entry() -> None:
    text = "“The mine opened in 2008. The council closed the bridge in 2009,” Ada Moreau said."
    article = Article("a", text, published="2016-05-30")
    entries = propose(article, extract(article, EMPTY), EMPTY).timeline
    assert [(entry.date, entry.text) for entry in entries] == [
        ("2009", "The council closed the bridge, Ada Moreau said")
    ]


def test_a_speaker_who_is_only_a_pronoun_has_a_name_or_there_is_no_entry() -> None:
    named = "Ada Moreau left Lenn on 2 May 2016. The bridge of Lenn, she said, would close on 3 June 2016."
    unnamed = named.replace("Ada Moreau", "The council")
    found = [propose(one, extract(one, EMPTY), EMPTY) for one in (Article("a", named), Article("b", unnamed))]
    told = [[entry.text for entry in one.timeline if entry.date == "2016-06-03"] for one in found]
    assert told == [["The bridge of Lenn would close, Ada Moreau said"], []]


def test_whom_a_court_sentenced_is_named() -> None:
    text = "Jesse Hale left Lenn on 2 May 2016. The council fined him on 3 May 2016 for the fire."
    article = Article("a", text, published="2016-05-30")
    entries = propose(article, extract(article, EMPTY), EMPTY).timeline
    assert ("2016-05-03", "The council fined Jesse Hale for the fire") in [
        (entry.date, entry.text) for entry in entries
    ]


def test_a_pronoun_before_another_name_is_the_person_told_of() -> None:
    text = "Kofi Annan left Geneva in 1990. He became envoy in 1997, succeeding John Kerry. In 2001 he left for home."
    events = extract(Article("a", text), EMPTY).events
    assert [event.entities for event in events] == [
        ("kofi-annan", "geneva"),
        ("john-kerry", "kofi-annan"),
        ("kofi-annan",),
    ]


@pytest.mark.parametrize(
    ("lang", "text", "score"),
    [
        ("fr", "Le 3 mai 2016, le président François Hollande a quitté Genève.", 0.85),
        ("fr", "François Hollande quittera Genève le 3 juin 2016.", 0.6),
        ("ar", "غادر الرئيس بشار الأسد دمشق في 3 أيار 2016.", 0.85),
        ("ar", "سيغادر الرئيس بشار الأسد دمشق في 3 حزيران 2016.", 0.6),
        ("ar", "أُطلِق سراح بشار الأسد في دمشق في 3 أيار 2016.", 0.85),
        ("ar", "ستُعقد محادثات بشار الأسد في دمشق في 3 حزيران 2016.", 0.6),
    ],
)
def test_tense_counts_in_french_and_arabic_too(lang: str, text: str, score: float) -> None:
    (event,) = extract(Article("a", text, published="2016-05-30", lang=lang), EMPTY).events
    assert event.score == score


def test_a_pronoun_counts_in_each_clause_that_has_it() -> None:
    text = "Kofi Annan left Geneva in 1990. He became the joint envoy to Syria in February 1997, but in the end he returned in October 2001 to Bern."
    events = extract(Article("a", text), EMPTY).events
    assert [event.entities for event in events[1:]] == [("syria", "kofi-annan"), ("bern", "kofi-annan")]


def test_a_clause_with_a_date_of_its_own_is_not_dated_by_the_report_too() -> None:
    text = (
        "General Idris Okonta and the guards who staged a coup that overthrew President Paul Brenner on July 26 accuse Brenner of "
        "treason and are vowing to bring him to justice. The 63-year-old former Niger president has been locked up in the basement "
        "of his building in the capital city of Niamey since July 26.\n\nThe Lenn Union has condemned the coup, saying it hinders "
        "the transfer of power.\n\nAfter the ultimatum, the heads of state held a meeting in Norway. A special meeting will bring "
        "together the heads of the forces on August 17 in Accra, Ghana."
    )
    article = Article("a", text, title="Junta in Niger to prosecute the president", published="2023-08-15")
    found = extract(article, EMPTY, None).events
    assert [event.date for event in found if event.proposed and "locked up" in event.text] == [
        "2023-07-26/.."
    ]


def test_the_words_of_a_date_of_two_days_are_those_of_both() -> None:
    text = "The support group met in Munich on 11 and 12 February."
    (event,) = extract(Article("a", text, published="2016-02-12"), EMPTY).events
    assert (event.date, event.when) == ("2016-02-11/2016-02-12", "11 and 12 February")


@pytest.mark.parametrize(
    ("lang", "text", "date", "when"),
    [
        (
            "en",
            "Ada Moreau was held between May 1992 and January 1993.",
            "1992-05/1993-01",
            "May 1992 and January 1993",
        ),
        (
            "en",
            "Ada Moreau was held in Tarn from 3 to 5 May 2016.",
            "2016-05-03/2016-05-05",
            "3 to 5 May 2016",
        ),
        ("fr", "Ada Moreau a été détenue du 3 au 5 mai 2016.", "2016-05-03/2016-05-05", "3 au 5 mai 2016"),
        ("en", "Ada Moreau was held in Tarn in May 2016.", "2016-05", "May 2016"),
        (
            "en",
            "Ada Moreau was held last week, and Ida Hale was held last week.",
            "2016-05-30/2016-06-05",
            "last week",
        ),
    ],
)
def test_the_words_of_a_period_are_those_of_both_its_ends(lang: str, text: str, date: str, when: str) -> None:
    (event,) = extract(Article("a", text, published="2016-06-12", lang=lang), EMPTY).events
    assert (event.date, event.when) == (date, when)
