"""Where state lies: outside of the repository, apart for each repository, and where only its user can write."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from dossierkit.store.lock import LockedError, locked
from dossierkit.store.state import CACHE, OWNER, STATE, StateError, cache_folder, state_folder, working_folder

FOLDERS = {STATE: state_folder, CACHE: cache_folder}
posix = pytest.mark.skipif(os.name != "posix", reason="rights and links of POSIX")


@pytest.fixture(params=FOLDERS)
def place(request, tmp_path, monkeypatch):
    """The variable that names the folder, the folder that it names, and what gives a repository's."""
    base = tmp_path / "user"
    monkeypatch.setenv(request.param, str(base))
    return request.param, base, FOLDERS[request.param]


@pytest.fixture
def root(tmp_path) -> Path:
    folder = tmp_path / "one" / "dossier"
    folder.mkdir(parents=True)
    return folder


def test_the_folder_is_where_the_variable_says_and_tells_whose_it_is(place, root):
    _, base, folder = place
    assert folder(root).parent.parent == base
    assert folder(root).name.startswith("dossier-")
    assert (folder(root) / OWNER).read_text(encoding="utf-8") == f"{root}\n"


@posix
def test_only_its_user_may_look_into_it(place, root):
    before = os.umask(0)
    try:
        folder = place[2](root)
    finally:
        os.umask(before)
    assert {stat.S_IMODE(one.stat().st_mode) for one in (folder, folder.parent)} == {0o700}


def test_repositories_of_one_name_share_nothing(place, root, tmp_path):
    other = tmp_path / "two" / "dossier"
    other.mkdir(parents=True)
    assert place[2](root) != place[2](other)
    foreign = tmp_path / "сайт"
    foreign.mkdir()
    assert place[2](foreign).name.startswith("repository-")  # no letter of it is safe everywhere


def test_a_repository_that_is_moved_begins_with_nothing_and_finds_its_own_when_it_is_back(
    place, root, tmp_path
):
    folder = place[2]
    (folder(root) / "mark").touch()
    moved = root.rename(tmp_path / "moved")
    assert {file.name for file in folder(moved).iterdir()} == {OWNER}
    moved.rename(root)
    assert (folder(root) / "mark").exists()


@posix
def test_a_link_to_a_repository_leads_to_the_same_folder(place, root, tmp_path):
    (tmp_path / "link").symlink_to(root)
    assert place[2](tmp_path / "link") == place[2](root)


@pytest.mark.parametrize("name", ["", "state", ".git/state"])
def test_a_folder_in_the_repository_is_refused(monkeypatch, place, root, name):
    variable, _, folder = place
    monkeypatch.setenv(variable, str(root / name))
    with pytest.raises(StateError, match=f"lies in the repository.*set {variable}"):
        folder(root)
    assert list(root.iterdir()) == []


@posix
def test_a_link_into_the_repository_is_refused(monkeypatch, place, root, tmp_path):
    (tmp_path / "link").symlink_to(root)
    monkeypatch.setenv(place[0], str(tmp_path / "link" / "state"))
    with pytest.raises(StateError, match="lies in the repository"):
        place[2](root)


@pytest.mark.parametrize("value", ["state", "~/state", "./x"])
def test_a_relative_path_is_refused(monkeypatch, place, root, value):
    monkeypatch.setenv(place[0], value)
    with pytest.raises(StateError, match="not an absolute path"):
        place[2](root)


def test_a_user_without_a_home_is_told_what_to_do(monkeypatch, place, root):
    variable, _, folder = place
    monkeypatch.delenv(variable)
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as it is where nobody knows a home
    with pytest.raises(StateError, match=f"set {variable}"):
        folder(root)


def test_a_file_in_the_way_is_told_of(place, root):
    variable, base, folder = place
    base.write_bytes(b"")
    with pytest.raises(StateError, match=f"set {variable}"):
        folder(root)


@posix
@pytest.mark.parametrize("level", [0, 1])
def test_a_folder_that_others_can_write_is_refused(place, root, level):
    folder = place[2]
    one = (folder(root), folder(root).parent)[level]
    one.chmod(0o770)
    with pytest.raises(StateError, match=r"can be written by others: run `chmod go-w"):
        folder(root)


@posix
def test_a_link_in_its_place_is_refused(place, root, tmp_path):
    folder = place[2]
    made = folder(root)
    made.rename(tmp_path / "elsewhere")
    made.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StateError, match="is a link"):
        folder(root)


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() != 0, reason="gives a folder to somebody else")
def test_the_folder_of_another_user_is_refused(place, root):
    variable, _, folder = place
    os.chown(folder(root), 12345, -1)
    with pytest.raises(StateError, match=f"belongs to another user: set {variable}"):
        folder(root)


@posix
@pytest.mark.skipif(os.name == "posix" and os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_is_refused(place, root):
    variable, _, folder = place
    folder(root).chmod(0o500)
    with pytest.raises(StateError, match=f"cannot be written: set {variable}"):
        folder(root)


def test_without_a_cache_work_is_done_in_a_folder_that_goes_with_the_process(root):
    script = f"from pathlib import Path\nfrom dossierkit.store.state import working_folder\nfolder = working_folder(Path({str(root)!r}))\nfolder.mkdir()\nprint(folder)"
    env = {**os.environ, CACHE: str(root / "cache")}
    ended = subprocess.run(
        [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True
    )
    assert ended.stdout.strip()
    assert not Path(ended.stdout.strip()).exists()
    assert list(root.iterdir()) == []


def test_with_a_cache_work_is_done_there(root):
    assert working_folder(root) == cache_folder(root)


@posix
def test_another_user_cannot_work_in_the_repository_at_the_same_time(monkeypatch, root, tmp_path):
    with locked(root):
        monkeypatch.setenv(STATE, str(tmp_path / "theirs"))
        with pytest.raises(LockedError, match="another dossier command"), locked(root):
            pytest.fail("both hold it")
    with locked(root):
        assert list(root.iterdir()) == []
