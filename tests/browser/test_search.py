"""Search finds articles, entities by any of their names, and needs no mouse."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("Alloush", "Mohammad Alloush"),
        ("Alloush", "MESOP Syria Daily: Lead Opposition-Rebel Negotiator Alloush Quits"),
        ("HNC", "High Negotiations Committee"),
        ("Daesh", "Islamic State"),
        ("دمشق", "Damascus"),
    ],
)
def test_search_finds(read, query, title):
    page = read("")
    page.locator("html.js").wait_for(state="attached")
    page.keyboard.press("/")
    page.locator(".md-search__input:focus").wait_for()
    page.keyboard.type(query)
    page.locator(".md-search-result__item h1", has_text=title).first.wait_for(timeout=10_000)
