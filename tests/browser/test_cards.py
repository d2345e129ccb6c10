"""What a link leads to, seen before it is followed: with a mouse, the keyboard and a finger."""

from __future__ import annotations

import pytest

ARTICLE = "articles/2016/mesop-syria-daily-lead-opposition-rebel-negotiator-alloush-quits/"
DOSSIER = "dossiers/geneva-talks-2016/"
CARD = ".dk-card-of"


@pytest.fixture
def touch(browser, address):
    context = browser.new_context(has_touch=True, viewport={"width": 390, "height": 844})
    page = context.new_page()

    def opened(path):
        page.goto(address + path)
        return page

    yield opened
    context.close()


def test_a_key_moment_shows_its_quote_and_source(read, violations):
    page = read("")
    page.locator(".dk-moments a", has_text="Alloush quits").hover()
    card = page.locator(CARD)
    card.wait_for()
    said = card.inner_text()
    assert "29 May 2016" in said
    assert "said on Sunday that he is quitting" in said
    assert "MESOP Syria Daily" in said
    assert violations(page) == []


def test_a_name_in_a_timeline_shows_who_it_is_without_a_request(read):
    page = read("timeline/", own=True)
    page.wait_for_load_state("networkidle")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator(".dk-chip", has_text="Sergei Lavrov").first.hover()
    page.locator(CARD).wait_for()
    assert "Minister of Foreign Affairs" in page.locator(CARD).inner_text()
    assert asked == []
    page.evaluate(
        "document.querySelector('.dk-names').content.replaceChildren()"
    )  # as of names without a description
    page.mouse.move(0, 0)
    page.locator(CARD).wait_for(state="hidden")
    page.locator(".dk-chip", has_text="Sergei Lavrov").first.hover()
    page.locator(CARD).wait_for()
    assert page.locator(CARD).inner_text().strip() == "Sergei Lavrov"
    assert "dk-person" in page.locator(CARD).get_attribute("class")


def test_where_else_an_event_is_reported_shows_the_words_there(read, drawn):
    page = read(ARTICLE)
    link = page.locator(".dk-entry__also a[data-quote]").first
    link.scroll_into_view_if_needed()
    drawn(page)  # the lists follow what is read
    link.hover()
    page.locator(CARD).wait_for()
    assert "two days after he had declared them officially begun" in page.locator(CARD).inner_text()


def test_the_keyboard_enters_a_card_and_leaves_it_to_its_link(read):
    page = read(DOSSIER)
    link = page.locator(".dk-moments a").first
    page.keyboard.press("Tab")
    link.focus()
    page.locator(CARD).wait_for()
    assert link.get_attribute("aria-describedby") == "dk-card-of"
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.dk-card-of') !== null")
    page.keyboard.press("Escape")
    page.locator(CARD).wait_for(state="hidden")
    assert link.evaluate("link => link === document.activeElement")


def test_an_entry_is_copied_with_its_words_and_where_they_stand(read):
    page = read(DOSSIER)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".dk-moments a", has_text="Alloush quits").hover()
    page.locator(f"{CARD} button").click()
    page.locator(f"{CARD} [role=status]", has_text="Copied").wait_for()
    date, quote, source = page.evaluate("navigator.clipboard.readText()").split("\n")
    assert date == "29 May 2016: Alloush quits as lead negotiator"
    assert quote.startswith("“said on Sunday that he is quitting")
    assert "#t-" in source


def test_a_finger_gets_a_card_in_place_of_another_page(touch):
    page = touch(ARTICLE)
    here = page.url
    page.locator(".dk-text .dk-mention", has_text="Jaish al-Islam").tap()
    sheet = page.locator(".dk-card-of--sheet")
    sheet.wait_for()
    assert page.url == here
    assert "Syrian rebel group" in sheet.inner_text()
    buttons = sheet.locator("a, button").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert min(buttons) >= 24
    sheet.get_by_role("link", name="Open profile").tap()
    page.wait_for_url("**/entities/jaish-al-islam/")


def test_a_finger_takes_a_sentence_that_names_somebody_along(touch):
    page = touch(ARTICLE)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator(".dk-text .dk-mention", has_text="Jaish al-Islam").tap()
    page.get_by_role("button", name="Copy quote with source").tap()
    page.locator(f"{CARD} [role=status]", has_text="Copied").wait_for()
    quote, _, source = page.evaluate("navigator.clipboard.readText()").partition(" – ")
    assert quote.startswith("“")
    assert "Jaish al-Islam" in quote
    assert f"{ARTICLE}#s-" in source


def test_a_finger_sees_at_the_words_that_sources_disagree(touch):
    page = touch("articles/2016/envoy-pauses-geneva-talks/")
    sign = page.locator(".dk-text .dk-back--differ")
    assert "Sources disagree on the date" in sign.get_attribute("aria-label")
    assert (
        sign.evaluate("one => getComputedStyle(one, '::after').getPropertyValue('--dk-core')")
        != "transparent"
    )
    sign.tap()
    sheet = page.locator(".dk-card-of--sheet")
    assert "Sources disagree on the date" in sheet.inner_text()
    sheet.get_by_role("link", name="See in timeline").tap()
    page.locator(".dk-panel .dk-entry:target").wait_for()


def test_the_card_of_an_event_has_no_sign_of_a_type(touch):
    page = touch(ARTICLE)
    sign = "card => getComputedStyle(card, '::before').display"
    page.locator(".dk-text .dk-mention", has_text="Jaish al-Islam").tap()
    assert page.locator(CARD).evaluate(sign) != "none"
    page.locator(".dk-text .dk-back").first.tap()
    page.locator(CARD, has_text="29 May 2016").wait_for()
    assert page.locator(CARD).evaluate(sign) == "none"


def test_the_words_under_a_finger_are_not_covered_by_their_card(touch):
    page = touch(ARTICLE)
    mention = page.locator(".dk-text .dk-mention").nth(12)
    mention.evaluate("link => scrollBy(0, link.getBoundingClientRect().bottom - innerHeight + 20)")
    mention.tap()
    page.locator(".dk-card-of--sheet").wait_for()
    words, card = mention.bounding_box(), page.locator(CARD).bounding_box()
    assert words["y"] + words["height"] <= card["y"]


def test_a_card_in_a_low_window_leaves_some_of_the_page_and_scrolls(touch):
    """A phone held sideways, or with text of double size."""
    page = touch("articles/2016/envoy-pauses-geneva-talks/")
    page.set_viewport_size({"width": 390, "height": 200})
    page.locator(".dk-text .dk-back--differ").tap()
    card = page.locator(".dk-card-of--sheet")
    assert card.bounding_box()["y"] >= 200 / 4
    page.get_by_role("button", name="Close").tap()
    card.wait_for(state="hidden")


def test_a_second_tap_follows_the_link(touch):
    page = touch(ARTICLE)
    mention = page.locator(".dk-text .dk-mention", has_text="Jaish al-Islam")
    mention.tap()
    page.locator(".dk-card-of--sheet").wait_for()
    mention.tap()
    page.wait_for_url("**/entities/jaish-al-islam/")


def test_without_scripts_every_link_is_plain(read):
    page = read("", scripts=False)
    page.locator(".dk-moments a", has_text="Alloush quits").click()
    page.wait_for_url("**/#t-*")
