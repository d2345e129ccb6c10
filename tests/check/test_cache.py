"""A cache that is never believed: the same is found with it and without, whatever happened to it or to the pages."""

from __future__ import annotations

import json
import shutil
import threading
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dossierkit.check.cache import FILE, Cache, CachedCheck, read
from dossierkit.check.examine import examine
from dossierkit.check.library import read_library
from dossierkit.evidence.body_html import renderer
from dossierkit.store.served import Served
from dossierkit.store.state import cache_folder

ARTICLE = "content/articles/2016/talks.md"
LINKED = "---\ntitle: T\nentities: [jane-doe, geneva]\ntimeline: [{text: x, quote: came to}]\n---\nJane came to [Genf](../../entities/genf.md).\n"
PAGES = {
    "content/articles/2015/moved.md": [LINKED, None],
    ARTICLE: [
        "---\ntitle: T\nentities: [jane-doe, geneva]\ntimeline: [{text: x, quote: came to}]\n---\nJane Doe came to Geneva.\n",
        LINKED,
        "---\ntitle: T\nstatus: withdrawn\nentities: [nobody]\n---\nNothing.\n",
        "no front matter\n",
    ],
    "content/entities/jane-doe.md": [
        "---\ntitle: Jane Doe\ntype: person\nrelations: [{type: in, to: geneva, article: 2016/talks, quote: came to}]\n---\n",
        "---\ntitle: Jane Doe\ntype: person\naliases: [Jane]\n---\n",
        "---\ntitle: Jane Doe\ntype: person\nstatus: withdrawn\n---\n",
        "---\ntitle: [broken\n---\n",
        None,
    ],
    "content/entities/geneva.md": [
        "---\ntitle: Geneva\ntype: place\naliases: [Genf]\n---\n",
        "---\ntitle: Geneva\ntype: place\nsame_as: Q71\n---\n",
        None,
    ],
    "content/entities/genf.md": ["---\ntitle: Genf\ntype: place\n---\n", None],
    "content/dossiers/d.md": ["---\ntitle: D\narticles: [2016/talks]\n---\n", None],
}
STATE = st.fixed_dictionaries({path: st.sampled_from(states) for path, states in PAGES.items()})


def is_note(checked):
    return checked.problem.severity == "info"


def put(root, state):
    shutil.rmtree(root / "content", ignore_errors=True)
    (root / "content").mkdir(parents=True)
    for path, text in state.items():
        if text is not None:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")


@settings(
    max_examples=120 * settings.default.max_examples // 100,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(states=st.lists(STATE, min_size=2, max_size=5))
def test_cached_is_uncached(tmp_path, states):
    render, today, held = renderer([], {}), date(2020, 1, 1), {}
    for state in states:
        put(tmp_path, state)
        library = read_library(tmp_path, tmp_path / "content", Served())
        cache = Cache("v", held)
        found = examine(library, render, cache, today)
        assert found == examine(library, render, Cache("v"), today)
        fewer = examine(library, render, cache, today, notes=False)
        assert [one for one in fewer if not is_note(one)] == [one for one in found if not is_note(one)]
        cache.write(tmp_path)
        held = {**held, **read(tmp_path)[0]}


def test_nothing_is_examined_twice(filled, monkeypatch):
    filled.check(use_cache=True)
    monkeypatch.setattr("dossierkit.check.examine.gather", None)
    assert filled.check(use_cache=True).found == ()


def test_an_edit_costs_only_the_pages_that_rest_on_it(filled):
    filled.write("content/articles/2016/other.md", "---\ntitle: Other\n---\nText.\n")
    filled.check(use_cache=True)
    before = set(read(filled.root)[0])
    filled.write("content/entities/geneva.md", "---\ntitle: Geneva\ntype: place\naliases: [Genf]\n---\n")
    filled.check(use_cache=True)
    after = set(read(filled.root)[0])
    assert len(after - before) == 2  # the record, and the article that names it
    assert len(before - after) == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: b"",
        lambda data: b"\xff\xfe\x00",
        lambda data: data[: len(data) // 2],
        lambda data: data[:-2] + b"]]",
        lambda data: data.replace(b"dossierkit checks", b"dossierkit check "),
        lambda data: json.dumps({"other": "tool"}).encode(),
    ],
)
def test_a_spoilt_or_foreign_cache_is_not_used_and_that_is_said(filled, spoil):
    filled.write(ARTICLE, filled.read(ARTICLE).replace("opened on Friday}", "nowhere}"))
    first = filled.check(use_cache=True)
    file = cache_folder(filled.root) / FILE
    file.write_bytes(spoil(file.read_bytes()))
    again = filled.check(use_cache=True)
    assert again.found == first.found != ()
    assert "is not used" in again.said[0]
    assert filled.check(use_cache=True).said == ()


def test_a_cache_that_cannot_be_read_is_no_reason_to_stop(filled):
    (cache_folder(filled.root) / FILE).mkdir(parents=True)
    report = filled.check(use_cache=True)
    assert report.found == ()
    assert "could not be written" in report.said[0]


def test_what_was_kept_comes_back_the_same(filled):
    filled.write(ARTICLE, filled.read(ARTICLE).replace("entities:", "entites:"))
    first = filled.check(use_cache=True)
    assert first.found
    assert filled.check(use_cache=True) == first


def test_other_rules_have_other_keys():
    assert Cache("one").key("a") != Cache("other").key("a") != Cache("other").key("b")


def test_entries_that_nobody_asked_for_are_dropped(tmp_path):
    cache = Cache("v", {"gone": CachedCheck()})
    cache.put("new", CachedCheck())
    cache.write(tmp_path)
    assert read(tmp_path) == ({"new": CachedCheck()}, "")


def test_several_processes_find_what_one_finds(desk):
    for number in range(90):
        quote = "Jane Doe" if number % 3 else "nowhere"
        entry = f"{{date: 2016, text: A, quote: {quote}}}"
        desk.write(
            f"content/articles/2016/a{number}.md",
            f"---\ntitle: A{number}\ntimeline:\n  - {entry}\n---\nJane Doe in Geneva.\n",
        )
    found = desk.check(notes=True).found
    assert [one.problem.code for one in found].count("D201") == 30
    done = threading.Event()
    beside = threading.Thread(target=done.wait)
    beside.start()  # nothing is forked beside a thread
    try:
        assert desk.check(notes=True).found == found
    finally:
        done.set()
        beside.join()
