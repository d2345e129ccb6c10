"""What git knows of pages: read from real repositories, and from lines that pretend to be git's."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.git import git

from dossierkit.store.history import ShallowError, contents, head, histories, read

PAGE = "---\ntitle: {title}\nstatus: {status}\n---\n\n{text}\n"
ONE, TWO = "content/articles/2016/one.md", "content/articles/2016/two.md"


class History:
    """A repository whose commits are made on days that are told."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()
        self.git("init", "-q", "-b", "main")

    def git(self, *arguments: str, day: str = "2026-01-01") -> str:
        return git(self.root, *arguments, when=f"{day}T12:00:00 +0000")

    def commit(self, day: str, **pages: str | None) -> None:
        for name, text in pages.items():
            file = self.root / f"content/articles/2016/{name}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.unlink() if text is None else file.write_text(text, encoding="utf-8")
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", "x", day=day)

    @property
    def arrived(self) -> dict[str, str]:
        return {path: one.arrived for path, one in histories(self.root, "content/articles").items()}


@pytest.fixture
def history(tmp_path) -> History:
    return History(tmp_path / "one")


def page(title: str = "One", status: str = "published", text: str = "Text.") -> str:
    return PAGE.format(title=title, status=status, text=text)


def test_a_page_came_on_the_day_on_which_it_was_first_shown(history):
    history.commit("2026-01-02", one=page(status="draft"), two=page(status="reviewed"))
    history.commit("2026-01-05", one=page(status="published"))
    history.commit("2026-01-09", one=page(status="published", text="More."))
    assert history.arrived == {ONE: "2026-01-05", TWO: "2026-01-02"}
    one = histories(history.root, "content/articles")[ONE]
    assert one.touched == "2026-01-09"
    first, last = contents(history.root, (one.first, one.last))
    assert (first.decode(), last.decode()) == (page(), page(text="More."))


def test_a_draft_has_not_come(history):
    history.commit("2026-01-02", one=page(status="draft"), two="---\ntitle: Two\n---\n\nText.\n")
    assert history.arrived == {ONE: "", TWO: ""}


def test_another_name_changes_nothing(history):
    history.commit("2026-01-02", one=page())
    history.commit("2026-01-05", one=None, two=page())
    assert history.arrived == {TWO: "2026-01-02"}


def test_what_was_removed_and_comes_again_came_then(history):
    history.commit("2026-01-02", one=page())
    history.commit("2026-01-03", one=None)
    history.commit("2026-01-05", one=page(text="Something else entirely, of which nothing was there."))
    assert history.arrived == {ONE: "2026-01-05"}


def test_a_branch_came_when_it_was_merged(history):
    history.commit("2026-01-01", two=page())
    history.git("checkout", "-q", "-b", "side")
    history.commit("2026-01-02", one=page())
    history.git("checkout", "-q", "main")
    history.commit("2026-01-03")
    history.git("merge", "-q", "--no-ff", "-m", "m", "side", day="2026-01-08")
    assert history.arrived == {ONE: "2026-01-08", TWO: "2026-01-01"}


@pytest.mark.parametrize(
    "text",
    [
        "status: published",
        "---\nstatus: published",
        "++ b/content/articles/2016/two.md\n@@ -1,9 +1,9 @@\nstatus: published",
    ],
)
def test_no_text_of_an_article_is_taken_for_its_status_or_for_what_git_says(history, text):
    history.commit("2026-01-02", one=page(status="draft", text=text), two=page(status="draft"))
    history.commit("2026-01-03", one=page(status="draft", text=f"Before.\n\n{text}\n\nAfter."))
    assert history.arrived == {ONE: "", TWO: ""}


def test_a_name_of_a_file_is_no_commit():
    assert read([b"\x00 2026-01-01\n", b"junk\n", b":x\n", b"+++ b/a\n"]) == {}


def test_a_folder_without_history_has_none(tmp_path):
    assert head(tmp_path) == ""
    assert histories(tmp_path, "content/articles") == {}


def test_a_shallow_clone_says_that_it_is_one(history, tmp_path):
    history.commit("2026-01-02", one=page())
    history.commit("2026-01-03", two=page())
    assert len(head(history.root)) == 40
    history.git("clone", "-q", "--depth", "1", f"file://{history.root}", str(tmp_path / "clone"))
    with pytest.raises(ShallowError):
        head(tmp_path / "clone")
