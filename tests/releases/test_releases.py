"""Repositories as each release knew them still build, and what their sites promised still stands: docs/reference/compatibility.md."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.releases.promised import promised

from dossierkit.build import mkdocs_build
from dossierkit.build.configuration import load
from dossierkit.workflow.verify import run as verify

HERE = Path(__file__).parent
RELEASES = sorted(path.parent.name for path in HERE.glob("*/promised.json"))


def test_there_is_a_release():
    assert RELEASES


@pytest.mark.engine
@pytest.mark.parametrize("release", RELEASES)
def test_a_repository_of_a_release_builds_and_keeps_what_it_promised(tmp_path, monkeypatch, release):
    monkeypatch.setenv("DOSSIER_NOW", "2026-01-01T00:00:00Z")
    root = shutil.copytree(HERE / release, tmp_path / "repository")
    assert verify(root) == 0
    config = load(root)
    config.strict = True
    assert mkdocs_build.run(config, keep=False) == 0
    now = promised(root / "site")
    frozen = json.loads((root / "promised.json").read_text(encoding="utf-8"))
    lost = {
        f"{kind}: {path}": sorted(set(one) - set(now[kind].get(path, ())))
        for kind, files in frozen.items()
        for path, one in files.items()
    }
    assert {name: one for name, one in lost.items() if one} == {}
