"""One repository, one site: whoever builds it, where, when, with how many processes, and whatever was built before."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[1] / "releases" / "0.1.0"
LATER = "content/articles/2017/ar.md"
PYTHONS = ("python3.11", "python3.12", "python3.13", "python3.14")
BUILD = """
import os, sys
from dossierkit.parallel import fork
fork._FEWEST, umask, *arguments = int(sys.argv[1]), int(sys.argv[2], 8), *sys.argv[3:]
os.umask(umask)
from dossierkit.cli import main
main(arguments)
"""
ONE, MANY = "1000000", "1"
"""How few items a process of its own is started for."""

pytestmark = pytest.mark.engine


def furnished(root):
    shutil.copytree(REPOSITORY, root)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings.replace("cards: false", "cards: 2"), encoding="utf-8")
    return root


def build(root, *options, fewest=ONE, umask="022", python=sys.executable, **environment):
    command = [python, "-c", BUILD, fewest, umask, "-C", str(root), "build", "--strict", *options]
    settled = {"SOURCE_DATE_EPOCH": "1767225600", "PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    environment = {**os.environ, **settled, **environment}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = (path for path in (root / "site").rglob("*") if path.is_file())
    return {path.relative_to(root / "site").as_posix(): path.read_bytes() for path in found}


@pytest.fixture(scope="module")
def plain(tmp_path_factory):
    """What a clean build makes in one process."""
    return build(furnished(tmp_path_factory.mktemp("plain") / "repository"), "--no-cache")


def assert_same(ours, theirs):
    assert [path for path in sorted(ours.keys() | theirs.keys()) if ours.get(path) != theirs.get(path)] == []


def test_all_that_surrounds_a_build_makes_no_difference_nor_what_was_built_before(plain, tmp_path):
    elsewhere = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANGUAGE": "ar"}
    root = furnished(tmp_path / "ailleurs, où l’on écrit")
    page = root / LATER
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("لم يحضر", "وقد حضر"), encoding="utf-8")
    assert build(root, fewest=MANY, umask="077", **elsewhere) != plain
    page.write_text(text, encoding="utf-8")
    assert_same(build(root, fewest=MANY, umask="077", **elsewhere), plain)


def test_nothing_compressed_names_the_system_that_compressed_it(plain):
    packed = {path: content for path, content in plain.items() if content.startswith(b"\x1f\x8b")}
    assert packed
    assert {path for path, content in packed.items() if content[9] != 255} == set()


def other_pythons():
    """Those of this machine that have what is needed installed."""
    for name in PYTHONS:
        found = shutil.which(name)
        if found and Path(found).resolve() != Path(sys.executable).resolve():
            tried = subprocess.run(
                [found, "-c", "import dossierkit.cli, mkdocs, material"], capture_output=True, check=False
            )
            if tried.returncode == 0:
                yield found


def test_another_python_makes_the_same(plain, tmp_path):
    others = list(other_pythons())
    if not others:
        pytest.skip("no other Python here has Dossierkit installed")
    for number, python in enumerate(others):
        root = furnished(tmp_path / str(number))
        assert_same(build(root, "--no-cache", python=python), plain)
