"""Plain text as a source: its title, its paragraphs, its lists and headings."""

from __future__ import annotations

import textwrap
import time

import pytest

from dossierkit.ingest.reader import read
from dossierkit.ingest.refusal import RefusedError

SEED_LIKE = (
    "A Daily: Lead Negotiator Quits\n\nThe “last nail”, a source said.\n\nHe said: a transition without [President] "
    "Example and his gang.The community must act. Talks ran since 2012.Last week, no.\n"
)


def paragraphs(reading):
    return reading.markdown.rstrip("\n").split("\n\n")


def test_the_first_line_is_the_title_and_run_on_sentences_stay():
    reading = read("x.txt", SEED_LIKE.encode())
    assert reading.title == "A Daily: Lead Negotiator Quits"
    assert paragraphs(reading) == [
        "The “last nail”, a source said.",
        "He said: a transition without \\[President\\] Example and his gang.The community must act. Talks ran since 2012.Last week, no.",
    ]
    assert (reading.published, reading.lang, reading.notes) == (None, None, ())


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\u2028", "\u0085"])
def test_every_line_break_is_one(line_break):
    assert read("x.txt", SEED_LIKE.replace("\n", line_break).encode()) == read("x.txt", SEED_LIKE.encode())


def test_lines_wrapped_to_a_column_become_paragraphs():
    sentence = "The envoy's office said that a new round of UN-brokered talks would be called when both sides were ready. "
    wrapped = "\n\n".join(textwrap.fill(sentence * count, 72) for count in (2, 3))
    reading = read("x.txt", f"Title\n\n{wrapped}\n".encode())
    assert paragraphs(reading) == [(sentence * 2).strip(), (sentence * 3).strip()]
    assert "joined" in reading.notes[0]


def test_a_sentence_that_goes_on_in_the_next_line_is_one_however_its_lines_were_broken():
    text = (
        "Title\n\nThe High Court of Selm opened an inquiry into the barrage on Monday and will\nhear the first witnesses in April 2016, said the\n"
        "registrar of the court.\n\nA list of what was found beside the river in the early hours\nOne broken gate\ntwo pumps\nthree gauges\n"
    )
    assert paragraphs(read("x.txt", text.encode())) == [
        "The High Court of Selm opened an inquiry into the barrage on Monday and will hear the first witnesses in April 2016, said the registrar of the court.",
        "A list of what was found beside the river in the early hours",
        "One broken gate",
        "two pumps",
        "three gauges",
    ]


def test_single_line_breaks_between_paragraphs_end_them():
    assert paragraphs(read("x.txt", b"Title\nOne short line.\nAnother one.\nA third.")) == [
        "One short line.",
        "Another one.",
        "A third.",
    ]


def test_a_first_line_too_long_for_a_title_stays_in_the_text():
    reading = read("x.txt", b"word " * 200)
    assert reading.title == ""
    assert len(reading.markdown) == 1000


@pytest.mark.parametrize("data", [b"Title only\n", b"\n\n \n\x0b"])
def test_a_file_without_text_is_refused(data):
    with pytest.raises(RefusedError, match=r"no text|empty|one line of text"):
        read("x.txt", data)


def test_markup_is_text_and_page_markup_has_its_own_reader():
    reading = read("x.txt", b"T\n\n---\ntitle: x\n\n<script>alert(1)</script> {{ 7*7 }}")
    assert paragraphs(reading) == [
        "\\---",
        "title: x",
        "&lt;script>alert(1)&lt;/script> &#123;&#123; 7\\*7 }}",
    ]


def test_what_was_removed_is_said():
    reading = read("x.txt", "Ti\u202etle\n\nBo\u2066dy\x07 text".encode())
    assert (reading.title, reading.markdown) == ("Title", "Body text\n")
    assert reading.notes == ("1 control character removed", "2 bidirectional overrides removed")


def test_ten_megabytes_on_one_line_are_refused_fast():
    began = time.process_time()
    with pytest.raises(RefusedError, match=r"not an article; split it"):
        read("x.txt", b"Title\n" + b"The talks failed. " * 580_000)
    assert time.process_time() - began < 5


def test_a_paragraph_of_nothing_but_markup_is_refused_before_it_costs_minutes():
    with pytest.raises(RefusedError, match="one paragraph"):
        read("x.txt", b"Title\n\n" + b"[*] " * 100_000)


def test_one_long_line_below_the_limit_is_a_page():
    reading = read("x.txt", b"Title\n" + b"The talks failed. " * 50_000)
    assert len(reading.markdown) == 900_000


@pytest.mark.parametrize(
    "letterhead",
    [
        "FOR IMMEDIATE RELEASE",
        "Press release No. 12",
        "MEDIA RELEASE 2016/07",
        "Press release, 3 May 2016",
        "COUNCIL OF NORLAND\n\nPRESS STATEMENT\n\n3 May 2016",
        "Ministry of Norland\n\nNo: 55, 13 February 2021",
        "Neutral Citation Number: [2016] NLHC 12 (Admin)",
        "<< previous | index | next >>",
        "Communiqué de presse n° 12",
    ],
)
def test_a_letterhead_is_no_title_and_stays_in_the_text(letterhead):
    reading = read("x.txt", f"{letterhead}\n\nCouncil reopens the bridge\n\nThe bridge is open.\n".encode())
    assert reading.title == "Council reopens the bridge"
    above = [line for line in letterhead.split("\n") if line]
    assert len(paragraphs(reading)) == len(above) + 1
    assert paragraphs(reading)[-1] == "The bridge is open."


@pytest.mark.parametrize(
    "title",
    [
        "Press release: Council reopens the bridge",
        "Press release law passed by the council",
        "Previous owners of the mine",
        "3 May 2016",
    ],
)
def test_a_title_that_begins_like_a_letterhead_is_one(title):
    assert read("x.txt", f"{title}\n\nThe bridge is open.\n\nIt was shut.\n".encode()).title == title


def test_a_letterhead_with_nothing_but_a_text_below_is_the_title():
    reading = read("x.txt", b"Press release\n\nThe bridge is open.\n")
    assert (reading.title, paragraphs(reading)) == ("Press release", ["The bridge is open."])
