"""Sites that several tests look at: each is built once, for all processes of a run."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import ModuleType

import pytest
from filelock import FileLock
from tests.support.process import succeeds
from tests.support.repository import contents

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def once(request, tmp_path_factory):
    """`once(name, make)`: a folder that `make(folder)` fills, one for all processes of a run."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if hasattr(request.config, "workerinput") else base

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder, begun = base / f"once-{name}", base / f"begun-{name}"
        with FileLock(f"{folder}.lock"):
            if not folder.exists():
                shutil.rmtree(begun, ignore_errors=True)
                begun.mkdir()
                make(begun)
                begun.rename(folder)
        return folder

    return made


@pytest.fixture(scope="session")
def demo(once) -> Callable[[str], Path]:
    """`demo(engine)`: the demo as that engine builds it for https://x.test/, where nothing is known of its git.

    All are built in one folder: what the first drew and compiled the others find.
    """

    def make(engine: str, folder: Path) -> None:
        root = once("demo", copy_demo)
        command = [sys.executable, "-m", "dossierkit", "build", "--strict", "--engine", engine]
        environment = {**os.environ, "PYTHONHASHSEED": "77", "SITE_URL": "https://x.test/"}
        with FileLock(f"{root}-built.lock"):
            done = subprocess.run(
                command,
                cwd=root,
                env=environment,
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
            )
            assert done.returncode == 0, done.stderr
            (root / "site").rename(folder / "site")

    return lambda engine: once(engine, partial(make, engine)) / "site"


def as_mkdocs_makes(site: Path) -> dict[str, bytes]:
    """The files of a site by MkDocs or ProperDocs, by path, with what both have to have alike: they list pages in the sitemap in an
    order of their own, and the manifest names the engine and all checksums.
    """
    files = contents(site)
    packed, sitemap = files["sitemap.xml.gz"], files["sitemap.xml"]
    assert gzip.decompress(packed) == sitemap
    alike = {"sitemap.xml": b"\n".join(sorted(sitemap.splitlines())), "sitemap.xml.gz": packed[:10]}
    assert files.pop(".well-known/dossier.json")
    return {**files, **alike}


WITHOUT_CARDS = "extra:\n  dossier: {cards: false}\n"
"""In place of `extra:` in the demo's settings: drawing cards is half of a build of it."""


def copy_demo(folder: Path) -> None:
    """The demo repository, without anything derived."""
    for name in ("content", "seeds", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "mkdocs.yml", folder)


@pytest.fixture(scope="session")
def hostile() -> ModuleType:
    """What writes a repository full of attacks."""
    from tests.support import hostile  # noqa: PLC0415 -- only for tests that attack

    return hostile


@pytest.fixture(scope="session")
def hostile_copy(once, hostile) -> Callable[[Path], Path]:
    """`hostile_copy(folder)`: that repository, in a folder."""
    return lambda folder: shutil.copytree(once("hostile", hostile.write), folder, dirs_exist_ok=True)


@pytest.fixture(scope="session")
def attacked(once, hostile_copy) -> Callable[[str], Path]:
    """`attacked(engine)`: the folder of the site that an engine makes of that repository."""

    def make(engine: str, folder: Path) -> None:
        hostile_copy(folder)
        succeeds("build", "--engine", engine, cwd=folder)

    return lambda engine: once(f"hostile-{engine}", partial(make, engine)) / "site"
