"""A month of editing in a real git repository, and at its end: what people decided is what stands, and nothing else.

Ann, Ben and Cem share a repository. The steps below are their month, in order; each writes into the ledger what a person decided
in it. The tests at the end compare pages, proposals and the built site with the ledger. Words that begin with `zq` must never be
in the site.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from types import SimpleNamespace

import lxml.html
import pytest
import yaml
from tests.support.terminal import Terminal

from dossierkit.model.proposal import ProposedEntity, ProposedEntry
from dossierkit.store.proposal import load
from dossierkit.text.fold import name_id

pytestmark = pytest.mark.engine

BRIDGE_TEXT = """\
Council reopens the old bridge

The Lenn Valley Council reopened the old bridge on Friday. Its chair, Ada Moreau, said that the repairs of the bridge had begun in late March 2015.

Moreau will report on the costs next week.
"""
FLOOD_HTML = """\
<!doctype html><html lang="en"><head><title>Flood commission hears the engineer</title>
<meta property="og:site_name" content="Lenn Daily">
<meta property="article:published_time" content="2016-06-08"></head>
<body><nav>Menu</nav><article><h1>Flood commission hears the engineer</h1>
<p>The Flood Commission heard the engineer Peter Hartmann on Monday in Lennburg. He warned that the dam at Upper Lenn had been
inspected on 12 April 2014 and not since then.</p>
<p>Ada Moreau, the chair of the Lenn Valley Council, rejected the warning of the engineer on Tuesday. Next session of the commission on
20 June.</p></article><footer>Copyright</footer></body></html>
"""
HARBOUR_MD = """\
---
title: Harbour company sues the council
date: 2016-06-15
---

The Lenn Harbour Company sued the Lenn Valley Council on Monday. Peter Hartmann, a lawyer of the company, filed the suit in Lennburg.

Its director, Clara Voss, resigned on 10 June 2016 after a quarrel over **the old quay**.
"""
REPORT_TEXT = """\
Flood Committee reports

The Flood Committee published its report on 21 June 2016 in Lennburg. The Flood Commission blames nobody.
"""
TALKS_TEXT = """\
Zqsecret talks on the dam

The Lenn Valley Council met the Zqdam Company in Lennburg on 22 June 2016. Ada Moreau offered zqmillions.
"""
WITNESS_TEXT = """\
A witness speaks

Zqmara Zqlenz told the Lenn Courier on 24 June 2016 that the dam had leaked. She lives in Zqhamlet.
"""
BRIDGE = "content/articles/2016/council-reopens-the-old-bridge.md"
FLOOD = "content/articles/2016/flood-commission-hears-the-engineer.md"
HARBOUR = "content/articles/2016/harbour-company-sues-the-council.md"
REPORT = "content/articles/2016/flood-committee-reports.md"
TALKS = "content/articles/2016/zqsecret-talks-on-the-dam.md"
WITNESS = "content/articles/2016/a-witness-speaks.md"
SEEDS = {
    BRIDGE: "bridge",
    FLOOD: "flood",
    HARBOUR: "harbour",
    REPORT: "report",
    TALKS: "secret",
    WITNESS: "witness",
}

REOPENED = "The Lenn Valley Council reopened the old bridge on Friday."
BEGUN = "the repairs of the bridge had begun in late March 2015"
HEARD = "The Flood Commission heard the engineer Peter Hartmann on Monday in Lennburg."
INSPECTED = "He warned that the dam at Upper Lenn had been inspected on 12 April 2014 and not since then."
REJECTED = (
    "Ada Moreau, the chair of the Lenn Valley Council, rejected the warning of the engineer on Tuesday."
)
MEETS = "session of the commission on 20 June"
SUED = "The Lenn Harbour Company sued the Lenn Valley Council on Monday."
FILED = "filed the suit in Lennburg"
RESIGNED = "Its director, Clara Voss, resigned on 10 June 2016 after a quarrel over the old quay."
PUBLISHED = "The Flood Committee published its report on 21 June 2016 in Lennburg."


def the_first_day(room, ledger):
    """Ann makes the repository; it is shared."""
    room.dossier("init", "lenn", "--name", "The Lenn papers")
    room.git("init", "-q", "-b", "main")
    room.git("config", "user.name", "Ann")
    room.git("config", "user.email", "ann@lenn.test")
    room.commit("A new repository")
    room.git("clone", "-q", "--bare", ".", str(room.folder / "origin.git"))
    room.git("remote", "add", "origin", str(room.folder / "origin.git"))
    room.git("fetch", "-q", "origin")
    room.dossier("check")


def record(room, id_, title, type_, *weak):
    """Somebody writes a record, as yet without a word beyond names."""
    listed = ", ".join(weak)
    text = f"---\ntitle: {title}\ntype: {type_}\naliases: []\nweak_aliases: [{listed}]\nstatus: draft\n---\n"
    room.write(f"content/entities/{id_}.md", text)


def sources_come_in(room, ledger):
    """Ann writes records of whom they write about. A letter, a saved page and a Markdown file become drafts."""
    with room.branch("Ann", "ann/sources"):
        record(room, "ada-moreau", "Ada Moreau", "person", "Moreau")
        record(room, "clara-voss", "Clara Voss", "person")
        record(room, "flood-commission", "Flood Commission", "organization")
        record(room, "lenn-harbour-company", "Lenn Harbour Company", "organization")
        record(room, "lenn-valley-council", "Lenn Valley Council", "organization")
        record(room, "lennburg", "Lennburg", "place")
        record(room, "peter-hartmann", "Peter Hartmann", "person", "Hartmann")
        record(room, "upper-lenn", "Upper Lenn", "place")
        room.receive("bridge.txt", BRIDGE_TEXT, "--date", "2016-05-30", "--publisher", "The Lenn Courier")
        room.receive("flood.html", FLOOD_HTML)
        room.receive("harbour.md", HARBOUR_MD)
    room.land("ann/sources")


def ann_edits_and_publishes_the_first(room, ledger):
    """By hand: an entry goes, a claim gets other words, a record and an entity are added; comments and odd layout."""
    with room.branch("Ann", "ann/bridge"):
        costs = "Moreau will report on the costs"
        room.change(
            BRIDGE,
            (
                f"  - date: 2016-06-06/2016-06-12\n    when: next week\n    text: {costs}\n    quote: {costs} next week.\n    entities: [ada-moreau]\n",
                "",
            ),
            (
                "    text: The Lenn Valley Council reopened the old bridge\n",
                "    text:   'The bridge opens'\n",
            ),
            (
                "  - date: 2015-03-21~/2015-03-31\n",
                "  # Moreau confirmed it on the phone\n  - date: 2015-03-21~/2015-03-31\n",
            ),
            (
                '    text: "The repairs of the bridge had begun, Ada Moreau said"\n',
                "    text: Repairs begin\n",
            ),
            (
                '    quote: "Its chair, Ada Moreau, said that the repairs of the bridge had begun in late March 2015."\n',
                f"    quote: {BEGUN}\n",
            ),
            (
                "  - ada-moreau\ntimeline",
                "  - ada-moreau\n  - { id:  old-bridge , also: ['the old bridge'] }\ntimeline",
            ),
            ("status: draft\ntags: []\n", "status: draft   # Ann, 2 June\ntags: [bridge]\n"),
        )
        room.write(
            "content/entities/old-bridge.md", "---\ntitle: Old Bridge\ntype: place\nstatus: reviewed\n---\n"
        )
        for id_ in ("ada-moreau", "lenn-valley-council"):
            room.change(f"content/entities/{id_}.md", ("status: draft", "status: reviewed"))
        room.change(
            "content/entities/lenn-valley-council.md",
            ("aliases: []\nweak", "aliases:\n- LVC   # its letters\nweak"),
        )
        release(room, BRIDGE)
    ledger.names(BRIDGE, "lenn-valley-council", "ada-moreau", "old-bridge")
    ledger.says(BRIDGE, "2016-05-27", "The bridge opens", REOPENED)
    ledger.says(BRIDGE, "2015-03-21~/2015-03-31", "Repairs begin", BEGUN)
    ledger.rejects(BRIDGE, quote=f"{costs} next week.")
    ledger.keeps(
        BRIDGE,
        "  # Moreau confirmed it on the phone",
        "    text:   'The bridge opens'",
        "  - { id:  old-bridge , also: ['the old bridge'] }",
        "status: published   # Ann, 2 June",
    )
    ledger.keeps("content/entities/lenn-valley-council.md", "- LVC   # its letters")
    room.land("ann/bridge")


def release(room, page):
    """An editor has read the page and the drafts of records that it names: all that stands in them is right, and all that waits."""
    for name in room.front(page).get("proposed", {}).get("entities", ()):
        filters = ("--kind", "doubtful", "--words", name["name"])
        room.dossier("review", "--bulk", "accept", *filters, "--yes")
    ids = (one for one in room.front(page)["entities"] if isinstance(one, str))
    records = (f"content/entities/{id_}.md" for id_ in ids)
    drafts = [path for path in records if "status: draft" in room.read(path)]
    room.dossier("publish", "--accept", page, *drafts)


def two_edit_the_same_page(room, ledger):
    """Ben and Cem both change the flood page and update its proposal. Git stops at both files; people and update solve it."""
    heard = "The Flood Commission heard the engineer Peter Hartmann in Lennburg"
    with room.branch("Ben", "ben/flood"):
        room.change(
            FLOOD, ("  - upper-lenn\n", ""), (f"    text: {heard}\n", "    text: The engineer is heard\n")
        )
        room.dossier("update", FLOOD)
    with room.branch("Cem", "cem/flood"):
        warned = "Peter Hartmann warned that the dam at Upper Lenn had been inspected on 12 April 2014 and not since"
        room.change(
            FLOOD,
            (f"    text: {heard}\n", "    text: The commission hears Hartmann\n"),
            (
                f'  - date: 2014-04-12\n    when: "12 April 2014"\n    text: {warned}\n    quote: {INSPECTED}\n    entities: [upper-lenn, peter-hartmann]\n',
                "",
            ),
            (
                "---\nThe Flood",
                f"  - {{date: 2016-06-20, text: The commission meets again, quote: {MEETS}}}  # Cem\n---\nThe Flood",
            ),
        )
        room.write("seeds/flood.yml", "author: R. Lind\n")
        told = room.dossier("update", FLOOD)
        assert "source.author: nothing -> R. Lind" in told
    room.land("cem/flood")
    room.who = "Ben"
    room.git("switch", "-q", "ben/flood")
    room.git("merge", "-q", "main", code=1)
    conflicted = room.git("diff", "--name-only", "--diff-filter=U").split()
    assert conflicted == [FLOOD, "seeds/flood.suggested.yml"]
    room.write(FLOOD, _both(room.read(FLOOD), take="The engineer is heard"))
    told = room.dossier("update", FLOOD)
    assert "both sides were kept" in told
    room.commit("Merge main into ben/flood")
    ledger.names(FLOOD, "flood-commission", "peter-hartmann", "lennburg", "ada-moreau", "lenn-valley-council")
    ledger.rejects(FLOOD, "upper-lenn", quote=INSPECTED)
    ledger.says(FLOOD, "2016-06-06", "The engineer is heard", HEARD)
    heading = "Ada Moreau rejected the warning of the engineer Peter Hartmann"
    ledger.says(FLOOD, "2016-06-07", heading, REJECTED)
    ledger.says(FLOOD, "2016-06-20", "The commission meets again", MEETS)
    room.land("ben/flood")
    assert "upper-lenn" not in room.front(FLOOD)["entities"]


def _both(text, take):
    """What a person makes of git's conflict: of each pair of sides the one with these words."""
    pattern = r"<{7}[^\n]*\n(.*?)={7}\n(.*?)>{7}[^\n]*\n"
    sides = re.compile(pattern, re.DOTALL)
    assert sides.search(text)
    return sides.sub(lambda match: match[1] if take in match[1] else match[2], text)


def _place(article, id_, form):
    at = article.text.index(form)
    return ProposedEntity(
        f"story-{id_}",
        f"{id_}-place",
        form,
        "place",
        False,
        (form,),
        1,
        at,
        at + len(form),
        form,
        0.9,
        "a new rule",
    )


def _entry(article, key, date, text, quote, *, when=""):
    at = article.text.index(quote)
    return ProposedEntry(key, date, when, text, quote, "", "", (), at, at + len(quote), 0.9, "a new rule")


def second_extractor(article, proposal):
    """Words every heading anew, finds more, and drops a place and much of what was rejected."""
    page = f"content/articles/{article.id}.md"
    dropped = {FLOOD: {"lennburg", "upper-lenn"}, HARBOUR: {"lennburg"}}.get(page, set())
    found = None
    entities = [one for one in proposal.entities if one.entity not in dropped]
    entries = [replace(one, text=f"Report: {one.text}") for one in proposal.timeline]
    if page == BRIDGE:
        entries = [one for one in entries if one.when != "next week"]
    if page == FLOOD:
        found = _place(article, "dam-at-upper-lenn", "dam at Upper Lenn")
        entries = [one for one in entries if one.date != "2014-04-12"]
        again = "Next session of the commission on 20 June."
        entries.append(_entry(article, "again", "2016-06-20", "Next session", again))
    if page == HARBOUR:
        found = _place(article, "the-old-quay", "the old quay")
        entries = [one for one in entries if FILED not in one.quote]
        entries.append(_entry(article, "filed", "2016-06-13", "The suit is filed", FILED))
    if found and found.entity not in {one.entity for one in entities}:  # with a record, it is found anyway
        entities.append(found)
    return replace(proposal, extractor="story 2", entities=tuple(entities), timeline=tuple(entries))


def third_extractor(article, proposal):
    """Dates and quotes move, a claim is dropped, one is found; all that was ever rejected comes back, worded otherwise."""
    page = f"content/articles/{article.id}.md"
    before = second_extractor(article, proposal)
    entities = [replace(one, key=f"third-{one.key}") for one in before.entities]
    entries = [replace(one, key=f"third-{one.key}", start=0, end=1) for one in before.timeline]
    if page == BRIDGE:
        costs = "will report on the costs next week"
        entries.append(_entry(article, "costs", "2016-06", "Costs to be told", costs, when="next week"))
    if page == HARBOUR:
        entries = [replace(one, date="2016-06-14") if one.quote == SUED else one for one in entries]
        shorter = "Clara Voss, resigned on 10 June 2016"
        entries = [replace(one, quote=shorter) if one.quote == RESIGNED else one for one in entries]
    if page == FLOOD:
        entities.append(replace(_place(article, "upper-lenn", "Upper Lenn"), entity="upper-lenn", known=True))
        entries = [one for one in entries if one.quote != REJECTED]
        dam = "inspected on 12 April 2014"
        entries.append(_entry(article, "dam", "2014-04-12", "Dam inspected", dam, when="12 April 2014"))
    if page == REPORT:
        entries.append(_entry(article, "blames", "2016-06", "Zqopen proposal", "blames nobody"))
    return replace(before, extractor="story 3", entities=tuple(entities), timeline=tuple(entries))


def the_extractor_becomes_better(room, ledger):
    """A draft follows it; in a reviewed page new things wait under `proposed:`, and a place that is no longer proposed stays.

    Headings that people wrote stand without a question, though the machine words its own anew.
    """
    with room.branch("Ben", "ben/upgrade"):
        release(room, FLOOD)
        room.change(FLOOD, ("status: published", "status: reviewed"))
        bridge = room.read(BRIDGE)
        outcomes = room.upgrade(second_extractor)
        assert room.read(BRIDGE) == bridge
        assert outcomes[FLOOD].added == ("dam at Upper Lenn",)
        assert not any(outcome.conflicts for outcome in outcomes.values())
        assert "  - lennburg\n" in room.read(FLOOD)
        assert outcomes[HARBOUR].removed == ("lennburg",)
        assert '    text: "Report: The Lenn Harbour Company sued' in room.read(HARBOUR)
        again = room.upgrade(second_extractor)
        assert not any(outcome.written for outcome in again.values())
    room.land("ben/upgrade")


def ben_reviews_in_the_terminal(room, ledger):
    """One key each; he leaves in the middle and goes on."""
    with room.branch("Ben", "ben/review"):
        terminal = Terminal(room.root, HARBOUR)
        terminal.press("o")
        for name in ("Lenn Harbour Company", "Lenn Valley Council", "Peter Hartmann"):
            assert name in terminal.press("a")
        terminal.press("q")
        assert terminal.end().startswith("3 decided")
        terminal = Terminal(room.root, HARBOUR)
        terminal.press("o")
        assert "Clara Voss" in terminal.press("a")
        assert "the old quay" in terminal.press("r")
        terminal.press("a")
        terminal.press("e")
        terminal.type("date", "")
        terminal.type("text", "Voss resigns")
        assert "The suit is filed" in terminal.press("a")
        assert terminal.end() == "5 decided, 0 open"
        for id_ in ("clara-voss", "lenn-harbour-company"):
            room.change(f"content/entities/{id_}.md", ("status: draft", "status: reviewed"))
        room.dossier("publish", HARBOUR)  # all was decided on
    ledger.names(HARBOUR, "lenn-harbour-company", "lenn-valley-council", "peter-hartmann", "clara-voss")
    ledger.rejects(HARBOUR, "the-old-quay-place")
    ledger.says(HARBOUR, "2016-06-13", f"Report: {SUED.removesuffix(' on Monday.')}", SUED)
    ledger.says(HARBOUR, "2016-06-10", "Voss resigns", RESIGNED)
    ledger.says(HARBOUR, "2016-06-13", "The suit is filed", FILED)
    room.land("ben/review")


def cem_decides_in_the_file(room, ledger):
    """He moves a proposed line up, by hand."""
    with room.branch("Cem", "cem/review"):
        room.change(
            FLOOD,
            ("proposed:\n  entities:\n    - {name: dam at Upper Lenn, type: place}\n", ""),
            ("  - lennburg\n", "  - lennburg\n  - {name: dam at Upper Lenn, type: place}\n"),
        )
        assert not any(outcome.conflicts for outcome in room.upgrade(second_extractor).values())
    ledger.names(FLOOD, "dam-at-upper-lenn-place")
    room.land("cem/review")


def one_record_is_two_men(room, ledger):
    """The engineer and the lawyer have one name."""
    with room.branch("Ann", "ann/hartmann"):
        told = room.dossier(
            "split", "peter-hartmann", "--into", "peter-hartmann-lawyer", "--title", "Peter Hartmann (lawyer)",
            "--articles", "2016/harbour-company-sues-the-council",
        )  # fmt: skip
        assert "peter-hartmann-lawyer" in told
    ledger.rejects(HARBOUR, "peter-hartmann")
    ledger.names(HARBOUR, "peter-hartmann-lawyer")
    ledger.apart = ("peter-hartmann", "peter-hartmann-lawyer")
    room.land("ann/hartmann")


def two_records_are_one_commission(room, ledger):
    """A report comes in that calls the commission by another name. The records are merged."""
    with room.branch("Ann", "ann/report"):
        record(room, "flood-committee", "Flood Committee", "organization")
        room.receive("report.txt", REPORT_TEXT, "--date", "2016-06-22", "--publisher", "The Lenn Courier")
        assert "flood-committee" in room.front(REPORT)["entities"]
        room.commit("the report comes in")
        room.dossier("merge", "flood-commission", "flood-committee")
        release(room, REPORT)
    ledger.names(REPORT, "flood-commission", "lennburg")
    published = "The Flood Committee published its report in Lennburg"
    ledger.says(REPORT, "2016-06-21", published, PUBLISHED)
    ledger.merged = ("flood-commission", "flood-committee")
    room.land("ann/report")


def a_rename_is_taken_back(room, ledger):
    """Cem renames a record; the others do not like it, and `git revert` restores the same bytes."""
    before = room.git("rev-parse", "main^{tree}")
    with room.branch("Cem", "cem/rename"):
        room.dossier("rename", "lenn-harbour-company", "harbour-company")
        assert "harbour-company" in room.front(HARBOUR)["entities"]
    room.land("cem/rename")
    with room.branch("Ann", "ann/revert"):
        room.git("revert", "--no-edit", "-m", "1", "main")
    room.land("ann/revert")
    assert room.git("rev-parse", "main^{tree}") == before


def the_extractor_becomes_better_again(room, ledger):
    """Nothing that was rejected comes; another date in a published page is the only question."""
    with room.branch("Ben", "ben/upgrade-again"):
        outcomes = room.upgrade(third_extractor)
        assert {page: len(one.conflicts) for page, one in outcomes.items() if one.conflicts} == {HARBOUR: 1}
        assert outcomes[REPORT].added == ("2016-06 Zqopen proposal",)
        assert "D811" in room.dossier("publish", REPORT, code=1)
        room.change(REPORT, ("status: published", "status: reviewed"))  # until somebody decides
        terminal = Terminal(room.root, HARBOUR)
        assert "now proposed is “2016-06-14”" in " ".join(terminal.press("r").split())
        assert terminal.end() == "1 decided, 0 open"
    ledger.open[REPORT] = {"Zqopen proposal"}
    room.land("ben/upgrade-again")


def a_mistake_is_corrected(room, ledger):
    """Ben changes the words under a quote. The gate is red, and green when the quote and a correction are there."""
    with room.branch("Ben", "ben/correction"):
        room.change(BRIDGE, ("old bridge on Friday. Its", "old bridge on Thursday. Its"))
        assert "D201" in room.dossier("check", code=1)
        assert "1 is wrong" in room.dossier("verify", code=1)
        assert "1 of your confirmed events now lacks its quote" in room.dossier("diff")
        thursday = REOPENED.replace("Friday", "Thursday")
        room.change(
            BRIDGE,
            (f"quote: {REOPENED}", f"quote: {thursday}"),
            ("date: 2016-05-27", "date: 2016-05-26"),
            ("when: Friday", "when: Thursday"),
            (
                "tags: [bridge]\n",
                "tags: [bridge]\ncorrections:\n  - {date: 2016-06-27, what: It opened on Thursday., why: A reader wrote.}\n",
            ),
        )
        room.dossier("check")
        room.dossier("verify")
        room.upgrade(third_extractor)
    ledger.entries[BRIDGE].pop(REOPENED)
    ledger.says(BRIDGE, "2016-05-26", "The bridge opens", thursday)
    ledger.keeps(BRIDGE, "  - {date: 2016-06-27, what: It opened on Thursday., why: A reader wrote.}")
    room.land("ben/correction")


def one_page_waits_and_one_goes(room, ledger):
    """Talks are under embargo until December. A witness was published, and takes her word back."""
    with room.branch("Cem", "cem/secret"):
        room.receive("secret.txt", TALKS_TEXT, "--date", "2016-06-23")
        room.change(TALKS, ("status: draft", "status: draft\nembargo: 2016-12-01T06:00Z"))
        release(room, TALKS)
        room.receive("witness.txt", WITNESS_TEXT, "--date", "2016-06-25")
        release(room, WITNESS)
    ledger.keeps(TALKS, "embargo: 2016-12-01T06:00Z")
    room.land("cem/secret")
    with room.branch("Ann", "ann/witness"):
        told = room.dossier(
            "withdraw", "2016/a-witness-speaks", "--reason", "The witness withdrew her consent.",
            "--title", "An article", "--source", "--yes",
        )  # fmt: skip
        assert "git filter-repo" in told
        for named in re.findall(r"content/entities/\S+\.md(?=: no other article names it)", told):
            (room.root / named).unlink()
    room.land("ann/witness")


def a_pull_request_is_looked_at(room, ledger):
    """What the workflow of the new repository does with Cem's pull request: its own steps, run."""
    with room.branch("Cem", "cem/dossier"):
        room.write(
            "content/dossiers/first-dossier.md",
            "---\ntitle: Water and stone\nselect: {entities_any: [lenn-valley-council]}\n"
            "cast: [ada-moreau]\nstatus: published\n---\n\nWhat the council did.\n",
        )
        room.change(FLOOD, ("text: The commission meets again", "text: A second session"))
    ledger.says(FLOOD, "2016-06-20", "A second session", MEETS)
    workflow = yaml.safe_load(room.read(".github/workflows/pull-request.yml"))
    for job in ("check", "diff"):
        for step in workflow["jobs"][job]["steps"]:
            if "run" in step and "pip install" not in step["run"]:
                done = room.shell(step["run"], GITHUB_BASE_REF="main", GITHUB_STEP_SUMMARY="../summary.md")
                assert done.returncode == 0, done.stdout + done.stderr
    summary = (room.folder / "summary.md").read_text(encoding="utf-8")
    assert "A second session" in summary
    assert "Water and stone" in summary
    (room.root / "diff.md").unlink()
    room.land("cem/dossier")


STORY = (
    the_first_day,
    sources_come_in,
    ann_edits_and_publishes_the_first,
    two_edit_the_same_page,
    the_extractor_becomes_better,
    ben_reviews_in_the_terminal,
    cem_decides_in_the_file,
    one_record_is_two_men,
    two_records_are_one_commission,
    a_rename_is_taken_back,
    the_extractor_becomes_better_again,
    a_mistake_is_corrected,
    one_page_waits_and_one_goes,
    a_pull_request_is_looked_at,
)


@pytest.fixture(scope="module")
def month(newsroom, ledger):
    """The month, played."""
    for step in STORY:
        step(newsroom, ledger)
    return SimpleNamespace(room=newsroom, ledger=ledger)


def standing(front):
    """Entities, and entries as (date, text) by quote, of a page."""
    listed = front.get("entities") or ()
    ids = {
        one if isinstance(one, str) else one.get("id") or name_id(one["name"], one["type"]) for one in listed
    }
    return ids, {one["quote"]: (one.get("date"), one["text"]) for one in front.get("timeline") or ()}


def test_what_people_decided_is_what_stands_in_the_pages_and_nothing_else(month):
    for page in (BRIDGE, FLOOD, HARBOUR, REPORT):
        ids, entries = standing(month.room.front(page))
        assert ids == month.ledger.entities[page], page
        assert entries == month.ledger.entries[page], page


def test_every_line_that_is_a_persons_own_is_there_to_the_byte(month):
    for page, line in sorted(month.ledger.lines):
        assert month.room.read(page).split("\n").count(line) == 1, f"{page}: {line}"


def test_what_was_rejected_is_remembered_and_nowhere_again(month):
    for page, id_ in sorted(month.ledger.rejected_entities):
        front = month.room.front(page)
        assert id_ not in standing(front)[0] | standing(front.get("proposed") or {})[0], f"{page}: {id_}"
    for page, quote in sorted(month.ledger.rejected_quotes):
        front = month.room.front(page)
        memory = load(month.room.read(f"seeds/{SEEDS[page]}.suggested.yml")).rejected
        assert quote in {one.quote for one in memory}, f"{page}: {quote}"
        for stands in {**standing(front)[1], **standing(front.get("proposed") or {})[1]}:
            assert stands not in quote, f"{page}: {stands}"
            assert quote not in stands, f"{page}: {quote}"


def test_what_nobody_decided_on_still_waits(month):
    for page in (BRIDGE, FLOOD, HARBOUR, REPORT):
        _, waiting = standing(month.room.front(page).get("proposed") or {})
        assert {text for _, text in waiting.values()} == month.ledger.open.get(page, set()), page


def test_the_proposals_have_nothing_open_but_that(month):
    for page in (BRIDGE, FLOOD, HARBOUR, REPORT):
        assert load(month.room.read(f"seeds/{SEEDS[page]}.suggested.yml")).conflicts == (), page
    assert not list((month.room.root / "seeds").glob("witness*"))


def test_the_records_say_what_was_decided_of_them(month):
    one, other = month.ledger.apart
    for id_, not_id in ((one, other), (other, one)):
        assert not_id in month.room.front(f"content/entities/{id_}.md")["not_same_as"]
    stays, gone = month.ledger.merged
    record = month.room.front(f"content/entities/{stays}.md")
    assert gone in record["redirects"]
    assert "Flood Committee" in record["aliases"]
    assert not (month.room.root / f"content/entities/{gone}.md").exists()
    assert not (month.room.root / "content/entities/old-quay.md").exists()
    assert (month.room.root / "content/entities/lenn-harbour-company.md").exists()


@pytest.fixture(scope="module")
def site(month):
    """What the last pull request built: path -> text, packed files unpacked."""
    found = {}
    for file in sorted((month.room.root / "site").rglob("*")):
        if file.is_file():
            data = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
            found[file.relative_to(month.room.root / "site").as_posix()] = data.decode("utf-8", "replace")
    return found


def article(site, page):
    return lxml.html.fromstring(site[f"{page.removeprefix('content/').removesuffix('.md')}/index.html"])


def words(element):
    return " ".join(element.text_content().split())


def test_the_site_makes_the_claims_that_people_stand_for_and_each_leads_to_its_words(month, site):
    for page in (BRIDGE, FLOOD, HARBOUR, REPORT):
        tree = article(site, page)
        claims = {
            words(one) for one in tree.xpath("//li[contains(@class, 'dk-entry')]//p[@class='dk-entry__text']")
        }
        assert claims == {text for _, text in month.ledger.entries[page].values()}, page
        text = words(tree.xpath("//article")[0])
        for quote in month.ledger.entries[page]:
            assert quote in text, f"{page}: {quote}"
        for target in tree.xpath("//p[@class='dk-entry__text']//a/@href"):
            assert tree.xpath(f"//*[@id='{target[1:]}']"), f"{page}: {target}"


def test_the_site_names_whom_people_confirmed(month, site):
    for page in (BRIDGE, FLOOD, HARBOUR, REPORT):
        links = article(site, page).xpath("//li[contains(@class, 'dk-entity')]/a[last()]/@href")
        named = {link.rstrip("/").rpartition("/")[2] for link in links}
        assert named == month.ledger.entities[page], page


def test_what_waits_was_withdrawn_or_is_under_embargo_is_nowhere_in_the_site(site):
    for name, text in site.items():
        if not name.startswith("assets/"):
            told = name if name.endswith(".png") else f"{name}\n{text}"
            assert re.findall(r"zq\w*", told.lower()) == [], name
    assert "The witness withdrew her consent." in site["articles/2016/a-witness-speaks/index.html"]


def test_the_correction_is_on_the_page_and_in_the_index(site):
    for name in ("articles/2016/council-reopens-the-old-bridge/index.html", "corrections/index.html"):
        assert "It opened on Thursday." in site[name]


def test_the_sources_are_as_they_came(month):
    for file in sorted((month.room.folder / "inbox").iterdir()):
        if file.name != "witness.txt":
            assert (month.room.root / "seeds" / file.name).read_bytes() == file.read_bytes()


def test_one_more_update_changes_no_page_and_another_one_nothing(month):
    """All editors have gone home. Last of all: it writes, should it be wrong."""
    room = month.room
    first = room.upgrade(third_extractor)
    assert [one for one in room.git("status", "--porcelain").split() if one.startswith("content/")] == []
    assert [conflict for one in first.values() for conflict in one.conflicts] == []
    again = room.upgrade(third_extractor)
    assert [one.page for one in again.values() if one.written or one.conflicts] == []
    assert room.git("rev-parse", "main") == room.git("rev-parse", "origin/main")
