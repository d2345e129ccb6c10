"""An index so large that the beginnings of its stretches are read by the block, read by a browser."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path

import pytest

from dossierkit.model.searched import Findable, SearchEvent, SearchRecord
from dossierkit.site.search import index as index_files
from dossierkit.site.search import packing

ASSETS = Path(__file__).resolve().parents[2] / "templates/assets/dossierkit"
PAGE = '<!doctype html><html lang="en"><title>x</title><script defer src="/assets/dossierkit/search/open.js"></script>'
WORDS = [f"word{number * 7919 % 10_000:05d}" for number in range(600)]
READ = """async words => {
    const at = document.querySelector("script[src$='search/open.js']").src;
    const {openIndex} = await import(new URL("reading.js", at));
    const index = await openIndex(new URL("../../../", at));
    const count = async (word) => [(await index.exact(word)) !== undefined, (await index.beginning(word)).length];
    return {every: index.table.terms.every, found: await Promise.all(words.map(count))};
}"""


PAGES = """async count => {
    const at = document.querySelector("script[src$='search/open.js']").src;
    const {openIndex} = await import(new URL("reading.js", at));
    const index = await openIndex(new URL("../../../", at));
    return (await Promise.all([...Array(count).keys()].map((n) => index.page(n)))).map((page) => [page.title, page.article ?? ""]);
}"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    monkeypatch.setattr(packing, "_SHARD", 120)
    monkeypatch.setattr(index_files, "_FEW", 5)
    monkeypatch.setattr(index_files, "_EVERY", 4)
    record = SearchRecord("articles/1.md", "1/", "article", " ".join(WORDS))
    for path, data in index_files.index([Findable("articles/1.md", partial(lambda one: one, record))], {}):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    shutil.copytree(ASSETS, tmp_path / "assets/dossierkit")
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    return tmp_path


def test_every_word_is_found_and_no_other(site, served, windows):
    with served(site) as address:
        page = windows.tab()
        page.goto(address)
        told = page.evaluate(READ, [*WORDS, "word", "word0", "a", "zebra"])
    assert told["every"] == 4
    assert told["found"][: len(WORDS)] == [[True, 1]] * len(WORDS)
    assert told["found"][len(WORDS) :][2:] == [[False, 0], [False, 0]]
    assert told["found"][len(WORDS)][0] is False


@pytest.mark.parametrize("parts", [True, False])
def test_every_page_is_read_from_its_part_of_a_file(site, served, windows, parts):
    def record(number):
        event = SearchEvent("t-1", f"Événement {number}", "", "", "", -1, 1)
        events = (event,) * (number % 2)
        return SearchRecord(f"articles/{number}.md", "1/", "article", f"جنيف {number}", events=events)

    found = [Findable(f"articles/{number}.md", partial(record, number)) for number in range(60)]
    for path, data in index_files.index(found, {}):
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_bytes(data)
    assert 1 < len(list((site / "search/data/pages").iterdir())) < 10
    with served(site, parts=parts) as address:
        page = windows.tab()
        statuses = set()
        page.on("response", lambda answer: "/pages/" in answer.url and statuses.add(answer.status))
        page.goto(address)
        shown = page.evaluate(PAGES, 90)
    pages = [(f"جنيف {number}", "") for number in range(60)]
    events = [(f"Événement {number}", f"جنيف {number}") for number in range(1, 60, 2)]
    assert sorted(map(tuple, shown)) == sorted([*pages, *events])
    assert (200 in statuses) is not parts  # Chromium takes further parts of a whole file from its cache
