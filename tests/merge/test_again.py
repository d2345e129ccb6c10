"""What random histories have found: cases in which a second update forgot a question, or took for a decision what was none."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.merge.test_merge import BODY, SENTENCES, drafted, entity, entry, page_of, updated

from dossierkit.merge.decide import accept, reject
from dossierkit.merge.open import open_items
from dossierkit.model.proposal import Proposal
from dossierkit.store.edit import Put, Remove, apply, front_matter_values


def settled(text, last, new):
    """An update, and the same again, which changes nothing."""
    once, memory, _ = updated(text, last, new)
    twice, again, merged = updated(once, memory, new)
    assert (twice, again) == (once, memory)
    assert (merged.added, merged.removed, merged.changed) == ((), (), ())
    return once, memory


def without(text, words=SENTENCES[1]):
    """The page after the source lost the words, by default the sentence of the claims."""
    return text.replace(BODY, BODY.replace(words, ""))


def saying(*claims):
    return Proposal("x", "y", (), claims)


def asked(memory):
    return [(one.field, one.page, one.machine) for one in memory.conflicts]


def test_an_entry_that_lost_a_person_by_a_decision_is_not_rejected_when_it_is_withdrawn():
    claim = entry(1, "2016-01", "day", "A", long=True, about=("namea", "nameb"))
    first = Proposal("x", "y", (entity("NameA"), entity("NameB")), (claim,))
    page = page_of(drafted(first))
    waiting = next(one for one in open_items(page, first) if one.mark == ("entities", "nameb"))
    decided = reject(page, first, waiting)
    text, memory = settled(decided.text, decided.proposal, replace(first, timeline=()))
    assert [one.entity for one in memory.rejected] == ["nameb"]
    assert asked(memory) == []
    _, memory = settled(without(text), memory, replace(first, timeline=()))
    assert [one.entity for one in memory.rejected] == ["nameb"]
    assert asked(memory) == [("timeline", "A", "")]


def test_of_two_claims_of_a_sentence_that_differ_by_their_words_alone_each_stays_itself():
    day, night = (
        entry(1, "", "day", "A", long=True),
        entry(1, "2016-01", "night", "A", long=True),
    )
    text = apply(drafted(saying(day, night)), [Remove(("timeline", 1, "date"))])
    once, memory = settled(text, saying(day, night), saying(day, night))
    assert once == text
    assert memory.rejected == ()


def test_other_words_for_the_same_date_are_no_rejection_on_a_reviewed_page():
    day = entry(1, "2016-01", "day", "A", long=True)
    night = replace(day, when="night", text="B: x")
    _, memory = settled(drafted(saying(day), "published"), saying(day), saying(night))
    assert (memory.rejected, memory.conflicts) == ((), ())


def test_a_proposal_that_became_the_same_as_an_entry_of_the_page_goes_at_once():
    own, other = (
        entry(1, "", "day", "A", long=False),
        entry(1, "2016-01/2016-02", "day", "B: x", long=False),
    )
    text, memory, _ = updated(drafted(saying(own), "published"), saying(own), saying(own, other))
    text = apply(text, [Remove(("proposed", "timeline", 0, "date"))])
    once, _ = settled(text, memory, saying(own, other))
    assert "proposed" not in front_matter_values(once)


def two_questions():
    """A reviewed entry of which the machine says another date, then the source fewer words; its like in the same sentence was
    rejected.
    """
    first, other = (entry(1, date, "day", "A", long=True) for date in ("2016-02-03", "2012"))
    text = apply(drafted(saying(first, other), "published"), [Remove(("timeline", 1))])
    text = apply(text, [Remove(("timeline", 0, "date"))])
    second = saying(entry(1, "2016-01", "day", "A", long=True), other)
    text, memory, _ = updated(text, saying(first, other), second)
    last = saying(entry(1, "2016-01", "day", "A", long=False))
    text, memory, _ = updated(without(text, " and left on night 1"), memory, last)
    assert [one.field for one in memory.conflicts] == ["timeline.date", "timeline.quote"]
    return text, memory, last


def test_of_two_questions_about_an_entry_one_stays_when_the_other_is_decided():
    text, memory, last = two_questions()
    page = page_of(text)
    date = next(one for one in open_items(page, memory) if one.mark[2] == "timeline.date")
    decided = accept(page, memory, date)
    _, memory = settled(decided.text, decided.proposal, last)
    assert [one.field for one in memory.conflicts] == ["timeline.quote"]


def test_of_two_questions_about_an_entry_one_stays_when_the_other_is_decided_by_hand():
    text, memory, last = two_questions()
    _, memory = settled(apply(text, [Put(("timeline", 0, "date"), "2016-01", ())]), memory, last)
    assert [one.field for one in memory.conflicts] == ["timeline.quote"]


def test_a_claim_that_is_asked_about_and_withdrawn_was_rejected_by_nobody():
    first = entry(1, "2015", "day", "A", long=True)
    second = replace(first, date="2016", when="night")
    text, memory = settled(drafted(saying(first), "published"), saying(first), saying(second))
    assert asked(memory) == [("timeline.date", "2015", "2016")]
    assert memory.rejected == ()
    _, memory = settled(text, memory, saying())
    assert memory.rejected == ()


def test_an_edited_entry_that_is_withdrawn_and_proposed_again_is_rejected_by_nobody():
    claim = entry(1, "2016-01", "day", "A", long=True)
    text = apply(drafted(saying(claim)), [Put(("timeline", 0, "date"), "2015")])
    left, memory = settled(without(text), saying(claim), saying())
    assert asked(memory) == [("timeline", "A", "")]
    assert 'date: "2015"' in left
    _, memory = settled(text, memory, saying(claim))
    assert (memory.rejected, memory.conflicts) == ((), ())


@pytest.mark.parametrize("machine", ["", "2016", "2016-05", "2016-05-30?"])
def test_a_date_that_an_editor_knows_more_exactly_is_no_conflict(machine):
    first = entry(1, "2014", "day", "A", long=True)
    second = replace(first, date=machine, when="night")
    text = apply(drafted(saying(first), "published"), [Put(("timeline", 0, "date"), "2016-05-30")])
    once, memory = settled(text, saying(first), saying(second))
    assert (once, memory.conflicts, memory.rejected) == (text, (), ())


def test_a_date_that_nobody_knew_is_filled_in_where_an_entry_was_accepted():
    """As when an editor fills in the date of a page: "on Friday" is a day from then on."""
    first, second = (entry(1, date, "day", "A", long=True) for date in ("", "2016-01-29"))
    accepted = replace(saying(first), accepted=(first.key,))
    once, memory = settled(drafted(saying(first)), accepted, saying(second))
    assert front_matter_values(once)["timeline"][0]["date"] == "2016-01-29"
    assert memory.conflicts == ()


def test_a_date_that_nobody_knew_is_asked_about_on_a_reviewed_page():
    first, second = (entry(1, date, "day", "A", long=True) for date in ("", "2016-01-29"))
    text = drafted(saying(first), "published")
    once, memory = settled(text, saying(first), saying(second))
    assert (once, asked(memory)) == (text, [("timeline.date", "", "2016-01-29")])


def test_a_date_that_an_editor_took_out_is_asked_about():
    first, second = (entry(1, date, "day", "A", long=True) for date in ("2016-01", "2016-01-29"))
    text = apply(drafted(saying(first)), [Remove(("timeline", 0, "date"))])
    once, memory = settled(text, saying(first), saying(second))
    assert once == text
    assert asked(memory) == [("timeline.date", "", "2016-01-29")]
