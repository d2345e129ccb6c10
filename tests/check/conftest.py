"""A dossier repository with its own mkdocs.yml, checked as the command does."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

import pytest

from dossierkit.check.report import Report
from dossierkit.check.selection import select_rules
from dossierkit.workflow.check import run

MKDOCS = "site_name: x\ndocs_dir: content\ntheme: {name: mkdocs}\nplugins: [dossier]\n"


@dataclass(frozen=True)
class Desk:
    """Files by path from the root; `check` gives the report, `places` what was found as `path:line:col CODE`."""

    root: Path

    def write(self, path: str, text: str | bytes) -> Path:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
        return target

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def check(self, chosen: str = "", *, notes: bool = False, use_cache: bool = False) -> Report:
        return run(self.root, select_rules(chosen, "", notes=notes), use_cache=use_cache)

    def places(self, chosen: str = "", *, notes: bool = False) -> list[str]:
        found = (one.problem for one in self.check(chosen, notes=notes).found)
        return [f"{one.path}:{one.line}:{one.col} {one.code}" for one in found]


@pytest.fixture
def desk(tmp_path) -> Desk:
    made = Desk(tmp_path.resolve())
    made.write("mkdocs.yml", MKDOCS)
    made.write("content/index.md", "# Home\n")
    return made


@pytest.fixture
def filled(desk) -> Desk:
    """One article that names a person and a place, without a fault."""
    desk.write(
        "content/articles/2016/talks.md",
        """\
        ---
        title: Talks open in Geneva
        date: 2016-02-01
        lang: en
        status: published
        entities:
          - jane-doe
          - geneva
        timeline:
          - {date: 2016-01-29, text: Talks open, quote: opened on Friday}
        ---

        The talks opened on Friday. Jane Doe came to Geneva.
        """,
    )
    desk.write("content/entities/jane-doe.md", "---\ntitle: Jane Doe\ntype: person\nstatus: reviewed\n---\n")
    desk.write("content/entities/geneva.md", "---\ntitle: Geneva\ntype: place\nstatus: reviewed\n---\n")
    return desk
