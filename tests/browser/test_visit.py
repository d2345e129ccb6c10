"""What is new since the last visit: remembered in the browser alone."""

from __future__ import annotations

import pytest

KEY = "dossierkit.seen"
BANNER = "[data-dk-visit]"


def seen_before(page, without: int) -> None:
    """As if the reader had looked when the newest rows were not there yet."""
    page.evaluate(
        """async ([key, without]) => {
            while (localStorage.getItem(key) === null) await new Promise(requestAnimationFrame);
            const keys = localStorage.getItem(key).split("\\n");
            localStorage.setItem(key, keys.slice(without).join("\\n"));
            sessionStorage.clear();
        }""",
        [KEY, without],
    )


def test_nothing_is_new_at_the_first_visit_nor_at_the_next(read):
    page = read("latest/", own=True)
    page.locator("html.js").wait_for(state="attached")
    assert not page.locator(BANNER).is_visible()
    page.reload()
    page.locator(f"{BANNER}:not([hidden])").wait_for()
    assert "0 new since your last visit." in page.locator(BANNER).inner_text()
    assert page.locator(".dk-new").count() == 0


def test_what_came_since_is_marked_as_long_as_the_tab_is_open(read):
    page = read("latest/", own=True)
    seen_before(page, 2)
    for _ in range(2):
        page.reload()
        page.locator(".dk-new").first.wait_for()
        assert "2 new since your last visit." in page.locator(BANNER).inner_text()
        marked = page.locator(".dk-change").evaluate_all(
            "rows => rows.map((row) => !!row.querySelector('.dk-new'))"
        )
        assert marked[:2] == [True, True]
        assert not any(marked[2:])


def test_nothing_that_is_remembered_tells_a_name_or_an_address(read):
    page = read("latest/")
    seen_before(page, 0)
    kept = page.evaluate("() => Object.values(localStorage).join('\\n')")
    assert kept
    assert all(len(one) <= 5 and one.isalnum() for one in kept.splitlines())
    page.evaluate("key => localStorage.setItem(key, 'added 2016-02-01 ../articles/2016/x/')", KEY)
    page.reload()
    seen_before(page, 0)
    assert "/" not in page.evaluate("() => Object.values(localStorage).join('\\n')")
    assert not page.locator(BANNER).is_visible()


def test_a_reader_can_have_it_forgotten(read):
    page = read("latest/", own=True)
    seen_before(page, 1)
    page.reload()
    page.get_by_role("button", name="Forget my visit").click()
    page.locator(BANNER).wait_for(state="hidden")
    assert page.evaluate("key => [localStorage.getItem(key), sessionStorage.getItem(key)]", KEY) == [
        None,
        None,
    ]


def test_a_browser_that_keeps_nothing_shows_the_list(read):
    page = read("latest/", own=True)
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('no'); }")
    page.reload()
    assert page.locator(".dk-change").count() > 0
    assert not page.locator(BANNER).is_visible()


@pytest.mark.parametrize("path", ["latest/"])
def test_without_scripts_there_is_the_list_alone(read, path):
    page = read(path, scripts=False)
    assert page.locator(".dk-change").count() > 0
    assert not page.locator(BANNER).is_visible()
