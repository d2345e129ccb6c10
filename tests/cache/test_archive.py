"""What a vault is given it gives back, in this build and in the next; never anything else."""

from __future__ import annotations

import os
import tempfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dossierkit.cache import archive
from dossierkit.cache.archive import BLOBS, FOLDER, TABLE, Archive
from dossierkit.cache.files import ForeignFileError
from dossierkit.cache.sealed import KEY
from dossierkit.store.state import STATE

NAMES = st.sampled_from(["one", "two", "three", "four"])
BUILDS = st.lists(st.dictionaries(NAMES, st.binary(max_size=400)), min_size=1, max_size=6)


@settings(deadline=None)
@given(builds=BUILDS, dropped=st.sets(NAMES), slack=st.sampled_from([0, 10_000]))
def test_each_build_finds_what_the_ones_before_left(builds, dropped, slack):
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive, "_SLACK", slack)
        root, expected = Path(folder), {}
        for number, put in enumerate(builds):
            one, why = archive.read(root)
            assert not why
            assert {name: one.take(name) for name in expected} == expected
            expected |= put
            for name, blob in put.items():
                one.put(name, blob)
            assert {name: one.take(name) for name in expected} == expected
            if number % 2:
                expected = {name: blob for name, blob in expected.items() if name not in dropped}
            one.save(expected.keys())
            one.close()
        assert {file.name for file in (root / FOLDER).iterdir()} <= {"table", "blobs"}


def kept(root, **blobs):
    with closing(archive.read(root)[0]) as one:
        for name, blob in blobs.items():
            one.put(name, blob)
        one.save(blobs.keys())


def found(root, *names):
    with closing(archive.load(root)) as one:
        return [one.take(name) for name in names]


def test_what_is_not_saved_is_not_there_the_next_time(tmp_path):
    kept(tmp_path, one=b"first")
    with closing(archive.load(tmp_path)) as stopped:
        stopped.put("one", b"second")
        stopped.put("two", b"other")
    with closing(archive.load(tmp_path)) as again:
        assert (again.take("one"), again.take("two")) == (b"first", None)
        again.put("three", b"third")
        assert (again.take("one"), again.take("three")) == (b"first", b"third")


def test_names_that_nobody_needs_take_no_room_for_ever(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "_SLACK", 0)
    for number in range(50):
        kept(tmp_path, one=bytes([number]) * 1000)
    assert (tmp_path / BLOBS).stat().st_size <= 2000


@pytest.mark.parametrize("change", [lambda data: data[:3], lambda data: data[:-1] + b"x", lambda _: b""])
def test_a_blob_that_is_damaged_is_none(tmp_path, change):
    kept(tmp_path, one=b"12345", two=b"67890")
    blobs = tmp_path / BLOBS
    blobs.write_bytes(change(blobs.read_bytes()))
    with closing(archive.load(tmp_path)) as one:
        assert one.take("one") in {None, b"12345"}
        assert one.take("two") is None
        assert one.damaged >= 1


def test_blobs_of_one_build_do_not_go_with_the_table_of_another(tmp_path):
    kept(tmp_path, one=b"12345")
    table = (tmp_path / TABLE).read_bytes()
    (tmp_path / BLOBS).unlink()
    kept(tmp_path, one=b"54321")
    (tmp_path / TABLE).write_bytes(table)
    assert found(tmp_path, "one") == [None]


def test_a_table_without_the_right_seal_is_not_read(tmp_path, monkeypatch):
    kept(tmp_path, one=b"12345")
    monkeypatch.setenv(KEY, "another")
    with pytest.raises(ForeignFileError):
        archive.load(tmp_path)


def test_forked_processes_read_what_was_put_before(tmp_path):
    with closing(Archive(tmp_path)) as one:
        one.put("one", b"12345")
        pid = os.fork()
        if not pid:
            os._exit(0 if one.take("one") == b"12345" else 1)
        assert os.waitpid(pid, 0)[1] == 0
        one.put("two", b"67890")
        assert (one.take("one"), one.take("two")) == (b"12345", b"67890")


def test_where_nothing_can_be_written_blobs_stay_in_memory_and_saving_says_why(tmp_path):
    (tmp_path / FOLDER).write_text("a file, not a folder", encoding="utf-8")
    one = Archive(tmp_path)
    one.put("one", b"12345")
    assert one.take("one") == b"12345"
    with pytest.raises(OSError, match=r"directory|exists"):
        one.save({"one"})


def test_a_user_without_a_home_keeps_nothing(tmp_path, monkeypatch):
    kept(tmp_path, one=b"12345")
    monkeypatch.delenv(STATE)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setattr(os.path, "expanduser", lambda path: path)  # as it is where nobody knows a home
    one, why = archive.read(tmp_path)
    assert f"set {STATE}" in why
    with closing(one), pytest.raises(OSError, match=f"set {STATE}"):
        one.save(())
