"""What nobody has decided on says so to everybody: in words, in each scheme and width, in print, and to a screen reader."""

from __future__ import annotations

import pytest
from tests.build import test_unreviewed as unreviewed

PAGES = ("articles/2016/one/", "timeline/", "entities/zqada-moreau-person/", "entities/")


@pytest.fixture(scope="module")
def marked(once, served):
    """A site that marks it, as tests/build/test_unreviewed.py writes it."""
    with served(once("marked", lambda folder: unreviewed.built(folder, "mark")) / "one/site") as address:
        yield address


@pytest.fixture
def opened(windows, marked):
    page = windows.tab()

    def go(path, width=1440):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.goto(marked + path)
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        return page

    yield go
    windows.clear(marked)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", PAGES)
def test_it_is_said_in_words_that_are_seen_and_fit(opened, drawn, violations, path, width):
    page = opened(path, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert violations(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    drawn(page)
    assert violations(page, colours=True) == []
    assert page.get_by_text("not reviewed", exact=False).locator("visible=true").count() > 0


def test_it_is_in_print_and_where_colours_are_forced(opened):
    page = opened("articles/2016/one/")
    for media in ({"media": "print"}, {"media": "screen", "forced_colors": "active"}):
        page.emulate_media(**media)
        name = page.locator(".dk-panel--entities .dk-wavy").first
        assert name.is_visible()
        assert name.evaluate("(one) => getComputedStyle(one).textDecorationStyle") == "wavy"
        assert page.get_by_text("A wavy line marks names that are not reviewed.").is_visible()


def test_a_screen_reader_hears_it_of_names_in_lists_and_in_the_text(opened):
    page = opened("articles/2016/one/")
    panel = page.locator(".dk-panel--entities")
    assert panel.get_by_role("link", name="Zqada Moreau (not reviewed)", exact=True).count() == 1
    assert (
        page.locator(".dk-text a.dk-mention[data-unreviewed]").first.get_attribute("title") == "Not reviewed"
    )
    drawn = page.locator(".dk-node title").all_text_contents()
    assert any(text.startswith("Zqada Moreau (not reviewed)") for text in drawn)


def test_a_long_list_has_a_line_under_the_name_and_one_sentence_about_it(opened):
    for path, names in (("articles/2016/one/", ".dk-panel--entities"), ("entities/", ".dk-list")):
        page = opened(path)
        assert page.get_by_text("A wavy line marks names that are not reviewed.").is_visible()
        for name in page.locator(f"{names} .dk-wavy").all():
            assert name.evaluate("(one) => getComputedStyle(one).textDecorationStyle") == "wavy"
            assert name.evaluate("(one) => one.nextElementSibling.getBoundingClientRect().width") <= 1


def test_a_name_in_the_text_has_the_line_whatever_its_type(opened):
    page = opened("articles/2016/one/")
    kinds = set()
    for name in page.locator(".dk-text a.dk-mention[data-unreviewed]").all():
        for state in (name.blur, name.hover, name.focus):
            state()
            assert name.evaluate("(one) => getComputedStyle(one).textDecorationStyle") == "wavy"
        kinds.update(name.get_attribute("class").split())
    assert kinds >= {"dk-person", "dk-place"}


def test_lists_over_the_text_are_as_wide_as_it(opened):
    page = opened("articles/2016/one/", 768)
    widths = page.locator(".dk-head, .dk-panels, .dk-text").evaluate_all(
        "all => all.map(one => one.offsetWidth)"
    )
    assert len(widths) == 3
    assert len(set(widths)) == 1


@pytest.mark.parametrize("width", [1440, 390])
def test_it_stands_behind_a_date_of_several_lines_not_upon_it(opened, width):
    page = opened("timeline/", width)
    entry = page.locator(".dk-entry", has=page.get_by_text("Not reviewed", exact=True)).first
    date, words = entry.locator(".dk-date"), entry.locator(".dk-unreviewed")
    date.evaluate("date => (date.textContent = 'on or before 30 September 2016')")
    boxes = date.bounding_box(), words.bounding_box()
    over, right = ([box["y"] + box["height"], box["x"] + box["width"]] for box in boxes)
    assert boxes[1]["y"] >= over[0] - 2 or boxes[1]["x"] >= over[1], boxes
    assert width == 390 or abs(over[1] - right[1]) < 1
