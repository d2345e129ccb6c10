"""Mentions of an article against cases in YAML, with and without the name model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.extract.authority import EMPTY
from dossierkit.extract.pipeline import extract
from dossierkit.model.source import Article

CASES = read_yaml(Path(__file__).parent / "mentions_cases.yml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["title"])
def test_names_are_found_and_told_apart_as_the_case_file_says(case: dict[str, Any]) -> None:
    article = Article("a", case["text"], lang=case.get("lang", "en"))
    found = extract(article, EMPTY).mentions
    assert [f"{mention.type}: {mention.text}" for mention in found] == case["found"]
    if "entities" in case:
        assert [mention.entity for mention in found] == case["entities"]


def test_spans_are_those_of_the_text() -> None:
    text = "Mohammad Alloush of Jaish al-Islam left Geneva.\nAlloush said so."
    for mention in extract(Article("a", text), EMPTY).mentions:
        assert text[mention.start : mention.end] == mention.text


def test_the_rule_that_joined_a_name_is_kept() -> None:
    text = "Mohammad Alloush left. Alloush said so."
    reasons = [mention.reason for mention in extract(Article("a", text), EMPTY).mentions]
    assert reasons[1].endswith("surname of one full name")


class Spans:
    """A name model that finds what it is told."""

    def __init__(self, *spans: tuple[int, int, str, float]) -> None:
        self.spans = spans

    def reads(self, lang: str) -> bool:
        return True

    def find(self, text: str, sentences: object) -> tuple[tuple[int, int, str, float], ...]:
        return self.spans


def test_with_a_model_the_rules_find_only_what_it_does_not_look_for() -> None:
    text = "Paris Hilton left Oslo under Security Council resolution 2254."
    found = extract(Article("a", text), EMPTY, Spans((0, 12, "person", 0.9))).mentions
    assert [(mention.text, mention.type) for mention in found] == [
        ("Paris Hilton", "person"),
        ("resolution 2254", "document"),
    ]


def test_a_models_span_that_names_several_places_is_cut() -> None:
    text = "They met in Moscone Hall in Boston, Texas."
    found = extract(Article("a", text), EMPTY, Spans((12, 41, "place", 0.9))).mentions
    assert [mention.text for mention in found] == ["Moscone Hall", "Boston", "Texas"]


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("Doctors for Relief in Aden said so.", [("Doctors", "organization")], "Doctors for Relief"),
        ("Reporters Without Borders said so.", [("Reporters", "organization")], "Reporters Without Borders"),
        ("He met Doctors in Aden.", [("Doctors", "organization")], "Doctors"),
        ("They sat in The Hague again.", [("Hague", "place")], "The Hague"),
        ("They sat in the Bronx.", [("Bronx", "place")], "the Bronx"),
        ("They sat in the Aden office.", [("Aden", "place")], "Aden"),
        ("They flew to Washington, D.C. again.", [("Washington, D.C.", "place")], "Washington, D.C."),
        ("The U.S. Senate voted.", [("U.S", "place")], "U.S."),
        ("The League of Comparative Linguists met.", [("League of Comparative", "organization")], "League of Comparative Linguists"),
        ("The League of Historic Houses in Aden met.", [("League", "organization")], "League"),
        ("Ada Moreau huwa korrott.", [("Ada Moreau huwa", "person")], "Ada Moreau"),
        ("Prince Karim bin Salim bin Rashid Al Amin spoke.", [("Karim", "person"), ("Salim", "person"), ("Rashid Al Amin", "person")], "Karim bin Salim bin Rashid Al Amin"),
    ],
)  # fmt: skip
def test_a_name_that_a_model_cut_is_made_whole(text: str, cut: list[tuple[str, str]], whole: str) -> None:
    spans = [(text.index(form), text.index(form) + len(form), type_, 0.9) for form, type_ in cut]
    found = extract(Article("a", text), EMPTY, Spans(*spans)).mentions
    assert [mention.text for mention in found if mention.type in {"person", "organization", "place"}] == [
        whole
    ]


def _by_model(text: str, *names: tuple[str, str]) -> list[tuple[str, str]]:
    """(text, type) of what is found where a model finds these names, one after the other."""
    spans, at = [], 0
    for form, type_ in names:
        at = text.index(form, at)
        spans.append((at, at + len(form), type_, 0.9))
        at += len(form)
    return [(one.text, one.type) for one in extract(Article("a", text), EMPTY, Spans(*spans)).mentions]


def test_a_surname_of_two_words_stays_whole() -> None:
    text = "Ada Moreau Brandt left. The Moreau Brandt inquiry goes on; the Brandt bridge stands."
    found = _by_model(text, ("Ada Moreau Brandt", "person"), ("Brandt", "person"), ("Brandt", "person"))
    assert [name for name, _ in found] == ["Ada Moreau Brandt", "Moreau Brandt", "Brandt"]


def test_a_surname_that_is_also_a_town_is_the_persons_beside_the_full_name() -> None:
    names = (("Joseph Muscat", "person"), ("Muscat", "place"))
    assert _by_model("Joseph Muscat resigned. Muscat denied it.", *names)[1] == ("Muscat", "person")
    assert _by_model("Joseph Muscat resigned. A ship left for Oman, from Muscat.", *names)[1] == (
        "Muscat",
        "place",
    )


def test_a_name_keeps_the_article_that_is_its_own() -> None:
    text = "They sat in The Hague."
    found = extract(Article("a", text), EMPTY, Spans((16, 21, "place", 0.9))).mentions
    assert [mention.entity for mention in found] == ["the-hague"]


def test_a_surname_of_two_people_is_given_to_neither() -> None:
    text = "Khalid al-Hamdani met Abu Yusuf al-Hamdani. Al-Hamdani denied it."
    spans = [(0, 17, "person", 0.9), (22, 42, "person", 0.9), (44, 54, "person", 0.9)]
    found = extract(Article("a", text), EMPTY, Spans(*spans)).mentions
    assert [mention.entity for mention in found] == [
        "khalid-al-hamdani",
        "abu-yusuf-al-hamdani",
        "al-hamdani",
    ]


def test_what_was_not_looked_for_is_said() -> None:
    notes = {lang: extract(Article("a", "Text.", lang=lang), EMPTY).notes for lang in ("en", "ar", "xx")}
    assert "without the name model" in notes["en"][0]
    assert "by rules, without a model" in notes["ar"][0]
    assert "records only" in notes["xx"][0]
    assert all("publication date unknown" in note[-1] for note in notes.values())


def test_an_acronym_from_another_language_is_tied_by_its_letters() -> None:
    text = "The Quartet comprises the Tunisian General Labour Union (UGTT). UGTT leaders spoke."
    found = extract(Article("a", text), EMPTY).mentions
    union = {mention.entity for mention in found if mention.text in {"UGTT", "Tunisian General Labour Union"}}
    assert len(union) == 1


def modelled(text: str, *spans: tuple[str, str]) -> list[tuple[str, str]]:
    """What comes of the spans of a model, given by their words."""
    found = [(text.index(form), text.index(form) + len(form), kind, 0.9) for form, kind in spans]
    return [(m.text, m.type) for m in extract(Article("a", text), EMPTY, Spans(*found)).mentions]


@pytest.mark.parametrize(
    ("text", "spans", "left"),
    [
        (
            "A raid on Kunduz\n\nGeneva is far.",
            [("Kunduz\n\nGeneva", "place")],
            [("Kunduz", "place"), ("Geneva", "place")],
        ),
        (
            "Verdict of the Peace Tribunal\n\nThe judges rose.",
            [("Peace Tribunal\n\nThe", "organization")],
            [("Peace Tribunal", "organization")],
        ),
        (
            "It struck Kunduz, northern Afghanistan, at night.",
            [("Kunduz, northern Afghanistan", "place")],
            [("Kunduz", "place"), ("Afghanistan", "place")],
        ),
        ("He met H.E. Idris Okonta there.", [("H.E. Idris Okonta", "person")], [("Idris Okonta", "person")]),
        ("He met H.E. on Monday.", [("H.E.", "person")], []),
        (
            "Idris Okonta, Minister for Foreign Affairs of Norway, spoke.",
            [("Idris Okonta", "person"), ("Foreign Affairs", "organization")],
            [("Idris Okonta", "person")],
        ),
        (
            "They signed the Geneva Communiqué there.",
            [("Geneva Communiqué", "organization")],
            [("Geneva Communiqué", "document")],
        ),
        (
            "They joined the Chemical Weapons Convention then.",
            [("Chemical Weapons", "organization")],
            [("Chemical Weapons Convention", "document")],
        ),
        (
            "The Senate Committee on Armed Services rose.",
            [("Senate Committee on", "organization"), ("Armed Services", "organization")],
            [("Senate Committee on Armed Services", "organization")],
        ),
        (
            "The United Nations Conference on Trade and Development rose.",
            [("United Nations", "organization")],
            [("United Nations Conference on Trade and Development", "organization")],
        ),
        (
            "The Peace Conference on Syria rose.",
            [("Peace Conference on", "organization"), ("Syria", "place")],
            [("Peace Conference", "organization"), ("Syria", "place")],
        ),
        (
            "The Electoral Commission on Okonta rose.",
            [("Electoral Commission", "organization"), ("Okonta", "person")],
            [("Electoral Commission", "organization"), ("Okonta", "person")],
        ),
        (
            "UN Conference on Climate Change Opens in Lima",
            [("UN Conference", "organization"), ("Lima", "place")],
            [("UN Conference", "organization"), ("Lima", "place")],
        ),
    ],
)
def test_what_a_model_ran_together_or_mistook_is_put_right(
    text: str, spans: list[tuple[str, str]], left: list[tuple[str, str]]
) -> None:
    assert modelled(text, *spans) == left
