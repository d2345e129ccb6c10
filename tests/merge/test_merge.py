"""Random proposals, random editors: what a merge must never do."""

from __future__ import annotations

from dataclasses import astuple, replace

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from dossierkit.merge.decide import accept, reject
from dossierkit.merge.fields import merge_fields
from dossierkit.merge.match import same_claim
from dossierkit.merge.open import open_items, open_questions
from dossierkit.merge.page import merge_page
from dossierkit.merge.page_items import ENTITIES, LISTS, TIMELINE, open_page, proposal_items, unplaced
from dossierkit.merge.quality import score, verdicts
from dossierkit.model.page import EntityRef, TimelineEntry
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry, Question
from dossierkit.store.edit import Insert, Put, Remove, apply, front_matter_values
from dossierkit.store.proposal import dump, load

PATH = "content/articles/2016/talks.md"
NAMES = [f"Name{letter}" for letter in "ABCDEFGH"]
SENTENCES = [f"On day {n} {NAMES[n]} came to the talks in town{n} and left on night {n}." for n in range(8)]
BODY = " ".join(SENTENCES) + "\n"
SETTINGS = settings(
    max_examples=settings.default.max_examples,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)


def entity(name, also=()):
    id_ = name.lower()
    return ProposedEntity(f"e-{id_}", id_, name, "person", True, (name,), 1, 0, 5, "q", 0.9, "r", also)


def entry(n, date, when, text, *, long, about=()):
    quote = SENTENCES[n] if long else SENTENCES[n].partition(" and ")[0]
    key = f"t-{n}-{date}-{long}"
    return ProposedEntry(key, date, when, text, quote, "", "", about, 0, 5, 0.9, "r")


ENTITY = st.builds(
    entity, st.sampled_from(NAMES), st.lists(st.sampled_from(["talks", "town1"]), unique=True).map(tuple)
)
ENTRY = st.builds(
    entry,
    st.integers(0, 7),
    st.sampled_from(["", "2016-01", "2016-02-03", "2016-01/2016-02"]),
    st.sampled_from(["day", "night"]),
    st.sampled_from(["A", "B: x", "C"]),
    long=st.booleans(),
    about=st.lists(st.sampled_from([name.lower() for name in NAMES[:3]]), max_size=2, unique=True).map(tuple),
)
PROPOSAL = st.builds(
    lambda entities, timeline: Proposal("x", "y", tuple(entities), tuple(timeline)),
    st.lists(ENTITY, max_size=5, unique_by=lambda one: one.entity),
    st.lists(ENTRY, max_size=5, unique_by=lambda one: one.key),
)
STATUS = st.sampled_from(["draft", "draft", "published"])


def drafted(proposal, status="draft"):
    """The page as the machine drafts it, a key a line."""
    lines = ["---", "title: Talks", f"status: {status}"]
    for name in LISTS:
        lines.append(f"{name}:" if proposal_items(proposal, name) else f"{name}: []")
        for offer in proposal_items(proposal, name):
            item = offer.item
            if isinstance(item, EntityRef):
                lines.append(
                    f"  - {{id: {item.id}, also: [{', '.join(item.also)}]}}"
                    if item.also
                    else f"  - {item.id}"
                )
                continue
            held = [
                ("date", item.date),
                ("when", item.when),
                ("text", f'"{item.text}"'),
                ("quote", f'"{item.quote}"'),
            ]
            given_ = [f"{key}: {value}" for key, value in held if value]
            given_ += [f"entities: [{', '.join(item.entities)}]"] if item.entities else []
            lines += [f"  - {given_[0]}", *(f"    {line}" for line in given_[1:])]
    return "\n".join([*lines, "---", BODY])


def page_of(text):
    return open_page(PATH, text, lambda body: body)


def updated(text, last, new):
    """One update: the new text, what is remembered (through its file), the merge."""
    page = page_of(text)
    merged = merge_page(page, last, new, merge_fields(page, {}, {}), [name.lower() for name in NAMES])
    return merged.text, load(dump(merged.proposal)), merged


def items(text):
    page = page_of(text)
    return [unplaced(one.item) for one in (*page.entities, *page.timeline)]


def came_items(text, merged):
    """What came: the last of the open proposals."""
    ids = {name.lower() for name in NAMES}
    page, new_ids = page_of(text), sum(one in ids for one in merged.added)
    entities = [one.item for one in page.entities if one.proposed]
    timeline = [one.item for one in page.timeline if one.proposed]
    return entities[len(entities) - new_ids :] + timeline[len(timeline) - len(merged.added) + new_ids :]


@st.composite
def desk(draw, text):
    """An editor at work: the page afterwards, the lines that are theirs, the items they deleted."""
    own, deleted = [], []
    for number in range(draw(st.integers(0, 4))):
        page = page_of(text)
        stands = [*page.entities, *page.timeline]
        kind = draw(st.sampled_from(["delete", "edit", "add", "comment", "accept"]))
        mark = f"hand {len(own)} {number} {draw(st.integers(0, 999))}"
        if kind == "add" or not stands:
            if draw(st.booleans()):
                text = apply(text, [Insert(("entities",), f"own-{draw(st.integers(0, 99))}", 0)])
            else:
                value = {"date": "2015", "text": mark, "quote": f"in town{draw(st.integers(0, 7))}"}
                text = apply(text, [Insert(("timeline",), value)])
                own.append(f"text: {mark}")
            continue
        chosen = draw(st.sampled_from(stands))
        try:
            if kind == "delete":
                text = apply(text, [Remove(chosen.path)])
                deleted.append(unplaced(chosen.item))
            elif kind == "accept" and chosen.proposed:
                raw = front_matter_values(text)["proposed"][chosen.path[1]][chosen.path[2]]
                text = apply(text, [Remove(chosen.path), Insert((chosen.path[1],), raw)])
            elif kind == "edit" and isinstance(chosen.item, TimelineEntry):
                field = draw(st.sampled_from(["text", "date"]))
                value = mark if field == "text" else f"19{draw(st.integers(10, 99))}"
                text = apply(text, [Put((*chosen.path, field), value, ())])
                own.append(value)
            elif kind == "comment" and not chosen.proposed:
                text, line = commented_at(text, chosen, mark)
                own.append(line)
        except ValueError:  # a comment of theirs stands in the way: they would find another way
            continue
    return text, own, deleted


def commented_at(text, chosen, mark):
    lines = text.split("\n")
    at = chosen.item.line - 1
    lines[at] += f"  # {mark}"
    return "\n".join(lines), f"# {mark}"


@SETTINGS
@given(PROPOSAL, PROPOSAL, STATUS, st.data())
def test_the_same_update_twice_changes_nothing(first, second, status, data):
    text, _, _ = data.draw(desk(drafted(first, status)))
    once, memory, merged = updated(text, first, second)
    twice, again, repeated = updated(once, memory, second)
    assert twice == once
    assert dump(again) == dump(memory)
    assert repeated.conflicts == merged.conflicts
    assert (repeated.added, repeated.removed, repeated.changed) == ((), (), ())


@SETTINGS
@given(st.lists(PROPOSAL, min_size=2, max_size=4), STATUS, st.data())
def test_no_line_of_an_editor_is_lost_and_nothing_rejected_comes_back(proposals, status, data):
    memory = proposals[0]
    text = drafted(memory, status)
    own, deleted = [], []
    for proposal in proposals[1:]:
        text, lines, gone = data.draw(desk(text))
        own = [line for line in own + lines if line in text]
        deleted += gone
        before = items(text)
        deleted = [item for item in deleted if not any(same_claim(item, one) for one in before)]
        text, memory, merged = updated(text, memory, proposal)
        for line in own:
            assert line in text
        for item in deleted:
            assert not any(same_claim(item, one) for one in came_items(text, merged))
            assert not any(same(item, one) for one in items(text))
        assert text.endswith(f"---\n{BODY}")
        assert [*memory.rejected] == sorted(memory.rejected, key=astuple)


@SETTINGS
@given(st.lists(PROPOSAL, min_size=1, max_size=4))
def test_without_an_editor_a_draft_holds_what_was_proposed_last(proposals):
    memory, text = proposals[0], drafted(proposals[0])
    for proposal in proposals[1:]:
        text, memory, _ = updated(text, memory, proposal)
    wanted = {offer.item for name in LISTS for offer in proposal_items(proposals[-1], name)}
    assert {key(item) for item in items(text)} == {key(item) for item in wanted}


@SETTINGS
@given(PROPOSAL, PROPOSAL, st.data())
def test_new_items_come_among_the_proposed_and_leave_the_lists_of_the_page_alone(first, second, data):
    text, _, _ = data.draw(desk(drafted(first, "published")))
    once, _, merged = updated(text, first, second)
    before, after = front_matter_values(text), front_matter_values(once)
    assert (before["entities"], before["timeline"]) == (after["entities"], after["timeline"])
    proposed = after.get("proposed") or {}
    assert len(merged.added) <= sum(len(proposed.get(name) or ()) for name in LISTS)


@SETTINGS
@given(PROPOSAL, PROPOSAL, st.data())
def test_a_page_is_the_same_bytes_where_the_proposal_is_the_same(first, second, data):
    text, _, _ = data.draw(desk(drafted(first)))
    assert updated(text, first, replace(first, extractor="other"))[0] == text
    crlf = text.replace("\n", "\r\n")
    assert updated(crlf, first, second)[0] == updated(text, first, second)[0].replace("\n", "\r\n")


def same(one, other):
    return unplaced(one) == unplaced(other) or (
        one.__class__ is EntityRef is other.__class__ and one.id == other.id
    )


def key(item):
    if isinstance(item, EntityRef):
        return (item.id, frozenset(item.also))
    return (item.date, item.when, item.text, item.quote, frozenset(item.entities))


@SETTINGS
@given(PROPOSAL, PROPOSAL, PROPOSAL, st.data())
def test_when_an_editor_deletes_does_not_matter(first, more, third, data):
    """Deleted before or after an update that proposes the same and more: out of the page either way, for good."""
    ids, keys = {one.entity for one in first.entities}, {one.key for one in first.timeline}
    second = replace(
        first,
        entities=(*first.entities, *(one for one in more.entities if one.entity not in ids)),
        timeline=(*first.timeline, *(one for one in more.timeline if one.key not in keys)),
    )
    text = drafted(first)
    stands = [*page_of(text).entities, *page_of(text).timeline]
    assume(stands)
    path = data.draw(st.sampled_from(stands)).path
    chosen = next(one.item for one in stands if one.path == path)
    early, memory, _ = updated(apply(text, [Remove(path)]), first, second)
    early, _, _ = updated(early, memory, third)
    late, memory, _ = updated(text, first, second)
    late, _, _ = updated(apply(late, [Remove(path)]), memory, third)
    for page in (early, late):
        assert not any(same(chosen, item) for item in items(page))
    if isinstance(chosen, EntityRef):
        assert {key(item)[:-1] for item in items(early)} == {key(item)[:-1] for item in items(late)}


def test_the_case_of_one_sentence_with_two_claims():
    claims = [entry(1, "2016-01", "day", "A", long=True), entry(1, "2016-02-03", "night", "B", long=True)]
    first = Proposal("x", "y", (), tuple(claims))
    text = apply(drafted(first), [Remove(("timeline", 1))])
    once, memory, merged = updated(text, first, first)
    assert once == text
    assert [one.date for one in memory.rejected] == ["2016-02-03"]
    assert merged.conflicts == ()


@SETTINGS
@given(st.lists(PROPOSAL, min_size=2, max_size=4), STATUS, st.data())
def test_as_long_as_the_text_is_the_same_only_another_date_is_a_conflict(proposals, status, data):
    """Never a heading, a quote or an item that is no longer proposed: an upgrade asks nothing about what was decided."""
    memory = proposals[0]
    text = drafted(memory, status)
    for proposal in proposals[1:]:
        text, _, _ = data.draw(desk(text))
        text, memory, merged = updated(text, memory, proposal)
        assert {one.field for one in merged.conflicts} <= {"timeline.date"}


@SETTINGS
@given(st.lists(PROPOSAL, min_size=2, max_size=4), st.data())
def test_what_was_accepted_stays_through_all_upgrades_and_is_never_asked_about_again(proposals, data):
    memory, text = proposals[0], drafted(proposals[0])
    keys = [offer.key for name in LISTS for offer in proposal_items(memory, name)]
    assume(keys)
    accepted = data.draw(st.sets(st.sampled_from(keys), min_size=1))
    kept = [offer.item for name in LISTS for offer in proposal_items(memory, name) if offer.key in accepted]
    memory = replace(memory, by_item=True, drafted=memory.keys, accepted=tuple(sorted(accepted)))
    for proposal in proposals[1:]:
        text, memory, _ = updated(text, memory, proposal)
        waiting = [one.page_item.item for one in open_items(page_of(text), memory) if not one.conflict]
        for item in kept:
            assert any(decided(item, one) for one in items(text))
            assert not any(decided(item, unplaced(one)) for one in waiting)


@SETTINGS
@given(PROPOSAL, PROPOSAL, st.data())
def test_an_upgrade_forgets_no_decision_in_the_figures(first, second, data):
    """Of a page in which everything is accepted or rejected, `dossier stats` says the same after any upgrade."""
    assume(first.keys)
    text, memory = drafted(first), replace(first, by_item=True, drafted=first.keys)
    while waiting := open_items(page_of(text), memory):
        decision = data.draw(st.sampled_from([accept, reject]))
        done = decision(page_of(text), memory, waiting[0])
        text, memory = done.text, done.proposal
    before = score(list(verdicts(page_of(text), memory, {}, {})))
    text, memory, _ = updated(text, memory, second)
    after = score(list(verdicts(page_of(text), memory, {}, {})))
    assert after.kept + after.edited == before.kept + before.edited
    assert bool(after.rejected) == bool(before.rejected)  # of claims that are alike, one counts


def decided(accepted, item):
    """Whether an item is the accepted one; a date may have been filled in."""
    if isinstance(accepted, EntityRef):
        return isinstance(item, EntityRef) and item.id == accepted.id
    return isinstance(item, TimelineEntry) and (
        (item.text, item.quote) == (accepted.text, accepted.quote)
        and (not accepted.date or item.date == accepted.date)
    )


@SETTINGS
@given(PROPOSAL, PROPOSAL, STATUS, st.integers(0, 7))
def test_a_question_ends_when_the_words_are_in_the_text_again(first, second, status, number):
    """A source loses a sentence and gets it back: the page is as if nothing had happened, but for what was proposed anew."""
    accepted = replace(first, accepted=first.keys)
    text, without = drafted(first, status), BODY.replace(SENTENCES[number], "")
    lost, memory, merged = updated(text.replace(BODY, without), accepted, second)
    about = [entry.quote for entry in first.timeline if entry.quote in SENTENCES[number]]
    assert sum(one.field == "timeline" for one in merged.conflicts) <= len(about)
    back, _, merged = updated(lost.replace(without, BODY), memory, first)
    assert {one.field for one in merged.conflicts} <= {"timeline.date"}
    assert [key(one)[1:] for one in page_items(back)] == [key(one)[1:] for one in page_items(text)]


def page_items(text):
    """The page's own items, without those that wait."""
    page = page_of(text)
    return [unplaced(one.item) for one in (*page.entities, *page.timeline) if not one.proposed]


def test_a_heading_that_both_sides_word_anew_is_the_editors():
    claims = [entry(1, "2016-01", "day", text, long=True) for text in ("A", "B: x", "C")]
    first, second, third = (Proposal("x", "y", (), (claim,)) for claim in claims)
    text = apply(drafted(first), [Put(("timeline", 0, "text"), "Mine")])
    once, memory, merged = updated(text, first, second)
    assert (once, merged.conflicts) == (text, ())
    twice, _, merged = updated(once, memory, third)
    assert (twice, merged.conflicts) == (text, ())


def test_what_an_entry_had_become_is_rejected_with_it():
    claim = entry(1, "", "day", "A", long=True)
    first, second, third = (
        Proposal("x", "y", (), (replace(claim, key=f"{date}{when}", date=date, when=when),))
        for date, when in (("", "day"), ("2016-01", "day"), ("", "night"))
    )
    text, memory, _ = updated(drafted(first, "published"), first, second)
    assert updated(apply(text, [Remove(("timeline", 0))]), memory, third)[2].added == ()


@pytest.mark.parametrize(("date", "rejected"), [("2015-07", ["2016-01"]), ("2016-01-09", [])])
def test_a_claim_that_an_editor_dated_otherwise_is_rejected_and_one_dated_more_precisely_is_not(
    date, rejected
):
    claim = entry(1, "2016-01", "", "A", long=True)
    first = Proposal("x", "y", (), (claim,))
    text = apply(drafted(first, "published"), [Put(("timeline", 0, "date"), date)])
    for _ in range(2):
        text, memory, _ = updated(text, first, first)
        assert [one.date for one in items(text)] == [date]
        assert [one.date for one in memory.rejected] == rejected


def test_an_entry_that_was_edited_is_found_again_beside_others_that_were_not():
    claims = entry(0, "2016-01", "day", "A", long=True), entry(1, "2016-02", "day", "C", long=True)
    first = Proposal("x", "y", (), claims)
    page = apply(drafted(first, "published"), [Put(("timeline", 1, "date"), "2016-02-03")])
    memory = first
    for _ in range(3):
        text, memory, merged = updated(page, memory, first)
        assert (text, memory.rejected, merged.added) == (page, (), ())


def test_an_entry_that_an_editor_stands_for_is_not_taken_for_one_that_was_taken_out():
    """Same date and heading, other words: one was withdrawn and is kept, the other deleted."""
    kept, gone = entry(0, "2016-01", "day", "A", long=False), entry(1, "2016-01", "day", "A", long=False)
    both, one = Proposal("x", "y", (), (kept, gone)), Proposal("x", "y", (), (gone,))
    text, memory, _ = updated(drafted(both, "published"), both, one)
    once, memory, _ = updated(apply(text, [Remove(("timeline", 1))]), memory, both)
    assert [item.quote for item in items(once)] == [kept.quote]
    assert [item.quote for item in memory.rejected] == [gone.quote]


def test_an_entry_that_an_editor_wrote_and_the_machine_proposes_by_now_is_rejected_by_nobody():
    claim = entry(0, "2016-01", "", "A", long=False)
    mine = replace(entry(1, "2016-02-03", "", "C", long=False), key=claim.key)
    page = drafted(Proposal("x", "y", (), (mine,)), "published")
    first, second = (Proposal("x", "y", (), (one,)) for one in (claim, mine))
    text, memory, _ = updated(page, first, second)
    assert (text, memory.rejected) == (page, ())


def test_what_helps_to_find_a_quote_stays_with_an_editors_quote():
    claim = entry(1, "2016-01", "day", "A", long=True)
    first = Proposal("x", "y", (), (claim,))
    second = Proposal("x", "y", (), (replace(claim, quote="NameB came to the talks", prefix="On day 1 "),))
    text = apply(drafted(first), [Put(("timeline", 0, "quote"), "to the talks in town1")])
    once, _, merged = updated(text, first, second)
    assert once == text
    assert merged.conflicts == ()
    corrected = text.replace("came to the talks in town1", "came to the talks in Town 1")
    corrected = corrected.replace("quote: to the talks in town1", "quote: to the talks in town1  # asked")
    once, _, merged = updated(corrected, first, second)
    assert once == corrected
    assert [(one.field, one.machine) for one in merged.conflicts] == [
        ("timeline.quote", "NameB came to the talks")
    ]


@SETTINGS
@given(PROPOSAL, PROPOSAL, st.data())
def test_a_rejected_claim_takes_no_other_claim_of_its_sentence_with_it(first, second, data):
    """Of several claims with one quote, those stay that nobody took out, and stay out those that somebody did."""
    text = drafted(first)
    stands = page_of(text).timeline
    assume(stands)
    gone = data.draw(st.sampled_from(stands))
    once, memory, _ = updated(apply(text, [Remove(gone.path)]), first, first)
    kept = [key(one.item) for one in stands if one.path != gone.path]
    assert [key(one.item) for one in page_of(once).timeline] == kept
    assert updated(once, memory, first)[0] == once


@pytest.mark.parametrize("long", [True, False])
def test_two_claims_of_one_sentence_and_one_date_are_two(long):
    """Rejecting one takes nothing from the other, whether it was proposed with it or comes later."""
    one = entry(1, "2016-01", "day", "A", long=True)
    other = replace(entry(1, "2016-01", "night", "B: x", long=long), key="t-other")
    both = Proposal("x", "y", (), (one, other))
    for rejected, stays in ((one, other), (other, one)):
        reworded = replace(both, timeline=(replace(rejected, when="later"),))
        alone = replace(both, timeline=(rejected,))
        once, memory, _ = updated(apply(drafted(alone), [Remove(("timeline", 0))]), alone, alone)
        later, memory, merged = updated(once, memory, both)
        assert merged.added == (f"2016-01 {stays.text}",)
        assert updated(later, memory, alone)[2].added == ()
        assert updated(later, memory, reworded)[2].added == ()
        text = apply(drafted(both), [Remove(("timeline", both.timeline.index(rejected)))])
        once, memory, _ = updated(text, both, both)
        assert once == text
        gone, memory, _ = updated(once, memory, alone)
        _, _, merged = updated(gone, memory, both)
        assert merged.added == (f"2016-01 {stays.text}",)


def test_an_entry_dated_by_an_editor_stays_so_and_a_second_opinion_is_a_conflict():
    first = Proposal("x", "y", (), (entry(1, "2016-01", "day", "A", long=True),))
    second = Proposal("x", "y", (), (entry(1, "2016-02-03", "day", "B", long=True),))
    text = apply(drafted(first), [Put(("timeline", 0, "date"), "2014")])
    once, memory, merged = updated(text, first, second)
    assert once == text.replace('text: "A"', 'text: "B"')
    assert [(one.field, one.page, one.machine) for one in merged.conflicts] == [
        ("timeline.date", "2014", "2016-02-03")
    ]
    settled = apply(once, [Put(("timeline", 0, "date"), "2016-02-03")])
    assert updated(settled, memory, second)[2].conflicts == ()


def test_what_the_page_does_not_say_any_more_is_not_proposed():
    new = Proposal("x", "y", (entity("NameA"), entity("NameB")), (entry(0, "2016", "day", "A", long=True),))
    text = drafted(Proposal("x", "y")).replace(SENTENCES[0], "")
    once, memory, _ = updated(text, Proposal("x", "y"), new)
    assert front_matter_values(once)["proposed"] == {"entities": ["nameb"]}
    assert memory.notes == ("left out, since the page's text does not have their words: 2",)


def test_lists_are_named_once():
    assert (ENTITIES, TIMELINE) == LISTS


def test_a_key_moment_stays_one_and_stays_in_the_page():
    """Whatever the machine says of the entry later: the mark is an editor's."""
    last = Proposal("x", "y", (), (entry(1, "2016-01", "day", "A", long=False),))
    marked = drafted(last).replace('text: "A"', 'text: "A"\n    key: true')
    reworded = replace(last, timeline=(replace(last.timeline[0], text="C"),))
    for new in (reworded, Proposal("x", "y", (), ())):
        text, _, _ = updated(marked, last, new)
        assert "    key: true\n" in text
        assert page_of(text).timeline[0].item.key


SAID = "The council of the valley said in its report that the gauges were broken."


def of_quotes(*quotes):
    """A proposal with an entry of one day for each quote."""
    like = entry(0, "2016-02-03", "", "A", long=False)
    return Proposal("x", "y", (), tuple(replace(like, key=quote[:40], quote=quote) for quote in quotes))


def edition(text, *sentences):
    """The page with these sentences as its text."""
    return text.replace(BODY, " ".join(sentences) + "\n")


@pytest.mark.parametrize(
    ("sentences", "asked"),
    [
        ([SAID.replace("said", "wrote")], "timeline.quote"),
        ([SAID.replace("said", "wrote"), SAID.replace("said", "held")], "timeline"),  # which of the two?
        (["Nobody had read the gauges before the council met."], "timeline"),
        ([SAID, SAID.replace("said", "wrote")], ""),  # the quote is still there
    ],
)
def test_only_the_one_quote_that_is_nearly_the_same_takes_the_place_of_one_that_went(sentences, asked):
    first, second = of_quotes(SAID), of_quotes(*(one for one in sentences if one != SAID))
    text = edition(drafted(first, "published"), *sentences)
    once, memory, merged = updated(text, first, second)
    assert [one.field for one in merged.conflicts] == [asked][: bool(asked)]
    assert SAID in [item.quote for item in items(once)]
    again, _, merged = updated(once, memory, second)
    assert (again, [one.field for one in merged.conflicts]) == (once, [asked][: bool(asked)])


def test_what_was_taken_out_stays_out_in_other_words():
    first, second = of_quotes(SAID), of_quotes(SAID.replace("said", "wrote"))
    text = apply(edition(drafted(first), SAID.replace("said", "wrote")), [Remove(("timeline", 0))])
    once, memory, merged = updated(text, first, second)
    assert (once, merged.added) == (text, ())
    assert updated(once, memory, second)[0] == once


def test_an_untouched_draft_follows_the_new_words():
    first, second = of_quotes(SAID), of_quotes(SAID.replace("said", "wrote"))
    text = edition(drafted(first), SAID.replace("said", "wrote"))
    once, _, merged = updated(text, first, second)
    assert [item.quote for item in items(once)] == [SAID.replace("said", "wrote")]
    assert merged.conflicts == ()


@pytest.mark.parametrize(
    ("page", "last", "new", "kept", "asked"),
    [
        ("2016-01-15", "2016", "2016-01", "2016-01-15", 0),  # vaguer than what the page says by now
        ("2016-01-15", "2016", "2016-02", "2016-01-15", 1),
        ("2016", "2016", "2016-01-15", "2016-01-15", 0),
        ("2016-01-15", "2016-01-15", "2016", "2016", 0),  # nobody made it closer: the page follows
    ],
)
def test_a_date_that_somebody_made_closer_gives_way_to_no_vaguer_one(page, last, new, kept, asked):
    before = page_of(f"---\ntitle: Talks\ndate: {page}\nstatus: draft\n---\n{BODY}")
    merged = merge_fields(before, {"date": last}, {"date": new})
    assert (merged.values["date"], len(merged.conflicts)) == (kept, asked)


@pytest.mark.parametrize(("new", "asked"), [("Talks", 0), ("Peace talks", 0), ("Talks end", 1)])
def test_a_title_that_an_editor_changed_is_asked_about_only_if_the_machine_has_another_too(new, asked):
    before = page_of(f"---\ntitle: Peace talks\ndate: 2016\nstatus: draft\n---\n{BODY}")
    merged = merge_fields(before, {"title": "Talks"}, {"title": new})
    assert (merged.values["title"], len(merged.conflicts)) == ("Peace talks", asked)


def test_a_question_about_a_form_is_open_until_the_form_is_given_to_one_or_the_question_is_settled():
    question = Question("q-name", "Who is Name?", ("namea", "nameb"), SENTENCES[0], "Name")
    last = Proposal("x", "y", (), (), questions=(question,))
    entities = "entities:\n  - namea\n  - {id: nameb, also: [@]}\n"
    text = f"---\ntitle: Talks\nstatus: draft\n{entities}---\n{BODY}"
    unanswered, answered = (page_of(text.replace("@", form)) for form in ("Other", "Name"))
    assert open_questions(unanswered, last) == (question,)
    assert open_questions(answered, last) == ()
    assert open_questions(unanswered, replace(last, accepted=("q-name",))) == ()


def test_a_name_of_its_own_in_another_spelling_answers_no_question():
    question = Question("q-hale", "Which of these is “Al-Hale”?", ("ada", "jean"), SENTENCES[0], "Al-Hale")
    last = Proposal("x", "y", (), (), questions=(question,))
    own = "entities:\n  - {name: @, type: person, also: [Al-Hale]}\n"
    of_its_own, of_another = (
        page_of(f"---\ntitle: Talks\nstatus: draft\n{own.replace('@', name)}---\n{BODY}")
        for name in ("al-Hale", "Ada al-Hale")
    )
    assert open_questions(of_its_own, last) == (question,)
    assert open_questions(of_another, last) == ()
