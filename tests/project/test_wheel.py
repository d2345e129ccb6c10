"""What ships in the wheel is enough: a new repository is made and built from it alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dossierkit.commands.init import run

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("scripts", "templates", "pyproject.toml", "LICENSE", "NOTICE", "README.md", ".gitignore")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built from a copy, as a clean clone would have it."""
    source = tmp_path_factory.mktemp("source")
    for name in PARTS:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(source / "out")]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return next((source / "out").glob("*.whl"))


def shipped(folder):
    return {
        file.relative_to(folder).as_posix()
        for file in folder.rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }


def test_every_file_of_the_package_and_every_template_ships(wheel):
    names = {name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("dossierkit/")}
    assert names == {
        *(f"dossierkit/{name}" for name in shipped(ROOT / "scripts" / "dossierkit")),
        *(f"dossierkit/templates/{name}" for name in shipped(ROOT / "templates")),
    }


def test_a_site_is_made_from_the_wheel_alone(wheel, tmp_path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "packages")
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "packages")}

    def python(*arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    where = python("-c", "import dossierkit; print(dossierkit.__file__)").stdout
    assert Path(where).is_relative_to(tmp_path)
    assert python("-m", "dossierkit", "init", "new").returncode == 0
    built = python("-m", "dossierkit", "-C", "new", "build", "--strict")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "new" / "site" / "assets" / "dossierkit" / "dossier.css").is_file()
    assert (tmp_path / "new" / "site" / "timeline" / "index.html").is_file()


def test_the_requirements_of_a_new_repository_name_this_wheel(wheel, tmp_path):
    run(tmp_path / "new", name=None)
    text = (tmp_path / "new" / "requirements.txt").read_text(encoding="utf-8")
    assert f"\n./wheels/{wheel.name}\n" in text
