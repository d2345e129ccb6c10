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
from dossierkit.model.proposal import Conflict, Edited, Proposal, ProposedEntity, ProposedEntry, Question
from dossierkit.store.edit import EditError
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
    ("standing", "about"), [("entities: [dee]", ("dee",)), ("proposed: {entities: [dee]}", ())]
)
def test_a_new_entry_is_about_names_of_records_and_of_the_page_not_about_waiting_ones(standing, about):
    new = Proposal("x", "y", (), (entry("t", "", "Dee won", "Dee won", "dee", "eve"),))
    done = updated(page(f"{standing}\n", "reviewed"), Proposal("x", "y", (entity("dee"),)), new)
    assert proposed_items(done.text, PATH).timeline[0].entities == about


@pytest.mark.parametrize(("quote", "prefix"), [("on Friday", "Ben left"), ("Ada came on Friday", "Ada")])
def test_the_words_before_a_quote_follow_while_the_quote_is_the_proposed_one(quote, prefix):
    was, now = (
        Proposal("x", "y", (), (replace(entry("t", "2016-05-27", "One", "on Friday"), prefix=before),))
        for before in ("Ada", "Ben left")
    )
    front = f"timeline:\n  - {{date: 2016-05-27, text: One, quote: {quote}, prefix: Ada}}\n"
    assert read(updated(page(front), was, now).text).timeline[0].prefix == prefix


def test_what_is_a_rejected_claim_in_other_words_is_remembered_as_rejected_too():
    was, dated, bare = (
        entry("t", "2016-05-27", "Ada came", "Ada came on Friday", when="on Friday"),
        entry("u", "2016-05-20", "Ada came", "Ada came on Friday", when="on Friday"),
        entry("v", "2016-05-20", "Ada came", "Ada came on Friday"),
    )
    memory = updated(page(""), Proposal("x", "y", (), (was,)), Proposal("x", "y")).proposal
    assert updated(page(""), memory, Proposal("x", "y", (), (bare,))).added == ("2016-05-20 Ada came",)
    memory = updated(page(""), memory, Proposal("x", "y", (), (dated,))).proposal
    assert updated(page(""), memory, Proposal("x", "y", (), (bare,))).added == ()


def test_only_what_the_first_proposal_of_a_draft_had_counts_as_drafted():
    first = Proposal(
        "x", "y", (entity("ada"),), (entry("t", "2016-05-27", "Ada came", "Ada came on Friday"),)
    )
    once = updated(page(""), Proposal("", ""), first)
    assert once.proposal.drafted == ("e-ada", "t")
    more = replace(first, timeline=(*first.timeline, entry("u", "", "Dee won", "Dee won")))
    again = updated(open_page(PATH, once.text, lambda body: body), once.proposal, more)
    assert again.proposal.drafted == ("e-ada", "t")
    assert updated(page("", "reviewed"), Proposal("", ""), first).proposal.drafted == ()


def test_an_entry_whose_words_are_gone_and_that_was_then_removed_stays_out_when_they_are_back():
    left = entry("t", "2016-05-30", "Eve left", "Eve left on Monday")
    front = "timeline:\n  - {date: 2016-05-30, text: Eve left, quote: Eve left on Monday}\n"
    last, none = Proposal("x", "y", (), (left,)), Proposal("x", "y")
    asked = updated(page(front, "reviewed"), last, none).proposal
    assert [one.page for one in asked.conflicts] == ["Eve left"]
    gone = updated(page("", "reviewed"), asked, none).proposal
    assert (gone.conflicts, [one.quote for one in gone.rejected]) == ((), ["Eve left on Monday"])
    back = open_page(PATH, page("", "reviewed").text + "Eve left on Monday.\n", lambda body: body)
    assert updated(back, gone, last).added == ()
    assert updated(back, none, last).added == ("2016-05-30 Eve left",)


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


FRIDAY = "{date: 2016-05-27, text: Ada came, quote: Ada came on Friday, entities: [ada, ben]}"
DECIDED = f"entities: [ada, ben]\ntimeline:\n  - {FRIDAY}\n"
CAME = entry("t", "2016-05-27", "Ada came", "Ada came on Friday", "ada", "ben")
DRAFTED = Proposal("x", "y", (entity("ada"), entity("ben")), (CAME,))


def waiting(standing, last, wanted):
    """The open decision about an entity of that id, or an entry of that text."""
    return next(
        one
        for one in open_items(standing, last)
        if one.page_item and wanted in {one.page_item.id, getattr(one.page_item.item, "text", "")}
    )


def decided(what, front, last, wanted, *to):
    standing = page(front)
    return what(standing, last, waiting(standing, last, wanted), *to)


def proposing(*items):
    return f"{DECIDED}proposed:\n  timeline:\n" + "".join(f"    - {item}\n" for item in items)


@pytest.mark.parametrize("quote", ["Ada came on Monday", "on Friday"])
def test_an_entry_is_not_accepted_or_changed_without_its_words_once_in_the_text(quote):
    last = replace(DRAFTED, timeline=(CAME, entry("u", "2016-05-28", "Dee", quote)))
    front = proposing(f"{{date: 2016-05-28, text: Dee, quote: {quote}}}")
    with pytest.raises(EditError, match="its quote"):
        decided(decide.accept, front, last, "Dee")
    with pytest.raises(EditError, match="its quote"):
        decided(decide.amend, DECIDED, DRAFTED, "Ada came", replace(ONE, quote=quote))


def test_a_proposed_name_that_the_page_has_is_accepted_once():
    done = decided(
        decide.accept, f"{DECIDED}proposed:\n  entities: [dee]\n", replace(DRAFTED, entities=(entity("dee"),)), "dee"
    )  # fmt: skip
    assert [one.id for one in read(done.text).entities] == ["ada", "ben", "dee"]
    standing = page("entities: [ada]\nproposed:\n  entities: [ada]\n")
    twice = next(one for one in open_items(standing, DRAFTED) if one.page_item and one.page_item.proposed)
    assert [one.id for one in read(decide.accept(standing, DRAFTED, twice).text).entities] == ["ada"]


def test_what_was_turned_down_is_remembered_once_and_nothing_is_about_it():
    done = decided(decide.reject, DECIDED, DRAFTED, "ben")
    assert [one.entity for one in done.proposal.rejected] == ["ben"]
    assert [one.id for one in read(done.text).entities] == ["ada"]
    assert read(done.text).timeline[0].entities == ("ada",)
    again = decided(decide.reject, DECIDED, replace(DRAFTED, rejected=done.proposal.rejected), "ben")
    assert again.proposal.rejected == done.proposal.rejected


def test_a_changed_entry_is_accepted_and_remembered_as_changed():
    to = replace(ONE, text="Ada is there", date="2016-05-26")
    front = DECIDED.replace("text: Ada came", "dated_by: report, text: Ada came")
    done = decided(decide.amend, front, replace(DRAFTED, edited=(Edited("u", "", "U", "u"),)), "Ada came", to)
    (now,) = read(done.text).timeline
    assert (now.text, now.date, now.dated_by) == ("Ada is there", "2016-05-26", "")
    assert done.proposal.accepted == ("t",)
    assert [(one.key, one.text) for one in done.proposal.edited] == [("u", "U"), ("t", "Ada is there")]
    assert read(decided(decide.amend, DECIDED, DRAFTED, "Ada came", replace(ONE, date="")).text).timeline[0].date == ""  # fmt: skip
    back = decided(decide.amend, DECIDED, replace(DRAFTED, edited=done.proposal.edited), "Ada came", replace(ONE, text="Ada came"))  # fmt: skip
    assert [one.key for one in back.proposal.edited] == ["u"]
    place = decided(decide.amend, DECIDED, DRAFTED, "Ada came", replace(ONE, quote="on Friday", prefix="Ada came"))  # fmt: skip
    assert read(place.text).timeline[0].prefix == "Ada came"
    for wrong in (replace(ONE, text=""), replace(ONE, date="soon")):
        with pytest.raises(EditError):
            decided(decide.amend, DECIDED, DRAFTED, "Ada came", wrong)
    with pytest.raises(EditError):
        decided(decide.amend, DECIDED, DRAFTED, "ada", to)


def test_a_changed_proposal_moves_to_the_entries_of_the_page():
    last = replace(DRAFTED, timeline=(CAME, entry("u", "2016-05-29", "Cy stayed", "Cy stayed on Sunday")))
    front = proposing("{date: 2016-05-29, text: Cy stayed, quote: Cy stayed on Sunday}")
    to = TimelineEntry("Cy remained", "Cy stayed on Sunday", "2016-05-29")
    done = decided(decide.amend, front, last, "Cy stayed", to)
    assert [one.text for one in read(done.text).timeline] == ["Ada came", "Cy remained"]
    assert proposed_items(done.text, PATH).timeline == ()


@pytest.mark.parametrize(
    ("there", "forms"),
    [
        ("", ("Ada",)),
        (", cy", ("Ada",)),
        (", {id: cy, also: []}", ("Ada",)),
        (", {id: cy, also: C.}", ("C.", "Ada")),
        (", {id: cy, also: [C.]}", ("C.", "Ada")),
        (", {id: cy, also: [C., Ada]}", ("C.", "Ada")),
    ],
)
def test_an_entity_that_is_another_is_replaced_everywhere_and_stays_out(there, forms):
    front = DECIDED.replace("[ada, ben]\n", f"[ada, ben{there}]\n", 1)
    done = decided(decide.exchange, front, DRAFTED, "ada", EntityRef("cy", ("Ada",)))
    found = [(one.id, one.also) for one in read(done.text).entities]
    assert found == ([("ben", ()), ("cy", forms)] if there else [("cy", forms), ("ben", ())])
    assert read(done.text).timeline[0].entities == ("cy", "ben")
    assert [one.entity for one in done.proposal.rejected] == ["ada"]
    with pytest.raises(EditError):
        decided(decide.exchange, front, DRAFTED, "Ada came", EntityRef("cy"))
    joined = decided(decide.join, front, DRAFTED, "ada", EntityRef("cy", ("Ada",)))
    assert (joined.text, joined.proposal.rejected) == (done.text, ())
    assert [one.entity for one in joined.proposal.entities] == ["ben"]
    assert joined.proposal.timeline[0].entities == ("cy", "ben")


def test_what_the_site_decides_on_leaves_the_page_and_its_proposal_without_a_rejection():
    done = decided(decide.forget, DECIDED, DRAFTED, "ben")
    assert [one.id for one in read(done.text).entities] == ["ada"]
    assert read(done.text).timeline[0].entities == ("ada",)
    assert done.proposal == replace(DRAFTED, entities=DRAFTED.entities[:1])
    done = decided(decide.forget, DECIDED, DRAFTED, "Ada came")
    assert (read(done.text).timeline, done.proposal) == ((), replace(DRAFTED, timeline=()))


def test_a_name_without_a_record_gets_another_name_of_the_text_or_another_type():
    named = replace(entity("dee-person"), name="Dee", known=False)
    about = replace(CAME, entities=("ada", "dee-person"))
    last = Proposal("x", "y", (entity("ada"), named), (about,))
    front = DECIDED.replace("[ada, ben]\n", "[ada, {name: Dee, type: person}]\n", 1).replace(
        "ben", "dee-person"
    )
    with pytest.raises(EditError, match="is not in the text"):
        decided(decide.rename, front, last, "dee-person", EntityRef("eve-person", name="Eve", type="person"))
    done = decided(decide.rename, front, last, "dee-person", EntityRef("cy-person", name="Cy", type="person"))
    assert read(done.text).timeline[0].entities == ("ada", "cy-person")
    done = decided(decide.retype, front, last, "dee-person", "place")
    assert [one.id for one in read(done.text).entities] == ["ada", "dee-place"]
    assert read(done.text).timeline[0].entities == ("ada", "dee-place")
    assert [(one.entity, one.type) for one in done.proposal.entities] == [("ada", "person"), ("dee-place", "place")]  # fmt: skip
    assert done.proposal.timeline[0].entities == ("ada", "dee-place")
    for wanted in ("ada", "Ada came"):
        with pytest.raises(EditError, match="its type is in its record"):
            decided(decide.retype, front, last, wanted, "place")
    front = front.replace("{name: Dee, type: person}", "{name: Dee, type: person}, {name: Dee, type: place}")
    done = decided(decide.retype, front, last, "dee-person", "place")
    assert [one.id for one in read(done.text).entities] == ["ada", "dee-place"]


def test_an_answer_is_remembered_and_the_form_goes_to_whom_it_means():
    asked = Question("q", "Who is “A.”?", ("ada", "cy"), "Ada came", "A.")
    last = replace(DRAFTED, questions=(asked,))
    for to, entities in (("", {"ada": (), "ben": ()}), ("ada", {"ada": ("A.",), "ben": ()}), ("cy", {"ada": (), "ben": (), "cy": ("A.",)})):  # fmt: skip
        done = decide.answer(page(DECIDED), last, asked, to)
        assert {one.id: one.also for one in read(done.text).entities} == entities
        assert done.proposal.accepted == ("q",)


OTHER = Conflict("", "lang", "en", "fr")


@pytest.mark.parametrize(
    ("asked", "field", "machine"),
    [
        (Conflict("", "source.publisher", "Old", "New"), "source.publisher", "New"),
        (Conflict("t", "timeline.date", "2016-05-27", "2016-05-28"), "timeline.date", "2016-05-28"),
        (Conflict("t", "timeline.date", "2016-05-27", ""), "timeline.date", ""),
        (Conflict("t", "timeline.quote", "Ada came on Friday", "Ada came"), "timeline.quote", "Ada came"),
        (Conflict("t", "timeline", "Ada came", ""), "timeline", None),
    ],
)
def test_a_conflict_is_decided_for_either_side_and_asked_no_more(asked, field, machine):
    front = f"source: {{publisher: Old}}\n{DECIDED}"
    standing = page(front)
    last = replace(DRAFTED, conflicts=(asked, OTHER), accepted=("t",))
    open_ = next(one for one in open_items(standing, last) if one.conflict == asked)
    kept, taken = decide.reject(standing, last, open_), decide.accept(standing, last, open_)
    assert (kept.text, kept.proposal.conflicts) == (standing.text, (OTHER,))
    assert taken.proposal.conflicts == (OTHER,)
    made = read(taken.text)
    if machine is None:
        assert made.timeline == ()
        assert [one.quote for one in taken.proposal.rejected] == ["Ada came on Friday"]
    elif field == "source.publisher":
        assert made.source.publisher == machine
        assert taken.proposal.edited == ()
    else:
        assert getattr(made.timeline[0], field.partition(".")[2]) == machine
        assert [one.key for one in taken.proposal.edited] == ["t"]
        changed = decide.amend(standing, last, open_, replace(ONE, text="Ada is there"))
        assert changed.proposal.conflicts == (OTHER,)


def test_the_machines_quote_is_taken_only_if_it_is_in_the_text():
    asked = Conflict("t", "timeline.quote", "Ada came on Friday", "Ada came on Monday")
    last = replace(DRAFTED, conflicts=(asked,), accepted=("t",))
    standing = page(DECIDED)
    open_ = next(one for one in open_items(standing, last) if one.conflict == asked)
    with pytest.raises(EditError, match="its quote"):
        decide.accept(standing, last, open_)


def test_the_machines_quote_comes_with_the_words_around_it():
    asked = Conflict("t", "timeline.quote", "Ada came on Friday", "on Friday")
    proposed = replace(CAME, quote="on Friday", prefix="Ada came")
    memory = Edited("t", "2016-05-27", "Ada came", "Ada came on Friday")
    other = entry("u", "2016-05-27", "Ben left", "on Friday")
    last = Proposal(
        "x", "y", (), (replace(other, prefix="Ben left"), proposed), edited=(memory,), conflicts=(asked,)
    )
    standing = page(DECIDED)
    open_ = next(one for one in open_items(standing, last) if one.conflict)
    (now,) = read(decide.accept(standing, last, open_).text).timeline
    assert (now.quote, now.prefix) == ("on Friday", "Ada came")
