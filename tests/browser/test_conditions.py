"""However a page is read: enlarged, in a system's own colours, without movement, by keyboard alone, on paper."""

from __future__ import annotations

import pypdfium2
import pytest

ARTICLE = "articles/2016/mesop-syria-daily-lead-opposition-rebel-negotiator-alloush-quits/"
PAGES = (
    "",
    ARTICLE,
    "articles/2016/waqf-al-amal-al-adaiya/",
    "dossiers/geneva-talks-2016/",
    "entities/geneva/",
    "articles/",
    "entities/",
    "timeline/",
    "corrections/",
    "sources/",
    "latest/",
    "data/",
    "about/",
    "404.html",
)


@pytest.fixture
def tab(browser, address):
    """`tab(**how)` gives what opens pages in one tab of a context made that way."""
    contexts = []

    def make(**how):
        contexts.append(browser.new_context(**how))
        page = contexts[-1].new_page()

        def read(path):
            page.goto(address + path)
            return page

        return read

    yield make
    for context in contexts:
        context.close()


def test_at_200_per_cent_nothing_is_lost_or_scrolls_sideways(tab):
    """A window of 1280 px enlarged twofold has 640 px of CSS (WCAG 2.2, 1.4.4 and 1.4.10)."""
    read = tab(viewport={"width": 640, "height": 450}, device_scale_factor=2)
    for path in PAGES:
        page = read(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640, path
        box = page.locator("h1").first.bounding_box()
        assert box["x"] >= 0, path
        assert box["x"] + box["width"] <= 640, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whoever_wants_more_contrast_gets_no_grey_text(tab, scheme):
    page = tab(contrast="more", color_scheme=scheme)(ARTICLE)
    colour = "at => getComputedStyle(document.querySelector(at)).color"
    assert page.evaluate(colour, ".dk-standfirst") == page.evaluate(colour, "h1")


def test_text_spaced_out_is_not_cut_off(tab):
    """The spacing of WCAG 2.2, 1.4.12."""
    read = tab(viewport={"width": 390, "height": 800}, bypass_csp=True)
    for path in PAGES:
        page = read(path)
        page.add_style_tag(
            content="* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
        )
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path


def test_without_movement_nothing_moves(tab):
    read = tab(reduced_motion="reduce")
    page = read(ARTICLE)
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = page.evaluate("""[...document.querySelectorAll("body *")].filter((element) => {
        const { transitionDuration, animationDuration } = getComputedStyle(element);
        return [transitionDuration, animationDuration].join().split(",").some((time) => parseFloat(time) > 0.001);
    }).length""")
    assert moving == 0


def test_in_the_systems_colours_signs_and_the_place_one_went_to_are_still_seen(tab):
    page = tab(forced_colors="active")(ARTICLE)
    canvas = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for sign in (".dk-group__label", ".dk-entry--exact"):
        painted = page.locator(sign).first.evaluate(
            "element => getComputedStyle(element, '::before').backgroundColor"
        )
        assert painted not in {canvas, "rgba(0, 0, 0, 0)"}, sign
    page.locator(".dk-entry", has_text="Lavrov and Kerry speak by phone").locator("a").click()
    assert (
        page.locator(".dk-quote:target").evaluate("element => getComputedStyle(element).outlineStyle")
        == "solid"
    )


PAINTED = """(one, [part, property]) => {
    const sample = document.createElement("i");
    const seen = getComputedStyle(one, part)[property];
    document.body.append(sample);
    const system = (name) => {
        sample.style.color = name;
        return getComputedStyle(sample).color;
    };
    const found = ["Canvas", "CanvasText", "LinkText"].find((name) => system(name) === seen);
    sample.remove();
    return found ?? seen;
}"""


def painted(page, selector, part=None, what="backgroundColor"):
    """The name of the system colour in which it is painted, or another colour as it is."""
    return page.locator(selector).first.evaluate(PAINTED, [part, what])


def test_in_the_systems_colours_dates_of_each_certainty_differ(tab):
    page = tab(forced_colors="active", viewport={"width": 1440, "height": 900})(ARTICLE)
    assert painted(page, ".dk-key__mark--exact") == "LinkText"
    assert painted(page, ".dk-key__mark--within") == "Canvas"
    page.goto(page.url.replace(ARTICLE, "timeline/"))
    assert painted(page, ".dk-entry--exact", "::before") == "LinkText"
    assert painted(page, ".dk-entry--within", "::before") == "Canvas"
    assert painted(page, ".dk-chart .dk-mark--exact", what="fill") == "LinkText"
    assert painted(page, ".dk-chart .dk-mark--within", what="fill") == "Canvas"


def test_in_the_systems_colours_a_legend_has_the_colours_of_its_drawing(tab):
    page = tab(forced_colors="active", viewport={"width": 1440, "height": 900})("dossiers/geneva-talks-2016/")
    for kind in ("person", "organization", "place"):
        assert painted(page, f".dk-network .dk-node.dk-{kind} > path", what="fill") == "CanvasText"
        assert painted(page, f".dk-network .dk-figure__key .dk-chip.dk-{kind}", "::before") == "CanvasText"


def test_in_the_systems_colours_signs_of_buttons_and_the_section_in_view_are_seen(tab):
    page = tab(forced_colors="active", viewport={"width": 1440, "height": 900})("dossiers/geneva-talks-2016/")
    assert painted(page, ".dk-find", "::before") == "LinkText"
    assert "gradient" in painted(page, ".dk-scheme", "::before", "backgroundImage")
    page.set_viewport_size({"width": 390, "height": 800})
    assert "gradient" in painted(page, ".dk-menu__sign", what="backgroundImage")
    page.locator(".dk-bar a").first.click()
    page.locator(".dk-bar a[aria-current]").wait_for()
    assert painted(page, ".dk-bar a[aria-current]", what="borderBottomColor") != "Canvas"
    assert painted(page, ".dk-bar a:not([aria-current])", what="borderBottomColor") == "Canvas"


def test_on_a_phone_the_bar_shows_the_section_in_view_and_stays_where_the_reader_moves_it(
    tab, drawn, in_view
):
    page = tab(viewport={"width": 390, "height": 800})("dossiers/geneva-talks-2016/")
    for section in ("network", "moments", "map"):
        page.evaluate("(id) => document.getElementById(id).scrollIntoView({behavior: 'instant'})", section)
        current = page.locator(f".dk-bar a[aria-current][href='#{section}']")
        current.wait_for()
        assert page.locator(".dk-bar a[aria-current]").count() == 1
        assert in_view(current)
    page.locator(".dk-bar ul").evaluate("(bar) => (bar.scrollLeft = 0)")
    page.evaluate("scrollBy({top: 20, behavior: 'instant'})")
    drawn(page)
    assert page.locator(".dk-bar ul").evaluate("(bar) => bar.scrollLeft") == 0


def test_every_stop_of_the_keyboard_is_seen(tab, drawn):
    read = tab(viewport={"width": 1440, "height": 900})
    page = read(ARTICLE)
    stops = []
    for _ in range(60):
        page.keyboard.press("Tab")
        drawn(page)
        stop = page.evaluate("""() => {
            const element = document.activeElement.matches(".md-option") // drawn as its label
                ? document.activeElement.nextElementSibling
                : document.activeElement;
            const style = getComputedStyle(element), box = element.getBoundingClientRect();
            const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== "none";
            return { name: element.outerHTML.slice(0, 120), ring, seen: box.width > 0 && box.top < innerHeight && box.bottom > 0 };
        }""")
        stops.append(stop)
    assert [stop["name"] for stop in stops if not (stop["ring"] and stop["seen"])] == []
    names = " ".join(stop["name"] for stop in stops)
    for part in ('<a href="#m-', "/entities/", "md-nav__link"):
        assert part in names


def test_an_entry_is_chosen_and_left_by_keyboard_alone(tab, drawn):
    page = tab(viewport={"width": 1440, "height": 900})(ARTICLE)
    drawn(page)  # nobody presses a key on what is not drawn yet
    page.locator(".dk-entry a", has_text="Lavrov and Kerry speak by phone").press("Enter")
    assert "phone on Sunday" in page.locator(".dk-quote:target").inner_text()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.matches('.dk-text *')"), (
        "the keyboard goes on from the words"
    )


def test_on_paper_no_heading_ends_a_page_and_articles_are_not_one_piece(tab):
    """With the cards of unedited articles, which have titles alone. Text of a page of a PDF is in the order of the page."""
    page = tab()("dossiers/geneva-talks-2016/")
    page.evaluate("document.querySelectorAll('.dk-card__text').forEach((one) => one.remove())")
    page.evaluate(
        "for (let n = 0; n < 3; n++) document.querySelector('#articles .dk-cards').append(...["
        "...document.querySelectorAll('#articles .dk-card')].map((one) => one.cloneNode(true)))"
    )
    dates = set(page.locator("#articles .dk-card__meta").all_text_contents())
    years = {" ".join(one.split()) for one in page.locator(".dk-fold .dk-year__label").all_text_contents()}
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    pages = [one.get_textpage().get_text_range().strip().splitlines() for one in document]
    with_articles = [lines for lines in pages if dates.intersection(lines)]
    assert len(with_articles) > 2
    assert [lines[-1] for lines in pages if lines[-1] in dates | years] == []
    assert max(map(len, with_articles[1:-1])) > 20
    assert "Who’s who" in with_articles[0]


def test_on_paper_links_have_their_addresses_and_signs_for_the_screen_are_gone(tab):
    page = tab()("dossiers/geneva-talks-2016/")
    page.evaluate(
        "document.querySelector('.md-content__inner > p:not([class])').innerHTML = "
        '\'See <a href="https://example.org/report">the report</a>.<a class="footnote-backref">\u21a9</a>\''
    )
    document = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    text = " ".join(one.get_textpage().get_text_range() for one in document)
    assert "See the report <https://example.org/report>." in " ".join(text.split())
    assert "\u21a9" not in text
    assert "table below" not in text


def test_on_paper_sentences_have_the_numbers_that_a_dossier_cites(tab):
    page = tab()("articles/2016/air-strike-destroys-a-hospital-in-aleppo/")
    assert "1 An air strike" not in page.locator(".dk-text").inner_text()
    text = " ".join(
        one.get_textpage().get_text_range()
        for one in pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    )
    words = "".join(text.split()).replace("\u2060", "")
    assert "1Anairstrike" in words
    assert "5StaffandeMistura" in words
