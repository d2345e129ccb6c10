"""`dossier diff` in real git repositories."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from tests.support.git import git

from dossierkit.cli import main

MKDOCS = "site_name: x\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [dossier]\n"
PAGE = """\
---
title: A
status: published
entities: [jane]
timeline:
  - {date: 2016-01-29, text: Opens, quote: opened on Friday}
---

Jane opened on Friday.
"""


def write(root, path, text):
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, encoding="utf-8", newline="")


def commit(root, message="x"):
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message)
    return git(root, "rev-parse", "HEAD")


@pytest.fixture
def root(tmp_path):
    git(tmp_path, "init", "-q")
    write(tmp_path, "mkdocs.yml", MKDOCS)
    write(tmp_path, "content/articles/a.md", PAGE)
    write(tmp_path, "content/entities/jane.md", "---\ntitle: Jane\ntype: person\n---\n")
    commit(tmp_path)
    return tmp_path


def diff(root, *arguments):
    return CliRunner().invoke(main, ["-C", str(root), "diff", *arguments])


def test_nothing_changed(root):
    result = diff(root)
    assert (result.exit_code, result.stdout) == (0, "Nothing changed in meaning.\n")


def test_the_work_tree_is_compared_with_head(root):
    write(root, "content/articles/a.md", PAGE.replace("2016-01-29", "2016-01"))
    result = diff(root)
    assert "content/articles/a.md: 1 event changed" in result.stdout
    assert "Opens: date 2016-01-29 → 2016-01" in result.stdout
    assert "“opened on Friday”" in result.stdout


def test_a_branch_is_compared_with_where_it_left_main(root):
    git(root, "checkout", "-q", "-b", "work")
    write(root, "content/articles/b.md", PAGE.replace("title: A", "title: B"))
    commit(root)
    git(root, "checkout", "-q", "main")
    write(root, "content/articles/c.md", PAGE.replace("title: A", "title: C"))
    commit(root)
    git(root, "checkout", "-q", "work")
    result = diff(root)
    assert "content/articles/b.md" in result.stdout
    assert "c.md" not in result.stdout


def test_a_branch_of_origin_goes_first(root):
    git(root, "update-ref", "refs/remotes/origin/main", "HEAD")
    write(root, "content/articles/b.md", PAGE)
    commit(root)
    assert "content/articles/b.md" in diff(root).stdout


def test_any_revision_may_be_named(root):
    first = git(root, "rev-parse", "HEAD")
    git(root, "tag", "v1")
    write(root, "content/entities/jane.md", "---\ntitle: Jane\ntype: person\naliases: [Janie]\n---\n")
    commit(root)
    for base in (first, first[:10], "v1", "HEAD~1"):
        assert "+ Janie (alias added)" in diff(root, "--base", base).stdout
    assert diff(root, "--base", "HEAD").stdout == "Nothing changed in meaning.\n"


@pytest.mark.parametrize("base", ["nowhere", "--output=/tmp/x", "", "HEAD:content"])
def test_no_such_revision(root, base):
    result = diff(root, f"--base={base}")
    assert result.exit_code == 2
    assert "git knows no revision" in result.stderr


def test_no_repository(tmp_path):
    write(tmp_path, "mkdocs.yml", MKDOCS)
    write(tmp_path, "content/index.md", "x")
    result = diff(tmp_path)
    assert result.exit_code == 2
    assert "is in no git repository: run `git init` there" in result.stderr


def test_a_repository_without_a_commit(tmp_path):
    git(tmp_path, "init", "-q")
    write(tmp_path, "mkdocs.yml", MKDOCS)
    write(tmp_path, "content/index.md", "x")
    assert diff(tmp_path).exit_code == 2


def test_a_dossier_may_lie_below_the_top_of_the_work_tree(tmp_path):
    git(tmp_path, "init", "-q")
    root = tmp_path / "sites" / "talks"
    write(root, "mkdocs.yml", MKDOCS)
    write(root, "content/articles/a.md", PAGE)
    write(tmp_path, "content/articles/other.md", PAGE)
    commit(tmp_path)
    write(root, "content/articles/a.md", PAGE.replace("status: published", "status: reviewed"))
    result = diff(root)
    assert "content/articles/a.md: published → reviewed" in result.stdout
    assert "other" not in result.stdout


def test_names_and_line_breaks_that_git_would_quote_or_change(root):
    write(root, 'content/articles/é "x".md', PAGE)
    write(root, "content/articles/crlf.md", PAGE.replace("\n", "\r\n"))
    commit(root)
    write(root, "content/articles/crlf.md", PAGE)
    assert diff(root).stdout == "Nothing changed in meaning.\n"


def test_links_and_large_repositories_do_not_matter(root):
    (root / "content" / "articles" / "link.md").symlink_to("a.md")
    for number in range(300):
        write(root, f"content/articles/p{number}.md", PAGE)
    commit(root)
    assert diff(root, "--base", "HEAD").stdout == "Nothing changed in meaning.\n"


def test_json(root):
    write(root, "content/articles/a.md", PAGE.replace("Jane opened on Friday", "Jane opened it"))
    told = json.loads(diff(root, "--format", "json").stdout)
    assert told["warnings"] == ["1 of your confirmed events now lacks its quote"]
    assert told["pages"][0]["changes"][0] == {
        "what": "event",
        "how": "lost",
        "name": "Opens",
        "date": "2016-01-29",
        "quote": "opened on Friday",
    }


def test_markdown(root):
    write(root, "content/articles/b.md", PAGE.replace("title: A", "title: B <b>"))
    comment = diff(root, "--format", "markdown").stdout
    assert comment.startswith(
        "### What changes in meaning\n\n**1 new article; 1 page goes online; 1 person; 1 event; 1 article without a source**\n"
    )
    assert (
        "<details open><summary><code>content/articles/b.md</code>: B &lt;b&gt; (1 person, 1 event, new → published)</summary>"
        in comment
    )
    assert "- **added** event: 2016-01-29 Opens\n  > opened on Friday\n" in comment


def test_a_source_that_is_not_as_it_was_received_any_more_is_warned_of(root):
    write(root, "seeds/a.txt", "as received")
    write(root, "seeds/a.yml", "publisher: P")
    commit(root)
    write(root, "seeds/a.yml", "publisher: Q")
    write(root, "seeds/b.txt", "another")
    assert "received" not in diff(root).stdout
    write(root, "seeds/a.txt", "as somebody wants it")
    assert diff(root).stdout.startswith("! seeds/a.txt changed or gone, although sources are kept as they")
    (root / "seeds/a.txt").unlink()
    assert diff(root).stdout.startswith("! seeds/a.txt changed or gone, although sources are kept as they")


def test_what_keeps_a_comment_from_calling_somebody_is_not_printed_as_an_escape(root):
    title = "'+1 of @everyone at https://lenn.example'"
    write(root, "content/articles/b.md", PAGE.replace("title: A", f"title: {title}\ndescription: {title}"))
    comment = diff(root, "--format", "markdown").stdout
    assert "+1 of @&#8203;everyone at https:&#8203;//lenn.example" in comment
    assert "u200b" not in comment


def test_files_that_are_not_compared_are_named_and_those_that_can_run_programs_are_warned_of(root):
    write(root, "seeds/a.txt", "as received")
    write(root, ".gitignore", "__pycache__/\n")  # as `init` writes it: the hook is compiled
    commit(root)
    write(root, "mkdocs.yml", MKDOCS + "hooks: [own.py]\n")
    write(root, "own.py", "")
    write(root, "templates/@all.html", "x")
    write(root, "content/about/index.md", "# About\n")
    write(root, "seeds/a.txt", "as somebody wants it")
    write(root, "seeds/new.txt", "a new source")
    write(root, "seeds/new.yml", "publisher: P")
    write(root, "seeds/a.yml", "publisher: P")
    write(root, "seeds/packs/own.jsonl", "{}")
    (root / "content/link.txt").symlink_to("/etc/hostname")
    for state in ("in the work tree", "committed"):
        if state == "committed":
            commit(root)
        base = ("--base", "HEAD~1") if state == "committed" else ()
        said = json.loads(diff(root, *base, "--format", "json").output)
        assert said["files"] == {
            "settings": ["mkdocs.yml", "own.py", "templates/@all.html"],
            "content": [
                "content/about/index.md",
                "content/link.txt",
                "seeds/a.txt",
                "seeds/a.yml",
                "seeds/packs/own.jsonl",
            ],
            "sources": ["seeds/a.txt"],
        }
        programs, sources = said["warnings"]
        assert "run programs" in programs
        assert sources.startswith("seeds/a.txt changed or gone")
        comment = diff(root, *base, "--format", "markdown").output
        assert "mkdocs.yml, own.py" in comment
        assert "@all" not in comment
        assert "Nothing changed" not in comment + diff(root, *base).output


def test_a_source_that_was_added_is_told_by_its_page(root):
    write(root, "seeds/new.txt", "a new source")
    write(root, "seeds/entities/jane.imported.yml", "facts: []")
    assert diff(root).output == "Nothing changed in meaning.\n"
