"""What a build removes from the folder of the site, with every engine: what builds wrote there, and nothing else."""

from __future__ import annotations

import shutil
import subprocess
import sys

import pytest
from tests.support.process import dossier, mkdocs

from dossierkit.check.repository.inspect import RepositoryLayout, inspect
from dossierkit.store.site_manifest import PATH, loads

MKDOCS = "site_name: x\ndocs_dir: content\nsite_dir: {site}\ntheme: {{name: material, font: false}}\nplugins: [dossier]\nnav: [index.md]\n"
WAYS = {
    "fast": [dossier, "build"],
    "slow": [mkdocs, "build"],
    "properdocs": [dossier, "build", "--engine", "properdocs"],
    "zensical": [dossier, "build", "--engine", "zensical"],
}
PAGE = "---\ntitle: Talks open\ndate: 2016-02-01\nstatus: published\n---\n\nThe talks opened.\n"

pytestmark = pytest.mark.engine


@pytest.fixture
def repository(tmp_path):
    folder = tmp_path / "repository"
    for name in ("content/articles/2016", "seeds", "templates"):
        (folder / name).mkdir(parents=True)
    (folder / "content/articles/2016/talks.md").write_text(PAGE, encoding="utf-8")
    (folder / "content/index.md").write_text("# Start\n", encoding="utf-8")
    (folder / "seeds/talks.txt").write_text("A source.\n", encoding="utf-8")
    site_at(folder, "site")
    return folder


def site_at(folder, site):
    (folder / "mkdocs.yml").write_text(MKDOCS.format(site=site), encoding="utf-8")


def built(folder, way):
    if way not in {"fast", "slow"}:
        pytest.importorskip(way)
    command, *arguments = WAYS[way]
    return command(*arguments, cwd=folder)


def files(folder):
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("way", WAYS)
def test_a_folder_that_no_build_made_is_refused_and_stays(repository, way):
    precious = repository.parent / "precious"
    (precious / ".git").mkdir(parents=True)
    for name in ("thesis.txt", ".secret", ".git/HEAD"):
        (precious / name).write_text("mine", encoding="utf-8")
    site_at(repository, "../precious")
    before = files(repository.parent)
    done = built(repository, way)
    assert done.returncode != 0
    assert "D512" in done.stderr
    assert "thesis.txt" in done.stderr
    assert files(repository.parent) == before


@pytest.mark.parametrize("way", WAYS)
def test_what_builds_wrote_goes_and_hidden_files_and_what_links_lead_to_stay(repository, way, tmp_path):
    """As in a work tree of the branch gh-pages at site/."""
    site, outside = repository / "site", tmp_path / "outside"
    site.mkdir()
    outside.mkdir()
    (outside / "theirs.html").write_text("theirs", encoding="utf-8")
    (site / ".git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    (site / ".nojekyll").write_text("", encoding="utf-8")
    (repository / "content/CNAME").write_text("talks.test\n", encoding="utf-8")
    assert built(repository, way).returncode == 0
    assert (site / "CNAME").read_text("utf-8") == "talks.test\n"
    assert "articles/2016/talks/index.html" in loads((site / PATH).read_bytes()).files
    (site / "linked").symlink_to(outside)
    (site / "theirs.html").symlink_to(outside / "theirs.html")
    shutil.rmtree(site / "assets")
    (site / "assets").symlink_to(outside)
    (site / "old").mkdir()
    (site / "old/page.html").write_text("of an earlier build", encoding="utf-8")
    (repository / "content/articles/2016/talks.md").unlink()
    done = built(repository, way)
    assert done.returncode == 0, done.stderr
    assert (site / ".git").read_text("utf-8") == "gitdir: elsewhere\n"
    assert (site / ".nojekyll").is_file()
    assert not (site / "old").exists()
    assert not (site / "articles/2016/talks").exists()
    assert files(outside) == {"theirs.html": b"theirs"}
    assert not (site / "assets").is_symlink() or way == "slow"


@pytest.mark.parametrize(
    "site",
    [
        ".",
        "..",
        "seeds",
        "seeds/site",
        "templates",
        "content/site",
        ".git",
        ".git/site",
        "other/.git/x",
        "LINK",
    ],
)
def test_a_site_may_not_be_in_the_folders_of_the_repository_or_contain_them(repository, site):
    if site == "LINK":
        (repository / "LINK").symlink_to(repository / "seeds")
    layout = RepositoryLayout(repository, repository / "content", (), repository / site)
    assert "D512" in {one.code for one in inspect(layout)}


@pytest.mark.parametrize("site", ["seeds", "..", "templates"])
def test_nothing_is_built_there_and_nothing_is_lost(repository, site):
    site_at(repository, site)
    (repository / "templates/own.html").write_text("mine", encoding="utf-8")
    before = files(repository.parent)
    done = built(repository, "fast")
    assert done.returncode != 0
    assert "site_dir" in done.stderr
    assert files(repository.parent) == before


def test_a_build_that_was_interrupted_left_a_folder_that_the_next_one_knows(repository):
    """The mark is there before the first file of the site."""
    hook = "from pathlib import Path\nimport os\n\ndef on_env(env, config, files):\n    Path(config.site_dir, 'half.html').write_text('x')\n    os._exit(9)\n"
    (repository / "hook.py").write_text(hook, encoding="utf-8")
    with (repository / "mkdocs.yml").open("a", encoding="utf-8") as settings:
        settings.write("hooks: [hook.py]\n")
    built(repository, "slow")
    assert (repository / "site/half.html").is_file()
    site_at(repository, "site")
    assert built(repository, "fast").returncode == 0
    assert not (repository / "site/half.html").exists()


@pytest.mark.parametrize("way", ["fast", "slow"])
def test_a_build_that_failed_left_a_folder_that_the_next_one_knows(repository, way):
    """As with a fault in a template of one's own, in the first build of all."""
    (repository / "templates/main.html").write_text('{% extends "nothing.html" %}', encoding="utf-8")
    settings = MKDOCS.format(site="site").replace("font: false", "font: false, custom_dir: templates")
    (repository / "mkdocs.yml").write_text(settings, encoding="utf-8")
    assert "nothing.html" in built(repository, way).stderr
    assert (repository / "site").is_dir()
    (repository / "templates/main.html").unlink()
    done = built(repository, way)
    assert done.returncode == 0, done.stderr


def test_a_folder_with_hidden_files_only_is_free(repository):
    (repository / "site").mkdir()
    (repository / "site/.git").write_text("gitdir: elsewhere\n", encoding="utf-8")
    layout = RepositoryLayout(repository, repository / "content", (), repository / "site")
    assert "D512" not in {one.code for one in inspect(layout)}


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
def test_a_full_disk_is_told_with_the_file_that_was_written(repository):
    (repository / "content/large.csv").write_bytes(b"a,b\n" * 6_000_000)
    command = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (2 * 10**7,) * 2); from dossierkit.cli import main; main(['build'])"
    done = subprocess.run(
        [sys.executable, "-c", command], cwd=repository, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2, done.stderr
    assert f"dossier: {repository / 'site/large.csv'}: " in done.stderr
