from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from dossierkit.extract.authority import EMPTY
from dossierkit.extract.pipeline import extract
from dossierkit.model.article import Article

CASES = yaml.safe_load((Path(__file__).parent / "events_cases.yml").read_text(encoding="utf-8"))


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
