"""What somebody saves with a text editor, which takes no lock, while a command runs: no command writes over it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.waiting import PATIENCE

from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.proposal import Proposal, ProposedEntity, ProposedEntry
from dossierkit.store import files
from dossierkit.store.commit import JOURNAL, ChangedOnDiskError, commit, digest, recover
from dossierkit.store.state import state_folder
from dossierkit.workflow.adding.add import run as add
from dossierkit.workflow.records import plan, rename
from dossierkit.workflow.repository import Repository, known_records
from dossierkit.workflow.updating.update import run

TEXTS = {
    "one": "Talks open\n\nJane Doe opened the talks on Friday.\n",
    "two": "Talks end\n\nAnn Lee left the talks on Sunday.\n",
}
JANE = ProposedEntity(
    "k-jane", "jane-doe", "Jane Doe", "person", False, ("Jane Doe",), 1, 0, 5, "q", 0.9, "rule"
)
ENTRY = ProposedEntry(
    "e", "2016-01-29", "Friday", "Doors opened", "the talks on", "", "", (), 0, 5, 0.9, "rule"
)
MORE = Proposal("two", "", (JANE,), (ENTRY,))
ONE, TWO = (f"content/articles/2016/{name}.md" for name in TEXTS)


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    for name, text in TEXTS.items():
        source = tmp_path / f"{name}.txt"
        source.write_text(text, encoding="utf-8")
        nothing = lambda article: Proposal("one", "")  # noqa: E731
        add(folder, [source], date="2016-02-01", slug=name, propose=nothing)
    return folder


def saved(root, path, line):
    """Save the page with one more line of text, as an editor does."""
    file = root / path
    file.write_text(f"{file.read_text('utf-8')}\n{line}\n", encoding="utf-8")


def saving(act, times=1):
    """An extractor during whose work, after the page was read, something else happens so many times."""
    calls = iter(range(times))

    def build(records):
        def propose(article):
            if next(calls, None) is not None:
                act()
            return MORE

        return propose

    return build


def both(root, path):
    return (root / path).read_text("utf-8"), (
        root / f"seeds/{path.rsplit('/', 1)[1][:-3]}.suggested.yml"
    ).read_text("utf-8")


def test_an_update_reads_a_page_again_that_was_saved_while_it_ran(root):
    outcomes, problems = run(root, make=saving(lambda: saved(root, ONE, "An editor's word.")))
    assert problems == ()
    for path in (ONE, TWO):
        page, proposal = both(root, path)
        assert "Doors opened" in page
        assert "Doors opened" in proposal
    assert "An editor's word." in (root / ONE).read_text("utf-8")
    (added,) = [one.added for one in outcomes if one.page == ONE]
    assert added == ("Jane Doe", "2016-01-29 Doors opened")


def test_a_page_that_is_saved_again_and_again_is_left_and_the_others_are_written(root):
    before = both(root, ONE)
    outcomes, problems = run(root, make=saving(lambda: saved(root, ONE, "Again."), times=99))
    assert [(one.path, one.code) for one in problems] == [(ONE, "D511")]
    page, proposal = both(root, ONE)
    assert page.startswith(before[0])
    assert page.endswith("Again.\n")
    assert proposal == before[1]
    assert all("Doors opened" in text for text in both(root, TWO))
    assert ONE not in {one.page for one in outcomes}
    assert run(root, make=saving(lambda: None))[1] == ()
    assert "Doors opened" in (root / ONE).read_text("utf-8")


def test_a_proposal_that_another_program_rewrote_is_not_lost(root):
    def act():
        file = root / "seeds/one.suggested.yml"
        file.write_text(f"{file.read_text('utf-8')}# a note\n", encoding="utf-8")

    _, problems = run(root, make=saving(act, times=99))
    assert [(one.path, one.code) for one in problems] == [(ONE, "D511")]
    assert "# a note" in both(root, ONE)[1]
    assert "Doors opened" not in both(root, ONE)[0]


def test_the_command_ends_with_1_if_a_page_was_left(root, tmp_path):
    """As a process, with a template engine's place taken by nothing: the page is saved whenever the command has read it."""
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from dossierkit.merge import page_items\n"
        "from dossierkit.workflow.updating import page\n"
        "real = page.read_input\n"
        "def read(repository, path):\n"
        "    found = real(repository, path)\n"
        "    file = repository.root / path\n"
        "    if path.endswith('one.md'):\n"
        "        file.write_text(file.read_text('utf-8') + 'Again.\\n', 'utf-8')\n"
        "    return found\n"
        "page.read_input = read\n"
        "from dossierkit.cli import main\n"
        "main()\n",
        encoding="utf-8",
    )
    command = [sys.executable, str(script), "-C", str(root), "update"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
    assert done.returncode == 1, done.stderr
    assert f"{ONE}:" in done.stderr
    assert "D511" in done.stderr
    assert "changed while the command ran" in done.stderr
    assert (root / ONE).read_text("utf-8").endswith("Again.\nAgain.\n")


def test_a_file_that_was_not_there_when_it_was_read_is_not_replaced(root):
    repository = Repository(root)
    assert repository.read("content/entities/jane-doe.md") is None
    repository.write("content/entities/jane-doe.md", "mine")
    repository.write(ONE, "mine")
    (root / "content/entities").mkdir(exist_ok=True)
    (root / "content/entities/jane-doe.md").write_text("theirs", encoding="utf-8")
    before = both(root, ONE)
    with pytest.raises(ChangedOnDiskError) as error:
        repository.commit()
    assert [one.path for one in error.value.problems] == ["content/entities/jane-doe.md"]
    assert both(root, ONE) == before
    assert (root / "content/entities/jane-doe.md").read_text("utf-8") == "theirs"
    assert not (state_folder(root) / JOURNAL).exists()
    assert list(root.rglob("*.tmp")) == []


def test_a_file_that_is_to_go_stays_if_it_was_changed(root):
    repository = Repository(root)
    repository.put(ONE, None)
    saved(root, ONE, "Kept.")
    with pytest.raises(ChangedOnDiskError):
        repository.commit()
    assert "Kept." in (root / ONE).read_text("utf-8")


def test_the_same_repository_goes_on_from_what_it_wrote(root):
    repository = Repository(root)
    for text in ("first", "second"):
        repository.write(ONE, text)
        repository.commit()
        assert (root / ONE).read_text("utf-8") == text


def test_a_file_that_was_changed_while_the_new_ones_were_staged_is_seen(root, monkeypatch):
    """The last look is when all new files are written, however long that took."""
    real = files._write

    def slow(temporary, data, target):
        real(temporary, data, target)
        if target.name == "two.md":
            saved(root, ONE, "Meanwhile.")

    monkeypatch.setattr(files, "_write", slow)
    with pytest.raises(ChangedOnDiskError):
        commit(root, {ONE: b"x", TWO: b"x"}, {ONE: digest((root / ONE).read_bytes())})
    assert "Meanwhile." in (root / ONE).read_text("utf-8")
    assert (root / TWO).read_bytes() != b"x"
    assert recover(root) == ()


WITHDRAW = ("withdraw", ONE, "--reason", "It was about somebody else.")


@pytest.mark.parametrize("path", [ONE, "seeds/one.suggested.yml"])
def test_a_withdrawal_writes_nothing_if_a_file_of_its_plan_changes_before_the_answer(root, path):
    before = {one: one.read_bytes() for one in root.rglob("*") if one.is_file()}
    command = [sys.executable, "-m", "dossierkit", "-C", str(root), *WITHDRAW]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=0
    )
    shown = ""
    while "Withdraw it?" not in shown:
        one = process.stdout.read(1)
        assert one, process.stderr.read()
        shown += one
    saved(root, path, "# Saved while the question was open.")
    _, errors = process.communicate("y\n", timeout=PATIENCE)
    assert process.returncode == 1
    assert f"{path}:0:0: D511" in errors
    after = {one: one.read_bytes() for one in root.rglob("*") if one.is_file()}
    assert {one.relative_to(root).as_posix() for one in after if after[one] != before.get(one)} == {path}


def test_a_record_is_not_renamed_over_what_was_saved(root, monkeypatch):
    """Between the plan and its writing, the plan's effect on every article is computed, which takes a while."""
    folder = root / "content/entities"
    folder.mkdir(exist_ok=True)
    (folder / "jane-doe.md").write_text(
        "---\ntitle: Jane Doe\ntype: person\nstatus: draft\n---\n", encoding="utf-8"
    )
    assert known_records(root)
    real = plan._worse

    def meanwhile(repository, planned):
        saved(root, "content/entities/jane-doe.md", "Born in Geneva.")
        return real(repository, planned)

    monkeypatch.setattr(plan, "_worse", meanwhile)
    with pytest.raises(DiagnosticsError) as error:
        rename.rename_record(root, "jane-doe", "jane-m-doe")
    assert [one.code for one in error.value.problems] == ["D511"]
    assert "Born in Geneva." in (folder / "jane-doe.md").read_text("utf-8")
    assert not (folder / "jane-m-doe.md").exists()


def test_a_page_that_is_made_while_a_source_is_added_stays(root, tmp_path, monkeypatch):
    source = tmp_path / "three.txt"
    source.write_text("Talks begin again\n\nAnn Lee came back.\n", encoding="utf-8")
    page = root / "content/articles/2016/three.md"
    real = Repository.read

    def read(self, path):
        found = real(self, path)
        if path.endswith("/three.md") and not page.exists():
            page.write_text("theirs", encoding="utf-8")
        return found

    monkeypatch.setattr(Repository, "read", read)
    with pytest.raises(DiagnosticsError) as error:
        add(root, [source], date="2016-02-01", slug="three", propose=lambda article: Proposal("one", ""))
    assert "D511" in {one.code for one in error.value.problems}
    assert page.read_text("utf-8") == "theirs"


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="which file is synchronised is seen in /proc")
def test_a_removal_is_on_the_disk_before_its_journal_goes(root, monkeypatch):
    """A power cut after that would bring a withdrawn file back, and nothing would remove it again."""
    page, synced = root / ONE, []

    def sync(number, real=os.fsync):
        synced.append(
            (
                Path(f"/proc/self/fd/{number}").readlink(),
                page.exists(),
                (state_folder(root) / JOURNAL).exists(),
            )
        )
        real(number)

    monkeypatch.setattr(os, "fsync", sync)
    commit(root, {ONE: None})
    assert (page.parent.resolve(), False, True) in synced
