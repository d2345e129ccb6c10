"""Which sentences of a chronicle in another language than English are their own headings, and why others are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossierkit.extract.events.items import REASONS, ChronicleItem, against
from dossierkit.extract.headings.plain_pieces import plain_words

FRENCH = plain_words("fr")
assert FRENCH is not None
GOOD = ChronicleItem("Le conseil ferme la mine.", "Le conseil ferme la mine", True, True, True, False, FRENCH)
CASES = {
    "its date stands within it": replace(GOOD, dated=False),
    "it goes on in its line": replace(GOOD, opens=False),
    "it tells of nothing": ChronicleItem(
        "Une mine fermée", "Une mine fermée", True, True, False, False, FRENCH
    ),
    "its heading is cut": replace(GOOD, line="Le conseil ferme"),
    "it is a headline of the next line": ChronicleItem(
        "Le conseil ferme la mine", "Le conseil ferme la mine", True, True, True, True, FRENCH
    ),
    "it begins with a pronoun": ChronicleItem(
        "Il ferme la mine.", "Il ferme la mine", True, True, True, False, FRENCH
    ),
}


def test_a_sentence_with_nothing_against_it_is_its_heading() -> None:
    assert against(GOOD) == []
    assert against(replace(GOOD, above=True)) == []


@pytest.mark.parametrize("reason", REASONS)
def test_each_reason_alone_speaks_against_a_sentence(reason: str) -> None:
    assert against(CASES[reason]) == [reason]
