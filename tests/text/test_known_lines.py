"""Lines of a page that its source does not have."""

from __future__ import annotations

import pytest

from dossierkit.text.known_lines import unknown_lines

ORIGINAL = "Nobody was killed in Lenn.\n\nThe bridge, they say, did not fall.\nIt stood.\n\nNo."

CASES = [
    (ORIGINAL, []),
    ("", []),
    ("It stood.", []),  # lines that were taken out are not looked for
    ("was killed in Lenn.", ["was killed in Lenn."]),
    ("Nobody was killed", ["Nobody was killed"]),
    ("The bridge did not fall.", ["The bridge did not fall."]),
    ("The bridge, they\nsay, did   not\n\nfall.", []),  # broken elsewhere
    ("The\nbridge, they say, did not fall.", []),
    ("The bridge, they\ndid not fall.", ["The bridge, they", "did not fall."]),
    ("The bridge, they say, did not fall. It stood.", []),  # lines that were joined
    ("Nobody\nIt stood.", ["Nobody"]),
    ("No", ["No"]),
    ("Yes.\nIt stood.\nNo.", ["Yes."]),
]


@pytest.mark.parametrize(("text", "unknown"), CASES)
def test_a_line_is_known_if_it_is_whole_in_the_original(text, unknown):
    assert unknown_lines(text, ORIGINAL) == unknown


def test_without_an_original_every_line_is_unknown():
    assert unknown_lines("One.\n\nTwo.", "") == ["One.", "Two."]
