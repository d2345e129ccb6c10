"""Links of articles: which texts rest on what else the site has."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.evidence.body_html import renderer
from dossierkit.model.page import ArticlePage
from dossierkit.site.article_links import Links
from dossierkit.site.urls import Urls

PAGE = "articles/2016/a.md"
PIECES = ["[t](", "![t](", "[t]: ", "[t]", "https://a.test/b", "HTTP://a.test", "mailto:a@a.test", "b.md", "<", ">", ")", "(", "\\", " ",
          "\n", "\n\n", ' "t"', '<a href="b.md">', '<a href="https://a.test/">', "</a>", "words", "&#58;", "`"]  # fmt: skip
render = renderer((), {})


def relative(body: str) -> bool:
    return ArticlePage(id="2016/a", path=PAGE, title="A", body=body).gist.relative


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_a_text_without_relative_links_is_the_same_on_every_site(body):
    html = render(body)
    if not relative(body):
        assert Links(Urls(), (), ()).resolve(html, PAGE) == (html, ())


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Plain words (with brackets).", False),
        ("See [there](https://a.test/x), <https://a.test/y> and ![it](  http://a.test/z.png).", False),
        ("See [there][t].\n\n[t]: <https://a.test/x>", False),
        ("See [there](b.md).", True),
        ("See [there](https://a.test/x) and [here](../b.md#s-1).", True),
        ('See <a href="b.md">there</a>.', True),
        ("See [there][t].\n\n[t]: b.md", True),
    ],
)
def test_links_to_other_sites_do_not_rest_on_this_one(body, expected):
    assert relative(body) is expected


@pytest.mark.parametrize(
    ("address", "leads"),
    [("../../notes/plan.md", "../../../notes/plan/"), ("../../notes/plan.md#why", "../../../notes/plan/#why"), ("../../data/a.csv", "../../../data/a.csv")],
)  # fmt: skip
def test_a_link_to_a_page_of_the_site_s_own_leads_to_that_page_and_not_to_its_file(address, leads):
    links = Links(Urls(), (), ("notes/plan.md", "data/a.csv"))
    html, broken = links.resolve(f'<a href="{address}">there</a>', PAGE)
    assert (html, broken) == (f'<a href="{leads}">there</a>', ())


def test_a_footnote_is_found_and_no_other_id_of_a_text_is_kept():
    html = renderer(("footnotes", "attr_list"), {})(
        "A claim.[^1] And another.[^why] A third.[^1]\n{: #main }\n\n[^1]: This.\n[^why]: That.\n"
    )
    assert set(re.findall(r'href="#([^"]+)"', html)) == set(re.findall(r' id="([^"]+)"', html))
    assert "fn:why" in html
    assert 'id="main"' not in html
