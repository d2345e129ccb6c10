"""Sentences that name somebody, as an editor sees them beside a name."""

from __future__ import annotations

from dossierkit.workflow.editing.marked_text import mentions

LONG = " ".join(["personnes"] * 60)


def test_a_sentence_is_shown_whole():
    (found,), count = mentions("It rained. The chair, Ada Moreau, left.", ["Ada Moreau"], "en", 3)
    assert (*found, count) == ("The chair, ", "Ada Moreau", ", left.", 1)


def test_a_long_one_is_cut_between_words_and_says_so():
    (found,), _ = mentions(f"{LONG} Ada Moreau {LONG}.", ["Ada Moreau"], "fr", 3)
    assert found.before.startswith("…personnes personnes")
    assert found.after.endswith(" personnes…")
    assert len(found.before) < 260
    assert len(found.after) < 260


def test_one_without_spaces_is_cut_where_it_must_be():
    (found,), _ = mentions(f"{'x' * 300}-Ada Moreau-{'x' * 300}", ["Ada Moreau"], "en", 3)
    assert found.before == "…" + "x" * 239 + "-"
    assert found.after == "-" + "x" * 239 + "…"
