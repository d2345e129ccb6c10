"""Files that people write beside sources, in another encoding than UTF-8: nothing in them is lost, and the place is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.support.runner import printed as dossier

PAGE = "content/articles/2016/bridge-opens.md"
KNOWN = "publisher: Société\n# déjà vu\n".encode("latin-1")
DECIDED = "- {decision: junk, name: Société}\n".encode("latin-1")


@pytest.fixture
def root(tmp_path, monkeypatch) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\n", encoding="utf-8")
    text = "Bridge opens\n\nAda Moreau opened the bridge in Geneva on 3 May 2016.\n"
    (tmp_path / "bridge.txt").write_text(text, encoding="utf-8")
    (tmp_path / "table.csv").write_text("file,author\nbridge.txt,Bob Lee\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


def added(root):
    dossier(root, "add", "bridge.txt", "--date", "2016-05-04", "--lang", "en")
    return root / "seeds/bridge.yml"


def test_a_table_adds_nothing_to_a_curators_file_in_another_encoding(root):
    Path("bridge.yml").write_bytes(KNOWN)
    told = dossier(root, "add", "bridge.txt", "--metadata", "table.csv", code=1)
    assert "bridge.yml:1:16: D406" in told
    assert "the byte E9 is not UTF-8, and would be `é` in Windows-1252" in told
    assert not list(root.rglob("*.txt"))


@pytest.mark.parametrize("arguments", [(), ("--metadata", "table.csv")])
def test_an_update_leaves_a_curators_file_in_another_encoding_and_the_page(root, arguments):
    beside = added(root)
    beside.write_bytes(KNOWN)
    before = (root / PAGE).read_bytes()
    assert "seeds/bridge.yml:1:16: D406" in dossier(root, "update", *arguments, code=1)
    assert (beside.read_bytes(), (root / PAGE).read_bytes()) == (KNOWN, before)


@pytest.mark.parametrize(
    "text", ["---\npublisher: The Lenn Courier\n", "---\npublisher: The Lenn Courier\n---\n"]
)
def test_a_curators_file_may_be_a_yaml_document_with_its_markers(root, text):
    beside = added(root)
    beside.write_text(text, encoding="utf-8")
    dossier(root, "update", "--metadata", "table.csv")
    assert beside.read_text(encoding="utf-8").startswith(
        "---\npublisher: The Lenn Courier\nauthor: Bob Lee\n"
    )
    assert "publisher: The Lenn Courier" in (root / PAGE).read_text(encoding="utf-8")


def test_a_problem_in_a_yaml_document_has_the_line_of_the_file(root):
    added(root).write_text("---\npublisher: x\ndate: [1]\n", encoding="utf-8")
    assert "seeds/bridge.yml:3:7: " in dossier(root, "update", code=1)


def test_decisions_in_another_encoding_are_told_and_stay(root):
    added(root)
    decided = root / "seeds/decisions.yml"
    decided.write_bytes(DECIDED)
    for command in ("check", "update"):
        assert "seeds/decisions.yml:1:30: D100 the byte E9 is not UTF-8" in dossier(root, command, code=1)
    assert decided.read_bytes() == DECIDED


def test_the_merge_driver_leaves_a_proposal_in_another_encoding_to_git(root, tmp_path):
    added(root)
    proposal = (root / "seeds/bridge.suggested.yml").read_bytes()
    sides = [tmp_path / name for name in ("base", "ours", "theirs")]
    for side in sides:
        side.write_bytes(proposal)
    sides[1].write_bytes(proposal.replace(b"Ada Moreau", b"Ada Mor\xe9au"))
    before = sides[1].read_bytes()
    dossier(root, "merge-driver", *map(str, sides), "seeds/bridge.suggested.yml", code=1)
    assert sides[1].read_bytes() == before
