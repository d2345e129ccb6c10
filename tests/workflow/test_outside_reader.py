"""A reader that another package brings: the one of docs/how-to/extend.md, built as a wheel and put where packages are."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "extend.md"
SRT = "1\n00:00:01,000 --> 00:00:04,000\nAda Moreau opened the bridge.\n\n2\n00:01:02,000 --> 00:01:04,000\nNobody <i>else</i> spoke.\n"


def block(language: str) -> str:
    match = re.search(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert match
    return match[1]


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """The folder that the package was installed to, from its wheel."""
    pytest.importorskip("hatchling")
    folder = tmp_path_factory.mktemp("srt")
    (folder / "dossier_srt.py").write_text(block("python"), encoding="utf-8")
    (folder / "pyproject.toml").write_text(block("toml"), encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"],
        cwd=folder,
        check=True,
        capture_output=True,
    )
    (wheel,) = (folder / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site")
    return folder / "site"


def dossier(repo: Path, path: Path | None, *words: object) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **({"PYTHONPATH": str(path)} if path else {})}
    command = [sys.executable, "-m", "dossierkit", "-C", str(repo), *map(str, words)]
    return subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8", check=False)


def test_a_format_of_another_package_is_added_and_updated(installed, tmp_path):
    repo = tmp_path / "repo"
    for name in ("seeds", "content/articles", "content/entities"):
        (repo / name).mkdir(parents=True)
    (repo / "mkdocs.yml").write_text("site_name: T\n", encoding="utf-8")
    (tmp_path / "The opening.srt").write_text(SRT, encoding="utf-8")
    without = dossier(repo, None, "add", tmp_path / "The opening.srt")
    assert without.returncode == 2
    assert "files of the kind `.srt` are not read" in without.stderr
    done = dossier(repo, installed, "add", tmp_path / "The opening.srt")
    assert done.returncode == 0, done.stderr
    page = (repo / "content/articles/undated/the-opening.md").read_text("utf-8")
    assert 'pages: "00:00@0 00:01@25"' in page
    assert page.endswith("Ada Moreau opened the bridge.\n\nNobody &lt;i>else&lt;/i> spoke.\n")
    assert dossier(repo, installed, "update").returncode == 0
    assert (repo / "content/articles/undated/the-opening.md").read_text("utf-8") == page
