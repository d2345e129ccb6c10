"""What holds for every kind of page: for everyone, at every width, and nothing from elsewhere."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

ARABIC = "articles/2016/waqf-al-amal-al-adaiya/"
PAGES = {
    "home": "",
    "article": "articles/2016/mesop-syria-daily-lead-opposition-rebel-negotiator-alloush-quits/",
    "article in Arabic": ARABIC,
    "dossier": "dossiers/geneva-talks-2016/",
    "person": "entities/staffan-de-mistura/",
    "place": "entities/geneva/",
    "articles": "articles/",
    "dossiers": "dossiers/",
    "entities": "entities/",
    "timeline": "timeline/",
    "sources": "sources/",
    "latest changes": "latest/",
    "corrections": "corrections/",
    "data": "data/",
    "about": "about/",
    "event": "entities/cessation-of-hostilities-2016/",
    "document": "entities/unsc-resolution-2254/",
    "search": "search/",
    "search with results": "search/?q=Geneva",
    "not found": "404.html",
}
each_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


@pytest.fixture
def read(read_in_one_tab):
    return read_in_one_tab


# What else Axe finds it finds in both schemes. Its rules on colours take two thirds of its time.
RULES = {
    "light": {},
    "dark": {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}},
}


@each_page
@pytest.mark.parametrize("scheme", RULES)
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(read, path, width, scheme):
    page = read(path, width, scheme=scheme)
    page.locator("html.js").wait_for(state="attached")
    if "?q=" in path:
        page.locator(".dk-search__result").first.wait_for()
    found = Axe().run(page, options={"resultTypes": ["violations"], **RULES[scheme]}).response["violations"]
    assert [(rule["id"], [node["html"][:200] for node in rule["nodes"]]) for rule in found] == []


@each_page
@pytest.mark.parametrize("width", [320, 390])
def test_nothing_scrolls_sideways(read, path, width):
    page = read(path, width, scripts=width == 390)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@each_page
def test_no_request_leaves_the_site(read, path):
    """Not even one that the policy of the pages would stop."""
    page = read(path, bypass_csp=True)
    page.locator("html.js").wait_for(state="attached")
    assert read.strangers == []


def test_a_request_that_leaves_would_be_seen(read):
    page = read("", bypass_csp=True)
    page.evaluate("fetch('https://example.org/').catch(() => null)")
    assert read.strangers == ["https://example.org/"]
    read.strangers.clear()


@each_page
def test_the_first_stop_of_the_keyboard_leads_to_the_content(read, path):
    page = read(path, scripts=not path.startswith("search/"))  # else its field has the focus already
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent.trim()") == "Skip to content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.querySelector('main').contains(document.querySelector(location.hash))")


def test_scheme_follows_the_system_without_scripts(read):
    papers = {
        scheme: read("", scheme=scheme, scripts=False).evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    }
    assert papers == {"light": "rgb(253, 252, 249)", "dark": "rgb(22, 25, 27)"}


PANELS_AND_TEXT = ".dk-panels", ".dk-text"
NOTED = """link => {
    link.scrollIntoView({block: 'center', behavior: 'instant'});
    const text = link.closest('.dk-text').getBoundingClientRect(), line = link.getClientRects()[0];
    const at = x => document.elementsFromPoint(x, line.top + line.height / 2).includes(link);
    return [at(text.left - 100), at(text.right + 100)];
}"""


@pytest.mark.parametrize("width", [1440, 1100, 390])
def test_an_arabic_article_reads_from_right_to_left(read, width):
    """Of three columns the lists are the first, so at the right, and notes the last; of two the lists are the last."""
    page = read(ARABIC, width)
    assert page.evaluate("document.documentElement.lang") == "en"
    for part in ("h1", ".dk-text", ".dk-panel--timeline .dk-timeline"):
        assert page.locator(part).evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert page.locator(".dk-text").get_attribute("lang") == "ar"
    assert page.locator(".dk-panels").evaluate("e => getComputedStyle(e).direction") == "rtl"
    assert (
        page.locator(".dk-source .dk-facts > div").first.evaluate("e => getComputedStyle(e).direction")
        == "ltr"
    )
    panel, text = (page.locator(part).bounding_box() for part in PANELS_AND_TEXT)
    if width == 1440:
        assert panel["x"] > text["x"] + text["width"], "the panels stand where a line of the text begins"
        noted = page.locator(".dk-text .dk-back").first.evaluate(NOTED)
        assert noted == [True, False], "a note stands where its line ends"
    if width == 1100:
        assert panel["x"] + panel["width"] < text["x"], "with less room the panels stand where a line ends"
    edges = page.locator(".dk-text p").first.evaluate("""paragraph => {
        const range = document.createRange();
        range.selectNodeContents(paragraph);
        const parts = [...range.getClientRects()], low = Math.max(...parts.map(part => part.bottom));
        const line = parts.filter(part => part.bottom > low - 10), box = paragraph.getBoundingClientRect();
        return [box.right - Math.max(...line.map(part => part.right)), Math.min(...line.map(part => part.left)) - box.left];
    }""")
    assert edges[0] < 2 < edges[1], "the last line starts at the right edge and ends short of the left one"
