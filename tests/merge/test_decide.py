"""What one decision writes into the page and what it leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.merge.test_again import saying
from tests.merge.test_merge import BODY, SENTENCES, drafted, entity, entry, page_of

from dossierkit.merge.decide import accept, amend, exchange, reject, rename
from dossierkit.merge.open import listed_items, open_items
from dossierkit.model.page import EntityRef
from dossierkit.model.proposal import Conflict, Proposal
from dossierkit.store.edit import EditError, Put, apply, front_matter_values

CLAIM = entry(1, "2016-01", "day", "A", long=True)
TWO = replace(CLAIM, entities=("namea", "nameb"))
ONE = replace(entry(2, "2016-02", "day", "B", long=True), entities=("namea",))
NAMES = (entity("NameA"), entity("NameB"))
PROPOSED = Proposal("x", "y", NAMES, (TWO, ONE))


def about(text):
    """The entities of each entry, those of open proposals last; None where there is no such key."""
    values = front_matter_values(text)
    held = [*(values.get("timeline") or ()), *((values.get("proposed") or {}).get("timeline") or ())]
    return [one.get("entities") for one in held]


def item(page, last, mark):
    return next(one for one in listed_items(page, last) if one.mark == mark)


def test_a_name_that_is_not_in_the_text_is_none_to_rename_to():
    text = drafted(PROPOSED)
    page = page_of(text)
    open_ = item(page, PROPOSED, ("entities", "namea"))
    with pytest.raises(EditError, match="“Nobody Here” is not in the text"):
        rename(page, PROPOSED, open_, EntityRef("nobody-here-person", name="Nobody Here", type="person"))
    to = EntityRef("namec-person", name="NameC", type="person")
    assert SENTENCES[2].count("NameC") == 1
    assert about(rename(page, PROPOSED, open_, to).text) == [["namec-person", "nameb"], ["namec-person"]]


def test_where_an_entry_names_both_the_other_entity_is_named_once():
    page = page_of(drafted(PROPOSED))
    done = exchange(page, PROPOSED, item(page, PROPOSED, ("entities", "namea")), EntityRef("nameb"))
    assert about(done.text) == [["nameb"], ["nameb"]]
    assert [one.id for one in page_of(done.text).entities] == ["nameb"]


def test_a_rejected_entity_leaves_the_entries_and_no_empty_list():
    page = page_of(drafted(PROPOSED))
    done = reject(page, PROPOSED, item(page, PROPOSED, ("entities", "namea")))
    assert about(done.text) == [["nameb"], None]


def test_so_it_does_in_entries_that_are_proposed():
    text = drafted(replace(PROPOSED, timeline=(TWO,)))
    offered = {"date": "2016-02", "text": "B", "quote": ONE.quote, "entities": ["namea", "nameb"]}
    page = page_of(apply(text, [Put(("proposed",), {"timeline": [offered]})]))
    done = reject(page, PROPOSED, item(page, PROPOSED, ("entities", "namea")))
    assert about(done.text) == [["nameb"], ["nameb"]]


@pytest.mark.parametrize(("words", "date", "kept"), [("Other", "2016-01", True), ("A", "2016-02-03", False)])
def test_who_dated_an_entry_is_kept_until_an_editor_dates_it(words, date, kept):
    text = apply(drafted(saying(CLAIM)), [Put(("timeline", 0, "dated_by"), "heading")])
    page = page_of(text)
    (open_,) = listed_items(page, saying(CLAIM))
    done = amend(page, saying(CLAIM), open_, replace(open_.entry, text=words, date=date))
    (made,) = front_matter_values(done.text)["timeline"]
    assert (made["text"], made["date"]) == (words, date)
    assert ("dated_by" in made) == kept


def test_an_entry_of_which_nobody_said_who_dated_it_can_be_dated():
    page = page_of(drafted(saying(CLAIM)))
    (open_,) = listed_items(page, saying(CLAIM))
    done = amend(page, saying(CLAIM), open_, replace(open_.entry, date="2016-02-03"))
    assert [one["date"] for one in front_matter_values(done.text)["timeline"]] == ["2016-02-03"]


@pytest.mark.parametrize(
    ("body", "why"),
    [(BODY * 2, "occurs 2 times in the text"), ("Other words.\n", "its quote is not in the text")],
)
def test_an_entry_whose_quote_is_there_twice_or_not_at_all_is_not_accepted(body, why):
    page = page_of(drafted(saying(CLAIM)).replace(BODY, body))
    (open_,) = listed_items(page, saying(CLAIM))
    with pytest.raises(EditError, match=why):
        accept(page, saying(CLAIM), open_)


@pytest.mark.parametrize("same", [True, False])
def test_a_quote_that_is_taken_brings_the_context_that_was_proposed_with_it_alone(same):
    """A conflict can be older than the proposal: the words beside another quote help nobody to find this one."""
    short = SENTENCES[1].partition(" and ")[0]
    offered = short if same else SENTENCES[1]
    before = SENTENCES[0]
    proposed = saying(replace(CLAIM, quote=offered, prefix=before))
    text = drafted(saying(CLAIM))
    last = replace(proposed, conflicts=(Conflict(CLAIM.key, "timeline.quote", CLAIM.quote, short),))
    page = page_of(text)
    open_ = next(one for one in open_items(page, last) if one.conflict)
    done = accept(page, last, open_)
    (made,) = front_matter_values(done.text)["timeline"]
    assert made["quote"] == short
    assert made.get("prefix") == (before if same else None)
