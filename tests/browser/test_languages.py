"""The demo as a site in Arabic: its English articles read the other way round. And in French."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.support.process import succeeds
from tests.support.sites import WITHOUT_CARDS, copy_demo

from dossierkit.site.strings import Strings

ROOT = Path(__file__).resolve().parents[2]
ENGLISH = "articles/2016/mesop-syria-daily-lead-opposition-rebel-negotiator-alloush-quits/"
ARABIC = "articles/2016/waqf-al-amal-al-adaiya/"
UNMARKED = {0x2068: None, 0x2069: None}
# What the demo's own pages say is English; what the interface says is not.
INTERFACE = ".dk-kind > a:first-child, .dk-panel h2, .dk-group__label, .dk-facts dt, .dk-key, .dk-section > h2, .dk-card__counts, .dk-tally"


@pytest.fixture(scope="session", params=["ar", "fr"])
def translated(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    copy_demo(folder)
    config = (
        (folder / "mkdocs.yml")
        .read_text(encoding="utf-8")
        .replace("language: en", f"language: {request.param}")
    )
    config = config.replace("extra:\n", WITHOUT_CARDS)
    config = re.sub(r"(?m)^  - [A-Z]\w*: (\S+\.md)$", r"  - \1", config)
    (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
    succeeds("build", "--strict", cwd=folder)
    return request.param, folder / "site"


@pytest.fixture
def abroad(translated, served, windows):
    """The language, and what opens a page of the site in it."""
    lang, site = translated
    with served(site) as address:
        page = windows.tab()
        page.set_viewport_size({"width": 1440, "height": 900})

        def read(path):
            page.goto(address + path)
            return page

        yield lang, read
        windows.clear(address)


def test_the_interface_speaks_the_language(abroad):
    lang, read = abroad
    t = Strings(lang)
    page = read(ENGLISH)
    assert page.evaluate("[document.documentElement.lang, document.body.dir]") == [lang, t.dir]
    assert page.locator(".dk-panel--timeline h2").inner_text() == t("timeline")
    assert page.locator(".dk-group__label").first.inner_text().startswith(t("types.person.many"))
    note = page.locator(".dk-entry__note", has_text="in late January").first.text_content()
    assert note.translate(UNMARKED) == t("words_of_date", when="in late January").translate(UNMARKED)
    assert page.locator(".md-nav__link:visible", has_text=t("timeline")).count() == 1
    assert read("404.html").locator("h1").inner_text() == t("not_found.title")


def test_nothing_of_the_interface_is_left_in_english(abroad):
    lang, read = abroad
    for path in ("", ENGLISH, "entities/geneva/", "dossiers/geneva-talks-2016/"):
        said = " ".join(read(path).locator(INTERFACE).all_inner_texts())
        assert said
        if lang == "ar":
            assert set(re.findall(r"[A-Za-z]{3,}", said)) <= {"SHA", "Wikidata"}, path


def test_an_article_reads_in_its_own_direction(abroad):
    lang, read = abroad
    sides = {}
    for path, direction in ((ENGLISH, "ltr"), (ARABIC, "rtl")):
        page = read(path)
        text, panels, name = (
            page.locator(one).bounding_box() for one in (".dk-text", ".dk-panels", ".dk-name")
        )
        assert page.locator(".dk-text").evaluate("e => getComputedStyle(e).direction") == direction
        wide = page.viewport_size["width"] >= 1360
        begins = panels["x"] < text["x"] if direction == "ltr" else panels["x"] > text["x"]
        assert begins == wide, (
            "the panels stand where a line of the text begins, with less room where it ends"
        )
        sides[path] = name["x"] > page.viewport_size["width"] / 2
    assert set(sides.values()) == {lang == "ar"}, "the name of the site stands where its language begins"


def test_names_stand_apart_from_the_words_around_them(abroad):
    _, read = abroad
    page = read("entities/geneva/")
    assert page.locator("h1").inner_text() == "Geneva"
    assert page.locator(".dk-aliases bdi[lang=ar][dir=rtl]").count() == 1
    assert page.locator(".dk-standfirst").evaluate("e => getComputedStyle(e).unicodeBidi") == "plaintext"
    passages = (
        read("entities/damascus/")
        .locator(".dk-passages ul")
        .evaluate_all("all => all.map(one => [one.closest('[lang]').lang, getComputedStyle(one).direction])")
    )
    assert {tuple(one) for one in passages} == {("en", "ltr"), ("ar", "rtl")}


def test_nothing_scrolls_sideways_on_a_narrow_screen(abroad):
    _, read = abroad
    for path in ("", ENGLISH, ARABIC, "timeline/"):
        page = read(path)
        page.set_viewport_size({"width": 320, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, path


@pytest.mark.parametrize("path", ["", ENGLISH, ARABIC])
def test_axe_finds_nothing(abroad, violations, path):
    """Colours are those of the English site, where they are looked at: no style sheet tells languages apart by them."""
    _, read = abroad
    assert violations(read(path), colours=False) == []
