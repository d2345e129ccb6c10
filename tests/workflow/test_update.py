"""`dossier update`: what it proposes again, what it leaves as people decided, and what it says of pages that it cannot merge."""

from __future__ import annotations

import itertools
import os
import shutil
import socket
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from dossierkit.cli import main
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry, RecordOffer, RecordProposal
from dossierkit.model.record import Record
from dossierkit.store.commit import JOURNAL
from dossierkit.store.draft import write_record
from dossierkit.store.lock import holder, locked
from dossierkit.store.packaged import packaged_templates
from dossierkit.store.proposal import load
from dossierkit.store.record_proposal import dump, path_of
from dossierkit.store.state import state_folder
from dossierkit.workflow.adding.add import run as add
from dossierkit.workflow.repository import known_records
from dossierkit.workflow.updating.update import lines, run

TEXT = """\
Talks open

Jane Doe opened the talks on Friday. Ann Lee left them on Sunday.

The city of Geneva had waited since January.
"""
PAGE = "content/articles/2016/talks-open.md"
SUGGESTED = "seeds/in.suggested.yml"


def person(id_, name, *, known=False):
    return ProposedEntity(f"k-{id_}", id_, name, "person", known, (name,), 1, 0, 5, "q", 0.9, "rule")


def claim(date, when, quote, text="Claim", about=()):
    return ProposedEntry(f"{date}|{quote}", date, when, text, quote, "", "", about, 0, 5, 0.9, "rule")


JANE, ANN = person("jane-doe", "Jane Doe"), person("ann-lee", "Ann Lee")
OPENED = claim("2016-01-29", "Friday", "Jane Doe opened the talks on Friday.", about=("jane-doe",))
LEFT = claim("2016-01-31", "Sunday", "Ann Lee left them on Sunday.")
WAITED = claim("2016-01", "January", "had waited since January.")
FIRST = Proposal("one", "", (JANE, ANN), (OPENED, LEFT))
SECOND = Proposal(
    "two", "", (JANE, person("geneva-person", "Geneva")), (OPENED, replace(LEFT, date="2016-02-07"), WAITED)
)

MORE = replace(
    FIRST,
    entities=(replace(JANE, forms=("Jane Doe", "Jane Q. Doe", "Doe"), also=("Jane Q. Doe", "Doe")), ANN),
)
THIRD = replace(SECOND, entities=(MORE.entities[0], *SECOND.entities[1:]))


def proposing(proposal):
    """An extractor that finds just this, whose entities are known as soon as they have records."""

    def build(records):
        entities = tuple(replace(entity, known=entity.entity in records) for entity in proposal.entities)
        return lambda article: replace(proposal, entities=entities, input=article.published or "")

    return build


def drafted(root, *entities):
    """Draft records as versions before 1.0 wrote them when they added an article."""
    for entity in entities:
        record = Record(entity.entity, entity.name, entity.type)
        offers = (("title", entity.name), ("type", entity.type))
        memory = RecordProposal(tuple(RecordOffer(*offer, drafted=True) for offer in offers))
        page, kept = root / f"content/entities/{entity.entity}.md", root / path_of(entity.entity)
        page.parent.mkdir(parents=True, exist_ok=True)
        kept.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(write_record(record, [packaged_templates()]), encoding="utf-8")
        kept.write_text(dump(memory), encoding="utf-8")


@pytest.fixture(scope="module")
def added(tmp_path_factory) -> Path:
    base = tmp_path_factory.mktemp("added")
    folder = base / "repository"
    folder.mkdir()
    (folder / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    drafted(folder, JANE, ANN)
    source = base / "in.txt"
    source.write_text(TEXT, encoding="utf-8")
    add(folder, [source], date="2016-02-01", propose=proposing(FIRST)(known_records(folder)))
    return base


@pytest.fixture
def root(added, tmp_path) -> Path:
    return Path(shutil.copytree(added, tmp_path, dirs_exist_ok=True)) / "repository"


def update(root, proposal, *paths):
    """What an update did to the page, and the problems."""
    outcomes, problems = run(root, paths, make=proposing(proposal))
    return tuple(one for one in outcomes if "/articles/" in one.page), problems


def files(root):
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def change(root, old, new):
    page = root / PAGE
    text = page.read_text(encoding="utf-8")
    assert old in text
    page.write_text(text.replace(old, new), encoding="utf-8")


def test_a_source_that_leads_out_of_the_repository_is_not_opened(root, tmp_path):
    outside = tmp_path / "outside.txt"
    outside.write_text("Secret\n\nJane Doe hid it.\n", encoding="utf-8")
    (root / "seeds" / "in.txt").unlink()
    (root / "seeds" / "in.txt").symlink_to(outside)
    _, (problem,) = update(root, SECOND)
    assert (problem.path, problem.code) == (PAGE, "D501")
    assert "out of the repository" in problem.message


@pytest.mark.parametrize("path", ["../outside.txt", "seeds/../../outside.txt", "mkdocs.yml"])
def test_a_page_whose_source_does_not_lie_in_seeds_is_not_updated(root, tmp_path, path):
    (tmp_path / "outside.txt").write_text("Secret\n\nJane Doe hid it.\n", encoding="utf-8")
    change(root, "file: seeds/in.txt", f"file: {path}")
    _, (problem,) = update(root, SECOND, Path(PAGE))
    assert (problem.path, problem.code) == (PAGE, "D602")


@pytest.mark.skipif(os.name != "posix", reason="links of POSIX")
@pytest.mark.parametrize("path", ["seeds/in.yml", SUGGESTED, PAGE])
def test_what_a_link_leads_to_does_not_come_into_a_page(root, tmp_path, path):
    """Somebody who proposes a branch can put a link into it, and its reader has the file that the link names."""
    outside = tmp_path / "outside"
    page = (root / PAGE).read_text(encoding="utf-8")
    outside.write_text(page if path == PAGE else "author: Nina Holm\n", encoding="utf-8")
    (root / path).unlink(missing_ok=True)
    (root / path).symlink_to(outside)
    before = outside.read_bytes()
    _, (problem,) = update(root, SECOND, Path(PAGE))
    assert (problem.path, problem.code) == (path, "D901")
    assert outside.read_bytes() == before
    assert (root / PAGE).read_text(encoding="utf-8") == page


@pytest.mark.skipif(os.name != "posix", reason="sockets of POSIX")
@pytest.mark.parametrize("path", ["seeds/in.yml", SUGGESTED])
def test_a_socket_in_place_of_a_file_is_named_and_nothing_written(root, monkeypatch, path):
    page = (root / PAGE).read_bytes()
    (root / path).unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as one, monkeypatch.context() as there:
        there.chdir((root / path).parent)  # the path of a socket is short
        one.bind((root / path).name)
    _, (problem,) = update(root, SECOND, Path(PAGE))
    assert (problem.path, problem.code) == (path, "D910")
    assert (root / PAGE).read_bytes() == page


def test_new_items_come_as_open_proposals_without_records_and_withdrawn_ones_go(root):
    ((outcome,), problems) = update(root, SECOND)
    page = (root / PAGE).read_text(encoding="utf-8")
    assert problems == ()
    assert page.split("---\n")[1].endswith(
        "proposed:\n  entities:\n    - {name: Geneva, type: person}\n  timeline:\n    - date: 2016-01\n      when: January\n"
        "      text: Claim\n      quote: had waited since January.\n"
    )
    assert "ann-lee" not in page
    assert "date: 2016-02-07" in page
    assert not (root / "content/entities/geneva.md").exists()
    assert (outcome.added, outcome.removed) == (("Geneva", "2016-01 Claim"), ("ann-lee",))
    assert outcome.changed == ("2016-01-31 Claim: date: 2016-01-31 -> 2016-02-07",)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[geneva-place]", "[geneva]"),
        ("[geneva-place, jane-doe]", "[geneva, jane-doe]"),
        ("[jane-doe, geneva-place, geneva-city-place]", "[jane-doe, geneva]"),
    ],
)
def test_the_id_of_a_new_record_takes_the_place_of_the_name_in_entries(root, before, after):
    geneva = replace(person("geneva-place", "Geneva"), type="place", name="Geneva")
    first = replace(FIRST, entities=(JANE, geneva), timeline=(replace(OPENED, entities=("jane-doe",)),))
    update(root, first)
    change(root, "entities: [jane-doe]", f"entities: {before}")
    record = root / "content/entities/geneva.md"
    record.write_text("---\ntitle: Geneva\ntype: place\naliases: [Geneva City]\n---\n", encoding="utf-8")
    second = replace(first, entities=(JANE, replace(geneva, entity="geneva", known=True)))
    ((outcome,), problems) = update(
        root, replace(second, timeline=(replace(OPENED, entities=("geneva", "jane-doe")),))
    )
    assert problems == ()
    assert f"    entities: {after}" in (root / PAGE).read_text(encoding="utf-8")
    assert "geneva-place -> geneva" in outcome.changed


def test_other_ids_come_in_the_place_of_those_that_go_and_lists_keep_their_style(root):
    update(root, replace(FIRST, timeline=(replace(OPENED, entities=("jane-doe",)),)))
    update(root, replace(FIRST, timeline=(replace(OPENED, entities=("ann-lee",)),)))
    assert "    entities: [ann-lee]\n" in (root / PAGE).read_text(encoding="utf-8")


def test_the_second_run_touches_nothing(root):
    ((outcome,), _) = update(root, SECOND)
    assert not [line for line in lines([outcome]) if "unchanged" in line]
    before = {path: (root / path).stat().st_mtime_ns for path in files(root)}
    ((outcome,), _) = update(root, SECOND)
    assert not outcome.written
    assert {path: (root / path).stat().st_mtime_ns for path in files(root)} == before
    assert list(lines([outcome])) == ["1 page unchanged"]


def test_what_an_editor_deleted_stays_out_and_gets_no_record(root):
    update(root, replace(FIRST, entities=(JANE,), timeline=(OPENED,)))
    update(root, SECOND)
    change(root, "    - {name: Geneva, type: person}\n", "")
    for proposal in (FIRST, SECOND, FIRST, SECOND):
        update(root, proposal)
        assert "name: Geneva" not in (root / PAGE).read_text(encoding="utf-8")
    assert sorted(path.name for path in (root / "content/entities").iterdir()) == [
        "ann-lee.md",
        "jane-doe.md",
    ]


def test_what_editors_took_out_of_two_pages_of_one_source_is_remembered_for_both(root):
    other = root / "content/articles/2016/talks-again.md"
    page = (root / PAGE).read_text(encoding="utf-8")
    other.write_text(page.replace("  - ann-lee\n", ""), encoding="utf-8")
    change(root, "  - jane-doe\n", "")
    update(root, FIRST)
    memory = load((root / SUGGESTED).read_text(encoding="utf-8"))
    assert [one.entity for one in memory.rejected] == ["ann-lee", "jane-doe"]


def test_a_record_in_place_of_another_of_the_same_name_stays_and_the_other_stays_out(root):
    shutil.copy(root / "content/entities/ann-lee.md", root / "content/entities/ann-lee-person.md")
    change(root, "  - ann-lee\n", "  - ann-lee-person\n")
    update(root, FIRST)
    page, memory = ((root / path).read_text(encoding="utf-8") for path in (PAGE, SUGGESTED))
    assert "  - jane-doe\n  - ann-lee-person\n" in page
    assert [one.entity for one in load(memory).rejected] == ["ann-lee"]


def test_a_name_whose_draft_record_was_taken_out_is_not_proposed_as_a_name(root):
    change(root, "  - ann-lee\n", "")
    update(root, replace(FIRST, entities=(JANE, person("ann-lee-person", "Ann Lee"))))
    assert "name: Ann Lee" not in (root / PAGE).read_text(encoding="utf-8")


def test_conflicts_are_listed_until_somebody_decides(root):
    change(root, "date: 2016-01-31", "date: 2016-01-30")
    for _ in range(2):
        ((outcome,), _) = update(root, SECOND)
        assert [(one.field, one.page, one.machine) for one in outcome.conflicts] == [
            ("timeline.date", "2016-01-30", "2016-02-07")
        ]
        assert "the page says “2016-01-30”, now proposed is “2016-02-07”" in "\n".join(lines([outcome]))
    change(root, "date: 2016-01-30", "date: 2016-02-07")
    ((outcome,), _) = update(root, SECOND)
    assert outcome.conflicts == ()


def test_reviewed_pages_are_not_changed_behind_an_editors_back(root):
    change(root, "status: draft", "status: published")
    change(root, "entities: [jane-doe]", "entities: [jane-doe-person]")
    before = (root / PAGE).read_text(encoding="utf-8")
    ((outcome,), _) = update(root, SECOND)
    assert outcome.changed == ()
    after = (root / PAGE).read_text(encoding="utf-8")
    assert after.startswith(before.split("---\n")[1].join(["---\n", ""]))
    assert [(one.field, one.page) for one in outcome.conflicts] == [("timeline.date", "2016-01-31")]


def test_a_record_that_the_text_no_longer_names_is_asked_about(root):
    change(root, "status: draft", "status: published")
    change(root, "Ann Lee left them", "The envoy left them")
    for _ in range(2):
        ((outcome,), _) = update(root, SECOND)
        assert ("entities", "ann-lee") in [(one.field, one.page) for one in outcome.conflicts]
        assert "“ann-lee”, whose words are no longer in the text" in "\n".join(lines([outcome]))


def test_a_date_that_an_editor_sets_dates_the_proposals(root):
    change(root, "date: 2016-02-01\n", "date: 2015-03-01\n")
    change(root, "lang: en\n", "")
    read = []
    run(root, make=lambda _: lambda article: read.append((article.published, article.lang)) or FIRST)
    assert read == [("2015-03-01", "en")]


def test_what_a_curator_says_of_the_source_comes_into_the_page(root):
    (root / "seeds/in.yml").write_text("publisher: The Paper\ntitle: Talks open\n", encoding="utf-8")
    ((outcome,), _) = update(root, FIRST)
    assert "  publisher: The Paper\n" in (root / PAGE).read_text(encoding="utf-8")
    assert outcome.changed == ("source.publisher: nothing -> The Paper",)
    change(root, "  publisher: The Paper\n", "")
    update(root, FIRST)
    assert "publisher" not in (root / PAGE).read_text(encoding="utf-8")
    (root / "seeds/in.yml").write_text("publisher: The Daily\n", encoding="utf-8")
    ((outcome,), _) = update(root, FIRST)
    assert [(one.field, one.page, one.machine) for one in outcome.conflicts] == [
        ("source.publisher", "", "The Daily")
    ]


def test_what_a_curator_says_after_an_update_comes_into_the_page_too(root):
    update(root, FIRST)
    (root / "seeds/in.yml").write_text("publisher: The Paper\n", encoding="utf-8")
    ((outcome,), _) = update(root, FIRST)
    assert outcome.changed == ("source.publisher: nothing -> The Paper",)


def test_what_is_asked_about_is_asked_again_when_it_is_unsaid_and_said_again(root):
    change(root, "date: 2016-02-01\n", "date: 2016-02-02\n")
    for _ in range(2):
        (root / "seeds/in.yml").write_text("date: 2016-05-30\n", encoding="utf-8")
        ((outcome,), _problems) = update(root, FIRST)
        assert [(one.field, one.machine) for one in outcome.conflicts] == [("date", "2016-05-30")]
        (root / "seeds/in.yml").unlink()
        ((outcome,), _problems) = update(root, FIRST)
        assert outcome.conflicts == ()


def test_a_page_that_knows_its_date_more_exactly_than_its_source_is_right(root):
    update(root, FIRST)
    (root / "seeds/in.yml").write_text("date: 2016-02\n", encoding="utf-8")
    ((outcome,), _) = update(root, FIRST)
    assert (outcome.changed, outcome.conflicts) == ((), ())
    assert "date: 2016-02-01" in (root / PAGE).read_text(encoding="utf-8")


def test_pages_and_sources_can_be_named(root):
    for name in (PAGE, "seeds/in.txt", SUGGESTED, "content", root / PAGE):
        assert [outcome.page for outcome in update(root, FIRST, Path(name))[0]] == [PAGE]
    with pytest.raises(click.UsageError, match="no page has it as its source"):
        update(root, FIRST, Path("mkdocs.yml"))
    with pytest.raises(click.UsageError, match="not in this repository"):
        update(root, FIRST, Path("nowhere.txt"))


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda root: (root / "seeds/in.txt").write_text("other", encoding="utf-8"), "D501"),
        (lambda root: (root / "seeds/in.txt").unlink(), "D501"),
        (lambda root: (root / SUGGESTED).write_text("entities: {", encoding="utf-8"), "D503"),
        (lambda root: change(root, "title: Talks open", "title: Talks open\ntitle: Twice"), "D103"),
        (lambda root: change(root, "  - ann-lee\n", "  - {id: ann-lee, x: 1}\n"), "D105"),
    ],
)
def test_a_page_that_cannot_be_updated_is_left_as_it_is(root, damage, code):
    damage(root)
    before = files(root)
    outcomes, problems = update(root, SECOND)
    assert (outcomes, [problem.code for problem in problems]) == ((), [code])
    assert files(root) == before


def test_a_proposal_with_conflict_markers_of_git_keeps_what_both_sides_know(root):
    ours = (root / SUGGESTED).read_text(encoding="utf-8")
    change(root, "  - ann-lee\n", "")
    update(root, SECOND)
    theirs = (root / SUGGESTED).read_text(encoding="utf-8")
    (root / SUGGESTED).write_text(f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n", encoding="utf-8")
    ((outcome,), problems) = update(root, FIRST)
    assert problems == ()
    assert "ann-lee" not in (root / PAGE).read_text(encoding="utf-8")
    assert "both sides were kept" in outcome.notes[0]


def test_withdrawn_pages_are_left_alone(root):
    change(root, "status: draft", "status: withdrawn")
    before = files(root)
    update(root, SECOND)
    assert files(root) == before


def test_a_second_run_at_the_same_time_says_so(root):
    with (
        locked(root),
        pytest.raises(DiagnosticsError, match=f"D504 another dossier command.*process {os.getpid()}"),
    ):
        update(root, SECOND)
    update(root, SECOND)


def test_a_lock_that_a_dead_process_left_does_not_hold(root):
    script = f"import os\nfrom pathlib import Path\nfrom dossierkit.store.lock import locked\nwith locked(Path({str(root)!r})):\n    os._exit(9)"
    subprocess.run([sys.executable, "-c", script], check=False)
    with locked(root):
        assert holder(state_folder(root)) == os.getpid()
    update(root, FIRST)


def killed(root, at, *, after):
    """The exit code of an update that is killed before (or right after) so many calls that touch the disk; 0: it ended."""
    pid = os.fork()
    if not pid:
        try:
            calls = itertools.count(1)
            for owner, name in (
                (os, "open"),
                (os, "fsync"),
                (Path, "replace"),
                (Path, "unlink"),
                (Path, "mkdir"),
            ):
                setattr(owner, name, counted(getattr(owner, name), calls, at, after=after))
            update(root, THIRD)
            os._exit(0)
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def counted(real, calls, at, *, after):
    def call(*args, **kwargs):
        last = next(calls) == at
        if last and not after:
            os._exit(9)
        result = real(*args, **kwargs)
        if last and after:
            os._exit(9)
        return result

    return call


@pytest.mark.parametrize("after", [False, True])
def test_a_kill_at_any_moment_is_healed_by_the_next_run(root, tmp_path, after):
    """Killed before (or right after) every open, fsync, rename and removal that an update does."""
    start = files(root)
    reference = tmp_path / "reference"
    _copy(start, reference)
    update(reference, THIRD)
    end = files(reference)
    for at in range(1, 100):
        trial = tmp_path / f"trial-{at}"
        _copy(start, trial)
        code = killed(trial, at, after=after)
        torn = files(trial)
        for path, data in torn.items():
            assert path.endswith(".tmp") or data in {start.get(path), end.get(path)}, f"{path} torn at {at}"
        if code == 0:
            assert at > 10
            break
        assert code == 9
        if not (state_folder(trial) / JOURNAL).exists():
            whole = {path: data for path, data in torn.items() if not path.endswith(".tmp")}
            assert whole in (start, end), f"half done, without a journal, at {at}"
        update(trial, THIRD)
        assert files(trial) == end, f"not healed after a kill at {at}"
        assert not (state_folder(trial) / JOURNAL).exists()
    else:
        pytest.fail("the update never ended")


@pytest.mark.parametrize("at", range(1, 9))
def test_a_failing_disk_leaves_the_repository_as_it_was_or_is_healed(root, tmp_path, monkeypatch, at):
    start = files(root)
    reference = tmp_path / "reference"
    _copy(start, reference)
    update(reference, THIRD)
    real, calls = Path.replace, []

    def failing(self, target):
        calls.append(target)
        if len(calls) == at:
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    try:
        update(root, THIRD)
    except OSError:
        if not (state_folder(root) / JOURNAL).exists():
            assert files(root) == start
    monkeypatch.undo()
    update(root, THIRD)
    assert files(root) == files(reference)


def _copy(held, folder):
    for path, data in held.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def test_the_command_says_what_it_did_and_ends_with_1_on_conflicts(root):
    (root / SUGGESTED).write_text(
        (root / SUGGESTED).read_text(encoding="utf-8").replace("2016-01-31", "2016-01-30"), encoding="utf-8"
    )
    runner = CliRunner()
    result = runner.invoke(main, ["-C", str(root), "update"])
    assert result.exit_code in {0, 1}
    assert PAGE in result.stdout
    again = runner.invoke(main, ["-C", str(root), "update", PAGE])
    assert again.exit_code == result.exit_code


RECORD = "content/entities/jane-doe.md"
RECORD_SUGGESTED = "seeds/entities/jane-doe.suggested.yml"
WAITING = "proposed:\n  aliases:\n    - Jane Q. Doe\n  weak_aliases:\n    - Doe\n"


def records(root, proposal, *paths):
    """What an update did to the records."""
    outcomes, _ = run(root, paths, make=proposing(proposal))
    return {one.page: one for one in outcomes if "/entities/" in one.page}


def test_pages_are_merged_again_with_a_record_that_changed_and_only_then(root):
    before = (root / RECORD).read_text(encoding="utf-8")
    listed = before.replace("aliases: []", "aliases: [Jane Q. Doe]", 1)
    (root / RECORD).write_text(listed, encoding="utf-8")
    alias = RecordOffer("aliases", "Jane Q. Doe", "2016/talks-open", drafted=True)
    (root / RECORD_SUGGESTED).write_text(dump(RecordProposal((alias,))), encoding="utf-8")
    aliases = []

    def make(known):
        aliases.append(len(known["jane-doe"].aliases))
        return proposing(FIRST)(known)

    for _ in range(2):
        run(root, make=make)
    assert (root / RECORD).read_text(encoding="utf-8") == before
    assert aliases == [1, 0, 0]


def test_new_names_of_a_record_wait_in_it_and_an_unchanged_record_is_not_touched(root):
    before = (root / RECORD).read_text(encoding="utf-8")
    other = (root / "content/entities/ann-lee.md").stat().st_mtime_ns
    outcome = records(root, MORE)[RECORD]
    assert outcome.added == ("alias: Jane Q. Doe", "weak alias: Doe")
    assert (root / RECORD).read_text(encoding="utf-8") == before.replace("---\n", "---\n", 1)[
        :-4
    ] + WAITING + "---\n"
    stamps = {path: (root / path).stat().st_mtime_ns for path in files(root)}
    assert records(root, MORE) == {}
    assert {path: (root / path).stat().st_mtime_ns for path in files(root)} == stamps
    assert (root / "content/entities/ann-lee.md").stat().st_mtime_ns == other


def test_what_an_editor_did_with_a_records_names_stands(root):
    records(root, MORE)
    text = (root / RECORD).read_text(encoding="utf-8")
    mine = text.replace(WAITING, "").replace("aliases: []", "aliases: ['Jane Q. Doe'] # signed so", 1)
    (root / RECORD).write_bytes(mine.replace("\n", "\r\n").encode())
    for proposal in (MORE, FIRST, MORE):
        records(root, proposal)
        assert (root / RECORD).read_bytes() == mine.replace("\n", "\r\n").encode()


def test_a_form_that_an_editor_took_out_of_the_page_is_not_proposed_for_the_record(root):
    page = (root / PAGE).read_text(encoding="utf-8")
    update(
        root,
        replace(MORE, entities=(replace(MORE.entities[0], forms=("Jane Doe", "Doe"), also=("Doe",)), ANN)),
    )
    assert "{id: jane-doe, also: [Doe]}" in (root / PAGE).read_text(encoding="utf-8")
    record = (root / RECORD).read_text(encoding="utf-8")
    (root / PAGE).write_text(page, encoding="utf-8")
    (root / RECORD).write_text(
        record.replace("proposed:\n  weak_aliases:\n    - Doe\n", ""), encoding="utf-8"
    )
    for _ in range(2):
        update(root, MORE)
        assert "Doe" not in (root / RECORD).read_text(encoding="utf-8").split("proposed:")[1].replace(
            "Jane Q. Doe", ""
        )


def test_a_name_of_another_record_is_not_proposed_and_the_update_says_so_once(root):
    ann = root / "content/entities/ann-lee.md"
    ann.write_text(
        ann.read_text(encoding="utf-8").replace("aliases: []", "aliases: [Jane Q. Doe]", 1), encoding="utf-8"
    )
    outcome = records(root, MORE)[RECORD]
    assert outcome.notes == ("“Jane Q. Doe” is not proposed as an alias: ann-lee has that name",)
    assert "Jane Q. Doe" not in (root / RECORD).read_text(encoding="utf-8")
    assert RECORD not in records(root, MORE)


def test_a_record_that_an_editor_removed_is_not_drafted_again_in_any_page(root, tmp_path):
    update(root, replace(FIRST, entities=(JANE,)))
    (root / "content/entities/ann-lee.md").unlink()
    for proposal in (FIRST, replace(FIRST, entities=(JANE,)), FIRST):
        update(root, proposal)
    source = tmp_path / "second.txt"
    source.write_text("Talks end\n\nAnn Lee left the talks again.\n", encoding="utf-8")
    about = replace(FIRST, timeline=(replace(OPENED, entities=("jane-doe", "ann-lee")),))
    (addition,) = add(root, [source], propose=proposing(about)({}))
    assert addition.proposal.timeline[0].entities == ("jane-doe",)
    assert [one.entity for one in addition.proposal.entities] == ["jane-doe"]
    assert addition.notes[-1] == "left out, since an editor removed or withdrew the record: ann-lee"
    update(root, FIRST)
    assert not (root / "content/entities/ann-lee.md").exists()
    assert "ann-lee" not in (root / addition.page).read_text(encoding="utf-8")
    change(root, "  - jane-doe\n", "  - jane-doe\n  - {name: Ann Lee, type: person}\n")
    again = replace(FIRST, entities=(JANE, person("ann-lee-person", "Ann Lee")))
    update(root, again, Path(PAGE))
    assert [one.entity for one in load((root / SUGGESTED).read_text(encoding="utf-8")).entities] == [
        "jane-doe",
        "ann-lee-person",
    ]


def test_a_drafted_record_that_nothing_names_any_more_is_reported_and_left(root):
    before = (root / "content/entities/ann-lee.md").read_bytes()
    for _ in range(2):
        outcome = records(root, SECOND)["content/entities/ann-lee.md"]
        assert outcome.notes == ("no page or proposal names it any more: remove it, or name it somewhere",)
    assert (root / "content/entities/ann-lee.md").read_bytes() == before
    (root / "content/entities/ann-lee.md").write_text(
        before.decode().replace("status: draft", "status: reviewed"), encoding="utf-8"
    )
    assert records(root, SECOND) == {}


def test_a_record_that_cannot_be_edited_in_place_is_left_and_reported(root):
    records(root, MORE)
    text = (root / RECORD).read_text(encoding="utf-8").replace("    - Doe\n", "    - Doe # which one?\n")
    (root / RECORD).write_text(text, encoding="utf-8")
    _, problems = update(root, FIRST)
    assert [(one.path, one.code) for one in problems] == [(RECORD, "D502")]
    assert (root / RECORD).read_text(encoding="utf-8") == text


def test_what_two_branches_remember_of_a_record_is_kept(root):
    ours = (root / RECORD_SUGGESTED).read_text(encoding="utf-8")
    records(root, MORE)
    text = (root / RECORD).read_text(encoding="utf-8")
    (root / RECORD).write_text(text.replace(WAITING, ""), encoding="utf-8")
    records(root, MORE)
    theirs = (root / RECORD_SUGGESTED).read_text(encoding="utf-8")
    assert "rejected:" in theirs
    (root / RECORD_SUGGESTED).write_text(
        f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> other\n", encoding="utf-8"
    )
    outcome = records(root, MORE)[RECORD]
    assert "both sides were kept" in outcome.notes[0]
    assert "proposed" not in (root / RECORD).read_text(encoding="utf-8")


def test_names_wait_in_a_record_whatever_the_state_of_the_page(root):
    change(root, "status: draft", "status: published")
    for _ in range(3):
        update(root, MORE)
        assert WAITING in (root / RECORD).read_text(encoding="utf-8")
