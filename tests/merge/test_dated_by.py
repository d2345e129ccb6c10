"""The mark of a date that the words do not have, and the editor's order within a day: through draft, file and merge."""

from __future__ import annotations

import pytest

from dossierkit.merge.fields import merge_fields
from dossierkit.merge.page import merge_page
from dossierkit.merge.page_items import open_page
from dossierkit.model.page import SourceNote
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry
from dossierkit.store.draft import Draft, write_draft
from dossierkit.store.packaged import packaged_templates
from dossierkit.store.page_parser import article
from dossierkit.store.proposal import dump, load

PATH = "content/articles/2016/t.md"
BODY = "The council of Tarn met, and at noon it parted.\n"


def entry(
    date="2016-05-30", *, dated_by="report", text="The council of Tarn met", quote="The council of Tarn met"
):
    return ProposedEntry("k", date, "", text, quote, "", "", (), 0, 23, 0.6, "r", dated_by=dated_by)


def proposal(*entries):
    return Proposal("x", "y", (), tuple(entries))


def drafted(one):
    draft = Draft("T", "2016-05-30", "en", SourceNote(), (), one, BODY)
    return write_draft(draft, [packaged_templates()])


def updated(text, last, new):
    page = open_page(PATH, text, lambda body: body)
    return merge_page(page, last, new, merge_fields(page, {}, {}), ())


def only(text):
    return article("2016/t", PATH, text)[0].timeline[0]


@pytest.mark.parametrize("dated_by", ["report", "story"])
def test_the_mark_stands_in_the_proposal_and_in_the_draft(dated_by):
    one = proposal(entry(dated_by=dated_by))
    assert load(dump(one)) == one
    assert only(drafted(one)).dated_by == dated_by


def test_an_update_without_news_keeps_the_mark_and_changes_nothing():
    one = proposal(entry())
    text = drafted(one)
    assert updated(text, one, one).text == text


def test_a_date_that_the_machine_finds_takes_the_mark_away():
    one, new = proposal(entry()), proposal(entry("2016-05-29", dated_by=""))
    made = only(updated(drafted(one), one, new).text)
    assert (made.date, made.dated_by) == ("2016-05-29", "")


def test_a_mark_that_an_editor_took_away_stays_away():
    one = proposal(entry())
    text = drafted(one).replace("    dated_by: report\n", "")
    assert only(text).dated_by == ""
    assert only(updated(text, one, one).text).dated_by == ""


def test_an_editors_order_outlives_every_update():
    one = proposal(entry())
    text = drafted(one).replace("    dated_by: report\n", "    dated_by: report\n    order: -2\n")
    new = proposal(entry(text="Tarn's council met"))
    made = only(updated(text, one, new).text)
    assert (made.order, made.text, made.dated_by) == (-2, "Tarn's council met", "report")


def test_whom_an_editor_takes_out_of_the_page_is_in_no_entry_that_nobody_touched():
    """Else the page would name what it does not list (D301)."""
    about = ProposedEntry(
        "k", "2016-05-30", "", "They met", "The council of Tarn met", "", "", ("ada", "tarn"), 0, 23, 0.6, "r"
    )
    people = tuple(
        ProposedEntity(f"e-{id_}", id_, id_.title(), "person", True, (id_.title(),), 1, 0, 5, "q", 0.9, "r")
        for id_ in ("ada", "tarn")
    )
    one = Proposal("x", "y", people, (about,))
    text = drafted(one).replace("  - ada\n", "")
    made = only(updated(text, one, one).text)
    assert made.entities == ("tarn",)
