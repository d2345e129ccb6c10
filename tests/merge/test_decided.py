"""What an editor decided on stays decided where the machine words, dates and names the same claim anew."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.merge.test_again import asked, saying, settled, without
from tests.merge.test_merge import SENTENCES, drafted, entity, entry, page_of, updated

from dossierkit.merge.decide import accept
from dossierkit.merge.open import open_items
from dossierkit.store.edit import Put, Remove, apply

LONG = entry(1, "2016-01", "day", "A", long=True)
SHORT = entry(1, "2016-01", "day", "A", long=False)


def accepted(proposal):
    """The page as drafted, and all of it accepted."""
    text, memory = drafted(proposal), proposal
    while waiting := open_items(page_of(text), memory):
        done = accept(page_of(text), memory, waiting[0])
        text, memory = done.text, done.proposal
    return text, memory


def test_an_accepted_entry_is_asked_about_also_after_the_machine_gave_it_another_key():
    text, memory = settled(*accepted(saying(LONG)), saying(SHORT))
    assert asked(memory) == []
    assert memory.accepted
    later = replace(SHORT, date="2016-02-03", key="t-another")
    after, memory, merged = updated(text, memory, saying(later))
    assert (after, merged.changed) == (text, ())
    assert asked(memory) == [("timeline.date", "2016-01", "2016-02-03")]


def test_what_was_accepted_is_remembered_once():
    _, memory = settled(*accepted(saying(LONG)), saying(LONG))
    assert memory.accepted == (LONG.key,)


def test_an_accepted_entry_keeps_what_it_is_about():
    about = replace(LONG, entities=("namea", "nameb"))
    first = replace(saying(about), entities=(entity("NameA"), entity("NameB")))
    text, memory = accepted(first)
    after, _, merged = updated(text, memory, replace(first, timeline=(replace(about, entities=("namea",)),)))
    assert (after, merged.changed) == (text, ())


def test_the_original_of_a_reworded_entry_does_not_come_back_after_it_was_withdrawn():
    text = apply(drafted(saying(LONG)), [Put(("timeline", 0, "date"), "2016-02-03")])
    text, memory = settled(without(text), saying(LONG), saying())
    assert asked(memory) == [("timeline", "A", "")]
    text = apply(text, [Remove(("timeline", 0))])
    text, memory = settled(text, memory, saying())
    after, _, merged = updated(text, memory, saying(LONG))
    assert (after, merged.added) == (text, ())


def test_what_an_editor_made_another_claim_of_is_not_offered_beside_it_when_its_words_are_back():
    other = {"date": "2016-03-05", "when": "night", "quote": SENTENCES[2]}
    text = apply(drafted(saying(LONG)), [Put(("timeline", 0, key), value) for key, value in other.items()])
    _, memory = settled(without(text, " ".join(SENTENCES[1:3])), saying(LONG), saying())
    assert asked(memory) == [("timeline", "A", "")]
    after, _, merged = updated(text, memory, saying(LONG))
    assert (after, merged.added) == (text, ())


@pytest.mark.parametrize("date", ["", "2016-01"])
def test_a_first_date_fills_an_entry_that_had_none_and_no_other_one(date):
    known = replace(LONG, date=date)
    text, memory = accepted(saying(known))
    _, memory, merged = updated(text, memory, saying(replace(known, date="2016-02-03")))
    assert bool(merged.changed) == (not date)
    assert bool(asked(memory)) == bool(date)


def test_several_entries_that_lost_their_words_all_stay_open():
    claims = tuple(entry(n, "2016-01", "day", f"A{n}", long=True) for n in (1, 2, 3))
    text, memory = accepted(saying(*claims))
    text, memory = settled(without(text, " ".join(SENTENCES[1:4])), memory, saying())
    assert [page for _, page, _ in asked(memory)] == ["A1", "A2", "A3"]
    text, memory = settled(apply(text, [Remove(("timeline", 1))]), memory, saying())
    assert [page for _, page, _ in asked(memory)] == ["A1", "A3"]
    _, _, merged = updated(text, memory, saying(*claims))
    assert merged.added == ()
