"""What a translation lacks is said of every file, key, value and plural form; the languages that are here lack nothing."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
_SPEC = importlib.util.spec_from_file_location("translation", ROOT / "scripts" / "translation.py")
assert _SPEC
assert _SPEC.loader
translation = importlib.util.module_from_spec(_SPEC)
sys.modules["translation"] = translation
_SPEC.loader.exec_module(translation)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The data of the interface, with French again as the language `xx`."""
    for folder in translation.MODELS:
        shutil.copytree(
            translation.DATA / folder, tmp_path / folder, ignore=shutil.ignore_patterns("static", "templates")
        )
        shutil.copy(tmp_path / folder / "fr.yml", tmp_path / folder / "xx.yml")
    return tmp_path


def changed(file: Path, **keys: object) -> None:
    """Write other values for keys; None takes a key out."""
    found = {**yaml.safe_load(file.read_text(encoding="utf-8")), **keys}
    kept = {key: value for key, value in found.items() if value is not None}
    file.write_text(yaml.safe_dump(kept, allow_unicode=True), encoding="utf-8")


@pytest.mark.parametrize("lang", ["en", "fr", "ar"])
def test_the_languages_that_are_here_lack_nothing(lang: str) -> None:
    assert list(translation.lacks(lang)) == []


def test_a_new_language_is_told_its_four_files(data: Path) -> None:
    lines = list(translation.lacks("es", data))
    assert [line.partition(":")[0] for line in lines] == [
        "strings/es.yml",
        "desk/es.yml",
        "datewords/es.yml",
        "messages/es.yml",
    ]
    assert lines[3].endswith("copy fr.yml and translate it")


def test_each_gap_is_named_with_its_file_and_key(data: Path) -> None:
    changed(
        data / "strings" / "xx.yml",
        home=None,
        homme="Accueil",
        page_of="Ouvrir la page",
        articles_count={"one": "{n} article", "other": "{n} articles"},
    )
    changed(data / "desk" / "xx.yml", undo=None)
    changed(data / "datewords" / "xx.yml", about="vers")
    changed(data / "messages" / "xx.yml", reasons=None)
    lines = list(translation.lacks("xx", data))
    reasons = yaml.safe_load((data / "messages" / "fr.yml").read_text(encoding="utf-8"))["reasons"]
    assert lines[:6] == [
        "strings/xx.yml: home: missing",
        "strings/xx.yml: articles_count.many: missing",
        "strings/xx.yml: page_of: has no {value}, wanted {name}",
        "strings/xx.yml: homme: nothing asks for it",
        "desk/xx.yml: undo: missing",
        "datewords/xx.yml: about: has no {value}, wanted {date}",
    ]
    assert lines[6:] == [f"messages/xx.yml: reasons.{key}: missing" for key in reasons]


def test_a_plural_rule_that_cannot_be_read_is_named(data: Path) -> None:
    changed(data / "strings" / "xx.yml", grammar={"plural": {"one": "v = 0"}, "group": " "})
    assert any(line.startswith("strings/xx.yml: grammar: ") for line in translation.lacks("xx", data))


def test_a_language_without_words_for_dates_has_those_of_english() -> None:
    from dossierkit.text.datewords import words  # noqa: PLC0415

    assert words("2016-05", "sv") == words("2016-05", "en")
