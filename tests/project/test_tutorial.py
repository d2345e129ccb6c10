"""The shell blocks of the README's five minutes and of the tutorial do what is said there, word for word.

Each page is read from top to bottom. A `sh` block is run by a shell in the folder where the one before it ended; the `text`
blocks after it must stand in what it printed. Where they tell of errors, it must end with exit code 1, else with 0.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FOUND = re.compile(r"^[1-9]\d* errors?, ", re.MULTILINE)

pytestmark = pytest.mark.skipif(
    sys.prefix == sys.base_prefix or not shutil.which("perl"),
    reason="the pages start from a virtual environment, and edit with perl",
)


def section(page, heading=""):
    text = (ROOT / page).read_text(encoding="utf-8")
    if heading:
        text = re.split(rf"^## {heading}$", text, flags=re.MULTILINE)[1]
        text = re.split(r"^## ", text, flags=re.MULTILINE)[0]
    return text


def steps(text):
    """Each shell block with the outputs that are shown for it."""
    found = []
    for language, block in BLOCK.findall(text):
        if language == "sh":
            found.append((block, []))
        else:
            found[-1][1].append(block)
    return found


@pytest.fixture
def checkout(tmp_path):
    """A folder as `make site` leaves a clone, as far as the pages use it."""
    (tmp_path / "dossierkit").mkdir()
    (tmp_path / "dossierkit" / ".venv").symlink_to(sys.prefix)
    return tmp_path / "dossierkit"


def follow(text, folder):
    """Run the blocks one after another; the folder where the last one ended."""
    environment = {**os.environ, "PATH": f"{Path(sys.prefix) / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    where = folder.parent / ".where"
    for block, outputs in steps(text):
        script = f"set -e\ntrap 'pwd > {where}' EXIT\n{block}"
        done = subprocess.run(
            ["/bin/sh", "-c", script],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        printed = done.stdout + done.stderr
        expected = int(any(FOUND.search(output) for output in outputs))
        assert done.returncode == expected, f"{block}\n{printed}"
        for output in outputs:
            assert output.strip("\n") in printed, f"{block}\n{printed}"
        folder = Path(where.read_text(encoding="utf-8").strip())
    return folder


def page(site, path):
    return (site / path / "index.html").read_text(encoding="utf-8")


def test_five_minutes(checkout):
    text = section("README.md", "Your own first dossier in five minutes")
    assert len(steps(text)) >= 5
    site = follow(text, checkout) / "site"
    article = page(site, "articles/2016/council-reopens-the-old-bridge")
    for words in ("27 May 2016", "late March 2015", "6–12 June 2016", "Ada Moreau", "Lenn Valley Council"):
        assert words in article
    assert "The old bridge" in page(site, "dossiers/first-dossier")


def test_the_tutorial(checkout):
    site = follow(section("docs/tutorial/first-dossier.md"), checkout) / "site"
    dossier = page(site, "dossiers/first-dossier")
    for words in (
        "late March 2015",
        "October 2014",
        "last week",
        "27 May 2016",
        "reopened the old bridge on Friday",
    ):
        assert words in dossier
    assert page(site, "articles/undated/chair-of-the-council-resigns")


def test_the_bodies_of_both_pages_are_run():
    for text in (
        section("README.md", "Your own first dossier in five minutes"),
        section("docs/tutorial/first-dossier.md"),
    ):
        languages = set(re.findall(r"^```(\w+)", text, re.MULTILINE))
        assert languages <= {"sh", "text", "yaml"}, "other blocks would be read and not tried"
