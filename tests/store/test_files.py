"""Several files are written together or not at all, and never outside of the repository."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.repository import contents

from dossierkit.store.files import OutsideError, write_all


def test_all_files_are_written_with_their_folders(tmp_path):
    write_all(tmp_path, {"a/b/c.md": b"c", "d.md": b"d"})
    assert contents(tmp_path) == {"a/b/c.md": b"c", "d.md": b"d"}


def test_a_new_file_has_the_rights_the_umask_gives_and_an_old_one_keeps_its_own(tmp_path):
    (tmp_path / "old.md").write_bytes(b"old")
    (tmp_path / "old.md").chmod(0o600)
    before = os.umask(0o022)
    try:
        write_all(tmp_path, {"new.md": b"new", "old.md": b"new"})
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "new.md").stat().st_mode) == 0o644
    assert stat.S_IMODE((tmp_path / "old.md").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "name", ["../x", "a/../../x", "/x", "", ".", "a\\..\\x", "C:x", "C:/x", "a/\x00", "//server/x", ".."]
)
def test_a_path_that_leaves_the_repository_is_refused_before_anything_is_written(tmp_path, name):
    with pytest.raises(OutsideError):
        write_all(tmp_path / "root", {"fine.md": b"x", name: b"x"})
    assert list(tmp_path.iterdir()) == []


def test_a_link_out_of_the_repository_is_not_followed(tmp_path):
    root, outside = tmp_path / "root", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (outside / "target.md").write_bytes(b"theirs")
    (root / "folder").symlink_to(outside)
    (root / "file.md").symlink_to(outside / "target.md")
    for name in ("folder/x.md", "folder/new/x.md", "file.md"):
        with pytest.raises(OutsideError):
            write_all(root, {"fine.md": b"x", name: b"x"})
    assert contents(outside) == {"target.md": b"theirs"}
    assert not (root / "fine.md").exists()


def test_a_failure_while_writing_leaves_nothing_behind(tmp_path):
    (tmp_path / "blocked").write_bytes(b"a file where a folder is needed")
    with pytest.raises(OSError):
        write_all(tmp_path, {"new/a.md": b"a", "blocked/b.md": b"b"})
    assert contents(tmp_path) == {"blocked": b"a file where a folder is needed"}
    assert not (tmp_path / "new").exists()


def test_a_failure_while_renaming_takes_new_files_away_again(tmp_path, monkeypatch):
    replace = Path.replace

    def fail_on_last(self, target):
        if target.name == "c.md":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail_on_last)
    with pytest.raises(OSError, match="No space"):
        write_all(tmp_path, {"new/a.md": b"a", "new/b.md": b"b", "c.md": b"c"})
    assert contents(tmp_path) == {}
    assert list(tmp_path.iterdir()) == []


SMALL = """
import resource
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
from pathlib import Path
from dossierkit.store.files import write_all
write_all(Path({root!r}), {{"content/a.md": b"x", "content/b.md": b"x" * 5000}})
"""


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_an_error_of_a_disk_names_the_file_that_is_written_and_nothing_is_left(tmp_path):
    """A limit for files stands for a full disk: both errors have no name of their own."""
    done = subprocess.run(
        [sys.executable, "-c", SMALL.format(root=str(tmp_path))], capture_output=True, text=True, check=False
    )
    assert f"{tmp_path / 'content/b.md'}'" in done.stderr.splitlines()[-1]
    assert contents(tmp_path) == {}
