"""The word that says which event a timeline entry tells of: read, refused, carried along, and never lost."""

from __future__ import annotations

import pytest

from dossierkit.merge.fields import merge_fields
from dossierkit.merge.page import merge_page
from dossierkit.merge.page_items import open_page
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.proposal import Proposal, ProposedEntry
from dossierkit.store.page_parser import article
from dossierkit.store.references import reidentified

PAGE = """\
---
title: T
timeline:
  - {{date: 2016, text: They meet, quote: they met, event: {event}}}
---

In 2016 they met, and at noon they parted.
"""


def entry(text, date="2016"):
    return ProposedEntry("k", date, "", text, "they met", "", "", (), 8, 16, 0.9, "r")


def test_the_word_is_read():
    page, warnings = article("2016/t", "p.md", PAGE.format(event="first-meeting"))
    assert (page.timeline[0].event, warnings) == ("first-meeting", [])


@pytest.mark.parametrize("word", ["First", "first meeting", "a--b", "é", "[a, b]"])
def test_what_is_no_word_is_refused_where_it_stands(word):
    with pytest.raises(DiagnosticsError) as refused:
        article("2016/t", "p.md", PAGE.format(event=word))
    (problem,) = refused.value.problems
    assert (problem.code, problem.line) == ("D105", 4)
    assert "event" in problem.message


def test_an_event_follows_its_record_to_a_new_id():
    text = PAGE.format(event="first-meeting")
    assert reidentified(text, "articles", {"first-meeting": "meeting-of-2016"}) == PAGE.format(
        event="meeting-of-2016"
    )


def updated(last, new, text=PAGE):
    page = open_page("content/articles/2016/t.md", text.format(event="first-meeting"), lambda body: body)
    return merge_page(page, last, new, merge_fields(page, {}, {}), ())


def test_an_update_changes_the_claim_and_keeps_the_word():
    merged = updated(
        Proposal("x", "y", (), (entry("They meet"),)), Proposal("x", "z", (), (entry("They sit"),))
    )
    assert "text: They sit, quote: they met, event: first-meeting" in merged.text


def test_an_entry_with_a_word_is_an_editors_and_does_not_go_without_a_question():
    merged = updated(Proposal("x", "y", (), (entry("They meet"),)), Proposal("x", "z"))
    assert "event: first-meeting" in merged.text
    assert merged.conflicts == ()
    gone = PAGE.replace("they met, and", "they parted, and")
    merged = updated(Proposal("x", "y", (), (entry("They meet"),)), Proposal("x", "z"), gone)
    assert "event: first-meeting" in merged.text
    assert [conflict.field for conflict in merged.conflicts] == ["timeline"]
