"""Documents as programs make them (tests/ingest/files/make.py says which), read as `dossier add` reads them."""

from __future__ import annotations

import json
import re
import zipfile
from base64 import b64encode
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.evidence.body_html import renderer
from dossierkit.evidence.layer import layer
from dossierkit.ingest import page_marks
from dossierkit.ingest.days import day
from dossierkit.ingest.escape import page_body
from dossierkit.ingest.formats import Opened, splitter_of
from dossierkit.ingest.html.fragment import blocks_of, tree
from dossierkit.ingest.reader import read
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Part, Source

FILES = Path(__file__).parent / "files"
RENDER = renderer(("tables",), {})
SIGNED = "The Lenn Valley Council signed a contract with Harrow Water on 12 May 2016."
TENDER = "Bob Lee of the Lenn Courier had reported last week that the tender was withdrawn twice."


def made(name: str) -> Source:
    return read(name, (FILES / name).read_bytes())


def parts(name: str, data: bytes | None = None, mapping: bytes | None = None) -> list[Part]:
    data = (FILES / name).read_bytes() if data is None else data
    return list(splitter_of(name).split(Opened(name, BytesIO(data), mapping)))


def text(source: Source) -> str:
    return shown(source.markdown)


def shown(markdown: str) -> str:
    return layer(RENDER(markdown)).text


@pytest.mark.parametrize(
    "name",
    [
        "contract.docx",
        "libreoffice.docx",
        "libreoffice.odt",
        "libreoffice.epub",
        "libreoffice.pdf",
        "chromium.pdf",
    ],
)
def test_words_and_structure_of_every_program_are_taken(name):
    source = made(name)
    assert source.title in {"Council signs water contract", "Dam inquiry opens", "Dam Inquiry Opens"}
    for words in (SIGNED, TENDER):
        assert words in text(source)
    if not name.endswith(".epub"):  # where LibreOffice writes headings as paragraphs
        assert any(line in source.markdown for line in ("## The tender", "## Background"))
    assert source.title not in source.markdown


@pytest.mark.parametrize("name", ["contract.docx", "libreoffice.docx", "libreoffice.odt"])
def test_tables_and_lists_stay_tables_and_lists(name):
    markdown = made(name).markdown
    assert "| Party | Sum |" in markdown
    assert any(line.startswith("- ") for line in markdown.split("\n"))


@pytest.mark.parametrize(
    ("items", "numbers"),
    [
        ('<ol start="7"><li>a</li><li>b</li></ol>', ["7\\. a", "8\\. b"]),
        ('<ol><li>a</li><li value="4">b</li><li>c</li></ol>', ["1\\. a", "4\\. b", "5\\. c"]),
        ("<ol reversed><li>a</li><li>b</li></ol>", ["2\\. a", "1\\. b"]),
        ('<ol start="x"><li>a</li><li>b</li></ol>', ["1. a\n2. b"]),
        ('<ol start="2"><li><blockquote>a</blockquote></li></ol>', ["2\\.", "> a"]),
    ],
)
def test_a_list_has_the_numbers_that_its_readers_saw(items, numbers):
    assert list(blocks_of(tree(items))) == numbers


def test_what_a_document_says_of_itself_comes_with_its_place():
    source = made("contract.docx")
    assert (source.author, source.published) == ("Bob Lee", "2016-05-13")
    assert dict(source.origins)["author"] == "its property creator"
    assert any("check it" in note for note in source.notes)


def test_deletions_and_comments_of_a_word_document_are_no_text():
    data = BytesIO((FILES / "contract.docx").read_bytes())
    changed = BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                gone = b'<w:p><w:del w:id="1" w:author="x"><w:r><w:delText>struck out</w:delText></w:r></w:del><w:ins w:id="2" w:author="x"><w:r><w:t>put in</w:t></w:r></w:ins></w:p><w:sectPr'
                content = content.replace(b"<w:sectPr", gone, 1)
            new.writestr(name, content)
    markdown = read("x.docx", changed.getvalue()).markdown
    assert "struck out" not in markdown
    assert "put in" in markdown


# PDF


def test_columns_are_read_one_after_the_other_and_every_paragraph_is_whole():
    source = made("columns.pdf")
    paragraphs = source.markdown.strip().split("\n\n")
    assert source.title == "Report on the water contract of the valley"
    assert [one.split(" begins")[0] for one in paragraphs] == [f"Paragraph number {n}" for n in range(1, 25)]
    assert all(one.endswith(f"finis{n}.") for n, one in enumerate(paragraphs, 1))


def test_running_heads_and_page_numbers_are_no_text():
    markdown = made("columns.pdf").markdown
    assert "special report" not in markdown
    assert "Page 1" not in markdown


def test_words_that_a_line_cuts_are_whole_and_compounds_stay():
    whole = "internationalization of the water treatment programme, which had been postponed repeatedly because of the well-known difficulties"
    assert made("columns.pdf").markdown.count(whole) == 48


def test_the_page_of_every_sentence_is_kept():
    source = made("columns.pdf")
    assert [mark.label for mark in source.pages] == ["1", "2"]
    inked = "".join(text(source).split())
    second = inked[source.pages[1].at :]
    first_of_page = second[:40]
    assert inked.index(first_of_page) == source.pages[1].at
    assert made("libreoffice.pdf").pages[0].at == 0


def begins(source):
    """What each page begins with."""
    inked = "".join(text(source).split())
    assert all(mark.at < len(inked) for mark in source.pages)
    return {mark.label: inked[mark.at : mark.at + 25] for mark in source.pages}


def paged(name: str, pages: int = 0) -> bytes:
    """contract.docx with a page that began before the heading, another in the table, as Word states it, or with breaks that somebody set."""
    sign = b"<w:lastRenderedPageBreak/>" if not pages else b'<w:br w:type="page"/>'
    out = BytesIO()
    with zipfile.ZipFile(FILES / name) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            content = old.read(one)
            if one == "word/document.xml":
                for words in (b"The tender", b"Harrow Water</w:t>"):
                    at = content.rindex(b"<w:r>", 0, content.rindex(words)) + len(b"<w:r>")
                    content = content[:at] + sign + content[at:]
            if one == "docProps/app.xml" and pages:
                content = re.sub(rb"<Pages>\d+</Pages>", f"<Pages>{pages}</Pages>".encode(), content)
            new.writestr(one, content)
    return out.getvalue()


def test_pages_of_a_word_document_are_those_that_the_file_states():
    plain = made("contract.docx")
    expected = {
        "1": "TheLennValleyCouncilsigne",
        "2": "ThetenderBobLeeoftheLennC",
        "3": "HarrowWater4millionFirstp",
    }
    for data in (paged("contract.docx"), paged("contract.docx", 3)):
        source = read("contract.docx", data)
        assert begins(source) == expected
        assert source.markdown == plain.markdown
        assert source.title == plain.title
    assert read("contract.docx", paged("contract.docx", 7)).pages == ()  # text ran over: nobody says where
    assert plain.pages == ()


def test_pages_of_an_opendocument_text_are_those_that_the_file_states():
    found = begins(made("minutes.odt"))
    assert found["1"].startswith("Paragraphnumber1begins")
    assert found["2"].startswith("Paragraphnumber5begins")
    assert len(found) > 2


def test_words_of_an_opendocument_text_keep_their_order_around_links():
    link, out = '<a href="https://example.org">', BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        words = f"<p>One {link}two</a> three {link}four</a> five.</p>"
        package.writestr("content.xml", f"<document><body><text>{words}</text></body></document>")
    written = "One [two](https://example.org) three [four](https://example.org) five.\n"
    assert read("x.odt", out.getvalue()).markdown == written


def test_a_book_has_the_pages_of_its_printed_edition_else_its_sections():
    printed, sections = made("printed.epub"), made("sections.epub")
    assert begins(printed) == {
        "2": "TheLennValleyCouncilsigne", "3": "Thecommitteediscussedthei", "4": "TheLennValleyCouncilsigne", "5": "Thecommitteediscussedthei",
    }  # fmt: skip
    assert begins(sections) == {"s1": "Chapter1TheLennValleyCoun", "s2": "Chapter2TheLennValleyCoun"}
    assert printed.markdown == sections.markdown


_INLINE = st.sampled_from(
    ["one ", "<em>two</em> ", '<a href="https://x.example/">three four</a>, ', "5 * 6_7 ", "&lt;b&gt; ", "# "]
)
_BLOCK = st.sampled_from(
    ["<p>{}</p>", "<h2>{}</h2>", "<ul><li>{}</li><li>next</li></ul>", "<ol><li>a</li><li>{}</li></ol>", "<blockquote><p>{}</p></blockquote>",
     "<table><tr><td>{}</td><td>|</td></tr></table>", "<p><img alt='x'>{}<br>line</p>", "<pre>{}</pre>"]
)  # fmt: skip


@given(
    st.lists(st.tuples(_BLOCK, st.lists(_INLINE, min_size=1, max_size=4)), min_size=1, max_size=6), st.data()
)
def test_a_page_begins_in_the_text_where_it_begins_in_the_document(blocks, data):
    words = [word for _, inline in blocks for word in inline]
    at = data.draw(st.integers(0, len(words) - 1))
    marked = iter(
        f"{page_marks.SIGN}\u2042 {word}" if number == at else word for number, word in enumerate(words)
    )
    root = tree("".join(block.format("".join(next(marked) for _ in inline)) for block, inline in blocks))
    places, whole = page_marks.taken(root)
    inked = "".join(shown(page_body(blocks_of(root))).split())
    assert [inked[place] for place in places] == ["\u2042"]
    assert whole == len(inked)


def test_a_scan_is_refused_with_the_remedy(monkeypatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RefusedError, match="ocrmypdf"):
        made("scan.pdf")


def test_a_locked_pdf_is_refused():
    with pytest.raises(RefusedError, match="encrypted"):
        made("locked.pdf")


# Mails


def test_a_mail_says_who_wrote_to_whom_and_what_it_quotes_is_set_apart():
    source = made("reply.eml")
    assert (source.title, source.published, source.author) == ("Re: the contract", "2016-05-13", "Ada Moreau")
    assert source.identifier == "<1@lenn.example>"
    assert source.markdown.startswith("- From: Ada Moreau\n- To: Bob Lee, desk@courier.example\n")
    assert SIGNED in source.markdown
    assert f"> {TENDER}" in source.markdown
    assert any("logo.png" in note for note in source.notes)


def test_the_html_of_a_mail_is_read_where_there_is_nothing_else():
    mail = b"From: a@b.example\nSubject: Plan\nMIME-Version: 1.0\nContent-Type: text/html; charset=iso-8859-1\n\n<p>Caf\xe9 at noon.</p><blockquote>Where?</blockquote>"
    assert "Café at noon.\n\n> Where?" in read("x.eml", mail).markdown


def test_a_subject_that_a_program_cut_within_a_character():
    cut = [b64encode(one).decode() for one in ("大坝调查开始".encode()[:7], "大坝调查开始".encode()[7:])]
    mail = (
        f"From: a@b.example\nSubject: =?utf-8?B?{cut[0]}?=\n =?utf-8?B?{cut[1]}?=\n\nIt has begun.\n".encode()
    )
    assert read("x.eml", mail).title == "大坝调查开始"


def test_a_mail_whose_parts_are_divided_by_another_line_than_it_declares():
    mail = b"""From: a@b.example
Subject: The audit
Content-Type: multipart/alternative; boundary="one"

--two
Content-Type: text/plain; charset=utf-8

The audit was never more than a draft.
--two--
"""
    assert read("x.eml", mail).markdown.endswith("The audit was never more than a draft.\n")


def test_the_attachments_of_a_mail_are_sources_of_their_own():
    mail, attached = parts("reply.eml")
    assert (mail.label, attached.attached, attached.name) == ("", True, "contract final.docx")
    assert attached.data == (FILES / "contract.docx").read_bytes()


@pytest.mark.parametrize(
    "rule",
    ["-----Original Message-----", "---------- Forwarded message ---------", "Begin forwarded message:"],
)
def test_what_a_mail_passes_on_is_set_apart(rule):
    mail = f"From: a@b.example\nSubject: Plan\n\nSee below.\n\n{rule}\nFrom: c\n\nThe plan is off.\n".encode()
    assert "> The plan is off." in read("x.eml", mail).markdown


def test_a_mailbox_is_its_messages_with_the_lines_that_were_escaped():
    found = parts("inbox.mbox")
    assert [part.identifier for part in found] == [f"<m{number}@lenn.example>" for number in range(1, 6)]
    source = read(found[0].name, found[0].data)
    assert "From here on the council met in public." in source.markdown
    assert source.published == "2016-02-01"


# Feeds, archives, records

RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Lenn Courier</title><language>en</language><copyright>CC0</copyright>
<item><title>One &amp; two</title><link>https://courier.example/1</link><guid isPermaLink="false">g1</guid><pubDate>Tue, 01 Mar 2016 23:30:00 -0800</pubDate>
<dc:creator>Bob Lee</dc:creator><category>water</category><content:encoded><![CDATA[<p>First.</p><p>Second <script>x()</script>one.</p>]]></content:encoded></item>
<item><title>Three</title><guid>https://courier.example/3</guid><description>A summary.</description></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Courrier</title><author><name>Jeanne Martin</name></author>
<entry><id>tag:x,2016:1</id><title>Un</title><link rel="alternate" href="https://courrier.example/1"/><published>2016-03-01T10:00:00Z</published><updated>2016-04-01T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Bonjour.</p></div></content></entry></feed>"""


def test_an_item_of_a_feed_is_a_source_with_what_the_feed_says():
    one, two = parts("feed.rss", RSS)
    assert (one.identifier, two.identifier) == ("g1", "https://courier.example/3")
    source = read(one.name, one.data)
    assert (source.title, source.published, source.author, source.publisher) == (
        "One & two",
        "2016-03-01",
        "Bob Lee",
        "Lenn Courier",
    )
    assert (source.url, source.lang, source.rights, source.tags) == (
        "https://courier.example/1",
        "en",
        "CC0",
        ("water",),
    )
    assert source.markdown == "First.\n\nSecond one.\n"
    second = read(two.name, two.data)
    assert second.url == "https://courier.example/3"
    assert any("summary" in note for note in second.notes)


@pytest.mark.parametrize(
    ("title", "read_as"),
    [
        ("Council &lt;em&gt;rejects&lt;/em&gt; the dam", "Council rejects the dam"),
        ("Moreau &amp;amp; Lee: it&amp;#8217;s over", "Moreau & Lee: it’s over"),
        ("&lt;script&gt;x()&lt;/script&gt;Two &lt;b&gt;bridges&lt;/b&gt;", "Two bridges"),
        ("Why 2 &lt; 3 &amp; 4", "Why 2 < 3 & 4"),
    ],
)
def test_the_title_of_an_item_is_words(title, read_as):
    (one,) = parts("feed.atom", ATOM.replace(b"<title>Un<", f"<title>{title}<".encode()))
    assert read(one.name, one.data).title == read_as


def test_a_feed_may_use_prefixes_that_it_does_not_declare():
    (one,) = parts(
        "feed.atom",
        ATOM.replace(b"<published>", b"<itunes:subtitle it:kind='x'>Deux</itunes:subtitle><published>"),
    )
    assert read(one.name, one.data).published == "2016-03-01"


def test_an_entry_of_atom_is_dated_by_its_publication():
    (one,) = parts("feed.atom", ATOM)
    source = read(one.name, one.data)
    assert (source.published, source.lang, source.author, source.publisher) == (
        "2016-03-01",
        "fr",
        "Jeanne Martin",
        "Courrier",
    )
    assert source.markdown == "Bonjour.\n"


def test_a_page_of_a_web_archive_has_its_address_its_day_and_its_digest():
    found = parts("site.warc.gz")
    assert len(found) == 2
    source = read(found[0].name, found[0].data)
    assert (source.url, source.captured) == ("https://courier.example/2016/dam-1.html", "2016-06-01")
    assert source.identifier == found[0].identifier == "<urn:uuid:00000000-0000-4000-8000-000000000001>"
    assert any("sha1:" in note and "holds" in note for note in source.notes)
    assert SIGNED in source.markdown


def test_a_page_whose_bytes_are_not_those_of_its_digest_is_refused():
    part = parts("site.warc.gz")[0]
    with pytest.raises(RefusedError, match="digest"):
        read(part.name, part.data.replace(b"Harrow Water", b"Harrow Wines"))


def test_of_a_packaged_archive_the_listed_pages_are_taken():
    (part,) = parts("site.wacz")
    assert read(part.name, part.data).url == "https://courier.example/2016/dam-2.html"


def test_records_of_scrapers_are_read_by_the_usual_names_and_keep_their_bytes():
    line = json.dumps({"headline": "One", "maintext": f"{SIGNED}\n{TENDER}", "date_publish": "2016-04-01 10:00:00", "authors": ["Bob Lee", "Ines Muster"], "link": "https://s.example/1", "id": 7})  # fmt: skip
    (part,) = parts("scraped.jsonl", line.encode())
    source = read(part.name, part.data)
    assert (source.title, source.published, source.author, source.url) == (
        "One",
        "2016-04-01",
        "Bob Lee, Ines Muster",
        "https://s.example/1",
    )
    assert source.markdown == f"{SIGNED}\n\n{TENDER}\n"
    assert part.identifier == source.identifier == "7"
    assert line.encode() in part.data
    assert dict(source.origins)["title"] == "its field headline"


def test_a_mapping_says_what_the_columns_of_a_table_are():
    table = (
        b"ueberschrift;inhalt;datum\nEins;Der Rat tagte.;2016-02-03\nZwei;Der Rat tagte nicht.;2016-02-04\n"
    )
    mapping = b"title: ueberschrift\ntext: inhalt\ndate: datum\n"
    first, second = parts("table.csv", table, mapping)
    assert (read(first.name, first.data).title, read(second.name, second.data).published) == (
        "Eins",
        "2016-02-04",
    )
    with pytest.raises(RefusedError, match=r"text: FIELD.*--mapping"):
        parts("table.csv", table)


def test_fields_that_lie_deeper_are_named_by_dots():
    record = b'{"meta": {"t": "One"}, "parts": [{"x": "Some words."}]}'
    (part,) = parts("x.jsonl", record, b"title: meta.t\ntext: parts.0.x\n")
    source = read(part.name, part.data)
    assert (source.title, source.markdown) == ("One", "Some words.\n")


def test_documents_of_followthemoney_are_read_and_their_pages_put_together():
    entities = [
        {"id": "p", "schema": "Person", "properties": {"name": ["A"]}},
        {"id": "d", "schema": "Pages", "properties": {"fileName": ["minutes.pdf"], "date": ["2016-05-01"]}},
        {
            "id": "2",
            "schema": "Page",
            "properties": {"document": ["d"], "index": ["2"], "bodyText": ["Second page."]},
        },
        {
            "id": "1",
            "schema": "Page",
            "properties": {"document": ["d"], "index": ["1"], "bodyText": ["First page."]},
        },
        {
            "id": "a",
            "schema": "Article",
            "properties": {"title": ["T"], "bodyText": [SIGNED], "publisher": ["P"]},
        },
    ]
    article, minutes = parts("dump.jsonl", "\n".join(map(json.dumps, entities)).encode())
    assert read(article.name, article.data).publisher == "P"
    source = read(minutes.name, minutes.data)
    assert source.markdown == "First page.\n\nSecond page.\n"
    assert [(mark.at, mark.label) for mark in source.pages] == [(0, "1"), (10, "2")]


# Days and people


@pytest.mark.parametrize(
    ("sender", "author"),
    [
        ('"Moreau, Ada" <a.moreau@lenn.example>', "Ada Moreau"),
        ('"Müller, Jörg" <muller@lenn.example>', "Jörg Müller"),
        ('"Ministry of Water, Dorn" <press@water.example>', "Ministry of Water, Dorn"),
        ('"Harrow Water, Inc." <info@harrow.example>', "Harrow Water, Inc."),
        ("Ada Moreau <ada@lenn.example>", "Ada Moreau"),
        ("ada@lenn.example", "ada@lenn.example"),
    ],
)
def test_a_person_whose_family_name_comes_first_is_named_in_order(sender, author):
    mail = f"From: {sender}\nTo: {sender}\nSubject: Works\n\nThe works begin in June.\n"
    source = read("x.eml", mail.encode())
    assert source.author == author
    assert f"To: {author}" in text(source)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2016-05-13T10:00:00Z", "2016-05-13"),
        ("D:20160513101500+02'00'", "2016-05-13"),
        ("13.5.2016", "2016-05-13"),
        ("13. 05. 2016", "2016-05-13"),
        ("13/05/2016", "2016-05-13"),
        ("05/13/2016", "2016-05-13"),
        ("05/05/2016", "2016-05-05"),
        ("05/06/2016", ""),
        ("13 May 2016", "2016-05-13"),
        ("Sept. 3, 2016", "2016-09-03"),
        ("31 June 2016", ""),
        ("13 Mars 2016", "2016-03-13"),
        ("soon", ""),
    ],
)
def test_a_day_is_read_where_it_can_be_read_in_one_way(written, meant):
    assert day(written) == meant


def test_a_day_of_a_record_that_is_not_understood_is_said():
    (one,) = parts("x.csv", b"title,text,date\nA,The council met in Lenn today.,05/06/2016\n")
    source = read(one.name, one.data)
    assert source.published is None
    assert any("“05/06/2016” in its field date" in note for note in source.notes)


@pytest.mark.parametrize("name", ["columns.pdf", "contract.docx", "minutes.odt"])
def test_a_day_in_the_name_of_a_document_goes_before_the_day_on_which_it_was_made(name):
    suffix = Path(name).suffix
    source = read(f"Courier 2016-05-20{suffix}", (FILES / name).read_bytes())
    assert source.published == "2016-05-20"
    assert any("stands in its file name" in note for note in source.notes)
    assert read(f"Minutes 2016-13-40{suffix}", (FILES / name).read_bytes()).published != "2016-13-40"


def test_names_that_programs_put_there_are_no_authors():
    assert made("turned.pdf").author is None
    assert made("minutes.odt").author is None
    assert made("columns.pdf").author == "Bob Lee"


@pytest.mark.parametrize("name", ["chromium-framed.pdf", "firefox-framed.pdf"])
def test_what_a_browser_prints_above_and_below_a_page_is_no_part_of_it(name):
    source = made(name)
    words = text(source)
    assert words.startswith("Ada Moreau resigned on 3 June 2016 over the costs.")
    assert not re.search(r"Courier|file:|somebody|tmp|1/1|1 of 1|\d:\d\d", words)
    assert source.title == "Chair resigns"


def test_a_time_above_the_text_and_an_address_below_stay_without_a_page_number():
    words = text(made("dateline.pdf"))
    assert "12/05/2016, 10:04 Lenn Valley Council" in words
    assert "https://council.example/contract" in words


@pytest.mark.parametrize(
    ("name", "part"), [("libreoffice.docx", "docProps/core.xml"), ("libreoffice.odt", "meta.xml")]
)
def test_the_heading_that_readers_see_is_the_title_and_not_a_property_of_the_file(name, part):
    out = BytesIO()
    with zipfile.ZipFile(FILES / name) as before, zipfile.ZipFile(out, "w") as after:
        for one in before.namelist():
            data = before.read(one)
            after.writestr(
                one,
                data.replace(b"<dc:title>Dam inquiry opens<", b"<dc:title>Draft 3<") if one == part else data,
            )
    source = read(name, out.getvalue())
    assert source.title == "Dam inquiry opens"
    assert "heading" in dict(source.origins)["title"]


def test_a_property_of_a_word_or_two_is_no_title_of_a_pdf_that_shows_one():
    data = (FILES / "chromium.pdf").read_bytes()
    title = b"(Dam inquiry opens)"
    short = read("chromium.pdf", data.replace(title, b"(Draft 3)".ljust(len(title))))
    assert title in data
    assert short.title.casefold() == "dam inquiry opens"
    assert dict(short.origins)["title"] == "its first heading"
