"""Quotes that several articles print in nearly the same words."""

from __future__ import annotations

import pytest

from dossierkit.evidence.events.words import accounts, copied, repeated

REPORT = (
    "Eight officials were detained over the collapse of two dams that flooded the neighbourhoods of the town"
)


@pytest.mark.parametrize(
    ("other", "alike"),
    [
        (REPORT, True),
        (REPORT.replace("neighbourhoods", "neighborhoods"), True),
        (REPORT.replace("Eight", "EIGHT") + ", the prosecutor said.", True),
        (REPORT.replace("two dams that", "two dams which").replace("the town", "Derna"), True),
        (
            "The prosecutor ordered eight officials held because two dams had broken and the town was flooded",
            False,
        ),
        ("Eight officials were detained", False),
    ],
)
def test_a_copy_is_recognised_although_words_were_changed(other, alike):
    assert copied(
        [REPORT, "Rescuers went on searching the harbour for the missing on Monday morning", other]
    ) == ({0, 2} if alike else set())


def test_a_copy_of_a_copy_is_a_copy_of_the_first():
    words = [f"word{number}" for number in range(30)]
    first, middle, last = (" ".join(words[start : start + 16]) for start in (0, 5, 10))
    assert repeated([first, last]) == (0, 1)
    assert repeated([first, last, "Nothing of the kind was said by anybody there", middle]) == (0, 0, 2, 0)


def test_short_sentences_are_alike_by_chance():
    assert copied(["At least twelve people were killed.", "At least twelve people were killed."]) == set()


def test_articles_that_print_one_text_are_one_account():
    other = "Rescuers went on searching the harbour for the missing on Monday morning"
    quotes = [REPORT, other, f"{REPORT}, he said", REPORT]
    assert repeated(quotes) == (0, 1, 0, 0)
    assert accounts(quotes) == 2
