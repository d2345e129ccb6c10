"""Names of authority records in a text: strong and weak ones, spellings, cases, and longer names that are of another."""

from __future__ import annotations

from typing import Any

import pytest

from dossierkit.extract.authority import build
from dossierkit.extract.names.installed import installed
from dossierkit.extract.pipeline import extract
from dossierkit.extract.propose import propose
from dossierkit.model.record import Name, Record
from dossierkit.model.source import Article


def record(id_: str, title: str, type_: str = "person", **more: Any) -> Record:
    for field in ("aliases", "weak_aliases"):
        more[field] = tuple(Name(name) for name in more.get(field, ()))
    return Record(id_, title, type_, **more)


ASSAD = record("bashar-al-assad", "Bashar al-Assad", weak_aliases=["Assad", "al-Assad"])


def entities(text: str, *records: Record, lang: str = "en") -> list[tuple[str, str]]:
    found = extract(Article("a", text, lang=lang), build(records)).mentions
    return [(mention.text, mention.entity) for mention in found]


def test_a_name_of_a_record_is_that_record() -> None:
    isis = record("islamic-state", "Islamic State", "organization", aliases=["ISIS", "Daesh"])
    found = entities("Daesh lost ground. ISIS denied it.", isis)
    assert found == [("Daesh", "islamic-state"), ("ISIS", "islamic-state")]


def test_a_weak_alias_needs_the_full_name_in_the_article() -> None:
    assert ("Assad", "bashar-al-assad") in entities("Bashar al-Assad spoke. Assad left.", ASSAD)
    assert ("Assad", "bashar-al-assad") not in entities("The envoy met Assad.", ASSAD)


def test_spellings_that_a_text_does_not_tell_apart_are_one_form() -> None:
    amman = record("amman", "Amman", "place", weak_aliases=["عمّان"])
    oman = record("oman", "سلطنة عمان", "place", weak_aliases=["عمان"])
    assert ("عمان", "amman") in entities("Amman: عمان", amman, oman, lang="ar")
    assert ("عمان", "oman") in entities("سلطنة عمان: عمان", amman, oman, lang="ar")


def test_a_place_in_another_case_is_its_record_and_a_person_is_not() -> None:
    syria = Record("syria", "Syria", "place", aliases=(Name("Сирия", "ru"),))
    ivanov = Record("ivanov", "Ivanov", "person", aliases=(Name("Александр Иванов", "ru"),))
    text = "Александра Иванова работает в Сирии."
    assert entities(text, syria, ivanov, lang="ru") == [("Сирии", "syria")]
    found = extract(Article("a", text, lang="ru"), build([syria, ivanov]))
    assert [
        one.also for one in propose(Article("a", text, lang="ru"), found, build([syria, ivanov])).entities
    ] == [()]


def test_a_capital_with_a_shared_name_is_meant_beside_its_country() -> None:
    seychelles = record("seychelles", "Seychelles", "place")
    victoria = record(
        "victoria",
        "Victoria, Seychelles",
        "place",
        weak_aliases=["Victoria"],
        description="Capital of the Seychelles.",
    )
    assert ("Victoria", "victoria") in entities(
        "The Seychelles police met in Victoria.", seychelles, victoria
    )
    assert ("Victoria", "victoria") not in entities("The police met in Victoria.", seychelles, victoria)


WASHINGTON = record(
    "washington-dc",
    "Washington, D.C.",
    "place",
    weak_aliases=["Washington"],
    description="Capital of the United States.",
)
STATES = record("united-states", "United States", "place", weak_aliases=["US", "American", "Americans"])


@pytest.mark.parametrize("named", ["US", "American"])
def test_a_capital_is_meant_beside_the_letters_and_the_people_of_its_country(named: str) -> None:
    text = f"The {named} envoy landed on Monday. Talks in Washington go on."
    assert ("Washington", "washington-dc") in entities(text, STATES, WASHINGTON)


@pytest.mark.parametrize("other", ["in Seattle", "in Washington state"])
def test_a_capital_is_not_meant_beside_what_speaks_for_its_namesake(other: str) -> None:
    text = f"The US envoy landed {other} on Monday. Most of Washington was dry."
    assert ("Washington", "washington-dc") not in entities(text, STATES, WASHINGTON)


def test_a_capital_alone_is_no_question_and_nor_is_a_people() -> None:
    yemen = record("yemen", "Yemen", "place", weak_aliases=["Yemeni"])
    article = Article("a", "One Yemeni was arrested in Washington.", published="2016-06-01")
    authority = build([STATES, WASHINGTON, yemen])
    assert propose(article, extract(article, authority, installed()), authority).questions == ()


def test_somebody_is_not_asked_to_be_a_place() -> None:
    article = Article("a", "Denzel Washington left the US. Washington smiled.", published="2016-06-01")
    authority = build([STATES, WASHINGTON])
    assert propose(article, extract(article, authority, installed()), authority).questions == ()


def test_a_body_is_meant_beside_the_letters_of_what_it_is_of() -> None:
    nations = record("united-nations", "United Nations", "organization", weak_aliases=["UN"])
    council = record(
        "security-council",
        "United Nations Security Council",
        "organization",
        aliases=["UN Security Council"],
        weak_aliases=["Security Council", "Council"],
    )
    text = "The UN said the Security Council will meet. The Council of Tarn will not."
    found = entities(text, nations, council)
    assert ("Security Council", "security-council") in found
    assert ("Council", "security-council") not in found
    assert ("Security Council", "security-council") not in entities(
        "The Security Council of Tarn will meet.", nations, council
    )


def test_a_longer_name_is_anothers() -> None:
    found = entities("Bashar al-Assad is a son of Hafez al-Assad.", ASSAD)
    assert [entity for text, entity in found if text == "Hafez al-Assad"] == ["hafez-al-assad"]


def test_a_place_behind_new_is_another() -> None:
    jersey = record("jersey", "Jersey", "place")
    assert "jersey" not in {
        entity for _, entity in entities("The police charged three New Jersey men.", jersey)
    }
    assert ("Jersey", "jersey") in entities("The police of Jersey charged three men.", jersey)


def test_a_given_name_that_is_a_country_is_none() -> None:
    chad = record("chad", "Chad", "place")
    found = extract(
        Article("a", "Elisha Cuthbert met Chad Michael Murray."), build([chad]), installed()
    ).mentions
    assert [(mention.text, mention.entity) for mention in found] == [
        ("Elisha Cuthbert", "elisha-cuthbert"),
        ("Chad Michael Murray", "chad-michael-murray"),
    ]


def test_a_country_is_not_somebody_of_its_name() -> None:
    jordan = record("jordan", "Jordan", "place")
    text = "She met Jordan Peele in May. Jordan said no."
    found = extract(Article("a", text), build([jordan]), installed()).mentions
    assert [mention.entity for mention in found] == ["jordan-peele", "jordan-peele"]
    text = "King Abdullah of Jordan met Michael Jordan. Talks went on in Jordan."
    found = extract(Article("a", text), build([jordan]), installed()).mentions
    assert [mention.entity for mention in found if mention.text == "Jordan"] == ["jordan", "jordan"]


def test_a_name_in_another_language_with_a_meaning_of_its_own_is_no_place() -> None:
    rome = record("rome", "Rome", "place", weak_aliases=["Roma"])
    text = "Roma communities in Kabul were evicted from their homes. Maurice Papon was convicted. Maurice said so."
    found = extract(Article("a", text), build([rome]), installed()).mentions
    assert {mention.entity for mention in found}.isdisjoint({"rome", "mauritius"})


LIMA = record("lima", "Lima", "place", description="Capital of Peru.")
PERU = record("peru", "Peru", "place")
ELSEWHERE = [("Lima, Ohio", "lima-ohio")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The plant in Lima, Ohio, was shut.", ELSEWHERE),
        ("The plant in Lima, Ohio, was shut. Many in Lima protested.", [*ELSEWHERE, ("Lima", "lima-ohio")]),
        ("The plant in Lima, Peru, was shut.", [("Lima", "lima"), ("Peru", "peru")]),
        ("The plant in Lima, Ohio, was shut, as was one in Peru.", [*ELSEWHERE, ("Peru", "peru")]),
        ("Plants in Lima, Ohio and Peru were shut.", [("Lima", "lima"), ("Ohio", "ohio"), ("Peru", "peru")]),
        ("The plant in Lima was shut.", [("Lima", "lima")]),
        ("Members are Peru, Belgium, Chile.", [("Peru", "peru"), ("Belgium", "belgium"), ("Chile", "chile")]),
        ("Peru, England win in Lima.", [("Peru", "peru"), ("England", "england"), ("Lima", "lima")]),
        ("He was born in Peru, Indiana.", [("Peru, Indiana", "peru-indiana")]),
        (
            "Members are Peru, Britain, Chile.",
            [("Peru", "peru"), ("Britain", "united-kingdom"), ("Chile", "chile")],
        ),
    ],
)
def test_a_place_that_the_text_puts_into_another_country_is_not_the_record(
    text: str, found: list[str]
) -> None:
    assert entities(text, LIMA, PERU) == found


@pytest.mark.parametrize(("people", "found"), [("West Indian", False), ("An Indian", True)])
def test_an_adjective_that_ends_anothers_name_is_no_mention(people: str, found: bool) -> None:
    india = record("india", "India", "place", weak_aliases=["Indian"])
    assert (("Indian", "india") in entities(f"India won. {people} player left.", india)) is found


def test_a_latin_american_is_no_american() -> None:
    states = record("united-states", "United States", "place", weak_aliases=["American"])
    found = entities("The United States invited Latin American leaders. An American envoy spoke.", states)
    assert [name for name, entity in found if entity == "united-states"] == ["United States", "American"]


GEORGIA = record("georgia", "Georgia", "place", weak_aliases=["Georgian"])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He moved to Georgia in May.", []),
        ("He moved to Georgia and wrote on Georgian wine.", ["Georgia", "Georgian"]),
        ("He moved from Tbilisi to Georgia’s coast.", ["Georgia"]),
    ],
)
def test_a_country_whose_name_others_share_needs_something_that_speaks_for_it(
    text: str, found: list[str]
) -> None:
    assert [name for name, entity in entities(text, GEORGIA) if entity == "georgia"] == found
    assert not [name for name, entity in entities(text, GEORGIA) if name == "Georgia" and entity != "georgia"]


@pytest.mark.parametrize("description", ["", "A city in Ohio.", "A city in the United States."])
def test_a_place_is_the_record_if_its_description_does_not_name_another_country(description: str) -> None:
    own = record("lima", "Lima", "place", description=description)
    assert ("Lima", "lima") in entities("The plant in Lima, Ohio, was shut.", own)


def test_a_weak_alias_within_a_longer_name_is_no_mention() -> None:
    states = record("united-states", "United States", "place", weak_aliases=["American"])
    text = "The Pan American Games opened in the United States. American athletes came."
    found = extract(Article("a", text), build([states]), installed()).mentions
    assert [(mention.text, mention.type) for mention in found] == [
        ("Pan American Games", "event"),
        ("United States", "place"),
        ("American", "place"),
    ]


def test_an_acronym_of_the_gazetteer_is_the_record_that_has_its_long_form() -> None:
    nations = record("united-nations", "United Nations", "organization", weak_aliases=["UN"])
    assert entities("The UN met in Vienna.", nations)[0] == ("UN", "united-nations")


def test_an_alias_of_two_records_is_decided_by_company_only() -> None:
    north = record("north-council", "Northern Council", "organization", aliases=["the NC", "NC"])
    neighbour = record("neighbour-council", "Neighbour Council", "organization", aliases=["NC"])
    assert ("NC", "north-council") in entities("The Northern Council met. NC left.", north, neighbour)
    undecided = dict(entities("They say NC left.", north, neighbour))
    assert undecided["NC"] not in ("north-council", "neighbour-council")


def test_an_undecided_alias_becomes_a_question() -> None:
    one = record("one", "First Council", "organization", aliases=["NC"])
    two = record("two", "Second Council", "organization", aliases=["NC"])
    article = Article("a", "They say NC left.", published="2016-05-30")
    authority = build([one, two])
    (question,) = propose(article, extract(article, authority), authority).questions
    assert question.candidates == ("one", "two")
    assert question.quote == "They say NC left."


def test_a_near_spelling_of_a_record_becomes_a_question_and_no_merge() -> None:
    alloush = record("mohammad-alloush", "Mohammad Alloush")
    article = Article("a", "Mohammed Allouche left Geneva.")
    authority = build([alloush])
    proposal = propose(article, extract(article, authority), authority)
    assert proposal.entities[0].entity != "mohammad-alloush"
    assert proposal.questions[0].candidates == ("mohammad-alloush",)


@pytest.mark.parametrize(("number", "asked"), [(5, 1), (6, 0)])
def test_of_many_records_nobody_is_asked_to_choose(number: int, asked: int) -> None:
    lands = [
        record(f"parliament-{land}", f"Parliament of {land}", "organization", weak_aliases=["Parliament"])
        for land in ("Chad", "Fiji", "Ghana", "Iceland", "Kenya", "Togo")[:number]
    ]
    article = Article("a", "The Parliament voted, and Parliament adjourned.")
    authority = build(lands)
    assert len(propose(article, extract(article, authority, installed()), authority).questions) == asked


def test_records_serve_every_language() -> None:
    geneva = record("geneva-talks", "Xeneva", "place")
    assert entities("Na Xeneva falaron.", geneva, lang="gl") == [("Xeneva", "geneva-talks")]


def test_an_id_made_from_a_name_never_takes_a_records_id() -> None:
    assert (
        dict(entities("The envoy met Sergei Ivanov.", record("sergei-ivanov", "Another Person")))[
            "Sergei Ivanov"
        ]
        != "sergei-ivanov"
    )


def test_a_withdrawn_record_names_nobody() -> None:
    gone = record("xeneva", "Xeneva", "place", status="withdrawn")
    assert entities("Na Xeneva falaron.", gone, lang="gl") == []


def test_a_record_may_have_a_name_of_one_word_beside_a_full_one() -> None:
    ada = record("ada-moreau", "Ada Moreau", aliases=["Mercy"])
    found = entities("Ada Moreau spoke. Ada Moreau left. Mercy, as she is called, was ill.", ada)
    assert [entity for _, entity in found] == ["ada-moreau"] * 3


CLIMATE = record("lenn-panel", "Lenn Panel on Climate Change", "organization", aliases=["LPCC"])


def test_an_acronym_that_the_text_explains_as_something_else_is_no_record() -> None:
    text = "The Lenn Police Complaints Commission (LPCC) opened an inquiry. The LPCC met in May."
    found = entities(text, CLIMATE)
    assert {entity for form, entity in found if form == "LPCC"} == {"lenn-police-complaints-commission"}


def test_nor_is_it_what_the_acronym_mostly_means() -> None:
    text = "An inquiry by the Independent Police Complaints Commission (IPCC) began. The IPCC met."
    panel = record("panel", "Intergovernmental Panel on Climate Change", "organization")
    assert "panel" not in {entity for _, entity in entities(text, panel)}
    assert {entity for form, entity in entities(text) if form == "IPCC"} == {
        "independent-police-complaints-commission"
    }


def test_an_acronym_that_the_text_explains_nearly_as_the_record_is_the_record() -> None:
    text = "The Lenn Panel for Climate Changes (LPCC) met in May. The LPCC wrote a report."
    assert {entity for form, entity in entities(text, CLIMATE) if form == "LPCC"} == {"lenn-panel"}
    assert {entity for _, entity in entities("The LPCC met in May.", CLIMATE)} == {"lenn-panel"}
    german = "Der Weltklimarat Lenn Pakt Camp Chor (LPCC) tagte."
    assert {entity for form, entity in entities(german, CLIMATE, lang="de") if form == "LPCC"} == {
        "lenn-panel"
    }


def test_a_bare_name_beside_two_places_of_that_name_is_neither() -> None:
    kingston = record(
        "kingston", "Kingston", "place", aliases=["Kingston, Jamaica"], description="Capital of Jamaica"
    )
    text = "She flew from Kingston, Jamaica, to Kingston, Ontario. Police in Kingston met her at the airport in Kingston."
    found = entities(text, kingston)
    assert ("Kingston, Jamaica", "kingston") in found
    assert "Kingston" not in {form for form, _ in found}


def test_a_part_of_a_body_with_a_record_is_not_the_body() -> None:
    delmor = record("delmor", "Delmor", "organization")
    text = "Delmor Commercial Airplanes opened a plant in Tarn. Delmor built a bridge."
    found = {
        mention.text: mention.entity
        for mention in extract(Article("a", text), build([delmor]), installed()).mentions
    }
    assert (found["Delmor Commercial Airplanes"], found["Delmor"]) == (
        "delmor-commercial-airplanes",
        "delmor",
    )


def test_a_family_of_languages_is_no_country() -> None:
    niger = record("niger", "Niger", "place")
    text = "They speak Niger Congo languages. The Niger-Congo family is large."
    found = extract(Article("a", text), build([niger]), installed()).mentions
    assert "niger" not in {mention.entity for mention in found}
    assert ("Niger", "niger") in entities("They live in Niger, Congo and Chad.", niger)


AGENCY = record("agence-france-presse", "Agence France-Presse", "organization", weak_aliases=["AFP"])


def test_a_known_acronym_beside_another_name_with_its_initials_is_neither_and_is_asked_about() -> None:
    text = "The Australian Federal Police searched the house. “Nobody was hurt,” a neighbour told AFP."
    article = Article("a", text, published="2016-05-30")
    found = extract(article, build([AGENCY]), installed())
    by_form = {mention.text: mention.entity for mention in found.mentions}
    assert by_form["AFP"] not in {"agence-france-presse", by_form["Australian Federal Police"]}
    (question,) = propose(article, found, build([AGENCY])).questions
    assert question.candidates == ("agence-france-presse",)
    proposed = propose(article, extract(article, build(), installed()), build()).entities
    assert {"AFP", "Australian Federal Police"} <= {entity.name for entity in proposed}
    assert dict(entities("A neighbour told AFP.", AGENCY))["AFP"] == "agence-france-presse"
