"""Random proposals for a record, random editors of it: what a merge must never do."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossierkit.merge.branches import salvage_record
from dossierkit.merge.record import merge_record, open_record, union
from dossierkit.merge.record_decide import open_offers, take, turn_down
from dossierkit.merge.unreviewed import as_drafted
from dossierkit.model.proposal import RecordOffer, RecordProposal
from dossierkit.store.edit import Insert, Put, Remove, apply, front_matter_values
from dossierkit.store.page_parser import record
from dossierkit.store.record_proposal import dump, load
from dossierkit.text.fold import fold

PATH = "content/entities/ann-lee.md"
SETTINGS = settings(max_examples=settings.default.max_examples)
NAMES = ["Ann B. Lee", "A. Lee", "Anne Lee", "Lee", "Ann: the judge", "Änn Lee", "Judge Lee"]
LISTS = ("aliases", "weak_aliases", "same_as")
TAKEN = {fold("Judge Lee"): "judge-lee"}

OFFER = st.one_of(
    st.builds(RecordOffer, st.just("aliases"), st.sampled_from(NAMES), st.sampled_from(["2016/a", "2016/b"])),
    st.builds(RecordOffer, st.just("weak_aliases"), st.sampled_from(NAMES), st.just("2016/a")),
    st.builds(
        RecordOffer, st.just("same_as"), st.sampled_from(["wikidata:Q1", "wikidata:Q2"]), st.just("2016/a")
    ),
)
SINGLE = st.builds(
    RecordOffer,
    st.sampled_from(["type", "description"]),
    st.sampled_from(["person", "organization"]),
    st.just("2016/a"),
)
NEW = st.tuples(
    st.lists(OFFER, max_size=5), st.lists(SINGLE, max_size=2, unique_by=lambda one: one.field)
).map(lambda both: (*both[0], *both[1]))
STATUS = st.sampled_from(["draft", "draft", "reviewed"])


def drafted(aliases=(), status="draft", more=""):
    listed = f"aliases: [{', '.join(aliases)}]" if aliases else "aliases: []"
    return f"---\ntitle: Ann Lee\ntype: person\n{listed}\nweak_aliases: []\n{more}status: {status}\n---\nShe is a judge.\n"


def memory_of(aliases=()):
    made = [RecordOffer(*pair, drafted=True) for pair in (("title", "Ann Lee"), ("type", "person"))]
    return RecordProposal(
        (*made, *(RecordOffer("aliases", name, "2016/a", drafted=True) for name in aliases))
    )


def updated(text, last, new, *, whole=True, taken=TAKEN):
    made = merge_record(open_record("ann-lee", PATH, text), last, new, taken, whole=whole)
    return made.text, load(dump(made.proposal)), made


def values(text):
    """(list, value) of all that stands in the record, and of all that waits."""
    held = front_matter_values(text)
    proposed = held.get("proposed") or {}
    return [[(name, one) for name in LISTS for one in of.get(name) or ()] for of in (held, proposed)]


def names(items):
    return {fold(value) for name, value in items if name != "same_as"}


def names_of(offers):
    return {(one.field in {"aliases", "weak_aliases"} or one.field, fold(one.value)) for one in offers}


@st.composite
def desk(draw, text):
    """An editor at work: the record afterwards, the lines that are theirs, the values they took out."""
    own, deleted = [], []
    for number in range(draw(st.integers(0, 4))):
        mine, waits = values(text)
        kind = draw(st.sampled_from(["add", "delete", "accept", "reject", "describe", "comment", "weaken"]))
        mark = f"hand {number} {draw(st.integers(0, 999))}"
        if kind == "add":
            text = apply(text, [Insert(("aliases",), mark, 0)])
            own.append(mark)
        elif kind == "describe":
            text = apply(text, [Put(("description",), mark, ("type",))])
            own = [one for one in own if one in text] + [mark]
        elif kind == "comment":
            text = text.replace("title: Ann Lee", f"title: Ann Lee  # {mark}", 1) if "#" not in text else text
            own += [f"# {mark}"] if mark in text else []
        elif chosen := waits if kind in {"accept", "reject"} else mine:
            name, value = draw(st.sampled_from(chosen))
            held = front_matter_values(text)
            top = ("proposed", name) if kind in {"accept", "reject"} else (name,)
            listed = held["proposed"][name] if len(top) > 1 else held[name]
            text = apply(text, [Remove((*top, listed.index(value)))])
            if kind == "accept":
                text = apply(text, [Insert((name,), value)])
            elif kind == "weaken" and name == "aliases":
                text = apply(text, [Insert(("weak_aliases",), value)])
            else:
                deleted.append((name, value))
                own = [one for one in own if one != value]
    return text, own, deleted


@SETTINGS
@given(NEW, NEW, STATUS, st.booleans(), st.data())
def test_the_same_update_twice_changes_nothing(first, second, status, whole, data):
    text, memory, _ = updated(drafted(["A. Lee"], status), memory_of(["A. Lee"]), first)
    text, _, _ = data.draw(desk(text))
    once, memory, merged = updated(text, memory, second, whole=whole)
    twice, again, repeated = updated(once, memory, second, whole=whole)
    assert (twice, dump(again)) == (once, dump(memory))
    assert (repeated.added, repeated.removed, repeated.changed) == ([], [], [])
    assert repeated.conflicts == merged.conflicts


@SETTINGS
@given(st.lists(NEW, min_size=1, max_size=4), STATUS, st.data())
def test_no_line_of_an_editor_is_lost_and_nothing_rejected_comes_back(rounds, status, data):
    text, memory = drafted(["A. Lee", "Anne Lee"], status), memory_of(["A. Lee", "Anne Lee"])
    own, deleted = [], []
    for new in rounds:
        text, lines, gone = data.draw(desk(text))
        own = [line for line in (*own, *lines) if line in text]
        deleted += gone
        before = [one for of in values(text) for one in of]
        deleted = [one for one in deleted if one not in before and fold(one[1]) not in names(before)]
        text, memory, _ = updated(text, memory, new)
        assert all(line in text for line in own)
        mine, waits = values(text)
        assert not set(deleted) & {*mine, *waits}
        assert not names(deleted) & names([*mine, *waits])
        assert not names(mine) & names(waits)
        assert text.endswith("---\nShe is a judge.\n")


@SETTINGS
@given(NEW, NEW, st.data())
def test_what_is_new_waits_and_leaves_what_an_editor_answers_for_alone(first, second, data):
    text, memory, _ = updated(drafted([], "reviewed"), RecordProposal(), first)
    text, _, _ = data.draw(desk(text))
    once, _, merged = updated(text, memory, second)
    assert front_matter_values(text) | {"proposed": 0} == front_matter_values(once) | {"proposed": 0}
    _, waits = values(once)
    assert not any(
        fold(value) in TAKEN and name == "aliases"
        for name, value in waits
        if (name, value) not in values(text)[1]
    )
    added = [one for one in merged.added if not one.startswith(("type", "description"))]
    assert len(added) <= len(waits)


@SETTINGS
@given(NEW, NEW, st.data())
def test_the_order_of_what_articles_say_and_line_endings_do_not_matter(first, second, data):
    text, memory, _ = updated(drafted(["A. Lee"]), memory_of(["A. Lee"]), first)
    text, _, _ = data.draw(desk(text))
    once, _, _ = updated(text, memory, second)
    crlf, _, _ = updated(text.replace("\n", "\r\n"), memory, second)
    assert crlf == once.replace("\n", "\r\n")
    same, _, _ = updated(text, memory, memory.offers)
    again, _, _ = updated(same, memory, memory.offers)
    assert again == same


@SETTINGS
@given(NEW, NEW)
def test_two_memories_together_know_what_each_rejected(first, second):
    one, other = RecordProposal((), first), RecordProposal((), second)
    both = union(one, other)
    text, _, merged = updated(drafted(), both, (*first, *second))
    assert merged.added == []
    assert text == drafted()
    assert names_of(union(other, one).rejected) == names_of(both.rejected)


def test_a_record_where_nothing_changes_is_the_same_text():
    text = drafted(["A. Lee"]).replace("aliases: [A. Lee]", "aliases: [ 'A. Lee' ]   # as in the press")
    assert updated(text, memory_of(["A. Lee"]), (RecordOffer("aliases", "A. Lee"),))[0] is text


def test_new_names_wait_and_go_again_with_the_articles_that_had_them():
    new = (RecordOffer("aliases", "A. Lee", "2016/a"), RecordOffer("weak_aliases", "Lee", "2016/a"))
    once, memory, merged = updated(drafted([], "published"), RecordProposal(), new)
    assert "status: published\nproposed:\n  aliases:\n    - A. Lee\n  weak_aliases:\n    - Lee\n---\n" in once
    assert merged.added == ["alias: A. Lee", "weak alias: Lee"]
    assert updated(once, memory, (), whole=False)[0] == once
    assert updated(once, memory, ())[0] == drafted([], "published")


def test_a_name_of_another_record_is_not_proposed_and_that_is_said():
    text, _, merged = updated(drafted(), memory_of(), (RecordOffer("aliases", "Judge Lee"),))
    assert text == drafted()
    assert merged.notes == ["“Judge Lee” is not proposed as an alias: judge-lee has that name"]


def test_a_type_follows_in_a_draft_and_is_a_conflict_once_somebody_answers_for_it():
    new = (RecordOffer("type", "organization"),)
    text, _, merged = updated(drafted(), memory_of(), new)
    assert "type: organization\n" in text
    assert merged.changed == ["type: person -> organization"]
    for kept in (drafted([], "reviewed"), drafted().replace("type: person", "type: person  # she is")):
        text, memory, merged = updated(kept, memory_of(), new)
        assert text == kept
        assert [(one.field, one.page, one.machine) for one in merged.conflicts] == [
            ("type", "person", "organization")
        ]
        assert updated(text, memory, new)[2].conflicts == merged.conflicts
    edited = drafted().replace("type: person", "type: place")
    assert updated(edited, memory_of(), new)[0] == edited


def test_a_description_waits_is_exchanged_and_stays_out_once_it_was_deleted():
    one, other = (
        (RecordOffer("description", words, "2016/a"),) for words in ("A judge.", "A judge in Lenn.")
    )
    text, memory, _ = updated(drafted([], "reviewed"), RecordProposal(), one)
    assert "\nproposed: {description: A judge.}\n---\n" in text
    text, memory, merged = updated(text, memory, other)
    assert merged.changed == ["description: A judge. -> A judge in Lenn."]
    assert updated(text, memory, ())[2].removed == ["description: A judge in Lenn."]
    text = apply(text, [Remove(("proposed",))])
    for new in (other, other):
        after, memory, merged = updated(text, memory, new)
        assert (after, merged.added) == (text, [])
    third = (RecordOffer("description", "A judge of the court.", "2016/a"),)
    assert updated(text, memory, third)[2].added == ["description: A judge of the court."]


def test_a_drafted_alias_goes_with_the_articles_only_while_nobody_answers_for_it():
    memory = memory_of(["A. Lee"])
    assert updated(drafted(["A. Lee"]), memory, ())[0] == drafted()
    for text in (
        drafted(["A. Lee"], "reviewed"),
        drafted(["A. Lee"]).replace("[A. Lee]", "[A. Lee]  # she signs so"),
    ):
        assert updated(text, memory, ())[0] == text


def in_conflict():
    """A reviewed record whose articles say another type by now: sheet, memory, the open decision."""
    text, memory, _ = updated(
        drafted([], "reviewed"), memory_of(), (RecordOffer("type", "organization", "2016/a"),)
    )
    sheet = open_record("ann-lee", PATH, text)
    (open_,) = open_offers(sheet, memory)
    return sheet, memory, open_


def test_a_conflict_is_decided_for_the_articles_or_for_the_record_and_not_asked_again():
    sheet, memory, open_ = in_conflict()
    taken, kept = take(sheet, memory, open_), turn_down(sheet, memory, open_)
    assert taken.text == sheet.text.replace("type: person", "type: organization")
    assert kept.text == sheet.text
    for decided in (taken, kept):
        assert decided.proposal.conflicts == ()
        assert not [*open_offers(open_record("ann-lee", PATH, decided.text), decided.proposal)]
    again = updated(kept.text, kept.proposal, (RecordOffer("type", "organization", "2016/a"),))
    assert (again[0], again[2].conflicts) == (kept.text, [])


def test_an_offer_and_a_conflict_with_one_value_are_two_decisions():
    sheet, memory, open_ = in_conflict()
    text = apply(sheet.text, [Put(("proposed",), {"type": "organization"})])
    marks = [one.mark for one in open_offers(open_record("ann-lee", PATH, text), memory)]
    assert marks == [("offer", "type", "organization"), ("conflict", "type", "organization")]
    assert open_.mark == marks[1]


@SETTINGS
@given(NEW, NEW)
def test_of_a_file_that_git_left_in_conflict_both_sides_are_remembered(first, second):
    ours, theirs = RecordProposal((), first), RecordProposal((), second)
    text = f"<<<<<<< HEAD\n{dump(ours)}=======\n{dump(theirs)}>>>>>>> branch\n"
    assert salvage_record(text) == union(load(dump(ours)), load(dump(theirs)))
    assert salvage_record(dump(ours)) is None


AS_DRAFTED = "---\ntitle: Ann Lee\ntype: person\naliases: [A. Lee]\nweak_aliases: []\nstatus: draft\n---\n"


@pytest.mark.parametrize(
    ("old", "new", "memory", "untouched"),
    [
        ("", "", {}, True),
        ("title: Ann Lee", "title: Ann B. Lee", {}, False),
        ("type: person", "type: organization", {}, False),
        ("[A. Lee]", "[]", {}, False),
        ("[A. Lee]", "[A. Lee, Anne]", {}, False),
        ("weak_aliases: []", "weak_aliases: [Lee]", {}, False),
        ("status: draft", "status: draft\ntags: [judge]", {}, False),
        ("status: draft", "status: reviewed", {}, False),
        ("", "", {"rejected": (RecordOffer("aliases", "Anne", "2016/a"),)}, False),
        ("", "", {"offers": (*memory_of(["A. Lee"]).offers, RecordOffer("aliases", "Anne", "2016/a"))}, True),
    ],
)
def test_a_record_is_as_the_machine_drafted_it_until_somebody_decides_on_anything(
    old, new, memory, untouched
):
    drafted_record = record("ann-lee", PATH, AS_DRAFTED.replace(old, new))[0]
    assert as_drafted(drafted_record, replace(memory_of(["A. Lee"]), **memory)) is untouched
