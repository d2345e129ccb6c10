"""Addresses of pages and links between them, with folders or files as addresses."""

from __future__ import annotations

from posixpath import join, normpath
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.site.urls import Urls

PAGES = ["index.md", "articles/index.md", "articles/2016/a.md", "entities/x.md", "timeline/index.md"]


@pytest.mark.parametrize(
    ("form", "page", "address"),
    [
        ("directory", "articles/2016/a.md", "articles/2016/a/"),
        ("directory", "articles/index.md", "articles/"),
        ("directory", "index.md", ""),
        ("file", "articles/2016/a.md", "articles/2016/a.html"),
        ("file", "articles/index.md", "articles/index.html"),
        ("source", "articles/index.md", "articles/index.md"),
    ],
)
def test_a_page_is_served_as_the_engine_says(form, page, address):
    assert Urls(form).of(page) == address


@given(st.sampled_from(PAGES), st.sampled_from(PAGES), st.sampled_from(["directory", "file"]))
def test_a_browser_that_follows_the_link_gets_there(source, target, form):
    urls = Urls(form)
    base = "https://example.org/some/where/"
    assert urljoin(base + urls.of(source), urls.href(source, target, "s-1")) == f"{base}{urls.of(target)}#s-1"


@given(st.sampled_from(PAGES), st.sampled_from(PAGES))
def test_links_between_sources_are_paths(source, target):
    link = Urls("source").href(source, target)
    assert link == "#" if source == target else normpath(join(source, "..", link)) == target
