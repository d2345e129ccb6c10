"""What two branches remember of one file of proposals."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dossierkit.merge.branches import merged, merged_text, salvage
from dossierkit.model.proposal import Proposal, ProposedEntity, RecordOffer, RecordProposal, Rejected
from dossierkit.store import proposal as stored
from dossierkit.store import record_proposal as records

KEYS = st.sets(st.sampled_from("abcde"))
MEMORY = st.builds(
    lambda accepted, rejected: Proposal(
        "e", "i", accepted=tuple(sorted(accepted)), rejected=tuple(map(Rejected, sorted(rejected)))
    ),
    KEYS,
    KEYS,
)


@given(MEMORY, MEMORY, MEMORY)
def test_decisions_of_either_side_count_and_so_does_what_either_took_back(base, ours, theirs):
    both = merged(base, ours, theirs)
    for name in ("accepted", "rejected"):
        was, here, there, now = (set(getattr(side, name)) for side in (base, ours, theirs, both))
        assert now == (here & there) | ((here | there) - was)


@given(MEMORY, MEMORY, MEMORY)
def test_the_sides_may_change_places(base, ours, theirs):
    assert merged(base, ours, theirs) == merged(base, theirs, ours)


@given(MEMORY, MEMORY)
def test_what_only_one_side_did_is_the_whole(base, ours):
    assert merged(base, ours, base) == merged(base, base, ours) == ours


def entity(name, score=0.9):
    return ProposedEntity(name, name, name, "person", False, (name,), 1, 0, 1, "q", score, "r")


def test_items_go_where_one_side_took_them_out_and_follow_the_side_that_changed_them():
    one, two, three, four = (entity(name) for name in ("one", "two", "three", "four"))
    base = Proposal("1", "i", entities=(one, two, four))
    ours = replace(base, entities=(one, three, entity("four", 0.7)))
    theirs = replace(base, extractor="2", entities=(entity("one", 0.5), two, four), notes=("new",))
    both = merged(base, ours, theirs)
    assert both.entities == (entity("one", 0.5), three, entity("four", 0.7))
    assert (both.extractor, both.notes) == ("2", ("new",))
    other_way = merged(base, theirs, ours)
    assert (other_way.extractor, other_way.notes) == ("2", ("new",))


def test_what_one_branch_decides_item_by_item_is_so_in_both():
    base = Proposal("1", "i")
    by_item = replace(base, by_item=True)
    assert merged(base, by_item, base).by_item
    assert merged(base, base, by_item).by_item
    for sides in ((base, by_item), (by_item, base)):
        ours, theirs = map(stored.dump, sides)
        both = salvage(f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n")
        assert both is not None
        assert both.by_item


def test_a_file_with_marks_of_a_conflict_keeps_the_items_and_decisions_of_both():
    ours = Proposal("1", "i", (entity("one"), entity("two")), accepted=("one",))
    theirs = Proposal("1", "i", (entity("two", 0.5), entity("three")), rejected=(Rejected("two"),))
    both = salvage(f"<<<<<<< HEAD\n{stored.dump(ours)}=======\n{stored.dump(theirs)}>>>>>>> other\n")
    assert both == replace(ours, entities=(*ours.entities, entity("three")), rejected=(Rejected("two"),))
    assert salvage(stored.dump(ours)) is None


def test_a_file_that_both_branches_added_has_no_base():
    ours = Proposal("1", "i", accepted=("a",))
    theirs = Proposal("1", "i", accepted=("b",))
    text = merged_text("seeds/a.suggested.yml", "", stored.dump(ours), stored.dump(theirs))
    assert stored.load(text).accepted == ("a", "b")


def test_names_that_wait_in_a_record_are_those_of_both():
    ours, theirs = (RecordProposal((RecordOffer("aliases", name, "a"),)) for name in ("Jane", "Doe"))
    path = "seeds/entities/jane.suggested.yml"
    text = merged_text(path, "", records.dump(ours), records.dump(theirs))
    assert {offer.value for offer in records.load(text, path).offers} == {"Jane", "Doe"}
