"""What holds for every kind of page: for everyone, at every width, and nothing from elsewhere."""

from __future__ import annotations

import pytest

ARABIC = "articles/2016/waqf-al-amal-al-adaiya/"
EVENT = "timeline/events/2016-envoy-pauses-geneva-talks-2bd05b16/"
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
WIDE, NARROW = 1440, 390
each_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


PAPERS = {"light": "rgb(253, 252, 249)", "dark": "rgb(22, 25, 27)"}
PAPER = "getComputedStyle(document.body).backgroundColor"
FEW_ALIKE = """() => {
    const keys = new Map([[document.documentElement, ""]]), seen = new Map(), many = [];
    for (const element of document.querySelectorAll("body, body *")) {
        const said = [...element.attributes].map(({name, value}) => /^(class|style|dir|lang)$/.test(name) ? name + value : name);
        const key = `${keys.get(element.parentElement)} ${element.tagName}${said.sort()}`;
        keys.set(element, key);
        seen.set(key, (seen.get(key) ?? 0) + 1);
        if (seen.get(key) > 3) many.push(element);
    }
    for (const element of many.reverse()) if (!element.childElementCount) element.remove();
}"""
"""Leaves three of all elements that are alike, with all that they lie in: their colours are the same."""


ALIKE = """() => {
    const repeated = ".md-header, .md-footer, .dk-bar, .dk-text, .dk-mention, .dk-entity > :first-child, .dk-behind a:has(q)";
    const targets = new Map();
    for (const link of document.querySelectorAll("a[href]")) {
        if (link.closest(repeated)) continue;
        const said = link.getAttribute("aria-label") || link.textContent || link.title || link.querySelector("img")?.alt;
        const name = said.replace(/\\s+/g, " ").trim();
        const { pathname, hash } = new URL(link.getAttribute("href"), location);
        targets.set(name, (targets.get(name) ?? new Set()).add(pathname === location.pathname ? hash : pathname));
    }
    return [...targets].filter(([name, places]) => !name || places.size > 1).map(([name]) => name);
}"""
"""Names of links that lead to several pages, or to several places of this one. Left out: menus; what stands in a text, with its
sentence around it; names beside it, which lead to their first mention, while others lead to their page; and sentences, which lead to
the names in them."""


LOOKS = """() => {
    const look = (element) => {
        const {color, backgroundColor, backgroundImage, opacity} = getComputedStyle(element);
        return element.checkVisibility() ? [color, backgroundColor, backgroundImage, opacity].join() : "";
    };
    const before = window.looks;
    window.looks = new Map([...document.querySelectorAll("body *")].map((element) => [element, look(element)]));
    const fresh = [...window.looks].filter(([element, seen]) => before && seen && seen !== before.get(element));
    for (const [element] of fresh) element.setAttribute("data-looks-new", "");
    return fresh.length ? "[data-looks-new]" : "";
}"""
"""Marks the elements that were not there to see, or in other colours, when it was called before."""


@pytest.fixture
def in_bad_colours(violations, drawn):
    """What is seen badly in a scheme."""

    def found(page, scheme, within=None):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        drawn(page)
        assert page.evaluate(PAPER) == PAPERS[scheme]
        return violations(page, within, colours=True)

    return found


def seen_when_narrow(page, drawn):
    """What selects the elements that a telephone shows and a wide window does not, or in other colours: "" where there are none.

    No rule but that of a few elements gives colours by the width: of the others those that were seen are the same.
    """
    page.evaluate(LOOKS)
    page.set_viewport_size({"width": NARROW, "height": 900})
    drawn(page)
    return page.evaluate(LOOKS)


def skips_to_content(page):
    """Whether the first stop of the keyboard leads there."""
    page.keyboard.press("Tab")
    if page.evaluate("document.activeElement.textContent.trim()") != "Skip to content":
        return False
    page.keyboard.press("Enter")
    return page.evaluate("document.querySelector('main').contains(document.querySelector(location.hash))")


@each_page
def test_a_page_is_for_everyone_its_links_are_told_apart_and_it_asks_nobody_else(
    read, drawn, violations, in_bad_colours, path
):
    """The reader says of each request whether it would leave the site: without the policy that would stop it."""
    page = read(path, NARROW, bypass_csp=True)
    page.locator("html.js").wait_for(state="attached")
    if "?q=" in path:
        page.locator(".dk-search__result").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW
    assert violations(page, colours=False) == []
    page.set_viewport_size({"width": WIDE, "height": 900})
    drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= WIDE
    assert page.evaluate(ALIKE) == []
    if not path.startswith("search/"):  # else its field has the focus already
        assert skips_to_content(page)
    assert violations(page, colours=False) == []
    page.evaluate(FEW_ALIKE)
    assert in_bad_colours(page, "light") == []
    assert in_bad_colours(page, "dark") == []
    if new := seen_when_narrow(page, drawn):
        assert in_bad_colours(page, "dark", new) == []
        assert in_bad_colours(page, "light", new) == []


def test_bad_colours_are_found_where_few_are_left_of_elements_that_are_alike(read, in_bad_colours):
    page = read(PAGES["timeline"], bypass_csp=True)
    many = page.locator(".dk-date").count()
    page.evaluate(FEW_ALIKE)
    assert 0 < page.locator(".dk-date").count() < many
    page.add_style_tag(content=".dk-date { color: #bbb !important }")
    assert [rule for rule, _ in in_bad_colours(page, "light")] == ["color-contrast"]


def test_bad_colours_are_found_of_what_looks_so_on_a_telephone_alone(read, drawn, in_bad_colours):
    page = read(PAGES["timeline"], bypass_csp=True)
    page.add_style_tag(content="@media (max-width: 400px) { .dk-date { color: #bbb !important } }")
    assert in_bad_colours(page, "light") == []
    new = seen_when_narrow(page, drawn)
    assert [rule for rule, _ in in_bad_colours(page, "light", new)] == ["color-contrast"]


@each_page
def test_without_scripts_a_page_reads_and_nothing_scrolls_sideways_on_the_narrowest_phone(read, path):
    page = read(path, 320, scripts=False)
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 720})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("h1").count() == 1
        assert page.locator("h1").is_visible()
        assert page.locator("a:visible").count() > 0
    if path.startswith("search/"):
        assert skips_to_content(page)


def test_a_request_that_leaves_would_be_seen(read):
    page = read("", bypass_csp=True)
    page.evaluate("fetch('https://example.org/').catch(() => null)")
    assert read.strangers == ["https://example.org/"]
    read.strangers.clear()


def test_scheme_follows_the_system_without_scripts(read):
    papers = {scheme: read("", scheme=scheme, scripts=False).evaluate(PAPER) for scheme in PAPERS}
    assert papers == PAPERS


PANELS_AND_TEXT = ".dk-panels", ".dk-text"
NOTED = """link => {
    link.scrollIntoView({block: 'center', behavior: 'instant'});
    const text = link.closest('.dk-text').getBoundingClientRect(), line = link.getClientRects()[0];
    const at = x => document.elementsFromPoint(x, line.top + line.height / 2).includes(link);
    return [at(text.left - 100), at(text.right + 100)];
}"""


@pytest.mark.parametrize("width", [1440, 1100, 390])
def test_an_arabic_article_reads_from_right_to_left(read, width):
    """What the site says about it reads as elsewhere on the site. Of three columns the lists are the first, so at the right, and notes the last; of two the lists are the last."""
    page = read(ARABIC, width)
    assert page.evaluate("document.documentElement.lang") == "en"
    for part in ("h1", ".dk-text", ".dk-panel--timeline .dk-timeline"):
        assert page.locator(part).evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert page.locator(".dk-text").get_attribute("lang") == "ar"
    for ours in (".dk-kind", ".dk-source .dk-facts", ".dk-panel h2", ".dk-entry__also", ".dk-foot h2"):
        assert page.locator(ours).first.evaluate("e => getComputedStyle(e).direction") == "ltr", ours
    assert page.locator("h1").evaluate("e => getComputedStyle(e).textAlign") == "start"
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


def test_links_with_one_name_lead_to_one_page_where_several_accounts_are_compared(read):
    assert read(EVENT).evaluate(ALIKE) == []


def test_what_stands_at_the_end_of_the_header_is_shown_when_the_header_is_whole(read):
    """A slow line brings a page in pieces: what is shown before its neighbours moves when they come."""
    page = read("", WIDE, own=True)

    def cut(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().partition('<a class="dk-find"')[0])

    parts = page.locator(".dk-nav, .dk-scheme")
    page.route("**/timeline/", cut)
    page.goto(read.address + "timeline/")
    assert [part.is_visible() for part in parts.all()] == [False, False]
    page.unroute("**/timeline/")
    page.reload()
    assert [part.is_visible() for part in parts.all()] == [True, True]
