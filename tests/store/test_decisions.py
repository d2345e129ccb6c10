"""What people decided against, in a file for people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.model.decision import Decision
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.store.decisions import added, dump, load
from dossierkit.text.fold import fold

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
DECISIONS = st.one_of(
    st.builds(lambda name: Decision("junk", name), WORDS),
    st.builds(lambda name: Decision("other_type", name, "place"), WORDS),
    st.builds(lambda name: Decision("heading", name), WORDS),
)
PAIRS = st.builds(
    lambda kind, two: Decision(kind, "Ada", "", two), st.sampled_from(["same", "not_same"]), WORDS
)


@given(st.lists(DECISIONS, max_size=6))
def test_one_after_another_gives_the_same_file_in_any_order(decisions):
    said = [one for one in decisions if one.kind != "other_type"]
    files = []
    for order in (said, said[::-1]):
        text = ""
        for one in order:
            text = added(text, one)
        files.append(text)
    assert files[0] == files[1]
    assert load(files[0]) == tuple(sorted(set(said)))


@given(st.lists(DECISIONS, max_size=3), PAIRS, PAIRS)
def test_the_contrary_takes_the_place_of_what_was_decided(decisions, one, two):
    text = added(added(dump(decisions), one), two)
    assert two in load(text)
    assert (one in load(text)) == (one == two or fold(one.other) != fold(two.other))


def test_comments_and_the_lines_around_stay_as_they_are():
    text = (
        "# ours\n- {decision: junk, name: Bay}  # seen in 40 articles\n# she signs so\n"
        "- {decision: same, name: A. M, other: Ada M}\n"
    )
    assert added(text, Decision("not_same", "A", "", "B")) == text.replace(
        "# she", "- {decision: not_same, name: A, other: B}\n# she"
    )
    assert added(text, Decision("heading", "In * on")) == text.replace(
        "- {decision: junk", '- {decision: heading, begins: "In * on"}\n- {decision: junk'
    )
    assert added(text, Decision("junk", "Bay")) == text


def test_the_first_decision_leaves_what_somebody_wrote_into_an_empty_file():
    one = Decision("junk", "Bay")
    assert added("", one) == added("\n", one) == dump([one])
    assert added("# Ours.\n", one) == "# Ours.\n- {decision: junk, name: Bay}\n"


APART, JUNK = Decision("not_same", "Ada", "", "Ada M"), Decision("junk", "Bay")
SAME = "{decision: same, name: Ada, other: Ada M}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- decision: same\n  name: Ada\n  other: Ada M\n- {decision: junk, name: Bay}\n",
            "- {decision: junk, name: Bay}\n- {decision: not_same, name: Ada, other: Ada M}\n",
        ),
        (
            "- {decision: junk, name: Bay}\n- {decision: same,\n   name: Ada,\n   other: Ada M}\n# ours\n",
            "- {decision: junk, name: Bay}\n# ours\n- {decision: not_same, name: Ada, other: Ada M}\n",
        ),
        (
            f"- # by her\n  {SAME}\n-\n  {{decision: junk, name: Bay}}\n",
            "-\n  {decision: junk, name: Bay}\n- {decision: not_same, name: Ada, other: Ada M}\n",
        ),
        (
            "- decision: junk\n  name: Bay\n- decision: same\n  other: Ada M\n  name: >\n    Ada\n",
            "- decision: junk\n  name: Bay\n- {decision: not_same, name: Ada, other: Ada M}\n",
        ),
        (
            "- decision: same\n  name: Ada\n  other: Ada M\n# seen often\n- {decision: junk, name: Bay}\n",
            "# seen often\n- {decision: junk, name: Bay}\n- {decision: not_same, name: Ada, other: Ada M}\n",
        ),
        (
            f"- {SAME}\n- {{decision: junk, name: Bay}}  # ours",
            "- {decision: junk, name: Bay}  # ours\n- {decision: not_same, name: Ada, other: Ada M}\n",
        ),
        (
            f"  - {{decision: junk, name: Bay}}\n  - {SAME}\n",
            "  - {decision: junk, name: Bay}\n  - {decision: not_same, name: Ada, other: Ada M}\n",
        ),
        (
            f"[{SAME}, {{decision: junk, name: Bay}}]  # ours\n",
            "# ours\n- {decision: junk, name: Bay}\n- {decision: not_same, name: Ada, other: Ada M}\n",
        ),
    ],
)
def test_of_what_a_person_wrote_in_another_form_only_the_contrary_goes(text, expected):
    assert JUNK in load(text)
    assert added(text, APART) == expected
    assert load(expected) == (JUNK, APART)


@pytest.mark.parametrize(
    ("text", "head"), [("# Ours.\n[]\n", "# Ours.\n"), ("[]\n", dump([])), ("''", dump([]))]
)
def test_a_list_that_is_written_as_empty_takes_its_first_decision(text, head):
    assert added(text, JUNK) == f"{head}- {{decision: junk, name: Bay}}\n"


@given(st.lists(DECISIONS, max_size=6))
def test_what_is_written_is_read_back_whatever_the_order(decisions):
    assert load(dump(decisions)) == tuple(sorted(set(decisions)))
    assert dump(reversed(decisions)) == dump(decisions)


def test_a_line_is_a_decision_and_lines_of_two_branches_stand_together():
    one, other = Decision("junk", "Secretary"), Decision("junk", "Spokesman")
    head = "".join(line for line in dump([]).splitlines(keepends=True) if line.startswith("#"))
    lines = [dump([decision]).removeprefix(head) for decision in (other, one, one)]
    assert lines[1] == "- {decision: junk, name: Secretary}\n"
    assert load(head + "".join(lines)) == (one, other)


@pytest.mark.parametrize(
    ("text", "at", "what"),
    [
        ("junk: x\n", "1:1", "not a list"),
        ("junk\n", "1:1", "not a list"),
        ("- {decision: junk, name: \x00}\n", "1:1", "not YAML"),
        ("- junk\n", "1:3", "not a known decision"),
        ("- {decision: junk}\n", "1:3", "`junk` has no `name`"),
        ("- {decision: junk, name: [x]}\n", "1:26", "`name` is not a name"),
        ("- {decision: junk, name: ' '}\n", "1:26", "`name` is not a name"),
        ("- {decision: maybe, name: x}\n", "1:14", "“maybe” is not a known decision"),
        ("# a\n- {decision: other_type, name: x, type: ship}\n", "2:41", "`ship` is not a type: use person"),
        ("- {decision: junk, name: x, why: y}\n", "1:34", "`junk` takes no `why`"),
        ("- {decision: heading, name: x}\n", "1:3", "`heading` has no `begins`"),
        ("- {decision: junk\n", "2:1", "not YAML"),
        (
            "- {decision: other_type, name: X, type: place}\n- {decision: other_type, name: x, type: person}\n",
            "2:1",
            "“x” is of type person, but line 1 says that “X” is of type place: take one of the two lines out",
        ),
        (
            "- {decision: same, name: X, other: Y}\n- {decision: not_same, name: y, other: x}\n",
            "2:1",
            "but line 1 says that “X” is the same as “Y”",
        ),
    ],
)
def test_anything_else_is_a_problem_with_its_place(text, at, what):
    with pytest.raises(DiagnosticsError) as caught:
        load(text)
    (problem,) = caught.value.problems
    assert str(problem).startswith(f"seeds/decisions.yml:{at}: D410 ")
    assert what in problem.message


def test_a_key_that_a_line_has_twice_is_a_problem_with_its_place():
    with pytest.raises(DiagnosticsError) as caught:
        load("- {decision: junk, name: x}\n- {decision: junk, name: y, name: z}\n")
    (problem,) = caught.value.problems
    assert str(problem).startswith(
        "seeds/decisions.yml:2:29: D103 the key `name` occurs twice (first on line 2)"
    )


def test_every_line_that_cannot_be_read_is_said():
    with pytest.raises(DiagnosticsError) as caught:
        load("- junk\n- {decision: junk, name: x}\n- {decision: same, name: y}\n")
    assert [problem.line for problem in caught.value.problems] == [1, 3]


def test_what_yaml_would_take_for_something_else_is_a_name_as_it_was_typed():
    assert load("- {decision: junk, name: 007}\n- {decision: junk, name: No}\n") == (
        Decision("junk", "007"),
        Decision("junk", "No"),
    )
