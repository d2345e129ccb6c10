"""Which sentences without a date become entries of the day of the report."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.extract.authority import EMPTY
from dossierkit.extract.pipeline import extract
from dossierkit.extract.propose import item_key, propose
from dossierkit.model.source import Article
from dossierkit.text.data import load

HERE = Path(__file__).parent
CASES = read_yaml(HERE / "cases" / "undated.yml")
LEAD = "The council of Tarn dismissed the mayor, Jesse Hale, on Monday. Hale left the hall with his lawyer Ada Moreau. "


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["text"]))
def test_an_event_of_the_day_is_proposed_and_background_is_not(case: dict[str, Any]) -> None:
    text = f"{LEAD}\n\nThe hall was full, and the miners of Norland stood outside.\n\n{case['text']}"
    found = extract(Article("a", text, published="2016-05-30"), EMPTY)
    assert (
        any(event.proposed for event in found.events if text.find(case["text"]) == event.start)
        == case["proposed"]
    )


MAIN_EVENTS = {
    "The council of Tarn dismissed the mayor, Jesse Hale.": "2016-05-30",
    "The council of Tarn has dismissed the mayor, Jesse Hale.": "2016-05-30",
    "A dam of Lenn Mining poisoned the river, officials said.": "[..2016-05-30]",
    "Two miners were stopped at a gate of Lenn Mining.": "[..2016-05-30]",
}
OTHERS = {
    "Ada Moreau urged the council to release the letters.": "2016-05-30",
    "The Norland Union condemned the arrest of Hale.": "[..2016-05-30]",
    "The Norland Union has also condemned the arrest of Hale.": "[..2016-05-30]",
    "Ada Moreau urged the council to release the letters, miners said.": "[..2016-05-30]",
    "Before the vote, the council of Tarn warned Ada Moreau.": "[..2016-05-30]",
    "Jesse Hale was also arrested by the guards of Norland.": "[..2016-05-30]",
}


def proposed(text: str, published: str = "2016-05-30") -> dict[str, str | None]:
    events = extract(Article("a", text, published=published), EMPTY).events
    return {text[event.start : event.end]: event.date for event in events if event.proposed}


@pytest.mark.parametrize("sentence", MAIN_EVENTS)
def test_a_main_event_told_without_a_deed_happened_on_or_before_the_day(sentence: str) -> None:
    assert proposed(sentence)[sentence] == MAIN_EVENTS[sentence]


@pytest.mark.parametrize("sentence", OTHERS)
def test_what_bodies_have_said_and_others_tell_happened_on_or_before_the_day(sentence: str) -> None:
    text = f"{LEAD}\n\nThe hall was full.\n\n{sentence}"
    assert proposed(text, "2016-06-01")[sentence] == OTHERS[sentence]


def test_what_stands_behind_an_earlier_day_happened_on_or_before_the_day_of_the_report() -> None:
    text = f"{LEAD}\n\nGuards raided Lenn Mining on Friday. Ada Moreau urged the guards to leave."
    assert list(proposed(text, "2016-06-01").values())[-2:] == ["2016-05-27", "[..2016-05-30]"]


def test_a_decision_about_an_entry_of_the_day_holds_for_one_on_or_before_it() -> None:
    sentence = "A dam of Lenn Mining poisoned the river, officials said."
    article = Article("a", sentence, published="2016-05-30")
    (entry,) = propose(article, extract(article, EMPTY), EMPTY).timeline
    assert (entry.date, entry.key) == ("[..2016-05-30]", item_key("event", "2016-05-30", entry.quote))


def test_what_a_report_tells_in_the_past_has_no_day_to_come() -> None:
    text = f"{LEAD}\n\nThe council has opened a hall for the first feast in July 2016. It asked Moreau to leave on 3 June 2016."
    assert "2016-07" not in proposed(text).values()
    assert "2016-06-03" in proposed(text).values()


def test_a_suspension_since_a_day_is_an_entry_and_hides_no_headline() -> None:
    text = "Court of Tarn frees Jesse Hale\n\nHale had been detained by guards since 5 May 2016."
    assert list(proposed(text).values()) == ["2016-05-30", "2016-05-05/.."]


def test_a_person_does_not_do_to_himself_what_he_does_to_a_man_of_his_name() -> None:
    text = "Jesse Hale is free. Hale won on Monday. He then ordered Hale to pay a fine on Tuesday."
    assert "2016-05-31" not in proposed(text, "2016-06-01").values()


def test_a_day_named_again_in_brackets_is_one_entry() -> None:
    text = "The council of Tarn dismissed the mayor, Jesse Hale, on Sunday (29 May)."
    assert list(proposed(text).values()) == ["2016-05-29"]


def test_what_is_not_proposed_stays_an_event_of_the_extraction() -> None:
    text = f"{LEAD}\n\nThe inquiry of Norland proceeded in parallel."
    (event,) = extract(Article("a", text, published="2016-06-01"), EMPTY).events[-1:]
    assert (event.proposed, event.date, event.dated_by) == (False, "2016-05-30", "story")


def test_the_day_on_which_somebody_reported_it_is_no_second_entry() -> None:
    text = "The agency said in a report on Tuesday that guards shot two miners on Monday."
    found = extract(Article("a", text, published="2016-05-31"), EMPTY).events
    assert [(event.date, event.text) for event in found if event.proposed] == [
        ("2016-05-30", "Guards shot two miners, the agency said")
    ]


def test_the_weights_are_those_that_training_makes() -> None:
    spec = importlib.util.spec_from_file_location("train", HERE.parents[1] / "training" / "train_undated.py")
    assert spec is not None
    assert spec.loader is not None
    train = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(train)
    assert train.weights() == load("en/undated_weights")
