"""Clones in which git converts line endings, as it does on Windows (`core.autocrlf`): with real git."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.support.git import git
from tests.support.runner import printed as dossier

TEXT = "Talks open in {0}\n\nMona Example met Karl Sample in {0} on 3 May 2016.\n"
PAGE = "content/articles/2016/talks-open-in-{}.md"


@pytest.fixture
def windows(tmp_path) -> Path:
    """A repository in which git converts, with a source in LF and one in CRLF."""
    root = tmp_path / "first"
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    git(root, "config", "core.autocrlf", "true")
    dossier(root, "init", ".", "--name", "Talks")
    settings = (root / "mkdocs.yml").read_text("utf-8")
    (root / "mkdocs.yml").write_text(
        settings.replace('site_description: ""', 'site_description: "Talks"'), "utf-8"
    )
    (tmp_path / "lf.txt").write_bytes(TEXT.format("Geneva").encode())
    (tmp_path / "crlf.txt").write_bytes(TEXT.format("Vienna").replace("\n", "\r\n").encode())
    dossier(root, "add", tmp_path / "lf.txt", tmp_path / "crlf.txt", "--date", "2016-05-30", "--lang", "en")
    dossier(root, "review", "--bulk", "accept", "--words", "Mona Example", "--yes")
    for city in ("geneva", "vienna"):
        dossier(root, "publish", "--accept", PAGE.format(city))
    dossier(root, "update")
    return root


def cloned(root: Path, converts: str) -> Path:
    git(root, "add", "-A")
    git(root, "commit", "-qm", "Talks")
    copy = root.parent / f"clone-{converts}"
    git(root.parent, "clone", "-q", "-c", f"core.autocrlf={converts}", str(root), str(copy))
    return copy


def test_a_pointer_of_git_lfs_in_place_of_a_source_says_so_and_what_to_do(windows):
    source = windows / "seeds" / "lf.txt"
    digest = hashlib.sha256(source.read_bytes()).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{digest}\nsize 79\n"
    source.write_bytes(pointer.encode())
    for command in ("check", "update", "verify"):
        found = dossier(windows, command, code=1)
        assert "seeds/lf.txt is a pointer of Git LFS to what was added: run `git lfs pull`" in found
        assert "--replaces" not in found


@pytest.mark.parametrize("converts", ["true", "false"])
def test_sources_are_the_same_bytes_in_every_clone_and_nothing_is_written_again(windows, converts):
    root = cloned(windows, converts)
    assert (b"\r\n" in (root / PAGE.format("geneva")).read_bytes()) == (converts == "true")
    checked = dossier(root, "check")
    assert "0 errors, 0 warnings" in checked
    assert "git converts" not in checked
    pages = {
        path: path.read_bytes() for path in root.rglob("*") if path.is_file() and ".git" not in path.parts
    }
    assert "2 pages unchanged" in dossier(root, "update")
    assert {path: path.read_bytes() for path in pages} == pages
    assert git(root, "status", "--porcelain") == ""
    assert dossier(root, "diff", "--base", "HEAD") == "Nothing changed in meaning.\n"


@pytest.mark.parametrize("city", ["geneva", "vienna"])
def test_a_source_whose_line_endings_git_converted_says_so_and_what_to_do(windows, city, monkeypatch):
    monkeypatch.delenv("CI", raising=False)
    said = "git converts line endings of sources in this clone"
    assert said not in dossier(windows, "check")
    lines = (windows / ".gitattributes").read_text("utf-8").splitlines(keepends=True)
    (windows / ".gitattributes").write_text("".join(line for line in lines if "-text" not in line), "utf-8")
    assert said in dossier(windows, "check")
    root = cloned(windows, "true" if city == "geneva" else "false")
    file = "seeds/lf.txt" if city == "geneva" else "seeds/crlf.txt"
    (found,) = [line for line in dossier(root, "check", code=1).splitlines() if "D601" in line]
    assert f"{file} is what was added but for its line endings: git converted them" in found
    (updated,) = [line for line in dossier(root, "update", code=1).splitlines() if "D501" in line]
    assert f"its source {file} is what was added but for its line endings" in updated
    where = root if city == "geneva" else windows
    with (where / ".gitattributes").open("a", encoding="utf-8") as attributes:
        attributes.write("/seeds/** -text\n")
    if city == "geneva":
        (root / file).unlink()
        git(root, "checkout", "--", file)
    else:
        git(windows, "add", "--renormalize", "seeds")
        git(windows, "add", "-A")
        git(windows, "commit", "-qm", "Line endings")
        git(root, "pull", "-q")
    assert "D601" not in dossier(root, "check")
