"""Markdown as a source: its front matter, its title, and its structure."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from dossierkit.ingest.reader import read
from dossierkit.ingest.refusal import RefusedError
from dossierkit.text import data


def of(text: str):
    return read("x.md", text.encode())


def test_the_keys_of_the_front_matter_are_taken_as_typed():
    reading = of(
        "---\ntitle: 'No: a title'\ndate: 2016-05-30T23:10:00+03:00\nauthor: [Mona Example, {name: Karl Sample}]\n"
        "publisher: The Courier\nurl: https://news.example/a\nlang: no\ntags: [talks, 007, yes]\n---\nThe text.\n"
    )
    assert reading.title == "No: a title"
    assert reading.published == "2016-05-30"
    assert reading.author == "Mona Example, Karl Sample"
    assert (reading.publisher, reading.url, reading.lang) == ("The Courier", "https://news.example/a", "no")
    assert reading.tags == ("talks", "007", "yes")
    assert reading.markdown == "The text.\n"


ARCHIVES = yaml.safe_load((Path(__file__).parent / "archives.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", ARCHIVES, ids=lambda case: case["case"])
def test_a_page_of_another_system_says_the_same_here(case):
    reading = read(case["name"], case["text"].encode())
    found = {name: getattr(reading, name) for name in case["read"]}
    assert {**found, "tags": list(reading.tags)} == {**case["read"], "tags": case["read"].get("tags", [])}
    assert reading.markdown == case["shown"]
    assert list(reading.notes) == case.get("notes", [])


def test_the_documentation_names_every_key_of_front_matter():
    reference = (Path(__file__).parents[2] / "docs/reference/adding.md").read_text("utf-8")
    section = reference.partition("### Front matter")[2].partition("**Pages.**")[0]
    known = data.load("frontmatter")
    keys = [*(key for keys in known["fields"].values() for key in keys), *known["unpublished"]]
    assert [key for key in keys if f"`{key}`" not in section and f"`{key}: " not in section] == []


def test_an_edtf_date_stays_what_it_is():
    assert of("---\ntitle: T\ndate: 2016-05~\n---\nText.").published == "2016-05~"


def test_without_a_title_the_first_heading_is_it():
    reading = of("# The title\n\nText.\n\n# Another\n\nMore.")
    assert reading.title == "The title"
    assert reading.markdown == "Text.\n\n## Another\n\nMore.\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("---\ntitle: A\ntitle: B\n---\nText", "`title` occurs twice in its front matter"),
        ("---\ntitle: A\n\nText", "not closed"),
        ("---\ntitle: A\n...\nText", "closed by `...`"),
        ("---\n- a\n- b\n---\nText", "not a list of `key: value` lines"),
        ("---\njust words\n---\nText", "not a list of `key: value` lines"),
        ("---\ntitle: a: b\n---\nText", "not YAML on line"),
        ("---\ntitle: &a [*a]\n---\nText", "YAML aliases"),
        ("+++\ntitle = 'a'\n\nText", "not closed within 20,000 characters"),
        ("+++\ntitle = 'a'\ntitle = 'b'\n+++\nText", "not TOML"),
        ("+++\n" + "a." * 30_000 + "b = 1\n+++\nText", "not closed within"),
        ("+++\na = " + "[" * 9_000 + "\n+++\nText", "not TOML"),
        ('{"title": "a", "title": "b"}\nText', "`title` occurs twice"),
        ('{"title": "a"\nText', "not JSON"),
        ('{"a": ' + "[" * 9_000, "not JSON"),
        ("---\ntitle: A\n---\n\n", "no text below"),
        ("# Only a title\n", "no text below"),
    ],
)
def test_front_matter_that_does_not_say_what_it_seems_to_is_refused(text, message):
    with pytest.raises(RefusedError, match=message):
        of(text)


def test_structure_is_kept_and_written_plainly():
    body = (
        "A *first* and **second** [link](https://news.example/a_(b)) with `code`.\n\n- one\n- two\n    - inner\n\n"
        "1. first\n2. second\n\n> A quotation\n> goes on.\n\n## A heading\n\n| a | b |\n|---|---|\n| c | d \\| e |\n"
    )
    assert of(f"---\ntitle: T\n---\n{body}").markdown == (
        "A *first* and **second** [link](https://news.example/a_%28b%29) with code.\n\n- one\n- two\n    - inner\n\n"
        "1. first\n2. second\n\n> A quotation goes on.\n\n## A heading\n\n| a | b |\n| --- | --- |\n| c | d &#124; e |\n"
    )


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        (
            "June 2014: Route approved\nMay 2015: Works begin\n• one gate\n• one lock",
            ["June 2014: Route approved", "May 2015: Works begin", "• one gate", "• one lock"],
        ),
        ("**PRECEPT**\nThe council had set it.", ["**PRECEPT**", "The council had set it."]),
        (
            "3. Reports\nThe clerk said so.\nShe left.",
            ["3\\. Reports", "The clerk said so. She left."],
        ),
        (
            "The council of the valley met in the old hall by the river, and\nAda Moreau opened it.\n\nhttps://news.example/"
            + "a" * 130
            + "\n" * 2
            + "Words.\n\n" * 20,
            [
                "The council of the valley met in the old hall by the river, and Ada Moreau opened it.",
                "https://news.example/" + "a" * 130,
                *["Words."] * 20,
            ],
        ),
        (
            "Moreau\n======\n\n| a | b |\n|---|---|\n| C | D |",
            ["## Moreau", "| a | b |\n| --- | --- |\n| C | D |"],
        ),
    ],
    ids=["a list in lines", "a label", "an item with its text", "wrapped prose", "underlines and tables"],
)
def test_lines_that_were_not_wrapped_are_paragraphs(body, paragraphs):
    assert of(f"---\ntitle: T\n---\n{body}\n").markdown.strip().split("\n\n") == paragraphs


def test_the_numbers_of_paragraphs_stay():
    """Reports are cited by them, and a list of Markdown would count from 1."""
    source = of(
        "112. The committee met.\n\n113. It adopted a resolution.\n\n    - one\n\nThen:\n\n1. first\n2. second\n"
    )
    assert source.markdown == (
        "112\\. The committee met.\n\n113\\. It adopted a resolution.\n\n- one\n\nThen:\n\n1. first\n2. second\n"
    )


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "text <img src=x onerror=alert(1)> text",
        "[here](javascript:alert(1))",
        "[here](data:text/html;base64,AAAA)",
        "[here](&#106;avascript:alert(1))",
        "![x](https://tracker.example/x.png) text",
        "# T {: onclick=alert(1) }\n\ntext {: .a onmouseover=alert(1) }",
        '--8<-- "/etc/passwd"',
        "{{ config }} {% include 'x' %}",
        "<!-- comment --> text",
        "<javascript:alert(1)>",
        '[a](https://x.example/ "onload=alert(1)")',
        "[a](https://x.example/{{7*7}}<b>)",
    ],
)
def test_nothing_active_is_left(body):
    markdown = of(f"---\ntitle: T\n---\nWords before.\n\n{body}\n").markdown
    for active in ("<", "{", "](javascript", "](data", "![", "](&"):
        assert active not in markdown


def test_a_picture_is_left_out_and_said():
    assert of("---\ntitle: T\n---\nText ![a map](map.png) text.").notes == ("1 picture left out",)


@pytest.mark.parametrize(
    "body", ["> " * 3000 + "x", "\n".join("    " * n + "- x" for n in range(400)), "*" * 20_000 + "x"]
)
def test_deep_nesting_is_read_or_refused(body):
    try:
        assert "x" in of(f"---\ntitle: T\n---\n{body}").markdown
    except RefusedError as error:
        assert "nested" in str(error) or "markup" in str(error)  # noqa: PT017 -- either outcome is right
