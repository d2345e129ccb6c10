"""A newsroom to tell a story in: its repository in git with an origin, its editors, and a ledger of what they decide."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from dossierkit.cli import main
from dossierkit.workflow.proposing import Proposer
from dossierkit.workflow.updating.page import UpdateOutcome
from dossierkit.workflow.updating.update import run as update

TODAY = "1467244800"  # 2016-06-30T00:00Z, for everything that asks what time it is


@dataclass
class Newsroom:
    """One clone in which three people work on branches, and the repository that they share."""

    folder: Path
    who: str = "Ann"

    @property
    def root(self) -> Path:
        return self.folder / "lenn"

    @property
    def environment(self) -> dict[str, str]:
        names = {
            f"GIT_{role}_{what}": value
            for role in ("AUTHOR", "COMMITTER")
            for what, value in (("NAME", self.who), ("EMAIL", f"{self.who.lower()}@lenn.test"))
        }
        bin_ = Path(sys.executable).parent
        return {
            **os.environ,
            **names,
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_SYSTEM": os.devnull,
            "SOURCE_DATE_EPOCH": TODAY,
            "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}",
        }

    def git(self, *arguments: str, code: int = 0) -> str:
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def shell(self, script: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """A step of a workflow, as its runner starts it."""
        command = ["bash", "-e", "-o", "pipefail", "-c", script]
        environment = {**self.environment, **variables}
        return subprocess.run(
            command, cwd=self.root, env=environment, capture_output=True, text=True, check=False
        )

    def dossier(self, *arguments: str, code: int = 0) -> str:
        where = self.root if self.root.exists() else self.folder
        command = ["-C", str(where), *arguments]
        done = CliRunner().invoke(main, command, env={"SOURCE_DATE_EPOCH": TODAY}, catch_exceptions=False)
        assert done.exit_code == code, done.output
        return done.output

    def upgrade(self, change) -> dict[str, UpdateOutcome]:
        """`dossier update` with another extractor: `change` makes its proposals from today's. Outcomes by page."""

        def make(records):
            propose = Proposer(self.root)(records)
            return lambda article: change(article, propose(article))

        outcomes, problems = update(self.root, make=make)
        assert problems == ()
        return {outcome.page: outcome for outcome in outcomes}

    def receive(self, name: str, text: str, *options: str) -> None:
        """A source comes in, and is added."""
        file = self.folder / "inbox" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
        self.dossier("add", str(file), "--lang", "en", *options)

    def read(self, path: str) -> str:
        return (self.root / path).read_bytes().decode()

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_bytes(text.encode())

    def change(self, path: str, *changes: tuple[str, str]) -> None:
        """An editor's hand: each text stands once and is replaced."""
        text = self.read(path)
        for old, new in changes:
            assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in:\n{text}"
            text = text.replace(old, new)
        self.write(path, text)

    def front(self, path: str) -> dict:
        """The front matter, read by another reader than the product's; every scalar as it is written."""
        return yaml.load(self.read(path).split("---\n")[1], Loader=yaml.BaseLoader)  # noqa: S506 - knows strings only

    def commit(self, message: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", f"{self.who}: {message}")

    @contextmanager
    def branch(self, who: str, name: str, start: str = "main") -> Iterator[None]:
        """`who` works on a branch, and commits at the end."""
        self.who = who
        self.git("switch", "-q", "-c", name, start)
        yield
        if self.git("status", "--porcelain"):
            self.commit(name)

    def land(self, name: str) -> None:
        """The branch is merged into main, where check has nothing against it."""
        self.dossier("check")
        self.git("switch", "-q", "main")
        self.git("merge", "-q", "--no-ff", "-m", f"Merge {name}", name)
        self.git("push", "-q", "origin", "main")


@dataclass
class Ledger:
    """What people decided, written down as they do it. Entries are (date, text, quote) by page; None: no date."""

    entities: dict[str, set[str]] = field(default_factory=dict)
    entries: dict[str, dict[str, tuple[str | None, str]]] = field(default_factory=dict)
    rejected_entities: set[tuple[str, str]] = field(default_factory=set)
    rejected_quotes: set[tuple[str, str]] = field(default_factory=set)
    open: dict[str, set[str]] = field(default_factory=dict)
    lines: set[tuple[str, str]] = field(default_factory=set)
    apart: tuple[str, str] = ("", "")
    merged: tuple[str, str] = ("", "")

    def names(self, page: str, *ids: str) -> None:
        """Confirmed or added by hand."""
        self.entities.setdefault(page, set()).update(ids)

    def says(self, page: str, date: str | None, text: str, quote: str) -> None:
        """Confirmed, corrected, or added by hand; by its quote, so that a later decision takes the place of it."""
        self.entries.setdefault(page, {})[quote] = (date, text)

    def rejects(self, page: str, *ids: str, quote: str = "") -> None:
        self.rejected_entities |= {(page, id_) for id_ in ids}
        self.entities.get(page, set()).difference_update(ids)
        if quote:
            self.rejected_quotes.add((page, quote))
            self.entries.get(page, {}).pop(quote, None)

    def keeps(self, page: str, *lines: str) -> None:
        """Comments and lines of odd form, that no machine may touch."""
        self.lines |= {(page, line) for line in lines}


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory) -> Newsroom:
    return Newsroom(tmp_path_factory.mktemp("month"))


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    return Ledger()
