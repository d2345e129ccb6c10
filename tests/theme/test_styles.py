"""What Safari does not read. It was tried in WebKit: names in the text had no line, and links none either."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

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
