"""What data files refer to is there: meanings, macros, codes, encodings, expressions, files; and words are words."""

from __future__ import annotations

import codecs
import random
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from tests.support.yaml_files import read_yaml

import dossierkit
from dossierkit.extract.languages import language, languages
from dossierkit.extract.timex import find_timexes
from dossierkit.extract.timex.grammar import BREAK, OTHER, grammar
from dossierkit.extract.timex.locales import time_facts
from dossierkit.extract.timex.meanings import ABSOLUTE, RELATIVE
from dossierkit.model.edtf import parse
from dossierkit.model.record import ENTITY_TYPES
from dossierkit.text.data import load, names
from dossierkit.text.segment import sentences

PACKAGE = Path(dossierkit.__file__).parent
SOURCES = {file.relative_to(PACKAGE).as_posix(): file.read_text("utf-8") for file in PACKAGE.rglob("*.py")}
RULED = [lang for lang in languages() if language(lang).facts("dates")]
GRAMMARS = (*names("timex"), *RULED)
FILES = sorted(
    file.relative_to(PACKAGE / "data").with_suffix("").as_posix()
    for file in (PACKAGE / "data").rglob("*.yml")
    if "init" not in file.relative_to(PACKAGE / "data").parts
)
IN_FOLDERS = sorted(
    file.relative_to(PACKAGE).with_suffix("").as_posix()
    for file in (PACKAGE / "extract/languages").rglob("*.yml")
)
_SAMPLES = 12  # of each time rule
_PUBLISHED = "2016-05-30", "2016-05", "2016", "0001-01-01", "9999-12-31", None
_APART = {"date", "days"}  # meanings that `find` asks for by itself
_NUMBERS = {
    "clock": ("10:30", "9.15"), "decade": ("1990s", "80s"), "iso": ("2016-05-03", "2016-05"), "slash": ("3/5/2016", "13.5.2016"), "shortdate": ("03/04/19",),
    "dayord": ("3rd", "1st", "31st"), "year": ("2016", "1987"), "hour24": ("0930", "2200"), "pair": ("13", "07"), "day": ("3", "31"),
    "number": ("12", "350", "2.5"),
}  # fmt: skip


def _examples(rules):
    """Character of the grammar -> forms that it stands for."""
    forms = {}
    for form, char in rules.chars.items():
        forms.setdefault(char, []).append(form)
    for classes, char in rules.numeric.items():
        kinds = sorted(classes - {"number"}) or ["number"]
        forms.setdefault(char, []).extend(form for kind in kinds for form in _NUMBERS[kind])
    return forms


def _sample(node, forms, chance):
    if node.kind == "atom":
        return [chance.choice(forms[chance.choice(node.chars)])] if node.chars else []
    if node.kind == "alt":
        return _sample(chance.choice(node.parts), forms, chance)
    if node.kind in {"maybe", "many"}:
        times = chance.randint(0, 1 if node.kind == "maybe" else 2)
        return [word for _ in range(times) for word in _sample(node.parts[0], forms, chance)]
    return [word for part in node.parts for word in _sample(part, forms, chance)]


@pytest.mark.parametrize("lang", GRAMMARS)
def test_every_meaning_of_a_time_rule_has_its_function(lang):
    told = {rule["means"] for rule in time_facts(lang)["rules"]}
    assert told <= ABSOLUTE.keys() | RELATIVE.keys() | _APART


def test_every_function_of_a_meaning_is_used_by_some_rule():
    told = {rule["means"] for lang in GRAMMARS for rule in time_facts(lang)["rules"]}
    assert told >= ABSOLUTE.keys() | RELATIVE.keys() | _APART


@pytest.mark.parametrize("lang", GRAMMARS)
def test_whatever_a_time_rule_takes_has_a_value(lang):
    rules = grammar(lang)
    forms = _examples(rules)
    chance = random.Random(0)  # noqa: S311 -- the same texts every time
    for rule in rules.rules:
        for before in ("It was", "In March 2015 it began. It was", "On 3 May 2016,", "Il était"):
            for _ in range(_SAMPLES // 4):
                text = f"{before} {' '.join(_sample(rule.tree, forms, chance))} ."
                cut = sentences(text, lang)
                for published in _PUBLISHED:
                    for found in find_timexes(text, cut, published, lang):
                        assert found.value, (text, published)
                        assert found.edtf is None or parse(found.edtf)


@pytest.mark.parametrize("lang", GRAMMARS)
def test_every_macro_and_every_class_that_is_named_exists(lang):
    data = time_facts(lang)
    assert set(data.get("capitalised", ())) <= data["words"].keys()
    written = " ".join([*(rule["match"] for rule in data["rules"]), *data["macros"].values()])
    bare = re.sub(r"'[^']*'|\"[^\"]*\"", " ", written)
    assert set(re.findall(r"\b[A-Z]{2,}\b", bare)) <= data["macros"].keys()
    assert {BREAK, OTHER}.isdisjoint(grammar(lang).chars.values())


def test_every_code_has_its_paragraph_and_every_paragraph_its_code():
    used = {code for text in SOURCES.values() for code in re.findall(r"\bD\d{3}\b", text)}
    assert used == load("problems").keys()
    for code, told in load("problems").items():
        assert told["severity"] in {"error", "warning", "info"}, code
        assert told["title"], code
        assert told["text"], code


def test_every_data_file_that_is_named_is_there_and_every_one_is_read():
    patterns = [
        "[^/]+".join(map(re.escape, re.split(r"\{[^{}]*\}", name)))
        for text in SOURCES.values()
        for name in re.findall(r"""\bload\(\s*f?"([^"]+)"\s*\)""", text)
    ]
    read = [next((name for name in FILES if re.fullmatch(one, name)), None) for one in patterns]
    assert dict(zip(patterns, read, strict=True)) == {
        one: name for one, name in zip(patterns, read, strict=True) if name
    }
    unread = [name for name in FILES if not any(re.fullmatch(one, name) for one in patterns)]
    assert unread == []


def test_every_file_in_the_folder_of_a_language_is_read():
    read = {
        name
        for text in SOURCES.values()
        for name in re.findall(r"""\b(?:facts\(|beside\(__package__, )"([^"]+)"\)""", text)
    }
    assert {Path(name).name for name in IN_FOLDERS} == read


def _leaves(value, path=""):
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves(one, f"{path}/{key}")
            yield f"{path}/{key} (a key)", key
    elif isinstance(value, list):
        for one in value:
            yield from _leaves(one, path)
    else:
        yield path, value


@pytest.mark.parametrize("name", [*(f"data/{name}" for name in FILES), *IN_FOLDERS])
def test_no_word_was_read_as_something_else(name):
    """YAML makes `no` and `on` truth values, `a: b` in a list a mapping, and dates of what looks like one."""
    wrong = [
        (path, value)
        for path, value in _leaves(read_yaml(PACKAGE / f"{name}.yml"))
        if (
            isinstance(value, bool)
            and not (name.startswith(("data/timex/", "data/schema")) or name.endswith("/dates"))
        )
        or not isinstance(value, str | int | float | bool)
    ]
    assert wrong == []


def test_no_key_of_a_data_file_stands_twice():
    for file in PACKAGE.rglob("*.yml"):
        if "init" not in file.relative_to(PACKAGE).parts:
            node = yaml.compose(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            assert list(_repeated(node)) == [], file


def _repeated(node):
    """Keys that a mapping has twice, of which readers of YAML keep the last alone."""
    if isinstance(node, yaml.MappingNode):
        yield from (key for key, count in Counter(key.value for key, _ in node.value).items() if count > 1)
    values = [one[-1] if isinstance(one, tuple) else one for one in node.value]
    for value in values if isinstance(node, yaml.CollectionNode) else ():
        yield from _repeated(value)


def test_the_expressions_of_the_rules_of_privacy_are_texts():
    risk = load("risk")
    for kind in ("details", "ages", "streets"):
        for lang, expressions in risk[kind].items():
            for expression in expressions:
                assert isinstance(expression, str), (kind, lang, expression)
                assert re.compile(expression).groups == (kind == "ages"), (kind, lang, expression)


def test_kinds_and_encodings_and_identifiers_that_are_named_exist():
    assert set(load("risk")["sensitive_types"]) <= set(ENTITY_TYPES)
    for label, codec in load("encodings")["labels"].items():
        assert codecs.lookup(codec), label
    for scheme, told in load("identifiers").items():
        assert re.fullmatch(told["form"], told["example"]), scheme
        if "address" in told:
            assert re.compile(told["address"]).groups == 1, scheme


def test_languages_speak_of_the_same_things():
    for name in ("bounds", "segment", "eventwords", "figures"):
        blocks = {lang: block for lang, block in load(name).items() if isinstance(block, dict)}
        assert {"en", "fr", "ar"} & blocks.keys(), name
        for lang, block in blocks.items():
            assert block.keys() <= blocks["en"].keys(), (name, lang)
