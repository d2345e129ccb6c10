"""What is learnt from decisions, through the commands: decide, add another article, take the line out, update."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.candidates import derived
from tests.support.git import git
from tests.support.runner import printed as dossier

from dossierkit.cache.extractions import folder_of
from dossierkit.cli import main
from dossierkit.store.decisions import PATH as DECISIONS

SOURCES = {
    "bridge": (
        "Council reopens the old bridge\n\n"
        "The Lenn Valley Council reopened the old bridge on Friday. Its chair, Ada Moreau, spoke to Secretary Karim Okoro.\n\n"
        "In Baghdad on 22 May 2016, Ada Moreau signed the contract for the new bridge with Karim Okoro.\n"
    ),
    "chair": (
        "Chair of the council resigns\n\n"
        "Ada M. Moreau resigned on Sunday. The Lenn Valley Council thanked Ada M. Moreau for her work.\n\n"
        "In Geneva on 24 May 2016, Paul Lenn opened the talks with the Lenn Valley Council.\n"
    ),
}
LATER = (
    "Talks go on\n\nAda M. Moreau met Paul Lenn in Geneva on Monday. The Lenn Valley Council was not there.\n\n"
    "In Mosul on 25 May 2016, Paul Lenn opened the second round of the talks.\n"
)
BRIDGE = "content/articles/2016/council-reopens-the-old-bridge.md"
CHAIR = "content/articles/2016/chair-of-the-council-resigns.md"
TALKS = "content/articles/2016/talks-go-on.md"


def add(root, name, source):
    file = root.parent / f"{name}.txt"
    file.write_text(source, encoding="utf-8")
    return dossier(root, "add", str(file), "--date", "2016-05-30", "--lang", "en")


def text(root, path):
    return (root / path).read_text(encoding="utf-8")


def head(root, path):
    return text(root, path).split("---\n")[1]


def decide(root, *lines):
    (root / DECISIONS).write_text("".join(f"- {line}\n" for line in lines), encoding="utf-8")


def state(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for folder in ("content", "seeds")
        for path in (root / folder).rglob("*")
        if path.is_file()
    }


@pytest.fixture(scope="module")
def added(tmp_path_factory) -> Path:
    base = tmp_path_factory.mktemp("learning")
    CliRunner().invoke(main, ["init", str(base / "lenn")], catch_exceptions=False)
    for name, source in SOURCES.items():
        add(base / "lenn", name, source)
    return base


@pytest.fixture
def root(added, tmp_path) -> Path:
    return Path(shutil.copytree(added, tmp_path, dirs_exist_ok=True)) / "lenn"


KINDS = {
    "junk": "{decision: junk, name: Paul Lenn}",
    "other_type": "{decision: other_type, name: Geneva, type: organization}",
    "same": "{decision: same, name: Ada M. Moreau, other: Ada Moreau}",
    "heading": '{decision: heading, begins: "Paul Lenn opened"}',
}
SAID = {
    "junk": "note: not proposed: “Paul Lenn” is junk everywhere, decided in seeds/decisions.yml:1\n",
    "heading": "note: not proposed: headings that begin “Paul Lenn opened” are not proposed, decided in seeds/decisions.yml:1\n",
    "same": "note: joined: “Ada M. Moreau” is the same as “Ada Moreau”, decided in seeds/decisions.yml:1\n",
}
BEFORE = {
    "junk": "name: Paul Lenn",
    "other_type": "{name: Geneva, type: place}",
    "heading": "text: Paul Lenn opened",
}


@pytest.mark.parametrize("kind", BEFORE)
def test_a_decision_applies_to_later_articles_until_its_line_is_taken_out(root, kind):
    decide(root, KINDS[kind])
    dossier(root, "update")
    told = add(root, "talks", LATER)
    assert SAID.get(kind, "") in told
    assert BEFORE[kind] not in head(root, TALKS)
    assert dossier(root, "update").endswith("3 pages unchanged\n")
    assert "0 errors" in dossier(root, "check")
    assert "decided in seeds/decisions.yml" in text(root, "seeds/talks.suggested.yml")
    (root / DECISIONS).unlink()
    assert " 1 proposed" in dossier(root, "update")
    assert BEFORE[kind] in head(root, TALKS).partition("proposed:")[2]
    assert "decided in" not in text(root, "seeds/talks.suggested.yml")
    assert dossier(root, "update").endswith("3 pages unchanged\n")


def test_an_update_of_several_pages_ends_with_their_sum(root):
    decide(root, "{decision: junk, name: Lenn Valley Council}")
    told = dossier(root, "update")
    counts = [int(number) for number in re.findall(r"(?m)^content/.*: (\d+) removed", told)]
    assert len(counts) == 2
    assert f"\nin all 2 pages: {sum(counts)} removed, " in told
    assert "decide with" not in told
    assert "in all" not in dossier(root, "update")
    (root / DECISIONS).unlink()
    assert re.search(
        "(?m)^in all 2 pages: [0-9]+ proposed.*; decide with `dossier desk`$", dossier(root, "update")
    )
    assert any(folder_of(root).glob("*/*"))  # what was found in the articles is kept for the next time


def test_names_that_are_one_are_one_in_later_articles_until_the_line_is_taken_out(root):
    pages = {path: text(root, path) for path in (BRIDGE, CHAIR)}
    decide(root, KINDS["same"])
    assert SAID["same"] in dossier(root, "update")
    assert SAID["same"] in add(root, "talks", LATER)
    assert {path: text(root, path) for path in pages} == pages
    found = derived(root)
    assert found.ids["ada-m-moreau-person"] == "ada-moreau-person"
    assert len(found.by_id["ada-moreau-person"].articles) == 3
    (root / DECISIONS).unlink()
    dossier(root, "update")
    found = derived(root)
    assert len(found.by_id["ada-m-moreau-person"].articles) == 2
    assert [twin.id for twin in found.by_id["ada-moreau-person"].twins] == ["ada-m-moreau-person"]
    assert {path: text(root, path) for path in pages} == pages


def test_names_that_are_two_are_not_asked_about_until_the_line_is_taken_out(root):
    decide(root, "{decision: not_same, name: Ada M. Moreau, other: Ada Moreau}")
    add(root, "talks", LATER)
    assert derived(root).by_id["ada-moreau-person"].twins == ()
    (root / DECISIONS).unlink()
    assert [twin.id for twin in derived(root).by_id["ada-moreau-person"].twins] == ["ada-m-moreau-person"]


def test_a_name_is_the_same_as_one_of_a_record(root):
    record = "---\ntitle: Ada Moreau-Lenn\ntype: person\nstatus: reviewed\n---\n"
    (root / "content/entities/ada.md").write_text(record, encoding="utf-8")
    for other in ("Ada Moreau-Lenn", "ada"):
        decide(root, f"{{decision: same, name: Ada Moreau, other: {other}}}")
        dossier(root, "update")
        assert derived(root).ids["ada-moreau-person"] == "ada"
        assert "name: Ada Moreau, type: person" in head(root, BRIDGE)
        assert "0 errors" in dossier(root, "check")
    assert "- {id: ada, also: [Ada Moreau" in head(root, _added(root))


def _added(root):
    add(root, "more", "More of it\n\nAda Moreau came back on Monday. Ada Moreau said so.\n")
    return "content/articles/2016/more-of-it.md"


def test_two_names_that_are_one_have_one_page(root):
    decide(root, KINDS["same"])
    dossier(root, "update")
    dossier(root, "publish", "--accept", BRIDGE, CHAIR)
    dossier(root, "build")
    assert (root / "site/entities/ada-moreau-person/index.html").is_file()
    listed = text(root, "site/entities/ada-moreau-person/index.html")
    assert "Council reopens the old bridge" in listed
    assert "Chair of the council resigns" in listed


def test_an_article_that_has_both_names_names_one(root):
    decide(root, "{decision: same, name: Geneva Water Board, other: Lenn Valley Council}")
    source = "Both names\n\nThe Lenn Valley Council met on Monday. The Geneva Water Board opened the bridge on Sunday.\n"
    add(root, "both", source)
    page = head(root, "content/articles/2016/both-names.md")
    assert "{name: Lenn Valley Council, type: organization, also: [Geneva Water Board]}" in page
    assert "name: Geneva Water Board" not in page
    assert "entities: [lenn-valley-council-organization]" in page
    assert "geneva-water-board" not in page
    assert "0 errors" in dossier(root, "check")


def test_an_accepted_name_stays_when_it_is_said_to_be_another(root):
    page = root / CHAIR
    page.write_text(text(root, CHAIR).replace("status: draft", "status: reviewed"), encoding="utf-8")
    before = text(root, CHAIR)
    decide(root, KINDS["same"])
    told = dossier(root, "update")
    assert "in conflict" not in told
    assert "proposed" not in told
    assert text(root, CHAIR) == before


def commit(root, message):
    git(root, "add", "-A")
    git(root, "commit", "-qm", message)


def branches(root, one, other):
    """Two branches from what is there, each with its own work, merged into the first."""
    git(root, "init", "-q", "-b", "main")
    commit(root, "both")
    git(root, "checkout", "-qb", "other")
    other()
    commit(root, "other")
    git(root, "checkout", "-q", "main")
    one()
    commit(root, "one")
    return git(root, "merge", "-q", "--no-edit", "other")


@pytest.mark.parametrize("first", [(), (KINDS["junk"],)])
def test_decisions_of_two_branches_merge_by_line(root, first):
    if first:
        decide(root, *first)
    kinds = list(KINDS.values())
    branches(root, lambda: decide(root, *first, *kinds[1:3]), lambda: decide(root, *first, *kinds[2:]))
    lines = [line for line in text(root, DECISIONS).splitlines() if line.startswith("-")]
    assert set(lines) == {f"- {line}" for line in (*first, *kinds[1:])}
    dossier(root, "update")
    assert "0 errors" in dossier(root, "check")


def test_contrary_decisions_of_two_branches_are_told_with_both_lines(root):
    branches(
        root,
        lambda: decide(root, KINDS["other_type"]),
        lambda: decide(root, KINDS["other_type"].replace("organization", "person")),
    )
    told = dossier(root, "check", "--select", "D4", code=1)
    assert "seeds/decisions.yml:2:1: D410 “Geneva” is of type" in told
    assert "but line 1 says" in told


def test_decisions_are_shown_in_words(root):
    git(root, "init", "-q", "-b", "main")
    decide(root, KINDS["junk"], KINDS["same"])
    commit(root, "start")
    decide(root, KINDS["same"], KINDS["heading"])
    told = dossier(root, "diff", "--base", "HEAD")
    assert "1 decision for the whole site" in told
    assert "+ headings that begin “Paul Lenn opened” are not proposed (decision added)" in told
    assert "− “Paul Lenn” is junk everywhere (decision removed)" in told
    assert "same as" not in told
    decide(root, "{decision: junk}")
    assert "! seeds/decisions.yml can no longer be read" in dossier(root, "diff", "--base", "HEAD")


LENN = "{decision: other_type, name: Lenn Valley Council, type: place}"


def accepted_council(root):
    dossier(root, "publish", "--accept", BRIDGE)
    assert "{name: Lenn Valley Council, type: organization}" in head(root, BRIDGE)


def test_a_type_for_every_article_holds_for_accepted_names_too(root):
    accepted_council(root)
    decide(root, LENN)
    said = dossier(root, "update")
    assert "Lenn Valley Council: type: organization -> place" in said
    for path in (BRIDGE, CHAIR):
        assert "{name: Lenn Valley Council, type: place}" in head(root, path)
        assert "name: Lenn Valley Council, type: organization" not in text(root, path)
    assert dossier(root, "update").endswith("2 pages unchanged\n")
    assert "wait" not in dossier(root, "check", BRIDGE)
