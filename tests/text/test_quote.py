"""Quotes are found in a text by whole words, whatever spaces and quotation marks printing changed."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.text.quote import fold_spaces, locate

TEXT = (
    "He said “we  agree”.\nThey said he said nothing. The cease\u00adfire held; the ceasefire line did not."
)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("we agree", ["we  agree"]),
        ('"we agree"', ["“we  agree”"]),
        ("said", ["said", "said", "said"]),
        ("They said he", ["They said he"]),
        ("agree”. They", ["agree”.\nThey"]),
        ("cease", []),
        ("ceasefire held", ["cease\u00adfire held"]),
        ("he said", ["he said"]),
        ("", []),
        ("   ", []),
    ],
)
def test_a_quote_is_found_wherever_its_whole_words_stand(quote, found):
    spans = locate(fold_spaces(TEXT), quote)
    assert [TEXT[start:end] for start, end in spans] == found


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("空气污染每年造成七百万人死亡。", "造成七百万人", True),
        ("于2016年5月30日公布", "2016年5月30日", True),
        ("于2016年5月30日公布", "016年5月30日", False),
        ("ที่กบกับกบี่", "กบ", True),
        ("กบี่", "กบ", False),
        ("दिल्ली में", "दिल्ल", False),
        ("दिल्ली में", "दिल्ली", True),
        ("2016년 5월에", "5월", False),
    ],
)
def test_scripts_without_spaces_have_no_words_to_cut(text, quote, found):
    assert bool(locate(fold_spaces(text), quote)) == found


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("'", "‘"),
        ("'", "’"),
        ('"', "“"),
        ('"', "”"),
        ('"', "„"),
        ("-", "\u2010"),
        ("-", "\u2011"),
        (" ", "\u00a0"),
        (" ", "\u202f"),
        ("", "\u00ad"),
        ("", "\u200b"),
        ("", "\u2060"),
        ("", "\ufeff"),
    ],
    ids=lambda char: f"U+{ord(char):04X}" if char else "nothing",
)
def test_what_only_printing_changes_is_equal(typed, printed):
    text, quote = f"Some said a{printed}b here.", f"said a{typed}b here"
    ((start, end),) = locate(fold_spaces(text), quote)
    assert text[start:end] == f"said a{printed}b here"
    plain = f"Some said a{typed}b here."
    assert len(locate(fold_spaces(plain), f"said a{printed}b here")) == 1


@pytest.mark.parametrize("printed", ["–", "—", "«", "…", "‚"])
def test_other_marks_are_not_equal(printed):
    assert locate(fold_spaces(f"a{printed}b"), "a-b") == ()
    assert locate(fold_spaces(f"a{printed}b"), 'a"b') == ()


# The quote, and a text with every place that it stands at in brackets: rule 1 holds at both ends of a quote.
ENDS = [
    ("agree", "They disagree; we [agree]."),  # begins inside a word
    ("agree", "They [agree] on an agreement."),  # ends inside one
    ("agree", "xagree, agrees"),
    ("agree", "[agree], xagree"),
    ("agree", "agrees, [agree]"),
    ("2016", "Act 12016 of [2016]"),  # figures are words
    ("201", "[201] of 2016"),
    ("4", "A4, 4B, 44 and [4]"),
    ("B", "A4B, BB and [B]"),
    ("(yes)", "She said[(yes)]and left"),  # a quote that begins and ends with no word cuts none
    ("agree.", "“We [agree.]They left"),
    ("— no", "yes[— no]; yes [— no]"),
    ("we agree", "Today [we  agree]\u00ad."),  # what is invisible belongs to no end
    ("we agree", "Today\u200bwe agree"),
    ("we agree", "Today \u200b[we\n agree]\u200b \u200bto"),
    ("é", "été [é]"),
    ("مفاوض", "المفاوض مفاوضات [مفاوض]"),
    ("م", "مُفاوض, [م]"),  # a vowel sign belongs to the letter before it
    ("ह", "हिन्दी, [ह]"),
    ("cafe", "cafe\u0301, [cafe]"),  # as does an accent of its own
    ("été", "L'[e\u0301te\u0301] fut long, l'[été] aussi"),  # one word in two forms (NFD, NFC)
    ("e\u0301te\u0301 fut", "L'[été fut] long"),
    ("fin", "L'e\u0301te\u0301 a une [fin]."),
    ("500 people", "Of 1,500 people, 1.500 people, 1'500 people and 1\u202f500 people, [500 people]"),
    ("killed 1", "killed 1,500, killed 1.5 million, killed 1\xa0500, [killed 1], and"),
    ("5 percent", ".5 percent, 0.5 percent, or [5 percent]"),
    ("30 people", "At 10:30 people came, [30 people]"),
    ("2 of them", "1/2 of them, [2 of them]"),
    ("٥٠٠ قتيل", "١٬٥٠٠ قتيل و [٥٠٠ قتيل]"),
    ("500 people", "In 2016. [500 people], at noon:[500 people]; on day 3 [500 people] more"),
    ("شود", "نمی\u200cشود [شود]"),  # "is", of "is not"
    ("able", "un\u2063able, un\u2060able, [able]"),
    (
        "combatants",
        "non-combatants, non\u2010combatants, non\u2011combatants, anti–combatants, un_combatants, [combatants]",
    ),
    ("non", "non-combatants, but [non]"),
    (
        "10 people",
        "5-10 people, 5–10 people, 5\u221210 people, 5_10 people, 5\u00b710 people, 5\u223610 people, [10 people]",
    ),
    (
        "killed 5",
        "killed 5–10, killed 5-year-olds, killed 5\u204410, killed 5%, killed 5+, [killed 5]- and 6-year-olds, [killed 5] – no",
    ),
    (
        "5 men",
        "−5 men, (-5 men), –5 men, >5 men, ≥5 men, <5 men, ~5 men, ±5 men, +5 men, $[5 men], “[5 men]”, [5 men]",
    ),
    ("-5 men", "[-5 men]"),
    ("non-combatants", "[non-combatants] and [non\u2011combatants]"),
    ("5–10", "[5–10] people"),
    ("agree", "we—[agree]—now, [agree] - now, -[agree]-, [agree]..."),
    ("can", "can't, can’t, CAN'T, [can], [can]'s"),
    ("don", "don't, [don]"),
    ("Adam", "[Adam]'s, [Adam]’s, [Adam]"),
]


@pytest.mark.parametrize(("quote", "marked"), ENDS)
def test_neither_end_of_a_quote_cuts_a_word(quote, marked):
    text = marked.replace("[", "").replace("]", "")
    starts = [
        at - 2 * number for number, at in enumerate(at for at, char in enumerate(marked) if char == "[")
    ]
    ends = [
        at - 2 * number - 1 for number, at in enumerate(at for at, char in enumerate(marked) if char == "]")
    ]
    assert locate(fold_spaces(text), quote) == tuple(zip(starts, ends, strict=True))


def test_places_that_overlap_are_all_found():
    assert locate(fold_spaces("he said he said he"), "he said he") == ((0, 10), (8, 18))


def test_every_white_space_is_one_space_and_what_is_invisible_is_nothing():
    spaces = [char for char in map(chr, range(sys.maxunicode + 1)) if char.isspace()]
    assert len(spaces) > 20
    for space in spaces:
        for text in (f"a{space}b", f"a {space}b", f"a{space}{space} b"):
            folded = fold_spaces(text)
            assert (folded.text, folded.origin(0), folded.origin(2)) == ("a b", 0, len(text) - 1)
    assert fold_spaces("a\u00adb \u200b\u2060c\ufeff").text == "ab c"


def test_prefix_and_suffix_choose_between_places():
    folded = fold_spaces("a talk in May, a talk in June")
    assert len(locate(folded, "talk")) == 2
    assert locate(folded, "talk", suffix="in June") == ((17, 21),)
    assert locate(folded, "talk", prefix="May, a") == ((17, 21),)


@given(st.lists(st.text("aeçéñйم\u0301\u0327 \u00ad\n", max_size=8), min_size=1, max_size=6))
def test_a_text_is_found_in_itself_whatever_its_form(parts):
    text = "".join(parts).lstrip("\u0301\u0327\u00ad \n").rstrip("\u00ad \n")
    if not text or not text[0].isalnum():
        return
    for quote in (text, unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text)):
        assert (0, len(text)) in locate(fold_spaces(text), quote)


@given(st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), min_size=1, max_size=12), st.data())
def test_any_run_of_words_is_found_where_it_was_taken_from(words, data):
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    spaced = data.draw(st.sampled_from([" ", "  ", "\n", "\u00a0 "])).join(words)
    quote = " ".join(words[start:end])
    spans = locate(fold_spaces(spaced), quote)
    assert quote in {" ".join(spaced[a:b].split()) for a, b in spans}
