"""The demo is as its editors left it: an update changes no byte of it, and a check finds nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner

from dossierkit.cli import main

ROOT = Path(__file__).parents[2]


def tree(root: Path) -> dict[str, bytes]:
    folders = (root / "content", root / "seeds")
    files = (file for folder in folders for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in files}


def test_an_update_of_the_demo_changes_nothing_and_nothing_waits(tmp_path: Path) -> None:
    for name in ("content", "seeds", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    before = tree(tmp_path)
    done = CliRunner().invoke(main, ["-C", str(tmp_path), "update"], catch_exceptions=False)
    assert done.exit_code == 0
    assert {name for name, data in tree(tmp_path).items() if before.get(name) != data} == set()
    assert tree(tmp_path).keys() == before.keys()
    checked = CliRunner().invoke(main, ["-C", str(tmp_path), "check"], catch_exceptions=False)
    assert "0 errors, 0 warnings" in checked.output
