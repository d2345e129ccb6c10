"""What a release needs before it is made: one version everywhere, and notes."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.support.yaml_files import read_yaml

ROOT = Path(__file__).resolve().parents[2]
CHANGELOG = """\
# Changelog

## [Unreleased]

### Added

* A thing to come.

## [0.2.0] - 2027-01-31

### Added

* A thing.

## [0.1.0]

* The first.
"""


@pytest.fixture
def released(tmp_path):
    """The notes for a tag, in a repository of the version given."""

    def run(version, *tag):
        (tmp_path / "scripts").mkdir(exist_ok=True)
        script = tmp_path / "scripts" / "release_notes.py"
        script.write_text(
            (ROOT / "scripts" / "release_notes.py").read_text(encoding="utf-8"), encoding="utf-8"
        )
        (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, encoding="utf-8")
        (tmp_path / "pyproject.toml").write_text(f'[project]\nversion = "{version}"\n', encoding="utf-8")
        command = [sys.executable, str(script), *tag]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return run


def test_the_notes_are_the_section_of_the_version(released):
    done = released("0.2.0", "v0.2.0")
    assert (done.returncode, done.stdout) == (0, "### Added\n\n* A thing.\n")


def test_without_a_tag_the_notes_are_what_is_unreleased(released):
    assert released("0.2.0").stdout == "### Added\n\n* A thing to come.\n"


@pytest.mark.parametrize(
    ("version", "tag", "said"),
    [
        ("0.2.0", "v0.3.0", "the tag is v0.3.0, pyproject.toml says 0.2.0"),
        ("0.3.0", "v0.3.0", "CHANGELOG.md has no section [0.3.0]"),
        ("0.1.0", "v0.1.0", "has no date"),
    ],
)
def test_a_release_that_is_not_ready_is_refused(released, version, tag, said):
    done = released(version, tag)
    assert done.returncode == 1
    assert said in done.stderr
    assert not done.stdout


def test_every_place_that_names_the_version_names_the_same():
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    package = (ROOT / "scripts" / "dossierkit" / "__init__.py").read_text(encoding="utf-8")
    assert re.search(r'__version__ = "([^"]+)"', package)[1] == version
    assert read_yaml(ROOT / "CITATION.cff")["version"] == version


def test_the_wheel_is_tried_on_every_python_that_is_declared():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {
        name.rsplit(" ", 1)[1] for name in project["classifiers"] if re.search(r"Python :: 3\.\d+$", name)
    }
    workflow = read_yaml(ROOT / ".github/workflows/release.yml")
    assert set(workflow["jobs"]["try"]["strategy"]["matrix"]["python"]) == declared
    assert workflow["jobs"]["publish"]["needs"] == ["ci", "try"], (
        "nothing is published that CI has not passed"
    )
    assert workflow["jobs"]["ci"]["uses"] == "./.github/workflows/ci.yml"
    tests = read_yaml(ROOT / ".github/workflows/ci.yml")
    assert "workflow_call" in tests[True], "YAML 1.1 reads `on` as true"
    assert workflow["jobs"]["publish"]["if"] == "github.event_name == 'push'"
