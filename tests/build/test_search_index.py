"""The search index in a site, and what it leaves for the next one."""

from __future__ import annotations

import logging
import os
from contextlib import closing
from functools import partial

import pytest
from tests.support.repository import contents

from dossierkit.build.search_index import CACHE, SearchCache, renew_index, write_index
from dossierkit.cache.archive import BLOBS, TABLE
from dossierkit.model.plain import digest, dumps
from dossierkit.model.searched import Findable, SearchRecord
from dossierkit.site.search.index import index
from dossierkit.store.state import STATE


def rows(number, **changes):
    titles = {n: f"Title {n}" for n in range(number)} | {
        int(name[1:]): title for name, title in changes.items()
    }
    return tuple(
        SearchRecord(f"articles/{n}.md", f"articles/{n}/", "article", title) for n, title in titles.items()
    )


def findable(records, made=None, _remembered=None):
    """Each as it is found; `made` gets the paths of those whose records are asked for."""

    def make(record):
        if made is not None:
            made.append(record.path)
        return record

    return [Findable(one.path, partial(make, one), digest(dumps(one))) for one in records]


def clean(records):
    return dict(index(findable(records), {}))


PAGES = "search/data/pages/0.dks"


class Repository:
    """Writes its index with what the last one left."""

    def __init__(self, root):
        self.root, self.site, self.cache = root, root / "site", root / "cache"
        self.table, self.blobs = self.cache / CACHE / TABLE, self.cache / CACHE / BLOBS

    def renew(self, records, *, ground="g"):
        """The paths of the pages whose records were made."""
        made = []
        renew_index(partial(findable, records, made), {}, self.site, self.cache, ground)
        assert contents(self.site) == clean(records)
        return made


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path)


def test_the_site_gets_the_files_and_nothing_old_stays(tmp_path):
    write_index(lambda _: findable(rows(5)), {}, tmp_path)
    write_index(lambda _: findable(rows(3)), {}, tmp_path)
    assert contents(tmp_path) == clean(rows(3))


def test_a_file_that_stays_as_it_is_keeps_its_time(tmp_path):
    write_index(lambda _: findable(rows(3)), {}, tmp_path)
    page, table = tmp_path / PAGES, tmp_path / "search/data/index.dks"
    for file in (page, table):
        os.utime(file, (1, 1))
    write_index(lambda _: findable(rows(3)), {"said": "otherwise"}, tmp_path)
    assert page.stat().st_mtime == 1
    assert table.stat().st_mtime != 1


def test_only_what_changed_is_made_again(repository):
    assert len(repository.renew(rows(5))) == 5
    assert repository.renew(rows(5)) == []
    assert repository.renew(rows(5, n3="Other")) == ["articles/3.md"]
    assert repository.renew(rows(6, n3="Other")) == ["articles/5.md"]
    assert repository.renew(rows(2)) == []


def test_a_file_that_nobody_changed_is_not_written(repository):
    repository.renew(rows(5))
    before = {path: path.stat().st_ino for path in repository.root.rglob("*") if path.is_file()}
    kept = contents(repository.cache)
    repository.renew(rows(5))
    assert {path: path.stat().st_ino for path in repository.root.rglob("*") if path.is_file()} == before
    assert contents(repository.cache) == kept


@pytest.mark.parametrize("change", ["gone", "other"])
def test_pages_whose_file_is_not_the_one_that_was_written_are_made_again(repository, change):
    repository.renew(rows(3))
    file = repository.site / PAGES
    file.unlink() if change == "gone" else file.write_bytes(b"other")
    assert len(repository.renew(rows(3))) == 3


@pytest.mark.parametrize("change", ["gone", "other"])
def test_a_file_that_another_build_writes_after_it_was_taken_is_not_used(repository, change):
    repository.renew(rows(3))
    file = repository.site / PAGES
    with closing(SearchCache(repository.cache, repository.site, "g")) as cache:
        assert cache.take(PAGES)
        assert cache.file(PAGES) == file.read_bytes()
        file.unlink() if change == "gone" else file.write_bytes(b"other")
        assert cache.file(PAGES) == b""


def test_what_rests_on_other_settings_is_made_again(repository):
    repository.renew(rows(3))
    assert len(repository.renew(rows(3), ground="h")) == 3


DAMAGES = {
    "a changed byte": lambda data: data[:-3] + bytes([data[-3] ^ 1]) + data[-2:],
    "a changed seal": lambda data: data[:25] + bytes([data[25] ^ 1]) + data[26:],
    "half written": lambda data: data[: len(data) // 2],
    "only its head": lambda data: data[:20],
    "empty": lambda _: b"",
    "another version": lambda data: data.replace(b"search 4", b"search 0", 1),
    "something else": lambda _: b"{}",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_table_that_cannot_be_believed_is_not_used_and_it_is_said(repository, caplog, damage):
    repository.renew(rows(3))
    repository.table.write_bytes(damage(repository.table.read_bytes()))
    with caplog.at_level(logging.INFO):
        assert len(repository.renew(rows(3))) == 3
    assert f"{repository.table} is not used, since it " in caplog.text
    assert repository.renew(rows(3)) == []


def test_a_damaged_part_is_made_again_and_it_is_said(repository, caplog):
    repository.renew(rows(3))
    data = repository.blobs.read_bytes()
    repository.blobs.write_bytes(data.replace(b"Title", b"Totle"))
    with caplog.at_level(logging.INFO):
        assert len(repository.renew(rows(3))) == 3
    assert f"{CACHE} was damaged" in caplog.text
    assert repository.renew(rows(3)) == []


def test_the_file_of_another_user_is_not_used(repository, monkeypatch, caplog):
    monkeypatch.setenv("DOSSIER_KEY", "theirs")
    repository.renew(rows(3))
    monkeypatch.setenv("DOSSIER_KEY", "ours")
    with caplog.at_level(logging.INFO):
        assert len(repository.renew(rows(3))) == 3
    assert "another user wrote it" in caplog.text


def test_a_user_who_can_have_no_key_uses_and_leaves_nothing(repository, monkeypatch, caplog):
    repository.renew(rows(3))
    nowhere = repository.root / "a file"
    nowhere.touch()
    monkeypatch.delenv("DOSSIER_KEY", raising=False)
    monkeypatch.setenv(STATE, str(nowhere))
    with caplog.at_level(logging.INFO):
        assert len(repository.renew(rows(3))) == 3
    assert f"{repository.table} is not used, since" in caplog.text
    assert "nothing of the search index is kept" in caplog.text


def test_an_index_that_can_leave_nothing_is_written_all_the_same(repository, caplog):
    repository.table.mkdir(parents=True)
    with caplog.at_level(logging.INFO):
        repository.renew(rows(3))
    assert "nothing of the search index is kept" in caplog.text
    assert set(repository.table.parent.iterdir()) == {repository.table, repository.blobs}


def test_what_follows_from_events_is_worked_out_again_when_they_changed(repository):
    given, worked = [], []

    def found(basis, remembered):
        given.append(remembered(basis, "first reports", lambda: worked.append(basis) or [basis]))
        return findable(rows(3))

    for basis in ("one", "one", "", "two", "one"):
        renew_index(partial(found, basis), {}, repository.site, repository.cache, "g")
    assert worked == ["one", "", "two", "one"]
    assert given == [["one"], ["one"], [""], ["two"], ["one"]]


def test_an_index_that_is_stopped_leaves_what_the_one_before_left(repository):
    repository.renew(rows(3))
    kept = repository.table.read_bytes()

    found = partial(findable, rows(3, n0="Other"), [])
    with pytest.raises(TypeError):
        renew_index(found, {"said": object()}, repository.site, repository.cache, "g")
    assert repository.table.read_bytes() == kept
    assert len(repository.renew(rows(3))) == 3
