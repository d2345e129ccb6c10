"""The search index in a site."""

from __future__ import annotations

import os

from dossierkit.compile.search.index import index
from dossierkit.engines.search import write_index
from dossierkit.model.searched import SearchRecord


def rows(number):
    return tuple(
        SearchRecord(f"articles/{n}.md", f"articles/{n}/", "article", f"Title {n}") for n in range(number)
    )


def written(site):
    return {
        file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()
    }


def test_the_site_gets_the_files_and_nothing_old_stays(tmp_path):
    write_index(lambda: rows(5), {}, tmp_path)
    write_index(lambda: rows(3), {}, tmp_path)
    assert written(tmp_path) == dict(index(rows(3), {}))


def test_a_file_that_stays_as_it_is_keeps_its_time(tmp_path):
    write_index(lambda: rows(3), {}, tmp_path)
    page, table = tmp_path / "search/data/pages/0.dks", tmp_path / "search/data/index.dks"
    for file in (page, table):
        os.utime(file, (1, 1))
    write_index(lambda: rows(4), {}, tmp_path)
    assert page.stat().st_mtime == 1
    assert table.stat().st_mtime != 1
