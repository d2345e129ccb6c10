"""Who is who among names without a record: a function of the whole, whatever the order."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.evidence.candidates.derive import candidates
from dossierkit.evidence.candidates.identity import identity
from dossierkit.evidence.candidates.likeness import LIKELY
from dossierkit.evidence.visibility import visible
from dossierkit.model.decision import Decision
from dossierkit.model.page import ArticlePage, Content, EntityRef, Naming
from dossierkit.model.proposal import Proposal, ProposedEntity, Question
from dossierkit.model.record import Name, Record
from dossierkit.text.fold import name_id


def naming(name, type_="person", *also):
    return Naming(name_id(name, type_), name, type_, also)


def article(id_, *names, status="published"):
    refs = tuple(EntityRef(one.id, one.also, name=one.name, type=one.type) for one in names)
    return ArticlePage(id_, f"content/articles/{id_}.md", id_, status=status, entities=refs)


def content(*articles, records=(), decisions=()):
    return Content(
        {one.id: one for one in articles}, {one.id: one for one in records}, {}, decisions=tuple(decisions)
    )


ADA = Record("ada", "Ada Moreau", "person", aliases=(Name("Ada M. Moreau"),), status="reviewed")
LVC = naming("Lenn Valley Council", "organization", "LVC")


def same(*names, records=(), decisions=()):
    meant = identity([names], records, decisions)
    return len({meant[one.id] for one in names}) == 1


def test_titles_honorifics_capitals_accents_and_legal_forms_make_no_other_name():
    assert same(
        naming("Ada Moreau"), naming("Ms Ada Moreau"), naming("ADA MOREAU"), naming("President Ada Moreau")
    )
    assert same(naming("Delmora Shipping", "organization"), naming("Delmora Shipping Ltd", "organization"))
    assert same(naming("The Lenn Post", "organization"), naming("Lenn Post", "organization"))
    assert same(naming("Zoé Lenn"), naming("Zoe Lenn"))
    assert same(naming("عبد الباسط تارن"), naming("عبدالباسط تارن"))
    assert not same(naming("عبد تارن"), naming("عبدتارن"))


def test_words_that_only_describe_a_thing_make_no_other_name():
    assert same(
        naming("Orlanda", "place"),
        naming("city of Orlanda", "place"),
        naming("Lennish city of Orlanda", "place"),
    )
    assert not same(naming("London", "place"), naming("City of London", "place"))
    assert same(naming("Lenn Front", "organization"), naming("Lenn Front fighters", "organization"))
    assert same(naming("Lenn Front", "organization"), naming("Lenn Front party", "organization"))
    assert not same(naming("Lenn Front", "organization"), naming("Lenn Front Fighters", "organization"))
    assert same(
        naming("Interior Ministry", "organization"),
        naming("Ministry of the Interior", "organization"),
        naming("Ministry of Interior", "organization"),
    )
    assert not same(naming("Ministry of Health", "organization"), naming("Interior Ministry", "organization"))
    assert same(
        naming("Lenn Centre for Labour Organisations", "organization"),
        naming("Lenn Center for Labor Organizations", "organization"),
    )
    assert not same(naming("Ada Labour"), naming("Ada Labor"))
    assert same(
        naming("Front of Lenn and the Valley", "organization"),
        naming("Front of Lenn and Valley", "organization"),
    )


def test_spellings_of_a_place_are_asked_about():
    for one, other in (("Ar Raqqah", "Raqqa"), ("Raqqah", "Raqqa"), ("Ayn Isa", "Ayn Issa")):
        (twin,) = candidates(content(article("a", naming(one, "place"), naming(other, "place"))), {}).twins
        assert twin.score == 0.85
    assert (
        candidates(content(article("a", naming("Iraq", "place"), naming("Raqqa", "place"))), {}).twins == ()
    )


def test_names_that_people_said_are_one_are_one_along_a_chain_and_round_a_circle():
    names = [naming("Ada Moreau"), naming("A. Moreau"), naming("Ada Lenn")]
    one = Decision("same", "A. Moreau", "", "Ada Moreau")
    chain = [one, Decision("same", "Ada Moreau", "", "Ada Lenn")]
    assert not same(*names)
    assert set(identity([names], (), chain).values()) == {"ada-lenn-person"}
    assert same(*names, decisions=[*chain, Decision("same", "Ada Lenn", "", "A. Moreau")])
    assert identity([names], [ADA], [one])["a-moreau-person"] == "ada"
    assert not same(
        naming("Mercy"),
        naming("Mercy Ship", "organization"),
        decisions=[Decision("same", "Mercy", "", "Mercy Ship")],
    )
    nowhere = [Decision("same", "A. Moreau", "", "Nobody Else")]
    assert identity([names], (), nowhere) == identity([names], ())


def test_a_thing_is_one_whether_it_is_taken_for_a_place_or_an_organisation():
    assert same(naming("Orlanda", "place"), naming("Orlanda", "organization"))
    assert not same(naming("Mercy", "person"), naming("Mercy", "organization"))


def test_an_acronym_is_the_only_name_that_explains_it():
    assert same(LVC, naming("LVC", "organization"))
    other = naming("Lenn Veterans Club", "organization", "LVC")
    meant = identity([[LVC, other, naming("LVC", "organization")]], ())
    assert meant["lvc-organization"] == "lvc-organization"


def test_spellings_that_give_one_id_are_one_whatever_else_they_are_like():
    names = naming("Eva O'Neil"), naming("Eva ONeil"), naming("Dr Eva O'Neil"), naming("Mrs Eva ONeil")
    assert len({identity([names], ())[one.id] for one in names}) == 1


def test_surnames_and_initials_by_themselves_are_never_joined():
    assert not same(naming("Ada Moreau"), naming("Moreau"))
    assert not same(naming("Ada Moreau"), naming("A. Moreau"))


def test_a_record_that_bears_the_name_is_meant_and_of_several_none():
    meant = identity([[naming("Ada M. Moreau"), naming("Jean Moreau")]], [ADA])
    assert meant == {"ada-m-moreau-person": "ada", "jean-moreau-person": "jean-moreau-person"}
    other = Record("other", "Ada Moreau", "person", status="reviewed")
    assert identity([[naming("Ada Moreau")]], [ADA, other]) == {"ada-moreau-person": "ada-moreau-person"}


def test_what_people_keep_apart_stays_apart():
    apart = [Decision("not_same", "LVC", other="Lenn Valley Council")]
    assert not same(LVC, naming("LVC", "organization"), decisions=apart)


NAMES = st.sampled_from(
    [
        naming("Ada Moreau"), naming("Ms Ada Moreau"), naming("ADA MOREAU"), naming("Moreau"), naming("Jean Moreau"),
        LVC, naming("LVC", "organization"), naming("Lenn Veterans Club", "organization", "LVC"),
        naming("Orlanda", "place"), naming("Orlanda", "organization"), naming("Orlanda", "person"),
        naming("Eva O'Neil"), naming("Eva ONeil"), naming("Dr Eva ONeil"), naming("Dr Eva O'Neil"),
    ]
)  # fmt: skip


@given(
    st.lists(NAMES, min_size=1, max_size=12).flatmap(
        lambda names: st.tuples(st.just(names), st.permutations(names))
    )
)
def test_the_order_of_names_makes_no_difference(both):
    one, other = both
    assert identity([one], [ADA]) == identity([other], [ADA])


def test_a_name_without_record_has_a_page_and_redirects_of_its_other_forms():
    shown = visible(
        content(article("2016/a", naming("Ada Moreau")), article("2016/b", naming("Ms Ada Moreau"))),
        drafts=False,
    )
    (record,) = shown.records.values()
    assert (record.id, record.title, record.candidate) == ("ada-moreau-person", "Ada Moreau", True)
    assert record.redirects == ("ms-ada-moreau-person",)
    assert [ref.id for ref in shown.articles["2016/b"].entities] == ["ada-moreau-person"]


def test_once_a_record_bears_the_name_the_id_leads_to_it():
    shown = visible(content(article("2016/a", naming("Ada Moreau")), records=[ADA]), drafts=False)
    assert list(shown.records) == ["ada"]
    assert shown.records["ada"].redirects == ("ada-moreau-person",)


def test_a_draft_tells_a_published_page_no_fuller_name():
    pages = article("2016/a", naming("LVC", "organization")), article("2016/b", LVC, status="draft")
    assert list(visible(content(*pages), drafts=False).records) == ["lvc-organization"]
    assert list(visible(content(*pages), drafts=True).records) == ["lenn-valley-council-organization"]


def test_a_withdrawn_record_gives_its_name_no_page_again():
    gone = Record("ada", "Ada Moreau", "person", status="withdrawn")
    shown = visible(content(article("2016/a", naming("Ada Moreau")), records=[gone]), drafts=False)
    assert shown.records == {}
    assert [ref.id for ref in shown.articles["2016/a"].entities] == ["ada"]


def test_a_record_that_only_a_draft_names_by_name_is_kept_back():
    shown = visible(
        content(article("2016/a", naming("Ada Moreau"), status="draft"), records=[ADA]), drafts=False
    )
    assert shown.records == {}


def test_candidates_have_their_articles_and_their_likely_twins_best_first():
    found = candidates(
        content(
            article("2016/a", naming("Joseph Votel"), naming("Ayn Isa", "place")),
            article("2016/b", naming("Joseph L. Votel", "person", "Votel"), naming("Ayn Issa", "place")),
            article("2016/c", naming("Jean Votel")),
        ),
        {},
    )
    votel = found.by_id["joseph-votel-person"]
    assert votel.articles == ("2016/a",)
    assert [(twin.id, twin.reason) for twin in votel.twins] == [
        ("joseph-l-votel-person", "same first and last name"),
        ("jean-votel-person", "same surname"),
    ]
    assert {(one.one, one.other) for one in found.twins} >= {("ayn-isa-place", "ayn-issa-place")}


def test_a_name_in_doubt_is_settled_by_an_article_that_has_it_surely_with_the_same_type():
    def proposed(name, score, type_="person"):
        id_ = name_id(name, type_)
        made = ProposedEntity(id_, id_, name, type_, False, (name,), 1, 0, 1, name, score, "name model")
        return Proposal("", "", entities=(made,))

    doubted, spelt, otherwise, unknown = (
        proposed("Ada Moreau", 0.6),
        proposed("Ms Ada Moreau", 0.99),
        proposed("Ada Moreau", 0.6, "organization"),
        proposed("Idris Hale", 0.6),
    )
    pages = (article("a"), article("b"), article("c"), article("d"))
    given = {"a": doubted, "b": spelt, "c": otherwise, "d": unknown}
    found = candidates(content(*pages), given)
    settled = [found.settles(given[id_].entities[0]) for id_ in given]
    assert settled == [True, True, False, False]
    by_rule = replace(doubted, entities=(replace(doubted.entities[0], reason="cue", score=0.6),))
    assert not candidates(content(pages[0]), {"a": by_rule}).settles(by_rule.entities[0])
    assert not candidates(content(pages[0]), given).settles(doubted.entities[0])


@pytest.mark.parametrize(
    ("one", "other", "asked"),
    [
        ("Ghassan Oueidat", "Ghassan Oueidate", True),
        ("Ghassan Oueidat", "Ghassan Oweidat", True),
        ("Marwan Kaake", "Marwan Kaaki", True),
        ("Assaad Toufeily", "Asaad Tufaili", True),
        ("Mohammad Ahmad Kassabiyeh", "Mohammad Qassabiyeh", True),
        ("Mohammad Ahmad Kassabiyeh", "Mohammad Ali Qassabiyeh", False),
        ("Marwan Kaake", "Salim Kaaki", False),
        ("Marwan Aoun", "Marwan Awada", False),
        ("Jean Weiss", "Joan Weston", False),
        ("Ali Rida", "Adel Rahal", False),
    ],
)
def test_a_word_with_few_consonants_is_compared_by_its_letters(one, other, asked):
    found = candidates(content(article("2016/a", naming(one)), article("2016/b", naming(other))), {})
    assert [(twin.one, twin.other) for twin in found.twins] == [
        tuple(sorted((naming(one).id, naming(other).id)))
    ] * asked


def test_twins_that_people_keep_apart_are_asked_about_no_more():
    pages = article("2016/a", naming("Joseph Votel")), article("2016/b", naming("Joseph L. Votel"))
    apart = [Decision("not_same", "Joseph L. Votel", other="Joseph Votel")]
    assert candidates(content(*pages, decisions=apart), {}).twins == ()


def test_questions_of_withdrawn_articles_count_no_more():
    asked = Proposal("", "", questions=(Question("q", "Which?", ("a", "b"), "q", "Moreau"),))
    pages = article("2016/a"), article("2016/b", status="withdrawn")
    assert list(candidates(content(*pages), {"2016/a": asked, "2016/b": asked}).questions) == ["2016/a"]


OKONTA, WEBER = naming("Idris Okonta"), naming("Lenn Valley Council", "organization")


def joined(*articles, decisions=()):
    found = candidates(
        content(*(article(f"2016/{at}", *names) for at, names in enumerate(articles)), decisions=decisions),
        {},
    )
    return {candidate.name for candidate in found.by_id.values()}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sergei Dubinsky", "Sergei Dubinskiy"),
        ("Carlos F. Chamorro", "Carlos Fernando Chamorro"),
        ("Mohan Hale N", "Mohan Hale"),
        ("HL Suresh", "Suresh HL"),
        ("S Vishwajit Hale", "Vishwajith Hale"),
        ("Panagiotis Hale", "Panayotis Hale"),
        ("Ihor Kolomyisky", "Igor Kolomyiskyi"),
        ("Hennadiy Bohol", "Gennady Bogol"),
    ],
)
def test_a_full_name_in_another_spelling_is_joined_in_the_company_of_two_other_names(one, other):
    assert len(joined((naming(one), OKONTA, WEBER), (naming(other), OKONTA, WEBER))) == 3
    assert len(joined((naming(one), OKONTA), (naming(other), OKONTA))) == 3
    apart = [Decision("not_same", one, other=other)]
    assert len(joined((naming(one), OKONTA, WEBER), (naming(other), OKONTA, WEBER), decisions=apart)) == 4


@pytest.mark.parametrize("called", ["Ada Moreau", "Ada M. Moreau"])
def test_names_that_company_joins_have_the_name_that_people_chose(called):
    company = (naming("Paul Lenn"), LVC)
    articles = [(naming("Ada Moreau"), *company), (naming("Ada M. Moreau"), *company)]
    other = ({"Ada Moreau", "Ada M. Moreau"} - {called}).pop()
    meant = identity(articles, (), [Decision("same", other, "", called)])
    assert {meant[name_id(name, "person")] for name in (called, other)} == {name_id(called, "person")}


def test_the_same_words_in_another_order_are_a_question_in_any_company():
    """Ali Hassan is not Hassan Ali."""
    assert len(joined((naming("Ali Hassan"), OKONTA, WEBER), (naming("Hassan Ali"), OKONTA, WEBER))) == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohammad Ahmad Hale", "Mahmoud Ahmad Hale"),
        ("Moussa Dadis Okonta", "Moussa Tieg Okonta"),
        ("Al-Siddiq al-Sour", "Al-Seddik al-Sur"),
        ("J. Wright", "Jean Wright"),
        ("HL Suresh", "Suresh KL"),
        ("George H Okoye", "George W Okoye"),
        ("Ben Idris", "Ben Idris Moreau Jr"),
    ],
)
def test_names_that_two_people_may_have_are_not_joined_in_any_company(one, other):
    assert len(joined((naming(one), OKONTA, WEBER), (naming(other), OKONTA, WEBER))) == 4


def test_spellings_that_one_article_has_beside_each_other_are_not_joined():
    both = naming("Sergei Dubinsky"), naming("Sergei Dubinskiy"), OKONTA, WEBER
    assert len(joined(both, (naming("Sergei Dubinsky"), OKONTA, WEBER))) == 4


@pytest.mark.parametrize(("full", "one"), [("Hale Metals Group", True), ("Hale Metals Union", False)])
def test_a_body_is_one_with_a_longer_name_of_which_only_a_word_like_group_is_left_out(full, one):
    company = naming("Norland", "place"), OKONTA, naming("Mia Weber")
    short = naming("Hale Metals", "organization")
    assert (len(joined((short, *company), (naming(full, "organization"), *company))) == 4) == one


def test_a_person_of_one_word_is_the_thing_that_as_many_articles_have():
    place, person = naming("Tarnholm", "place"), naming("Tarnholm")
    assert joined((place,), (person,)) == {"Tarnholm"}
    assert len(identity([[place], [person], [person]], ())) == 2
    assert len(set(identity([[place], [person], [naming("Ada Tarnholm")]], ()).values())) == 3
    assert len(set(identity([[place, person]], ()).values())) == 2


def test_departments_of_a_country_are_one_whatever_the_order_of_their_words():
    assert same(
        naming("U.S. Justice Department", "organization"), naming("US Department of Justice", "organization")
    )
    assert not same(
        naming("Justice Department", "organization"), naming("US Department of Justice", "organization")
    )


def body(name):
    return naming(name, "organization")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Norwegian Supreme Court", "Supreme Court of Norway"),
        ("Norway’s Justice Ministry", "Ministry of Justice of Norway"),
        ("Rio Civil Police", "Rio de Janeiro Civil Police"),
    ],
)
def test_a_body_is_one_however_its_name_says_whose_it_is(one, other):
    assert same(body(one), body(other))


def test_bodies_of_two_countries_and_universities_of_one_word_are_two():
    assert not same(body("Norwegian Supreme Court"), body("Supreme Court of Sweden"))
    assert not same(body("University of Washington"), body("Washington University"))


def test_a_body_is_that_of_the_country_its_articles_name_in_the_company_of_two_other_names():
    norway, sweden = naming("Norway", "place"), naming("Sweden", "place")
    court, ours, theirs = map(body, ("Supreme Court", "Supreme Court of Norway", "Swedish Supreme Court"))
    assert len(joined((court, OKONTA, WEBER, norway), (ours, OKONTA, WEBER))) == 4
    assert len(joined((court, OKONTA, norway), (ours, OKONTA))) == 4, "too little company"
    assert len(joined((court, OKONTA, WEBER), (ours, OKONTA, WEBER))) == 4, "no country"
    both = (court, OKONTA, WEBER, norway, sweden), (ours, OKONTA, WEBER), (theirs, OKONTA, WEBER)
    assert len(joined(*both)) == 7, "of which country?"


@pytest.mark.parametrize(
    ("short", "full"),
    [("Delmora", "Delmora Group"), ("LVD", "Lenn Valley Department"), ("Lenn Front", "Lenn Front Movement")],
)
def test_a_short_name_of_a_body_is_the_fuller_one_in_the_company_of_two_other_names(short, full):
    assert joined((body(short), OKONTA, WEBER), (body(full), OKONTA, WEBER)) == {
        full,
        OKONTA.name,
        WEBER.name,
    }
    assert len(joined((body(short), OKONTA), (body(full), OKONTA))) == 3
    assert len(joined((naming(short, "place"), OKONTA, WEBER), (body(full), OKONTA, WEBER))) == 4


def test_long_forms_of_one_acronym_that_differ_by_few_letters_are_one_in_the_company_of_two_other_names():
    one = naming("Lenn Sector Conduct Authority", "organization", "LSCA")
    other = naming("Lenn Services Conduct Authority", "organization", "LSCA")
    assert len(joined((one, OKONTA, WEBER), (other, OKONTA, WEBER))) == 3
    assert len(joined((one, OKONTA), (other, OKONTA))) == 3
    far = naming("Lenn Shipping Canal Association", "organization", "LSCA")
    assert len(joined((one, OKONTA, WEBER), (far, OKONTA, WEBER))) == 4


def test_long_forms_of_an_acronym_that_differ_in_one_of_many_words_need_less_company():
    one, other, land, third = (
        naming(f"Lenn Union of Western Valley {word}", "organization", "LUWV")
        for word in ("Councils", "Towns", "Kenya", "Kuwait")
    )
    assert len(joined((one, OKONTA), (other, OKONTA))) == 2
    assert len(joined((one,), (other,))) == 2
    assert len(joined((land, OKONTA), (third, OKONTA))) == 3, "of two countries"


def test_what_one_join_gives_in_company_may_join_others():
    lenn, tarn = (
        naming(f"Lenn Union of Western Valley {word}", "organization", "LUWV")
        for word in ("Councils", "Towns")
    )
    one = (naming("Sergei Dubinsky"), lenn, OKONTA)
    assert len(joined(one, (naming("Sergei Dubinskiy"), tarn, OKONTA))) == 3


def test_two_names_in_other_spellings_are_company_for_each_other():
    one = naming("Igor Kolomyisky"), naming("Gennady Bogol"), OKONTA
    other = naming("Ihor Kolomyisky"), naming("Hennadiy Bohol"), OKONTA
    assert len(joined(one, other)) == 3
    assert len(joined(one[:2], other[:2])) == 4, "each has only the other"


def test_a_surname_alone_is_the_only_person_who_has_it_in_the_company_of_two_other_names():
    alone, full = naming("Moreau"), naming("Ada Moreau", "person", "Moreau")
    assert joined((alone, OKONTA, WEBER), (full, OKONTA, WEBER)) == {full.name, OKONTA.name, WEBER.name}
    assert joined((alone, OKONTA, WEBER), (alone, OKONTA, WEBER), (full, OKONTA, WEBER)) == {
        full.name,
        OKONTA.name,
        WEBER.name,
    }
    assert len(joined((alone, OKONTA), (full, OKONTA))) == 3, "too little company"
    jean = naming("Jean Moreau")
    assert len(joined((alone, OKONTA, WEBER), (full, OKONTA, WEBER), (jean,))) == 5, "of which Moreau?"
    given = naming("Ada"), naming("Ada Moreau")
    assert len(joined((given[0], OKONTA, WEBER), (given[1], OKONTA, WEBER))) == 4, "a given name"


@pytest.mark.parametrize(
    ("short", "full"), [("Ada Moreau", "Ada Moreau Hale"), ("David Moreau", "Roberto David Moreau")]
)
def test_a_full_name_is_the_only_longer_one_that_begins_or_ends_with_it_in_the_company_of_two_other_names(
    short, full
):
    one, other = naming(short), naming(full)
    assert joined((one, OKONTA, WEBER), (other, OKONTA, WEBER)) == {full, OKONTA.name, WEBER.name}
    assert len(joined((one, OKONTA), (other, OKONTA))) == 3
    third = naming(f"{full} Brenner" if full.startswith(short) else f"Paul {full}")
    assert len(joined((one, OKONTA, WEBER), (other, OKONTA, WEBER), (third,))) == 5
    assert joined((one, OKONTA, WEBER), (one,), (other, OKONTA, WEBER)) == {short, OKONTA.name, WEBER.name}


def test_an_acronym_with_the_kind_of_body_is_what_an_article_explains_it_by():
    full = naming("Lenn Valley Dams", "organization", "LVD")
    assert joined((body("LVD Company"), body("LVD")), (full,)) == {full.name}
    kind = naming("LVD Company", "organization", "LVD")
    assert joined((kind,), (full,), (body("LVD"),)) == {full.name}
    assert same(body("Delmora Shipping S.A"), body("Delmora Shipping"))


def test_spellings_of_a_body_are_one_in_the_company_of_two_other_names():
    assert (
        len(joined((body("Delmor Investment"), OKONTA, WEBER), (body("Delmor Investments"), OKONTA, WEBER)))
        == 3
    )
    one, other = body("LennicBank"), body("Lennycbank")
    assert len(joined((one, OKONTA, WEBER), (other, OKONTA, WEBER))) == 3
    assert len(joined((one, OKONTA), (other, OKONTA))) == 3
    assert len(joined((body("LNCB"), OKONTA, WEBER), (body("LNKB"), OKONTA, WEBER))) == 4


def test_an_acronym_in_front_of_the_name_that_an_article_explains_it_by_says_nothing_more():
    full = naming("Lenn Valley Council", "organization", "LVC")
    assert joined((body("LVC Lenn Valley Council"),), (full,)) == {full.name}
    assert len(joined((body("LVC Lenn Valley Council"), body("LVC")), (full,))) == 1
    assert len(joined((body("LVC Lenn Valley Council"),), (body("Lenn Valley Council"),))) == 2


def test_a_place_in_capitals_is_called_as_it_is_written_elsewhere():
    assert joined((naming("TARNHOLM", "place"),), (naming("Tarnholm", "place"),)) == {"Tarnholm"}
    assert joined((naming("UNESCO", "organization"),), (naming("Unesco", "organization"),)) == {"UNESCO"}


def test_acts_are_one_in_the_plural_and_asked_about_without_their_country():
    crime, crimes = (naming(f"Control of Organised {word} Act", "document") for word in ("Crime", "Crimes"))
    assert same(crime, crimes)
    arms, indian = naming("Arms Act", "document"), naming("Indian Arms Act", "document")
    (twin,) = candidates(content(article("a", arms), article("b", indian)), {}).twins
    assert twin.score == 0.5


def test_twins_by_words_left_out_are_asked_about_first_in_the_company_of_two_other_names():
    def score(one, other, *company):
        pages = article("a", body(one), *company), article("b", body(other), *company)
        named = {body(one).id, body(other).id}
        return [
            twin.score for twin in candidates(content(*pages), {}).twins if {twin.one, twin.other} == named
        ]

    commission = "Hale Commission", "Hale Commission of Inquiry"
    assert score(*commission) == [0.4]
    assert score(*commission, OKONTA, WEBER) == [0.5]
    assert score("Southern Branch of Lenn", "Southern Branch of Tarn", OKONTA, WEBER) == []
    assert score("Hale Metals", "Hale Metals Leach Norland") == [0.4]
    assert score("Hale Metals", "Hale Metals Leach Norland", OKONTA) == [0.5]


def test_a_shorter_name_of_a_body_in_the_same_article_is_asked_about_and_that_of_a_place_is_not():
    def likely(type_, *names):
        found = candidates(content(article("a", *(naming(name, type_) for name in names))), {})
        return [twin.reason for twin in found.twins if twin.score >= LIKELY]

    longer = "the longer name without its first or last words"
    assert likely("organization", "Hale Plantation", "Hale Plantation Berhad Works") == [longer]
    assert likely("organization", "Sentencing Court", "National Lenn Sentencing Court") == [longer]
    assert likely("organization", "Ministry of Water", "Ministry of Roads") == []
    assert likely("place", "Lenn", "Lenn Beach") == []


def test_a_surname_alone_is_asked_about_and_two_given_names_with_it_are_not():
    def likely(*pages):
        found = candidates(content(*pages), {})
        return [(twin.one, twin.other) for twin in found.twins if twin.score >= LIKELY]

    alone = naming("Dos Santos"), naming("Ada dos Santos"), naming("Idris dos Santos")
    assert likely(article("a", *alone)) == [
        ("ada-dos-santos-person", "dos-santos-person"),
        ("dos-santos-person", "idris-dos-santos-person"),
    ]
    pages = article("a", alone[1], OKONTA, WEBER), article("b", alone[2], OKONTA, WEBER)
    assert likely(*pages) == []


def test_every_full_name_of_an_entity_may_be_like_another():
    """“Igor Karoisky” is joined with “Ihor Karoisky”, which is shown; “Igor Karoyskyi” is like the first."""
    found = candidates(
        content(
            article("a", naming("Igor Karoisky"), OKONTA, WEBER),
            article("b", naming("Ihor Karoisky"), OKONTA, WEBER),
            article("c", naming("Ihor Karoisky"), OKONTA, WEBER),
            article("d", naming("Igor Karoyskyi")),
        ),
        {},
    )
    joined = found.by_id["ihor-karoisky-person"]
    assert joined.names == ("Igor Karoisky", "Ihor Karoisky")
    assert [twin.id for twin in joined.twins] == ["igor-karoyskyi-person"]


def test_likely_names_are_asked_about():
    def asked(one, other, type_="person"):
        return [
            twin.reason
            for twin in candidates(
                content(article("a", naming(one, type_)), article("b", naming(other, type_))), {}
            ).twins
        ]

    assert asked("Zaldy", "Zaldy Okonta") == ["same given name"]
    assert asked("Idris Okanto", "Idris Okatno") == ["same name but for a few letters of one word"]
    assert asked("Idris Okonta", "Idris Okemba") == []
    for longer in ("LWP-Union", "LWP-Union of the Valley"):
        assert asked("LWP", longer, "organization") == ["the longer name without its first or last words"]
    assert asked("Eyad al-Gharib", "Eyad Alghareib") == ["same sound"]
    assert asked("Lenn Circuit", "Lenn Circuit Court", "organization") == [
        "the longer name without its first or last words"
    ]
    assert asked("House of Lenn", "House of Tarn", "organization") == []
    assert asked("Tasmin News Agency", "Tasnim News Agency", "organization")
    assert asked("Lords of the Valley", "Commons of the Valley", "organization") == []
    assert asked("Tarn", "Tarn Province", "place") == ["the longer name without its first or last words"]
    assert asked("DOJ", "Justice Department", "organization") == ["initials of the other"]
    assert asked("Idris Karim Okonta", "Idris Salim Okonta") == ["same surname, same first letter"]


def test_an_acronym_is_the_act_that_an_article_explains_by_it():
    assert same(naming("Foreign Trade Act", "document", "FTA"), naming("FTA", "organization"))


def test_another_name_of_one_word_is_the_only_body_that_an_article_gives_it_to():
    bank = naming("Petróleo Lennois", "organization", "Petrolenn")
    assert same(bank, naming("Petrolenn", "organization"))
    assert not same(
        bank, naming("Petrolenn", "organization"), naming("Lenn Oil", "organization", "Petrolenn")
    )
    assert not same(naming("Lenn Court of Appeal", "organization", "Court"), naming("Court", "organization"))
