"""Where a text names the entities of its page: one rule for proposals, pages and checks."""

from __future__ import annotations

import pytest

from dossierkit.text.named import Bearer, named

ADA = Bearer("ada", "person", (), ("Ada Moreau",), ("Moreau",))
JEAN = Bearer("jean", "person", (), ("Jean Moreau",), ("Moreau",))
TEXT = "Ada Moreau met Jean Moreau. Moreau left."


def spans(text, *bearers, title=""):
    return [(text[one.start : one.end], one.entity) for one in named(text, title, bearers).spans]


def unsettled(text, *bearers):
    return [(one.form, one.bearers) for one in named(text, "", bearers).unsettled]


def test_a_weak_alias_means_the_only_one_who_bears_it():
    assert spans("Ada Moreau came. Moreau left.", ADA) == [("Ada Moreau", "ada"), ("Moreau", "ada")]
    assert spans("Moreau left.", ADA) == []
    assert spans("Moreau left.", ADA, title="Ada Moreau resigns") == [("Moreau", "ada")]


def test_a_weak_alias_of_two_means_neither():
    assert spans(TEXT, ADA, JEAN) == [("Ada Moreau", "ada"), ("Jean Moreau", "jean")]
    assert unsettled(TEXT, ADA, JEAN) == [("Moreau", ("ada", "jean"))]


def test_a_weak_alias_means_nobody_beside_another_of_that_surname():
    other = Bearer("jean", "person", ("Jean Moreau",))
    assert ("Moreau", "ada") not in spans(TEXT, ADA, other)
    assert unsettled(TEXT, ADA, other) == [("Moreau", ("ada", "jean"))]


def test_two_of_one_first_name_are_asked_about_too():
    one, other = Bearer("a", "person", ("Ada Moreau",)), Bearer("b", "person", ("Ada Lenn",))
    assert unsettled("Ada Moreau met Ada Lenn. Ada left.", one, other) == [("Ada", ("a", "b"))]


def test_what_the_page_says_of_a_form_goes_first():
    said = Bearer("ada", "person", ("Moreau",), ("Ada Moreau",))
    assert spans(TEXT, said, JEAN)[-1] == ("Moreau", "ada")
    assert unsettled(TEXT, said, JEAN) == []


def test_a_form_that_two_claim_is_linked_to_neither():
    one, other = (
        Bearer("a", "organization", ("the Ministry",)),
        Bearer("b", "organization", ("the Ministry",)),
    )
    assert spans("the Ministry paid.", one, other) == []


def test_a_name_inside_another_is_the_others():
    city = Bearer("marden", "place", ("Marden",))
    school = Bearer("school", "organization", ("University of Marden",))
    assert spans("The University of Marden opened.", city, school) == [("University of Marden", "school")]


STATES = Bearer("united-states", "place", (), ("United States",), ("US", "American", "Americans"))
FRANCE = Bearer("france", "place", (), ("France",), ("French",))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Latin American leaders met an American envoy.", ["American"]),
        ("African-Americans and Native Americans voted; other Americans did not.", ["Americans"]),
        ("American Airlines flew an American team.", ["American"]),
        ("It paid US$40 billion on US-75 to a US firm.", ["US"]),
        ("He learned French, wrote in French, read a French newspaper.", ["French"]),
        ("A French translation for French-speaking readers; the city (French: Lyon) has French laws.", ["French"]),
        ("They came in French, Dutch and Danish ships.", ["French"]),
    ],
)  # fmt: skip
def test_a_weak_alias_in_another_name_is_not_linked(text, found):
    full = "The United States and France agreed. "
    forms = [form for form, _ in spans(full + text, STATES, FRANCE)]
    assert forms == ["United States", "France", *found]


def test_a_page_that_gives_the_alias_does_not_mean_other_names_either():
    said = STATES._replace(here=("American",))
    assert spans("American Airlines hired an American.", said) == [("American", "united-states")]


def test_a_full_name_counts_whatever_stands_around_it():
    airline = Bearer("france", "place", (), ("France",), ("French",))
    assert spans("West France Airways", airline) == [("France", "france")]


def test_a_family_of_languages_is_no_place():
    niger = Bearer("niger", "place", (), ("Niger",))
    assert spans("Languages of the Niger Congo family are spoken in Niger.", niger) == [("Niger", "niger")]
