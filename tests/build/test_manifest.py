"""What a build leaves for the next one: exactly the pages that rest on a change are made again, and nothing is ever stale."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from textwrap import dedent

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.support.repository import assert_same, contents

from dossierkit.build import builder, evidence_cache, fingerprint, mkdocs_build, preparation, tasks
from dossierkit.build.configuration import load
from dossierkit.cache import archive, sealed
from dossierkit.evidence.events import joined as joined_events
from dossierkit.site import pipeline
from dossierkit.store import content
from dossierkit.store.lock import lock_file
from dossierkit.store.state import CACHE, STATE, cache_folder

BASE = {
    "site_name": "x",
    "docs_dir": "content",
    "theme": {"name": "material", "font": False, "custom_dir": "overrides"},
    "plugins": ["dossier"],
    "nav": ["about-us.md"],
    "not_in_nav": "/**",
    "extra": {"dossier": {"data": False, "cards": False, "feeds": "all"}},
}
MORE = """\
    ---
    title: Others stay at home
    date: 2017-01-01
    status: published
    entities: [acme]
    tags: [a]
    ---

    Acme stayed at home. It was cold.
    """
ACME = "---\ntitle: Acme\ntype: organization\nstatus: reviewed\n---\n"
ALL_LISTS = {"articles/index.md", "latest/index.md", "sources/index.md"}
EVERY = "every page"
ALWAYS = {"data/index.md"}
"""The data page of a site without data files counts all of the site."""

pytestmark = pytest.mark.engine


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "315532800")
    monkeypatch.setenv("DOSSIER_NOW", "2026-01-01T00:00:00Z")


def furnished(repository):
    repository.write("articles/2017/more.md", MORE)
    repository.write("entities/acme.md", ACME)
    repository.write("about-us.md", "# About us\n")
    (repository.root / "overrides").mkdir()
    configure(repository.root)
    return repository


def configure(root, **changes):
    (root / "mkdocs.yml").write_text(yaml.safe_dump({**BASE, **changes}), encoding="utf-8")


@pytest.fixture
def site(repository):
    return furnished(repository)


@pytest.fixture
def made(monkeypatch):
    """The pages that were made since it was looked at last."""
    pages: list[str] = []
    real = builder.Builder.take

    def take(self, listed, made):
        pages.append(listed.src_uri)
        real(self, listed, made)

    def since():
        found = set(pages)
        pages.clear()
        return found

    monkeypatch.setattr(builder.Builder, "take", take)
    return since


def build(root, *, keep=True):
    assert mkdocs_build.run(load(root), keep=keep) == 0
    return contents(root / "site")


def clean(root):
    """What a clean build makes of the same repository."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy"
        shutil.copytree(root, copy, ignore=shutil.ignore_patterns("site", ".dossier"))
        return build(copy)


def replaced(path, old, new):
    def change(root):
        file = root / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    return change


def written(path, text):
    def change(root):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")

    return change


def configured(**changes):
    return lambda root: configure(root, **changes)


TALKS, ACME_PAGE, GENEVA = "content/articles/2016/talks.md", "entities/acme.md", "entities/geneva.md"
CHANGES = {
    "nothing": (lambda _: None, set()),
    "a sentence that names nobody": (
        replaced("content/articles/2017/more.md", "It was cold.", "It was warm."),
        {"articles/2017/more.md", "index.md"},
    ),
    "a sentence that names somebody": (
        replaced("content/articles/2017/more.md", "at home.", "in town."),
        {"articles/2017/more.md", ACME_PAGE, "index.md"},
    ),
    "where a text stands in its file": (
        replaced("content/articles/2017/more.md", "tags: [a]", "# a note\ntags: [a]"),
        set(),
    ),
    "a title": (
        replaced("content/articles/2017/more.md", "Others stay", "They stay"),
        {"articles/2017/more.md", ACME_PAGE, "index.md", *ALL_LISTS},
    ),
    "a claim": (
        replaced(TALKS, "text: Talks open,", "text: Talks began,"),
        {
            "articles/2016/talks.md",
            "timeline/index.md",
            "about/index.md",
            "index.md",
        },
    ),
    "a record's text": (
        written("content/entities/acme.md", f"{ACME}\nA word.\n"),
        {ACME_PAGE, "about/index.md"},
    ),
    "a record's description": (
        replaced("content/entities/acme.md", "type:", "description: A firm\ntype:"),
        {ACME_PAGE, "articles/2017/more.md", "entities/index.md", "about/index.md"},
    ),
    "a record's name in another language": (
        replaced("content/entities/geneva.md", "lang: ar", "lang: fa"),
        {GENEVA, "about/index.md"},
    ),
    "a dossier": (
        written("content/dossiers/d.md", "---\ntitle: D\narticles: [2017/more]\n---\n"),
        {
            "dossiers/d.md",
            "dossiers/index.md",
            "articles/2017/more.md",
            "index.md",
            "latest/index.md",
            "corrections/index.md",
        },
    ),
    "a page of the site's own": (written("content/about-us.md", "# About us\n\nMore.\n"), set()),
    "the words above an index": (
        written("content/latest/index.md", "---\ntitle: News\n---\n\nWhat is new.\n"),
        {"latest/index.md"},
    ),
    "a fragment's template": (written("overrides/dossierkit/permalink.html", "¶"), EVERY),
    "the theme's template": (
        written("overrides/main.html", '{% extends "base.html" %}{% block announce %}hello{% endblock %}'),
        EVERY,
    ),
    "a setting": (configured(site_name="y"), EVERY),
    "an interface string": (
        configured(extra={"dossier": {"data": False, "cards": False, "labels": {"articles": "Texts"}}}),
        EVERY,
    ),
    "the navigation": (configured(nav=[{"We": "about-us.md"}]), EVERY),
    "a page that was changed by hand": (written("site/entities/acme/index.html", "x"), {ACME_PAGE}),
    "a page that is gone": (lambda root: (root / "site/entities/acme/index.html").unlink(), {ACME_PAGE}),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
def test_exactly_the_pages_that_rest_on_a_change_are_made_again(site, made, change, expected):
    build(site.root)
    every = made()
    change(site.root)
    ours = build(site.root)
    again = made() - ALWAYS
    assert_same(ours, clean(site.root))
    assert again >= (every - ALWAYS if expected is EVERY else expected)
    assert expected is EVERY or again <= expected


TOLD = MORE.replace(
    "tags: [a]", 'timeline: [{date: "2017-01-01", text: They stayed, quote: stayed at home, event: stay}]'
)


def test_a_page_that_compares_accounts_stays_while_they_do(site, made):
    for name in ("one", "two"):
        site.write(f"articles/2018/{name}.md", TOLD)
    build(site.root)
    assert any(path.startswith("timeline/events/") for path in made())
    replaced("content/articles/2017/more.md", "It was cold.", "It was warm.")(site.root)
    ours = build(site.root)
    assert made() - ALWAYS == {"articles/2017/more.md", "index.md"}
    assert_same(ours, clean(site.root))


def test_one_more_article_leaves_the_pages_of_others_that_name_the_same(site, made):
    for number in range(12):
        site.write(f"articles/2018/a{number}.md", MORE.replace("2017-01-01", f"2018-01-{number + 10}"))
    build(site.root)
    made()
    site.write("articles/2018/one-more.md", MORE)
    ours = build(site.root)
    assert {path for path in made() if path.startswith("articles/20")} == {"articles/2018/one-more.md"}
    assert_same(ours, clean(site.root))
    assert "also in 10 or more other articles" in ours["articles/2018/a0/index.html"].decode()


def test_one_more_article_has_only_its_own_events_prepared_for_joining(site, monkeypatch):
    event = (
        "entities: [acme]\ntimeline:\n  - {date: 2017-01-01, text: Acme stays at home, quote: stayed at home}"
    )
    telling = dedent(MORE).replace("entities: [acme]", event)
    site.write("articles/2017/more.md", telling)
    asked = []
    real = joined_events.comparable_entry
    monkeypatch.setattr(
        joined_events, "comparable_entry", lambda key, *rest: asked.append(key[0]) or real(key, *rest)
    )
    build(site.root)
    assert "2017/more" in asked
    asked.clear()
    site.write("articles/2018/again.md", telling)
    ours = build(site.root)
    assert set(asked) == {"2018/again"}
    asked.clear()
    assert_same(ours, clean(site.root))
    asked.clear()
    site.write("entities/acme.md", ACME.replace("organization", "person"))
    build(site.root)
    assert {"2017/more", "2018/again"} <= set(asked)  # the type of a record says how much it counts


def test_one_more_article_leaves_networks_that_draw_one_of_its_entities(site, made):
    for name in ("Beta", "Gamma"):
        site.write(f"entities/{name.lower()}.md", ACME.replace("Acme", name))
    both = MORE.replace("[acme]", "[{one}, {other}]").replace("stayed at home", "met {name}")
    site.write("articles/2018/met.md", both.format(one="acme", other="beta", name="Beta"))
    build(site.root)
    made()
    site.write(
        "articles/2018/later.md", both.format(one="beta", other="gamma", name="Gamma").replace("Acme", "Beta")
    )
    ours = build(site.root)
    assert {path for path in made() if path.startswith("entities/")} == {
        "entities/index.md",
        "entities/beta.md",
        "entities/gamma.md",
    }
    assert_same(ours, clean(site.root))


def test_a_page_of_more_events_than_are_noted_one_by_one_is_made_again_when_one_changes(site, made):
    days = [f"{1000 + day // 300}-{day % 300 // 28 + 1:02}-{day % 28 + 1:02}" for day in range(310)]
    claims = "".join(f"- {{date: '{day}', text: 'Day {day}', quote: home}}\n" for day in days)
    page = MORE.replace("tags: [a]", "timeline:\n    " + claims.replace("\n", "\n    ").rstrip())
    site.write("articles/2017/more.md", page)
    build(site.root)
    made()
    replaced("content/articles/2017/more.md", f"Day {days[7]}", "Another day")(site.root)
    ours = build(site.root)
    assert_same(ours, clean(site.root))


def test_a_file_is_read_again_if_it_may_have_changed(site, made, monkeypatch):
    monkeypatch.setattr(content, "SETTLED", 0)  # no test waits for the two seconds
    read: list[str] = []
    real = content.text
    monkeypatch.setattr(content, "text", lambda file, path: read.append(path) or real(file, path))
    path = "content/articles/2017/more.md"
    file = site.root / path
    build(site.root)
    read.clear()
    build(site.root)
    assert read == []
    made()
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    replaced(path, "It was cold.", "It was warm.")(site.root)
    os.utime(file, ns=times)  # as long as before, and as old
    ours = build(site.root)
    assert read == [path]
    assert made() - ALWAYS == {"articles/2017/more.md", "index.md"}
    assert_same(ours, clean(site.root))


def test_a_file_that_changed_just_now_is_read_again(site, monkeypatch):
    monkeypatch.setattr(content, "SETTLED", 10**18)
    read: list[str] = []
    real = content.text
    monkeypatch.setattr(content, "text", lambda file, path: read.append(path) or real(file, path))
    build(site.root)
    every = sorted(read)
    read.clear()
    build(site.root)
    assert sorted(read) == every


@pytest.fixture
def beside(monkeypatch):
    """The files beside pages that were made, to be cleared."""
    paths: list[str] = []
    real = builder.Builder.take_unit

    def take(self, unit, made):
        paths.extend(unit.paths)
        real(self, unit, made)

    monkeypatch.setattr(builder.Builder, "take_unit", take)
    return paths


CRATE = "data/ro-crate-metadata.json"
TWINS = ("index.md", "index.txt", "llms-full.txt")
COLD = replaced("content/articles/2017/more.md", "It was cold.", "It was warm.")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda root: None, set()),
        (COLD, set()),
        (replaced("content/articles/2017/more.md", "Others stay", "All stay"), {"data/bibliography.bib", CRATE, "cards/articles/2017/more.png"}),
        (replaced("content/entities/acme.md", "reviewed", "draft"), {"data/bibliography.bib", CRATE}),
        (written("site/data/bibliography.bib", "x"), {"data/bibliography.bib"}),
        (written("site/cards/index.png", "x"), {"cards/index.png"}),
    ],
    ids=["nothing", "a text", "a title", "a record", "a data file", "a card"],
)  # fmt: skip
def test_data_files_and_cards_are_made_again_only_when_what_they_show_changed(site, beside, change, expected):
    configure(site.root, extra={"dossier": {"data": ["bibtex"], "cards": 1}})
    build(site.root)
    beside.clear()
    change(site.root)
    ours = build(site.root)
    assert {path for path in beside if path.startswith(("data/", "cards/"))} == expected
    assert expected or change is COLD or beside == []
    assert_same(ours, clean(site.root))


ENTRIES = """\
timeline:
  - {date: 2017-01-01, text: Cold, quote: It was cold}
  - {date: 2017-01-02, text: Home, quote: stayed at home}
---
"""


def test_data_files_without_texts_stay_when_only_a_text_changes(site, beside):
    configure(site.root, extra={"dossier": {"cards": False}})
    build(site.root)
    textual = {
        "data/annotations.jsonld", "data/csv/events.csv", "data/csv/mentions.csv", "data/dossier.db", "data/entities.ftm.json",
    }  # fmt: skip
    for change, texts_only in (
        (COLD, True),
        (written("content/articles/2017/more.md", dedent(MORE).replace("---\n\n", ENTRIES + "\n")), False),
        (replaced("content/articles/2017/more.md", "home. It", "home.\n\nIt"), True),
        (replaced("content/articles/2017/more.md", *_swapped(ENTRIES)), False),
        (replaced("content/articles/2017/more.md", "entities: [acme]", "entities: []"), False),
    ):
        beside.clear()
        change(site.root)
        ours = build(site.root)
        made = {path for path in beside if path.startswith("data/")}
        assert (made == textual) if texts_only else (made > textual)
        assert_same(ours, clean(site.root))


def _swapped(entries):
    """Two lists of entries, in two orders."""
    first, one, two, last = entries.splitlines(keepends=True)
    return entries, f"{first}{two}{one}{last}"


def test_after_one_more_article_data_files_get_new_parts_for_it_and_for_its_events_elsewhere(
    site, monkeypatch
):
    data = ["bibtex", "csl", "csv", "ics", "jsonld"]
    configure(site.root, extra={"dossier": {"cards": False, "data": data}})
    entry = "timeline: [{date: 2017-01-01, text: Cold, quote: It was cold, event: cold}]\n---\n"
    article = dedent(MORE).replace("---\n\n", entry + "\n")
    site.write("articles/2017/more.md", article)
    build(site.root)
    made, known = set(), builder.write_pieces

    def noting(path, parts, before):
        pieces = ((name, partial(noted, name, make)) for name, make in parts.made)
        return known(path, replace(parts, made=pieces), before)

    def noted(name, make):
        part, _, id_ = name.partition(" ")
        made.update({(id_, part.partition(":")[0])} if id_ else ())
        return make()

    monkeypatch.setattr(builder, "write_pieces", noting)
    for name, text, joined in (
        ("apart", article.replace("event: cold", "event: other"), set()),
        ("same", article, {("2017/more", "events")}),
    ):
        made.clear()
        site.write(f"articles/2017/{name}.md", text)
        ours = build(site.root)
        assert {(id_, part) for id_, part in made if id_ != f"2017/{name}"} == joined
        assert (f"2017/{name}", "events") in made
        assert_same(ours, clean(site.root))


def test_feeds_that_do_not_tell_of_a_change_are_left_alone(site, beside):
    build(site.root)
    for change, expected in (
        (COLD, ["feed.xml", "entities/acme/feed.xml"]),
        (written("site/entities/geneva/feed.xml", "x"), ["entities/geneva/feed.xml"]),
    ):
        beside.clear()
        change(site.root)
        ours = build(site.root)
        assert [path for path in beside if not path.endswith(TWINS)] == expected
        assert_same(ours, clean(site.root))


def test_the_markdown_beside_a_page_is_made_again_when_it_says_something_else(site, beside):
    configure(site.root, extra={"dossier": {"data": False, "cards": False, "twins": "all"}})
    build(site.root)
    beside.clear()
    build(site.root)
    assert beside == []
    COLD(site.root)
    ours = build(site.root)
    texts = {"articles/2017/more/index.md", "articles/2017/more/index.txt", "llms-full.txt"}
    assert {path for path in beside if path.endswith(TWINS)} == texts
    assert_same(ours, clean(site.root))


def test_a_page_more_lets_texts_stand_that_link_to_other_sites(site, monkeypatch):
    article = "---\ntitle: {0}\ndate: 2017-01-02\nstatus: published\n---\n\nSee [this]({1}).\n"
    site.write("articles/2017/away.md", article.format("Away", "https://a.test/x"))
    site.write("articles/2017/here.md", article.format("Here", "more.md"))
    build(site.root)
    ids, known = [], pipeline.gather
    monkeypatch.setattr(pipeline, "gather", lambda page, *rest: [ids.append(page.id), known(page, *rest)][1])
    site.write("articles/2017/new.md", article.format("New", "https://a.test/y"))
    ours = build(site.root)
    assert sorted(ids) == ["2017/here", "2017/new"]
    assert_same(ours, clean(site.root))


def test_another_version_makes_all_anew(site, made, monkeypatch):
    build(site.root)
    every = made()
    monkeypatch.setattr(fingerprint, "programs", lambda: "another")
    build(site.root)
    assert made() == every


def test_what_another_version_read_is_read_again(site, monkeypatch, caplog):
    def otherwise(id_, path, text):
        page, warnings = real(id_, path, text)
        return replace(page, title=f"{page.title}, as read now"), warnings

    build(site.root)
    real = content.article
    monkeypatch.setattr(content, "article", otherwise)
    monkeypatch.setattr(fingerprint, "programs", lambda: "another")
    with caplog.at_level("INFO"):
        ours = build(site.root)
    assert_same(ours, clean(site.root))
    assert "another version" in caplog.text


def test_nothing_is_kept_where_it_is_not_asked_for(site, made):
    build(site.root, keep=False)
    every = made()
    assert not (cache_folder(site.root) / archive.TABLE).exists()
    build(site.root, keep=False)
    assert made() == every


def test_a_template_that_shows_other_pages_keeps_none(site, made):
    text = '{% extends "base.html" %}{% block footer %}{% for file in pages %}{{ file.page.meta.title }}{% endfor %}{% endblock %}'
    written("overrides/main.html", text)(site.root)
    build(site.root)
    every = made()
    replaced(TALKS, "title: Talks open in Geneva", "title: Talks go on in Geneva")(site.root)
    ours = build(site.root)
    assert made() == every
    assert_same(ours, clean(site.root))


def test_a_template_that_shows_what_pages_of_the_navigation_hold_keeps_none(site, made):
    text = '{% extends "base.html" %}{% block footer %}{{ nav.pages[0].content }}{% endblock %}'
    written("overrides/main.html", text)(site.root)
    build(site.root)
    every = made()
    written("content/about-us.md", "# About us\n\nMore.\n")(site.root)
    ours = build(site.root)
    assert made() == every
    assert_same(ours, clean(site.root))


def test_hooks_and_foreign_plugins_keep_all_away(site):
    written("hook.py", "def on_env(env, config, files): env.globals['x'] = 1\n")(site.root)
    configure(site.root, hooks=["hook.py"])
    build(site.root)
    assert not (cache_folder(site.root) / archive.TABLE).exists()


def test_an_embargo_ends_without_any_edit(site, monkeypatch):
    replaced(TALKS, "lang: en", "lang: en\nembargo: 2026-06-01T00:00Z")(site.root)
    build(site.root)
    assert not (site.root / "site/articles/2016/talks/index.html").exists()
    monkeypatch.setenv("DOSSIER_NOW", "2026-07-01T00:00:00Z")
    ours = build(site.root)
    assert "articles/2016/talks/index.html" in ours
    assert_same(ours, clean(site.root))


def test_a_build_that_fails_leaves_what_the_one_before_left(site):
    build(site.root)
    before = (cache_folder(site.root) / archive.TABLE).read_bytes()
    replaced(TALKS, "quote: opened on Friday", "quote: closed on Friday")(site.root)
    assert mkdocs_build.run(load(site.root)) == 1
    assert (cache_folder(site.root) / archive.TABLE).read_bytes() == before
    replaced(TALKS, "quote: closed on Friday", "quote: opened on Friday")(site.root)
    assert_same(build(site.root), clean(site.root))


@pytest.mark.parametrize("processes", [1, 2])
def test_a_search_index_that_fails_beside_a_build_fails_it_and_the_next_one_mends_it(site, processes):
    def fails(*_):
        raise OSError("no room is left")

    build(site.root)
    replaced("content/articles/2017/more.md", "It was cold.", "It was warm.")(site.root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence_cache.EvidenceCache, "mostly", True)  # of two articles one is not most of them
        patch.setattr(tasks, "renew_index", fails)
        patch.setattr(tasks, "processors", lambda _: processes)
        with pytest.raises(OSError, match="no room is left"):
            build(site.root)
    assert_same(build(site.root), clean(site.root))


def test_the_search_index_of_a_large_site_is_finished_before_its_pages_are_made(site, tmp_path):
    """Both at once need too much memory."""
    renew, finished, seen = tasks.renew_index, tmp_path / "finished", []

    def slowly(*given):
        time.sleep(0.5)  # long enough for a page to be made meanwhile
        renew(*given)
        finished.touch()

    class Watching(builder.Builder):
        def write_later(self, *given):
            seen.append(finished.exists())
            return super().write_later(*given)

    build(site.root)
    replaced("content/articles/2017/more.md", "It was cold.", "It was warm.")(site.root)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(evidence_cache.EvidenceCache, "mostly", True)
        patch.setattr(tasks, "renew_index", slowly)
        patch.setattr(tasks, "processors", lambda _: 2)
        patch.setattr(preparation, "Builder", Watching)
        patch.setattr(mkdocs_build, "_LARGE", 1)
        ours = build(site.root)
    assert seen
    assert all(seen)
    assert_same(ours, clean(site.root))


def spoilt(how):
    def spoil(file):
        data = bytearray(file.read_bytes())
        file.write_bytes(how(data))

    return spoil


def flipped(data):
    data[len(data) // 2] ^= 1
    return data


@pytest.mark.parametrize(
    "spoil",
    [
        spoilt(flipped),
        spoilt(lambda data: data[: len(data) // 2]),
        spoilt(lambda _: b""),
        spoilt(lambda data: data.replace(b"dossierkit build ", b"dossierkit build 0", 1)),
    ],
    ids=["damaged", "half written", "empty", "of another version"],
)
def test_what_cannot_be_used_is_not_used_and_the_build_says_so(site, made, spoil, caplog):
    build(site.root)
    every = made()
    spoil(cache_folder(site.root) / archive.TABLE)
    with caplog.at_level("INFO"):
        build(site.root)
    assert made() == every
    assert "build/table is not used" in caplog.text


@pytest.mark.parametrize(
    "spoil",
    [spoilt(flipped), spoilt(lambda data: data[: len(data) // 2]), spoilt(lambda _: b"")],
    ids=["damaged", "half written", "empty"],
)
def test_parts_that_are_damaged_are_made_again_and_the_build_says_so(site, spoil, caplog):
    build(site.root)
    spoil(cache_folder(site.root) / archive.BLOBS)
    replaced("content/articles/2017/more.md", "Others stay", "They stay")(site.root)
    written("content/entities/acme.md", f"{ACME}\nA word.\n")(site.root)
    with caplog.at_level("INFO"):
        ours = build(site.root)
    assert_same(ours, clean(site.root))
    assert "build/blobs was damaged" in caplog.text


def test_long_parts_are_read_again_as_often_as_they_are_wanted(site, monkeypatch):
    monkeypatch.setattr(evidence_cache, "_RECENT", 1)
    build(site.root)
    replaced("content/articles/2017/more.md", "Others stay", "They stay")(site.root)
    assert_same(build(site.root), clean(site.root))


def test_what_another_user_wrote_is_not_believed(site, made, monkeypatch, tmp_path):
    build(site.root)
    every = made()
    monkeypatch.setenv(STATE, str(tmp_path / "another"))
    build(site.root)
    assert made() == every


def test_a_key_that_is_told_is_the_same_everywhere(site, made, monkeypatch, tmp_path):
    monkeypatch.setenv(sealed.KEY, "a secret")
    build(site.root)
    made()
    monkeypatch.setenv(STATE, str(tmp_path / "another"))
    build(site.root)
    assert made() <= ALWAYS
    assert not (tmp_path / "another").exists()


def test_what_a_machine_leaves_another_one_takes_with_the_same_key(site, made, monkeypatch, tmp_path_factory):
    """As workflows do it: cache, key and site in an archive that keeps times, the pages from a fresh checkout."""
    machine, kept = tmp_path_factory.mktemp("machine"), tmp_path_factory.mktemp("kept")
    monkeypatch.setenv(CACHE, str(machine / "cache"))
    monkeypatch.setenv(STATE, str(machine / "state"))
    build(site.root)
    _tar(machine, "--posix", "-cf", kept / "machine.tar", "cache/repositories", "state/key")
    _tar(site.root, "--posix", "-cf", kept / "site.tar", "site")
    for folder in (machine / "cache", machine / "state", site.root / "site"):
        shutil.rmtree(folder)
    for file in site.content.rglob("*.md"):
        file.touch()
    _tar(machine, "-xf", kept / "machine.tar")
    _tar(site.root, "-xf", kept / "site.tar")
    made()
    ours = build(site.root)
    assert made() <= {*ALWAYS, "latest/index.md"}  # which says when pages came, and there is no git here
    assert_same(ours, clean(site.root))


def _tar(folder, *arguments):
    subprocess.run(["tar", "-C", folder, *arguments], check=True)


def test_a_build_beside_another_takes_nothing_and_keeps_nothing(site, made, caplog):
    build(site.root)
    every = made()
    before = (cache_folder(site.root) / archive.TABLE).read_bytes()
    with lock_file(cache_folder(site.root) / "build.lock"), caplog.at_level("INFO"):
        build(site.root)
    assert made() == every
    assert "another build is at work here" in caplog.text
    assert (cache_folder(site.root) / archive.TABLE).read_bytes() == before


def started(root):
    command = [sys.executable, "-m", "dossierkit", "-C", str(root), "build"]
    return subprocess.Popen(
        command,
        env=dict(os.environ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.mark.skipif(not hasattr(os, "killpg"), reason="needs process groups")
def test_a_build_that_is_killed_leaves_nothing_wrong(site):
    begin = time.monotonic()
    assert started(site.root).wait() == 0
    whole = time.monotonic() - begin
    for part, before, after in (
        (0.3, "Others stay", "They stay"),
        (0.6, "They stay", "All stay"),
        (0.8, "All stay", "Some stay"),
        (0.95, "Some stay", "Few stay"),
    ):
        replaced("content/articles/2017/more.md", before, after)(site.root)
        process = started(site.root)
        time.sleep(part * whole)
        os.killpg(process.pid, signal.SIGKILL) if process.poll() is None else None
        process.wait()
        assert_same(build(site.root), clean(site.root))


def test_two_builds_at_once_leave_nothing_wrong(site):
    build(site.root)
    replaced("content/articles/2017/more.md", "Others stay", "They stay")(site.root)
    both = [started(site.root), started(site.root)]
    assert 0 in {process.wait() for process in both}
    assert_same(build(site.root), clean(site.root))


# Whatever is done in whatever order

BESIDE = {
    "data": ["bibtex", "csl", "csv", "ftm", "geojson", "ics", "jsonld", "sqlite", "webannotation"],
    "cards": 1,
}
NAMES = st.sampled_from(["one", "two", "three"])
WORDS = st.sampled_from(
    ["Acme went home.", "Jane Doe met Acme in Geneva.", "Geneva was cold.", "Nobody came."]
)
DAYS = st.sampled_from(["2016-02-01", "2017-05-06", "2018"])


@st.composite
def article(draw):
    text = " ".join(draw(st.lists(WORDS, min_size=1, max_size=3, unique=True)))
    named = [
        id_
        for id_, name in (("acme", "Acme"), ("geneva", "Geneva"), ("jane-doe", "Jane Doe"))
        if name in text
    ]
    first = text.split(".")[0]
    meta = {
        "title": f"About {draw(NAMES)}",
        "date": draw(DAYS),
        "status": draw(st.sampled_from(["published", "published", "draft"])),
        "entities": named,
        "tags": draw(st.lists(NAMES, max_size=2, unique=True)),
        "source": {"publisher": draw(NAMES)},
        "timeline": [{"date": draw(DAYS), "text": draw(NAMES), "quote": first}]
        if draw(st.booleans())
        else [],
        "corrections": [{"date": draw(DAYS), "what": draw(NAMES)}] if draw(st.booleans()) else [],
    }
    return f"---\n{yaml.safe_dump(meta)}---\n\n{text}\n"


@st.composite
def record(draw, title, type_):
    meta = {
        "title": title,
        "type": type_,
        "status": draw(st.sampled_from(["reviewed", "draft"])),
        "description": draw(NAMES),
        "relations": [{"type": draw(NAMES), "to": "geneva"}]
        if draw(st.booleans()) and title != "Geneva"
        else [],
    }
    return f"---\n{yaml.safe_dump(meta)}---\n\n{draw(st.sampled_from(['', 'A plain word.']))}\n"


@st.composite
def dossier(draw):
    meta = {
        "title": f"On {draw(NAMES)}",
        "select": draw(
            st.sampled_from([{"tags": ["one"]}, {"entities_any": ["acme"]}, {"dates": "2016/2017"}])
        ),
        "cast": draw(st.sampled_from([[], ["geneva"]])),
    }
    return f"---\n{yaml.safe_dump(meta)}---\n\n{draw(NAMES)}\n"


def put(folder, name, text):
    return written(f"content/{folder}/{name}.md", text)


def gone(folder, name):
    return lambda root: (root / f"content/{folder}/{name}.md").unlink(missing_ok=True)


def renamed(one, other):
    def change(root):
        file = root / f"content/articles/2016/{one}.md"
        if file.exists():
            file.rename(root / f"content/articles/2016/{other}.md")

    return change


STEPS = st.one_of(
    st.builds(put, st.just("articles/2016"), NAMES, article()),
    st.builds(put, st.just("articles/2016"), NAMES, article()),
    st.builds(gone, st.just("articles/2016"), NAMES),
    st.builds(renamed, NAMES, NAMES),
    st.builds(put, st.just("entities"), st.just("acme"), record("Acme", "organization")),
    st.builds(put, st.just("entities"), st.just("geneva"), record("Geneva", "place")),
    st.builds(put, st.just("dossiers"), NAMES, dossier()),
    st.builds(gone, st.just("dossiers"), NAMES),
    st.builds(lambda text: written("overrides/dossierkit/permalink.html", text), NAMES),
    st.builds(lambda text: configured(site_name=text, extra={"dossier": BESIDE}), NAMES),
    st.builds(lambda text: configured(extra={"dossier": {**BESIDE, "labels": {"articles": text}}}), NAMES),
    st.builds(lambda: configured(extra={"dossier": {**BESIDE, "data": ["bibtex"]}})),
    st.builds(lambda text: written("content/latest/index.md", f"---\ntitle: {text}\n---\n"), NAMES),
)


@settings(max_examples=settings.default.max_examples // 12, suppress_health_check=list(HealthCheck))
@given(steps=st.lists(st.lists(STEPS, min_size=1, max_size=4), min_size=2, max_size=4))
def test_whatever_was_changed_a_build_is_what_a_clean_one_makes(furnish, steps):
    with tempfile.TemporaryDirectory() as folder:
        root = furnished(furnish(Path(folder) / "site")).root
        configure(root, extra={"dossier": BESIDE})
        build(root)
        for changes in steps:
            for change in changes:
                change(root)
            assert_same(build(root), clean(root))
