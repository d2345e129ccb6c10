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


@pytest.mark.parametrize(("style", "read_too"), [("P", False), ("Q", False), ("R", True), ("", True)])
def test_a_style_of_a_paragraph_hides_its_words(style, read_too):
    named = (
        "</w:styles>",
        (
            '<w:style w:type="paragraph" w:styleId="Q"><w:basedOn w:val="P"/></w:style>'
            '<w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>'
            '<w:style w:type="paragraph" w:styleId="R"><w:basedOn w:val="Q"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style></w:styles>'
        ),
    )
    paragraph = f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>guilty</w:t></w:r></w:p>'
    body = ("<w:sectPr", f"{paragraph}<w:sectPr")
    data = changed("contract.docx", {"word/document.xml": body, "word/styles.xml": named})
    assert ("guilty" in read("x.docx", data).markdown) == read_too


def test_many_words_of_one_paragraph_and_many_styles_take_no_longer_than_their_number():
    """Each run looked through its whole paragraph for a style: 357 seconds for 20,000."""
    look = '<w:rPr><w:rStyle w:val="S9999"/><w:color w:val="FFFFFF"/></w:rPr>'
    runs = "".join(f"<w:r>{look}<w:t>word{at} </w:t></w:r>" for at in range(20_000))
    based = "".join(
        f'<w:style w:type="character" w:styleId="S{at}"><w:basedOn w:val="S{at + 1}"/></w:style>'
        for at in range(10_000)
    )
    body = ("<w:sectPr", f"<w:p>{runs}</w:p><w:sectPr")
    data = changed(
        "contract.docx",
        {"word/document.xml": body, "word/styles.xml": ("</w:styles>", f"{based}</w:styles>")},
    )
    before = process_time()
    assert "word19999" in read("x.docx", data).markdown
    assert process_time() - before < 40


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


BODY = "BT /F 12 Tf 72 700 Td (The talks opened on Friday in the old town.) Tj ET"


def pdf(content: str, box: str = "0 0 595 842") -> bytes:
    """A page with these operators; readers find its objects without a table of where they begin."""
    objects = (
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[{box}]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>/ExtGState<</G <</ca 0>>>>>>>>",
        f"<</Length {len(content)}>> stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    written = "\n".join(f"{number} 0 obj {one} endobj" for number, one in enumerate(objects, 1))
    return f"%PDF-1.4\n{written}\ntrailer <</Root 1 0 R>>\n".encode()


def told(notes: tuple[str, ...]) -> list[str]:
    return [note for note in notes if note.startswith("readers do not see")]


@pytest.mark.parametrize(
    "operators",
    [
        "BT 1 g /F 12 Tf 72 680 Td (Moreau was guilty.) Tj ET",
        "1 1 1 rg 60 670 300 30 re f BT 1 g /F 12 Tf 72 680 Td (Moreau was guilty.) Tj ET",
        "BT 0.97 0.97 1 rg /F 12 Tf 72 680 Td (Moreau was guilty.) Tj ET",
        "BT /F 1 Tf 72 680 Td (Moreau was guilty.) Tj ET",
        "q 0.1 0 0 0.1 0 0 cm BT /F 12 Tf 720 6800 Td (Moreau was guilty.) Tj ET Q",
        "BT 3 Tr /F 12 Tf 72 680 Td (Moreau was guilty.) Tj ET",
        "/G gs BT /F 12 Tf 72 680 Td (Moreau was guilty.) Tj ET",
    ],
)
def test_words_of_a_pdf_that_nobody_sees_are_told(operators):
    source = read("x.pdf", pdf(f"{BODY} {operators}"))
    assert "Moreau was guilty." in source.markdown
    (note,) = told(source.notes)
    assert "3 words" in note
    assert "(“Moreau was guilty.”)" in note


@pytest.mark.parametrize(
    "operators",
    [
        "BT /F 1 Tf 12 0 0 12 72 680 Tm (Moreau was there.) Tj ET",
        "0 0 0.5 rg 60 670 300 30 re f BT 1 g /F 12 Tf 72 680 Td (Moreau was there.) Tj ET",
        "q 300 0 0 30 60 670 cm BI /W 1 /H 1 /BPC 8 /CS /G ID 0 EI Q BT 3 Tr /F 12 Tf 72 680 Td (Moreau was there.) Tj ET",
        "BT 1 g 1 Tr /F 12 Tf 72 680 Td (Moreau was there.) Tj ET",
        "BT 0.7 g /F 6 Tf 72 680 Td (Moreau was there.) Tj ET",
    ],
)
def test_words_of_a_pdf_on_a_ground_behind_a_scan_or_small_ones_are_seen(operators):
    source = read("x.pdf", pdf(f"{BODY} {operators}"))
    assert "Moreau was there." in source.markdown
    assert not told(source.notes)


@pytest.mark.parametrize("colour", [0, 1])
def test_a_page_that_does_not_begin_at_nothing_has_its_grounds_where_its_words_are(colour):
    ground = f"{colour} g 60 1670 300 30 re f BT 1 g /F 12 Tf 72 1680 Td (Moreau was there.) Tj ET"
    words = "BT 0 g /F 12 Tf 72 1700 Td (The talks opened on Friday in the old town.) Tj ET"
    source = read("x.pdf", pdf(f"{words} {ground}", "-100 1000 495 1842"))
    assert "Moreau was there." in source.markdown
    assert bool(told(source.notes)) == (colour == 1)


def test_a_page_with_as_many_grounds_as_words_is_read():
    """Every letter was compared with every ground, and the limit of time was over."""
    grounds = " ".join(f"0 0 0.5 rg {at % 500} {at % 800} 1 1 re f" for at in range(20_000))
    words = " ".join(
        f"BT 1 g /F 8 Tf {72 + at % 300} {100 + at % 600} Td (words {at}) Tj ET" for at in range(20_000)
    )
    assert told(read("x.pdf", pdf(f"{grounds} {words}")).notes)


def test_a_single_word_of_a_pdf_that_nobody_sees_is_told():
    words = (
        "BT /F 12 Tf 72 700 Td (The talks did ) Tj 1 g (not ) Tj 0 g (open on Friday in the old town.) Tj ET"
    )
    (note,) = told(read("x.pdf", pdf(words)).notes)
    assert "1 word of" in note
    assert "(“not”)" in note


WHITE = (
    "</w:styles>",
    (
        '<w:style w:type="character" w:styleId="A"><w:rPr><w:color w:val="FFFFFF"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    ),
)


@pytest.mark.parametrize(
    ("properties", "seen"),
    [
        ('<w:color w:val="FFFFFF"/>', False),
        ('<w:color w:val="fafafa"/>', False),
        ('<w:sz w:val="2"/>', False),
        ('<w:rStyle w:val="A"/>', False),
        ('<w:rStyle w:val="B"/>', False),
        ('<w:rStyle w:val="B"/><w:color w:val="auto"/>', True),
        ('<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', True),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="1F3864"/>', True),
        ('<w:color w:val="FFFFFF"/><w:shd w:val="clear" w:fill="FFFFFF"/>', False),
        ('<w:color w:val="808080"/><w:sz w:val="12"/>', True),
    ],
)
def test_words_of_a_word_document_that_nobody_sees_are_told(properties, seen):
    data = changed("contract.docx", {"word/document.xml": run(properties), "word/styles.xml": WHITE})
    source = read("x.docx", data)
    assert "guilty" in source.markdown
    assert [("1 word of" in note, "(“guilty”)" in note) for note in told(source.notes)] == [(True, True)] * (
        not seen
    )


@pytest.mark.parametrize(
    ("cell", "paragraph", "seen"),
    [
        ("", "", False),
        ('<w:shd w:fill="1F3864"/>', "", True),
        ("", '<w:shd w:fill="1F3864"/>', True),
        ('<w:shd w:fill="FFFFFF"/>', "", False),
        ("", '<w:pStyle w:val="A"/>', False),
    ],
)
def test_white_words_on_a_dark_ground_of_a_word_document_are_seen(cell, paragraph, seen):
    own = "" if "pStyle" in paragraph else '<w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    words = f"<w:p><w:pPr>{paragraph}</w:pPr><w:r>{own}<w:t>guilty</w:t></w:r></w:p>"
    table = f"<w:tbl><w:tr><w:tc><w:tcPr>{cell}</w:tcPr>{words}</w:tc></w:tr></w:tbl>"
    body = ("<w:sectPr", f"{table}<w:sectPr")
    data = changed("contract.docx", {"word/document.xml": body, "word/styles.xml": WHITE})
    assert bool(told(read("x.docx", data).notes)) != seen


@pytest.mark.parametrize(
    ("properties", "seen"),
    [
        ('fo:color="#ffffff"', False),
        ('fo:font-size="1pt"', False),
        ('fo:color="#ffffff" fo:background-color="#000080"', True),
        ('fo:color="#333333" fo:font-size="7.5pt"', True),
    ],
)
def test_words_of_an_opendocument_text_that_nobody_sees_are_told(properties, seen):
    content = zipfile.ZipFile(FILES / "minutes.odt").read("content.xml").decode()
    names = 'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    style = f'<style:style {names} style:name="PALE"><style:text-properties {properties}/></style:style>'
    ends = "</office:automatic-styles>"
    words = '<text:p>She was <text:span text:style-name="PALE">guilty</text:span> there.</text:p>'
    placed = content.replace(ends, f"{style}{ends}").replace("</office:text>", f"{words}</office:text>", 1)
    source = read("x.odt", changed("minutes.odt", {"content.xml": (content, placed)}))
    assert "guilty" in source.markdown
    assert ["(“guilty”)" in note for note in told(source.notes)] == [True] * (not seen)
