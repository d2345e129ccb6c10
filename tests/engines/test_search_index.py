"""The search index in a finished site, made here or by a process beside the engine."""

from __future__ import annotations

import pytest

from dossierkit.compile.search.index import index
from dossierkit.engines.search import SearchIndex
from dossierkit.model.searched import SearchRecord


def rows(number):
    return tuple(
        SearchRecord(f"articles/{n}.md", f"articles/{n}/", "article", f"Title {n}") for n in range(number)
    )


@pytest.mark.parametrize("number", [3, 600], ids=["here", "by a process"])
def test_the_site_gets_the_files_and_nothing_old_stays(tmp_path, number):
    stale = tmp_path / "search/data/pages/99999.dks"
    stale.parent.mkdir(parents=True)
    stale.write_bytes(b"")
    made = SearchIndex(rows(number), {})
    made.put(tmp_path)
    written = {
        file.relative_to(tmp_path).as_posix(): file.read_bytes()
        for file in tmp_path.rglob("*")
        if file.is_file()
    }
    assert written == dict(index(rows(number), {}))


def test_an_index_that_is_not_wanted_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    made = SearchIndex(rows(3), {})
    assert list(tmp_path.iterdir())
    made.drop()
    assert list(tmp_path.iterdir()) == []
