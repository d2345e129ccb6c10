"""What supports an article: whom an entry of its timeline is about, by its words."""

from __future__ import annotations

import pytest

from dossierkit.evidence.gathering import gather
from dossierkit.evidence.layer import layer
from dossierkit.model.page import ArticlePage, Content, EntityRef, TimelineEntry
from dossierkit.model.record import Record

RECORDS = {
    name.lower(): Record(name.lower(), name, "person") for name in ("Adam", "Berta", "Carla", "Doris", "Emil")
}
TEXT = "Adam came. Berta told Carla that Doris had left. Emil stayed. Doris slept."


@pytest.mark.parametrize(
    ("quote", "about"),
    [
        ("Adam came", ["adam"]),
        ("Carla that Doris", ["carla", "doris", "berta"]),
        ("Doris had left. Emil", ["doris", "emil", "berta", "carla"]),
        ("had left", ["berta", "carla", "doris"]),
    ],
)
def test_an_entry_is_about_whom_its_quote_names_then_whom_its_sentences_name(quote, about):
    refs = tuple(EntityRef(id_) for id_ in RECORDS)
    page = ArticlePage("a", "a.md", "A", entities=refs, timeline=(TimelineEntry(quote, quote),))
    evidence, problems = gather(page, layer(f"<p>{TEXT}</p>"), Content({"a": page}, RECORDS, {}))
    assert not problems
    assert [list(item.entities) for item in evidence.timeline] == [about]
