"""Git is asked about a repository whose own configuration names programs: none of them runs."""

from __future__ import annotations

import os

import pytest
from tests.support.git import first_commit, known
from tests.support.git import git as own
from tests.support.process import dossier

from dossierkit.check.repository.inspect import tracked
from dossierkit.store.git import MISSING, git, refusal
from dossierkit.store.history import committed, head, histories
from dossierkit.workflow.diff import at_revision, revision
from dossierkit.workflow.editing.git import commit, state, text_diff
from dossierkit.workflow.merge_driver import hint

PAGE = "content/articles/2016/talks.md"
QUESTIONS = {
    "state": state,
    "diff of a file": lambda root: text_diff(root, PAGE),
    "history": lambda root: histories(root, "content"),
    "head": head,
    "committed": lambda root: committed(root, root / "site"),
    "tracked": tracked,
    "revision": lambda root: at_revision(root, revision(root, "HEAD"), "content"),
    "merge driver": lambda root: list(hint(root)),
}
NAMED = (
    "core.fsmonitor",
    "core.pager",
    "diff.words.textconv",
    "diff.words.command",
    "diff.external",
    "gpg.program",
)
HOOKS = ("post-index-change", "post-checkout", "pre-commit", "fsmonitor-watchman")


@pytest.fixture
def hostile(tmp_path):
    """A repository, and a file that is written if one of the programs runs."""
    root, ran = tmp_path / "repository", tmp_path / "ran"
    (root / PAGE).parent.mkdir(parents=True)
    (root / PAGE).write_text("---\ntitle: Talks\nstatus: published\n---\n\nText.\n", encoding="utf-8")
    (root / ".gitattributes").write_text("*.md diff=words merge=dossier\n", encoding="utf-8")
    first_commit(root, message="First")
    program = tmp_path / "program"
    program.write_text(f'#!/bin/sh\necho "$0" >> "{ran}"\ncat "$@" 2>/dev/null\n', encoding="utf-8")
    program.chmod(0o755)
    for name, value in (
        *((name, str(program)) for name in NAMED),
        ("log.showSignature", "true"),
    ):
        own(root, "config", name, value)
    known(root)
    for name in HOOKS:
        hook = root / ".git/hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(program.read_text("utf-8"), encoding="utf-8")
        hook.chmod(0o755)
    with (root / PAGE).open("a", encoding="utf-8") as page:
        page.write("More.\n")
    return root, ran


@pytest.mark.parametrize("question", QUESTIONS)
def test_no_program_of_the_configuration_runs_when_git_is_asked(hostile, question):
    root, ran = hostile
    assert QUESTIONS[question](root) is not None
    assert not ran.exists(), ran.read_text("utf-8")


@pytest.mark.parametrize("command", [["check"], ["diff"], ["arrivals"]])
def test_nor_do_commands_run_one(hostile, command):
    root, ran = hostile
    (root / "mkdocs.yml").write_text(
        "site_name: x\ndocs_dir: content\nplugins: [dossier]\n", encoding="utf-8"
    )
    (root / "seeds").mkdir()
    done = dossier(*command, cwd=root)
    assert done.returncode in {0, 1}, done.stderr
    assert not ran.exists(), ran.read_text("utf-8")


def test_hooks_run_for_a_commit_of_the_user_and_no_monitor(hostile):
    root, ran = hostile
    commit(root, [PAGE], "More")
    assert {line.rpartition("/")[2] for line in ran.read_text("utf-8").split()} <= set(HOOKS)
    assert "pre-commit" in ran.read_text("utf-8")


def test_without_git_the_answer_is_that_there_is_none(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git(tmp_path, "status").returncode == MISSING
    assert not state(tmp_path).there


@pytest.mark.skipif(os.name != "posix", reason="its git is a script")
@pytest.mark.parametrize(
    "question", [head, QUESTIONS["committed"], tracked], ids=["head", "committed", "tracked"]
)
def test_no_git_is_started_where_there_is_no_repository(hostile, tmp_path, monkeypatch, question):
    started = tmp_path / "started"
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ntouch '{started}'\nexit 1\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(program.parent), prepend=os.pathsep)
    (alone := tmp_path / "alone").mkdir()
    assert not question(alone)
    assert not started.exists()
    question(hostile[0])
    assert started.exists()


def test_a_repository_that_git_reads_and_a_folder_without_one_are_not_refused(hostile, tmp_path):
    assert refusal(hostile[0] / "content") == ""
    assert refusal(tmp_path) == ""


def test_a_repository_of_another_user_is_refused_with_what_git_says_to_do(hostile, monkeypatch):
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    reason = refusal(hostile[0] / "content")
    assert "dubious ownership" in reason
    assert f"git config --global --add safe.directory {hostile[0]}`" in reason


def test_a_repository_is_not_read_without_git_or_if_it_is_damaged(hostile, monkeypatch):
    (hostile[0] / ".git/HEAD").write_text("nothing\n", encoding="utf-8")
    assert refusal(hostile[0]).endswith("run `git status` there")
    monkeypatch.setenv("PATH", str(hostile[0]))
    assert refusal(hostile[0]).startswith("git is not installed: install it")
    (hostile[0] / "git").write_text("#!/bin/sh\n", encoding="utf-8")  # which nobody may run
    assert refusal(hostile[0]).startswith("git cannot be run: Permission denied: ")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["check"], 0),
        (["check", "--strict"], 1),
        (["build"], 0),
        (["build", "--strict"], 1),
        (["arrivals"], 1),
    ],
)
def test_commands_say_that_the_history_is_unknown(hostile, command, code):
    root, _ = hostile
    settings = (
        "site_name: x\nsite_url: https://x.example/\ndocs_dir: content\ntheme: material\nplugins: [dossier]\n"
    )
    (root / "mkdocs.yml").write_text(settings, encoding="utf-8")
    (root / "seeds").mkdir()
    (root / PAGE).unlink()
    done = dossier(*command, cwd=root, GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert said.count("D909") == 1
    assert "safe.directory" in said
