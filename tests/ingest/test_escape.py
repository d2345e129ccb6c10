"""Plain text that is escaped shows the same words through Python-Markdown, whatever extensions a Material site has on."""

from __future__ import annotations

import unicodedata
from functools import cache
from html.parser import HTMLParser

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown import Markdown

from dossierkit.ingest.clean import clean
from dossierkit.ingest.escape import markdown_text, page_body

EXTENSIONS = [
    "abbr", "admonition", "attr_list", "def_list", "footnotes", "md_in_html", "meta", "sane_lists", "tables", "toc",
    "pymdownx.betterem", "pymdownx.caret", "pymdownx.critic", "pymdownx.details", "pymdownx.emoji", "pymdownx.highlight",
    "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.mark", "pymdownx.snippets", "pymdownx.superfences",
    "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde", "pymdownx.blocks.admonition", "pymdownx.blocks.details",
    "pymdownx.blocks.tab",
]  # fmt: skip
CONFIGS = {"pymdownx.tabbed": {"alternate_style": True}, "toc": {"permalink": False}}
SYNTAX = (
    "* ** _ __ ` ``` # ## > - + 1. 10. | || [ ] ( ) < > & &amp; &#60; { } {{ }} {% %} {# #} ~ ~~ ~~~ ^ ^^ = == === : "
    ":smile: ! !!! ??? ::: /// --- -- --8<-- \\ \\\\ ++ +++ {++ ++} {~~ ~> ~~} {: .a} {.a} [^1] [^1]: *[A]: [a]: [[ ]] $ $$ "
    "|---| --- | @a https://a.b/c_d_e a_b <b> </b> <!-- --> <script> <img/onerror=x> [TOC] [x] key: % \" ' ; 2012. a b c"
).split()


class Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.data: list[str] = []
        self.tags: list[str] = []

    def handle_data(self, data: str) -> None:
        self.data.append(data)

    def handle_starttag(self, tag: str, attrs) -> None:
        self.tags.append(tag)


@cache
def converter(*extensions: str) -> Markdown:
    configs = {name: config for name, config in CONFIGS.items() if name in extensions}
    return Markdown(extensions=extensions, extension_configs=configs)


def rendered(markdown: str, extensions=EXTENSIONS) -> Words:
    words = Words()
    words.feed(converter(*extensions).reset().convert(markdown))
    words.close()
    return words


def spaced(text: str) -> str:
    return " ".join(text.split())


def assert_same_words(paragraphs: list[str], extensions=EXTENSIONS) -> None:
    cleaned = [clean(paragraph)[0] for paragraph in paragraphs]
    shown = rendered(page_body([markdown_text(paragraph) for paragraph in cleaned]), extensions)
    assert spaced("".join(shown.data)) == spaced("\n".join(cleaned))
    assert set(shown.tags) <= {"p", "a"}


lines = st.lists(st.sampled_from(SYNTAX), min_size=1, max_size=7).flatmap(
    lambda parts: st.lists(st.sampled_from(["", " "]), min_size=len(parts), max_size=len(parts)).map(
        lambda gaps: "".join(part + gap for part, gap in zip(parts, gaps, strict=True))
    )
)


@pytest.mark.parametrize(
    "text",
    [
        "*a*", "_a_", "__a__", "`a`", "\\*a\\*", "# a", "> a", "- a", "+ a", "* a", "1. a", "10. a", "a\n\n- a", "a\n\n    a", "    a", "a  \nb",
        "Title\n=", "Title\n===", "Title\n-", "Title\n--", "a\n\n- - -", "a | b\n--- | ---\nc | d", "a | b\n:-- | --\nc | d", "Term\n: a",
        "[a](b)", "[a][b]\n\n[b]: c", "![a](b)", "<b>a</b>", "<https://a.b>", "&amp;", "&#60;", "a &lt; b", ":smile:", ":+1:", ":e-mail:",
        "a ==b==", "~~a~~", "a~b~", "^^a^^", "a^b^", "++a++", "{++a++}", "{~~a~>b~~}", "{>>a<<}", "~~~\na\n~~~", "```\na\n```",
        "!!! note", "??? note", '=== "a"', "/// note\na\n///", "a\n{: .b}", "[TOC]", "- [x] a", "a\n\n*[a]: b", "a[^1]\n\n[^1]: b",
    ],
)  # fmt: skip
def test_a_mark_of_any_extension_stays_text(text):
    shown = rendered(text)
    assert set(shown.tags) - {"p", "a"} or spaced("".join(shown.data)) != spaced(text), "it would be markup"
    assert_same_words(text.split("\n\n"))


@settings(max_examples=2 * settings.default.max_examples, deadline=None)
@given(st.lists(st.lists(lines, min_size=1, max_size=3).map("\n".join), min_size=1, max_size=3))
@example(["---https://a.b/c"])
def test_markup_of_all_extensions_stays_text(paragraphs):
    assert_same_words(paragraphs)


@settings(max_examples=2 * settings.default.max_examples, deadline=None)
@given(st.lists(st.lists(lines, min_size=1, max_size=3).map("\n".join), min_size=1, max_size=3))
def test_markup_stays_text_without_extensions(paragraphs):
    assert_same_words(paragraphs, extensions=[])


@settings(max_examples=3 * settings.default.max_examples, deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_any_text_stays_text(text):
    assert_same_words([text])


@settings(max_examples=3 * settings.default.max_examples, deadline=None)
@given(st.lists(lines, min_size=1, max_size=3).map("\n".join))
def test_nothing_is_left_for_a_template_engine_or_html(text):
    escaped = markdown_text(text)
    assert "{" not in escaped
    assert "<" not in escaped


@pytest.mark.parametrize(
    "text",
    [
        "The talks, “brokered” by the UN – and Russia's envoy – failed: 5 of 7 (or 70 %) said no; AT&T paid $5!",
        "See https://example.org/a_b?c=d&e=f#g or write to snake_case@example.org - or not.",
        "About ~2015, at 10:30, a 3^ sign; a-b, a+b = c, 1.5 and 2/3; #tag in the middle > nothing",
        "وقال علوش: «إن المحادثات فشلت».",
    ],
)
def test_prose_is_left_as_it_is(text):
    assert markdown_text(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("without [President] al-Assad", "without \\[President\\] al-Assad"),
        ("2012. Last week", "2012\\. Last week"),
        ("{{ 7*7 }}", "&#123;&#123; 7\\*7 }}"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("---", "\\---"),
        ('--8<-- "secrets.txt"', '--8&lt;-- "secrets.txt"'),
        ("AT&amp;T", "AT&amp;amp;T"),
        ("::: os.path", "&#58;:: os.path"),
    ],
)
def test_only_the_mark_is_escaped(text, expected):
    assert markdown_text(text) == expected


def test_a_first_line_like_metadata_is_text():
    assert page_body(["title: x", "date: y"]) == "title&#58; x\n\ndate: y\n"
    assert page_body(["a_b-1: x"]) == "a_b-1&#58; x\n"
    assert page_body(["", "a", " \n", "b"]) == "a\n\nb\n"


def test_characters_that_are_no_text_are_removed_and_counted():
    text, notes = clean("a\u202eb\u2066c\x07\x1b\u00add\ufeff\ufffe\r\ne\u2028f")
    assert text == "abcd\ne\nf"
    assert notes == (
        "2 control characters removed",
        "2 bidirectional overrides removed",
        "2 invisible characters removed",
        "1 noncharacter removed",
    )


def test_marks_of_direction_and_joiners_stay():
    text = "می\u200cخواهم \u200fعربي\u200e 👩\u200d👧"
    assert clean(text) == (text, ())


_LAYOUT = "\u00ad\ufeff\ufff9\ufffa\ufffb" + "".join(map(chr, range(0xE0000, 0xE0080)))
_TURNS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def _is_text(char: str) -> bool:
    """As Unicode has it: white space is, of control characters; noncharacters and what turns the direction are not."""
    number, kind = ord(char), unicodedata.category(char)
    if kind in {"Cc", "Cs"}:
        return char in "\t\n\v\f\r\x85"
    if 0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE:
        return False
    return unicodedata.bidirectional(char) not in _TURNS and char not in _LAYOUT


def test_of_all_characters_those_that_are_no_text_are_removed():
    ends = (plane * 0x10000 + 0xFFFE + last for plane in range(1, 17) for last in (0, 1))
    every = [chr(code) for code in (*range(0x10000), *range(0xDFF00, 0xE0100), *ends)]
    assert clean("".join(filter(_is_text, every)))[1] == ()
    assert set(clean("".join(char for char in every if not _is_text(char)))[0]) == set()


def test_lines_end_in_one_way_and_letters_are_composed():
    assert clean("a\rb\r\nc\x85d\u2028e\vf\u2029g\fh") == ("a\nb\nc\nd\ne\nf\n\ng\n\nh", ())
    assert clean("e\u0301 \ufb01")[0] == "\u00e9 \ufb01"
