"""Names in French and Arabic without a model, measured on sentences that were written before the rules."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.support.yaml_files import read_yaml

from dossierkit.extract.authority import EMPTY
from dossierkit.extract.pipeline import extract
from dossierkit.extract.propose import propose
from dossierkit.model.finding import Extraction
from dossierkit.model.source import Article

NAMED = ("person", "organization", "place")
Named = tuple[int, int, str]


def cases(name: str) -> list[dict[str, Any]]:
    path = Path(__file__).parent / "cases" / f"names_{name}.yml"
    return list(read_yaml(path))


def wanted(case: dict[str, Any]) -> set[Named]:
    spans: set[Named] = set()
    at = 0
    for line in case["found"]:
        kind, _, form = line.partition(": ")
        start = case["text"].index(form, at)
        at = start + len(form)
        spans.add((start, at, kind))
    return spans


def read(text: str, lang: str) -> Extraction:
    return extract(Article("a", text, lang=lang), EMPTY)


@pytest.mark.parametrize(
    ("name", "precision", "recall"),
    [("fr", 0.96, 0.97), ("fr_held", 0.95, 0.92), ("ar", 0.92, 0.92), ("ar_held", 0.86, 0.78)],
)
def test_exact_names_stay_above_what_was_measured_first(name: str, precision: float, recall: float) -> None:
    right = found = gold = 0
    for case in cases(name):
        names = {(m.start, m.end, m.type) for m in read(case["text"], name[:2]).mentions if m.type in NAMED}
        expected = wanted(case)
        right, found, gold = right + len(names & expected), found + len(names), gold + len(expected)
    assert right / found >= precision
    assert right / gold >= recall


@pytest.mark.parametrize(
    ("lang", "text", "reason"),
    [
        ("fr", "Il a vu le ministre de la Défense, Jean-Yves Le Drian.", "after the title “ministre”"),
        ("fr", "L’Observatoire syrien des droits de l’homme parle.", "after the word “Observatoire”"),
        ("fr", "Il est entré dans la ville de Ménaka.", "after the word “ville”"),
        (
            "ar",
            "قال وزير الخارجية الروسي سيرغي لافروف إن المحادثات مستمرة.",
            "after the title “وزير الخارجية الروسي”",
        ),
        ("ar", "وصلوا إلى بلدة مضايا.", "after the word “بلدة”"),
        ("ar", "أعلنت وزارة الدفاع ذلك.", "after the word “وزارة”"),
    ],
)
def test_the_cue_is_kept_as_evidence(lang: str, text: str, reason: str) -> None:
    assert [mention.reason for mention in read(text, lang).mentions] == [reason]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("وأعلن الرئيس محمود عباس ذلك، ثم عاد بالرئيس محمود عباس.", "محمود عباس"),
        ("التقى بوزارة الدفاع ولوزارة الدفاع ووزارة الدفاع.", "وزارة الدفاع"),
        ("بمدينة مضايا ولمدينة مضايا.", "مضايا"),
    ],
)
def test_letters_written_to_the_front_of_an_arabic_word_are_no_part_of_a_name(text: str, form: str) -> None:
    assert {mention.text for mention in read(text, "ar").mentions} == {form}


def test_an_acronym_in_brackets_is_the_organisation_before_it_whatever_its_letters() -> None:
    text = "Le Parti de l’union démocratique (PYD) a parlé. Le PYD est parti."
    assert len({mention.entity for mention in read(text, "fr").mentions}) == 1


def test_a_small_word_inside_a_body_s_name_does_not_make_what_is_before_it_a_description() -> None:
    text = "L’association Juristes sans Limites (JSL) a porté plainte lundi."
    article = Article("a", text, "2016-05-30", lang="fr")
    (entity,) = propose(article, extract(article, EMPTY), EMPTY).entities
    assert entity.name == "Juristes sans Limites"


@pytest.mark.parametrize(("lang", "here", "there"), [("fr", "Alger", "Algiers"), ("ar", "حلب", "Aleppo")])
def test_a_town_has_one_id_in_all_languages(lang: str, here: str, there: str) -> None:
    (mention,) = read(here, lang).mentions
    (other,) = read(there, "en").mentions
    assert mention.entity == other.entity


@pytest.mark.parametrize("lang", ["fr", "ar"])
def test_the_proposal_says_that_rules_alone_found_the_names(lang: str) -> None:
    article = Article("a", "Paris", published="2016-05-30", lang=lang)
    (note,) = propose(article, extract(article, EMPTY), EMPTY).notes
    assert "by rules, without a model" in note


def test_french_organisations_of_a_common_first_word_are_proposed() -> None:
    article = Article("a", "La Commission européenne et le Conseil constitutionnel siègent.", lang="fr")
    names = [entity.name for entity in propose(article, extract(article, EMPTY), EMPTY).entities]
    assert names == ["Commission européenne", "Conseil constitutionnel"]


@given(
    st.lists(
        st.sampled_from(
            "Le président de la République du Conseil M. Mme l’ d’ ( ) , . ONU Paris Jean à ville et pour 12 "
            "الرئيس وزير الدفاع و لل عبد الله بن مدينة هيئة حزب محمد ، دمشق".split()
        )
    ),
    st.sampled_from(["fr", "ar"]),
)
def test_any_order_of_cues_gives_spans_of_the_text(words: list[str], lang: str) -> None:
    text = " ".join(words)
    mentions = read(text, lang).mentions
    assert all(text[m.start : m.end] == m.text and m.text for m in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))


@pytest.mark.parametrize(
    ("text", "form", "name"),
    [
        ("ودعت الخطة للجامعة العربية إلى التنحي.", "لجامعة العربية", "الجامعة العربية"),
        ("وسلّم الرسالة للأمم المتحدة.", "لأمم المتحدة", "الأمم المتحدة"),
        ("وصلوا للندن أمس.", "لندن", "لندن"),
    ],
)
def test_an_article_that_a_preposition_swallowed_is_part_of_the_name(text: str, form: str, name: str) -> None:
    (mention,) = read(text, "ar").mentions
    assert (text[mention.start : mention.end], mention.text) == (form, name)


def test_a_body_is_one_entity_with_and_without_a_preposition() -> None:
    text = "اجتمعت الأمم المتحدة أمس. وسلّم الرسالة للأمم المتحدة. ودعت الجامعة العربية للقاء. وشكروا للجامعة العربية."
    assert len({mention.entity for mention in read(text, "ar").mentions}) == 2


def test_what_is_done_for_something_is_no_part_of_a_government_s_name() -> None:
    (mention,) = read("ندد القرار بقمع الحكومة السورية للاحتجاجات.", "ar").mentions
    assert mention.text == "الحكومة السورية"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("قال الوزير عبد الملك المخلافي إن الحكومة ستشارك.", ["عبد الملك المخلافي"]),
        ("أعلن زعيم الحوثيين عبد الملك الحوثي ذلك.", ["عبد الملك الحوثي"]),
        ("وصل الوزير عبد الله بن الشيخ راشد إلى عدن.", ["عبد الله بن الشيخ راشد"]),
        ("دعا المبعوث إسماعيل ولد الشيخ أحمد إلى الهدوء.", ["إسماعيل ولد الشيخ أحمد"]),
        ("أعرب مكتب المفوضة السامية لحقوق الإنسان عن قلقه.", []),
        ("قالت المفوضة السامية لحقوق الإنسان نافي بيلاي إن القصف مستمر.", ["نافي بيلاي"]),
        ("التقى الملك عبد الله الثاني الوفد.", ["عبد الله الثاني"]),
    ],
)
def test_a_title_inside_an_arabic_name_does_not_end_it_and_an_office_is_nobody(
    text: str, people: list[str]
) -> None:
    assert [mention.text for mention in read(text, "ar").mentions if mention.type == "person"] == people


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "Les délégations ont négocié sous l'égide d'Ismaïl Ould Cheikh Ahmed.",
            ["Ismaïl Ould Cheikh Ahmed"],
        ),
        ("Il a rencontré Cheikh Ahmed à Aden.", ["Ahmed"]),
    ],
)
def test_a_title_inside_a_french_name_is_part_of_it(text: str, people: list[str]) -> None:
    assert [mention.text for mention in read(text, "fr").mentions if mention.type == "person"] == people
