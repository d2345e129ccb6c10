"""A site made to be read from a disk: `use_directory_urls: false`, opened as file://."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.process import succeeds
from tests.support.sites import WITHOUT_CARDS, copy_demo

ROOT = Path(__file__).resolve().parents[2]
ARTICLE = "articles/2016/mesop-syria-daily-lead-opposition-rebel-negotiator-alloush-quits.html"
OLD = "2016/alloush-quits"


@pytest.fixture(scope="session")
def disk(tmp_path_factory):
    checkout = tmp_path_factory.mktemp("disk")
    copy_demo(checkout)
    source = checkout / "content" / ARTICLE.replace(".html", ".md")
    text = source.read_text(encoding="utf-8").replace("---\n", f"---\nredirects: [{OLD}]\n", 1)
    source.write_text(text, encoding="utf-8")
    config = (checkout / "mkdocs.yml").read_text(encoding="utf-8")
    assert "use_directory_urls: true" in config
    config = config.replace("use_directory_urls: true", "use_directory_urls: false")
    config = config.replace("extra:\n", WITHOUT_CARDS)
    (checkout / "mkdocs.yml").write_text(config, encoding="utf-8")
    succeeds("build", "--strict", cwd=checkout)
    return checkout / "site"


@pytest.fixture
def opened(browser, disk):
    """`opened(path, scripts)` opens a page from the disk; nothing may fail or be said in the console."""
    said, contexts = [], []

    def failed(request):
        if request.failure != "net::ERR_ABORTED":  # the reader went on before the picture was there
            said.append(f"{request.url} {request.failure}")

    def read(path, *, scripts=True):
        contexts.append(
            browser.new_context(viewport={"width": 1440, "height": 900}, java_script_enabled=scripts)
        )
        page = contexts[-1].new_page()
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("requestfailed", failed)
        file, _, place = path.partition("#")
        page.goto((disk / file).as_uri() + (f"#{place}" if place else ""))
        return page

    yield read
    for context in contexts:
        context.close()
    assert said == []


def test_a_retired_address_leads_on_to_the_same_place(opened):
    place = opened(ARTICLE).locator(".dk-body [id^='s-']").first.get_attribute("id")
    opened(f"articles/{OLD}.html#{place}").wait_for_url(f"**/{ARTICLE}#{place}")


def test_a_retired_address_leads_on_without_scripts(opened):
    opened(f"articles/{OLD}.html", scripts=False).wait_for_url(f"**/{ARTICLE}")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_goes_from_page_to_page(opened, scripts):
    page = opened("index.html", scripts=scripts)
    page.locator(".dk-card__title a", has_text="Geneva talks").first.click()
    page.locator(".dk-card__title a", has_text="Alloush Quits").click()
    page.locator(".dk-text .dk-mention", has_text="HNC").click()
    assert page.locator("h1").inner_text() == "High Negotiations Committee"
    page.locator(".md-nav__link:visible", has_text="Timeline").click()
    assert page.locator("h1").inner_text() == "Timeline"
    assert page.url.endswith("/timeline/index.html")


@pytest.mark.parametrize("scripts", [True, False])
def test_an_entry_lights_its_words(opened, scripts):
    page = opened(ARTICLE, scripts=scripts)
    page.locator(".dk-entry", has_text="Lavrov and Kerry speak by phone").locator("a").click()
    assert "phone on Sunday" in page.locator(".dk-quote:target").inner_text()


def test_mentions_are_stepped_through_and_the_scheme_is_kept(opened):
    page = opened(ARTICLE)
    page.locator(".dk-entity:has([href*=high-negotiations-committee]) > :first-child").click()
    page.locator(".dk-stepper [aria-live=polite]", has_text="1 of 3").wait_for()
    page.locator(".dk-scheme").click()
    page.locator(".md-nav__link:visible", has_text="Names").click()
    page.locator("body[data-md-color-scheme=slate]").wait_for()


def test_the_text_has_its_font(opened):
    page = opened(ARTICLE)
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('16px Literata'))")
