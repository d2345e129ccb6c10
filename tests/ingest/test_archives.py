"""Exports of WordPress and Ghost, pages that browsers save as one file, and transcripts, as their programs write them."""

from __future__ import annotations

import json
import plistlib
from io import BytesIO

import pytest

from dossierkit.ingest.formats import Opened, splitter_of
from dossierkit.ingest.reader import read
from dossierkit.ingest.refusal import RefusedError
from dossierkit.model.source import Part

EXPORT = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
  <title>Orsa Rights Watch</title><link>https://orsa.example</link><language>en-US</language><wp:wxr_version>1.2</wp:wxr_version>
  <wp:author><wp:author_login><![CDATA[ilse]]></wp:author_login><wp:author_email><![CDATA[ilse@orsa.example]]></wp:author_email>
    <wp:author_display_name><![CDATA[Ilse Brandt]]></wp:author_display_name></wp:author>
  <wp:author><wp:author_login>tomas</wp:author_login><wp:author_display_name>Tomas Reve</wp:author_display_name></wp:author>
  <wp:category><wp:cat_name><![CDATA[Unused]]></wp:cat_name></wp:category>
  {items}
</channel>
</rss>
"""
ITEM = """<item><title>{title}</title><link>https://orsa.example/{title}/</link><pubDate>{utc}</pubDate><dc:creator><![CDATA[ilse]]></dc:creator>
<guid isPermaLink="false">https://orsa.example/?p={title}</guid><excerpt:encoded><![CDATA[An excerpt.]]></excerpt:encoded>
<content:encoded><![CDATA[{content}]]></content:encoded><wp:post_date>{local}</wp:post_date><wp:status>{status}</wp:status>
<wp:post_type>{kind}</wp:post_type><wp:post_password>{password}</wp:post_password>
<category domain="category" nicename="uncategorized"><![CDATA[Uncategorized]]></category>
<category domain="post_tag" nicename="courts"><![CDATA[courts]]></category>{more}
<wp:comment><wp:comment_author_email>troll@else.example</wp:comment_author_email><wp:comment_content>Pills</wp:comment_content></wp:comment></item>"""
LATE = {"utc": "Tue, 08 May 2012 22:30:00 +0000", "local": "2012-05-09 00:30:00"}
OLDER_EDITOR = """[caption id="a_5" width="300"]<img src="https://orsa.example/a.jpg" /> Tomas at the gate[/caption]
The governor said on Tuesday that the camp would close.

<strong>Residents</strong> were told.
They have until March.

<!--more-->
[gallery ids="1,2"] The Red Crescent [sic] offered [two] buses."""


def item(**given: str) -> str:
    usual = {
        "title": "teachers",
        **LATE,
        "status": "publish",
        "kind": "post",
        "password": "",
        "more": "",
        "content": "<p>Two teachers are free.</p>",
    }
    return ITEM.format(**{**usual, **given})


def split(name: str, data: str | bytes) -> list[Part]:
    data = data.encode() if isinstance(data, str) else data
    return list(splitter_of(name).split(Opened(name, BytesIO(data))))


def export(*items: str) -> list[Part]:
    return split("orsa.xml", EXPORT.replace("{items}", "".join(items)))


def test_an_item_of_wordpress_has_the_day_of_its_site_and_the_name_of_its_author():
    (part,) = export(item(more='<category domain="language" nicename="fr"><![CDATA[Français]]></category>'))
    source = read(part.name, part.data)
    assert (source.title, source.published, source.author) == ("teachers", "2012-05-09", "Ilse Brandt")
    assert (source.publisher, source.lang, source.tags) == ("Orsa Rights Watch", "fr", ("courts",))
    assert (source.url, source.markdown) == ("https://orsa.example/teachers/", "Two teachers are free.\n")


def test_of_an_export_of_wordpress_nobody_elses_data_are_kept():
    (part,) = export(item())
    assert not any(word in part.data for word in (b"@", b"Pills", b"tomas", b"Unused"))


def test_what_readers_of_wordpress_never_saw_is_left_out_and_why():
    hidden = [{"status": status} for status in ("draft", "private", "future", "pending", "trash")]
    others = [
        {"kind": "attachment", "status": "inherit"},
        {"kind": "revision"},
        {"password": "x"},
        {"content": " "},
    ]
    parts = export(*(item(**given) for given in (*hidden, *others, {"kind": "report"})))
    assert [part.left_out for part in parts] == [
        *(f"not published there (`{given['status']}`)" for given in hidden),
        *["no text for readers (pictures, menus, earlier versions)"] * 2, "behind a password there", "without text", "",
    ]  # fmt: skip
    assert {part.data for part in parts[:-1]} == {b""}


def test_a_text_of_the_older_editor_has_the_paragraphs_that_readers_saw_and_no_shortcodes():
    (part,) = export(item(content=OLDER_EDITOR))
    source = read(part.name, part.data)
    assert source.markdown == (
        "The governor said on Tuesday that the camp would close.\n\n**Residents** were told. They have until March.\n\n"
        "The Red Crescent \\[sic\\] offered \\[two\\] buses.\n"
    )
    assert source.notes == ("2 template tags left out: `caption`, `gallery`",)


def test_what_wordpress_writes_for_no_day_is_no_day():
    (part,) = export(item(utc="Mon, 30 Nov -0001 00:00:00 +0000", local="0000-00-00 00:00:00"))
    assert read(part.name, part.data).published is None


def test_the_published_posts_of_ghost_are_taken_with_names_and_without_accounts():
    posts = [
        {"id": "1", "uuid": "u1", "title": "Prisons", "html": "<p>Lena Fors visited.</p>", "plaintext": "Lena", "status": "published",
         "visibility": "public", "published_at": "2020-09-07T05:00:00.000Z", "locale": None},
        {"id": "2", "title": "Draft", "html": "<p>No.</p>", "status": "draft"},
        {"id": "3", "title": "Members", "html": "<p>No.</p>", "status": "published", "visibility": "paid"},
    ]  # fmt: skip
    data = {
        "posts": posts, "posts_tags": [{"post_id": "1", "tag_id": "t", "sort_order": 0}], "tags": [{"id": "t", "name": "courts"}],
        "posts_authors": [{"post_id": "1", "author_id": "a"}], "users": [{"id": "a", "name": "Lena Writer", "email": "l@orsa.example"}],
        "settings": [{"key": "title", "value": "Orsa Letter"}, {"key": "lang", "value": "en"}],
    }  # fmt: skip
    taken, *others = split("orsa.json", json.dumps({"db": [{"meta": {}, "data": data}]}))
    source = read(taken.name, taken.data)
    assert (source.title, source.published, source.author, source.publisher, source.lang, source.tags) == (
        "Prisons", "2020-09-07", "Lena Writer", "Orsa Letter", "en", ("courts",)
    )  # fmt: skip
    assert source.markdown == "Lena Fors visited.\n"
    assert b"@" not in taken.data
    assert [part.left_out for part in others] == [
        "not published there (`draft`)",
        "for some readers only there (`paid`)",
    ]


PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Water cut off in three districts</title>
<meta property="article:published_time" content="2018-07-06T08:00:00+02:00"></head><body><article><h1>Water cut off in three districts</h1>
<p>The water works of Velmar cut off three districts on Thursday, the mayor’s office said in a statement of two pages.</p>
<p>Repairs will take until 20 July 2018, and tanks were sent to the hospital and to two schools in the north.</p></article></body></html>"""
ADDRESS = "https://courier.example/2018/water.html"
MHTML = f"""From: <Saved by Blink>\r
Snapshot-Content-Location: {ADDRESS}\r
Date: Mon, 9 Jul 2018 10:00:00 +0200\r
MIME-Version: 1.0\r
Content-Type: multipart/related; type="text/html"; boundary="b"\r
\r
--b\r
Content-Type: text/html\r
Content-Transfer-Encoding: 8bit\r
Content-Location: {ADDRESS}\r
\r
{PAGE}\r
--b\r
Content-Type: image/jpeg\r
Content-Transfer-Encoding: base64\r
\r
/9j/\r
--b--\r
"""


def webarchive(**changed: object) -> bytes:
    main = {
        "WebResourceData": PAGE.encode(),
        "WebResourceMIMEType": "text/html",
        "WebResourceTextEncodingName": "UTF-8",
        "WebResourceURL": ADDRESS,
    }
    return plistlib.dumps({"WebMainResource": {**main, **changed}}, fmt=plistlib.FMT_BINARY)


SINGLE = PAGE.replace(
    "<html",
    f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Mon Jul 09 2018\n--><html",
    1,
)


@pytest.mark.parametrize(
    ("name", "data", "captured"),
    [
        ("a.mhtml", MHTML.encode(), "2018-07-09"),
        ("a.webarchive", webarchive(), None),
        ("a.html", SINGLE.encode(), None),
    ],
)
def test_a_page_saved_as_one_file_has_its_address_and_the_text_of_the_page(name, data, captured):
    source = read(name, data)
    assert (source.url, source.captured, source.published) == (ADDRESS, captured, "2018-07-06")
    assert source.title == "Water cut off in three districts"
    assert source.markdown.split("\n\n")[0].endswith("the mayor’s office said in a statement of two pages.")


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.mhtml", b"From: x\r\nContent-Type: text/plain\r\n\r\nwords", "holds no HTML"),
        ("a.webarchive", b"bplist00" + b"\xff" * 60, "no web archive of Safari that can be read"),
        ("a.webarchive", webarchive(WebResourceMIMEType="application/pdf"), "no HTML, but application/pdf"),
        (
            "a.webarchive",
            b'<?xml version="1.0"?><!DOCTYPE plist [<!ENTITY a "aa">]><plist><string>&a;</string></plist>',
            "no web archive",
        ),
        ("a.html", MHTML.encode(), "rename it so that its name ends in .mhtml"),
        ("a.html", webarchive(), "rename it so that its name ends in .webarchive"),
        ("a.srt", b"Only words\n", "no lines with times"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(name, data, message):
    with pytest.raises(RefusedError, match=message):
        read(name, data)


def test_a_transcript_has_a_paragraph_for_each_turn_of_a_speaker():
    text = (
        "WEBVTT - Hearing of Pavel Dorn\n\nNOTE by a program\n\n1\n00:01.000 --> 00:04.000\n<v Mara Ilves>The hearing is open.\n\n"
        "2\n00:04.500 --> 00:09.000 align:start\n<v.loud Pavel Dorn>I asked <i>three</i> times\nfor a lawyer\n\n"
        "3\n00:09.000 --> 00:12.000\n<v Pavel Dorn>since Monday &amp; Tuesday.\n"
    )
    source = read("hearing-2021-06-03.vtt", text.encode())
    assert (source.title, source.published) == ("Hearing of Pavel Dorn", "2021-06-03")
    assert (
        source.markdown
        == "Mara Ilves: The hearing is open.\n\nPavel Dorn: I asked three times for a lawyer since Monday & Tuesday.\n"
    )


def test_subtitles_without_speakers_begin_a_paragraph_where_a_sentence_ends_before_a_pause():
    text = (
        "1\r\n00:00:01,000 --> 00:00:04,000\r\nI was taken on 12 March\r\n\r\n2\r\n00:00:09,000 --> 00:00:12,000\r\nby two men.\r\n\r\n"
        "3\r\n00:00:20,000 --> 00:00:21,000\r\n{\\an8}Nobody asked.\r\n"
    )
    assert (
        read("interview.srt", text.encode()).markdown
        == "I was taken on 12 March by two men.\n\nNobody asked.\n"
    )


def test_below_front_matter_html_is_read_as_html_and_a_fragment_of_a_newsletter_as_text():
    source = read(
        "2016-04-20-law.html", b"---\ntitle: On the law\n---\n<p>Six papers <em>would</em> close.</p>"
    )
    assert (source.title, source.published, source.markdown) == (
        "On the law",
        "2016-04-20",
        "Six papers *would* close.\n",
    )
    assert read("1.trial.html", b"<p>The trial opened.</p>").markdown == "The trial opened.\n"


def test_of_a_letter_the_form_for_subscribers_is_no_text():
    words = "The trial of Pavel Dorn opened in Velmar on Monday, and the prosecutor read the charges for two hours before a full room."
    form = '<div class="subscription-widget-wrap"><p>Subscribe for free to receive new posts.</p></div><p class="button-wrapper">Share</p>'
    assert (
        read("1.trial.html", f"<p>{words}</p>{form}<p>Dorn denied them.</p>".encode()).markdown
        == f"{words}\n\nDorn denied them.\n"
    )
