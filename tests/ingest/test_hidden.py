"""Words that readers of a source did not see are no words of it."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path
from time import process_time

import pytest
from lxml import html

from dossierkit.ingest.html.hidden import without_hidden
from dossierkit.ingest.reader import read

FILES = Path(__file__).parent / "files"
PARAGRAPHS = "".join(
    f"<p>On {day} May 2016 the council of Lenn met about the old bridge, and decided after a long debate.</p>"
    for day in range(1, 9)
)
HIDDEN = [
    "<p hidden>Moreau was guilty.</p>",
    "<div style='color: red; DISPLAY : none !important'><p>Moreau was guilty.</p></div>",
    "<p>She was <span style='font-size:0px'>guilty </span>there.</p>",
    "<p style='visibility:hidden'>Moreau was guilty.</p>",
    "<p style='opacity: 0.0'>Moreau was guilty.</p>",
    "<dialog><p>Moreau was guilty.</p></dialog>",
    "<style>.x{color:red;display:none}</style><p class='y x'>Moreau was guilty.</p>",
    "<style>/* .x{ */ p, span.x, #z {display: NONE!important} .p{}</style><p>She was <span class=x>guilty</span> there.</p>".replace(
        "p, ", "b, "
    ),
    "<style>#z{position:absolute;left:-9999px}</style><p>She was <span id=z>guilty</span> there.</p>",
    "<style>.x{display:block} .x{display:none}</style><p>She was <span class=x>guilty</span> there.</p>",
    "<p>She was <span style='position:absolute; left:-9999px'>guilty</span> there.</p>",
    "<p>She was <span style='clip:rect(0 0 0 0)'>guilty</span> there.</p>",
    "<p>She was <span style='color:#fff;background-color:#FFF'>guilty</span> there.</p>",
    "<p>She was <span style='color:transparent'>guilty</span> there.</p>",
    "<p>She was <del>guilty</del> <s>guilty</s> there.</p>",
    "<p>She was <span style='text-decoration: underline line-through'>guilty</span> there.</p>",
]
SEEN = [
    "<p hidden=until-found>Moreau was guilty of the delay, the council said.</p>",
    "<style>.x{display:none} p.x{display:block}</style><p class=x>Moreau was guilty of the delay, the council said.</p>",
    "<style>.x{display:none}</style><p class=x style='display:block'>Moreau was guilty of the delay, the council said.</p>",
    "<style>@media print{.x{display:none}} .y .x{display:none} .x:hover{display:none}</style><p class=x>Moreau was guilty of the delay, the council said.</p>",
    "<style>.x{opacity:0}</style><p class=x>Moreau was guilty of the delay, the council said.</p>",
    "<style>.x{left:-15px;color:#fff;background:#000}</style><p class=x>Moreau was guilty of the delay, the council said.</p>",
    "<style>p{font-size:medium;opacity:inherit}</style><p style='font-size:small'>Moreau was guilty of the delay, the council said.</p>",
    "<p style='opacity:0.5; font-size:0.9em'>Moreau was guilty of the delay, the council said.</p>",
]


def page(words: str) -> str:
    head = "<!doctype html><html lang=en><head><title>The bridge</title></head>"
    return f"{head}<body><article><h1>The bridge</h1>{PARAGRAPHS}{words}{PARAGRAPHS}</article></body></html>"


def mail(words: str) -> str:
    return (
        f"From: a@b.example\nSubject: The bridge\nContent-Type: text/html\n\n<p>Hello.</p>{PARAGRAPHS}{words}"
    )


@pytest.mark.parametrize("words", HIDDEN)
def test_what_a_page_or_a_mail_hides_is_not_read(words):
    assert "guilty" not in read("x.html", page(words).encode()).markdown
    assert "guilty" not in read("x.eml", mail(words).encode()).markdown


@pytest.mark.parametrize("words", SEEN)
def test_what_is_small_or_faint_is_read(words):
    assert "guilty" in read("x.html", page(words).encode()).markdown
    assert "guilty" in read("x.eml", mail(words).encode()).markdown


@pytest.mark.parametrize("sheet", ["/*" * 200_000, "}" * 400_000, "{" * 400_000])
def test_a_sheet_that_opens_or_closes_without_end_takes_no_longer_than_its_length(sheet):
    tree = html.document_fromstring(page(f"<style>{sheet}</style><p>Moreau was there.</p>"))
    before = process_time()
    without_hidden(tree)
    assert process_time() - before < 10


def test_words_that_are_struck_out_are_named():
    source = read("x.html", page("<p>She was <s>guilty</s> there.</p>").encode())
    assert "words that are struck out in it were left out: “guilty”" in source.notes


def test_a_page_that_is_hidden_until_a_script_has_run_is_read():
    shown = page("").replace("<article>", "<article style='opacity:0'>")
    assert "old bridge" in read("x.html", shown.encode()).markdown


def changed(name: str, replacing: dict[str, tuple[str, str]]) -> bytes:
    """A document with words of its parts replaced."""
    out = BytesIO()
    with zipfile.ZipFile(FILES / name) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.namelist():
            content = old.read(part)
            if part in replacing:
                before, after = (words.encode() for words in replacing[part])
                assert before in content
                content = content.replace(before, after, 1)
            new.writestr(part, content)
    return out.getvalue()


def run(properties: str) -> tuple[str, str]:
    hidden = f"<w:r><w:rPr>{properties}</w:rPr><w:t>guilty</w:t></w:r>"
    return "<w:sectPr", f"<w:p><w:r><w:t>She was there.</w:t></w:r>{hidden}</w:p><w:sectPr"


STYLES = (
    "</w:styles>",
    (
        '<w:style w:type="character" w:styleId="A"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    ),
)


@pytest.mark.parametrize(
    ("properties", "read_too"),
    [
        ("<w:vanish/>", False),
        ('<w:vanish w:val="true"/>', False),
        ('<w:vanish w:val="0"/>', True),
        ('<w:rStyle w:val="A"/>', False),
        ('<w:rStyle w:val="B"/>', False),
        ('<w:rStyle w:val="B"/><w:vanish w:val="false"/>', True),
        ("<w:b/>", True),
        ("<w:strike/>", False),
        ('<w:strike w:val="false"/>', True),
    ],
)
def test_hidden_words_of_a_word_document_are_not_read(properties, read_too):
    data = changed("contract.docx", {"word/document.xml": run(properties), "word/styles.xml": STYLES})
    markdown = read("x.docx", data).markdown
    assert "She was there." in markdown
    assert ("guilty" in markdown) == read_too


def test_words_that_are_struck_out_in_a_word_document_are_named():
    data = changed("contract.docx", {"word/document.xml": run("<w:strike/>")})
    assert "words that are struck out in it were left out: “guilty”" in read("x.docx", data).notes


HIDING = '<style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" style:name="GONE"><style:text-properties text:display="none"/></style:style>'
STRUCK = '<style:style xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" style:name="STRUCK"><style:text-properties style:text-line-through-style="solid"/></style:style>'


@pytest.mark.parametrize(
    ("words", "read_too"),
    [
        ('<text:p>She was there<text:span text:style-name="GONE"> guilty</text:span>.</text:p>', False),
        ('<text:p>She was there<text:span text:style-name="STRUCK"> guilty</text:span>.</text:p>', False),
        (
            '<text:p>She was there<text:hidden-text text:is-hidden="true"> guilty</text:hidden-text>.</text:p>',
            False,
        ),
        ('<text:section text:display="none"><text:p>guilty</text:p></text:section>', False),
        ('<text:p>guilty<text:hidden-paragraph text:is-hidden="true"/></text:p>', False),
        ('<text:section text:display="true"><text:p>guilty</text:p></text:section>', True),
    ],
)
def test_hidden_words_of_an_opendocument_text_are_not_read(words, read_too):
    content = zipfile.ZipFile(FILES / "minutes.odt").read("content.xml").decode()
    styles = "</office:automatic-styles>"
    placed = content.replace(styles, f"{HIDING}{STRUCK}{styles}").replace(
        "</office:text>", f"{words}</office:text>", 1
    )
    assert HIDING in placed
    markdown = read("x.odt", changed("minutes.odt", {"content.xml": (content, placed)})).markdown
    assert ("guilty" in markdown) == read_too
