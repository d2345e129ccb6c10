"""An article's page: its text, and the two lists that lead into it and back."""

from __future__ import annotations

import gzip

import pytest
from tests.support.waiting import until

ARTICLE = "articles/2016/mesop-syria-daily-lead-opposition-rebel-negotiator-alloush-quits/"
CLEAR = "rgba(0, 0, 0, 0)"
DESKTOP, PHONE = (1440, 900), (390, 844)
ENTITIES, TIMELINE = ".dk-panel--entities", ".dk-panel--timeline"


def entry(page, text):
    return page.locator(f"{TIMELINE} .dk-entry", has_text=text)


def item(page, entity):
    return page.locator(f'.dk-entity:has(> a[href*="/{entity}/"])')


@pytest.mark.parametrize("scripts", [True, False])
def test_both_panels_stand_beside_the_text_on_a_desktop(read, scripts):
    page = read(ARTICLE, scripts=scripts)
    text = page.locator(".dk-text").bounding_box()
    for panel in (ENTITIES, TIMELINE):
        box = page.locator(panel).bounding_box()
        assert box["x"] + box["width"] < text["x"]
        assert page.locator(f"{panel} a").first.is_visible()


def test_with_less_room_both_panels_stand_after_the_text(read):
    page = read(ARTICLE, 1100)
    text = page.locator(".dk-text").bounding_box()
    assert page.locator(ENTITIES).bounding_box()["x"] > text["x"] + text["width"]
    assert (
        page.locator(".dk-back").first.evaluate("link => getComputedStyle(link, '::before').content")
        == "none"
    )


@pytest.mark.parametrize("width", [1100, 1440])
def test_the_lists_follow_what_is_read_and_have_no_scroll_of_their_own(read, in_view, drawn, width):
    page = read(ARTICLE, width)
    first, last = page.locator(".dk-entity").first, page.locator(f"{TIMELINE} .dk-entry").last
    assert in_view(first)
    assert not in_view(last)
    scroll(
        page, page.locator(".dk-text").evaluate("text => text.getBoundingClientRect().bottom - innerHeight")
    )
    page.wait_for_function("() => document.querySelector('.dk-panels').style.transform.includes('px')")
    boxes = page.locator(".dk-panels, .dk-panels *").evaluate_all(
        "all => all.filter(one => ['auto', 'scroll'].includes(getComputedStyle(one).overflowY)).length"
    )
    assert boxes == 0
    scroll(page, 99_999)
    drawn(page)
    box = last.bounding_box()
    assert box["y"] + box["height"] < 900, "the end of the lists is seen with the end of the page"


def scroll(page, top):
    page.evaluate("top => scrollTo({top, behavior: 'instant'})", top)


def test_entries_whose_words_are_on_the_screen_say_so(read):
    page = read(ARTICLE)
    page.locator(".dk-text .dk-quote", has_text="phone on Sunday").scroll_into_view_if_needed()
    here = page.locator(".dk-entry.dk-here", has_text="Lavrov and Kerry speak by phone")
    here.wait_for(state="attached")
    scroll(page, 0)
    here.wait_for(state="detached")


def test_choosing_a_name_dims_the_entries_that_tell_of_others_and_the_other_way_round(read, violations):
    page = read(ARTICLE)
    item(page, "john-kerry").locator("> :first-child").click()
    dim = page.locator(f"{TIMELINE} .dk-entry.dk-dim")
    dim.first.wait_for()
    assert "dk-dim" not in entry(page, "Lavrov and Kerry").get_attribute("class")
    assert dim.count() == page.locator(f"{TIMELINE} .dk-entry").count() - 1
    entry(page, "Lavrov and Kerry").locator(".dk-entry__text a").click()
    page.locator(".dk-entity.dk-dim").first.wait_for()
    assert dim.count() == 0
    assert "dk-dim" not in item(page, "sergei-lavrov").get_attribute("class")
    assert "dk-dim" in item(page, "turkey").get_attribute("class")
    assert violations(page) == []


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_wide_screen_a_note_stands_beside_the_line_of_its_quote(read, scripts):
    page = read(ARTICLE, scripts=scripts)
    note = page.locator(".dk-back").first.evaluate(
        "link => { const style = getComputedStyle(link, '::before'); return [style.float, style.content, parseFloat(style.marginRight)]; }"
    )
    assert note[0] in {"inline-end", "right"}
    assert "29 May 2016" in note[1]
    assert note[2] < -100
    assert "29 May 2016" not in page.locator(".dk-text").inner_text(), "the text stays the source's"


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("width", [390, 768])
def test_panels_fold_under_the_title_on_a_narrow_screen(read, width, scripts):
    page = read(ARTICLE, width, 844, scripts=scripts)
    for panel in (ENTITIES, TIMELINE):
        places = [page.locator(part).bounding_box()["y"] for part in ("h1", panel, ".dk-text")]
        assert places == sorted(places)
        assert not page.locator(f"{panel} a").first.is_visible()
        page.locator(f"{panel} > summary").click()
        assert page.locator(f"{panel} a").first.is_visible()


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("screen", [DESKTOP, PHONE])
def test_choosing_an_entry_lights_its_words(read, in_view, colour, screen, scripts):
    page = read(ARTICLE, *screen, scripts=scripts)
    if screen == PHONE:
        page.locator(f"{TIMELINE} > summary").click()
    entry(page, "Lavrov and Kerry speak by phone").locator("a").click()
    quote = page.locator(".dk-quote:target")
    assert "phone on Sunday" in quote.inner_text()
    assert in_view(quote)
    sentence = page.locator("[id^=s-]", has=quote)
    assert colour(quote) != CLEAR
    assert colour(sentence) != CLEAR
    assert colour(sentence) != colour(quote)
    assert colour(page.locator("[id^=s-]").first) == CLEAR


APART = """() => [...document.querySelectorAll(".dk-back")].filter((sign) => {
    const words = [...sign.previousElementSibling.getClientRects()].at(-1), box = [...sign.getClientRects()].at(-1);
    return Math.abs(words.top + words.bottom - box.top - box.bottom) > 24;
}).map((sign) => sign.getAttribute("aria-label"))"""


def test_the_sign_behind_a_quote_stays_on_the_line_of_its_last_word(read):
    page = read(ARTICLE)
    assert page.locator(".dk-back").count() > 5
    for width in range(360, 1480, 56):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(APART) == [], width


def test_a_chosen_entry_is_marked_in_the_list(read):
    page = read(ARTICLE)
    entry(page, "Lavrov and Kerry speak by phone").locator("a").click()
    page.wait_for_selector(".dk-entry.dk-chosen")
    assert "Lavrov and Kerry" in page.locator(".dk-entry.dk-chosen").inner_text()


LOWEST = """links => links.map(link => link.getClientRects()[0]).filter(box => box.bottom < innerHeight)
    .map(box => [box.left + 8, (box.top + box.bottom) / 2]).at(-1)"""


def test_a_list_stays_under_the_pointer_that_presses_one_of_its_links(read, drawn):
    """The lowest link that is seen is too near the edge to be left there once chosen: the list moves, but after the click."""
    page = read(ARTICLE, 1440, 700)
    x, y = page.locator(".dk-entity > a:first-child").evaluate_all(LOWEST)
    link = page.evaluate_handle(
        "([x, y]) => document.elementFromPoint(x, y).closest('a')", [x, y]
    ).as_element()
    before = link.bounding_box()
    page.mouse.move(x, y)
    page.mouse.down()
    drawn(page)
    assert link.bounding_box() == before
    page.mouse.up()
    page.wait_for_function("hash => location.hash === hash", arg=link.evaluate("link => link.hash"))
    page.locator(".dk-entity.dk-chosen").wait_for()
    drawn(page)
    assert link.bounding_box()["y"] < before["y"]


@pytest.mark.parametrize("scripts", [True, False])
@pytest.mark.parametrize("screen", [DESKTOP, PHONE])
def test_a_quote_leads_back_to_its_entry(read, in_view, colour, drawn, *, screen, scripts):
    page = read(ARTICLE, *screen, scripts=scripts)
    sign = page.locator(".dk-quote:has-text('in late January') + .dk-back").first
    sign.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    sign.click()
    lit = page.locator(".dk-entry:target")
    lit.wait_for()
    if scripts:
        drawn(page)
    assert "Talks reconvene" in lit.inner_text()
    assert in_view(lit.locator(".dk-entry__text"))
    assert colour(lit) != CLEAR
    if scripts and screen == DESKTOP:
        assert page.evaluate("scrollY") == before, "the text must stay where the reader was"


def test_choosing_an_entity_steps_through_its_mentions_by_keys(read, in_view):
    page = read(ARTICLE)
    item(page, "high-negotiations-committee").locator("> :first-child").click()
    place = page.locator(".dk-stepper [aria-live=polite]")
    place.wait_for()
    assert place.inner_text() == "1 of 3"
    assert page.locator(".dk-text .dk-lit").count() == 3
    seen = [page.locator(".dk-current").inner_text()]
    for expected in ("2 of 3", "3 of 3"):
        page.keyboard.press("n")
        assert place.inner_text() == expected
        assert in_view(page.locator(".dk-current"))
        assert page.evaluate("document.activeElement.classList.contains('dk-current')")
        seen.append(page.locator(".dk-current").inner_text())
    assert seen == ["opposition-rebel bloc", "High Negotiations Committee", "HNC"]
    page.keyboard.press("n")
    assert place.inner_text() == "1 of 3"
    page.keyboard.press("p")
    assert place.inner_text() == "3 of 3"
    page.keyboard.press("Escape")
    page.locator(".dk-stepper").wait_for(state="hidden")
    assert page.locator(".dk-text .dk-lit").count() == 0
    assert page.evaluate("document.activeElement.textContent") == "High Negotiations Committee"


@pytest.mark.parametrize("width", [1440, 390])
def test_choosing_an_entity_steps_through_its_mentions_by_buttons(read, in_view, width):
    page = read(ARTICLE, width, 844)
    if width < 960:
        page.locator(f"{ENTITIES} > summary").click()
    item(page, "bashar-al-assad").locator("> :first-child").click()
    place = page.locator(".dk-stepper [aria-live=polite]")
    place.wait_for()
    following = page.get_by_role("button", name="Next mention")
    following.click()
    assert place.inner_text() == "2 of 3"
    assert in_view(page.locator(".dk-current"))
    assert following.evaluate("button => button === document.activeElement")
    page.get_by_role("button", name="Previous mention").click()
    assert place.inner_text() == "1 of 3"
    page.get_by_role("button", name="Stop browsing mentions").click()
    page.locator(".dk-stepper").wait_for(state="hidden")


def test_arriving_at_a_mention_shows_whose_it_is(read, in_view):
    page = read(f"{ARTICLE}#m-un-security-council-1")
    chosen = page.locator(".dk-entity.dk-chosen")
    chosen.wait_for()
    assert "United Nations Security Council" in chosen.inner_text()
    panel, row = page.locator(f"{ENTITIES} .dk-panel__body").bounding_box(), chosen.bounding_box()
    assert panel["y"] <= row["y"] <= panel["y"] + panel["height"] - row["height"]
    assert in_view(page.locator(".dk-mention:target"))


def test_keys_do_nothing_while_typing(read):
    page = read(ARTICLE)
    item(page, "bashar-al-assad").locator("> :first-child").click()
    page.locator(".dk-stepper").wait_for()
    page.keyboard.press("/")
    page.locator(".dk-search-dialog input:focus").wait_for()
    page.keyboard.type("n")
    assert page.locator(".dk-stepper [aria-live=polite]").text_content() == "1 of 3"
    assert page.locator(".dk-search-dialog input[type=search]").input_value() == "n"


def test_choosing_an_entity_leads_to_its_first_mention_without_scripts(read, in_view, colour):
    page = read(ARTICLE, scripts=False)
    item(page, "high-negotiations-committee").locator("> :first-child").click()
    mention = page.locator(".dk-mention:target")
    assert mention.inner_text() == "opposition-rebel bloc"
    assert in_view(mention)
    assert colour(mention) != CLEAR


def test_a_mention_leads_to_the_page_of_what_it_names(read):
    page = read(ARTICLE)
    page.locator(".dk-text .dk-mention", has_text="HNC").click()
    assert page.locator("h1").inner_text() == "High Negotiations Committee"
    page.locator(".dk-passages a.dk-mention", has_text="HNC").first.click()
    assert page.locator(".dk-mention:target").inner_text() == "HNC"


def test_a_mention_shows_a_card_on_hover_and_hides_it_on_escape(read):
    page = read(ARTICLE)
    page.locator(".dk-text .dk-mention", has_text="Jaish al-Islam").hover()
    card = page.get_by_role("tooltip")
    card.wait_for()
    assert "Syrian rebel group" in card.inner_text()
    assert "1 mention" in card.inner_text()
    page.keyboard.press("Escape")
    card.wait_for(state="hidden")


SHORT = "entities/zahran-alloush/"
"""A page with so little that several of its sections are in the first view of a phone."""

SEEN = """() => document.fonts.status === "loaded" && [...document.images].every((one) =>
    one.complete || one.getBoundingClientRect().top > innerHeight)"""


@pytest.mark.parametrize("path", [ARTICLE, "search/?q=geneva", "dossiers/geneva-talks-2016/", SHORT])
@pytest.mark.parametrize("screen", [DESKTOP, PHONE])
def test_nothing_jumps(read, drawn, screen, path):
    page = read(path, *screen)
    if "?q=" in path:
        page.locator(".dk-search__result").first.wait_for()
    page.wait_for_function(SEEN)  # in a tab that tests share, Playwright may never take the network for idle
    drawn(page)
    shift = page.evaluate("""() => new Promise(resolve => {
        let total = 0;
        new PerformanceObserver(list => list.getEntries().forEach(entry => total += entry.value))
            .observe({type: "layout-shift", buffered: true});
        setTimeout(() => resolve(total), 300);
    })""")
    assert shift == 0


def test_print_shows_the_text_and_then_both_lists(read):
    page = read(ARTICLE, scripts=False)
    page.emulate_media(media="print")
    places = [".dk-text", *(f"{panel} .dk-panel__body" for panel in (ENTITIES, TIMELINE))]
    measure = (
        "(places) => places.map((place) => document.querySelector(place).getBoundingClientRect().toJSON())"
    )

    def one_below_the_other():
        text, *lists = page.evaluate(measure, places)
        return (text, lists) if lists[0]["top"] >= text["bottom"] else None

    # The browser takes the other medium up a moment after it was told.
    text, lists = until(one_below_the_other, "the printed page", pause=0.1)
    top = text["bottom"]
    for box in lists:
        assert box["top"] >= top
        assert box["height"] > 100
        top = box["bottom"]
    assert page.locator(f"{ENTITIES} li").last.is_visible()
    assert page.locator(f"{TIMELINE} .dk-entry").last.is_visible()
    first, *others = page.locator(".dk-cite pre").all()
    assert first.is_visible()
    assert first.bounding_box()["y"] >= top - 1
    assert not any(other.is_visible() for other in others)
    assert not page.locator(".dk-origins").is_visible()
    assert not page.locator(".md-header").is_visible()
    assert not page.locator(".md-sidebar--primary").is_visible()


@pytest.mark.parametrize(
    ("path", "most"), [(ARTICLE, 110_000), ("dossiers/geneva-talks-2016/", 130_000), ("", 90_000)]
)
def test_the_first_view_is_light(browser, address, path, most):
    """As a server with gzip would send them (fonts are compressed already), without a page's own pictures."""
    context = browser.new_context()
    page = context.new_page()
    answers = []

    def arrived(answer):
        answers.append(answer)

    page.on("response", arrived)
    page.goto(address + path)
    page.wait_for_function(SEEN)
    sizes = {
        answer.url: len(gzip.compress(answer.body(), 6)) for answer in answers if "/media/" not in answer.url
    }
    context.close()
    assert any(url.endswith("shell.css") for url in sizes)
    assert sum(sizes.values()) < most, sizes


def test_the_checksum_of_the_original_stands_whole_with_the_citations(read):
    page = read(ARTICLE)
    code = page.locator(".dk-cite .dk-facts code")
    assert not code.is_visible()
    page.locator(".dk-cite > summary").click()
    assert len(code.inner_text()) == 64
    assert code.evaluate("one => one.scrollWidth <= one.parentElement.clientWidth")


def test_a_bar_alone_marks_each_passage_that_names_somebody(read):
    page = read("entities/staffan-de-mistura/")
    shown = page.locator(".dk-passages li").first.evaluate(
        "item => { const style = getComputedStyle(item); return [style.listStyleType, style.borderInlineStartWidth]; }"
    )
    assert shown == ["none", "2px"]
