"""From a quote to its page of the original, on a desk and on a telephone."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

ARTICLE = "articles/2016/minutes/"
MINUTES = Path(__file__).resolve().parents[1] / "ingest/files/columns.pdf"


@pytest.fixture(scope="module")
def address(minutes, served):
    with served(minutes / "site") as found:
        yield found


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("path", [ARTICLE, "timeline/"])
def test_a_reader_reaches_the_page_of_a_quote(read, in_view, path, width):
    page = read(path, width)
    if width < 800 and path == ARTICLE:
        page.locator(".dk-panel--timeline > summary").click()
    link = page.get_by_role("link", name="Page 2 of the original")
    link.scroll_into_view_if_needed()
    assert in_view(link)
    assert link.bounding_box()["height"] >= 24  # WCAG 2.2, 2.5.8
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    target = link.evaluate("link => link.href")
    assert target.endswith(f"/originals/{hashlib.sha256(MINUTES.read_bytes()).hexdigest()}.pdf#page=2")
    answer = page.request.get(target)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body() == MINUTES.read_bytes()
