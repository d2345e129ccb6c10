"""`dossier publish`: what stands in the way, what is written, and that a status set by hand does not do."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from dossierkit.cli import main
from dossierkit.merge.unreviewed import settled
from dossierkit.store.proposal import dump, load

PAGE = "content/articles/2016/council-reopens-the-bridge.md"
SUGGESTED = "seeds/bridge.suggested.yml"
TEXT = """\
Council reopens the bridge

LENNBURG, May 30 - The Lenn Valley Council reopened the old bridge on 27 May 2016. Ada Moreau, who chairs the council, spoke
in Lennburg on 28 May 2016. The council approved the budget in October 2014.
"""
RECORD_PAGE = "content/entities/lenn-valley-council.md"
RECORD = "---\ntitle: Lenn Valley Council\ntype: organization\nstatus: {}\n---\n"


@pytest.fixture(scope="module", autouse=True)
def environment():
    """A build leaves the instant at which it began in the environment of its process: not for other tests."""
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)


def dossier(root: Path, *arguments: str, code: int = 0):
    done = CliRunner().invoke(main, ["-C", str(root), *arguments])
    assert done.exit_code == code, done.output
    return done


def codes(done) -> set[str]:
    return {line.split()[1] for line in done.stderr.splitlines()[:-1]}


@pytest.fixture(scope="module")
def added(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("publish") / "one"
    CliRunner().invoke(main, ["init", str(root)], catch_exceptions=False)
    mkdocs = root / "mkdocs.yml"
    described = re.sub("(?m)^site_description:.*$", "site_description: A bridge", mkdocs.read_text("utf-8"))
    mkdocs.write_text(described, encoding="utf-8")
    source = root.parent / "bridge.txt"
    source.write_text(TEXT, encoding="utf-8")
    dossier(root, "add", str(source), "--date", "2016-05-30", "--lang", "en")
    return root


@pytest.fixture
def root(added, tmp_path) -> Path:
    shutil.copytree(added, tmp_path / "one")
    return tmp_path / "one"


def text(root: Path, path: str = PAGE) -> str:
    return (root / path).read_bytes().decode()


def change(root: Path, old: str, new: str, path: str = PAGE) -> None:
    assert old in text(root, path)
    (root / path).write_bytes(text(root, path).replace(old, new, 1).encode())


def as_a_record(root: Path, status: str = "reviewed") -> Path:
    """A record for the council, by whose id the page names it."""
    record = root / "content/entities/lenn-valley-council.md"
    record.write_text(RECORD.format(status), encoding="utf-8")
    change(root, "{name: Lenn Valley Council, type: organization", "{id: lenn-valley-council")
    text_ = text(root).replace("lenn-valley-council-organization", "lenn-valley-council")
    (root / PAGE).write_text(text_, encoding="utf-8")
    return record


def test_everything_that_the_machine_wrote_stands_in_the_way_with_its_place_and_what_to_do(root):
    before = text(root)
    done = dossier(root, "publish", "2016/council-reopens-the-bridge", code=1)
    assert codes(done) == {"D813"}
    first, count = done.stderr.splitlines()
    assert count == "1 error, 0 warnings"
    assert "undecided (“" in first
    line, column = map(int, first.split(":")[1:3])
    assert first.startswith(f"{PAGE}:{line}:{column}: D813 ")
    assert before.splitlines()[line - 1][column - 1 :].startswith("{name: ")
    assert f"`dossier review {PAGE}`" in first
    assert text(root) == before


@pytest.mark.parametrize(
    ("entity", "code"),
    [("{name: Nora Vale, type: person}", "D203"), ("{name: Vale Water, type: organization}", "D314")],
)
def test_a_name_that_a_draft_may_have_and_a_published_page_not_stands_in_the_way(root, entity, code):
    """It is a warning as long as the page is a draft; a build would stop at it afterwards."""
    for name in ("vale-water-board", "vale-water-company"):
        record = RECORD.replace("Lenn Valley Council", name.replace("-", " ").title()).format("reviewed")
        named = record.replace("type:", "aliases: [Vale Water]\ntype:")
        (root / f"content/entities/{name}.md").write_text(named, encoding="utf-8")
    change(root, "entities:\n", f"entities:\n  - {entity}\n")
    before = text(root)
    done = dossier(root, "publish", "--accept", PAGE, code=1)
    assert codes(done) == {code}
    assert text(root) == before


def test_accepting_all_that_stands_in_a_page_publishes_it_and_changes_nothing_but_the_status(root):
    change(root, "status: draft", "status:   draft   # Ann")
    change(root, "tags: []", "tags: [ bridge ]")
    before = text(root)
    done = dossier(root, "publish", "--accept", PAGE)
    (line,) = done.stdout.splitlines()
    assert line.startswith(f"{PAGE}: published; ")
    assert "“Ada Moreau”" in line
    assert text(root) == before.replace("status:   draft   # Ann", "status:   published   # Ann")
    proposal = load(text(root, SUGGESTED))
    assert set(proposal.accepted) == {one.key for one in (*proposal.entities, *proposal.timeline)}
    assert dossier(root, "check").stderr.startswith("0 errors")
    assert dossier(root, "publish", PAGE).stdout == f"{PAGE}: published already\n"
    dossier(root, "build", "--strict")


def test_a_dry_run_says_the_same_and_writes_nothing(root):
    before = text(root), text(root, SUGGESTED)
    done = dossier(root, "publish", "--accept", "--dry-run", PAGE)
    *items, last = done.stdout.splitlines()
    assert f"{PAGE}: would accept “Ada Moreau”" in items
    assert last == f"{PAGE}: would be published"
    assert (text(root), text(root, SUGGESTED)) == before


def test_a_status_set_by_hand_is_an_error_of_check_and_build_until_all_is_decided(root):
    change(root, "status: draft", "status: published")
    assert codes_of_check(root, code=1) == {"D813": "error", "D814": "error"}
    built = dossier(root, "build", code=1)
    assert "D813" in built.output + built.stderr
    assert not (root / "site/index.html").exists()
    change(root, "status: published", "status: draft")
    assert codes_of_check(root) == {}
    change(root, "status: draft", "status: published")
    assert dossier(root, "publish", "--accept", PAGE).stdout.splitlines()[-1] == f"{PAGE}: published already"
    assert codes_of_check(root) == {}


def test_a_withdrawn_page_stays_withdrawn(root):
    change(root, "status: draft", "status: withdrawn")
    before = text(root)
    assert codes(dossier(root, "publish", "--accept", PAGE, code=1)) == {"D806"}
    assert text(root) == before


def test_a_record_with_an_open_proposal_is_not_published(root):
    record = as_a_record(root, "draft")
    change(root, "status: draft\n", "proposed:\n  aliases: [LVC]\nstatus: draft\n", RECORD_PAGE)
    done = dossier(root, "publish", "lenn-valley-council", code=1)
    assert done.stderr.splitlines()[0] == (
        f"{RECORD_PAGE}:1:1: D811 the proposal “LVC” waits: run `dossier review {RECORD_PAGE}`, or take it out"
    )
    assert "status: draft" in record.read_text(encoding="utf-8")


def codes_of_check(root: Path, code: int = 0) -> dict[str, str]:
    done = dossier(root, "check", "--format", "json", code=code)
    listed = json.loads(done.stdout)
    problems = listed["problems"] if isinstance(listed, dict) else listed
    return {one["code"]: one["severity"] for one in problems}


def test_a_reviewed_page_shows_what_was_decided_and_the_next_build_follows_decisions(root):
    change(root, "status: draft", "status: reviewed")
    assert codes_of_check(root) == {"D816": "warning"}
    dossier(root, "build", "--strict")
    article = "site/articles/2016/council-reopens-the-bridge/index.html"
    assert 'class="dk-entity"' not in text(root, article)
    assert not (root / "site/entities/ada-moreau-person").exists()
    page = text(root)
    dossier(root, "publish", "--accept", PAGE)
    (root / PAGE).write_bytes(page.encode())  # what was decided is in the proposal alone
    dossier(root, "build", "--strict")
    assert text(root, article).count('class="dk-entity"') == 3
    assert (root / "site/entities/ada-moreau-person/index.html").is_file()


def test_a_proposal_of_an_older_version_leaves_it_to_the_status_as_before(root):
    change(root, "decided: by item\n", "", SUGGESTED)
    as_a_record(root)
    change(root, "status: draft", "status: published")
    assert codes_of_check(root) == {"D813": "warning"}  # names stand in no page of an older version
    dossier(root, "build", "--strict")


def test_open_proposals_and_questions_stand_in_the_way_and_are_not_accepted(root):
    change(
        root,
        "timeline:\n",
        "proposed:\n  entities:\n    - {name: The Bridge, type: place}\ntimeline:\n",
    )
    proposal = text(root, SUGGESTED)
    asked = '  - key: "q"\n    text: "Which of these is “council”?"\n    candidates: [a, b]\n    quote: council\n    form: council\n'
    (root / SUGGESTED).write_text(
        proposal.replace("questions: []\n", f"questions:\n{asked}"), encoding="utf-8"
    )
    done = dossier(root, "publish", "--accept", PAGE, code=1)
    assert codes(done) == {"D812"}
    assert "The Bridge" in done.stderr
    assert "publish it with `--accept`" not in done.stderr
    assert "Which of these is “council”?" in done.stderr
    assert "status: draft" in text(root)
    change(root, "status: draft", "status: published")
    assert {"D811", "D812"} <= codes_of_check(root, code=1).keys()


def test_pages_are_published_together_each_as_a_whole_or_not_at_all(root):
    record = as_a_record(root, "draft")
    dossiers = root / "content/dossiers/one.md"
    dossiers.parent.mkdir(exist_ok=True)
    dossiers.write_text(
        "---\ntitle: One\narticles: [2016/council-reopens-the-bridge]\ncast: [lenn-valley-council]\nstatus: draft\n---\nLead.\n",
        encoding="utf-8",
    )
    alone = dossier(root, "publish", "--accept", PAGE, code=1)
    assert codes(alone) == {"D815"}
    lone = dossier(root, "publish", "content/dossiers/one.md", code=1)
    assert codes(lone) == {"D310", "D815"}
    dossier(root, "publish", "--accept", "--dry-run", PAGE, "content/dossiers/one.md", RECORD_PAGE)
    some = dossier(root, "publish", PAGE, "content/entities/lenn-valley-council.md", code=1)
    assert some.stdout.splitlines() == [
        "content/entities/lenn-valley-council.md: published",
        "in all 1 page published, 1 not, for the reasons below; look at the site with `dossier serve`",
    ]
    assert "status: published" in record.read_text(encoding="utf-8")
    both = dossier(root, "publish", "--accept", PAGE, "content/dossiers/one.md")
    assert "status: published" in text(root)
    assert "status: published" in dossiers.read_text(encoding="utf-8")
    assert both.stdout.endswith(
        "content/dossiers/one.md: published\nin all 2 pages published; look at the site with `dossier serve`\n"
    )
    again = dossier(root, "publish", "content/dossiers/one.md")
    assert again.stdout == "content/dossiers/one.md: published already\n"
    dossier(root, "build", "--strict")


def test_a_draft_record_that_the_page_names_by_name_is_no_way_around(root):
    """As `add` writes names: a record that an editor writes later is meant by them."""
    record = root / "content/entities/ada-moreau.md"
    record.write_text(
        "---\ntitle: Ada Moreau\ntype: person\ndescription: Zqunvetted.\n---\nZqnotes.\n", encoding="utf-8"
    )
    dossier(root, "update")
    assert "name: Ada Moreau" in text(root)
    assert codes(dossier(root, "publish", "--accept", PAGE, code=1)) == {"D815"}
    change(root, "status: draft", "status: reviewed")
    assert codes_of_check(root)["D815"] == "warning"
    change(root, "status: reviewed", "status: published")
    assert codes_of_check(root, code=1)["D815"] == "error"
    assert "D815" in dossier(root, "build", code=1).stderr
    change(root, "status: published", "status: draft")
    dossier(root, "publish", "--accept", PAGE, "content/entities/ada-moreau.md")


def test_a_proposal_that_cannot_be_read_lets_nothing_pass(root):
    change(root, "notes: []", "notes: [", SUGGESTED)
    assert codes(dossier(root, "publish", "--accept", PAGE, code=1)) == {"D407"}
    change(root, "status: draft", "status: published")
    assert codes_of_check(root, code=1) == {"D407": "error"}
    assert "D407" in dossier(root, "build", code=1).stderr


def test_a_line_of_the_proposed_that_somebody_moved_up_is_decided_on(root):
    dossier(root, "publish", "--accept", PAGE)
    proposal = load(text(root, SUGGESTED))
    name = next(one for one in proposal.entities if one.name == "Ada Moreau")
    keys = tuple(key for key in proposal.keys if key != name.key)  # as if it had come with an update
    (root / SUGGESTED).write_text(dump(replace(proposal, drafted=keys, accepted=keys)), encoding="utf-8")
    assert codes_of_check(root) == {}
    assert (
        json.loads(dossier(root, "stats", "--format", "json").stdout)["quality"]["decisions"] == len(keys) + 1
    )


def test_an_error_of_check_stands_in_the_way(root):
    change(root, "title: Council reopens the bridge", "title: Council reopens the bridge\nembargo: soon")
    done = dossier(root, "publish", "--accept", PAGE, code=1)
    assert "D804" in done.stderr
    assert "status: draft" in text(root)


def test_what_is_no_page_is_a_usage_error(root):
    assert "no page `2016/nothing`" in dossier(root, "publish", "2016/nothing", code=2).stderr


def test_an_undecided_name_stays_so_when_a_record_comes_to_bear_it(root):
    (root / "content/entities/lenn-valley-council.md").write_text(RECORD.format("reviewed"), encoding="utf-8")
    done = dossier(root, "publish", PAGE, code=1)
    assert "“Lenn Valley Council”" in done.stderr
    dossier(root, "update")
    again = dossier(root, "publish", PAGE, code=1)
    assert "“Lenn Valley Council”" in again.stderr


def test_an_update_keeps_that_decisions_are_taken_item_by_item(root):
    dossier(root, "update")
    assert load(text(root, SUGGESTED)).by_item
    (root / SUGGESTED).unlink()
    dossier(root, "update")
    assert load(text(root, SUGGESTED)).by_item


def test_a_glance_at_a_proposal_never_takes_for_settled_what_waits(root):
    proposal = load(text(root, SUGGESTED))
    keys = [one.key for one in (*proposal.entities, *proposal.timeline)]
    assert settled(dump(replace(proposal, accepted=tuple(keys))))
    for left in keys:
        accepted = tuple(key for key in keys if key != left)
        assert not settled(dump(replace(proposal, accepted=accepted)))


def test_stats_count_decisions_and_say_how_many_there_are(root):
    change(root, "status: draft", "status: published")
    assert "nothing has been decided yet" in dossier(root, "stats").stdout
    told = json.loads(dossier(root, "stats", "--format", "json").stdout)["quality"]
    assert (told["decisions"], told["pages"], told["by_kind"]) == (0, 0, {})
    change(root, "status: published", "status: draft")
    dossier(root, "publish", "--accept", PAGE)
    told = json.loads(dossier(root, "stats", "--format", "json").stdout)["quality"]
    proposal = load(text(root, SUGGESTED))
    assert told["decisions"] == len(proposal.entities) + len(proposal.timeline)
    assert f"{told['decisions']} decisions, on 1 page\n" in dossier(root, "stats").stdout


def test_a_record_for_a_name_of_a_page_and_an_update_decide_nothing_in_the_stats(root):
    (root / "content/entities/lenn-valley-council.md").write_text(RECORD.format("reviewed"), "utf-8")
    before = dossier(root, "stats").stdout
    assert "lenn-valley-council-organization -> lenn-valley-council" in dossier(root, "update").stdout
    assert "{name: Lenn Valley Council, type: organization" in text(root)
    assert "nothing has been decided yet" in before
    assert dossier(root, "stats").stdout == before


@pytest.mark.parametrize("choice", ["event: the-bridge", "key: true"])
def test_an_entry_that_an_editor_joined_to_an_event_or_made_a_key_moment_is_decided(root, choice):
    before = dossier(root, "publish", PAGE, code=1).stderr
    entries = text(root).count("    quote:")
    change(root, "    text:", f"    {choice}\n    text:")
    after = dossier(root, "publish", PAGE, code=1).stderr
    undecided = [int(said.partition(" undecided")[0].split()[-1]) for said in (before, after)]
    assert entries
    assert undecided[1] == undecided[0] - 1


def test_a_page_that_cannot_be_read_does_not_hide_the_others(root):
    other = root / "content/articles/2016/broken.md"
    other.write_text("---\ntitle: [\n---\n", encoding="utf-8")
    done = dossier(root, "publish", "--accept", str(other), PAGE, code=1)
    assert "broken.md:" in done.stderr
    assert done.stdout.startswith(f"{PAGE}: published; ")


def test_a_build_says_how_many_drafts_it_leaves_out(root):
    assert "2 draft pages left out: look at them with `dossier serve`" in dossier(root, "build").stderr
    page = text(root)
    (root / PAGE).write_text(page.replace("status: draft", "status: withdrawn"), encoding="utf-8")
    assert "1 draft page left out" in dossier(root, "build").stderr
    (root / "content/dossiers/first-dossier.md").unlink()
    assert "left out" not in dossier(root, "build").stderr
