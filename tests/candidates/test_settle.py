"""What of a proposal is asked, when people have decided part of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossierkit.evidence.candidates.settle import settler
from dossierkit.model.decision import Decision
from dossierkit.model.proposal import Proposal, ProposedEntity, Question
from dossierkit.model.record import Name, Record
from dossierkit.model.source import Article
from dossierkit.text.fold import name_id

TEXT = "Ada Moreau spoke. Ada Moro wrote. The chair left."


def proposed(name: str) -> ProposedEntity:
    id_, start = name_id(name, "person"), TEXT.index(name)
    end = start + len(name)
    return ProposedEntity(f"k-{id_}", id_, name, "person", False, (name,), 1, start, end, TEXT, 1.0, "named")


@pytest.mark.parametrize(
    ("decisions", "asked"),
    [
        ((), [("ada-moreau-person", "ada-moro-person")]),
        ((Decision("same", "Ada Moro", "", "Ada Moreau"),), []),
    ],
)
def test_which_of_two_is_not_asked_when_people_said_that_they_are_one(decisions, asked):
    ids = ("ada-moreau-person", "ada-moro-person")
    question = Question("q-chair-" + "-".join(ids), "Who is “the chair”?", ids, "The chair left.", "chair")
    found = Proposal("a", "", entities=(proposed("Ada Moreau"), proposed("Ada Moro")), questions=(question,))
    settled = settler({}, decisions)(Article("a", TEXT), found)
    assert [one.candidates for one in settled.questions] == asked


def test_whom_the_extractor_knew_stays_the_record_whatever_form_the_text_has():
    record = Record("ada-of-tarn", "Ada Moreau of Tarn", "person")
    known = replace(proposed("Ada Moreau"), entity=record.id, known=True, also=("Ada Moreau",))
    settled = settler({record.id: record}, ())(Article("a", TEXT), Proposal("a", "", entities=(known,)))
    assert [(one.entity, one.known) for one in settled.entities] == [(record.id, True)]


def test_a_short_form_is_kept_without_the_title_before_it():
    text = "Ada Moreau spoke. President Moreau left."
    named = replace(proposed("Ada Moreau"), forms=("Ada Moreau", "President Moreau"), quote=text)
    settled = settler({}, ())(Article("a", text), Proposal("a", "", entities=(named,)))
    assert [one.also for one in settled.entities] == [("Moreau",)]


def test_a_full_name_is_linked_whole_beside_a_longer_one():
    text = "Ada Hale Moreau was born in Tarn. Ada Moreau spoke. Moreau left."
    named = replace(proposed("Ada Moreau"), name="Ada Hale Moreau", quote=text)
    named = replace(named, forms=("Ada Hale Moreau", "Ada Moreau", "Moreau"))
    settled = settler({}, ())(Article("a", text), Proposal("a", "", entities=(named,)))
    assert [one.also for one in settled.entities] == [("Moreau", "Ada Moreau")]


def test_an_acronym_is_not_a_short_name_in_other_letters():
    text = "Apple competes with RIM."
    rome = Record("rome", "Rome", "place", aliases=(Name("Рим"),))
    acronym = ProposedEntity(
        "k", "rim", "RIM", "organization", False, ("RIM",), 1, 20, 23, text, 1.0, "named"
    )
    settled = settler({rome.id: rome}, ())(Article("a", text), Proposal("a", "", entities=(acronym,)))
    assert [(one.entity, one.known) for one in settled.entities] == [("rim-organization", False)]


def test_resolutions_of_a_list_are_kept_by_their_numbers():
    text = "They cited Security Council resolutions 2254 and 2268."
    cited = [
        ProposedEntity(
            f"k-{number}", f"unsc-resolution-{number}", f"UN Security Council Resolution {number}", "document",
            False, (form,), 1, text.index(form), text.index(form) + len(form), text, 0.95, "resolution number",
        )
        for number, form in (("2254", "resolutions 2254"), ("2268", "2268"))
    ]  # fmt: skip
    settled = settler({}, ())(Article("a", text), Proposal("a", "", entities=tuple(cited)))
    assert [one.also for one in settled.entities] == [("resolutions 2254",), ("2268",)]
    assert settled.notes == ()
