"""Names without a record through the commands: decisions for the whole site, records that bear them, older repositories."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.git import git
from tests.support.runner import printed as dossier
from tests.workflow import test_update as updates

from dossierkit.cli import main
from dossierkit.merge.unreviewed import undecided
from dossierkit.model.decision import Decision
from dossierkit.store.decisions import PATH as DECISIONS
from dossierkit.store.decisions import dump, load
from dossierkit.workflow.repository import known_records

BRIDGE = """\
Council reopens the old bridge

The Lenn Valley Council reopened the old bridge on Friday. Its chair, Ada Moreau, spoke to Secretary Paul Lenn.

Moreau will report on the costs next week.
"""
CHAIR = """\
Chair of the council resigns

Ada Moreau resigned on Sunday. The Lenn Valley Council thanked Moreau.
"""
PAGE = "content/articles/2016/council-reopens-the-old-bridge.md"
OTHER = "content/articles/2016/chair-of-the-council-resigns.md"


def text(root, path=PAGE):
    return (root / path).read_text(encoding="utf-8")


def write(root, path, content):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(content, encoding="utf-8")


@pytest.fixture(scope="module")
def added(tmp_path_factory) -> Path:
    base = tmp_path_factory.mktemp("candidates")
    CliRunner().invoke(main, ["init", str(base / "lenn")], catch_exceptions=False)
    for name, source in (("bridge", BRIDGE), ("chair", CHAIR)):
        (base / f"{name}.txt").write_text(source, encoding="utf-8")
        dossier(base / "lenn", "add", str(base / f"{name}.txt"), "--date", "2016-05-30", "--lang", "en")
    return base


@pytest.fixture
def root(added, tmp_path) -> Path:
    return Path(shutil.copytree(added, tmp_path, dirs_exist_ok=True)) / "lenn"


RECORD = "---\ntitle: Ada Moreau\ntype: person\nweak_aliases: [Moreau]\nstatus: reviewed\n---\n"


def test_pages_keep_the_name_that_a_record_bears_and_the_old_address_leads_to_it(root):
    write(root, "content/entities/ada-moreau.md", RECORD)
    dossier(root, "update")
    assert "  - {name: Ada Moreau, type: person}\n" in text(root)  # the record has the other form by now
    dossier(root, "publish", "--accept", PAGE, OTHER)
    assert dossier(root, "check").splitlines()[-1].startswith("0 errors")
    dossier(root, "build", "--strict")
    moved = text(root, "site/entities/ada-moreau-person/index.html")
    assert 'http-equiv="refresh"' in moved
    assert "ada-moreau/" in moved
    assert (root / "site/entities/lenn-valley-council-organization/index.html").is_file()


def test_a_name_that_two_records_bear_is_linked_to_neither(root):
    write(root, "content/entities/ada-moreau.md", RECORD)
    write(root, "content/entities/ada-moreau-poet.md", RECORD.replace("reviewed", "draft") + "A poet.\n")
    assert "D314 “Ada Moreau” is the name of several records" in dossier(root, "check", code=1)
    shown = dossier(root, "check", "--select", "D314")
    assert shown.splitlines()[-1] == "0 errors, 2 warnings"
    write(root, PAGE, text(root).replace("status: draft", "status: published"))
    assert "1 error, 1 warning" in dossier(root, "check", "--select", "D314", code=1)


def test_junk_goes_from_every_untouched_page_and_comes_back_with_its_line_taken_out(root):
    before = {path: text(root, path) for path in (PAGE, OTHER)}
    write(root, DECISIONS, "- {decision: junk, name: Ada Moreau}\n")
    dossier(root, "update")
    assert "name: Ada Moreau" not in text(root) + text(root, OTHER)
    (root / DECISIONS).unlink()
    dossier(root, "update")
    for path, page in before.items():
        line = next(line for line in page.splitlines() if "name: Ada Moreau" in line)
        assert line.strip() in text(root, path)


def test_another_type_is_proposed_everywhere_at_once(root):
    write(root, DECISIONS, "- {decision: other_type, name: Lenn Valley Council, type: place}\n")
    dossier(root, "update")
    for path in (PAGE, OTHER):
        assert "{name: Lenn Valley Council, type: place}" in text(root, path)
        assert "{name: Lenn Valley Council, type: organization" not in text(root, path)


def test_decisions_that_cannot_be_read_are_told(root):
    write(root, DECISIONS, "- {decision: maybe, name: x}\n")
    assert "seeds/decisions.yml:1:14: D410" in dossier(root, "check", code=1)
    assert "D410" in dossier(root, "update", code=1)


def test_a_record_can_be_split_where_pages_name_it_by_name(root):
    write(root, "content/entities/ada-moreau.md", RECORD)
    dossier(
        root, "split", "ada-moreau", "--into", "ada-moreau-poet", "--title", "Ada Moreau (poet)",
        "--articles", "2016/chair-of-the-council-resigns", "--force",
    )  # fmt: skip
    assert "{id: ada-moreau-poet, also: [Moreau, Ada Moreau]}" in text(root, OTHER)
    assert "{name: Ada Moreau, type: person, also: [Moreau]}" in text(root)


def older(root):
    """The repository as an older version left it: a draft record for every name, and ids in the pages."""
    ada = updates.person("ada-moreau", "Ada Moreau")
    council = updates.replace(
        updates.person("lenn-valley-council", "Lenn Valley Council"), type="organization"
    )
    updates.drafted(root, ada, council)
    for path in (PAGE, OTHER):
        page = text(root, path)
        page = page.replace(
            "{name: Ada Moreau, type: person, also: [Moreau]}", "{id: ada-moreau, also: [Moreau]}"
        )
        page = page.replace("{name: Lenn Valley Council, type: organization}", "lenn-valley-council")
        write(
            root,
            path,
            page.replace("ada-moreau-person", "ada-moreau").replace("council-organization", "council"),
        )
    return root


def test_an_older_repository_goes_on_and_is_offered_the_way_over(root):
    before = {path: text(root, path) for path in (PAGE, OTHER)}
    older(root)
    with_ids = {path: text(root, path) for path in (PAGE, OTHER)}
    assert "`dossier update --candidates` turns them back" in dossier(root, "update")
    assert {path: text(root, path) for path in (PAGE, OTHER)} == with_ids
    assert "2 draft records removed, 0 kept" in dossier(root, "update", "--candidates")
    assert {path: text(root, path) for path in (PAGE, OTHER)} == before
    assert known_records(root) == {}
    dossier(root, "update")
    assert {path: text(root, path) for path in (PAGE, OTHER)} == before
    assert "draft record" not in dossier(root, "update")


def test_a_draft_that_somebody_touched_or_that_a_dossier_names_is_kept(root):
    older(root)
    page = root / "content/entities/ada-moreau.md"
    page.write_text(page.read_text(encoding="utf-8") + "Chair.\n", encoding="utf-8")
    write(root, "content/dossiers/d.md", "---\ntitle: D\ncast: [lenn-valley-council]\n---\n")
    assert undecided(root, known_records(root)) == {"lenn-valley-council"}
    told = dossier(root, "update", "--candidates")
    assert "content/entities/lenn-valley-council.md: kept" in told
    assert "0 draft records removed, 1 kept" in told
    assert sorted(known_records(root)) == ["ada-moreau", "lenn-valley-council"]


def test_a_draft_that_nobody_decided_on_finds_no_names_elsewhere(root, tmp_path):
    updates.drafted(root, updates.person("secretary", "Secretary"))
    source = tmp_path / "more.txt"
    source.write_text("More of it\n\nThe Secretary met Ada Moreau in Lenn on Sunday.\n", encoding="utf-8")
    dossier(root, "add", str(source), "--date", "2016-05-30", "--lang", "en")
    assert "secretary" not in text(root, "content/articles/2016/more-of-it.md").split("---\n")[1]


def test_two_branches_that_name_one_person_and_decide_merge_without_a_conflict(tmp_path):
    root, alone = tmp_path / "lenn", tmp_path / "alone"
    sources = {}
    for name, source in (("bridge", BRIDGE), ("chair", CHAIR)):
        sources[name] = tmp_path / f"{name}.txt"
        sources[name].write_text(source, encoding="utf-8")
    for place in (root, alone):
        CliRunner().invoke(main, ["init", "--name", "Lenn", str(place)], catch_exceptions=False)
    git(root, "init", "-q", "-b", "main")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "new")
    junk = {"bridge": "Secretary", "chair": "Spokesman"}
    for name, source in sources.items():
        git(root, "switch", "-q", "-c", name, "main")
        dossier(root, "add", str(source), "--date", "2016-05-30", "--lang", "en")
        write(root, DECISIONS, dump([Decision("junk", junk[name])]))
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", name)
    git(root, "merge", "-q", "-m", "both", "bridge")
    dossier(alone, "add", *map(str, sources.values()), "--date", "2016-05-30", "--lang", "en")
    for folder in ("content/articles", "seeds"):
        for file in sorted((alone / folder).rglob("*")):
            if file.is_file():
                assert (root / file.relative_to(alone)).read_bytes() == file.read_bytes()
    assert load(text(root, DECISIONS)) == (Decision("junk", "Secretary"), Decision("junk", "Spokesman"))
    before = text(root, PAGE) + text(root, OTHER)
    dossier(root, "update")
    assert text(root, PAGE) + text(root, OTHER) == before
