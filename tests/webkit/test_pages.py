"""What only another engine shows: properties that it drops, sizes that it computes in its own way, events that it sends or does not."""

from __future__ import annotations

import pytest

ARTICLE = "articles/2016/air-strike-destroys-a-hospital-in-aleppo/"
DOSSIER = "dossiers/geneva-talks-2016/"
PAGES = (
    "",
    ARTICLE,
    DOSSIER,
    "entities/aleppo/",
    "entities/",
    "articles/",
    "timeline/",
    "sources/",
    "search/",
    "verify/",
)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_nothing_scrolls_sideways(window, path, width):
    """In a frame: the window of this browser cannot be as narrow as a phone."""
    window.open("404.html")
    window.framed(path, width)
    page = "document.querySelector('iframe').contentDocument"
    window.until(f"{page}?.readyState === 'complete' && {page}.querySelector('article') !== null")
    assert window.js(f"{page}.documentElement.clientWidth") == width
    assert window.js(f"{page}.documentElement.scrollWidth") == width


def test_names_and_links_in_a_text_have_a_line(window):
    window.open(ARTICLE)
    lines = "[...document.querySelectorAll('.dk-text a.dk-mention')].map(one => getComputedStyle(one).textDecorationLine)"
    assert set(window.js(lines)) == {"underline"}
    window.open("")
    assert (
        window.js("getComputedStyle(document.querySelector('article > p a')).textDecorationLine")
        == "underline"
    )


def test_the_fonts_are_those_of_the_site(window):
    window.open(ARTICLE)
    window.until(
        "document.fonts.status === 'loaded' && [...document.fonts].some(font => font.status === 'loaded')"
    )


def test_the_search_finds_while_one_types(window):
    window.open("")
    window.keys("/")
    window.until("document.activeElement.matches('.dk-search-dialog input')")
    window.keys("aleppo")
    assert "Aleppo" in window.until(
        "document.querySelector('.dk-search-dialog .dk-search__result')?.textContent"
    )


def test_a_name_shows_its_card(window):
    window.open(ARTICLE)
    window.point(".dk-text a.dk-mention")
    assert "Al Quds hospital" in window.until("document.querySelector('.dk-card-of')?.textContent")


def test_a_timeline_becomes_longer(window):
    window.open("timeline/")
    width = "document.querySelector('.dk-chart__drawing').getBoundingClientRect().width"
    before = window.js(width)
    window.point(".dk-chart .dk-drawing")
    window.until("document.querySelector('.dk-chart [data-do=in]')")
    window.point(".dk-chart [data-do=in]", click=True)
    assert window.until(f"{width} > {before} && {width}") == pytest.approx(before * 1.5, rel=0.01)


def test_the_colours_that_a_reader_chose_stay(window):
    window.open("")
    paper = "getComputedStyle(document.body).backgroundColor"
    before = window.js(paper)
    window.point(".dk-scheme", click=True)
    dark = window.until(f"{paper} !== {before!r} && {paper}")
    window.open(ARTICLE)
    assert window.js(paper) == dark
    window.js("localStorage.clear()")


def test_an_entry_lights_its_words(window):
    window.open(ARTICLE)
    window.point(".dk-panel--timeline .dk-entry__text a", click=True)
    shown = "getComputedStyle(document.querySelector('.dk-quote:target') || document.body).backgroundColor"
    assert window.until(f"document.querySelector('.dk-quote:target') && {shown}") != "rgba(0, 0, 0, 0)"
