"""A build that would make the same is not made: after any change it is, whatever changed."""

from __future__ import annotations

import os

import pytest
import yaml
from tests.support.git import git

from dossierkit.build import builder, mkdocs_build, unchanged
from dossierkit.build.configuration import load
from dossierkit.build.unchanged import unchanged_site
from dossierkit.store.packaged import packaged_templates
from dossierkit.store.state import STATE, cache_folder

CONFIG = {
    "site_name": "x",
    "docs_dir": "content",
    "theme": {"name": "material", "font": False, "custom_dir": "overrides"},
    "plugins": ["dossier"],
    "nav": ["index.md"],
    "not_in_nav": "/**",
    "extra": {"dossier": {"data": False, "cards": False}},
}
NOW = "2026-01-01T00:00:00Z"

pytestmark = pytest.mark.engine


@pytest.fixture(autouse=True)
def _environment(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "315532800")
    monkeypatch.setenv("DOSSIER_NOW", NOW)
    monkeypatch.setattr(unchanged, "_SETTLED", 0)  # else every test would wait for two seconds


@pytest.fixture
def root(repository):
    configure(repository.root)
    for folder in ("overrides", "seeds"):
        (repository.root / folder).mkdir(exist_ok=True)
    git(repository.root, "init", "-q")
    return repository.root


def configure(root, **changes):
    (root / "mkdocs.yml").write_text(yaml.safe_dump({**CONFIG, **changes}), encoding="utf-8")


def build(root, *, strict=False, code=0):
    config = load(root)
    config.strict = strict
    assert mkdocs_build.run(config) == code


def test_nothing_is_built_where_nothing_changed(root):
    assert unchanged_site(root, strict=False) is None
    build(root)
    assert unchanged_site(root, strict=False) == root / "site"
    assert unchanged_site(root, strict=True) is None


def written(path, text="x"):
    def change(root):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")

    return change


def edited(root):
    file = root / "content/articles/2016/talks.md"
    file.write_text(file.read_text(encoding="utf-8").replace("Geneva", "Geneva", 1) + " ", encoding="utf-8")


def same_size_and_time(root):
    file = root / "content/articles/2016/talks.md"
    status = file.stat()
    file.write_text(file.read_text(encoding="utf-8").replace("e", "a"), encoding="utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))


def tracked(root):
    git(root, "add", "mkdocs.yml")


def linked(root):
    (root / "content/files").symlink_to(root / "content/articles")


def spoiled(root):
    file = cache_folder(root) / unchanged.FILE
    file.write_bytes(file.read_bytes()[:-1] + b"x")


@pytest.mark.parametrize(
    "change",
    [
        edited,
        same_size_and_time,
        written("content/articles/2016/more.md"),
        written("content/picture.svg", "<svg/>"),
        lambda root: (root / "content/articles/2016/talks.md").unlink(),
        written("seeds/decisions.yml", "[]"),
        written("overrides/main.html"),
        written("overrides/.icons/a.svg"),
        lambda root: configure(root, site_name="y"),
        lambda root: configure(root, INHERIT="base.yml"),
        tracked,
        linked,
        written("site/index.html"),
        written("site/more.txt"),
        lambda root: (root / "site/feed.xml").unlink(),
        spoiled,
        lambda root: (cache_folder(root) / unchanged.FILE).write_bytes(b""),
        lambda root: (cache_folder(root) / unchanged.FILE).unlink(),
    ],
)
def test_after_any_change_there_is_a_build(root, change):
    build(root)
    change(root)
    assert unchanged_site(root, strict=False) is None


def test_what_mkdocs_yml_takes_from_the_environment_is_a_change(root, monkeypatch):
    text = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(f"{text}site_url: !ENV [PLACE, '']\n", encoding="utf-8")
    build(root)
    assert unchanged_site(root, strict=False)
    monkeypatch.setenv("PLACE", "https://news.example/")
    assert unchanged_site(root, strict=False) is None
    build(root)
    assert unchanged_site(root, strict=False)
    monkeypatch.setenv("OTHER", "x")
    assert unchanged_site(root, strict=False)


def test_another_user_s_word_is_not_believed(root, monkeypatch, tmp_path):
    build(root)
    monkeypatch.setenv(STATE, str(tmp_path / "other"))
    assert unchanged_site(root, strict=False) is None


def test_the_end_of_an_embargo_is_a_change(root, repository, monkeypatch):
    repository.write(
        "articles/2016/later.md",
        "---\ntitle: Later\nstatus: published\nembargo: 2026-02-01T00:00Z\n---\n\nNothing yet.\n",
    )
    build(root)
    assert unchanged_site(root, strict=False)
    monkeypatch.setenv("DOSSIER_NOW", "2026-01-31T23:59:59Z")
    assert unchanged_site(root, strict=False)
    monkeypatch.setenv("DOSSIER_NOW", "2026-02-01T00:00:00Z")
    assert unchanged_site(root, strict=False) is None
    monkeypatch.setenv("DOSSIER_NOW", "2025-12-31T00:00:00Z")  # a clock that goes back
    assert unchanged_site(root, strict=False) is None


def test_warnings_are_said_again(root, repository, capfd):
    repository.write("about-us.md", "[nowhere](nowhere.md)\n")
    build(root)
    first = [line for line in capfd.readouterr().err.splitlines() if "WARNING" in line]
    assert first
    assert unchanged_site(root, strict=False)
    assert [line for line in capfd.readouterr().err.splitlines() if "WARNING" in line] == first


def test_a_build_that_git_refused_is_made_again(root, monkeypatch):
    """What lets git read a repository may be a setting outside it, which no build looks at."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    build(root)
    assert unchanged_site(root, strict=False) is None


def test_a_failed_build_ends_with_its_reason(root, repository, capfd):
    repository.write("articles/2016/broken.md", "---\ntitle: [\n---\n")
    build(root, code=1)
    said, logged = capfd.readouterr()
    assert said == ""
    assert logged.splitlines()[-1].endswith("in the content; nothing was built")
    repository.write("articles/2016/broken.md", "---\ntitle: Whole\n---\n")
    repository.write("about-us.md", "[nowhere](nowhere.md)\n")
    build(root, strict=True, code=1)
    said, logged = capfd.readouterr()
    assert said == ""
    assert logged.splitlines()[-1].endswith("Aborted with 1 warnings in strict mode!")


def test_a_build_that_failed_is_made_again(root, repository):
    build(root)
    repository.write("about-us.md", "[nowhere](nowhere.md)\n")
    build(root, strict=True, code=1)
    assert unchanged_site(root, strict=True) is None
    assert unchanged_site(root, strict=False) is None


def test_it_is_the_same_for_python_dash_m(root, monkeypatch):
    """Which looks for programs in the folder of the repository too, where the site's folder comes to be."""
    monkeypatch.chdir(root)
    monkeypatch.syspath_prepend(str(root))
    build(root)
    assert unchanged_site(root, strict=False)


def test_a_package_that_is_installed_is_a_change(root, monkeypatch, tmp_path_factory):
    programs = tmp_path_factory.mktemp("programs")
    monkeypatch.syspath_prepend(str(programs))
    build(root)
    assert unchanged_site(root, strict=False)
    (programs / "more").mkdir()
    assert unchanged_site(root, strict=False) is None


def test_a_template_of_ours_is_a_change(root):
    build(root)
    os.utime(packaged_templates() / "main.html")
    assert unchanged_site(root, strict=False) is None


def test_what_changed_just_before_a_build_is_looked_at_again(root, monkeypatch):
    monkeypatch.setattr(unchanged, "_SETTLED", 60 * 10**9)
    build(root)
    assert unchanged_site(root, strict=False) is None


def test_what_changes_while_a_site_is_built_is_looked_at_again(root, monkeypatch):
    real = builder.Builder.write_templates

    def meanwhile(self):
        real(self)
        edited(root)

    monkeypatch.setattr(builder.Builder, "write_templates", meanwhile)
    build(root)
    assert unchanged_site(root, strict=False) is None


def test_hooks_and_foreign_plugins_are_not_understood(root):
    written("hook.py", "def on_page_markdown(markdown, **rest): return markdown\n")(root)
    configure(root, hooks=["hook.py"])
    build(root)
    assert unchanged_site(root, strict=False) is None
