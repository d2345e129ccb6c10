"""A repository with facsimiles: pages of a PDF, which readers may have or not."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest
from tests.support.process import succeeds

COLUMNS = Path(__file__).resolve().parents[1] / "ingest/files/columns.pdf"

MINUTES = """\
timeline:
  - {date: 2016-05-01, text: The committee begins, quote: Paragraph number 2 begins here}
  - {date: 2016-05-12, text: The committee ends, quote: Paragraph number 14 begins here}
"""
NEWS = """\
site_name: News
site_url: https://news.example/
docs_dir: content
theme: {name: material, font: false}
plugins: [dossier]
nav: [index.md, dossiers/index.md]
extra: {dossier: {twins: all}}
not_in_nav: /**
"""
KEPT_BACK = {
    "draft": "status: draft",
    "later": 'status: published\nembargo: "2999-01-01T00:00Z"',
    "gone": "status: withdrawn\nwithdrawn: {reason: Wrong}",
}
"""Articles that ask to have their originals published, and that readers do not see."""


def _add_minutes(folder: Path) -> None:
    shutil.copy(COLUMNS, folder / "minutes.pdf")
    succeeds("add", "minutes.pdf", "--lang", "en", "--date", "2016-05-14", cwd=folder)
    page = folder / "content/articles/2016/minutes.md"
    next(page.parent.glob("*.md")).rename(page)
    text = page.read_text(encoding="utf-8").replace("status: draft", "status: published")
    text = text.replace("timeline: []\n", MINUTES).replace("  pages:", "  publish: original\n  pages:")
    page.write_text(text, encoding="utf-8")


def _keep_back(folder: Path, name: str, status: str) -> None:
    data = f"%PDF-1.4 zqsecret {name}".encode()
    (folder / f"seeds/{name}.pdf").write_bytes(data)
    source = f"{{file: seeds/{name}.pdf, sha256: {hashlib.sha256(data).hexdigest()}, publish: original}}"
    text = f"---\ntitle: Zq{name}\n{status}\nsource: {source}\n---\n\nText.\n"
    (folder / f"content/articles/2016/{name}.md").write_text(text, encoding="utf-8")


@pytest.fixture(scope="session")
def minutes(once) -> Path:
    """A repository with its site: minutes of two pages as PDF, whose original readers may have, and others that wait."""

    def make(folder: Path) -> None:
        (folder / "mkdocs.yml").write_text(NEWS, encoding="utf-8")
        (folder / "content/dossiers").mkdir(parents=True)
        (folder / "content/index.md").write_text("# News\n", encoding="utf-8")
        (folder / "content/dossiers/water.md").write_text(
            "---\ntitle: Water\nstatus: published\narticles: [2016/minutes]\n---\n", encoding="utf-8"
        )
        _add_minutes(folder)
        for name, status in KEPT_BACK.items():
            _keep_back(folder, name, status)
        succeeds("build", cwd=folder)

    return once("minutes", make)
