"""HTML on single lines: a break and the spaces around it become one space, and what is verbatim keeps its breaks."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.site.interface import single_line


@pytest.mark.parametrize(
    ("html", "line"),
    [
        ("<p>One</p>", "<p>One</p>"),
        ("\n<p>One\n  two</p>\n", "<p>One two</p>"),
        ("<p>One  two \n\n \n three</p>", "<p>One  two three</p>"),
        ("<p>a</p>\n<pre>b\n c</pre>\n<p>d</p>", "<p>a</p> <pre>b&#10; c</pre> <p>d</p>"),
        ("<pre>\n</pre>", "<pre>&#10;</pre>"),
        (
            "<p>a\n <presto>\n b</presto>\n<pre>\n</pre>\n</p>",
            "<p>a <presto> b</presto> <pre>&#10;</pre> </p>",
        ),
    ],
)
def test_each_break_becomes_a_space(html, line):
    assert single_line(html) == line


@given(st.text(alphabet="ab \n\t\r\xa0\u2028\x1c"))
def test_a_run_of_spaces_with_a_break_in_it_is_one_space(text):
    assert single_line(f"<p>{text}</p>") == re.sub(r"\s*\n\s*", " ", f"<p>{text}</p>")
