"""Which sentences the network need not read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.extract.names.installed import worth_reading
from dossierkit.text.segment import sentences

SMALL = st.sampled_from(["the", "talks", "went", "on", "for", "hours", "über", "être"])
NAMES = st.sampled_from(["Ada", "UN", "al-Karim", "Zürich", "Élise", "جنيف", "日本"])


def read(text: str) -> list[str]:
    spans = [(one.start, one.end) for one in sentences(text)]
    return [text[start:end] for start, end in worth_reading(text, spans)]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("The talks went on. By then the hours by the lake were over.", []),
        ("Talks went on in Geneva. On it went.", ["Talks went on in Geneva."]),
        ("The talks failed. Lyons said that the talks failed.", ["Lyons said that the talks failed."]),
        ("McKay left. The others left, the officer said.", ["McKay left."]),
        ("123, 45 – 6.", []),
    ],
)
def test_a_sentence_is_read_if_a_capital_in_it_may_be_a_name(text: str, kept: list[str]) -> None:
    assert read(text) == kept


@given(st.lists(SMALL, min_size=1, max_size=8), NAMES, st.lists(SMALL, max_size=8))
def test_no_sentence_with_a_capital_beyond_its_first_word_is_left_out(
    before: list[str], name: str, after: list[str]
) -> None:
    text = " ".join([before[0].capitalize(), *before[1:], name, *after]) + "."
    assert worth_reading(text, [(0, len(text))]) == [(0, len(text))]
