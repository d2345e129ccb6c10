"""Templates are compiled once for all builds of a user, and nothing that runs is taken from anybody else."""

from __future__ import annotations

import os
import shutil
import stat
import sys

import jinja2
import mkdocs.commands.build
import pytest

from dossierkit.build import bytecode, mkdocs_build
from dossierkit.build.configuration import load
from dossierkit.build.preview import Preview
from dossierkit.build.templates import fragments
from dossierkit.engines import run
from dossierkit.engines.engine import ENGINES
from dossierkit.engines.run import BuildOptions
from dossierkit.site.strings import Strings
from dossierkit.store.state import CACHE, STATE, cache_folder

pytestmark = pytest.mark.engine

MKDOCS = """\
site_name: x
docs_dir: content
theme: {name: material, font: false, custom_dir: overrides}
plugins: [dossier]
nav: [index.md]
not_in_nav: /**
extra: {dossier: {data: false, cards: false}}
"""
OWN = '{% extends "base.html" %}{% block footer %}A line of our own.{% endblock %}'
PAGE = "articles/2016/talks/index.html"
PIECES = {"one.html": 'one {% include "two.html" %}', "two.html": 'two {{ t("articles") }}'}


@pytest.fixture(autouse=True)
def folder(monkeypatch, tmp_path_factory):
    """Where templates are kept by this test."""
    cache = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "315532800")
    monkeypatch.setenv(CACHE, str(cache))
    return cache / "templates"


@pytest.fixture
def root(repository):
    (repository.root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    (repository.root / "overrides").mkdir()
    (repository.root / "overrides" / "main.html").write_text(OWN, encoding="utf-8")
    for name, text in PIECES.items():
        (repository.root / name).write_text(text, encoding="utf-8")
    return repository.root


@pytest.fixture
def compiled(monkeypatch):
    """The templates that were compiled since it was looked at last."""
    names: list[str | None] = []
    real = jinja2.Environment.compile

    def compile_(self, source, name=None, *rest, **more):
        names.append(name)
        return real(self, source, name, *rest, **more)

    def since():
        found = set(names)
        names.clear()
        return found

    monkeypatch.setattr(jinja2.Environment, "compile", compile_)
    return since


def build(root, *, keep=True):
    """A page of the site, where the build finds nothing that it could leave as it was."""
    shutil.rmtree(cache_folder(root) / "build", ignore_errors=True)
    assert mkdocs_build.run(load(root), keep=keep) == 0
    return (root / "site" / PAGE).read_bytes()


def said(root, strings=None):
    """What the pieces say, as a build with these strings would have it."""
    return fragments([root], strings or Strings("en"), bytecode.bytecode(load(root)))("one.html", {})


def test_a_build_and_a_preview_take_what_a_build_left(root, compiled):
    page = build(root)
    assert {"main.html", "base.html", "article.html"} <= compiled()
    assert build(root) == page
    assert compiled() == set()
    preview = Preview(root)
    try:
        preview.build()
        assert b"A line of our own." in preview.answer("articles/2016/talks/").data
    finally:
        preview.close()
    assert compiled() == set()
    (root / "overrides" / "main.html").write_text(OWN.replace("our own", "theirs"), encoding="utf-8")
    assert b"A line of theirs." in build(root)
    assert compiled() == {"main.html"}


def test_the_command_of_mkdocs_takes_what_a_build_left(root, compiled):
    page = build(root)
    compiled()
    mkdocs.commands.build.build(load(root))
    assert compiled() == set()
    assert (root / "site" / PAGE).read_bytes() == page


def test_a_build_that_is_to_keep_nothing_takes_and_leaves_nothing(root, folder):
    page = build(root, keep=False)
    assert not folder.exists()
    assert build(root) == page


@pytest.mark.parametrize("engine", ["properdocs", "zensical"])
def test_other_engines_take_what_a_build_left_if_they_may(root, folder, compiled, engine):
    pytest.importorskip(engine)
    build(root)
    compiled()
    run.build(root, load(root), ENGINES[engine], BuildOptions())
    assert compiled() == set()
    shutil.rmtree(folder)
    run.build(root, load(root), ENGINES[engine], BuildOptions(keep=False))
    assert "article.html" in compiled()
    assert not folder.exists()


def test_where_a_hook_may_change_how_templates_are_compiled_nothing_is_kept(root):
    (root / "hook.py").write_text("def on_env(env, config, files): ...\n", encoding="utf-8")
    (root / "mkdocs.yml").write_text(f"{MKDOCS}hooks: [hook.py]\n", encoding="utf-8")
    assert bytecode.bytecode(load(root)) is None


def test_strings_of_another_site_are_not_taken_for_ours(root, compiled):
    several = [Strings("en"), Strings("en", {"articles": "Stories"}), Strings("ar")]
    every = [f"one two {strings('articles')}" for strings in several]
    assert [said(root, strings) for strings in several] == every
    compiled()
    assert [said(root, strings) for strings in several] == every
    assert compiled() == set()


def flipped(data):
    return data[:-1] + bytes([data[-1] ^ 1])


@pytest.mark.parametrize(
    "spoil",
    [flipped, lambda data: data[: len(data) // 2], lambda _: b""],
    ids=["damaged", "half written", "empty"],
)
def test_what_is_not_as_it_was_written_is_compiled_again(root, folder, compiled, spoil):
    before = said(root)
    compiled()
    for file in folder.iterdir():
        file.write_bytes(spoil(file.read_bytes()))
    assert said(root) == before
    assert compiled() == set(PIECES)


def test_an_entry_in_the_place_of_another_is_not_used(root, folder, compiled):
    before = said(root)
    compiled()
    one, two = folder.iterdir()
    data = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(data)
    assert said(root) == before
    assert compiled() == set(PIECES)


def test_bytecode_that_another_user_wrote_does_not_run(root, folder, tmp_path, monkeypatch):
    trace = compile(f"open({str(tmp_path / 'trace')!r}, 'w').close()", "x", "exec")
    real = jinja2.bccache.Bucket.bytecode_to_string

    def theirs(bucket):
        bucket.code = trace
        return real(bucket)

    before = said(root)
    shutil.rmtree(folder)
    with monkeypatch.context() as another:
        another.setenv(STATE, str(tmp_path / "another"))
        another.setattr(jinja2.bccache.Bucket, "bytecode_to_string", theirs)
        said(root)
    assert len(list(folder.iterdir())) == len(PIECES)
    assert said(root) == before
    assert not (tmp_path / "trace").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_only_its_user_may_look_into_the_folder(root, folder):
    said(root)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_a_folder_that_cannot_be_is_no_reason_to_fail(root, folder):
    folder.parent.rmdir()
    folder.parent.write_bytes(b"")
    assert bytecode.bytecode(load(root)) is None
    assert mkdocs_build.run(load(root)) == 0


def test_bytecode_is_never_taken_from_the_repository(root, monkeypatch):
    monkeypatch.setenv(CACHE, str(root / "cache"))
    assert bytecode.bytecode(load(root)) is None


def test_a_folder_that_is_gone_while_a_site_is_built_is_no_reason_to_fail(root, folder):
    kept = bytecode.bytecode(load(root))
    shutil.rmtree(folder)
    assert fragments([root], Strings("en"), kept)("one.html", {}) == said(root)


def test_the_older_half_goes_when_there_are_too_many(root, folder, monkeypatch):
    monkeypatch.setattr(bytecode, "MOST", 10)
    folder.mkdir(parents=True)
    for number in range(11):
        (folder / str(number)).write_bytes(b"")
        os.utime(folder / str(number), (number, number))
    said(root)
    left = {file.name for file in folder.iterdir()}
    assert [number for number in range(11) if str(number) in left] == [5, 6, 7, 8, 9, 10]
