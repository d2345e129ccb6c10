"""What the desk's forms do to the files; and that the keys of the terminal do the same."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from tests.desk.conftest import mark, opened, text
from tests.desk.test_both_faces import with_question
from tests.support.candidates import derived
from tests.support.git import git
from tests.support.repository import snapshot
from tests.support.waiting import PATIENCE

from dossierkit.cli import main
from dossierkit.desk.session import Desk
from dossierkit.evidence.candidates.derive import Candidates
from dossierkit.merge.open import listed_items, open_items
from dossierkit.store.edit import EditError
from dossierkit.store.proposal import load
from dossierkit.text.fold import name_id, slug
from dossierkit.workflow.editing.queue import TWIN
from dossierkit.workflow.editing.session import digest
from dossierkit.workflow.repository import Repository, known_records
from dossierkit.workflow.review.decisions import carry_out
from dossierkit.workflow.review.engine import ChangedError, DecisionEngine, DecisionTarget, carry_out_all
from dossierkit.workflow.review.item_decisions import (
    Accept,
    Amend,
    Junk,
    MakeRecord,
    NotSameAs,
    Reject,
    Rename,
    Retype,
    SameAs,
    Split,
    Unwanted,
)
from dossierkit.workflow.review.page_review import page_review_of

BRIDGE = "content/articles/2016/council-reopens-the-old-bridge.md"
CHAIR = "content/articles/2016/chair-of-the-council-resigns.md"
WATER = "content/articles/2016/agency-warns-of-low-water.md"
ARTICLE = "2016/chair-of-the-council-resigns"


def front(root: Path, path: str):
    return yaml.safe_load(text(root, path).split("---\n")[1])


def names(root: Path, path: str) -> list[str]:
    return [
        one if isinstance(one, str) else one.get("name") or one["id"] for one in front(root, path)["entities"]
    ]


def errors_of(root: Path) -> list[str]:
    told = CliRunner().invoke(main, ["-C", str(root), "check"]).output
    return [line for line in told.splitlines() if " D203 " in line]


def at(browser, name: str) -> None:
    row = next(one for one in browser.desk.queue.rows() if one.name == name and one.question is None)
    browser.get(f"/names?at={row.key}")


def decide(browser, name: str, decision: str, **fields: object):
    at(browser, name)
    return browser.form("/names/decide", decision=decision, **fields)


def test_a_name_is_accepted_in_all_its_articles_and_one_undo_takes_it_back(browser, root):
    before = snapshot(root)
    decide(browser, "Ada Moreau", "accept")
    assert "Accepted: Ada Moreau" in browser.said()
    waiting = [
        one.id for one in browser.desk.index.articles.values() if any("moreau" in id_ for id_, _ in one.names)
    ]
    assert waiting == []
    browser.form("/undo")
    assert snapshot(root) == before


def test_undo_shows_the_name_again_that_was_decided_on(browser):
    def shown(answer):
        return re.search(r'<h2[^>]* id="row-title"[^>]*>(.*?)</h2>', answer.text, re.DOTALL)[1]

    decide(browser, "Ada Moreau", "accept")
    decide(browser, "Northern Water Agency", "reject")
    back = "/names?kind=&at=somebody-else"
    for name in ("Northern Water Agency", "Ada Moreau"):
        assert name in shown(browser.get(browser.post("/undo", {"back": back}).location))
    decide(browser, "Ada Moreau", "accept")
    assert browser.post("/undo", {"back": f"/article/{ARTICLE}"}).location == f"/article/{ARTICLE}"


def test_undo_shows_the_name_again_also_before_candidates_are_derived_anew(browser, monkeypatch):
    """On a busy machine, or with many articles, the thread that derives them ends after the answer."""
    row = next(row for row in browser.desk.queue.rows() if row.kind == TWIN)
    browser.get(f"/names?kind={TWIN}&at={row.key}")
    browser.form("/names/decide", decision="reject")
    monkeypatch.setattr(browser.desk.index, "derive_soon", lambda: None)
    answer = browser.get(browser.post("/undo", {"back": f"/names?kind={TWIN}"}).location)
    assert row.name in re.search(r'<h2[^>]* id="row-title"[^>]*>(.*?)</h2>', answer.text, re.DOTALL)[1]


def test_only_the_articles_that_are_ticked_are_decided_on(browser, root):
    decide(browser, "Ada Moreau", "reject", article=[ARTICLE])
    assert "Ada Moreau" not in names(root, CHAIR)
    assert "Ada Moreau" in names(root, BRIDGE)


def test_junk_goes_everywhere_and_stays_away(browser, root):
    decide(browser, "Northern Water Agency", "junk")
    assert "Northern Water Agency" not in names(root, BRIDGE) + names(root, WATER)
    assert "- {decision: junk, name: Northern Water Agency}" in text(root, "seeds/decisions.yml")


def test_another_type_holds_in_every_article(browser, root):
    decide(browser, "Northern Water Agency", "type", **{"value-type": "place"})
    assert "{name: Northern Water Agency, type: place}" in text(root, WATER)
    assert "{name: Northern Water Agency, type: place}" in text(root, BRIDGE)


def test_another_type_reaches_what_was_decided_before_and_the_message_counts_what_changed(browser, root):
    decide(browser, "Northern Water Agency", "accept", article=["2016/agency-warns-of-low-water"])
    assert (
        len(next(one for one in browser.desk.queue.rows() if one.name == "Northern Water Agency").waiting)
        == 1
    )
    browser.said()
    decide(browser, "Northern Water Agency", "type", **{"value-type": "place"})
    assert "Another type: Northern Water Agency (2 articles)" in browser.said()
    for path in (WATER, BRIDGE):
        assert "{name: Northern Water Agency, type: place}" in text(root, path)
    before = text(root, WATER)
    CliRunner().invoke(main, ["-C", str(root), "update"])
    assert text(root, WATER) == before


def test_a_type_that_a_person_wrote_into_one_page_stays_and_is_said(browser, root):
    mine = text(root, WATER).replace("Agency, type: organization}", "Agency, type: event}")
    (root / WATER).write_text(mine, encoding="utf-8")
    browser.desk.refresh()
    browser.desk.index.settle()
    assert "D315" not in CliRunner().invoke(main, ["-C", str(root), "check"]).output
    at = browser.desk.index.articles[BRIDGE].names
    row = next(id_ for id_, open_ in at if open_.page_item.item.name == "Northern Water Agency")
    browser.get(f"/names?at={row}")
    browser.form("/names/decide", decision="type", **{"value-type": "place"})
    said = browser.said()
    assert f"{WATER}: “Northern Water Agency” stays of type event" in said
    assert text(root, WATER) == mine
    assert "{name: Northern Water Agency, type: place}" in text(root, BRIDGE)
    warned = CliRunner().invoke(main, ["-C", str(root), "check"]).output
    assert "D315 “Northern Water Agency” is of type event here and of type place elsewhere" in warned


def test_two_names_become_one(browser, root):
    rows = {one.name: one.id for one in browser.desk.queue.rows()}
    decide(browser, "B. Keller", f"same:{rows['Bruno Keller']}")
    found = front(root, WATER)["entities"]
    said = (
        (root / "seeds/decisions.yml").read_text(encoding="utf-8")
        if (root / "seeds/decisions.yml").exists()
        else ""
    )
    assert "B. Keller" in said or any(
        isinstance(one, dict) and one.get("name") == "Bruno Keller" for one in found
    )


def test_two_names_are_kept_apart(browser, root):
    rows = {one.name: one.id for one in browser.desk.queue.rows()}
    decide(browser, "B. Keller", f"not_same:{rows['Bruno Keller']}")
    assert "- {decision: not_same, name: B. Keller, other: Bruno Keller}" in text(root, "seeds/decisions.yml")


def test_a_record_is_made_and_meant_in_every_article(browser, root):
    decide(browser, "Ada Moreau", "record", **{"value-record": "ada-moreau"})
    record = front(root, "content/entities/ada-moreau.md")
    assert (record["title"], record["status"]) == ("Ada Moreau", "reviewed")
    for path in (BRIDGE, CHAIR, WATER):
        assert any("ada-moreau" in str(one) for one in front(root, path)["entities"])
    assert check(root) == 0


def test_a_name_is_split_by_article(browser, root):
    decide(browser, "Bruno Keller", "split", article=[ARTICLE], **{"value-split": "Bruno Keller (editor)"})
    assert front(root, "content/entities/bruno-keller-editor.md")["title"] == "Bruno Keller (editor)"
    assert "{id: bruno-keller-editor, also: [Bruno Keller]}" in text(root, CHAIR)
    assert "{name: Bruno Keller, type: person" in text(root, BRIDGE)
    assert check(root) == 0


def test_a_name_is_given_as_the_text_has_it(browser, root):
    decide(
        browser,
        "Northern Water Agency",
        "name",
        **{"value-name": "Water Agency"},
        article=["2016/agency-warns-of-low-water"],
    )
    assert "Water Agency" in names(root, WATER)
    decide(browser, "Northern Water Agency", "name", **{"value-name": "Fire Agency"})
    assert "is not in the text" in browser.said()


def check(root: Path) -> int:
    done = CliRunner().invoke(main, ["-C", str(root), "check"])
    return 0 if "0 errors" in done.output else done.exit_code


def test_unsure_comes_last_and_is_written_nowhere(browser, root):
    before, first = snapshot(root), browser.desk.queue.rows()[0]
    browser.get(f"/names?at={first.key}")
    browser.form("/names/decide", decision="later")
    assert browser.desk.queue.rows()[-1].key == first.key
    assert snapshot(root) == before


def test_what_a_filter_leaves_is_shown_then_accepted_with_one_undo(browser, root):
    before = snapshot(root)
    preview = browser.get("/names/all?type=person")
    assert "Ada Moreau" in preview.text
    assert "Lenn Valley Council" not in preview.text
    browser.form("/names/all?type=person")
    left = {one.name for one in browser.desk.queue.rows() if one.question is None}
    assert "Ada Moreau" not in left
    assert "Lenn Valley Council" in left
    browser.post("/undo", {"back": "/"})
    assert snapshot(root) == before


def test_a_bulk_decision_leaves_out_what_is_ticked(browser):
    browser.get("/names/all?type=person")
    row = next(one for one in browser.desk.queue.rows() if one.name == "Ada Moreau")
    browser.form("/names/all?type=person", but=[row.key])
    assert "Ada Moreau" in {one.name for one in browser.desk.queue.rows()}


def of_two_types(root: Path) -> None:
    """A published page that has Hersant as a person, and as an organization among its proposals: its text has one name for both."""
    page = root / WATER
    body = page.read_text(encoding="utf-8").split("---\n", 2)[2]
    head = front(root, WATER) | {"status": "published", "timeline": []}
    head["entities"] = [
        {"name": "Hersant", "type": "person"}, {"name": "Northern Water Agency", "type": "organization"},
    ]  # fmt: skip
    head["proposed"] = {
        "entities": [{"name": "Hersant", "type": "organization"}, {"name": "Ada Moreau", "type": "person"}]
    }
    words = f"---\n{yaml.safe_dump(head, sort_keys=False, allow_unicode=True)}---\n{body}\nHersant asked for rain.\n"
    page.write_text(words, encoding="utf-8")


def test_what_would_leave_a_published_page_with_a_name_that_its_text_does_not_have_is_not_accepted_with_the_rest(
    root,
):
    of_two_types(root)
    before = errors_of(root)
    browser = opened(root)
    browser.get("/names/all?type=organization")
    browser.form("/names/all?type=organization")
    assert "“Hersant” is also a name of Hersant (person)" in browser.said()
    browser.get("/names/all?words=Ada")
    browser.form("/names/all?words=Ada")
    assert errors_of(root) == before == []
    assert names(root, WATER) == ["Hersant", "Northern Water Agency", "Ada Moreau"]


@pytest.mark.parametrize(("other", "has"), [(Reject(), "organization"), (Accept(), "person")])
def test_a_name_is_accepted_beside_other_decisions_if_they_leave_it_to_one_entity(root, other, has):
    """As where the terminal asks for the rest of a page: some items are accepted and some rejected at once."""
    of_two_types(root)
    session = opened(root).desk
    items = page_review_of(Repository(root), WATER, session.index.records)
    places = {one.mark: one.entity for one in listed_items(items.page, items.last, {}) if one.entity}
    marks = {(one.name, one.type): mark for mark, one in places.items()}
    decisions = {
        ("Hersant", "organization"): Accept(),
        ("Hersant", "person"): other,
        ("Ada Moreau", "person"): Reject(),
    }
    session.decide_all([DecisionTarget(WATER, marks[name], how) for name, how in decisions.items()], "")
    found = [one["type"] for one in front(root, WATER)["entities"] if one.get("name") == "Hersant"]
    assert found == [has]
    assert errors_of(root) == []


@pytest.mark.parametrize(
    "page", ["content/index.md", "mkdocs.yml", "content/articles/none.md", "content/articles/../../README.md"]
)
def test_only_pages_of_the_desk_are_withdrawn(browser, root, page):
    before = snapshot(root)
    assert browser.get(f"/withdraw?page={page}").status_code == 404
    browser.post("/withdraw", {"page": page, "reason": "None.", "seen": ""})
    assert snapshot(root) == before


def test_the_overview_lists_what_fails_in_pages_that_readers_see_whoever_caused_it(root):
    of_two_types(root)
    page = root / WATER
    browser = opened(root)
    assert browser.desk.failing.is_current(PATIENCE)
    assert "D203" not in browser.get("/").text
    page.write_text(
        page.read_text(encoding="utf-8").replace("Hersant asked", "Nobody asked"), encoding="utf-8"
    )
    browser.get("/")
    assert browser.desk.failing.is_current(PATIENCE)
    told = browser.get("/").text
    assert "D203" in told
    assert f'href="/article/{WATER.removeprefix("content/articles/").removesuffix(".md")}"><code>' in told
    assert "Look again" not in told


def test_what_is_in_doubt_is_not_accepted_with_the_rest_unless_it_is_asked_for(browser, root):
    def open_(kind):
        return {row.key for row in browser.desk.queue.rows() if row.kind == kind}

    before = snapshot(root)
    assert "are not accepted together" in browser.get("/names/all").text
    browser.form("/names/all?")
    assert not open_("rest")
    assert open_("twin")
    assert 'value="accept"' not in browser.get("/names/all").text, "it would do nothing"
    assert "not accepted together" not in browser.get("/names/all?kind=twin").text
    browser.form("/names/all?kind=twin")
    assert not open_("twin")
    browser.post("/undo", {"back": "/"})
    browser.post("/undo", {"back": "/"})
    assert snapshot(root) == before
    browser.get("/names/all")
    browser.form("/names/all?", decision="reject")
    assert not open_("twin")


def test_filters_narrow_the_queue(browser):
    every = {one.name for one in browser.desk.queue.rows()}
    for query in (
        "kind=rest",
        "type=person",
        "least=0.9",
        "below=0.9",
        "articles=2016",
        "new=yes",
        "new=no",
        "words=moreau",
    ):
        page = browser.get(f"/names?{query}")
        assert page.status_code == 200
    assert "Moreau" in browser.get("/names?words=moreau").text
    assert len(every) > 3
    assert "is not a score" in browser.get("/names?least=x").text or browser.said()


def test_the_queue_asks_the_doubtful_before_the_rest(browser):
    kinds = [one.kind for one in browser.desk.queue.rows()]
    order = ["question", "twin", "doubtful", "rest"]
    assert [order.index(kind) for kind in kinds] == sorted(order.index(kind) for kind in kinds)


def heading(browser) -> str:
    """Of the first entry of the article."""
    items = browser.desk.index.article(ARTICLE).items
    return next(one.page_item.item.text for one in items if one.name == "timeline")


def test_an_entry_is_accepted_with_the_words_that_it_is_given(browser, root):
    words = "The council approves the budget"
    browser.get(f"/article/{ARTICLE}")
    browser.item(f"/decide/{ARTICLE}", heading(browser), decision="accept", text=words)
    assert words in [one["text"] for one in front(root, CHAIR)["timeline"]]
    browser.get(f"/article/{ARTICLE}")
    browser.item(f"/decide/{ARTICLE}", words, decision="accept", date="2014-10")
    assert ("2014-10", words) in [(one["date"], one["text"]) for one in front(root, CHAIR)["timeline"]]


def test_an_entry_that_is_rejected_stays_out_even_if_its_words_were_changed(browser, root):
    browser.get(f"/article/{ARTICLE}")
    title = heading(browser)
    browser.item(f"/decide/{ARTICLE}", title, decision="reject", text="Other words")
    assert not {title, "Other words"} & {one["text"] for one in front(root, CHAIR)["timeline"]}


def test_a_quote_that_does_not_stand_is_not_written(browser, root):
    before = snapshot(root)
    browser.get(f"/article/{ARTICLE}")
    action, title = f"/decide/{ARTICLE}", heading(browser)
    browser.item(action, title, decision="amend", quote="words that nobody wrote")
    assert "is not in the text" in browser.said()
    browser.item(action, title, decision="accept", mark=mark("timeline", "gone"))
    assert "no longer" in browser.said()
    assert snapshot(root) == before


def test_what_was_decided_can_be_changed_later(browser, root):
    browser.get(f"/article/{ARTICLE}")
    title = heading(browser)
    browser.item(f"/decide/{ARTICLE}", title, decision="accept")
    assert load(text(root, "seeds/chair.suggested.yml")).edited == ()
    assert browser.said() == f"Accepted: {title}"
    browser.get(f"/article/{ARTICLE}")
    browser.item(f"/decide/{ARTICLE}", title, decision="amend", text="Other words")
    assert "Other words" in [one["text"] for one in front(root, CHAIR)["timeline"]]
    assert browser.post("/undo", {"back": "/names?kind="}).location == "/names?kind="


def test_a_name_that_was_missed_is_added(browser, root):
    browser.get("/article/2016/agency-warns-of-low-water")
    action = "/add-name/2016/agency-warns-of-low-water"
    browser.form(action, words="river Lenn", type="place")
    assert "{name: river Lenn, type: place}" in text(root, WATER)
    browser.get("/article/2016/agency-warns-of-low-water")
    browser.form(action, words="river Rhine", type="place")
    assert "is not in the text" in browser.said()


def test_a_name_that_the_check_would_not_find_is_not_added(browser, root):
    """It stands in the title alone, or within a longer name that the page has."""
    before = snapshot(root)
    for words, type_ in (("low water", "event"), ("Water Agency", "organization")):
        browser.get("/article/2016/agency-warns-of-low-water")
        browser.form("/add-name/2016/agency-warns-of-low-water", words=words, type=type_)
        assert "occurs only in the title, or inside another name" in browser.said()
    assert snapshot(root) == before


def test_an_entry_that_was_missed_is_added_with_a_quote_that_stands_once(browser, root):
    browser.get("/article/2016/agency-warns-of-low-water")
    readable = browser.desk.index.article("2016/agency-warns-of-low-water").readable
    start = readable.rindex("Northern Water Agency")
    action = "/add-entry/2016/agency-warns-of-low-water"
    browser.form(
        action,
        date="2016-06-10",
        text="The agency speaks",
        quote="Northern Water Agency",
        start=str(start),
        end=str(start + 21),
    )
    added = next(one for one in front(root, WATER)["timeline"] if one["text"] == "The agency speaks")
    assert added["prefix"] or added["suffix"]
    assert check(root) == 0
    browser.get("/article/2016/agency-warns-of-low-water")
    browser.form(action, date="2016-13", text="x", quote="Northern Water Agency")
    assert "not done" in browser.said().casefold()


def test_fields_of_the_page_are_set_in_place(browser, root):
    browser.get(f"/article/{ARTICLE}")
    browser.form(
        f"/fields/{ARTICLE}",
        **{"source.publisher": "The Lenn Courier", "tags": "bridge, council", "date": "2016-06-03"},
    )
    page = front(root, CHAIR)
    assert page["source"]["publisher"] == "The Lenn Courier"
    assert page["tags"] == ["bridge", "council"]
    assert str(page["date"]) == "2016-06-03"


def test_a_file_that_changed_on_disk_is_read_again_and_not_overwritten(browser, root):
    browser.get(f"/article/{ARTICLE}")
    page = root / CHAIR
    page.write_text(text(root, CHAIR).replace("title: Chair", "title: The chair"), encoding="utf-8")
    browser.form(f"/fields/{ARTICLE}", title="Mine")
    assert "changed" in browser.said()
    assert front(root, CHAIR)["title"] == "The chair of the council resigns"
    assert "The chair of the council resigns" in browser.get(f"/article/{ARTICLE}").text


@pytest.mark.parametrize("kind", ["article", "record", "dossier"])
def test_a_refused_publication_that_is_loaded_again_leads_to_its_page(browser, kind):
    """As with F5: the address is that of the form, which is there for POST alone."""
    form = "/publish" if kind == "article" else f"/publish-{kind}"
    assert browser.get(f"{form}/2016/é-page").location == f"/{kind}/2016/%C3%A9-page"


def test_one_key_publishes_what_is_decided_and_undo_takes_it_back(browser, root):
    before = snapshot(root)
    browser.get(f"/article/{ARTICLE}")
    browser.form(f"/publish/{ARTICLE}")
    assert front(root, CHAIR)["status"] == "published"
    assert browser.desk.index.article(ARTICLE).waiting == ()
    browser.post("/undo", {"back": "/"})
    assert snapshot(root) == before


def test_what_stands_in_the_way_is_a_list_of_links(browser, root):
    page = root / CHAIR
    head, end, body = text(root, CHAIR).rpartition("---\n")
    page.write_text(f"{head}{end}{body.replace('Ada Moreau', 'Somebody')}", encoding="utf-8")
    browser.get(f"/article/{ARTICLE}")
    answer = browser.form(f"/publish/{ARTICLE}")
    assert answer.status_code == 200, browser.said()
    assert "<code>D" in answer.text
    assert f'href="/article/{ARTICLE}"' in answer.text
    assert front(root, CHAIR)["status"] == "draft"


def test_a_question_stands_in_the_way(root):
    with_question(root)
    shown = opened(root).get(f"/article/{ARTICLE}").text.partition('<ul class="in-the-way"')[2]
    assert '<a href="#questions">' in shown.partition("</ul>")[0]


def test_a_refused_publication_leads_to_what_waits_and_names_no_command(root):
    with_question(root)
    browser = opened(root)
    browser.get(f"/article/{ARTICLE}")
    answer = browser.form(f"/publish/{ARTICLE}").text
    assert "Not published" in answer
    assert re.search(r'<a href="#questions" data-focus>', answer)
    assert "dossier review" not in answer


def test_a_page_with_broken_yaml_is_told_with_its_place_and_is_not_committed(browser, root):
    """Pages of each kind, and the decisions for the whole site."""
    browser.get("/dossiers")
    browser.form("/new-dossier", title="The old bridge")
    browser.get("/records")
    browser.form("/new-record", title="Geneva", type="place")
    paths = {
        CHAIR: f"/article/{ARTICLE}",
        "content/entities/geneva.md": "/record/geneva",
        "content/dossiers/the-old-bridge.md": "/dossier/the-old-bridge",
    }
    for path, place in paths.items():
        (root / path).write_text(text(root, path).replace("title: ", "title: Pledge: "), encoding="utf-8")
        answer = browser.get(place)
        assert answer.status_code == 200
        assert f"{path}:2:" in answer.text
        assert "<code>D1" in answer.text
        assert "Correct the file" in answer.text
        assert f'href="{place}"' in browser.get("/").text
    (root / "seeds/decisions.yml").write_text("- {decision: junk", encoding="utf-8")
    assert "seeds/decisions.yml:" in browser.get("/").text
    page = browser.get("/changes").text
    assert f'value="{CHAIR}" disabled>' in page
    assert f"{CHAIR}:2:" in page
    browser.post("/changes/commit", {"file": [CHAIR], "message": "x", "back": "/changes"})
    assert f"`{CHAIR}` cannot be read" in browser.said()
    (root / CHAIR).write_text(text(root, CHAIR).replace("Pledge: ", ""), encoding="utf-8")
    assert "Chair of the council resigns" in browser.get(f"/article/{ARTICLE}").text


def test_the_desk_is_called_as_the_site_and_a_cast_names_who_has_no_record(browser, root):
    browser.get("/dossiers")
    browser.form("/new-dossier", title="The old bridge")
    browser.get("/dossier/the-old-bridge")
    id_ = next(one.id for one in browser.desk.queue.rows() if one.name == "Ada Moreau")
    browser.form("/dossier/the-old-bridge", **{"add-cast": id_})
    page = browser.get("/dossier/the-old-bridge").text
    assert f'<a href="/names?at={id_}"><bdi>Ada Moreau</bdi></a>' in page
    settings = re.sub("(?m)^site_name: .*", "site_name: Dams of Lenn", text(root, "mkdocs.yml"))
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    browser.desk.site = Desk.open(root).site
    assert "<title>The old bridge · Dams of Lenn · " in browser.get("/dossier/the-old-bridge").text


def test_a_record_is_edited_field_by_field(browser, root):
    browser.get("/records")
    browser.form("/new-record", title="Geneva", type="place")
    browser.get("/record/geneva")
    browser.form(
        "/record/geneva", aliases="Genève | fr\nGenf | de", lat="46.2", lon="6.15", precision="city", same_as="wikidata:Q71",
        description="A city.", **{"relation-type": ["seat of", ""], "relation-to": ["geneva", ""], "relation-date": ["", ""], "relation-article": ["", ""], "relation-quote": ["", ""]},
    )  # fmt: skip
    record = front(root, "content/entities/geneva.md")
    assert record["aliases"] == [{"name": "Genève", "lang": "fr"}, {"name": "Genf", "lang": "de"}]
    assert record["location"] == {"lat": 46.2, "lon": 6.15, "precision": "city"}
    assert record["relations"] == [{"type": "seat of", "to": "geneva"}]
    browser.get("/record/geneva")
    assert '<svg class="map"' in browser.page.text
    browser.form("/record/geneva", aliases="Genf | de", lat="x")
    assert "are not coordinates" in browser.said()


def test_a_name_that_another_record_has_is_saved_and_what_to_do_is_said(browser, root):
    for title in ("Geneva", "City of Geneva"):
        browser.get("/records")
        browser.form("/new-record", title=title, type="place")
        assert "is a name of" not in browser.said()
    browser.get("/record/city-of-geneva")
    browser.form("/record/city-of-geneva", aliases="Geneva")
    assert front(root, "content/entities/city-of-geneva.md")["aliases"] == ["Geneva"]
    said = browser.said()
    assert "“Geneva” is a name of Geneva too." in said
    page = browser.get("/record/city-of-geneva").text
    assert 'href="/merge/city-of-geneva?other=geneva"' in page


@pytest.mark.parametrize("title", ["", "\x00", "Ada\x07", "\u200b", "…"])
def test_a_record_without_a_readable_title_is_not_created(browser, root, title):
    before = sorted((root / "content").rglob("*"))
    browser.get("/records")
    browser.form("/new-record", title=title, type="person")
    assert "a title with letters is needed" in browser.said()
    assert sorted((root / "content").rglob("*")) == before


def test_what_is_added_to_a_dossier_is_known_and_may_be_named_by_its_title(browser, root):
    browser.get("/dossiers")
    browser.form("/new-dossier", title="The old bridge")
    place, page = "/dossier/the-old-bridge", "content/dossiers/the-old-bridge.md"
    browser.get(place)
    browser.form(place, **{"add-articles": "chair of the COUNCIL resigns"})
    assert front(root, page)["articles"] == [ARTICLE]
    browser.said()
    for field in ("add-articles", "add-cast"):
        before = text(root, page)
        browser.get(place)
        browser.form(place, **{field: "Nobody of this name"})
        assert "is not known here: choose one of the list" in browser.said()
        assert text(root, page) == before
    browser.get(place)
    browser.form(place, **{"add-articles": "the"})
    assert "is the name of several" in browser.said()


def test_a_dossier_is_put_together(browser, root):
    browser.get("/dossiers")
    browser.form("/new-dossier", title="The old bridge")
    place = "/dossier/the-old-bridge"
    for id_ in ("2016/council-reopens-the-old-bridge", ARTICLE):
        browser.get(place)
        browser.form(place, **{"add-articles": id_})
    browser.get(place)
    browser.form(
        place,
        description="Why it was closed.",
        body="The lead.",
        articles=["2016/council-reopens-the-old-bridge", ARTICLE],
        **{"move-articles": "up 1"},
    )
    page = front(root, "content/dossiers/the-old-bridge.md")
    assert page["articles"] == [ARTICLE, "2016/council-reopens-the-old-bridge"]
    assert page["description"] == "Why it was closed."
    assert text(root, "content/dossiers/the-old-bridge.md").endswith("---\nThe lead.\n")


def test_events_are_joined_and_parted(browser, root):
    browser.get("/events?which=all")
    told = [one for event in browser.desk.events.all() for one in event.entries]
    chosen = [
        f"{one.key[0]} {one.key[1]}"
        for one in (told[0], next(one for one in told if one.article is not told[0].article))
    ]
    paths = sorted({one.article.path for one in told})
    browser.form("/events/join", entry=chosen, path=paths, word="bridge-reopened")
    found = [path for path in (BRIDGE, CHAIR, WATER) if "event: bridge-reopened" in text(root, path)]
    assert len(found) == 2
    joined = browser.get("/events?which=joined").text
    assert {one.entry.text for one in told if one.entry.text in joined} == {
        one.entry.text for one in told if f"{one.key[0]} {one.key[1]}" in chosen
    }
    browser.get("/events?which=word")
    event = next(one for one in browser.desk.events.all() if one.word == "bridge-reopened")
    one = event.entries[0]
    shown = [each.article.path for each in event.entries]
    browser.post(
        "/events/part",
        {
            "entry": f"{one.key[0]} {one.key[1]}",
            "path": shown,
            "seen": digest(browser.desk.index, shown),
            "back": "/events",
        },
    )
    assert len([path for path in (BRIDGE, CHAIR, WATER) if "event: bridge-reopened" in text(root, path)]) == 1


def test_lists_have_what_is_asked_for(browser, root):
    def records(asked: str) -> list[str]:
        return re.findall(r'<a [^>]*href="/record/([^"]+)"', browser.get(f"/records{asked}").text)

    for title, type_ in ((" Zurich ", "place"), ("Lenn Boats", "organization"), ("Basel", "place")):
        browser.get("/records")
        browser.form("/new-record", title=title, type=type_)
    assert front(root, "content/entities/zurich.md")["title"] == "Zurich"
    assert records("") == ["basel", "lenn-boats", "zurich"]
    assert records("?type=place") == ["basel", "zurich"]
    assert records("?words=BOAT") == ["lenn-boats"]
    assert records("?words=boat&type=place") == []
    events = browser.get("/events?which=all&words=RESIGNED").text
    assert "resigned" in events
    assert "approves the budget" not in events


def test_an_event_without_a_word_is_called_by_its_heading(browser, root):
    browser.get("/events")
    told = [one for event in browser.desk.events.all() for one in event.entries]
    chosen = [told[0], next(one for one in told if one.article is not told[0].article)]
    paths = sorted({one.article.path for one in told})
    browser.form("/events/join", entry=[f"{one.key[0]} {one.key[1]}" for one in chosen], path=paths)
    words = {front(root, one.article.path)["timeline"][one.at]["event"] for one in chosen}
    (word,) = words
    assert any(word == "-".join(slug(one.entry.text).split("-")[:6]) for one in chosen)


def test_changes_are_told_in_words_committed_and_never_pushed(browser, root):
    decide(browser, "Ada Moreau", "reject", article=[ARTICLE])
    page = browser.get("/changes")
    assert "Ada Moreau" in page.text
    browser.form("/changes/branch", name="review/june")
    browser.get("/changes")
    browser.form("/changes/commit", message="Review the chair")
    said = git(root, "log", "-1", "--format=%s%n%D")
    assert "Review the chair" in said
    assert "review/june" in said
    assert "Nothing has changed" in browser.get("/changes").text


def test_a_commit_without_a_message_or_of_other_files_is_refused(browser, root):
    decide(browser, "Ada Moreau", "reject", article=[ARTICLE])
    (root / "mkdocs.yml").write_text(text(root, "mkdocs.yml") + "\n# mine\n", encoding="utf-8")
    browser.get("/changes")
    browser.form("/changes/commit", message="")
    assert "message" in browser.said()
    browser.post("/changes/commit", {"message": "x", "file": "mkdocs.yml", "back": "/changes"})
    assert "has not changed" in browser.said()
    for name in ("-f", "a b", "../x", "x..y~"):
        browser.post("/changes/branch", {"name": name, "back": "/changes"})
        assert "not done" in browser.said().casefold()


@pytest.mark.parametrize(
    ("kind", "value", "fine"),
    [
        ("date", "2016-05-30", True), ("date", "2016-13", False), ("date", "", True), ("heading", "", False), ("heading", "x" * 200, False),
        ("quote", "resigned on 2 June 2016", True), ("quote", "nobody wrote this", False), ("quote", "Ada Moreau", True), ("quote", "", False),
        ("name", "Keller", True), ("name", "Kellner", False), ("id", "ada-moreau", True), ("id", "Ada", False),
    ],
)  # fmt: skip
def test_values_are_checked_while_they_are_typed(browser, kind, value, fine):
    answer = browser.client.get(
        f"{browser.access.base}/check",
        base_url="http://127.0.0.1:8001",
        query_string={"kind": kind, "value": value, "article": ARTICLE},
    )
    assert answer.text.startswith("ok" if fine else "no")


DECISIONS = [
    ("accept", "", Accept()),
    ("reject", "", Reject()),
    ("junk", "", Junk()),
    ("type", "organization", Retype("organization")),
    ("name", "Ada", Rename("Ada")),
    ("split", "Ada Moreau (judge)", Split("Ada Moreau (judge)")),
    ("record", "ada-moreau", MakeRecord("ada-moreau")),
    ("not_same:bruno-keller-person", "", NotSameAs("bruno-keller-person")),
    ("same:ada-moreau-person", "", SameAs("ada-moreau-person")),
]
DECIDED: dict[str, tuple[str, str]] = {"same:ada-moreau-person": ("Bruno Keller", BRIDGE)}
"""The name that is decided on and its page; Ada Moreau and CHAIR by default. Of two names, the one in more articles stays."""


@pytest.mark.parametrize("asked", DECISIONS, ids=[one[0].partition(":")[0] for one in DECISIONS])
def test_the_desk_and_the_engine_of_the_terminal_write_the_same_files(browser, root, added, asked):
    name, value, decision = asked
    decided, page = DECIDED.get(name, ("Ada Moreau", CHAIR))
    twin = Path(shutil.copytree(added, root.parent / "twin"))
    review = page_review_of(Repository(twin), page, known_records(twin))
    review = replace(review, found=lambda: derived(twin))
    open_ = next(
        one
        for one in open_items(review.page, review.last)
        if one.page_item and getattr(one.page_item.item, "name", "") == decided
    )
    DecisionEngine(twin).write(review.repository, lambda: False, lambda: carry_out(review, open_, decision))
    article = page.removeprefix("content/articles/").removesuffix(".md")
    decide(browser, decided, name, article=[article], **{f"value-{name}": value})
    assert snapshot(root) == snapshot(twin)


def test_undo_goes_back_to_the_beginning(browser, root):
    before = snapshot(root)
    for name in ("Ada Moreau", "Bruno Keller", "Northern Water Agency"):
        decide(browser, name, "accept")
    decide(browser, "Lenn Valley Council", "junk")
    for _ in range(4):
        browser.post("/undo", {"back": "/"})
    assert snapshot(root) == before
    browser.post("/undo", {"back": "/"})
    assert "nothing to undo" in browser.said()


def test_undo_in_another_window_undoes_nothing_that_it_does_not_show(browser, root):
    """Its button names the decision before; the one made since would be lost without a word."""
    for decided in range(2):
        browser.get(f"/article/{ARTICLE}")
        if decided:
            older = browser.page
        browser.form(f"/decide/{ARTICLE}", decision="accept")
    before, written = snapshot(root), len(browser.desk.engine.done)
    browser.page = older
    answer = browser.form("/undo")
    assert answer.location == f"/article/{ARTICLE}"
    assert "in another window" in browser.said()
    assert (snapshot(root), len(browser.desk.engine.done)) == (before, written)
    browser.get(answer.location)
    browser.form("/undo")
    assert len(browser.desk.engine.done) == written - 1


def test_undo_overwrites_nothing_that_was_changed_since(browser, root):
    decide(browser, "Ada Moreau", "reject", article=[ARTICLE])
    page = root / CHAIR
    page.write_text(text(root, CHAIR).replace("title: Chair", "title: The chair"), encoding="utf-8")
    browser.post("/undo", {"back": "/"})
    assert "changed since" in browser.said()
    assert front(root, CHAIR)["title"] == "The chair of the council resigns"


def test_a_decision_about_what_is_gone_is_refused(root):
    target = DecisionTarget(CHAIR, ("entities", "nobody"), Accept())
    ((_, why),) = carry_out_all(Repository(root), [target], {}, Candidates, lambda *_: None)
    assert str(why).startswith("it is no longer open")
    with pytest.raises(ChangedError):
        DecisionEngine(root).write(Repository(root), lambda: True, lambda: None)
    with pytest.raises(EditError):
        DecisionEngine(root).undo()


def test_headings_that_are_not_wanted_and_other_quotes(root):
    review = page_review_of(Repository(root), CHAIR, {})
    open_ = next(one for one in open_items(review.page, review.last) if one.name == "timeline")
    with pytest.raises(EditError):
        carry_out(review, open_, Unwanted("never so"))
    with pytest.raises(EditError):
        carry_out(review, open_, Amend("2016", "x", "no such words"))
    carry_out(review, open_, Amend("2016", "x", "Ada Moreau resigned"))
    assert "quote: Ada Moreau resigned" in review.repository.pending[CHAIR].decode()
    assert load(review.repository.pending["seeds/chair.suggested.yml"].decode()).edited


def test_of_two_names_the_fuller_one_stands(browser, root):
    """On either row the short one becomes the full one, which is then still to be accepted."""
    row = next(one for one in browser.desk.queue.rows() if one.name == "Bruno Keller")
    twin = next(one for one in row.twins if "keller" in one.id)
    page = browser.get(f"/names?at={row.key}")
    assert "The same: <bdi>Bruno Keller</bdi>" in page.text
    browser.form("/names/decide", decision=f"same:{twin.id}")
    assert "- {decision: same, name: B. Keller, other: Bruno Keller}" in text(root, "seeds/decisions.yml")
    assert "Bruno Keller" in {one.name for one in browser.desk.queue.rows()}
    assert "B. Keller" not in {one.name for one in browser.desk.queue.rows()}


def test_a_name_that_is_the_same_as_one_of_another_kind_gets_its_type(browser, root):
    """As “Rio” does, which was taken for a person and is short for a company: nobody has to change the type first."""
    decide(browser, "Bruno Keller", f"same:{name_id('Northern Water Agency', 'organization')}")
    assert "Not done" not in browser.said()
    decided = text(root, "seeds/decisions.yml")
    assert "- {decision: other_type, name: Bruno Keller, type: organization}" in decided
    assert "- {decision: same, name: Bruno Keller, other: Northern Water Agency}" in decided
    assert "Bruno Keller, type: person" not in text(root, BRIDGE) + text(root, CHAIR)
    assert check(root) == 0
    before = {path: words for path, words in snapshot(root).items() if path.startswith("content")}
    assert CliRunner().invoke(main, ["-C", str(root), "update"]).exit_code == 0
    assert before.items() <= snapshot(root).items()


def test_an_acronym_that_is_somebody_is_so_by_its_fuller_name_too(browser, root):
    """One article has the acronym alone, another explains it and is decided: the decision holds for both."""
    for name, words in (
        ("nwa", "The agency moves\n\nThe NWA moved to Tarn on 3 June 2016. Bruno Keller of NWA paid.\n"),
        ("explained", "Who pays\n\nThe Northern Water Agency (NWA) paid Bruno Keller on 4 June 2016.\n"),
        ("board", "The board meets\n\nThe Tarn Water Board met on 5 June 2016. Bruno Keller spoke.\n"),
    ):
        source = root.parent / f"{name}.txt"
        source.write_text(words, encoding="utf-8")
        command = ["-C", str(root), "add", str(source), "--date", "2016-06-13", "--lang", "en"]
        assert CliRunner().invoke(main, command).exit_code == 0
    found = derived(root)
    assert found.by_id[found.ids["nwa-organization"]].name == "Northern Water Agency"
    page = "content/articles/2016/the-agency-moves.md"
    review = replace(page_review_of(Repository(root), page, known_records(root)), found=lambda: found)
    open_ = next(
        one for one in open_items(review.page, review.last) if one.entity and one.entity.name == "NWA"
    )
    carry_out(review, open_, SameAs("tarn-water-board-organization"))
    decided = review.repository.pending["seeds/decisions.yml"].decode()
    assert "- {decision: same, name: NWA, other: Tarn Water Board}" in decided
    assert "- {decision: same, name: Northern Water Agency, other: Tarn Water Board}" in decided


def test_an_entry_of_a_name_that_was_joined_still_follows_the_machine(root):
    """Its entity changed by a decision for the whole site: no person edited the entry, so a better proposal takes its place."""
    path, seed = BRIDGE, "seeds/bridge.suggested.yml"
    council, agency = "lenn-valley-council-organization", "northern-water-agency-organization"
    assert council in text(root, path).partition("timeline:")[2]
    found = derived(root)
    review = replace(page_review_of(Repository(root), path, known_records(root)), found=lambda: found)
    open_ = next(
        one for one in open_items(review.page, review.last) if one.entity and one.entity.id == council
    )
    carry_out(review, open_, SameAs(agency))
    page, kept = (review.repository.pending[one].decode() for one in (path, seed))
    assert council not in page
    assert agency in page.partition("timeline:")[2]
    assert not any(council in entry.entities for entry in load(kept).timeline)


def test_a_surname_that_is_somebody_is_found_in_its_article_afterwards(root):
    """Other articles call her by it too, besides her full name: that finds nothing where the surname stands alone."""
    source = root.parent / "costs.txt"
    source.write_text(
        "Costs of the bridge\n\nMs Moreau praised the Lenn Valley Council on 3 June 2016. Bruno Keller spoke.\n",
        encoding="utf-8",
    )
    command = ["-C", str(root), "add", str(source), "--date", "2016-06-13", "--lang", "en"]
    assert CliRunner().invoke(main, command).exit_code == 0
    page, found = "content/articles/2016/costs-of-the-bridge.md", derived(root)
    assert "Moreau" in found.by_id["ada-moreau-person"].forms
    review = replace(page_review_of(Repository(root), page, known_records(root)), found=lambda: found)
    open_ = next(
        one for one in open_items(review.page, review.last) if one.entity and one.entity.name == "Moreau"
    )
    carry_out(review, open_, SameAs("ada-moreau-person"))
    assert "{name: Ada Moreau, type: person, also: [Moreau]}" in review.repository.pending[page].decode()
