"""The proposal made from an extraction: spans, keys, prefixes and dates."""

from __future__ import annotations

from dataclasses import replace

from dossierkit.extract.authority import EMPTY, build
from dossierkit.extract.pipeline import extract
from dossierkit.extract.propose import fingerprint, propose
from dossierkit.extract.quotable import Quotable
from dossierkit.model.finding import Mention
from dossierkit.model.proposal import Proposal
from dossierkit.model.record import Name, Record
from dossierkit.model.source import Article
from dossierkit.text.quote import fold_spaces, locate

TEXT = (
    "Mohammad Alloush of Jaish al-Islam left Geneva on Sunday.\n\n"
    "Alloush named Security Council resolutions 2254 and 2268. Talks reconvened in Geneva in late January."
)


def proposed(text: str = TEXT, **more: str) -> Proposal:
    article = Article("a", text, published="2016-05-30", **more)
    return propose(article, extract(article, EMPTY), EMPTY)


def test_every_proposal_points_at_words_of_the_text() -> None:
    proposal = proposed()
    for entity in proposal.entities:
        assert TEXT[entity.start : entity.end] in entity.forms
        assert entity.quote in TEXT
    for entry in proposal.timeline:
        assert TEXT[entry.start : entry.end] == entry.quote


def test_an_entity_gathers_its_forms_in_order() -> None:
    (alloush,) = [e for e in proposed().entities if e.entity == "mohammad-alloush"]
    assert alloush.forms == ("Mohammad Alloush", "Alloush")
    assert (alloush.name, alloush.mentions, alloush.known) == ("Mohammad Alloush", 2, False)


def test_documents_are_named_in_full() -> None:
    names = [entity.name for entity in proposed().entities if entity.type == "document"]
    assert names == ["UN Security Council Resolution 2254", "UN Security Council Resolution 2268"]


def test_dates_say_what_they_were_resolved_against() -> None:
    entries = {entry.date: entry for entry in proposed().timeline}
    assert entries["2016-05-29"].anchor == "published 2016-05-30"
    assert entries["2016-01-21~/2016-01-31"].when == "late January"


def test_keys_do_not_depend_on_the_position() -> None:
    keys = [entity.key for entity in proposed().entities], [entry.key for entry in proposed().timeline]
    moved = proposed("A line before all of it.\n\n" + TEXT)
    assert ([entity.key for entity in moved.entities], [entry.key for entry in moved.timeline]) == keys


def test_surroundings_go_as_far_as_they_are_the_same() -> None:
    row = "Judge of the trial: Karl Sample of the club in Upper Dorn\nThe office: Ada Moreau, Quay Street 18 in Lower Dorn\n"
    tables = f"On 3 December 2016 the autumn trial.\n{row}On 4 December 2016 the autumn trial.\n{row}"
    folded = fold_spaces(tables)
    at = tables.rindex("Ada Moreau, Quay Street 18 in Lower Dorn")
    before, after = Quotable(tables).surroundings(at, at + 40)
    assert len(locate(folded, tables[at : at + 40], before, after)) == 1


def test_a_quote_that_stands_twice_gets_its_surroundings() -> None:
    twice = "First this.\nRussia left in March 2016.\nThen that.\nRussia left in March 2016.\nThe end."
    (entry,) = proposed(twice).timeline
    assert (entry.prefix.strip(), entry.suffix.strip()) == ("First this.", "Then that.\nRussia left in March")


def test_forms_that_a_record_does_not_list_are_named() -> None:
    record = Record("ma", "Mohammad Alloush", "person", weak_aliases=(Name("Alloush"),))
    article = Article(
        "a", "Mohammad Alloush left. Mohammad Alloush’s rival Alloush stayed. Mr Alloush spoke."
    )
    authority = build([record])
    (entity,) = [
        e for e in propose(article, extract(article, authority), authority).entities if e.entity == "ma"
    ]
    assert entity.known
    assert entity.also == ()


def test_the_fingerprint_changes_with_everything_a_proposal_rests_on() -> None:
    articles = [
        Article("a", "x"), Article("a", "y"), Article("a", "x", "t"), Article("a", "x", published="2016"),
        Article("a", "x", lang="fr"),
    ]  # fmt: skip
    assert len({fingerprint(article) for article in articles}) == len(articles)


def test_a_well_known_organisation_of_common_words_is_proposed_and_a_word_in_capitals_is_not() -> None:
    text = "PRESS RELEASE\n\nThe Security Council met in Geneva."
    article = Article("a", text)
    found = extract(article, EMPTY)
    press = Mention(0, 5, "PRESS", "organization", 0.9, "name model", "press")
    names = [
        entity.name
        for entity in propose(article, replace(found, mentions=(press, *found.mentions)), EMPTY).entities
    ]
    assert names == ["Security Council", "Geneva"]


def test_a_name_of_several_records_is_asked_about_and_makes_no_further_record() -> None:
    """Else each update would draft one more record of that name."""
    authority = build([Record(id_, "Lee", "person") for id_ in ("lee", "a-lee")])
    article = Article("a", "Lee left Geneva on Sunday. Mr. Lee was tired.", published="2016-05-30")
    proposal = propose(article, extract(article, authority), authority)
    assert [entity.entity for entity in proposal.entities] == ["geneva"]
    assert [question.candidates for question in proposal.questions] == [("a-lee", "lee")]


def test_what_has_happened_has_no_date_of_a_forecast() -> None:
    text = (
        "Ada Moreau found in Lenn that the harvest of 2050 was below 1990 levels. "
        "The court of Lenn said the vote would be held on 3 March 2018. "
        "Lenn had about 937,000 inhabitants as of 2010."
    )
    article = Article("a", text, published="2016-05-30")
    entries = propose(article, extract(article, EMPTY), EMPTY).timeline
    assert [entry.date for entry in entries if entry.date != "2016-05-30"] == ["2018-03-03"]
