"""Which names of several articles are joined as one entity, and which are kept apart."""

from __future__ import annotations

from typing import Any

from dossierkit.extract.authority import EMPTY, build
from dossierkit.extract.identity.clusters import join
from dossierkit.extract.names.spacy_names import chosen
from dossierkit.extract.pipeline import extract
from dossierkit.model.record import Name, Record
from dossierkit.model.source import Article


def ids(*texts: str, authority: Any = EMPTY) -> list[dict[str, str]]:
    articles = [Article(str(number), text) for number, text in enumerate(texts)]
    read = [extract(article, authority) for article in articles]
    return [{m.text: m.entity for m in one.mentions} for one in join(articles, read, authority)]


def test_one_full_name_is_one_person_across_articles() -> None:
    one, other = ids("John Kerry left Geneva.", "Secretary of State John Kerry spoke. Kerry smiled.")
    assert one["John Kerry"] == other["John Kerry"] == other["Kerry"]


def test_spellings_of_a_transliterated_name_are_joined() -> None:
    one, other = ids("Mohammad Alloush left.", "Then Mohammed Allouche spoke.")
    assert one["Mohammad Alloush"] == other["Mohammed Allouche"]


def test_bearers_of_one_name_in_different_walks_of_life_stay_apart() -> None:
    one, other = ids(
        "Senator Martin Keller spoke in Texas. Keller voted.",
        "Striker Martin Keller scored in Leeds. Keller left the pitch.",
    )
    assert one["Martin Keller"] != other["Martin Keller"]
    assert one["Keller"] == one["Martin Keller"]
    assert other["Keller"] == other["Martin Keller"]


def test_shared_company_joins_what_titles_would_keep_apart() -> None:
    one, other = ids(
        "General Martin Keller met Anna Lindqvist in Oslo.",
        "President Martin Keller met Anna Lindqvist again.",
    )
    assert one["Martin Keller"] == other["Martin Keller"]


def test_an_acronym_is_joined_to_the_only_long_form_of_the_input() -> None:
    one, other = ids("The Orchard Growers Council (OGC) met.", "In Oslo the OGC voted.")
    assert one["OGC"] == other["OGC"]


def test_an_acronym_with_two_long_forms_is_not_joined() -> None:
    first, second, third = ids(
        "The Orchard Growers Council (OGC) met.",
        "The Ocean Geology Centre (OGC) met.",
        "In Oslo the OGC voted.",
    )
    assert len({first["OGC"], second["OGC"], third["OGC"]}) == 3


def test_a_country_is_not_its_airline() -> None:
    (one,) = ids("Singapore Airlines left Singapore.")
    assert one["Singapore Airlines"] != one["Singapore"]


def test_company_names_are_joined_without_their_generic_words() -> None:
    one, other = ids("Northwind Airways Ltd. paid.", "They say Northwind Airways paid.")
    assert one["Northwind Airways Ltd."] == other["Northwind Airways"]


def test_a_lone_surname_is_joined_in_shared_company_only() -> None:
    _, near, far = ids(
        "Anna Lindqvist met Peter Brandt of the Orchard Growers Council.",
        "Mr Lindqvist praised the Orchard Growers Council.",
        "Mr Lindqvist went to Peru.",
    )
    assert near["Lindqvist"] == "anna-lindqvist"
    assert far["Lindqvist"] != "anna-lindqvist"


def test_records_that_an_editor_keeps_apart_are_never_merged() -> None:
    one = Record("a", "Martin Keller", "person", not_same_as=("b",))
    two = Record("b", "Martin Keller (footballer)", "person", aliases=(Name("Keller of Leeds"),))
    first, second = ids("Martin Keller spoke.", "Keller of Leeds scored.", authority=build([one, two]))
    assert (first["Martin Keller"], second["Keller of Leeds"]) == ("a", "b")


def test_ids_do_not_depend_on_what_other_articles_say_first() -> None:
    texts = ("John Kerry left Geneva.", "Sergei Lavrov met John Kerry.")
    forward, backward = ids(*texts), ids(*reversed(texts))
    assert forward == list(reversed(backward))


def test_two_middle_initials_are_two_people() -> None:
    (one,) = ids("Senator George H. W. Keller met Governor George W. Keller in Texas.")
    assert one["George H. W. Keller"] != one["George W. Keller"]


def test_a_given_name_that_is_also_a_particle_is_a_given_name_where_it_stands_alone() -> None:
    (one,) = ids("Mr Ben Keller won in Sydney. Mr Ben smiled. Mr Keller left.")
    assert one["Ben Keller"] == one["Keller"]


def test_parts_of_a_full_name_and_of_an_institutions_name_are_the_one_that_has_them() -> None:
    (one,) = ids(
        "General Eustaquio Díaz Vélez won. General Díaz Vélez left. Mrs Natsu Higuchi met Mrs Higuchi Natsu. "
        "The Royal Academy of Painting closed; the Royal Academy moved."
    )
    assert one["Díaz Vélez"] == one["Eustaquio Díaz Vélez"]
    assert one["Natsu Higuchi"] == one["Higuchi Natsu"]
    assert one["Royal Academy"] == one["Royal Academy of Painting"]


def test_names_in_other_languages_in_brackets_are_the_one_before_them() -> None:
    (one,) = ids(
        "Mount Hamrin (Arabic: Mount Hamreen, Kurdish: Mount Hemrin or Mount Hemren) lies in Iraq. "
        "Mrs Ada Moreau (Greek: Αδα; born in Oslo) left."
    )
    assert one["Mount Hemrin"] == one["Mount Hemren"] == one["Mount Hamrin"] == one["Mount Hamreen"]
    assert one["Oslo"] != one["Ada Moreau"]


def test_what_brackets_have_behind_an_organisation_is_its_other_name() -> None:
    text = "The National Mining Agency (Tarnag) fined Lenn Metals on Monday. Hale Media Group (Reuters) paid."
    found = extract(Article("a", text), EMPTY, chosen("model")).mentions
    named = {one.text: one.entity for one in found}
    assert named["Tarnag"] == named["National Mining Agency"]
    assert named.get("Reuters") != named["Hale Media Group"]
