"""What Safari does not read (it was tried in WebKit: names in the text had no line, and links none either), and what nothing uses."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dossierkit.model.record import ENTITY_TYPES

ROOT = Path(__file__).resolve().parents[2]
STYLES = sorted(
    file for top in ("templates/assets", "scripts/dossierkit/data") for file in (ROOT / top).rglob("*.css")
)


def test_there_are_style_sheets():
    assert len(STYLES) > 10


@pytest.mark.parametrize("style", STYLES, ids=lambda file: file.name)
def test_lines_under_words_are_set_property_by_property(style):
    """Safari drops a `text-decoration` that says more than which line there is (WebKit 2.50)."""
    said = re.findall(r"[{;\s]text-decoration:\s*([^;}]+)", style.read_text(encoding="utf-8"))
    assert [value for value in said if len(value.split()) > 1] == []


@pytest.mark.parametrize("style", STYLES, ids=lambda file: file.name)
def test_what_cannot_be_selected_says_so_to_safari_too(style):
    text = style.read_text(encoding="utf-8")
    assert len(re.findall(r"[\s;]user-select:", text)) == text.count("-webkit-user-select:")


def _without_comments(style):
    return re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)


MADE_BY = "\n".join(
    file.read_text(encoding="utf-8")
    for top in ("templates", "scripts/dossierkit")
    for file in sorted((ROOT / top).rglob("*"))
    if file.suffix in {".html", ".js", ".py", ".yml"}
)
"""All that writes HTML, or sets what a style reads."""
NAMES = {*re.findall(r"(?<![\w-])(?:dk|--)[\w-]*", MADE_BY), *(f"dk-{type_}" for type_ in ENTITY_TYPES)}
BEGUN = tuple(re.findall(r"(?<![\w-])(dk-[\w-]*-)(?=[{$\"'`])", MADE_BY))
"""The beginnings of classes that end in a value: `dk-type--{{ item.type }}`."""


def test_every_class_of_ours_is_on_some_page():
    styled = {name for style in STYLES for name in re.findall(r"\.(dk-[\w-]+)", _without_comments(style))}
    assert {name for name in styled - NAMES if not name.startswith(BEGUN)} == set()


def test_every_property_of_ours_is_read():
    """Those of Material (`--md-`) are read by its own style sheets."""
    sheets = "\n".join(map(_without_comments, STYLES))
    defined = set(re.findall(r"(?<![\w-])(--[a-z][\w-]*)\s*:\s", sheets))
    read = set(re.findall(r"var\(\s*(--[\w-]+)", sheets)) | NAMES
    assert {name for name in defined - read if not name.startswith("--md-")} == set()
