"""Disks that are full or closed for writing, real ones: nothing is torn or lost, the message says what to do, and the same command
finishes the work when there is room.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests.support.repository import contents, snapshot
from tests.support.runner import dossier, printed
from tests.support.small_disk import SmallDisk, small_disk
from tests.support.terminal import ASKED, Terminal

PAGE = 4096
TEXT = "Talks open {0}\n\nThe envoy Ada Moreau said in Geneva on {0} May 2016 that a new round of talks would be called.\n"
FACTS = ("t1.yml", "t2.yml")
ROOM = ": make room on that disk, and do the same again"


@pytest.fixture(scope="module")
def incoming(tmp_path_factory) -> list[Path]:
    folder = tmp_path_factory.mktemp("incoming")
    for number in range(1, 7):
        (folder / f"t{number}.txt").write_text(TEXT.format(number), encoding="utf-8")
    return sorted(folder.iterdir())


@pytest.fixture(scope="module")
def begun(tmp_path_factory, incoming) -> Path:
    root = tmp_path_factory.mktemp("begun") / "talks"
    (root / "content").mkdir(parents=True)
    (root / "mkdocs.yml").write_text(
        "site_name: T\ndocs_dir: content\ntheme: {name: material, font: false}\nplugins: [dossier]\nnav: [index.md]\n",
        encoding="utf-8",
    )
    (root / "content/index.md").write_text("# Talks\n", encoding="utf-8")
    printed(root, "add", *incoming[:2])
    for name in FACTS:
        (root / "seeds" / name).write_text("publisher: Courier\n", encoding="utf-8")
    return root


@pytest.fixture
def disk(tmp_path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as found:
        yield found


@pytest.fixture
def state_disk(disk, monkeypatch) -> SmallDisk:
    monkeypatch.setenv("DOSSIERKIT_STATE", str(disk.path / "state"))
    return disk


@pytest.fixture
def root(begun, tmp_path) -> Path:
    return Path(shutil.copytree(begun, tmp_path / "talks"))


COMMANDS = {"add": ("add", "--jobs", "1"), "update": ("update",)}


@pytest.fixture(params=COMMANDS)
def command(request, incoming) -> tuple[object, ...]:
    return (*COMMANDS[request.param], *(incoming[2:] if request.param == "add" else ()))


@pytest.fixture
def finished(begun, command, tmp_path) -> dict[str, bytes]:
    """What the command leaves when there is room."""
    whole = Path(shutil.copytree(begun, tmp_path / "whole"))
    printed(whole, *command)
    return snapshot(whole)


@pytest.mark.parametrize("pages", range(0, 12, 2))
def test_a_full_disk_leaves_all_as_it_was_and_says_what_to_do(disk, begun, command, finished, pages):
    root = Path(shutil.copytree(begun, disk.path / "talks"))
    before = snapshot(root)
    assert before != finished
    with disk.full(pages * PAGE):
        done = dossier(root, *command)
        if done.exit_code == 0:
            assert snapshot(root) == finished
        else:
            assert done.exit_code == 2
            assert ROOM in done.output
            assert snapshot(root) == before
            assert not list(root.rglob(".dossier-*"))
    printed(root, *command)
    assert snapshot(root) == finished


@pytest.mark.parametrize("pages", range(0, 12, 2))
def test_so_does_a_full_disk_of_the_journal(state_disk, root, command, finished, pages):
    before = snapshot(root)
    with state_disk.full(pages * PAGE):
        done = dossier(root, *command)
        if done.exit_code:
            assert ROOM in done.output or "D505" in done.output
            assert "DOSSIERKIT_STATE" in done.output or "make room" in done.output
            assert snapshot(root) == before
        else:
            assert snapshot(root) == finished
    printed(root, *command)
    assert snapshot(root) == finished


def test_a_disk_that_is_closed_for_writing_leaves_all_as_it_was(disk, begun, command, finished):
    root = Path(shutil.copytree(begun, disk.path / "talks"))
    before = snapshot(root)
    with disk.closed():
        done = dossier(root, *command)
        assert done.exit_code == 2
        assert "Read-only file system: mount that disk so that it can be written to" in done.output
        assert snapshot(root) == before
    printed(root, *command)
    assert snapshot(root) == finished


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="another user cannot be taken")
def test_a_folder_without_the_right_to_write_is_named(begun, command, monkeypatch):
    """The folders of pytest are closed to others."""
    with TemporaryDirectory() as folder:
        root = Path(shutil.copytree(begun, Path(folder) / "talks"))
        state = Path(folder) / "state"
        state.mkdir()
        for path, mode in ((Path(folder), 0o755), (state, 0o777)):
            path.chmod(mode)
        monkeypatch.setenv("DOSSIERKIT_STATE", str(state))
        before = snapshot(root)
        os.seteuid(65534)
        try:
            done = dossier(root, *command)
        finally:
            os.seteuid(0)
        assert done.exit_code == 2
        assert "Permission denied: give yourself the rights to that file and its folder" in done.output
        assert snapshot(root) == before


@pytest.mark.parametrize("kilobytes", [0, 100, 1000])
def test_a_build_for_which_there_is_no_room_is_made_whole_by_the_next(disk, begun, kilobytes, tmp_path):
    root = Path(shutil.copytree(begun, disk.path / "talks"))
    whole = Path(shutil.copytree(begun, tmp_path / "talks"))
    printed(whole, "build")
    with disk.full(kilobytes * 1000):
        done = dossier(root, "build")
        assert done.exit_code == 2
        assert ROOM in done.output
    printed(root, "build")
    assert contents(root / "site") == contents(whole / "site")


def test_a_decision_of_a_review_that_cannot_be_saved_is_asked_for_again(disk, begun):
    root = Path(shutil.copytree(begun, disk.path / "talks"))
    before = snapshot(root)
    terminal = Terminal(root)
    with disk.full(0):
        terminal.press("a")
        terminal.until("not done: ")
        told = " ".join(terminal.until(ASKED).split())
        assert "No space left on device" in told
        assert ROOM in told
        assert snapshot(root) == before
    os.write(terminal.fd, b"a")
    terminal.press("q")
    terminal.end()
    assert snapshot(root) != before
    assert not list(root.rglob(".dossier-*"))


def test_mkdocs_alone_says_what_to_do_without_a_traceback(disk, begun):
    """In a process of its own, since Python prints a traceback at its end."""
    root = Path(shutil.copytree(begun, disk.path / "talks"))
    command = [sys.executable, "-m", "mkdocs", "build"]
    with disk.full(PAGE):
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert ROOM in done.stderr
        assert "Traceback" not in done.stderr
