"""What a person may write for a page, a file or a folder, and what is said if there is none."""

from pathlib import Path

import click
import pytest

from dossierkit.workflow.named_files import page_path, path_named, record_id

TALKS = "content/articles/2016/talks-open.md"
FILES = (
    TALKS,
    "content/entities/raqqa.md",
    "content/entities/talks.md",
    "content/dossiers/talks.md",
    "seeds/talks.txt",
)


@pytest.fixture
def root(tmp_path, monkeypatch):
    for file in FILES:
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    (tmp_path / "raqqa").mkdir()
    monkeypatch.chdir(tmp_path / "content/articles")
    return tmp_path


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("content/articles/2016/talks-open.md", TALKS),  # from the root
        ("2016/talks-open.md", TALKS),  # from the current folder
        ("../articles/2016/talks-open.md", TALKS),
        ("articles/2016/talks-open", TALKS),
        ("content\\articles\\2016\\talks-open.md", TALKS),
        ("2016/talks-open", TALKS),
        ("dossiers/talks", "content/dossiers/talks.md"),
    ],
)
def test_a_page_is_named_by_its_file_or_its_id(root, name, page):
    assert page_path(root, name) == path_named(root, name) == page
    assert page_path(root, root / TALKS) == TALKS


@pytest.mark.parametrize(
    ("name", "path"),
    [("2016", "content/articles/2016"), ("seeds", "seeds"), ("../..", "."), ("raqqa", "raqqa")],
)
def test_files_and_folders_are_named_by_their_paths(root, name, path):
    assert path_named(root, name) == path


def test_a_folder_does_not_hide_the_page_with_that_id(root):
    assert page_path(root, "raqqa") == "content/entities/raqqa.md"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("2016/talk-open", "did you mean `2016/talks-open`?"),
        ("talks-open", "did you mean `2016/talks-open`?"),
        ("entities/raqa", "did you mean `entities/raqqa`?"),
        ("talks", "may be any of content/entities/talks.md, content/dossiers/talks.md: name the file"),
        ("2016/nothing-like-it", "an article's id such as 2016/some-slug"),
        ("/etc", "an article's id such as 2016/some-slug"),
    ],
)
def test_what_is_not_there_is_told_with_what_may_be_meant(root, name, words):
    for named in (page_path, path_named):
        with pytest.raises(click.UsageError) as error:
            named(root, name)
        assert words in str(error.value)


def test_a_link_out_of_the_repository_is_not_in_it(root, tmp_path_factory):
    (root / "out").symlink_to(tmp_path_factory.mktemp("elsewhere"))
    with pytest.raises(click.UsageError, match="out is not in this repository"):
        path_named(root, Path("out"))


def test_a_record_is_named_by_its_id_or_its_file():
    assert {
        record_id(name) for name in ("raqqa", "raqqa.md", "entities/raqqa", "content/entities/raqqa.md")
    } == {"raqqa"}
