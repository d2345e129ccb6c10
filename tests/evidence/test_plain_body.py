"""Plain Markdown without a parser: the very bytes that Python-Markdown and nh3 make of it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

from dossierkit.evidence import plain_body
from dossierkit.evidence.body_html import clean, renderer

EXTENSIONS = ("toc", "tables", "fenced_code", "attr_list", "admonition", "footnotes", "def_list", "abbr")
SIGNS = (
    "* ** _ ` # ## > - + = 1. 2) : | ~ ^ { } [ ] ( ) < > & \\ ! !!! [^1] ... \u00ad \u200b \u2028 \x85 \t \ue000"
).split(" ")
WORDS = (
    "word",
    "two words",
    "Élan",
    "عربي",
    "1.5",
    "http://x.y",
    "me@x.yz",
    "“said.”",
    "it's",
    '"so"',
    "a-b",
)
MARKED = (
    "*em*",
    "**strong**",
    "[a link](https://a.b/c)",
    "(*em*),",
    "“**strong**”",
    "[l](../x.md)",
    "*a* *b*",
)
SPACES = (" ", "  ", "\n", "\n\n", "\n\n\n", "\n# ", "\n\n## ")

texts = st.lists(st.sampled_from((*WORDS, *MARKED, *SPACES, *WORDS, *SPACES, *SIGNS)), max_size=12).map(
    "".join
)
plainer = st.lists(st.sampled_from((*WORDS, *MARKED, " ", " ", "\n", "\n\n")), max_size=12).map("".join)


def reference():
    markdown = Markdown(extensions=list(EXTENSIONS))
    markdown.preprocessors.deregister("html_block")
    markdown.inlinePatterns.deregister("html")

    def render(text):
        markdown.reset()
        return clean(markdown.convert(text))

    return render


RENDER = reference()


@settings(max_examples=4 * settings.default.max_examples, deadline=None)
@given(texts | plainer)
def test_what_is_made_directly_is_what_the_parser_makes(text):
    html = plain_body.html(text)
    assert html is None or html == RENDER(text)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One line\nand another.\n\nTwo.\n", "<p>One line\nand another.</p>\n<p>Two.</p>"),
        (
            "## What was agreed\n\n“It's *new*,” she said.",
            "<h2>What was agreed</h2>\n<p>“It's <em>new</em>,” she said.</p>",
        ),
        (
            "See **two** [reports](https://x.org/1/).",
            '<p>See <strong>two</strong> <a href="https://x.org/1/" rel="noopener noreferrer">reports</a>.</p>',
        ),
    ],
)
def test_reported_text_is_plain(text, html):
    assert plain_body.html(text) == html == RENDER(text)


@pytest.mark.parametrize(
    "text", ["1. first", "- item", "a | b", "AT&T", "a_b_", "line  \nbreak", "Term\n: what", "    code"]
)
def test_what_may_mean_more_is_left_to_the_parser(text):
    assert plain_body.html(text) is None


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("See [it](https://a.b/c?d={e|f}).", 'href="https://a.b/c?d=%7Be%7Cf%7D"'),
        ("See [it](<../a page.md>).", 'href="../a%20page.md"'),
        ("See [it](https://a.b/%7Bc%7D?d=e&f#g).", 'href="https://a.b/%7Bc%7D?d=e&amp;f#g"'),
    ],
)
def test_the_address_of_a_link_has_no_sign_that_no_address_has(text, link):
    assert link in renderer(EXTENSIONS, {})(text)


def test_an_extension_of_the_sites_own_has_its_say():
    assert renderer(["nl2br"], {})("a\nb") == "<p>a<br>\nb</p>"
    assert not plain_body.applies(["toc"], {"toc": {"permalink": True}})
