"""Names in German, Spanish, Italian, Portuguese and Dutch, on sentences that nothing was learned from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.support.yaml_files import read_yaml

from dossierkit.extract.authority import EMPTY
from dossierkit.extract.names.installed import installed
from dossierkit.extract.pipeline import extract
from dossierkit.extract.propose import propose
from dossierkit.model.finding import Mention
from dossierkit.model.source import Article
from dossierkit.text.language import detect

CASES = Path(__file__).with_name("cases")
LANGUAGES = ("de", "es", "it", "nl", "pt")
TYPES = {"p": "person", "o": "organization", "l": "place"}
MARKED = re.compile(r"\[([pol]):([^\]]+)\]")
Named = tuple[int, int, str]


def sentences_of(lang: str) -> list[tuple[str, list[Named]]]:
    """The sentences of a case file with their names: (text, [(start, end, type)])."""
    lines = read_yaml(CASES / f"names_{lang}_held.yml")
    return [unmarked(line) for line in lines]


def unmarked(line: str) -> tuple[str, list[Named]]:
    text, names, at = "", list[Named](), 0
    for mark in MARKED.finditer(line):
        text += line[at : mark.start()]
        names.append((len(text), len(text) + len(mark[2]), TYPES[mark[1]]))
        text += mark[2]
        at = mark.end()
    return text + line[at:], names


def read(text: str, lang: str) -> list[Mention]:
    found = extract(Article("a", text, lang=lang), EMPTY, installed()).mentions
    return [mention for mention in found if mention.type in TYPES.values()]


def alike(mention: Mention, name: Named) -> bool:
    start, end, type_ = name
    return mention.type == type_ and mention.start < end and start < mention.end


def overlap_f1(lang: str) -> float:
    right = given = found = wanted = 0
    for text, names in sentences_of(lang):
        mentions = read(text, lang)
        right += sum(any(alike(mention, name) for name in names) for mention in mentions)
        found += sum(any(alike(mention, name) for mention in mentions) for name in names)
        given, wanted = given + len(mentions), wanted + len(names)
    precision, recall = right / given, found / wanted
    return 2 * precision * recall / (precision + recall)


@pytest.mark.parametrize(
    ("lang", "floor"), [("de", 0.77), ("es", 0.84), ("it", 0.69), ("nl", 0.75), ("pt", 0.80)]
)
def test_overlap_f1_of_names_stays_above_its_floor(lang: str, floor: float) -> None:
    assert overlap_f1(lang) >= floor


@pytest.mark.parametrize("lang", LANGUAGES)
def test_case_files_have_forty_sentences_in_the_language_that_they_say(lang: str) -> None:
    texts = [text for text, _ in sentences_of(lang)]
    assert len(texts) >= 40
    assert sum(detect(text).lang == lang for text in texts) >= len(texts) - 2


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("de", "Am Montag sprach Bundeskanzlerin Angela Merkel in Berlin.", "Angela Merkel"),
        ("es", "Ayer habló en Lima el señor Mario Vargas Llosa.", "Mario Vargas Llosa"),
        ("de", "Das sagte Polizeisprecher Emil Sommer am Samstag in Bremen.", "Emil Sommer"),
        ("de", "Neben Merkel werden zwei Minister befragt, sagte der Anwalt in Berlin.", "Merkel"),
        (
            "de",
            "Auch Kanzlerberater Clemens von Goetze wurde am Montag in Berlin befragt.",
            "Clemens von Goetze",
        ),
        (
            "de",
            "Weiter sollen Clemens von Goetze und Lars-Hendrik Röller befragt werden.",
            "Clemens von Goetze",
        ),
        ("nl", "Volgens minister Carola Schouten is er geen geld.", "Carola Schouten"),
    ],
)
def test_forms_of_address_and_offices_are_no_part_of_a_name(lang: str, text: str, name: str) -> None:
    assert name in [mention.text for mention in read(text, lang)]


PRESS = [(lang, case) for lang, cases in read_yaml(CASES / "names_press.yml").items() for case in cases]


@pytest.mark.skipif(installed() is None, reason="needs the name model")
@pytest.mark.parametrize(("lang", "case"), PRESS, ids=[case["text"][:40] for _, case in PRESS])
def test_names_of_press_reports_are_found_whole_and_common_words_are_none(lang, case) -> None:
    found = [(mention.text, mention.type) for mention in read(case["text"], lang)]
    kinds = {"people": "person", "organizations": "organization", "places": "place"}
    wanted = {(name, type_) for kind, type_ in kinds.items() for name in case.get(kind, ())}
    assert wanted - set(found) == set()
    assert not {name for name, _ in found} & set(case.get("not", ()))


@pytest.mark.parametrize(
    ("lang", "name"),
    [("de", "Deutschland"), ("es", "Alemania"), ("it", "Germania"), ("nl", "Duitsland"), ("pt", "Alemanha")],
)
def test_a_country_is_one_entity_under_its_names_in_all_languages(lang: str, name: str) -> None:
    (mention,) = read(f"{name}.", lang)
    assert (mention.type, mention.entity) == ("place", "germany")


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("de", "Am Montag sprach sie in Den Haag mit Angela Merkel."),
        ("es", "Ayer habló en La Haya con Pedro Sánchez."),
        ("nl", "Gisteren sprak zij in Den Haag met Mark Rutte."),
    ],
)
def test_a_city_is_one_entity_under_its_names_in_all_languages(lang: str, text: str) -> None:
    assert "the-hague" in [mention.entity for mention in read(text, lang)]


@pytest.mark.parametrize("name", ["Island", "Granada", "Mauricio"])
def test_what_is_a_country_in_another_language_alone_is_not_taken_for_it(name: str) -> None:
    text = f"On Monday the members of the club met at {name} for the third time this year, said Ada Moreau."
    assert {"iceland", "grenada", "mauritius"}.isdisjoint(mention.entity for mention in read(text, "en"))


def test_the_proposal_says_that_the_network_read_a_language_it_was_not_measured_for() -> None:
    notes = {
        lang: propose(article, extract(article, EMPTY, installed()), EMPTY).notes
        for lang in ("de", "sv", "ru")
        for article in [Article("a", "Text.", published="2016-05-20", lang=lang)]
    }
    assert notes["de"] == ()
    assert "for which it was not measured" in notes["sv"][0]
    assert "names are those of records only" in notes["ru"][0]


def test_two_people_are_not_joined_by_a_preposition() -> None:
    text = (
        "Emil Sommer trat ab. Am Montag wurde Sommer von Merkel abgelöst. Sommer sagte in Berlin nichts dazu."
    )
    assert not any(" von " in mention.text for mention in read(text, "de"))


def test_the_beginning_of_a_month_is_nobody() -> None:
    text = "Bereits Anfang Juni hatte die Staatsanwaltschaft die Büros in Aschheim durchsucht."
    assert not any("Juni" in mention.text for mention in read(text, "de"))


@pytest.mark.parametrize("word", ["Nacht", "Gebäude", "Fahrbahn", "Nachbarland"])
def test_a_common_noun_is_no_name_in_german(word: str) -> None:
    text = f"In der Nacht lief er aus dem Gebäude über die Fahrbahn in Bremen und floh in ein Nachbarland, sagte Emil Sommer. {word}."
    assert word not in [mention.text for mention in read(text, "de")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Die Abgeordneten wollen Angela Merkel befragen. Merkels Reise nach China ist umstritten. Merkel äußerte sich nicht.",
            ["Angela Merkel", "China", "Merkel"],
        ),
        (
            "Markus Braun lebt in Wien. Das bestätigte Brauns Anwalt nach Brauns Rücktritt am Montag. Braun schwieg.",
            ["Markus Braun", "Wien", "Braun"],
        ),
        (
            "Der Richter Oliver Sommer fragte Stephan von Erffa. Die Verteidigung von Erffas wollte sich nicht äußern.",
            ["Oliver Sommer", "Stephan von Erffa"],
        ),
        (
            "Am Donnerstag kam Carsten Peters nach Berlin. Peter Altmaier war nicht da. Peters sprach mit Klaus Brauns.",
            ["Carsten Peters", "Berlin", "Peter Altmaier", "Peters", "Klaus Brauns"],
        ),
    ],
)
def test_the_genitive_of_a_name_is_no_other_name_in_german(text: str, names: list[str]) -> None:
    assert [mention.text for mention in read(text, "de")] == names


def test_a_country_that_the_network_cuts_is_found_whole() -> None:
    text = "La corte absolvió al expresidente de Costa de Marfil Laurent Gbagbo y a su ministro."
    found = [(mention.text, mention.entity) for mention in read(text, "es")]
    assert ("Costa de Marfil", "ivory-coast") in found
    assert "Laurent Gbagbo" in [name for name, _ in found]


@pytest.mark.skipif(installed() is None, reason="needs the name model")
def test_turkish_offices_are_no_part_of_a_name_and_ports_are_no_people() -> None:
    text = (
        "Norland Sağlık Bakanı Hassan Diab, Tarn Limanı'nda konuştu. Norland Başbakanı Hassan Diab'ı dinledi."
    )
    found = {(one.text, one.type) for one in read(text, "tr")}
    assert ("Hassan Diab", "person") in found
    assert not any(name.endswith(("Başbakanı", "Bakanı")) or "Bakanı " in name for name, _ in found)
    assert ("Tarn Limanı", "person") not in found


@pytest.mark.skipif(installed() is None, reason="needs the name model")
@pytest.mark.parametrize(
    ("lang", "text", "no_name"),
    [
        (
            "de",
            "Sechs Tage später reiste Ada Moreau nach Berlin. Montag war sie wieder in Wien.",
            {"Sechs", "Montag"},
        ),
        ("it", "Lunedì Ada Moreau ha dato le dimissioni a Roma.", {"Lunedì"}),
        (
            "es",
            "Ada Moreau fue detenida por el golpe de Estado en Lima, dijo el Consulado.",
            {"Estado", "Consulado"},
        ),
        ("nl", "De Libanese president Ada Moreau sprak in Den Haag.", {"Libanese"}),
    ],
)
def test_weekdays_numbers_and_common_nouns_are_no_names(lang: str, text: str, no_name: set[str]) -> None:
    found = {one.text for one in read(text, lang)}
    assert "Ada Moreau" in found
    assert found.isdisjoint(no_name)


@pytest.mark.parametrize(
    ("lang", "text", "city"),
    [
        ("it", "L'attrice Anna Magnani morì a Roma nel settembre del 1973.", "Roma"),
        ("en", "L'attrice Anna Magnani morì a Roma nel settembre del 1973.", ""),
    ],
)
def test_a_large_city_by_its_name_in_the_language_is_a_place(lang, text, city):
    found = extract(Article("a", text, lang=lang), EMPTY, installed()).mentions
    assert "".join(one.text for one in found if one.type == "place") == city
