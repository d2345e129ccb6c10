"""Files of proposals: what is written is read back equal, and a damaged file is refused."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.page import TimelineEntry
from dossierkit.model.proposal import Edited, Proposal, ProposedEntity, ProposedEntry, Question
from dossierkit.model.provenance import claims
from dossierkit.store.proposal import dump, load, load_claims
from dossierkit.store.yamltext import date, flow, scalar

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.sampled_from(
    ["no", "yes", "y", "null", "~", "007", "1e3", "12:30", "2016-05-30", "a: b", "# x", "- x", "'", '"', "a #b", " a ", "[a]",
     "{{ 7*7 }}", "---", "\x00", "\u2028", "\u0085", "\ud7ff", "=", "<<", "!tag", "&a", "*a", "%x", "@x", "`x", "True", "1_000"]
)  # fmt: skip
tuples = st.lists(texts, max_size=3).map(tuple)
scores = st.floats(0, 1)
offsets = st.integers(0, 10**9)
entities = st.builds(
    ProposedEntity,
    texts,
    texts,
    texts,
    texts,
    st.booleans(),
    tuples,
    offsets,
    offsets,
    offsets,
    texts,
    scores,
    texts,
    tuples,
)
entries = st.builds(
    ProposedEntry,
    texts,
    texts,
    texts,
    texts,
    texts,
    texts,
    texts,
    tuples,
    offsets,
    offsets,
    scores,
    texts,
    texts,
)
questions = st.builds(Question, texts, texts, tuples, texts)
proposals = st.builds(
    Proposal,
    texts,
    texts,
    st.lists(entities, max_size=3).map(tuple),
    st.lists(entries, max_size=3).map(tuple),
    st.lists(questions, max_size=2).map(tuple),
    tuples,
)


@settings(max_examples=3 * settings.default.max_examples, deadline=None)
@given(proposals)
def test_what_is_written_is_read_back_equal(proposal):
    text = dump(proposal)
    assert load(text) == proposal
    assert dump(load(text)) == text
    assert load(text.encode().decode()) == proposal


@settings(max_examples=5 * settings.default.max_examples, deadline=None)
@given(texts)
def test_a_scalar_is_the_same_string_in_block_and_flow(text):
    assert yaml.safe_load(f"a: {scalar(text)}\nb: {flow((text, text))}\n") == {"a": text, "b": [text, text]}
    assert "\n" not in scalar(text)


def test_dates_are_written_as_people_write_them():
    assert [
        date(text) for text in ("2016-05-30", "2016-05", "2016", "2012/..", "2016-01-21~/2016-01-31")
    ] == [
        "2016-05-30",
        "2016-05",
        '"2016"',
        "2012/..",
        "2016-01-21~/2016-01-31",
    ]


def test_the_file_is_one_fact_a_line_and_says_whose_it_is():
    entity = ProposedEntity(
        "k1",
        "alloush",
        "Mohammad Alloush",
        "person",
        True,
        ("Mohammad Alloush", "Alloush"),
        3,
        10,
        26,
        "He: quit.",
        0.5,
        "known",
    )
    assert dump(Proposal("dossierkit 0.1", "abc", entities=(entity,))) == (
        "# What the machine proposed from the source beside this file. It is written anew by `dossier update`:\n"
        "# do not edit it; decide in the article's page, or with `dossier review`.\n"
        'extractor: "dossierkit 0.1"\n'
        'input: "abc"\n'
        "entities:\n"
        "  - key: k1\n"
        "    entity: alloush\n"
        "    name: Mohammad Alloush\n"
        "    type: person\n"
        "    known: true\n"
        "    forms: [Mohammad Alloush, Alloush]\n"
        "    mentions: 3\n"
        "    start: 10\n"
        "    end: 26\n"
        '    quote: "He: quit."\n'
        "    score: 0.5\n"
        "    reason: known\n"
        "timeline: []\n"
        "questions: []\n"
        "notes: []\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "a: [",
        "entities: 3",
        "entities: [x]",
        "entities: [{key: a}]",
        "entities: [{start: 'x'}]",
        "timeline: [{other: 1}]",
    ],
)
def test_a_file_that_was_merged_wrongly_is_refused_with_what_to_do(text):
    with pytest.raises(DiagnosticsError, match=r"seeds/x\.suggested\.yml:.*D407.*dossier update"):
        load(text, "seeds/x.suggested.yml")


edited = st.builds(Edited, texts, texts, texts, texts)


@given(
    st.builds(
        Proposal,
        texts,
        texts,
        entities=st.lists(entities, max_size=2).map(tuple),
        timeline=st.lists(entries, max_size=4).map(tuple),
        notes=tuples,
        accepted=tuples,
        edited=st.lists(edited, max_size=2).map(tuple),
        by_item=st.booleans(),
        drafted=tuples,
    )
)
def test_where_entries_come_from_is_read_as_all_of_the_file_says_it(proposal):
    timeline = tuple(
        TimelineEntry(one.text, one.quote, one.date) for one in (*proposal.timeline, *proposal.edited)
    )
    assert claims(timeline, load_claims(dump(proposal))) == claims(timeline, load(dump(proposal)))


@pytest.mark.parametrize(
    ("text", "maker"),
    [
        ("extractor: x 1\ntimeline:\n  - {key: k, text: a, quote: b, start: 0, end: 1, score: 1.0}\n", "x 1"),
        ("extractor: 'y 2'\n\ntimeline:\n- key: k\n  text: a\n  quote: b\n  start: 0\n  end: 1\n  score: 1.0\n", "y 2"),
    ],
)  # fmt: skip
def test_a_file_that_another_program_wrote_anew_says_the_same(text, maker):
    entry = TimelineEntry("a", "b")
    (origin,) = claims((entry,), load_claims(text)).values()
    assert (origin.maker, origin.became) == (maker, "accepted")


@pytest.mark.parametrize(
    "text", ["", "timeline: 7", "extractor: x\n<<<<<<< a\ntimeline: []\n", "extractor: x\ntimeline: 7\n"]
)
def test_where_entries_come_from_is_not_read_from_a_broken_file(text):
    with pytest.raises(DiagnosticsError, match="D407"):
        load_claims(text, "seeds/x.suggested.yml")
