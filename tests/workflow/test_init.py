"""A new repository: whole, safe to ask for twice, and a site at once."""

from __future__ import annotations

import os
import re
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner
from tests.support.process import dossier

from dossierkit.cli import main
from dossierkit.workflow.init import run

posix = pytest.mark.skipif(os.name != "posix", reason="a process is forked")
ROOT = Path(__file__).resolve().parents[2]


class Loader(yaml.SafeLoader):
    """Knows MkDocs' `!ENV`, as a list."""


Loader.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node))


def config(folder):
    return yaml.load((folder / "mkdocs.yml").read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506 - a safe one


def tree(folder):
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def test_what_is_written_is_what_is_returned(tmp_path):
    written = run(tmp_path / "river-talks", name=None)
    names = [file.relative_to(tmp_path / "river-talks").as_posix() for file in written]
    assert names == sorted(tree(tmp_path / "river-talks"))


def test_everything_a_newsroom_needs_is_there(tmp_path):
    run(tmp_path / "new", name=None)
    assert {
        "mkdocs.yml",
        "README.md",
        "requirements.txt",
        ".gitignore",
        ".gitlab-ci.yml",
        ".pre-commit-config.yaml",
        ".github/CODEOWNERS",
        ".github/dependabot.yml",
        ".github/pull_request_template.md",
        ".github/workflows/site.yml",
        ".github/workflows/pull-request.yml",
        "content/index.md",
        "templates/README.md",
    } <= tree(tmp_path / "new").keys()
    for folder in ("seeds", "content/articles", "content/entities", "content/dossiers"):
        assert (tmp_path / "new" / folder).is_dir()


@pytest.mark.engine
@pytest.mark.parametrize("engine", ["mkdocs", "properdocs", "zensical"])
def test_a_new_repository_builds_without_a_warning(tmp_path, engine):
    run(tmp_path / "new", name=None)
    checked = dossier("-C", tmp_path / "new", "check")
    assert (checked.returncode, checked.stderr) == (0, "0 errors, 0 warnings\n")
    built = dossier("-C", tmp_path / "new", "build", "--strict", "--engine", engine)
    assert built.returncode == 0, built.stderr
    assert "WARNING" not in built.stderr
    assert (tmp_path / "new" / "site" / "index.html").is_file()
    assert not (tmp_path / "new" / "site" / "dossiers" / "first-dossier").exists()


def test_asking_twice_changes_nothing(tmp_path):
    run(tmp_path / "new", name=None)
    (tmp_path / "new" / "content" / "index.md").write_text("mine", encoding="utf-8")
    before = tree(tmp_path / "new")
    with pytest.raises(click.UsageError, match="holds a site already"):
        run(tmp_path / "new", name="Another name")
    assert tree(tmp_path / "new") == before


def test_a_folder_with_files_is_refused(tmp_path):
    (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(click.UsageError, match=r"is not empty \(letters\.txt\)"):
        run(tmp_path, name=None)
    assert list(tree(tmp_path)) == ["letters.txt"]


def test_a_file_is_refused(tmp_path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(click.UsageError, match="is a file"):
        run(tmp_path / "taken", name=None)


def test_a_link_that_leads_nowhere_is_refused(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    with pytest.raises(click.UsageError):
        run(tmp_path / "link", name=None)
    assert not (tmp_path / "gone").exists()


def test_an_empty_clone_is_fine(tmp_path):
    (tmp_path / ".git").mkdir()
    assert run(tmp_path, name=None)


def test_missing_folders_above_are_made(tmp_path):
    assert run(tmp_path / "a" / "b" / "new", name=None)[0].is_file()


def test_nothing_stays_when_a_file_cannot_be_written(tmp_path, monkeypatch):
    real = Path.replace

    def full(self, target):
        if Path(target).name == "mkdocs.yml":
            raise OSError(28, "No space left on device", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        run(tmp_path / "new", name=None)
    assert not (tmp_path / "new").exists()


def killed(folder, after, name=None):
    """A process that wrote a new repository and was killed after so many of its files; whether it was."""
    pid = os.fork()
    if not pid:
        real, done = Path.replace, []

        def replace(self, target):
            if len(done) == after:
                os._exit(9)
            done.append(target)
            return real(self, target)

        Path.replace = replace
        run(folder, name=name)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 9


@posix
@pytest.mark.parametrize("clone", [False, True], ids=["new", "clone"])
def test_what_was_killed_half_way_is_finished_by_the_next(tmp_path, clone):
    whole = {path.relative_to(tmp_path / "a").as_posix() for path in run(tmp_path / "a", name="Lenn")}
    for after in range(len(whole)):
        folder = tmp_path / str(after)
        if clone:
            (folder / ".git").mkdir(parents=True)
        assert killed(folder, after, "Lenn")
        run(folder, name="Lenn")
        assert tree(folder) == tree(tmp_path / "a"), after


@posix
def test_another_start_over_what_was_killed_is_told_what_to_do_and_changes_nothing(tmp_path):
    assert killed(tmp_path / "new", len(run(tmp_path / "whole", name="Lenn")) - 1, "Lenn")
    before = tree(tmp_path / "new")
    told = dossier("-C", tmp_path, "init", "new", "--name", "Another")
    assert told.returncode == 2
    assert (
        "an interrupted `dossier init` left: run that again with the same options to finish it, or delete"
        in told.stderr
    )
    assert tree(tmp_path / "new") == before


@posix
@pytest.mark.parametrize("theirs", ["letters.txt", "content/mine.md", "README.md"])
def test_a_file_of_somebody_s_beside_what_was_killed_is_not_touched(tmp_path, theirs):
    assert killed(tmp_path / "new", 3)
    (tmp_path / "new" / theirs).write_text("mine", encoding="utf-8")
    before = tree(tmp_path / "new")
    with pytest.raises(click.UsageError, match="is not empty"):
        run(tmp_path / "new", name=None)
    assert tree(tmp_path / "new") == before


def test_an_empty_folder_of_somebody_s_is_refused(tmp_path):
    (tmp_path / "letters").mkdir()
    with pytest.raises(click.UsageError, match=r"is not empty \(letters\)"):
        run(tmp_path, name=None)


def test_folders_of_somebody_s_are_not_searched_for_what_was_killed(tmp_path):
    """A home folder may hold millions of files."""
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / f".dossier-{2**22 + 1}-0.tmp").write_bytes(b"")
    with pytest.raises(click.UsageError, match=r"is not empty \(letters\): name a new or an empty folder$"):
        run(tmp_path, name=None)


@pytest.mark.parametrize(
    ("folder", "name"),
    [("syria-talks_2016", "Syria talks 2016"), ("ملف", "ملف"), ("-", "Dossier"), ("UN", "UN")],
)
def test_the_name_comes_from_the_folder(tmp_path, folder, name):
    run(tmp_path / folder, name=None)
    assert config(tmp_path / folder)["site_name"] == name


@pytest.mark.parametrize("name", ["The river: talks #1", 'O\'Neil "quoted" \\', "no", "2016", "@WHEEL@ {x}"])
def test_a_name_stays_as_it_was_given(tmp_path, name):
    run(tmp_path / "new", name=name)
    assert config(tmp_path / "new")["site_name"] == name


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_no_mark_is_left(tmp_path, language):
    run(tmp_path / "new", name=None, language=language)
    for path, data in tree(tmp_path / "new").items():
        assert not re.search(rb"@[A-Z_]+@", data), path
    titled = (tmp_path / "new/content/dossiers/first-dossier.md").read_text(encoding="utf-8")
    assert ("First dossier" in titled) is (language == "en")
    for page in ("content/index.md", "content/dossiers/first-dossier.md"):
        comment = (tmp_path / "new" / page).read_text(encoding="utf-8").partition("<!-- ")[2]
        assert comment.endswith(" -->\n")
        assert comment.startswith("Replace this comment") is (language == "en")


@pytest.mark.engine
@pytest.mark.parametrize(
    ("engine", "language", "words"),
    [
        ("mkdocs", "ar", ["الرئيسية", "المقالات", "التسلسل الزمني", "المصادر", "عن الموقع", "الجديد"]),
        ("properdocs", "fr", ["Accueil", "Articles", "Chronologie", "Sources", "À propos", "Nouveautés"]),
        ("zensical", "fr", ["Accueil", "Articles", "Chronologie", "Sources", "À propos", "Nouveautés"]),
    ],
)
def test_a_new_site_has_its_navigation_in_the_language_asked_for(tmp_path, engine, language, words):
    asked = dossier("-C", tmp_path, "init", "new", "--language", language)
    assert asked.returncode == 0, asked.stderr
    built = dossier("-C", tmp_path / "new", "build", "--strict", "--engine", engine)
    assert built.returncode == 0, built.stderr
    page = (tmp_path / "new" / "site" / "about" / "index.html").read_text(encoding="utf-8")
    shown = [text.strip() for text in re.findall(r">([^<>]+)<", page)]
    assert set(words) <= set(shown)
    assert not {"Home", "Names", "Timeline", "About", "About this site", "What’s new", "Data"} & set(shown)
    assert 'title="Switch to' not in page


def test_new_sites_have_the_settings_of_the_demo(tmp_path):
    """A change to the demo's mkdocs.yml is a change for new repositories too, but for what is the demo's own.

    The demo has the texts of its articles as files and its data in all formats, since programs that read them are tried on it.
    """
    run(tmp_path / "new", name=None)
    own = {"site_name", "site_description", "site_url", "plugins", "use_directory_urls"}
    new, demo = config(tmp_path / "new"), config(ROOT)
    assert new["extra"].pop("dossier") == {
        "twins": "lists",
        "data": ["jsonld", "skos", "csv", "geojson", "ics", "bibtex", "csl"],
    }
    assert {key: value for key, value in new.items() if key not in own} == {
        key: value for key, value in demo.items() if key not in own
    }

    def names(plugins):
        return [next(iter(plugin)) if isinstance(plugin, dict) else plugin for plugin in plugins]

    assert names(new["plugins"]) == names(demo["plugins"])


def test_every_template_is_named_to_those_who_may_replace_it(tmp_path):
    run(tmp_path / "new", name=None)
    text = (tmp_path / "new" / "templates" / "README.md").read_text(encoding="utf-8")
    found = [
        file for file in (ROOT / "templates").rglob("*") if file.is_file() and "assets" not in file.parts
    ]
    assert found
    assert [file.name for file in found if f"{file.name}`" not in text] == []


def test_own_templates_are_used(tmp_path):
    run(tmp_path / "new", name=None)
    (tmp_path / "new" / "templates" / "dossierkit").mkdir()
    (tmp_path / "new" / "templates" / "dossierkit" / "home.html").write_text("<p>Ours</p>", encoding="utf-8")
    assert dossier("-C", tmp_path / "new", "build", "--strict").returncode == 0
    assert "<p>Ours</p>" in (tmp_path / "new" / "site" / "index.html").read_text(encoding="utf-8")


def test_the_command_counts_from_the_folder_it_is_sent_to(tmp_path):
    done = CliRunner().invoke(main, ["-C", str(tmp_path), "init", "new", "--name", "River talks"])
    assert done.exit_code == 0, done.output
    assert "\nnext, in new: " in done.output
    assert config(tmp_path / "new")["site_name"] == "River talks"
    again = CliRunner().invoke(main, ["-C", str(tmp_path), "init", "new"])
    assert again.exit_code == 2
    assert "nothing was changed" in again.output
