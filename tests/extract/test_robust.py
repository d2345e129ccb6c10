"""Random texts: extraction raises nothing, every span is one of the text, and time grows in proportion."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dossierkit.extract.authority import EMPTY, build
from dossierkit.extract.identity.clusters import join
from dossierkit.extract.pipeline import extract
from dossierkit.extract.propose import propose
from dossierkit.model.record import Name, Record
from dossierkit.model.source import Article

WORDS = st.sampled_from(
    "The Mr. President al-Assad Assad Bashar of and Geneva UN (HNC) HNC High Negotiations Committee U.S. resolutions 2254 "
    "Security Council in April 2016 said “ ” \n , . ? Airbus A380 Apple Inc. Corps Ltd. Mohammad Alloush iPhone 4 ] [ ( ) "
    "القرار سوريا و January 5, 's ’s - St. J. É \u202e \ud800 \x00 \u200d ﷺ 中".split(" ")
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))
RECORDS = build(
    [
        Record("assad", "Bashar al-Assad", "person", weak_aliases=(Name("Assad"),)),
        Record(
            "hnc",
            "High Negotiations Committee",
            "organization",
            aliases=(Name("HNC"),),
            not_same_as=("geneva",),
        ),
        Record("geneva", "Geneva", "place"),
    ]
)


@given(
    TEXTS,
    st.sampled_from(["en", "ar", "fr", "de", "es", "xx", ""]),
    st.sampled_from([None, "2016-05-30", "2016", "XXXX-04"]),
)
def test_any_text_gives_a_proposal_whose_every_span_is_of_the_text(
    text: str, lang: str, published: str | None
) -> None:
    article = Article("a", text, published=published, lang=lang)
    for authority in (EMPTY, RECORDS):
        found = extract(article, authority)
        end = 0
        for mention in found.mentions:
            assert end <= mention.start < mention.end <= len(text)
            assert text[mention.start : mention.end] == mention.text
            assert mention.entity
            end = mention.end
        for event in found.events:
            assert event.quote in text[event.start : event.end]
            assert all(word in text.casefold() for word in event.text.casefold().split())
        proposal = propose(article, found, authority)
        assert all(text[entry.start : entry.end] == entry.quote for entry in proposal.timeline)


@given(st.lists(TEXTS, max_size=4))
def test_any_texts_are_joined(texts: list[str]) -> None:
    articles = [Article(str(number), text, published="2016-05-30") for number, text in enumerate(texts)]
    assert [one.id for one in join(articles, [extract(one, RECORDS) for one in articles], RECORDS)] == [
        article.id for article in articles
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "x",
        "A ",
        "Mohammad Alloush said. ",
        "a.b",
        "(ABC) ",
        "\n",
        "of the ",
        "UN and ",
        "2254 and ",
        "resolutions 1, 2, ",
        "“",
    ],
)
def test_long_texts_take_time_in_proportion(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert extract(Article("a", text, published="2016-05-30"), EMPTY).sentences or not text.strip()
