"""The page on which a site verifies itself: in the browser, under the site's policy, asking this site alone."""

from __future__ import annotations

import json
import shutil

import pytest

PAGE = "verify/"
CHECK = "[data-dk-verify]"
MANIFEST = ".well-known/dossier.json"


def result(page):
    """What is said when all is checked."""
    page.locator(f"{CHECK} button").click()
    page.locator(f"{CHECK} progress").wait_for(state="hidden")
    page.wait_for_function(
        "text => document.querySelector('.dk-verify__do button').textContent === text", arg="Check all files"
    )
    return page.locator(".dk-verify__result").inner_text()


def test_a_click_after_stop_checks_again(read):
    page = read(PAGE)
    page.locator(f"{CHECK} button").wait_for()
    page.evaluate(
        "() => { const one = document.querySelector('.dk-verify__do button'); one.click(); one.click(); }"
    )
    assert result(page).startswith("All checked files match the list")


def test_every_file_is_loaded_and_is_as_it_was_built(read, site):
    page = read(PAGE)
    told = json.loads((site / MANIFEST).read_text(encoding="utf-8"))
    total = f"{len(told['files']):,}"
    assert result(page) == f"All checked files match the list: {total} of {total}."
    assert page.locator("[data-dk-root]").inner_text() == told["root"]
    assert page.locator(".dk-verify__off").is_hidden()


@pytest.fixture
def spoilt(site, tmp_path, served):
    """The address of a site with a page changed and one gone."""
    copy = shutil.copytree(site, tmp_path / "site")
    page = copy / "about/index.html"
    page.write_bytes(page.read_bytes() + b" ")
    shutil.rmtree(copy / "latest")
    with served(copy) as address:
        yield copy, address


def test_what_differs_is_named(windows, spoilt):
    copy, address = spoilt
    page = windows.tab()
    page.goto(address + PAGE)
    assert result(page).startswith("2 of the ")
    assert page.locator(".dk-verify__found li").all_inner_texts() == [
        "about/index.html changed",
        "latest/index.html missing",
    ]
    told = json.loads((copy / MANIFEST).read_text(encoding="utf-8"))
    told["files"].pop("about/index.html")
    (copy / MANIFEST).write_text(json.dumps(told), encoding="utf-8")
    assert result(page).startswith("The list contradicts itself")
    (copy / MANIFEST).unlink()
    assert result(page).startswith("The list could not be read")


def test_without_scripts_the_page_says_what_else_there_is(read):
    page = read(PAGE, scripts=False)
    assert page.locator(".dk-verify__off").is_visible()
    assert page.locator(f"{CHECK} button").is_hidden()
    assert "dossier verify --site" in page.locator("pre").first.inner_text()
