"""The text of a page merged with the corrected text of its source: no line of an editor is lost, and none comes back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dossierkit.merge.body import TextChange, in_words, merge_body

LINES = st.integers(1, 8).map(lambda n: [f"Line {at} of the source.\n" for at in range(n)])
DOES = st.lists(st.sampled_from(["keep", "keep", "change", "drop", "insert"]), min_size=8, max_size=8)


def edited(lines, does, who):
    """The lines after somebody's edits: the text, the lines that are theirs, and those that they took out."""
    text, own, gone = [], [], []
    for line, act in zip(lines, does, strict=False):
        mine = f"{who} wrote this for: {line}"
        if act in {"change", "insert"}:
            text.append(mine)
            own.append(mine)
        if act in {"keep", "insert"}:
            text.append(line)
        else:
            gone.append(line)
    return "".join(text), own, gone


@given(LINES, DOES, DOES)
def test_lines_of_an_editor_stay_and_lines_taken_out_stay_out(lines, editor, correction):
    page, own, gone = edited(lines, editor, "An editor")
    corrected, _, _ = edited(lines, correction, "The source")
    merged = merge_body("".join(lines), page, corrected)
    result = merged.text.splitlines(keepends=True)
    assert [line for line in result if line in own] == own
    assert not set(gone) & set(result)
    assert all(change.new in corrected and change.old in "".join(lines) for change in merged.left)


@given(LINES, DOES)
def test_a_page_that_nobody_edited_is_the_corrected_source_and_one_without_correction_stays(lines, does):
    source = "".join(lines)
    other, _, _ = edited(lines, does, "Somebody")
    assert merge_body(source, source, other).text == other
    assert merge_body(source, source, other).left == ()
    assert merge_body(source, other, source).text == other
    assert merge_body(source, other, source).taken == ()


@given(LINES, st.data())
def test_a_correction_of_other_lines_than_the_editors_is_taken(lines, data):
    lines = [f"First {line}" for line in lines] + lines
    mine = data.draw(st.integers(0, len(lines) - 1))
    theirs = data.draw(st.integers(0, len(lines) - 1).filter(lambda at: at != mine))
    page, corrected, wanted = [*lines], [*lines], [*lines]
    page[mine] = wanted[mine] = "An editor wrote this.\n"
    corrected[theirs] = wanted[theirs] = "The source says this by now.\n"
    merged = merge_body("".join(lines), "".join(page), "".join(corrected))
    assert (merged.text, merged.left) == ("".join(wanted), ())
    assert merged.taken == (TextChange(lines[theirs], corrected[theirs]),)


def test_a_line_that_both_changed_is_the_editors_and_is_told_once_it_differs():
    source, page = "The bridge was closed on Friday.\n", "The bridge was closed that Friday.\n"
    corrected = "The bridge was closed on Thursday.\n"
    merged = merge_body(source, page, corrected)
    assert (merged.text, merged.taken) == (page, ())
    assert merged.left == (TextChange(source, corrected),)
    assert in_words(merged.left[0]) == ("…was closed on Friday.", "…was closed on Thursday.")
    twice = TextChange("the old council and the new one", "the old council council and the new one")
    assert in_words(twice) == ("the old council and the new…", "the old council council and the new…")
    same = merge_body(source, corrected, corrected)
    assert (same.text, same.taken, same.left) == (corrected, (), ())
    apart = merge_body(source + page, source + page, f"{source}\n{page}")
    assert (apart.text, apart.taken) == (f"{source}\n{page}", ())


def test_a_stretch_of_which_an_editor_moved_a_part_is_left_to_the_editor():
    source = "One.\nTwo.\nThree.\nFour.\n"
    page = "One.\nTwo.\nAn editor wrote this.\nThree.\nFour.\n"
    merged = merge_body(source, page, "One.\nOther.\nFour.\n")
    assert merged.text == page
    assert merged.left == (TextChange("Two.\nThree.\n", "Other.\n"),)
