"""The part of a text that is most like a quote which is not in it."""

from __future__ import annotations

from dossierkit.text.likeness import most_like
from dossierkit.text.segment import sentences

TEXT = "Nobody came to the square. The council met on Friday. It closed the old bridge at once. The school stayed open."


def like(quote: str) -> str:
    start, end = most_like(TEXT, sentences(TEXT, "en"), quote) or (0, 0)
    return TEXT[start:end]


def test_a_quote_of_two_sentences_finds_both():
    quote = "The council met on Friday and it closed the bridge at once"
    assert like(quote) == "The council met on Friday. It closed the old bridge at once"


def test_words_that_the_text_has_nowhere_find_nothing():
    assert like("Ten miners sang") == ""
