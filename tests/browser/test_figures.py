"""Networks and maps as a reader sees them: by eye, by keyboard, on a phone, in print, and without seeing them."""

from __future__ import annotations

import pytest

DOSSIER = "dossiers/geneva-talks-2016/"
PLACE = "entities/geneva/"
ARTICLE = "articles/2016/mesop-syria-daily-lead-opposition-rebel-negotiator-alloush-quits/"

LABELS = """() => [...document.querySelectorAll('.dk-figure svg[role=group]')]
    .filter(svg => svg.getClientRects().length)
    .map(svg => {
        const whole = svg.getBoundingClientRect();
        return {
            whole: [whole.left, whole.top, whole.right, whole.bottom],
            texts: [...svg.querySelectorAll('a text')].filter(text => text.getClientRects().length).map(text => {
                const box = text.getBoundingClientRect();
                const size = parseFloat(getComputedStyle(text).fontSize) * whole.width / svg.viewBox.baseVal.width;
                return {name: text.textContent, size, box: [box.left, box.top, box.right, box.bottom]};
            }),
        };
    })"""


def meets(one, two):
    """Whether ink can touch: a line's box is three pixels higher than its letters."""
    return one[0] < two[2] and two[0] < one[2] and one[1] + 3 < two[3] and two[1] + 3 < one[3]


@pytest.mark.parametrize("path", [DOSSIER, PLACE])
@pytest.mark.parametrize("width", [390, 768, 1440])
def test_labels_can_be_read_with_this_machines_font_too(read, path, width):
    drawings = read(path, width).evaluate(LABELS)
    assert len(drawings) >= 2
    for drawing in drawings:
        left, top, right, bottom = drawing["whole"]
        for number, text in enumerate(drawing["texts"]):
            box = text["box"]
            assert text["size"] >= 11
            assert left - 1 <= box[0] < box[2] <= right + 1, text["name"]
            assert top - 2 <= box[1] < box[3] <= bottom + 2, text["name"]
            others = [other["name"] for other in drawing["texts"][:number] if meets(box, other["box"])]
            assert others == [], text["name"]


@pytest.mark.parametrize(("width", "form"), [(390, "narrow"), (1440, "wide")])
def test_one_drawing_of_a_network_is_shown(read, width, form):
    page = read(DOSSIER, width)
    shown = page.locator(".dk-network svg[role=group]:visible")
    assert shown.count() == 1
    assert f"dk-figure__svg--{form}" in shown.get_attribute("class")


def test_a_node_leads_to_its_entity(read):
    page = read(DOSSIER, scripts=False)
    page.locator(".dk-network svg[role=group]:visible a", has_text="Staffan de Mistura").locator(
        "text"
    ).first.click()
    page.wait_for_url("**/entities/staffan-de-mistura/")


def test_a_place_on_the_map_leads_to_its_entity(read):
    page = read(DOSSIER, scripts=False)
    page.locator(".dk-map a[aria-label=Aleppo]:visible").last.locator("text:visible").click()
    page.wait_for_url("**/entities/aleppo/")


def test_the_table_opens_and_is_reached_by_keyboard(read):
    page = read(PLACE)
    page.locator(".dk-network summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "region"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('table') !== null")


def test_the_network_of_an_article_waits_behind_its_text(read):
    page = read(ARTICLE)
    figure = page.locator(".dk-network svg[role=group]")
    assert figure.first.is_hidden()
    page.locator(".dk-beneath > summary").click()
    assert page.locator(".dk-network svg[role=group]:visible").count() == 1


def test_print_has_the_pictures(read):
    page = read(DOSSIER)
    page.emulate_media(media="print")
    page.wait_for_function(
        "matchMedia('print').matches"
    )  # the browser takes the other medium up a moment after it was told
    assert page.locator(".dk-network svg[role=group]:visible").count() == 1
    assert page.locator(".dk-map svg[role=group]:visible").count() >= 1
