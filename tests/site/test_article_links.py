"""Links of articles: which texts rest on what else the site has."""

from __future__ import annotations

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
