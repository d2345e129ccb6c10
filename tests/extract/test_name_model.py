"""The name model and the rules about a document's names, through what a caller sees."""

from __future__ import annotations

import json
import random
import time
from hashlib import sha256
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray
from tests.support.yaml_files import read_yaml

from dossierkit.extract.mentions.acronyms import initials_match, name_words
from dossierkit.extract.names.consistency import harmonise
from dossierkit.extract.names.decode import STATES, TYPES, DecodedName, begin_of, best_path
from dossierkit.extract.names.model import NameModel

CASES: list[dict[str, Any]] = read_yaml(Path(__file__).with_name("cases").joinpath("names.yaml"))
FLOOR = 0.90


@pytest.fixture(scope="module")
def model() -> NameModel:
    return NameModel()


def whole(text: str) -> list[tuple[int, int]]:
    return [(0, len(text))]


def find(model: NameModel, text: str) -> list[tuple[str, str]]:
    return [(text[name.start : name.end], name.type) for name in model.find(text, whole(text))]


def test_finds_a_person_an_organization_and_a_place(model: NameModel) -> None:
    names = find(model, "John Kerry met officials of the United Nations in Geneva.")
    assert names == [("John Kerry", "person"), ("United Nations", "organization"), ("Geneva", "place")]


def test_most_names_of_the_case_file_are_found_and_little_else(model: NameModel) -> None:
    wanted = found = right = given = 0
    for case in CASES:
        names = model.find(case["text"], whole(case["text"]))
        expected = _expected(case)
        optional = [span for form in case.get("either", []) for span in _spans(case["text"], form)]
        wanted += len(expected)
        found += sum(any(_same(name, *item) for name in names) for item in expected)
        judged = [name for name in names if not any(_over(name, *span) for span in optional)]
        given += len(judged)
        right += sum(any(_same(name, *item) for item in expected) for name in judged)
    assert found / wanted >= FLOOR
    assert right / given >= FLOOR


def _expected(case: dict[str, Any]) -> list[tuple[int, int, str]]:
    return sorted(
        {
            (*span, kind)
            for kind in TYPES
            for form in case.get(kind, [])
            for span in _spans(case["text"], form)
        }
    )


def _spans(text: str, form: str) -> list[tuple[int, int]]:
    assert form in text
    return [
        (at, at + len(form))
        for at in range(len(text))
        if text.startswith(form, at) and _stands_alone(text, at, form)
    ]


def _stands_alone(text: str, at: int, form: str) -> bool:
    around = text[at - 1 : at], text[at + len(form) : at + len(form) + 1]
    return not any(char.isalnum() for char in around)


def _over(name: DecodedName, start: int, end: int) -> bool:
    return name.start < end and start < name.end


def _same(name: DecodedName, start: int, end: int, kind: str) -> bool:
    return name.type == kind and _over(name, start, end)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n\n",
        "\u200b",
        "...",
        "\x00\x01",
        "\ud83d\ude42".encode("utf-16", "surrogatepass").decode("utf-16"),
    ],
)
def test_text_without_words_has_no_names(model: NameModel, text: str) -> None:
    assert model.find(text, whole(text)) == []


def test_no_sentences_no_names(model: NameModel) -> None:
    assert model.find("John Kerry was in Geneva.", []) == []


def test_offsets_are_code_points_whatever_comes_before(model: NameModel) -> None:
    text = "🙂 «Ça» — é\u0301 𝔘 🏴\u200d☠️: John Kerry flew to Moscow."
    assert ("John Kerry", "person") in find(model, text)
    assert ("Moscow", "place") in find(model, text)


def test_offsets_hold_in_later_sentences(model: NameModel) -> None:
    first, second = "It rained all day.", "Angela Merkel spoke in Berlin."
    text = f"{first}\n\n{second}"
    start = text.index(second)
    names = model.find(text, [(0, len(first)), (start, len(text))])
    assert [text[name.start : name.end] for name in names] == ["Angela Merkel", "Berlin"]


@pytest.mark.parametrize("seed", range(8))
def test_any_text_gives_sorted_names_inside_it_that_do_not_overlap(model: NameModel, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 -- repeatable
    ranges = (
        (0x20, 0x7F),
        (0xA0, 0x250),
        (0x370, 0x530),
        (0x590, 0x700),
        (0x900, 0xA00),
        (0x4E00, 0x5000),
        (0x1F300, 0x1F700),
    )
    text = "".join(
        chr(chance.randrange(*chance.choice(ranges))) + " " * chance.randrange(2) for _ in range(600)
    )
    names = model.find(text, whole(text))
    assert all(0 <= name.start < name.end <= len(text) and name.type in TYPES for name in names)
    assert all(0.0 <= name.score <= 1.0 for name in names)
    assert all(left.end <= right.start for left, right in pairwise(names))


def test_the_card_tells_of_the_files_that_are_shipped_and_they_are_small(model: NameModel) -> None:
    card = json.loads((model.folder / "card.json").read_text(encoding="utf-8"))
    shipped = {name: (model.folder / name).read_bytes() for name in ("names.onnx", "vocabulary.txt")}
    assert card["sha256"] == {name: sha256(content).hexdigest() for name, content in shipped.items()}
    assert sum(map(len, shipped.values())) < 25_000_000


def test_the_same_text_gives_the_same_names(model: NameModel) -> None:
    text = " ".join(case["text"] for case in CASES)
    sentences, at = [], 0
    for case in CASES:
        sentences.append((at, at + len(case["text"])))
        at += len(case["text"]) + 1
    assert model.find(text, sentences) == model.find(text, sentences) == NameModel().find(text, sentences)


def test_one_line_without_end_is_read_in_linear_time(model: NameModel) -> None:
    line = "Angela Merkel met Vladimir Putin in Minsk and " * 200
    started = time.process_time()
    once = model.find(line, whole(line))
    single = time.process_time() - started
    started = time.process_time()
    model.find(line * 4, whole(line * 4))
    assert time.process_time() - started < 12 * single + 1.0
    assert len(once) > 500


@pytest.mark.parametrize("text", ["A" * 50_000, "a" * 50_000, "." * 50_000, "é" * 5_000, "的" * 5_000])
def test_a_huge_word_does_no_harm(model: NameModel, text: str) -> None:
    assert all(name.end <= len(text) for name in model.find(text, whole(text)))


@given(
    arrays(
        np.float32,
        st.tuples(st.integers(1, 4), st.just(STATES)),
        elements=st.floats(-20, 0, width=32),
    )
)
def test_the_path_taken_is_the_best_of_all_that_are_legal(scores: NDArray[np.float32]) -> None:
    def total(path: tuple[int, ...]) -> float:
        return sum(float(scores[at, state]) for at, state in enumerate(path))

    legal = [path for path in product(range(STATES), repeat=len(scores)) if _legal(path)]
    taken = tuple(best_path(scores).tolist())
    assert _legal(taken)
    assert total(taken) == pytest.approx(max(map(total, legal)), abs=1e-3)


def _legal(path: tuple[int, ...]) -> bool:
    """A name goes on from its own type only."""
    begins = [begin_of(kind) for kind in range(len(TYPES))]
    return all(
        state - 1 not in begins or before in (state - 1, state) for before, state in pairwise((0, *path))
    )


def named(text: str, *items: tuple[str, str, float]) -> list[DecodedName]:
    names, at = [], 0
    for form, kind, score in items:
        start = text.index(form, at)
        at = start + len(form)
        names.append(DecodedName(start, at, kind, score))
    return names


def test_one_form_has_one_type_in_a_document() -> None:
    text = "Hama burned. Shells fell on Hama. They left Hama."
    names = named(text, ("Hama", "organization", 0.6), ("Hama", "place", 0.9), ("Hama", "place", 0.9))
    assert [name.type for name in harmonise(text, names)] == ["place"] * 3


def test_an_acronym_has_the_type_of_its_long_form() -> None:
    text = "Popular Forces of Renewal (PFR) met. PFR left."
    names = named(
        text,
        ("Popular Forces of Renewal", "organization", 0.95),
        ("PFR", "place", 0.6),
        ("PFR", "person", 0.5),
    )
    assert [name.type for name in harmonise(text, names)] == ["organization"] * 3


def test_a_surname_alone_is_the_person_named_in_full() -> None:
    text = "Maria Paris spoke. Paris left."
    names = named(text, ("Maria Paris", "person", 0.97), ("Paris", "place", 0.4))
    assert [name.type for name in harmonise(text, names)] == ["person", "person"]


def test_a_town_stays_one_where_somebody_bears_its_name() -> None:
    text = "Lorca lies on a river. Ask Ana Lorca at the station. The museum of Lorca is closed."
    found = named(text, ("Lorca", "place", 0.97), ("Ana Lorca", "person", 0.97), ("Lorca", "place", 0.95))
    assert [name.type for name in harmonise(text, found)] == ["place", "person", "place"]


def test_a_sure_name_is_found_where_it_was_missed() -> None:
    text = "Jan Egeland spoke. Then Jan Egeland left, Jan Egeland's staff said."
    names = harmonise(text, named(text, ("Jan Egeland", "person", 0.95)))
    assert [text[name.start : name.end] for name in names] == ["Jan Egeland"] * 3


def test_a_doubtful_name_is_not_spread() -> None:
    text = "Spring came. Spring went."
    assert len(harmonise(text, named(text, ("Spring", "place", 0.5)))) == 1


def test_no_names_stay_no_names() -> None:
    assert harmonise("Nothing here.", []) == []


@pytest.mark.parametrize(
    ("acronym", "name", "spelled"),
    [
        ("SDF", "Syrian Democratic Forces", True),
        ("OPCW", "Organisation for the Prohibition of Chemical Weapons", True),
        ("ICRC", "International Committee of the Red Cross", True),
        ("UN", "Security Council", False),
        ("A", "Airbus", False),
    ],
)
def test_an_acronym_spells_the_initials_of_a_name(acronym: str, name: str, *, spelled: bool) -> None:
    assert initials_match(acronym, name_words(name)) is spelled


def test_a_surname_has_the_type_of_the_full_name_before_it() -> None:
    text = "The chair, Ada Moreau, spoke on Friday. Moreau will report on the costs next week."
    named = [DecodedName(11, 21, "person", 0.99), DecodedName(40, 46, "organization", 0.97)]
    assert [(name.start, name.type) for name in harmonise(text, named)] == [(11, "person"), (40, "person")]
