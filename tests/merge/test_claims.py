"""Which claims are one claim, and where an editor's decision puts what it decides on: each case turns on one rule."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossierkit.merge import decide
from dossierkit.merge.fields import merge_fields
from dossierkit.merge.match import refines, rejected_item, rejection, same_claim
from dossierkit.merge.open import open_items
from dossierkit.merge.page import merge_page
from dossierkit.merge.page_items import open_page
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.proposal import Conflict, Proposal, ProposedEntity, ProposedEntry
from dossierkit.store.page_parser import article
from dossierkit.store.proposed import proposed_items

PATH = "content/articles/2016/t.md"
BODY = "Ada came on Friday. Ben left on Friday. Cy stayed on Sunday. Dee won.\n"
ONE = TimelineEntry("Ada came", "Ada came on Friday", "2016-05-27", "on Friday")


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ({"quote": "Ada came on Friday:"}, True),
        ({"quote": "Ada came on Friday;"}, True),
        ({"quote": "Ada came on Friday,"}, True),
        ({"quote": "Ada came on Friday."}, True),
        ({"quote": "Ada came on Friday!"}, True),  # it overlaps, on one date
        ({"quote": "Ada came on Friday!", "date": "2016-05-20", "when": ""}, False),
        (
            {"quote": "Ada came on Friday:", "date": "2016-05-20"},
            True,
        ),  # one sentence, dated by the same words
        ({"quote": "Ada came on Friday:", "date": "2016-05-20", "when": "that day"}, False),
        ({"quote": "Ada came", "date": "2016-05-20"}, True),  # part of it, dated by the same words
        ({"quote": "Ada came", "date": "2016-05-20", "when": ""}, False),
        ({"quote": "Ada came", "when": ""}, True),  # part of it, with the same date
        ({"quote": "Ada came", "when": "the same day"}, False),
        ({"quote": "Ada came", "when": "Friday"}, True),
        ({"quote": "Ada came", "date": "", "when": ""}, False),
        ({"quote": "Ben left on Friday"}, False),
        ({"quote": ""}, False),
    ],
    ids=str,
)
def test_a_claim_is_the_same_by_its_words_and_its_date(other, same):
    assert same_claim(ONE, replace(ONE, **other)) is same
    assert same_claim(replace(ONE, **other), ONE) is same


ADA = EntityRef("ada", ("Ada",))


@pytest.mark.parametrize(
    ("item", "again", "same"),
    [
        (ADA, EntityRef("ada", ("Ms Moreau",)), True),
        (ADA, EntityRef("ben", ("Ada",)), False),
        (ADA, ONE, False),
        (ONE, ADA, False),
        (ONE, replace(ONE, text="Ada is there"), True),
        (ONE, replace(ONE, date="", when=""), False),
        (ONE, replace(ONE, quote="Ada came", date="2016-05-20"), True),
    ],
)
def test_what_was_rejected_is_known_when_it_is_proposed_again(item, again, same):
    assert same_claim(rejected_item(rejection("k", item)), again) is same


@pytest.mark.parametrize(
    ("date", "vague", "does"),
    [
        ("2016-05-27", "2016-05", True),
        ("2016-05-27", "2016-05-27", True),
        ("2016-05", "2016-05-27", False),
        ("2016-06-01", "2016-05", False),
        ("2016-05-27", "", True),
        ("", "", True),
        ("", "2016-05", False),
        ("soon", "2016-05", False),
        ("2016-05-27", "soon", False),
    ],
)
def test_a_date_within_a_vaguer_one_is_no_other_claim(date, vague, does):
    assert refines(date, vague) is does


def entry(key, date, text, quote, *about, when=""):
    return ProposedEntry(key, date, when, text, quote, "", "", about, 0, 5, 0.9, "r")


def entity(name, *also):
    return ProposedEntity(
        f"e-{name}", name, name, "person", True, (name.title(), *also), 1, 0, 3, "q", 0.9, "r", also
    )


def page(front, status="draft"):
    return open_page(PATH, f"---\ntitle: T\nstatus: {status}\n{front}---\n{BODY}", lambda body: body)


def updated(before, last, new, ids=("ada", "ben", "cy")):
    return merge_page(before, last, new, merge_fields(before, {}, {}), ids)


def read(text):
    return article("2016/t", PATH, text)[0]


@pytest.mark.parametrize(
    ("was", "now", "will", "result"),
    [
        ("ada", "ada", "ada ben", "ada ben"),
        ("ada ben", "ada ben", "ada", "ada"),
        ("ada ben", "ben ada", "ada ben", "ben ada"),  # the editor's order
        ("ada ben", "ada ben", "ben ada", "ada ben"),  # another order of the machine's is no news
        ("ada", "ada ben", "ada ben", "ada ben"),  # the editor was first
        ("ada", "ada ben", "cy", "cy ben"),  # in the place of what goes
        ("ada ben", "ada", "ada ben", "ada"),  # taken out by the editor
        ("ada ben", "cy", "ada", "cy"),
    ],
)
def test_an_entry_is_about_what_the_machine_says_with_what_the_editor_changed(was, now, will, result):
    front = f"timeline:\n  - date: 2016-05-27\n    text: Ada came\n    quote: Ada came on Friday\n    entities: [{', '.join(now.split())}]\n"
    last, new = (
        Proposal("x", "y", (), (entry("t", "2016-05-27", "Ada came", "Ada came on Friday", *ids.split()),))
        for ids in (was, will)
    )
    assert read(updated(page(front), last, new).text).timeline[0].entities == tuple(result.split())


@pytest.mark.parametrize(("curated", "became"), [(["source.publisher"], "New"), ([], "Old")])
def test_only_a_curator_changes_a_reviewed_page(curated, became):
    before = page("source: {publisher: Old}\n", "reviewed")
    merged = merge_fields(before, {"source.publisher": "Old"}, {"source.publisher": "New"}, curated)
    assert merged.values["source.publisher"] == became
    conflict = Conflict("", "source.publisher", "Old", "New")
    assert merged.conflicts == (() if curated else (conflict,))
    assert merged.changed == (("source.publisher",) if curated else ())


def test_a_rejected_name_stays_in_the_entries_while_the_page_names_it():
    front = (
        "entities: [ada]\ntimeline:\n  - {date: 2016-05-27, text: Ada came, quote: Ada came on Friday, entities: [ada, ben]}\n"
        "proposed:\n  entities: [ada, ben]\n"
    )
    last = Proposal("x", "y", (entity("ada"), entity("ben")))
    before = page(front)
    opens = {
        one.page_item.item.id: one
        for one in open_items(before, last)
        if one.page_item and one.page_item.proposed
    }
    assert read(decide.reject(before, last, opens["ben"]).text).timeline[0].entities == ("ada",)
    assert read(decide.reject(before, last, opens["ada"]).text).timeline[0].entities == ("ada", "ben")


@pytest.mark.parametrize(
    ("date", "place"),
    [("2016-05-26", 0), ("2016-05-27", 1), ("2016-05-28", 1), ("2016-05-29", 2), ("2016-05-30", 2)],
)
def test_an_accepted_entry_follows_those_of_its_date(date, place):
    front = (
        "timeline:\n  - {date: 2016-05-27, text: Ada came, quote: Ada came on Friday}\n  - {date: 2016-05-29, text: Cy stayed, quote: Cy stayed on Sunday}\n"
        f"proposed:\n  timeline:\n    - {{date: {date}, text: Dee won, quote: Dee won}}\n"
    )
    last = Proposal("x", "y", (), (entry("t", date, "Dee won", "Dee won"),))
    before = page(front)
    (open_,) = (one for one in open_items(before, last) if one.page_item and one.page_item.proposed)
    done = decide.accept(before, last, open_)
    assert [one.text for one in read(done.text).timeline].index("Dee won") == place
    assert proposed_items(done.text, PATH).timeline == ()
    assert done.proposal.accepted == ("t",)
