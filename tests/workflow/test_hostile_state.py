"""What a branch or a damaged disk can put before recovery: nothing outside of the repository's own pages is ever touched."""

from __future__ import annotations

import json
import logging
import os
import shutil
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.git import git

from dossierkit.cli import main
from dossierkit.store.commit import JOURNAL, commit
from dossierkit.store.files import OutsideError
from dossierkit.store.lock import LOCK, locked
from dossierkit.store.state import CACHE, STATE, cache_folder, state_folder
from dossierkit.workflow.editing.session import EditingSession
from dossierkit.workflow.review.screen import Screen
from dossierkit.workflow.terminal.by_page import run as review

TEXT = "Talks close\n\nJane Doe left Geneva on Friday.\n"
PAGE = "content/articles/2016/talks.md"
COMMANDS = {
    "add": ["add", "{source}", "--date", "2016-02-01"],
    "update": ["update"],
    "merge": ["merge", "jane-doe", "jane"],
    "rename": ["rename", "geneva", "genf"],
    "split": ["split", "jane-doe", "--into", "jane-two", "--title", "Jane Two", "--articles", "2016/talks", "--force"],
    "withdraw": ["withdraw", PAGE, "--reason", "x", "--yes"],
}  # fmt: skip
MKDOCS = "site_name: x\ndocs_dir: content\ntheme: {name: material, font: false}\nplugins: [dossier]\nnav: [index.md]\nextra: {dossier: {names: none, data: false, cards: false}}\n"
posix = pytest.mark.skipif(os.name != "posix", reason="links of POSIX")


@pytest.fixture
def root(tmp_path, furnish) -> Path:
    """A repository in git, beside a file that is nobody's business."""
    folder = tmp_path / "work" / "repository"
    folder.mkdir(parents=True)
    repository = furnish(folder)
    repository.write("entities/jane.md", "---\ntitle: Jane\ntype: person\nstatus: reviewed\n---\n")
    repository.write("index.md", "# Home\n")
    (folder / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    (folder / "seeds").mkdir()
    (tmp_path / "victim.txt").write_bytes(b"theirs")
    (tmp_path / "in.txt").write_text(TEXT, encoding="utf-8")
    git(folder, "init", "-q")
    return folder


def dossier(root, *arguments):
    given = [one.format(source=root.parent.parent / "in.txt") for one in arguments]
    return CliRunner().invoke(main, ["-C", str(root), *given], catch_exceptions=False)


def tree(folder, *, but=("content", "seeds", "site")):
    """Everything around the repository's pages: its own files and git's, and what lies beside it."""
    root = folder / "work" / "repository"
    return {
        file.relative_to(folder).as_posix(): str(file.readlink()) if file.is_symlink() else file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if (file.is_file() or file.is_symlink())
        and not any(file.is_relative_to(root / name) for name in but)
        and file.name != "index"  # git's, which asking git may refresh
    }


def digest(data):
    return sha256(data).hexdigest()


def journal(path, new, old=b""):
    return {path: {"old": digest(old) if old else "", "new": new}}


def hostile(tmp_path):
    """Journals by what they try. Each says truly what stands there now, so that nothing but its path speaks against it."""
    victim = {"old": digest(b"theirs"), "new": None}
    return {
        "git's own folder": journal(".git/commondir", "../evil\n"),
        "git's folder in capitals": journal(".GIT/commondir", "../evil\n"),
        "git's folder below content": journal("content/.git/config", "[core]\n"),
        "a hook": journal(".git/hooks/post-checkout", "#!/bin/sh\n"),
        "the configuration": journal("mkdocs.yml", "hooks: [x.py]\n", MKDOCS.encode()),
        "a template": journal("templates/main.html", "x"),
        "a relative path": {"../../victim.txt": victim},
        "a path with dots": {"content/../../../victim.txt": victim},
        "an absolute path": {str(tmp_path / "victim.txt"): victim},
        "a drive": journal("C:/victim.txt", "x"),
        "a relative path that is written": journal("../../new.txt", "x"),
        "an absolute path that is written": journal(str(tmp_path / "new.txt"), "x"),
        "nothing": journal("", "x"),
        "NUL": journal("content/a\x00b.md", "x"),
        "a fine path before": journal("content/fine.md", "x") | {"../../victim.txt": victim},
        "the folder itself": journal("content", "x"),
    }


HOSTILE = sorted(hostile(Path("/")))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_committed_journal_is_not_read(root, tmp_path, command):
    """The attack of the issue: a branch brings `.dossier/pending.json`, and whoever checks it out runs any command."""
    plan = {path: step for one in hostile(tmp_path).values() for path, step in one.items() if path}
    (root / ".dossier").mkdir()
    (root / ".dossier" / JOURNAL).write_text(json.dumps(plan), encoding="utf-8")
    (root / ".dossier" / "adding").write_text('["../../victim.txt", "../../victim.txt"]\n', encoding="utf-8")
    git(root, "add", "-f", ".dossier")
    before = tree(tmp_path)
    result = dossier(root, *COMMANDS[command])
    assert result.exit_code in {0, 1}
    assert tree(tmp_path) == before
    assert not (root / "content" / "fine.md").exists()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_journal_in_the_state_folder_is_refused_as_a_whole(root, tmp_path, name):
    before = tree(tmp_path)
    pages = tree(tmp_path, but=("site",))
    (state_folder(root) / JOURNAL).write_text(json.dumps(hostile(tmp_path)[name]), encoding="utf-8")
    result = dossier(root, "update")
    assert result.exit_code == 1
    assert "D506 the journal of an interrupted command cannot be used" in result.stderr
    assert tree(tmp_path) == before
    assert tree(tmp_path, but=("site",)) == pages
    assert (state_folder(root) / "pending-1.json").is_file()
    assert not (state_folder(root) / JOURNAL).exists()


@posix
@pytest.mark.parametrize("leads", ["../../..", "../.git", ".."])
@pytest.mark.parametrize("step", ["written", "removed"])
def test_a_journal_does_not_go_through_a_folder_that_is_a_link(root, tmp_path, leads, step):
    (root / "content" / "x").symlink_to(leads)
    target = (root / "content" / leads).resolve() / "victim.txt"
    target.write_bytes(b"theirs")
    plan = journal("content/x/victim.txt", "ours" if step == "written" else None, b"theirs")
    (state_folder(root) / JOURNAL).write_text(json.dumps(plan), encoding="utf-8")
    assert dossier(root, "update").exit_code == 1
    assert target.read_bytes() == b"theirs"


@posix
@pytest.mark.parametrize("leads", ["elsewhere", ".git"])
def test_a_content_folder_that_is_a_link_is_not_written_to(root, tmp_path, leads):
    (tmp_path / "elsewhere").mkdir()
    shutil.rmtree(root / "seeds")
    (root / "seeds").symlink_to(tmp_path / "elsewhere" if leads == "elsewhere" else root / leads)
    before = tree(tmp_path)
    (state_folder(root) / JOURNAL).write_text(json.dumps(journal("seeds/commondir", "x")), encoding="utf-8")
    assert "D506" in dossier(root, "update").stderr
    assert tree(tmp_path) == before
    with pytest.raises(OutsideError):
        commit(root, {"seeds/commondir": b"x", PAGE: None})
    assert tree(tmp_path) == before
    assert (root / PAGE).is_file()


@posix
@pytest.mark.parametrize("command", COMMANDS)
def test_a_dossier_folder_that_is_a_link_is_not_followed(root, tmp_path, command):
    """Where the lock and the caches were written through it once."""
    theirs = tmp_path / "theirs"
    for name in (
        "lock",
        "build.lock",
        JOURNAL,
        "adding",
        "checks",
        "search",
        "build/table",
        "findings/aa/x",
    ):
        (theirs / name).parent.mkdir(parents=True, exist_ok=True)
        (theirs / name).write_bytes(b"theirs")
    (root / ".dossier").symlink_to(theirs)
    before = tree(tmp_path)
    dossier(root, *COMMANDS[command])
    dossier(root, "check")
    assert tree(tmp_path) == before


@posix
def test_a_lock_that_is_a_link_is_not_written_through(root, tmp_path):
    (root / ".dossier").mkdir()
    for name in ("lock", "build.lock"):
        (root / ".dossier" / name).symlink_to(tmp_path / "victim.txt")
    dossier(root, "update")
    assert (tmp_path / "victim.txt").read_bytes() == b"theirs"


REMOVED = [
    "../../victim.txt",
    "content/../../../victim.txt",
    ".git/HEAD",
    "mkdocs.yml",
    "content",
    "seeds/../mkdocs.yml",
]


@pytest.mark.parametrize("path", [*REMOVED, "ABSOLUTE"])
def test_no_commit_removes_what_is_not_a_page_or_a_source(root, tmp_path, path):
    before = tree(tmp_path, but=("site",))
    with pytest.raises(OutsideError):
        commit(root, {PAGE: b"changed", path.replace("ABSOLUTE", str(tmp_path / "victim.txt")): None})
    assert tree(tmp_path, but=("site",)) == before


@posix
def test_no_commit_removes_through_a_link(root, tmp_path):
    (root / "content" / "x").symlink_to(tmp_path)
    with pytest.raises(OutsideError):
        commit(root, {PAGE: b"changed", "content/x/victim.txt": None})
    assert (tmp_path / "victim.txt").read_bytes() == b"theirs"


@posix
def test_a_link_itself_can_be_removed_and_what_it_leads_to_stays(root, tmp_path):
    (root / "content" / "x.png").symlink_to(tmp_path / "victim.txt")
    commit(root, {"content/x.png": None})
    assert not os.path.lexists(root / "content" / "x.png")
    assert (tmp_path / "victim.txt").read_bytes() == b"theirs"


@posix
def test_a_withdrawal_does_not_follow_a_source_out_of_the_repository(root, tmp_path):
    """The page names its source; the folder of sources is a link that a branch brought."""
    (root / "seeds").rmdir()
    (root / "seeds").symlink_to(tmp_path)
    text = (root / PAGE).read_text(encoding="utf-8")
    (root / PAGE).write_text(text.replace("publisher: The Paper", "file: seeds/victim.txt"), encoding="utf-8")
    result = dossier(root, *COMMANDS["withdraw"], "--source")
    assert result.exit_code == 1
    assert "D901" in result.stderr
    assert (tmp_path / "victim.txt").read_bytes() == b"theirs"


DAMAGED = {
    "empty": b"",
    "cut off": b'{"content/a.md": {"old": "", "ne',
    "no JSON": b"<<<<<<< ours\n",
    "not UTF-8": b"\xff\xfe{}",
    "NUL": b"\x00" * 100,
    "a list": b"[]",
    "a number": b"1",
    "nested without end": b"[" * 200_000,
    "a number with many digits": b"1" * 10_000,
    "a step that is a text": b'{"content/a.md": "x"}',
    "a step without old": b'{"content/a.md": {"new": "x"}}',
    "a step with more": b'{"content/a.md": {"new": "x", "old": "", "mode": "0777"}}',
    "old is no digest": b'{"content/a.md": {"new": "x", "old": "x"}}',
    "old is a number": b'{"content/a.md": {"new": "x", "old": 1}}',
    "new is a number": b'{"content/a.md": {"new": 1, "old": ""}}',
    "half a character": b'{"content/a.md": {"new": "\\ud800", "old": ""}}',
    "half a character in a name": b'{"content/\\ud800.md": {"new": "x", "old": ""}}',
}


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("damage", DAMAGED)
def test_a_damaged_journal_is_set_aside_and_told_once(root, tmp_path, command, damage):
    before = tree(tmp_path, but=("site",))
    (state_folder(root) / JOURNAL).write_bytes(DAMAGED[damage])
    result = dossier(root, *COMMANDS[command])
    aside = state_folder(root) / "pending-1.json"
    assert result.exit_code == 1
    assert "pending.json:0:0: D506 the journal of an interrupted command cannot be used: " in result.stderr
    assert f"kept as {aside}: look with `git status`" in result.stderr
    assert "Traceback" not in result.stderr
    assert aside.read_bytes() == DAMAGED[damage]
    assert tree(tmp_path, but=("site",)) == before
    if damage == "no JSON":
        assert "D506" not in dossier(root, *COMMANDS[command]).stderr


@pytest.mark.parametrize(
    "path", [f"content/{'x' * 300}.md", f"{PAGE}/below.md"], ids=["too long", "below a file"]
)
def test_a_journal_that_the_system_does_not_let_finish_stays_and_is_told_of(root, path):
    file = state_folder(root) / JOURNAL
    file.write_text(json.dumps(journal(path, "x")), encoding="utf-8")
    for _ in range(2):
        result = dossier(root, "update")
        assert result.exit_code == 1
        assert "pending.json:0:0: D506 an interrupted command cannot be finished: " in result.stderr
        assert "move the journal away" in result.stderr
    file.unlink()
    assert dossier(root, "update").exit_code == 0


def test_a_second_damaged_journal_does_not_replace_the_first(root):
    for data in (b"one", b"two"):
        (state_folder(root) / JOURNAL).write_bytes(data)
        dossier(root, "update")
    assert [(state_folder(root) / f"pending-{number}.json").read_bytes() for number in (1, 2)] == [
        b"one",
        b"two",
    ]


def killed(root, files):
    """The id of a process that began a commit and was killed after its first rename in the repository."""
    pid = os.fork()
    if not pid:
        real, done = Path.replace, []

        def replace(self, target):
            if root in self.parents:
                done.append(target)
                if len(done) > 1:
                    os._exit(9)
            return real(self, target)

        Path.replace = replace
        commit(root, files)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9
    assert (state_folder(root) / JOURNAL).is_file()
    return pid


CHANGES = {"content/a.md": b"new a", "content/b.md": b"new b", "seeds/c.txt": None}


@pytest.fixture
def torn(root):
    for path in CHANGES:
        (root / path).write_bytes(b"old")
    killed(root, CHANGES)
    assert (root / "content/a.md").read_bytes() == b"new a"
    assert (root / "content/b.md").read_bytes() == b"old"
    return root


def lines(result):
    return [line for line in result.stderr.splitlines() if "was interrupted" in line]


@pytest.mark.parametrize("command", COMMANDS)
def test_what_recovery_finishes_is_said_file_by_file_by_every_command(torn, command):
    result = dossier(torn, *COMMANDS[command])
    assert lines(result) == [
        "dossier: content/b.md: written, to finish a command that was interrupted",
        "dossier: seeds/c.txt: removed, to finish a command that was interrupted",
    ]
    assert (torn / "content/b.md").read_bytes() == b"new b"
    assert not (torn / "seeds/c.txt").exists()
    assert lines(dossier(torn, "update")) == []


def test_nothing_is_built_from_pages_that_an_interrupted_command_changed_only_in_part(torn):
    checked, built = dossier(torn, "check"), dossier(torn, "build")
    assert (checked.exit_code, built.exit_code) == (1, 1)
    for told in (checked.stdout, built.stderr):
        assert ".:0:0: D513 a command was interrupted when it had changed only some of its files" in told
        assert "run `dossier update`, which first finishes that command" in told
    assert not (torn / "site").exists()
    dossier(torn, "update")
    assert "D513" not in dossier(torn, "check").stdout


D513 = ".:0:0: D513 a command was interrupted when it had changed only some of its files"


@pytest.mark.parametrize("command", [["export", "jsonld"], ["bundle", "two", "--out", "bundle.zip"]])
def test_nothing_is_made_for_readers_from_pages_that_were_changed_only_in_part(torn, command):
    made = dossier(torn, *command)
    assert (made.exit_code, made.stdout) == (1, "")
    assert D513 in made.stderr
    assert not Path("bundle.zip").exists()


@pytest.mark.parametrize("command", [["stats"], ["diff", "--base", "HEAD"]])
def test_who_counts_or_compares_pages_that_were_changed_only_in_part_is_told(torn, command):
    git(torn, "commit", "-q", "--allow-empty", "-m", "x")
    counted = dossier(torn, *command)
    assert counted.exit_code == 1
    assert counted.stdout
    assert D513 in counted.stderr


def test_the_preview_shows_pages_that_were_changed_only_in_part_and_says_so(torn):
    from dossierkit.build.messages import collected  # noqa: PLC0415 -- heavy
    from dossierkit.build.preview import Preview  # noqa: PLC0415 -- as above

    with collected(logging.WARNING) as said, closing(Preview(torn)) as preview:
        preview.build()
        assert preview.answer("articles/2016/talks/").status == 200
    assert [message for _, message in said if D513 in message]


def test_an_editor_s_session_begins_with_what_was_interrupted_finished(torn, capsys):
    EditingSession.open(torn)
    assert (torn / "content/b.md").read_bytes() == b"new b"
    assert "content/b.md: written, to finish a command that was interrupted" in capsys.readouterr().err


def test_a_review_begins_with_what_was_interrupted_finished(torn, capsys):
    review(torn, screen=Screen())
    assert (torn / "content/b.md").read_bytes() == b"new b"
    assert "content/b.md: written, to finish a command that was interrupted" in capsys.readouterr().err


def test_an_editor_s_session_begins_while_another_command_works(torn):
    with locked(torn):
        EditingSession.open(torn)
    assert (torn / "content/b.md").read_bytes() == b"old"


def test_a_command_that_is_still_at_work_is_not_said_to_be_interrupted(torn):
    (state_folder(torn) / LOCK).write_text(f"{os.getpid()}\n", encoding="ascii")
    assert "D513" not in dossier(torn, "check").stdout


def test_what_recovery_leaves_because_somebody_changed_it_is_said_file_by_file(torn):
    (torn / "content/b.md").write_bytes(b"mine")
    why = "a command that was interrupted is not finished, since content/b.md was changed after it: run it again"
    assert lines(dossier(torn, "update")) == [
        "dossier: content/a.md: stays as a command that was interrupted left it",
        f"dossier: content/b.md: stays as it is; {why}",
        f"dossier: seeds/c.txt: stays as it is; {why}",
    ]
    assert (torn / "content/b.md").read_bytes() == b"mine"
    assert (torn / "seeds/c.txt").read_bytes() == b"old"
    assert lines(dossier(torn, "update")) == []


def test_parts_of_files_that_a_killed_command_left_are_removed_and_that_is_said(root):
    name = f"content/.dossier-{killed(root, {'content/a.md': b'a', 'content/b.md': b'b'})}-1.tmp"
    assert (root / name).is_file()
    said = f"dossier: {name}: removed, the part of a file that an interrupted command had written"
    assert said in dossier(root, "update").stderr
    assert not (root / name).exists()


def test_a_repository_of_the_same_name_finishes_nothing_of_another(torn, tmp_path):
    other = tmp_path / "other" / "repository"
    shutil.copytree(torn, other)
    assert lines(dossier(other, "update")) == []
    assert (other / "content/b.md").read_bytes() == b"old"
    assert len(lines(dossier(torn, "update"))) == 2


def test_a_moved_repository_finishes_when_it_is_back(torn, tmp_path):
    moved = torn.rename(tmp_path / "moved")
    assert lines(dossier(moved, "update")) == []
    moved.rename(torn)
    assert len(lines(dossier(torn, "update"))) == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_without_a_state_folder_a_command_says_what_to_do_and_changes_nothing(
    root, tmp_path, monkeypatch, command
):
    before = tree(tmp_path, but=("site",))
    monkeypatch.setenv(STATE, str(root / "state"))
    result = dossier(root, *COMMANDS[command])
    assert result.exit_code == 1
    assert f"D505 {root / 'state'} lies in the repository" in result.stderr
    assert f"set {STATE} to a folder outside of it" in result.stderr
    assert tree(tmp_path, but=("site",)) == before


def test_commands_leave_nothing_in_the_repository_but_pages_and_sources(root, tmp_path):
    before = tree(tmp_path)
    for command in COMMANDS.values():
        dossier(root, *command)
    dossier(root, "check")
    assert tree(tmp_path) == before


@pytest.mark.engine
@pytest.mark.parametrize("engine", ["mkdocs", "properdocs"])
def test_a_build_goes_on_without_a_cache(root, monkeypatch, engine):
    (root / "mkdocs.yml").write_text(MKDOCS.replace(", cards: false", ""), encoding="utf-8")
    monkeypatch.setenv(CACHE, str(root / "cache"))
    result = dossier(root, "build", "--engine", engine)
    assert result.exit_code == 0, result.output
    assert (root / "site" / "articles" / "2016" / "talks" / "index.html").is_file()
    assert list((root / "site" / "cards").rglob("*.png"))
    assert not (root / "cache").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_a_lock_that_cannot_be_written_is_named(root):
    lock = state_folder(root) / LOCK
    lock.symlink_to("/dev/full")
    result = dossier(root, "update")
    assert result.exit_code == 2
    assert f"dossier: {lock}: " in result.stderr


def test_a_lock_on_a_full_disk_is_named(root):
    resource = pytest.importorskip("resource", reason="limits of POSIX")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    lock = state_folder(root) / LOCK
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, limits[1]))
    try:
        result = dossier(root, "update")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (result.exit_code, result.stderr) == (2, f"dossier: {lock}: File too large\n")


def test_caches_lie_in_the_cache_folder(root):
    dossier(root, *COMMANDS["add"])
    dossier(root, "check")
    assert {"checks", "findings"} <= {one.name for one in cache_folder(root).iterdir()}
