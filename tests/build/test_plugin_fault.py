"""A plugin or a hook of others that fails: one message says whose fault it is and what to do, in place of a traceback."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from tests.support.git import git
from tests.support.process import dossier, mkdocs

from dossierkit.build import mkdocs_build
from dossierkit.build.configuration import load
from dossierkit.build.preview import Preview

pytestmark = pytest.mark.engine

MKDOCS = (
    "site_name: S\ndocs_dir: content\ntheme: {name: material, font: false}\nplugins: [dossier]\nnav: [index.md]\n"
    "extra: {dossier: {cards: false, data: false}}\n"
)
FAILS = "def on_{}(given=None, **more):\n    raise ValueError('no\\n day')\n"
TOLD = "the hook `own.py` failed in `on_{}` with ValueError: no day. Put right what it says, or take it out of `hooks` in mkdocs.yml"


@pytest.fixture
def root(repository):
    repository.write("index.md", "# Home\n")
    (repository.root / "mkdocs.yml").write_text(f"{MKDOCS}hooks: [own.py]\n", encoding="utf-8")
    return repository.root


@pytest.mark.parametrize(
    ("run", "event"),
    [
        *((dossier, event) for event in ("startup", "config", "files", "post_build", "page_markdown")),
        *((mkdocs, event) for event in ("config", "page_markdown")),
    ],
)
def test_a_build_names_the_hook_that_failed(root, run, event):
    (root / "own.py").write_text(FAILS.format(event), encoding="utf-8")
    built = run("build", cwd=root)
    assert built.returncode == 1
    assert TOLD.format(event) in built.stderr
    assert "Traceback" not in built.stderr
    if event in {"startup", "page_markdown"}:  # one place prints it before a build, and one in it
        assert 'own.py", line 2' in run("build", cwd=root, DOSSIER_TRACE="1").stderr


def test_a_hook_that_cannot_be_loaded_is_named_with_its_line(root):
    (root / "own.py").write_text("import re\nimport of_nobody\n", encoding="utf-8")
    for command in ("build", "check", "stats"):
        done = dossier(command, cwd=root)
        assert done.returncode == 1
        assert (
            f"{root / 'own.py'}:2: a plugin, hook or extension that mkdocs.yml names cannot be loaded"
            in done.stderr
        )
        assert "(ModuleNotFoundError: No module named 'of_nobody')" in done.stderr
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("code", "said"),
    [("import re\nimport of_nobody\n", "of_nobody"), (FAILS.format("startup"), "ValueError: no day")],
    ids=["loading", "startup"],
)
def test_mkdocs_alone_says_in_one_line_what_failed_before_its_first_event(root, code, said):
    (root / "own.py").write_text(code, encoding="utf-8")
    built = started(root)
    assert built.returncode == 1
    assert (
        f"{root / 'own.py'}:2: a plugin, hook or extension that mkdocs.yml names failed at the start"
        in built.stderr
    )
    assert said in built.stderr
    assert "Traceback" not in built.stderr
    assert "Traceback" in started(root, DOSSIER_TRACE="1").stderr


def started(root, **environment):
    """`mkdocs build` in a process of its own: what Python does with an error at its end is the matter here."""
    command = [sys.executable, "-m", "mkdocs", "build"]
    return subprocess.run(
        command, cwd=root, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_a_key_that_mkdocs_yml_has_twice_stops_every_build(root):
    (root / "mkdocs.yml").write_text(f"{MKDOCS}copyright: a\ncopyright: b\n", encoding="utf-8")
    line = len(MKDOCS.splitlines()) + 2
    for done in (mkdocs("build", cwd=root), dossier("build", cwd=root), dossier("check", cwd=root)):
        assert done.returncode == 1
        assert (
            f"mkdocs.yml:{line}:1: D103 the key `copyright` occurs twice (first on line {line - 1})"
            in done.stderr + done.stdout
        )
        assert "Traceback" not in done.stderr


def test_the_preview_shows_what_failed_and_goes_on(root, capsys):
    (root / "own.py").write_text(FAILS.format("files"), encoding="utf-8")
    preview = Preview(root)
    preview.build()
    assert "the hook `own.py` failed" in preview.answer("").data.decode()
    (root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    preview.build(configured=True)
    assert preview.answer("").status == 200
    preview.close()


class Dates(BasePlugin):
    """Wants the day of each page, as plugins do that ask git for it."""

    def on_files(self, files, *, config):
        raise ValueError("no day")


@pytest.mark.parametrize(
    ("name", "state", "says"),
    [
        ("git-dates", "none", ". It reads git's history, and there is none here: commit the pages first. Put right"),
        ("git-dates", "shallow", "of which only a part is here: fetch all of it (`git fetch --unshallow`; in CI `fetch-depth: 0`"),
        ("git-dates", "whole", "ValueError: no day. Put right"),
        ("dates", "none", "ValueError: no day. Put right"),
    ],
)  # fmt: skip
def test_a_plugin_is_named_and_what_it_lacks_of_git(root, tmp_path, name, state, says):
    (root / "mkdocs.yml").write_text(MKDOCS, encoding="utf-8")
    git(root, "init", "-q")
    for number in ("1", "2") if state != "none" else ():
        git(root, "commit", "-q", "--allow-empty", "-m", number)
    if state == "shallow":
        (root / ".git" / "shallow").write_text(f"{git(root, 'rev-parse', 'HEAD')}\n", encoding="ascii")
    config = load(root)
    config.plugins[name] = Dates()
    with pytest.raises(PluginError) as told:
        mkdocs_build.run(config)
    assert f"the plugin `{name}` failed in `on_files` with ValueError: " in str(told.value)
    assert says in str(told.value)
