"""When articles came to the site and what changed since: from pages, from git, and on the page that says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.support.git import git

from dossierkit.build.arrivals import arrivals
from dossierkit.build.load_site import SiteSettings, compiled
from dossierkit.model.arrival import Arrival
from dossierkit.site.head.page_head import CHANGED
from dossierkit.site.interface import Publication
from dossierkit.store.content import load_content

PAGE = """\
---
title: {title}
date: 2016-05-{day}
lang: en
status: published
{more}timeline:
{entries}---

{text}
"""
ENTRY = "  - {{date: 2016-05-{day}, text: It opened, quote: opened on {day} May}}\n"


class Newsroom:
    def __init__(self, root: Path) -> None:
        self.root, self.docs = root, root / "content"
        (self.docs / "articles/2016").mkdir(parents=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, day: str = "2026-01-01") -> None:
        git(self.root, *arguments, when=f"{day}T12:00:00 +0000")

    def write(self, name: str, days=(12,), more: str = "", text: str = "") -> None:
        told = "".join(ENTRY.format(day=day) for day in days)
        said = " ".join(f"It opened on {day} May." for day in days)
        page = PAGE.format(title=name.title(), day=days[0], more=more, entries=told, text=said + text)
        (self.docs / f"articles/2016/{name}.md").write_text(page, encoding="utf-8")

    def commit(self, day: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x", day=day)

    @property
    def known(self) -> dict[str, Arrival]:
        content, problems = load_content(self.docs)
        assert problems == ()
        return arrivals(self.root, self.docs, content.articles.values()).arrivals

    def site(self, **settings):
        return compiled(
            SiteSettings(docs=self.docs, publication=Publication("Ours", "", "https://o.test/"), **settings)
        )

    def latest(self) -> list[tuple[str, str, str]]:
        """Kind, day and title of each row."""
        body = next(page.body for page in self.site().pages if page.path == "latest/index.md")
        return re.findall(r'data-dk-change="(\w+) (\S*) [^"]*">.*?<a href="[^"]*">([^<]*)</a>', body)


@pytest.fixture
def newsroom(tmp_path, monkeypatch) -> Newsroom:
    monkeypatch.setenv("DOSSIERKIT_CACHE", str(tmp_path / "cache"))
    return Newsroom(tmp_path / "one")


def test_an_article_stands_under_the_day_on_which_it_came(newsroom):
    newsroom.write("bridge", (12,))
    newsroom.commit("2026-01-02")
    newsroom.write("budget", (13,))
    newsroom.commit("2026-02-05")
    assert newsroom.latest() == [("added", "2026-02-05", "Budget"), ("added", "2026-01-02", "Bridge")]


def test_what_changed_since_is_counted_and_what_readers_do_not_see_is_no_change(newsroom):
    newsroom.write("bridge")
    newsroom.write("budget")
    newsroom.commit("2026-01-02")
    newsroom.write("bridge", (12, 14), text=" And more.")
    newsroom.write("budget", more="proposed: {entities: [], timeline: []}\n")
    newsroom.commit("2026-02-05")
    assert newsroom.known == {
        "2016/bridge": Arrival("2026-01-02", "2026-02-05", 1, 0, text=True),
        "2016/budget": Arrival("2026-01-02"),
    }
    assert newsroom.latest()[0] == ("changed", "2026-02-05", "Bridge")
    pages = {page.path: page for page in newsroom.site().pages}
    assert "1 event added · text edited" in pages["latest/index.md"].body
    for_sitemap = {name: pages[f"articles/2016/{name}.md"].meta.get(CHANGED) for name in ("bridge", "budget")}
    assert for_sitemap == {"bridge": "2026-02-05", "budget": None}


def test_the_page_itself_comes_before_git_and_needs_no_history(newsroom):
    newsroom.write("bridge", more="arrived: 2025-12-24\n")
    assert newsroom.known == {"2016/bridge": Arrival("2025-12-24")}
    newsroom.commit("2026-01-02")
    assert newsroom.known == {"2016/bridge": Arrival("2025-12-24")}


def test_without_history_an_article_stands_under_its_publication_and_the_page_says_so(newsroom):
    newsroom.write("bridge")
    assert newsroom.latest() == [("article", "2016-05-12", "Bridge")]
    body = next(page.body for page in newsroom.site().pages if page.path == "latest/index.md")
    assert "by the day it was published" in body


def test_a_shallow_clone_names_no_day_and_says_why(newsroom, tmp_path):
    newsroom.write("bridge")
    newsroom.commit("2026-01-02")
    newsroom.write("budget")
    newsroom.commit("2026-02-05")
    newsroom.git("clone", "-q", "--depth", "1", f"file://{newsroom.root}", str(tmp_path / "clone"))
    content, _ = load_content(tmp_path / "clone/content")
    days, problems = arrivals(tmp_path / "clone", tmp_path / "clone/content", content.articles.values())
    assert days == {}
    assert [(problem.code, problem.severity) for problem in problems] == [("D510", "warning")]
    site = compiled(SiteSettings(docs=tmp_path / "clone/content"))
    assert [problem.code for problem in site.problems] == ["D510"]
    assert site.pages


def test_what_git_said_is_kept_until_there_is_another_commit(newsroom, monkeypatch):
    newsroom.write("bridge")
    newsroom.commit("2026-01-02")
    first = newsroom.known
    monkeypatch.setattr("dossierkit.build.arrivals.histories", pytest.fail)
    assert newsroom.known == first
    monkeypatch.undo()
    monkeypatch.setenv("DOSSIERKIT_CACHE", str(newsroom.root.parent / "cache"))
    assert newsroom.known == first
    (file,) = (newsroom.root.parent / "cache").rglob("arrivals")
    file.write_bytes(file.read_bytes()[:-1])
    assert newsroom.known == first


def test_a_feed_has_what_came_last_first_with_the_day_on_which_it_came(newsroom):
    newsroom.write("bridge", (12,))
    newsroom.commit("2026-01-02")
    newsroom.write("budget", (13,))
    newsroom.commit("2026-02-05")
    files = {path: text for one in newsroom.site().written for path, text in one.make()}
    feed = "".join(files["feed.xml"])
    assert re.findall(r"<title>(\w+)</title>", feed)[-2:] == ["Budget", "Bridge"]
    assert re.findall(r"<published>(.{10})", feed) == ["2026-02-05", "2026-01-02"]
