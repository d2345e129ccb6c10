"""What a reader takes along: a link to a sentence, its words with their source, a reference. With scripts and without."""

from __future__ import annotations

import re

import pytest

ARTICLE = "articles/2016/mesop-syria-daily-lead-opposition-rebel-negotiator-alloush-quits/"
SENTENCE = "The International Community need to put serious pressure on Russia and Assad to stop the killing of our people."
CLIPBOARD = "navigator.clipboard.readText()"


def permalink(page, words):
    """The link behind the sentence that begins so."""
    sentence = page.locator("[id^=s-]", has_text=words).first
    return sentence, page.locator(f".dk-permalink[href='#{sentence.get_attribute('id')}']")


def with_clipboard(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return page


def test_a_sentence_shows_its_link_when_it_is_pointed_at(read):
    page = read(ARTICLE)
    sentence, link = permalink(page, "The International Community")
    shown = "link => getComputedStyle(link, '::after').opacity"
    page.mouse.move(0, 0)
    assert link.evaluate(shown) == "0"
    sentence.hover()
    assert link.evaluate(shown) == "1"


def test_links_to_sentences_leave_the_text_where_it_is(read):
    page = read(ARTICLE)
    height = "document.querySelector('.dk-text').getBoundingClientRect().height"
    before = page.evaluate(height)
    page.evaluate("document.querySelectorAll('.dk-permalink').forEach(link => link.remove())")
    assert page.evaluate(height) == before


def test_choosing_the_link_copies_it_lights_the_sentence_and_says_so(read, colour):
    page = with_clipboard(read(ARTICLE))
    sentence, link = permalink(page, "The International Community")
    link.focus()
    page.keyboard.press("Enter")
    page.locator(".dk-copied [role=status]", has_text="Link to this sentence copied.").wait_for()
    assert page.evaluate(CLIPBOARD) == page.url
    assert page.url.endswith("#" + sentence.get_attribute("id"))
    assert colour(sentence) == "rgb(253, 243, 205)"


def test_what_is_shared_is_the_sentence_that_was_chosen(read):
    page = with_clipboard(read(ARTICLE))
    page.evaluate("navigator.share = async (given) => { window.shared = given; }")
    page.evaluate("document.querySelector('.dk-actions__share').hidden = false")
    page.locator(".dk-actions__share").click()
    assert page.evaluate("[shared.url, shared.text ?? '']") == [page.url.partition("#")[0], ""]
    _, link = permalink(page, "The International Community")
    link.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    page.locator(".dk-actions__share").click()
    assert page.evaluate("[shared.url, shared.text]") == [page.url, f"“{SENTENCE}”"]
    page.locator(".dk-actions__copy").click()
    page.locator(".dk-actions__status", has_text="Link to this sentence copied.").wait_for()
    assert page.evaluate(CLIPBOARD) == page.url


def test_the_quote_is_copied_with_its_source(read):
    page = with_clipboard(read(ARTICLE))
    _, link = permalink(page, "The International Community")
    link.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Copy quote with source").click()
    page.locator(".dk-copied [role=status]", has_text="Quote copied with its source.").wait_for()
    source = "“MESOP Syria Daily: Lead Opposition-Rebel Negotiator Alloush Quits”, MESOP, 30 May 2016"
    assert page.evaluate(CLIPBOARD) == f"“{SENTENCE}” – {source}, {page.url}"
    page.keyboard.press("Escape")
    page.locator(".dk-copied").wait_for(state="hidden")
    assert link.evaluate("link => document.activeElement === link")


def test_every_sentence_can_be_copied_as_it_stands(read):
    """Also where marks cut it into parts: from its start to its link stands one sentence and no sign of ours."""
    page = read(ARTICLE)
    words = page.evaluate("""() => [...document.querySelectorAll('.dk-permalink')].map(link => {
        const range = document.createRange();
        range.setStartBefore(document.querySelector(link.hash));
        range.setEndBefore(link);
        return range.cloneContents().textContent.replace(/\\u2060/g, '').replace(/\\s+/g, ' ').trim();
    })""")
    assert len(words) > 10
    assert all(re.match(r"[A-Z“(w]", sentence) and sentence[-1] in ".?!:”" for sentence in words)


def test_without_scripts_the_link_leads_to_the_sentence(read, colour):
    page = read(ARTICLE, scripts=False)
    sentence, link = permalink(page, "The International Community")
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{ARTICLE}#{sentence.get_attribute('id')}")
    assert colour(sentence) == "rgb(253, 243, 205)"
    assert page.locator(".dk-copied").count() == 0


@pytest.mark.parametrize("path", [ARTICLE, "entities/staffan-de-mistura/", "dossiers/geneva-talks-2016/"])
def test_a_reference_can_be_copied(read, path):
    page = with_clipboard(read(path))
    assert not page.locator(".dk-cite__form").first.is_visible()
    page.get_by_text("Cite this", exact=True).click()
    for name in ("Text", "BibTeX", "CSL-JSON"):
        form = page.locator(".dk-cite__form", has=page.get_by_role("heading", name=name, exact=True))
        form.get_by_role("button").click()
        form.get_by_text("Copied.").wait_for()
        assert page.evaluate(CLIPBOARD) == form.locator("code").text_content()


def test_without_scripts_a_reference_can_be_read(read):
    page = read(ARTICLE, scripts=False)
    page.get_by_text("Cite this", exact=True).click()
    assert "30 May 2016" in page.locator(".dk-cite__form code").first.inner_text()
    assert page.locator(".dk-cite button").count() == 0


def test_the_data_is_there_to_be_taken(read):
    page = read("data/")
    links = page.locator(".dk-files a")
    assert links.count() > 15
    with page.expect_download() as download:
        page.get_by_role("link", name="places.geojson").click()
    assert download.value.suggested_filename == "places.geojson"


def test_the_card_of_a_mention_says_where_else(read):
    page = read(ARTICLE)
    page.locator(".dk-text .dk-mention[href*=staffan-de-mistura]").first.hover()
    card = page.locator(".dk-card-of")
    card.wait_for()
    assert re.search(r"2 mentions here; also in \d+ (or more )?other articles", card.inner_text())
