"""A long timeline as readers use it: drawn, filtered, shared, and whole without scripts."""

from __future__ import annotations

from itertools import pairwise

import pytest

DOSSIER = "dossiers/geneva-talks-2016/"
COUNT = ".dk-filter output"
FOLD = ".dk-filter summary"
SHOWN = ".dk-timelines .dk-entry:not([hidden])"


@pytest.fixture
def page(read):
    opened = read(DOSSIER)
    opened.locator(COUNT).wait_for()
    opened.locator(FOLD).click()
    return opened


def test_the_filter_is_folded_until_it_is_wanted_or_the_address_has_one(read):
    assert not read(DOSSIER).locator(".dk-filter [name=words]").is_visible()
    asked = read(DOSSIER + "?type=document").locator(".dk-filter [name=type]")
    asked.wait_for()
    assert asked.input_value() == "document"


def test_a_telephone_does_not_enlarge_the_page_around_a_field(browser, address):
    """Safari does, where letters are smaller than 16 pixels."""
    context = browser.new_context(has_touch=True, is_mobile=True, viewport={"width": 390, "height": 844})
    page = context.new_page()
    for path in (DOSSIER, "search/"):
        page.goto(address + path)
        page.locator("main input[type=search]").first.wait_for(state="attached")
        sizes = page.locator("main :is(input[type=search], select)").evaluate_all(
            "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
        )
        assert sizes
        assert min(sizes) >= 16
    context.close()


def unfold(page):
    for year in page.locator(".dk-fold").all():
        if year.get_attribute("open") is None:
            year.locator("> summary").click()


def test_years_of_many_entries_are_folded_and_a_link_to_an_entry_opens_its_year(read, in_view):
    page = read(DOSSIER)
    assert 1 <= page.locator(f"{SHOWN} >> visible=true").count() <= 12
    entry = page.locator(".dk-fold:not([open]) .dk-entry").nth(20).get_attribute("id")
    opened = read(f"{DOSSIER}#{entry}")
    opened.wait_for_function(
        "id => document.getElementById(id).getBoundingClientRect().height > 0", arg=entry
    )
    assert in_view(opened.locator(f"#{entry} .dk-entry__text"))


def test_a_filter_opens_the_years_that_have_what_fits(page):
    page.select_option(".dk-filter [name=entity]", "john-kerry")
    assert page.locator(f"{SHOWN} >> visible=true").count() == page.locator(SHOWN).count() > 0


def test_the_marks_of_a_drawing_are_one_stop_of_the_keyboard(page):
    marks = page.locator(".dk-chart__mark")
    assert marks.evaluate_all("all => all.filter(one => one.tabIndex === 0).length") == 1
    marks.first.focus()
    page.keyboard.press("ArrowRight")
    assert marks.nth(1).evaluate("mark => mark === document.activeElement && mark.tabIndex === 0")


def total(page):
    return page.locator(".dk-timelines .dk-entry").count()


def test_a_filter_narrows_list_headings_and_drawing_and_stands_in_the_address(page):
    all_ = total(page)
    page.select_option(".dk-filter [name=entity]", "john-kerry")
    shown = page.locator(SHOWN).count()
    assert 0 < shown < all_
    assert page.locator(COUNT).text_content() == f"{shown} of {all_} events"
    assert page.url.endswith("?entity=john-kerry")
    assert page.locator(".dk-chart__mark:not(.dk-out)").count() == shown
    counts = page.locator("details[data-period]:not([hidden]) > summary [data-count]").all_text_contents()
    assert sum(map(int, counts)) == shown
    page.select_option(".dk-filter [name=certainty]", "exact")
    assert page.locator(SHOWN).count() < shown
    page.go_back()
    page.locator(COUNT, has_text=f"{shown} of {all_} events").wait_for()
    assert page.locator(SHOWN).count() == shown
    page.go_back()
    page.locator(COUNT, has_text=f"All {all_} events").wait_for()
    page.go_forward()
    page.locator(COUNT, has_text=f"{shown} of {all_} events").wait_for()
    assert page.locator(".dk-filter [name=entity]").input_value() == "john-kerry"


def test_an_address_with_a_filter_can_be_shared_and_the_filter_taken_off(read):
    page = read(DOSSIER + "?type=document&words=GENÈVA")
    page.locator(COUNT).wait_for()
    assert page.locator(".dk-filter [name=words]").input_value() == "GENÈVA"
    assert 0 < page.locator(SHOWN).count() < total(page)
    page.get_by_role("button", name="Show all").click()
    page.wait_for_function("() => !location.search")
    assert page.locator(SHOWN).count() == total(page)
    assert page.evaluate("document.activeElement.name") == "words"


def test_what_fits_nothing_says_so_and_what_nobody_offers_is_no_filter(read):
    page = read(DOSSIER + "?words=xyzzy")
    page.locator(COUNT).wait_for()
    assert page.locator(COUNT).text_content() == "No events match. Remove a filter."
    assert page.locator(COUNT).get_attribute("aria-live") == "polite"
    page = read(DOSSIER + "?entity=nobody")
    page.locator(COUNT).wait_for()
    assert page.locator(SHOWN).count() == total(page)


def test_a_mark_of_what_is_filtered_out_still_leads_to_its_entry(page, in_view):
    mark = page.locator(".dk-chart__mark").nth(20)
    target = mark.get_attribute("href")
    page.fill(".dk-filter [name=words]", "moscow")
    page.wait_for_function("() => location.search.includes('moscow')")
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => !location.search")
    assert in_view(page.locator(f"{target} .dk-entry__text"))


def test_the_filter_works_from_a_folder(browser, site):
    context = browser.new_context()
    page = context.new_page()
    page.goto((site / DOSSIER / "index.html").as_uri())
    page.locator(FOLD).click()
    page.select_option(".dk-filter [name=source]", "mesop")
    assert page.url.endswith("index.html?source=mesop")
    page.reload()
    page.locator(COUNT).wait_for()
    assert 0 < page.locator(SHOWN).count() < total(page)
    context.close()


def test_without_scripts_everything_is_there_but_the_filter(read):
    page = read(DOSSIER, scripts=False)
    assert not page.locator(".dk-filter").is_visible()
    unfold(page)
    assert page.locator(".dk-chart__mark").count() > 50
    assert page.locator(SHOWN).count() == total(page)
    assert page.locator(".dk-timelines").get_by_text("Sources disagree on the date").first.is_visible()


def test_a_short_timeline_has_no_filter_and_asks_for_no_script(read):
    page = read("entities/moscow/")
    assert page.locator("template.dk-filter-parts, .dk-filter").count() == 0
    assert page.locator("script[src*='timeline.js']").count() == 0


@pytest.mark.parametrize("width", [320, 390, 768, 1440])
def test_a_drawing_is_read_at_every_width(read, width):
    page = read("timeline/", width, scripts=False)
    labels = page.locator(".dk-chart__label").evaluate_all("""labels => labels
        .filter(label => getComputedStyle(label).display !== "none")
        .map(label => [label.getBoundingClientRect(), getComputedStyle(label).fontSize])
        .map(([box, size]) => [box.left, box.right, Math.round(box.top), parseFloat(size)])""")
    assert labels
    assert min(size for *_, size in labels) >= 11
    assert min(left for left, *_ in labels) >= 0
    assert max(right for _, right, *_ in labels) <= width
    for row in {top for _, _, top, _ in labels}:
        line = sorted((left, right) for left, right, top, _ in labels if top == row)
        assert all(one[1] <= two[0] for one, two in pairwise(line)), line
    drawing = page.locator(".dk-chart__drawing").bounding_box()
    for mark in page.locator(".dk-mark").all()[:80]:
        box = mark.bounding_box()
        assert drawing["x"] - 1 <= box["x"]
        assert box["x"] + box["width"] <= drawing["x"] + drawing["width"] + 1


def test_the_keyboard_may_pass_the_drawing_by(page):
    page.locator(".dk-chart .dk-skip").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "dk-list"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.dk-timelines__list') !== null")


def test_axe_finds_nothing_in_a_filtered_timeline(read, drawn, violations):
    page = read("timeline/?entity=al-quds-hospital", 390)
    page.locator(COUNT).wait_for()
    assert violations(page) == []
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    drawn(page)
    assert violations(page, colours=True) == []
