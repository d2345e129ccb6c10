"""A name of a record that is an ordinary word where it stands is not linked on the page, either."""

from __future__ import annotations

import pytest

from dossierkit.evidence.mentioned import mentioned
from dossierkit.text.named import Bearer

MALI = Bearer("mali", "place", (), ("جمهورية مالي", "مالي", "Mali"))
MUSCAT = Bearer("muscat", "place", (), ("مسقط", "Mascate"))
MADRID = Bearer("madrid", "place", (), ("Madrid",))


def forms(text, lang, *bearers):
    return [text[one.start : one.end] for one in mentioned(text, "", lang, bearers).spans]


@pytest.mark.parametrize(
    ("text", "lang", "found"),
    [
        ("أعلنت جمهورية مالي عن دعم مالي جديد، وقال رئيس مالي ذلك.", "ar", ["جمهورية مالي", "مالي"]),
        ("عاد من مسقط إلى مسقط رأسه.", "ar-OM", ["مسقط"]),
        ("Le Real Madrid a perdu à Madrid.", "fr", ["Madrid"]),
        ("Real Madrid lost in Madrid.", "en", ["Madrid"]),
    ],
)
def test_an_ordinary_word_is_no_mention(text, lang, found):
    assert forms(text, lang, MALI, MUSCAT, MADRID) == found


def test_a_form_that_the_page_gives_counts_everywhere():
    assert forms("دعم مالي جديد", "ar", MALI._replace(here=("مالي",))) == ["مالي"]
