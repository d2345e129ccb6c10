"""A spaCy pipeline in the place of the name model. The tests that need spaCy itself make their own small pipelines."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

from dossierkit.extract.authority import EMPTY
from dossierkit.extract.names.spacy_names import (
    NamesError,
    SpacyNames,
    chosen,
    load,
    type_of,
    version_of,
    wrapped,
)
from dossierkit.extract.pipeline import extract
from dossierkit.model.source import Article


class Words:
    """Stands in for a pipeline: every capitalised word is an entity of one label. Counts what it is given."""

    def __init__(self, label: str = "PER") -> None:
        self.label = label
        self.given: list[str] = []

    def __call__(self, text: str) -> SimpleNamespace:
        self.given.append(text)
        ents, at = [], 0
        for word in text.split():
            at = text.index(word, at)
            if word[0].isupper():
                ents.append(SimpleNamespace(start_char=at, end_char=at + len(word), label_=self.label))
            at += len(word)
        return SimpleNamespace(ents=ents)


def names(pipeline: Any, text: str, *sentences: tuple[int, int]) -> list[tuple[str, str]]:
    found = SpacyNames(pipeline).find(text, sentences or [(0, len(text))])
    return [(text[start:end], kind) for start, end, kind, _ in found]


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        ("PERSON PER PRS persName per PS", "person"),
        ("ORG orgName org GPE_ORG ORGANIZATION OG", "organization"),
        ("LOC GPE FAC placeName geogName GPE_LOC loc LC FACILITY", "place"),
        ("NORP MISC DATE EVENT PRODUCT LAW LANGUAGE CARDINAL DERIV_PER", ""),
    ],
)
def test_labels_of_the_known_schemes_are_mapped(labels: str, kind: str) -> None:
    assert {label: type_of(label) for label in labels.split()} == dict.fromkeys(labels.split(), kind)


def test_labels_without_a_type_are_left_out() -> None:
    assert names(Words("NORP"), "Some Syrians left") == []


def test_white_space_and_a_genitive_stay_outside() -> None:
    class Wide(Words):
        def __call__(self, text: str) -> SimpleNamespace:
            return SimpleNamespace(ents=[SimpleNamespace(start_char=3, end_char=9, label_="PER")])

    assert names(Wide(), "of\n Ann's hat") == [("Ann", "person")]


def test_a_text_longer_than_spacy_takes_is_given_in_pieces() -> None:
    text = "Ann met Bob today. " * 20_000
    ends = [at * 19 for at in range(20_001)]
    pipeline = Words()
    found = names(pipeline, text, *pairwise(ends))
    assert found == [("Ann", "person"), ("Bob", "person")] * 20_000
    assert max(map(len, pipeline.given)) <= 50_100
    assert "".join(pipeline.given) == text


@pytest.mark.parametrize("word", ["Ann ", "an"])
def test_one_sentence_of_any_length_is_cut(word: str) -> None:
    text, pipeline = word * 60_000, Words()
    found = names(pipeline, text)
    assert len(found) == (60_000 if word == "Ann " else 0)
    assert "".join(pipeline.given) == text
    assert max(map(len, pipeline.given)) <= 50_000


def test_what_lies_outside_the_sentences_before_them_is_not_read() -> None:
    assert names(Words(), "Ann and Bob", (8, 11)) == [("Bob", "person")]
    assert names(Words(), "", (0, 0)) == []


def test_none_is_the_rules_alone_and_the_default_is_the_model() -> None:
    assert chosen("none") is None
    assert version_of(chosen("none")) == "none"
    assert version_of(chosen()) == version_of(chosen("model")) == "model"


def test_an_unknown_choice_is_refused() -> None:
    with pytest.raises(NamesError, match="expected model, none, or spacy:"):
        chosen("flair")


def test_without_spacy_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "spacy", None)
    with pytest.raises(NamesError, match=r"pip install 'dossierkit\[spacy\]'"):
        chosen("spacy:xx_ent_wiki_sm")


@pytest.fixture
def spacy() -> ModuleType:
    return pytest.importorskip("spacy", reason="spaCy is not installed: the extra `spacy` has it")


RULES = [
    {"label": "PER", "pattern": "Jeanne Martin"},
    {"label": "LOC", "pattern": "Lyon"},
    {"label": "ORG", "pattern": "Les Amis du Rhône"},
    {"label": "MISC", "pattern": "Goncourt"},
]
FRENCH = "Jeanne Martin a quitté Lyon le 3 mars 2016. Les Amis du Rhône lui doivent un Goncourt. Martin est partie."


def pipeline(spacy: ModuleType, lang: str, rules: list[dict[str, str]]) -> Any:
    made = spacy.blank(lang)
    made.add_pipe("entity_ruler").add_patterns(rules)
    return made


def test_a_pipeline_finds_names_in_another_language(spacy: ModuleType) -> None:
    found = extract(
        Article("a", FRENCH, published="2016-03-05", lang="fr"), EMPTY, wrapped(pipeline(spacy, "fr", RULES))
    )
    assert [(m.text, m.type, m.entity) for m in found.mentions] == [
        ("Jeanne Martin", "person", "jeanne-martin"),
        ("Lyon", "place", "lyon"),
        ("Les Amis du Rhône", "organization", "les-amis-du-rhone"),
        ("Martin", "person", "jeanne-martin"),
    ]
    assert found.events[0].date == "2016-03-03"
    assert set(found.events[0].entities) == {"jeanne-martin", "lyon"}


def test_records_stand_before_a_pipeline(spacy: ModuleType) -> None:
    from dossierkit.extract.authority import build  # noqa: PLC0415
    from dossierkit.model.record import Record  # noqa: PLC0415

    known = build([Record("amis", "Les Amis du Rhône", "organization")])
    found = extract(Article("a", FRENCH, lang="fr"), known, wrapped(pipeline(spacy, "fr", RULES)))
    assert "amis" in {mention.entity for mention in found.mentions}


def test_any_unicode_is_taken(spacy: ModuleType) -> None:
    text = "\x00 \ud800\udc00 \ud83d Lyon\u202e\ufeff 🙂"
    finder = wrapped(pipeline(spacy, "fr", [{"label": "LOC", "pattern": "🙂"}]))
    assert [(text[start:end], kind) for start, end, kind, _ in finder.find(text, [(0, len(text))])] == [
        ("🙂", "place")
    ]


def test_a_saved_pipeline_is_loaded_by_its_name(spacy: ModuleType, tmp_path: Path) -> None:
    made = pipeline(spacy, "ar", [{"label": "GPE", "pattern": "دمشق"}])
    made.meta["name"] = "places"
    made.to_disk(tmp_path / "model")
    finder = chosen(f"spacy:{tmp_path / 'model'}")
    text = "غادر الوفد مدينة دمشق اليوم"
    assert finder is not None
    assert [text[start:end] for start, end, *_ in finder.find(text, [(0, len(text))])] == ["دمشق"]
    assert version_of(finder).startswith("spacy:ar_places ")


def test_a_model_that_is_not_installed_is_named(spacy: ModuleType) -> None:
    with pytest.raises(NamesError, match="python -m spacy download xx_no_such"):
        load("xx_no_such")


def test_what_does_not_find_names_is_switched_off_unless_a_ruler_may_need_it(spacy: ModuleType) -> None:
    plain = spacy.blank("en")
    plain.add_pipe("tagger")
    assert wrapped(plain).pipeline.pipe_names == []
    plain = spacy.blank("en")
    plain.add_pipe("tagger")
    plain.add_pipe("entity_ruler")
    assert wrapped(plain).pipeline.pipe_names == ["tagger", "entity_ruler"]
