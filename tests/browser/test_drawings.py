"""Drawings as instruments: neighbours, the sentences of a line, filters, zoom, what is saved; and frames on another site."""

from __future__ import annotations

import csv
import functools
import http.server
import io
import re
import threading
from pathlib import Path

import pytest
from lxml import etree

DOSSIER = "dossiers/geneva-talks-2016/"
EMBED = "embed/dossiers/geneva-talks-2016/"
NETWORK = ".dk-network .dk-drawing > svg:visible"
MAP = ".dk-map"


def reach(page, figure):
    """A drawing gets its tools when a reader nears it."""
    page.locator(f"{figure} .dk-drawing").first.scroll_into_view_if_needed()
    page.locator(f"{figure} .dk-tools button").first.wait_for()


def test_what_makes_a_drawing_an_instrument_is_loaded_when_a_reader_nears_it(read):
    page = read(DOSSIER, 390)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload(wait_until="networkidle")
    assert any(url.endswith("charts.js") for url in asked)
    assert not any(url.endswith("drawing.js") for url in asked)
    reach(page, ".dk-network")
    reach(page, ".dk-map")
    assert sum(url.endswith("drawing.js") for url in asked) == 1


@pytest.fixture
def network(read):
    page = read(DOSSIER, 1440)
    reach(page, ".dk-network")
    page.locator(NETWORK).scroll_into_view_if_needed()
    return page


def near(page):
    return set(
        page.locator(f"{NETWORK} .dk-node.dk-near").evaluate_all(
            "all => all.map(one => one.getAttribute('href'))"
        )
    )


def test_the_neighbours_of_a_name_are_lit_by_pointer_and_by_keyboard(network):
    node = network.locator(
        f"{NETWORK} .dk-node[href*=riad-hijab], {NETWORK} .dk-node[href*=sergei-lavrov]"
    ).first
    node.locator("path").hover()
    by_pointer = near(network)
    assert node.get_attribute("href") in by_pointer
    assert 1 < len(by_pointer) < network.locator(f"{NETWORK} .dk-node").count()
    network.mouse.move(1, 1)
    node.focus()
    assert near(network) == by_pointer


def test_the_network_is_one_stop_and_arrows_walk_it(network):
    assert network.locator(f"{NETWORK} [tabindex='0']").count() == 1
    first = network.locator(f"{NETWORK} [tabindex='0']")
    first.focus()
    before = first.get_attribute("href")
    network.keyboard.press("ArrowRight")
    focused = "document.activeElement"
    assert network.evaluate(f"{focused}.getAttribute('href')") != before
    network.keyboard.press("ArrowDown")
    assert network.evaluate(f"{focused}.getAttribute('role')") == "button"
    network.keyboard.press("Enter")
    said = network.locator(".dk-network .dk-said--open")
    assert said.is_visible()
    network.keyboard.press("Escape")
    assert said.count() == 0
    assert network.evaluate(f"{focused}.getAttribute('role')") == "button"


def test_a_line_lists_the_sentences_it_rests_on(network):
    line = network.locator(f"{NETWORK} .dk-line:not(.dk-line--stated)").first
    line.dispatch_event("click")
    said = network.locator(".dk-network .dk-said--open")
    quote = said.locator("q").first.text_content()
    href = said.locator("li a").first.get_attribute("href")
    network.goto(network.url.split("#")[0] + href)
    text = network.locator(".dk-text").evaluate("one => one.innerText")
    words = re.sub(r"\W+", " ", quote)[:60]
    assert words in re.sub(r"\W+", " ", text)


LAID_OUT = "one => one.checkVisibility({contentVisibilityAuto: true})"


def test_on_a_phone_a_drawing_far_below_is_laid_out_when_a_reader_nears_it_and_in_print(read):
    page = read(DOSSIER, 390)
    drawing = page.locator(NETWORK).first
    assert not drawing.evaluate(LAID_OUT)
    page.emulate_media(media="print")
    page.wait_for_function(LAID_OUT, arg=drawing.element_handle())
    page.emulate_media(media="screen")
    drawing.scroll_into_view_if_needed()
    page.wait_for_function(LAID_OUT, arg=drawing.element_handle())


@pytest.mark.parametrize("width", [768, 1440])
def test_a_picture_of_a_whole_page_on_a_wide_screen_has_all_of_it(read, width):
    page = read(DOSSIER, width)
    sections = page.locator(".dk-section:not(.dk-edition)").all()
    assert len(sections) > 4
    assert [one.evaluate(LAID_OUT) for one in sections] == [True] * len(sections)
    assert page.locator(NETWORK).evaluate(LAID_OUT)


def test_the_sentences_stand_in_the_page_without_scripts(read):
    page = read(DOSSIER, scripts=False)
    page.locator(".dk-behind summary").click()
    assert page.locator(".dk-behind li[data-ends] q").count() > 20
    assert page.locator(".dk-tools").first.is_hidden()


def test_types_are_filtered(network):
    button = network.locator(".dk-network .dk-figure__key button[data-type=place]")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    places = network.locator(f"{NETWORK} .dk-node.dk-place")
    assert places.count() == network.locator(f"{NETWORK} .dk-node.dk-out").count() > 0
    button.click()
    assert network.locator(f"{NETWORK} .dk-out").count() == 0


def test_it_zooms_by_button_key_and_wheel_and_moves_by_pointer(network):
    svg = network.locator(NETWORK)
    whole = svg.get_attribute("viewBox")
    network.locator(".dk-network [data-do=in]").click()
    nearer = svg.get_attribute("viewBox")
    assert float(nearer.split()[2]) < float(whole.split()[2])
    svg.scroll_into_view_if_needed()
    box = svg.bounding_box()
    network.mouse.move(box["x"] + 200, box["y"] + 40)
    network.mouse.down()
    network.mouse.move(box["x"] + 120, box["y"] + 20, steps=4)
    network.mouse.up()
    assert svg.get_attribute("viewBox") != nearer
    assert network.url.split("#")[0].endswith(DOSSIER)
    network.locator(f"{NETWORK} [tabindex='0']").focus()
    network.keyboard.press("0")
    assert svg.get_attribute("viewBox") == whole
    network.keyboard.press("+")
    assert svg.get_attribute("viewBox") != whole
    network.locator(".dk-network [data-do=whole]").click()
    assert svg.get_attribute("viewBox") == whole
    assert network.locator(".dk-network [data-do=whole]").is_disabled()


def test_a_timeline_becomes_longer_around_its_middle(read):
    page = read("timeline/", 1440)
    reach(page, ".dk-chart")
    chart = page.locator(".dk-chart__drawing").first
    before = chart.bounding_box()["width"]
    page.locator(".dk-chart [data-do=in]").first.click()
    assert chart.bounding_box()["width"] == pytest.approx(before * 1.5, rel=0.01)
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    middle = chart.evaluate(
        "({parentElement: frame}) => (frame.scrollLeft + frame.clientWidth / 2) / frame.scrollWidth"
    )
    assert middle == pytest.approx(0.5, abs=0.01)
    page.locator(".dk-chart [data-do=whole]").first.click()
    assert chart.bounding_box()["width"] == pytest.approx(before)


def saved(page, figure, format_):
    with page.expect_download() as download:
        page.locator(f"{figure} [data-do={format_}]").first.click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


@pytest.mark.parametrize(
    ("figure", "kind"), [(".dk-network", "network"), (".dk-map", "map"), (".dk-chart", "timeline")]
)
def test_what_is_saved_stands_by_itself(network, figure, kind):
    reach(network, figure)
    name, svg = saved(network, figure, "svg")
    assert name == f"geneva-talks-2016-{kind}.svg"
    root = etree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert not [one for one in root.iter() if one.get("class") or one.get("style") or one.get("tabindex")]
    links = [one.get("href") for one in root.iter("{http://www.w3.org/2000/svg}a")]
    assert links
    assert all(link.startswith("http://") for link in links)
    assert DOSSIER in " ".join(root.itertext())
    name, png = saved(network, figure, "png")
    assert name.endswith(".png")
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(png) > 5_000
    name, table = saved(network, figure, "csv")
    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    assert len(rows) > 10
    assert len({len(row) for row in rows}) == 1
    assert not [value for row in rows for value in row if value.startswith(("=", "+", "-", "@"))]


def test_events_stand_on_the_map_and_are_chosen_by_year(network):
    reach(network, MAP)
    mark = network.locator(f"{MAP} .dk-drawing > svg:visible .dk-node[data-node=geneva]").first
    mark.focus()
    said = network.locator(f"{MAP} .dk-said--open li")
    every = said.count()
    assert every > 0
    href = said.locator("a").first.get_attribute("href")
    assert network.locator(f".dk-entry{href}").count() == 1
    network.locator(f"{MAP} [data-do=year]").select_option("2015")
    assert network.locator(f"{MAP} .dk-node.dk-out").count() > 0
    network.locator(f"{MAP} [data-do=year]").select_option("")
    assert network.locator(f"{MAP} .dk-node.dk-out").count() == 0


SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => { for (const one of list.getEntries()) if (!one.hadRecentInput) sum += one.value; })
        .observe({type: 'layout-shift', buffered: true});
    setTimeout(() => done(sum), 400);
})"""


BELOW = "scrollY + innerHeight < document.documentElement.scrollHeight - 1"


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_nothing_jumps_when_the_buttons_come(read, drawn, width):
    page = read(DOSSIER, width)
    while page.evaluate(BELOW):  # as a reader scrolls: a jump would show parts that have not been laid out
        page.mouse.wheel(0, 300)
        drawn(page)
    page.wait_for_function("() => !document.querySelector('.dk-tools:not(:has(button))')")
    heights = page.locator(".dk-tools").evaluate_all(
        "all => all.map(one => one.offsetHeight - parseFloat(getComputedStyle(one).minHeight))"
    )
    assert all(abs(over) <= 1 for over in heights), heights
    assert page.evaluate(SHIFT) < 0.02


@pytest.mark.parametrize("width", [390, 1440])
def test_the_key_is_as_large_before_its_buttons_come(read, width):
    size = "all => all.map(({offsetWidth, offsetHeight}) => [offsetWidth, offsetHeight])"
    key = ".dk-network .dk-figure__key li"
    before = read(DOSSIER, width, scripts=False).locator(key).evaluate_all(size)
    page = read(DOSSIER, width)
    reach(page, ".dk-network")
    assert page.locator(f"{key} button").count() > 1
    assert page.locator(key).evaluate_all(size) == before


@pytest.fixture
def elsewhere(tmp_path):
    """A site of another origin: its folder, and its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(tmp_path))
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield tmp_path, f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("of", "kind"),
    [
        ("dossiers/geneva-talks-2016/", "network"),
        ("dossiers/geneva-talks-2016/", "map"),
        ("dossiers/geneva-talks-2016/", "timeline"),
        ("entities/staffan-de-mistura/", "network"),
        ("entities/staffan-de-mistura/", "timeline"),
    ],
)
def test_an_embed_is_whole_in_a_frame_of_another_site(browser, address, elsewhere, of, kind):
    folder, other = elsewhere
    sandbox = "allow-top-navigation-by-user-activation"
    frame = f'<iframe src="{address}embed/{of}{kind}/" width="600" height="700" sandbox="{sandbox}"></iframe>'
    (folder / "index.html").write_text(f"<!doctype html><title>x</title>{frame}", encoding="utf-8")
    page = browser.new_page()
    page.goto(other)
    inside = page.frame_locator("iframe")
    inside.locator("h1").wait_for()
    assert inside.locator("script, form").count() == 0
    assert inside.locator("svg:visible").first.is_visible()
    assert inside.locator("html").evaluate("one => one.scrollWidth - one.clientWidth") == 0
    inside.locator("footer a").click()
    page.wait_for_url(f"**/{of}")
    page.close()


def test_an_embed_shows_one_event_alone(read):
    page = read(EMBED + "timeline/", scripts=False)
    entries = page.locator(".dk-entry")
    assert entries.count() > 30
    wanted = entries.nth(4).get_attribute("id")
    page.goto(f"{page.url}#{wanted}")
    assert page.locator(".dk-entry:visible").evaluate_all("all => all.map(one => one.id)") == [wanted]
    page.locator(".dk-framed__all a").click()
    assert page.locator(".dk-entry:visible").count() == entries.count()
