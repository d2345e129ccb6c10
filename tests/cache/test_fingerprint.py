"""One fingerprint of the programs, for all that is kept."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import dossierkit

PRINT = (
    "from dossierkit.cache.fingerprint import fingerprint as f; print(f(['nh3'], 'part'), f(), f(model=True))"
)


def prints(folder: Path) -> list[str]:
    env = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, "-c", PRINT], env=env, capture_output=True, text=True, check=True)
    return done.stdout.split()


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory) -> Path:
    """The package at another place, without the name model, which is not small."""
    folder = tmp_path_factory.mktemp("elsewhere")
    shutil.copytree(
        Path(dossierkit.__file__).parent,
        folder / "dossierkit",
        ignore=shutil.ignore_patterns("__pycache__", "*.onnx"),
    )
    return folder


def test_it_is_the_same_wherever_the_package_lies_and_whenever_it_was_written(elsewhere):
    here = prints(Path(dossierkit.__file__).parents[1])
    there = prints(elsewhere)
    assert there[:2] == here[:2]
    assert there[2] != here[2], "the model is another one"


@pytest.mark.parametrize("file", ["site/pages/home.py", "data/risk.yml", "extract/languages/fr/names.py"])
def test_it_changes_with_any_file_of_the_package(elsewhere, file):
    before, text = prints(elsewhere), (elsewhere / "dossierkit" / file).read_text("utf-8")
    (elsewhere / "dossierkit" / file).write_text(f"{text}\n", encoding="utf-8")
    after = prints(elsewhere)
    (elsewhere / "dossierkit" / file).write_text(text, encoding="utf-8")
    assert all(one != other for one, other in zip(before, after, strict=True))
