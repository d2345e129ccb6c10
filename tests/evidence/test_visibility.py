"""What readers see, at which instant, and what an editor sees in a preview."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dossierkit.evidence.visibility import visible
from dossierkit.store.content import load_content

BEFORE, AFTER = "2026-12-01T05:59:59Z", "2026-12-01T06:00:00Z"
LATER = "status: published\nembargo: 2026-12-01T07:00+01:00"
GONE = "status: withdrawn\nwithdrawn: {date: 2026-03-01, reason: An error.}"
ARTICLES = {
    "open": (
        "status: published",
        "named, drafted, undecided, named-later, named-gone, {name: Ada, type: person}",
    ),
    "draft": ("status: draft", "of-draft, {name: Bo, type: person}, {name: by-name, type: person}"),
    "later": (LATER, "of-later"),
    "gone": (GONE, "of-gone"),
}
RECORDS = {
    **dict.fromkeys(
        ("named", "undecided", "alone", "of-draft", "by-name", "of-later", "of-gone"), "status: reviewed"
    ),
    **dict.fromkeys(("drafted", "cast", "in-entry", "alone-drafted"), "status: draft"),
    **dict.fromkeys(("named-later", "alone-later"), LATER),
    "named-gone": GONE,
    "alone-named-only": "status: reviewed\nnamed_only: true",
}
CAST = "[named, cast, of-draft, of-gone]"
NOW = {"named", "drafted", "undecided", "in-entry", "alone", "cast", "ada-person"}
THEN = {*NOW, "named-later", "alone-later", "of-later"}
SEEN = {
    "before": ({"open"}, NOW),
    "after": ({"open", "later"}, THEN),
    "preview": ({"open", "later", "draft"}, {*THEN, "of-draft", "by-name", "bo-person"}),
}


@pytest.fixture
def content(empty):
    for name, (status, entities) in ARTICLES.items():
        about = "named, undecided, in-entry" if name == "open" else ""
        empty.write(
            f"articles/2026/{name}.md",
            f"---\ntitle: {name}\ndate: 2026-01-01\n{status}\nentities: [{entities}]\ntimeline:\n"
            f"  - {{date: 2026-01-01, text: A, quote: One thing, entities: [{about}]}}\n"
            "  - {date: 2026-01-02, text: B, quote: Another thing}\n---\n\nOne thing. Another thing.\n",
        )
        empty.write(f"dossiers/{name}.md", f"---\ntitle: {name}\n{status}\ncast: {CAST}\n---\n")
    empty.write("articles/2026/broken.md", "---\ntitle: [\n---\n")
    for id_, status in RECORDS.items():
        empty.write(f"entities/{id_}.md", f"---\ntitle: {id_}\ntype: person\n{status}\n---\n")
    return load_content(empty.content, empty.root)[0]


@pytest.mark.parametrize(
    ("seen", "now", "drafts"),
    [("before", "", False), ("before", BEFORE, False), ("after", AFTER, False), ("preview", "", True)],
)
def test_who_sees_which_pages(content, seen, now, drafts):
    shown = visible(content, drafts=drafts, now=now)
    articles, records = SEEN[seen]
    assert set(shown.articles) == {f"2026/{name}" for name in articles}
    assert set(shown.dossiers) == articles
    assert set(shown.records) == records
    kept = {*content.articles, *content.records} - {*shown.articles, *shown.records}
    assert shown.unreadable == {*kept, "2026/broken"}


def test_who_is_named_only_in_what_is_kept_back_is_in_no_cast(content):
    def cast(**given):
        return [one[0] for one in visible(content, **given).dossiers["open"].cast]

    assert cast(drafts=False) == ["named", "cast"]
    assert cast(drafts=True) == ["named", "cast", "of-draft"]


@pytest.mark.parametrize("marks", [False, True])
def test_what_nobody_has_decided_on_is_left_out_or_marked(content, marks):
    one, two = content.articles["2026/open"], content.articles["2026/later"]
    timeline = (two.timeline[0], replace(two.timeline[1], unreviewed=True))
    articles = {
        **content.articles,
        one.id: replace(one, unreviewed=("drafted", "ada-person")),
        two.id: replace(two, unreviewed_entries=1, timeline=timeline),
    }
    undecided = replace(content.records["undecided"], unreviewed=True)
    records = {**content.records, "undecided": undecided}
    shown = visible(
        replace(content, articles=articles, records=records), drafts=False, now=AFTER, marks=marks
    )
    first, second = shown.articles[one.id], shown.articles[two.id]
    waiting = {"drafted", "undecided", "ada-person"}
    assert waiting & {ref.id for ref in first.entities} == (waiting if marks else set())
    assert first.timeline[0].entities == ("named", *(["undecided"] if marks else []), "in-entry")
    assert [entry.unreviewed for entry in second.timeline] == ([False, True] if marks else [False])
    assert {id_ for id_, record in shown.records.items() if record.unreviewed} == (
        {*waiting, "in-entry", "cast"} if marks else set()
    )


def test_a_name_without_a_record_is_reviewed_where_a_page_that_is_no_draft_has_it(content):
    shown = visible(content, drafts=True).records
    assert [shown[id_].unreviewed for id_ in ("ada-person", "bo-person")] == [False, True]
    assert visible(content, drafts=False).records["ada-person"].status == "reviewed"
