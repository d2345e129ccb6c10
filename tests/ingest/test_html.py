"""Saved pages of different make (written for these tests) and what must be read from them."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from dossierkit.ingest.reader import read
from dossierkit.ingest.refusal import RefusedError

PAGES = Path(__file__).parent / "pages"


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def page(name: str):
    return read(name, (PAGES / name).read_bytes())


def made(head: str = "", body: str = "", lang: str = ' lang="en"') -> bytes:
    text = (
        "<p>"
        + "The envoy said that a new round of talks would be called when both sides were ready. " * 4
        + "</p>"
    )
    return f"<!DOCTYPE html><html{lang}><head><title>T</title>{head}</head><body><article>{body}{text}</article></body></html>".encode()


def test_json_ld_of_the_pages_own_article_counts():
    reading = page("json-ld.html")
    assert reading.title == "Negotiator leaves Geneva talks"
    assert reading.published == "2016-05-30"
    assert reading.author == "Mona Example, Karl Sample"
    assert reading.publisher == "The Example Courier"
    assert reading.url == "https://news.example/2016/negotiator-leaves"
    assert reading.lang == "en"
    assert reading.notes == ()


def test_the_main_text_keeps_its_structure_and_no_navigation():
    markdown = page("json-ld.html").markdown
    assert markdown.startswith("The lead negotiator")
    assert "\n\n## What comes next\n\n" in markdown
    assert "- A second item \\[with brackets\\] and \\*stars\\*\n" in markdown
    assert "> Nobody has told us" in markdown
    for other in ("Politics", "Imprint", "By Mona"):
        assert other not in markdown


def test_an_old_french_page_in_latin_1():
    reading = page("old-french-latin1.html")
    assert (reading.title, reading.lang, reading.published) == (
        "Le négociateur quitte Genève",
        "fr",
        "2016-05-30",
    )
    assert (reading.author, reading.publisher) == ("Hélène Exemple", "Le Courrier d'Exemple")
    assert "menés à Genève sous l'égide" in reading.markdown


def test_an_arabic_page_in_windows_1256():
    reading = page("arabic-windows-1256.html")
    assert (reading.title, reading.lang, reading.published) == ("كبير المفاوضين يستقيل", "ar", "2016-05-30")
    assert (reading.publisher, reading.url) == ("صحيفة المثال", "https://news.example/ar/12")
    assert reading.markdown.startswith("أعلن كبير المفاوضين")


def test_utf_16_and_the_date_of_the_page_itself():
    reading = page("utf-16-bom.html")
    assert (reading.encoding, reading.published) == ("utf-16-le", "2016-05-29")


def test_a_page_saved_by_a_browser_in_another_encoding_than_it_says():
    reading = page("saved-as-utf-8.html")
    assert "Genève, naïve “quotes”." in reading.markdown
    assert reading.url == "https://news.example/world/negotiator"
    assert (reading.published, reading.publisher) == (None, None)


def test_a_hostile_page_is_only_words():
    reading = page("hostile.html")
    assert reading.title == "{{ 7*7 }} <script>alert(1)</script>"
    assert reading.url is None
    for active in ("<", "{", 'onerror="', "alert(2)", "alert(3)", "](javascript"):
        assert active not in reading.markdown
    assert "&lt;img src=x onerror=alert(4)>" in reading.markdown


@pytest.mark.parametrize(
    "data", [(PAGES / "drawn-by-scripts.html").read_bytes(), b"<p></p>", b"<html><body></body></html>", b"<"]
)
def test_a_page_without_main_text_is_refused(data):
    with pytest.raises(RefusedError, match=r"main text cannot be found|no HTML"):
        read("x.html", data)


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2016-05-30T08:00Z">', "2016-05-30"),
        ('<meta name="date" content="20160530">', "2016-05-30"),
        ('<meta itemprop="datePublished" content="2016-05">', "2016-05"),
        ('<meta name="citation_publication_date" content="2016/05/30">', "2016-05-30"),
        (
            '<meta property="article:published_time" content="2016-13-45"><meta name="dc.date" content="2016-05-30">',
            "2016-05-30",
        ),
        (
            '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2016-05-30"}</script>',
            "2016-05-30",
        ),
        (
            '<script type="application/ld+json">{broken</script><meta name="pubdate" content="2016-05-30">',
            "2016-05-30",
        ),
        (
            '<script type="application/ld+json">{"@type":"WebSite","datePublished":"2011-01-01"}</script>',
            None,
        ),
        ('<meta property="article:modified_time" content="2017-01-02">', None),
        ("", None),
    ],
)
def test_the_date_is_that_of_publication_from_the_metadata(head, date):
    assert read("x.html", made(head)).published == date


def test_marked_days_of_other_stories_are_not_the_pages_day():
    others = '<p>Later: <time pubdate datetime="2019-09-22">22</time></p><p><time pubdate datetime="2019-09-20">20</time></p>'
    shown = made(body="<h1>T</h1><p>Posted 28 June 2019</p>") + others.encode()
    assert read("x.html", shown).published == "2019-06-28"


def test_a_date_in_the_text_is_not_the_pages_date():
    assert (
        read(
            "x.html",
            made(body="<p>On 3 March 2011 the first protests began in the south of the country.</p>"),
        ).published
        is None
    )


@pytest.mark.parametrize(
    ("lang", "head", "expected"),
    [
        (' lang="en_GB"', "", "en-GB"),
        ("", '<meta http-equiv="content-language" content="fr, en">', "fr"),
        ("", '<meta property="og:locale" content="ar_SY">', "ar-SY"),
        (' lang="x y z"', "", None),
    ],
)
def test_the_language(lang, head, expected):
    assert read("x.html", made(head, lang=lang)).lang == expected


@pytest.mark.parametrize(
    ("address", "noted"),
    [("https://news.example/", 1), ("https://news.example", 1), ("https://news.example/2016/a", 0)],
)
def test_a_front_page_is_noted(address, noted):
    notes = read("page.html", made(f'<link rel="canonical" href="{address}">')).notes
    assert len([note for note in notes if "front page" in note]) == noted


@pytest.mark.parametrize("lang", ["", "xx", "zxx-Latn", "haw"])
def test_a_byline_in_a_language_without_names_of_days(lang):
    made_page = made(
        '<meta name="author" content="Ada Moreau">', '<div class="author">Friday</div>', f' lang="{lang}"'
    )
    assert read("page.html", made_page).author == "Ada Moreau"


def test_a_page_named_txt_is_read_as_the_page_it_is():
    assert read("x.txt", (PAGES / "json-ld.html").read_bytes()) == page("json-ld.html")


def test_an_xml_declaration_is_no_obstacle():
    data = b'<?xml version="1.0" encoding="ISO-8859-1"?>\n' + made(
        body="<p>Genève est la ville.</p>"
    ).decode().encode("latin-1")
    assert "Genève" in read("x.xhtml", data).markdown


def test_deep_nesting_is_read_or_refused():
    try:
        assert read("x.html", b"<html><body>" + b"<div>" * 20_000 + b"words " * 50).markdown
    except RefusedError as error:
        assert str(error)  # noqa: PT017 -- either outcome is right


def test_the_same_page_gives_the_same_reading():
    assert page("json-ld.html") == page("json-ld.html")


def test_ten_megabytes_of_paragraphs_are_refused_fast():
    began = time.process_time()
    with pytest.raises(RefusedError, match="not an article"):
        read("x.html", b"<html><body>" + b"<p>The talks failed today.</p>" * 330_000)
    assert time.process_time() - began < 10


def test_a_date_in_a_table_of_incidents_stays_in_its_cell():
    rows = "".join(
        f"<tr><td>{day} March 2022</td><td>Tarn</td><td>Gunmen shot at a lorry in Tarn.</td></tr>"
        for day in (1, 2)
    )
    markdown = read("x.html", made(body=f"<h1>Incidents</h1><table>{rows}</table>")).markdown
    assert "| 1 March 2022 | Tarn | Gunmen shot" in markdown
    assert "| 2 March 2022 | Tarn | Gunmen shot" in markdown
