"""The words of the desk: the same in every language, and all that its pages ask for."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

from dossierkit.desk.strings import DeskStrings, languages, strings_for
from dossierkit.text.data import load

USED = re.compile(r"""\bt(?:\.count)?\(\s*["']([a-z_.]+)["']\s*[,)]""")


def sources() -> str:
    templates = files("dossierkit") / "data" / "desk" / "templates"
    views = files("dossierkit") / "desk"
    found = [
        one for folder in (templates, views, views / "views") for one in folder.iterdir() if one.is_file()
    ]
    return "\n".join(one.read_text(encoding="utf-8") for one in found if one.name.endswith((".html", ".py")))


def test_the_languages():
    assert {"ar", "en", "fr"} <= set(languages())


@pytest.mark.parametrize("lang", languages())
def test_every_language_has_the_same_keys_and_values_to_fill_in(lang):
    english, other = load("desk/en"), load(f"desk/{lang}")
    assert other.keys() == english.keys()
    for key, text in english.items():
        if isinstance(text, str):
            assert set(re.findall(r"\{\w+\}", other[key])) == set(re.findall(r"\{\w+\}", text)), key
        elif key != "key_list":
            assert "other" in other[key]
            assert all(form.strip() for form in other[key].values())
    assert [one["key"].split()[0] for one in other["key_list"]] == [
        one["key"].split(",")[0].split()[0] for one in english["key_list"]
    ] or lang


def test_every_string_that_is_asked_for_is_there():
    assert set(USED.findall(sources())) <= load("desk/en").keys()


def test_the_browser_chooses_the_language_and_the_editor_another():
    assert strings_for("", accepted=["de-DE", "fr-CH", "en"]).lang == "fr"
    assert strings_for("ar", accepted=["fr"]).lang == "ar"
    assert strings_for("xx").lang == "en"
    assert DeskStrings("ar").dir == "rtl"


@pytest.mark.parametrize("lang", languages())
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/names",
        "/names/all",
        "/articles",
        "/records",
        "/events?which=all",
        "/dossiers",
        "/changes",
        "/article/2016/chair-of-the-council-resigns",
    ],
)
def test_every_view_speaks_every_language(browser, lang, path):
    page = browser.get(path, **{"Accept-Language": lang})
    assert page.status_code == 200
    assert f'<html lang="{lang}" dir="{"rtl" if lang == "ar" else "ltr"}">' in page.text
