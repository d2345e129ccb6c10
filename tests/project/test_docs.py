"""The documentation builds as a site, with every link leading somewhere and nothing asked of another host."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FILES = ("mkdocs-docs.yml", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md", "CHANGELOG.md")


def copied(folder):
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "docs", folder / "docs")
    (folder / "scripts").mkdir()
    shutil.copy(ROOT / "scripts" / "docs_site.py", folder / "scripts" / "docs_site.py")
    return folder


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A copy of the documentation, with its site."""
    repository = copied(tmp_path_factory.mktemp("docs"))
    done = build(repository)
    assert done.returncode == 0, done.stderr
    return repository


def build(repository):
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(repository / "mkdocs-docs.yml")]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_documentation_builds_and_every_page_is_in_its_navigation(built):
    site = built / "site-docs"
    pages = {file.relative_to(built / "docs") for file in (built / "docs").rglob("*.md")}
    start = (site / "index.html").read_text(encoding="utf-8")
    for page in pages - {Path("index.md")}:
        address = f"{page.with_suffix('').as_posix()}/"
        assert (site / address / "index.html").is_file()
        assert f'href="{address}"' in start, f"{page} is not in the navigation"
    for page in site.rglob("*.html"):
        asked = re.findall(
            r"<(?:script|link|img)[^>]+(?:src|href)=\"https?://[^\"]+", page.read_text(encoding="utf-8")
        )
        assert not asked, f"{page}: {asked}"


def test_a_link_that_leads_nowhere_ends_the_build(tmp_path):
    repository = copied(tmp_path)
    file = repository / "docs" / "how-to" / "languages.md"
    file.write_text(
        file.read_text(encoding="utf-8") + "\n[no such page](no-such-page.md)\n", encoding="utf-8"
    )
    done = build(repository)
    assert done.returncode != 0
    assert "no-such-page.md" in done.stderr


def test_links_to_files_of_the_repository_lead_to_their_pages(built):
    text = (built / "site-docs" / "explanation" / "how-it-works" / "index.html").read_text(encoding="utf-8")
    assert 'href="../../project/CONTRIBUTING/#how-the-code-is-laid-out"' in text
