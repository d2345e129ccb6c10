"""What people decided against, in a file for people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.model.decision import Decision
from dossierkit.model.problem import ProblemsError
from dossierkit.store.decisions import dump, load

WORDS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
DECISIONS = st.one_of(
    st.builds(lambda name: Decision("junk", name), WORDS),
    st.builds(lambda name: Decision("other_type", name, "place"), WORDS),
    st.builds(lambda one, two: Decision("not_same", one, "", two), WORDS, WORDS),
)


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
    "text",
    [
        "junk: x\n",
        "- junk\n",
        "- {decision: junk}\n",
        "- {decision: junk, name: [x]}\n",
        "- {decision: maybe, name: x}\n",
        "- {decision: other_type, name: x, type: ship}\n",
        "- {decision: junk, name: x, why: y}\n",
        "- {decision: junk\n",
    ],
)
def test_anything_else_is_a_problem_with_its_code(text):
    with pytest.raises(ProblemsError) as caught:
        load(text)
    assert [problem.code for problem in caught.value.problems] == ["D410"]
