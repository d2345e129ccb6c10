"""The main event of an article is proposed in every language, from the sentence that carries the title's words."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.extract.authority import EMPTY
from dossierkit.extract.pipeline import extract
from dossierkit.model.finding import Event
from dossierkit.model.source import Article

CASES: list[dict[str, str]] = read_yaml(Path(__file__).with_name("cases").joinpath("main_events.yml"))


def proposed(case: dict[str, str]) -> list[Event]:
    article = Article("a", case["text"], case.get("title", ""), str(case["published"]), case["lang"])
    return [event for event in extract(article, EMPTY).events if event.proposed]


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['lang']}: {(case['main'] or case['text'])[:40]}"
)
def test_the_main_event_has_the_heading_and_day_of_the_case_file(case: dict[str, str]) -> None:
    events = proposed(case)
    found = [f"{event.date} {event.dated_by or 'words'} | {event.text}" for event in events]
    assert case["main"] in found if case["main"] else not any(event.dated_by for event in events)
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    "case", CASES, ids=lambda case: f"{case['lang']}: {(case['main'] or case['text'])[:40]}"
)
def test_its_quote_is_in_the_text_and_the_events_are_in_order(case: dict[str, str]) -> None:
    events = proposed(case)
    assert all(event.quote in case["text"][event.start : event.end] for event in events)
    assert [event.start for event in events] == sorted(event.start for event in events)


def test_without_a_day_of_publication_no_day_is_made_up() -> None:
    text = "Le juge Marc Tellier a repris la main sur le dossier. Il convoque deux généraux."
    assert not any(
        event.date for event in extract(Article("a", text, "Le juge reprend", None, "fr"), EMPTY).events
    )


def test_a_sentence_that_opens_with_a_day_long_ago_is_not_of_the_report() -> None:
    text = "Twee jaar geleden veroordeelde de rechtbank burgemeester Jan de Vries. Drie weken geleden sloot de regering de brug."
    article = Article("a", text, "Rechtbank veroordeelde burgemeester", "2016-06-05", "nl")
    assert not [
        event for event in extract(article, EMPTY).events if event.dated_by == "report" and event.proposed
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("hi", "नई दिल्ली, 28 मई (नमूना)। तार्न का पुराना पुल शुक्रवार को फिर खुला।"),
        ("bn", "ঢাকা, ২৮ মে (নমুনা)। পুরোনো সেতুটি শুক্রবার আবার খুলেছে।"),
    ],
)
def test_place_date_and_agency_are_no_event(lang: str, text: str) -> None:
    case = {"lang": lang, "text": text, "title": "", "published": "2021-05-29"}
    assert [(event.date, event.text) for event in proposed(case)] == [
        ("2021-05-28", text.partition("। ")[2].rstrip("।"))
    ]
