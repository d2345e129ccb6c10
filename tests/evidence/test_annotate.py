"""Marks in HTML: the text stays, the tags stay well-formed, the marks cover what they say."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymdownx.snippets import SnippetExtension

from dossierkit.evidence.annotate import TextMark, annotate, tag
from dossierkit.evidence.body_html import clean, renderer
from dossierkit.evidence.layer import layer
from dossierkit.text.quote import fold_spaces, locate


class WellFormed(HTMLParser):
    """Fails on tags that do not nest, and collects the text and what each marked element covers."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.stack, self.text, self.covered = [], "", {}
        self.feed(html)
        self.close()
        assert not self.stack

    def handle_starttag(self, tag, attrs):
        if tag not in {"br", "hr", "img"}:
            self.stack.append((tag, dict(attrs).get("class", "")))

    def handle_endtag(self, tag):
        assert self.stack, f"</{tag}> closes nothing"
        assert self.stack.pop()[0] == tag

    def handle_data(self, data):
        self.text += data
        for _, name in self.stack:
            if name:
                self.covered[name] = self.covered.get(name, "") + data


def mark(start, end, name, element="span", rank=0, **attributes):
    return TextMark(
        start, end, tag(element, ("class", name), *attributes.items()), id=f"id-{name}", rank=rank
    )


def test_a_mark_inside_one_text_is_one_element():
    html = annotate(layer("<p>one two three</p>"), [mark(4, 7, "a")])
    assert html == '<p>one <span id="id-a" class="a">two</span> three</p>'


def test_a_mark_encloses_whole_elements():
    html = annotate(layer("<p>one <em>two</em> three</p>"), [mark(0, 13, "a")])
    assert html == '<p><span id="id-a" class="a">one <em>two</em> three</span></p>'


def test_a_mark_that_crosses_a_tag_is_cut_and_keeps_one_id():
    html = annotate(layer("<p>one <em>two three</em> four</p>"), [mark(0, 7, "a")])
    assert (
        html == '<p><span id="id-a" class="a">one </span><em><span class="a">two</span> three</em> four</p>'
    )


def test_marks_that_cross_each_other_are_reopened():
    html = annotate(layer("<p>one two three</p>"), [mark(0, 7, "a"), mark(4, 13, "b")])
    assert html == (
        '<p><span id="id-a" class="a">one <span id="id-b" class="b">two</span></span>'
        '<span class="b"> three</span></p>'
    )


def test_of_equal_marks_the_lower_rank_encloses():
    html = annotate(layer("<p>one</p>"), [mark(0, 3, "in", rank=1), mark(0, 3, "out", rank=0)])
    assert html == '<p><span id="id-out" class="out"><span id="id-in" class="in">one</span></span></p>'


def test_no_link_stands_in_a_link():
    html = annotate(layer('<p>see <a href="x">Geneva</a></p>'), [mark(4, 10, "a", element="a", href="y")])
    assert html == '<p>see <a href="x"><span id="id-a" class="a">Geneva</span></a></p>'


def test_a_mark_beside_links_stays_a_link():
    html = annotate(
        layer('<p><a href="x">see</a>one <em>two</em> <a href="z">Geneva</a></p>'),
        [mark(3, 11, "a", element="a", href="y")],
    )
    assert '<a id="id-a" class="a" href="y">one <em>two</em> </a><a href="z">' in html


@pytest.mark.parametrize("between", ["<hr>", "<br>", '<img src="x">', "\n"])
def test_what_has_no_words_between_two_parts_of_a_mark_is_not_marked(between):
    html = annotate(layer(f"<div><b>one</b>{between}<i>two</i> three</div>"), [mark(0, 6, "a")])
    assert '<span id="id-a" class="a">one</span></b>' in html
    assert f"</b>{between}<i>" in html


def test_what_follows_a_mark_stands_once_behind_its_last_part():
    after = TextMark(0, 7, tag("span"), after="!")
    html = annotate(layer("<p>one <em>two three</em></p>"), [after])
    assert html == "<p><span>one </span><em><span>two</span>! three</em></p>"


def test_entities_of_html_count_as_one_character():
    html = annotate(layer("<p>a &amp; b &lt;c&gt;</p>"), [mark(2, 3, "a"), mark(6, 9, "b")])
    assert (
        html == '<p>a <span id="id-a" class="a">&amp;</span> b <span id="id-b" class="b">&lt;c&gt;</span></p>'
    )


def test_blocks_separate_sentences_in_the_text_layer():
    assert layer("<h2>One</h2><p>Two<br>three</p><ul><li>four</li></ul>").text.split() == [
        "One",
        "Two",
        "three",
        "four",
    ]


MARKDOWN = [
    "One *two three* four **five *six* seven**.",
    "A [link *here*](https://example.org) & more <b>.",
    "> quoted\n\n- item one\n- item `two`\n\nLast & least.",
    "| a | b |\n|---|---|\n| c d | e |",
]
render = renderer(("tables",), {})


def test_a_list_begins_with_the_number_that_is_written():
    assert '<ol start="112">' in render("112. The committee met.\n\n113. It adopted a resolution.\n")
    assert "<ol>" in render("1. one\n2. two\n")


@pytest.mark.parametrize("source", MARKDOWN)
@given(st.data())
def test_any_marks_leave_text_and_nesting_whole(source, data):
    before = layer(render(source))
    size = len(before.text)
    spans = data.draw(st.lists(st.tuples(st.integers(0, size - 1), st.integers(1, size)), max_size=6))
    marks = [
        TextMark(
            a,
            max(a + 1, b),
            tag(data.draw(st.sampled_from(["a", "span"])), ("class", f"m{number}")),
            f"i{number}",
        )
        for number, (a, b) in enumerate(spans)
    ]
    html = annotate(before, marks)
    seen = WellFormed(html)
    assert seen.text == WellFormed(render(source)).text
    assert layer(html).text == before.text
    for number, one in enumerate(marks):
        covered = "".join(seen.covered.get(f"m{number}", "").split())
        assert covered == "".join(before.text[one.start : one.end].split())
        assert html.count(f'id="i{number}"') == (1 if covered else 0)


HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "[x](javascript:alert(1))",
    "![x](data:text/html;base64,PHNjcmlwdD4=)",
    'text {: onclick="alert(1)" }',
    "<iframe src='https://example.org'></iframe>",
    "<svg/onload=alert(1)>",
    "<style>body{display:none}</style>",
    '<a href="vbscript:x">y</a>',
]


@pytest.mark.parametrize("text", ['--8<-- "{}"', "--8<--\n{}\n--8<--", '```\n--8<-- "{}"\n```'])
def test_a_text_takes_in_no_file_whatever_extensions_a_site_has(tmp_path, text):
    """For pages of their own editors may use pymdownx.snippets; an article would publish drafts with it."""
    (tmp_path / "draft.md").write_text("Nobody may read this.\n", encoding="utf-8")
    configs = {"pymdownx.snippets": {"base_path": [str(tmp_path)]}}
    made = SnippetExtension(base_path=[str(tmp_path)])  # as a plugin may make it
    for extension in ("pymdownx.snippets", "pymdownx.snippets:SnippetExtension", made):
        html = renderer((extension, "pymdownx.superfences"), configs)(text.format("draft.md"))
        assert "Nobody may read" not in html
        assert "draft.md" in html


@pytest.mark.parametrize("source", HOSTILE)
def test_hostile_markdown_stays_text(source):
    html = renderer(("attr_list", "md_in_html", "tables"), {})(source)
    parser = WellFormed(html)
    assert not {"script", "iframe", "svg", "style"}.intersection(piece.tag for piece in layer(html).pieces)
    for piece in layer(html).pieces:
        if piece.kind in {"open", "void"}:
            assert "on" not in {part.split("=")[0][:2] for part in piece.html.split()[1:]}
            assert "javascript:" not in piece.html
            assert "data:" not in piece.html
    assert parser.text.strip() or "<img" in html


def test_cleaning_is_stable():
    html = clean("<p>a & b</p>")
    assert clean(html) == html


NOTED = "The Council[^1] found 100[^why] dead[^1], it [said so](https://lenn.example)[^1].\n\n[^1]: A note.\n[^why]: Of 200."


def test_the_sign_of_a_footnote_is_no_word_and_no_figure():
    html = renderer(("footnotes",), {})(NOTED)
    text = layer(html).text
    assert text.startswith("The Council found 100 dead, it said so.\n")
    folded = fold_spaces(text)
    assert [text[start:end] for start, end in locate(folded, "found 100")] == ["found 100"]
    assert locate(folded, "1002 dead") == locate(folded, "Council1") == ()


def test_a_mark_over_the_sign_of_a_footnote_holds_no_link_in_a_link():
    html = renderer(("footnotes",), {})(NOTED)
    end = layer(html).text.index(" so.")
    marked = annotate(layer(html), [mark(0, end, "a", element="a", href="#x")])
    inside = 0
    for found in re.findall(r"<(/?)a\b", marked):
        inside += -1 if found else 1
        assert inside in {0, 1}
    covered = WellFormed(marked).covered["a"]
    assert covered.startswith("The Council1 found 1002 dead1, it ")
