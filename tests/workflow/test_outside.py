"""Commands outside of a repository: nothing is done, and the message says where to go."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from dossierkit.cli import main


@pytest.mark.parametrize("command", [["check"], ["add", "a.txt"], ["build"], ["update"]])
def test_a_command_in_a_folder_of_a_repository_names_the_repository(tmp_path, monkeypatch, command):
    root = tmp_path / "my desk"
    inside = root / "content/articles"
    inside.mkdir(parents=True)
    (root / "mkdocs.yml").write_text("site_name: x\n", encoding="utf-8")
    monkeypatch.chdir(inside)
    done = CliRunner().invoke(main, command)
    assert done.exit_code == 2
    assert (
        f"no mkdocs.yml in {inside}: {root} has one: go there, or name it with `dossier -C '{root}'`"
        in done.stderr
    )
    assert not list(inside.iterdir())


def test_a_command_in_no_repository_says_how_to_make_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 2
    assert "`dossier init DIR`" in done.stderr
