"""Imports merged into records: whatever a source says next, what an editor did stays, and a second time changes nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dossierkit.merge.imported import ImportContext, merge_import
from dossierkit.merge.record import mark_of, open_record
from dossierkit.model.imported import ImportedFact, ImportedRecord, ImportMemory, ImportOrigin
from dossierkit.store.edit import Insert, Put, Remove, apply, front_matter_values
from dossierkit.store.imported import page

PATH = "content/entities/x.md"
ORIGIN = ImportOrigin("a list", "2026-05", "own")
NAMES = st.lists(st.sampled_from([f"Name {letter}" for letter in "abcdefg"]), unique=True, max_size=5)
ABOUT = st.sampled_from(["", "One", "Two", "Three"])
FREE = ImportContext(lambda _: "")


def said(names, about):
    facts = [
        ImportedFact("title", "The Title"),
        ImportedFact("type", "person"),
        *(ImportedFact("aliases", name) for name in names),
    ]
    facts += [ImportedFact("description", about)] if about else []
    return ImportedRecord("key", tuple(facts), (ORIGIN,))


def merged(text, last, new, ground=FREE):
    return merge_import(open_record("x", PATH, text), last, new, "a list", ground)


def aliases(text):
    return front_matter_values(text).get("aliases") or []


def first(new):
    """What is remembered of a new record."""
    return ImportMemory("a list", new.key, new.facts)


@given(NAMES, ABOUT, NAMES, ABOUT)
def test_a_record_that_nobody_edited_follows_its_source(names, about, later, then):
    text, last = page(said(names, about)), first(said(names, about))
    made = merged(text, last, said(later, then))
    assert set(aliases(made.text)) == set(later)
    assert not made.conflicts
    assert front_matter_values(made.text).get("description", "") == (then or about)


@given(NAMES, ABOUT, NAMES, ABOUT, NAMES, NAMES, st.booleans())
def test_what_an_editor_took_out_stays_out_and_what_was_added_stays(  # noqa: PLR0917 -- hypothesis's arguments
    names, about, later, then, out, added, own
):
    text, last = page(said(names, about)), first(said(names, about))
    gone = [name for name in names if name in out]
    for name in gone:
        text = apply(text, [Remove(("aliases", aliases(text).index(name)))])
    mine = [name for name in added if name not in names]
    for name in mine:
        text = apply(text, [Insert(("aliases",), name)])
    if own and about:
        text = apply(text, [Put(("description",), "My own words")])
    for new in (said(later, then), said(names, about), said(later, then)):
        made = merged(text, last, new)
        text, last = made.text, made.memory
        assert not set(gone) & set(aliases(text))
        assert set(mine) <= set(aliases(text)), "also where the source says the same for a while"
        if own and about:
            assert front_matter_values(text)["description"] == "My own words"


@given(NAMES, ABOUT, NAMES, ABOUT)
def test_the_same_again_changes_nothing(names, about, later, then):
    once = merged(page(said(names, about)), first(said(names, about)), said(later, then))
    again = merged(once.text, once.memory, said(later, then))
    assert again.text == once.text
    assert again.memory == once.memory
    assert [again.added, again.removed, again.changed, again.conflicts] == [[], [], [], []]


@given(NAMES)
def test_what_is_likely_only_waits_and_nothing_of_the_record_changes(names):
    text = "---\ntitle: The Title\ntype: person\nstatus: reviewed\n---\n"
    made = merged(text, None, said(names, "One"), ImportContext(lambda _: "", sure=False))
    found = front_matter_values(made.text)
    assert "aliases" not in found
    assert "description" not in found
    assert (found.get("proposed") or {}).get("aliases", []) == names


def test_what_was_turned_down_for_the_record_does_not_come_in():
    text = "---\ntitle: The Title\ntype: person\nstatus: reviewed\n---\n"
    out = mark_of(ImportedFact("aliases", "Name a"))
    made = merged(text, None, said(["Name a", "Name b"], ""), ImportContext(lambda _: "", frozenset({out})))
    assert aliases(made.text) == ["Name b"]


def test_a_title_that_another_record_has_by_now_is_a_conflict():
    text, last = page(said([], "")), first(said([], ""))
    new = ImportedRecord("key", (ImportedFact("title", "Taken"), ImportedFact("type", "person")), (ORIGIN,))
    made = merged(text, last, new, ImportContext(lambda name: "other" if name == "taken" else ""))
    assert front_matter_values(made.text)["title"] == "The Title"
    assert made.conflicts == ["title: “Taken” is a name of `other` already: the record keeps its own"]


def placed(where, date="2026-05"):
    facts = (ImportedFact("title", "Tarn"), ImportedFact("type", "place"), ImportedFact("location", where))
    return ImportedRecord("key", facts, (ImportOrigin("a list", date, "own"),))


def test_a_place_that_its_source_moved_moves_and_the_source_has_its_new_day_once():
    before = placed("46.2, 6.15, city")
    text = page(before).replace("title: Tarn", "title: Tarn  # by hand")
    made = merged(text, first(before), placed("47.0, 7.5, region", "2026-08"))
    found = front_matter_values(made.text)
    assert found["location"] == {"lat": "47.0", "lon": "7.5", "precision": "region"}
    assert [(one["name"], one["date"]) for one in found["sources"]] == [("a list", "2026-08")]
    assert "title: Tarn  # by hand\n" in made.text
    assert "source: a list, date 2026-08" in made.changed
