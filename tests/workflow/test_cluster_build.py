"""`dossier build --executor`: the bytes of a build on one machine, whoever made the pages."""

from __future__ import annotations

import json
import logging
import shutil
import signal
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.git import first_commit

from dossierkit.build import cluster_pages, mkdocs_build
from dossierkit.build.configuration import load
from dossierkit.cli.group import main
from dossierkit.parallel.fence import Loss
from dossierkit.store.state import CACHE

pytestmark = [
    pytest.mark.engine,
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"),
]

SETTINGS = {
    "site_name": "x",
    "site_url": "https://x.example/",
    "docs_dir": "content",
    "theme": {"name": "material", "font": False, "custom_dir": "templates"},
    "plugins": ["dossier"],
    "nav": [{"Home": "index.md"}, {"Articles": "articles/index.md"}],
    "not_in_nav": "/**",
    "markdown_extensions": ["attr_list"],
    "extra": {"dossier": {"cards": 1}},
}
ARTICLE = "---\ntitle: Talks {0}\ndate: 2016-03-{0:02}\nstatus: published\nentities: [geneva, jane-doe]\n---\n\nJane Doe came to Geneva, day {0}.\n"
CURATED = "---\ntitle: The talks\ndescription: All of them.\nselect: {entities_any: [geneva]}\n---\n\nA [way](nowhere.md) out.\n"
BANNER = '{% extends "frame.html" %}{% block announce %}<p class="own">Hello</p>{% endblock %}'


@pytest.fixture
def site(repository, monkeypatch):
    """Twelve articles of which git knows when they came, a template of the site's own, and a dossier with a broken link."""
    monkeypatch.setattr(cluster_pages, "_TOGETHER", 3)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "315532800")
    for number in range(1, 13):
        repository.write(f"articles/2016/more{number}.md", ARTICLE.format(number))
    repository.write("dossiers/talks.md", CURATED)
    (repository.root / "templates").mkdir()
    (repository.root / "templates" / "main.html").write_text(BANNER, encoding="utf-8")
    (repository.root / "mkdocs.yml").write_text(json.dumps(SETTINGS), encoding="utf-8")
    first_commit(repository.root)
    return repository.root


def built(root, executor=None, *, keep=True) -> dict[str, bytes]:
    assert mkdocs_build.run(load(root), keep=keep, executor=executor) == 0
    place = root / "site"
    return {
        file.relative_to(place).as_posix(): file.read_bytes() for file in place.rglob("*") if file.is_file()
    }


@pytest.fixture
def here(site, tmp_path, monkeypatch) -> dict[str, bytes]:
    """What one machine makes of it."""
    with monkeypatch.context() as patch:
        patch.setenv(CACHE, str(tmp_path / "another"))
        files = built(site)
    shutil.rmtree(site / "site")
    return files


class Interrupted:
    """A cluster of which a worker is killed once it has given its first answer."""

    elsewhere = True

    def __init__(self, executor, worker) -> None:
        self._executor, self._worker = executor, worker

    def in_order(self, *work):
        for number, answer in enumerate(self._executor.in_order(*work)):
            if not number:
                self._worker.send_signal(signal.SIGKILL)
            yield answer


class Lost:
    """A cluster on which every task ends its worker."""

    elsewhere = True

    def in_order(self, _start, _context, tasks, lost):
        for task in tasks:
            yield lost(task, Loss())


def test_two_workers_make_the_same_files_and_the_next_build_has_nothing_to_make(site, here, two, caplog):
    caplog.set_level(logging.INFO, "mkdocs")
    logging.getLogger("mkdocs").addHandler(caplog.handler)
    assert built(site, two.executor) == here
    first = caplog.text
    assert "nowhere.md" in first, "what workers have to say is said here"
    assert "pages: 0 made" not in first
    caplog.clear()
    assert built(site) == here
    assert "pages: 0 made" in caplog.text or "pages: 1 made" in caplog.text, (
        "the page with the broken link is made each time"
    )
    logging.getLogger("mkdocs").removeHandler(caplog.handler)


def test_a_worker_killed_in_the_middle_loses_nothing(site, here, idle):
    first, _ = idle.worker("--no-nanny"), idle.worker("--no-nanny")
    assert built(site, Interrupted(idle.executor, first), keep=False) == here


def test_what_no_worker_could_make_is_made_here(site, here):
    assert built(site, Lost()) == here


def test_workers_get_the_site_and_nothing_else(site):
    (site / "notes.txt").write_text("private", encoding="utf-8")
    (site / "content" / "out.txt").symlink_to(Path("/etc/hostname"))
    files = cluster_pages.context(load(site), {}).files()
    assert {path.split("/")[1] for path in files} == {"mkdocs.yml", "content", "templates"}
    assert "repository/content/out.txt" not in files


@pytest.mark.parametrize("engine", ["properdocs", "zensical"])
def test_other_engines_make_their_pages_themselves(site, engine):
    command = ["-C", str(site), "build", "--engine", engine, "--executor", "dask://127.0.0.1:9"]
    answer = CliRunner().invoke(main, command)
    assert answer.exit_code == 2
    assert "--engine mkdocs" in answer.output
    assert not (site / "site").exists()


def test_a_site_that_mkdocs_makes_itself_is_refused(site):
    (site / "hook.py").write_text(
        "def on_page_markdown(markdown, **_):\n    return markdown\n", encoding="utf-8"
    )
    (site / "mkdocs.yml").write_text(json.dumps(SETTINGS | {"hooks": ["hook.py"]}), encoding="utf-8")
    answer = CliRunner().invoke(main, ["-C", str(site), "build", "--executor", "dask://127.0.0.1:9"])
    assert answer.exit_code == 2
    assert "without --executor" in answer.output
