"""`dossier check`: everything that is wrong with the content, drafts included."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

from dossierkit.engines.config import load, settings
from dossierkit.engines.source import compiled
from dossierkit.model.problem import Problem

FORMATS = ("text", "github", "json")


def run(root: Path) -> tuple[Problem, ...]:
    """All problems, in the order of files and lines."""
    return compiled(settings(load(root), drafts=True)).problems


def show(problems: Iterable[Problem], form: str) -> str:
    """The problems for a person (text), for a pull request (github: workflow commands), or for a program (json)."""
    if form == "json":
        return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)
    return "\n".join(_github(problem) if form == "github" else str(problem) for problem in problems)


def _github(problem: Problem) -> str:
    message = problem.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    place = f"file={problem.path},line={max(problem.line, 1)},col={max(problem.col, 1)}"
    return f"::{problem.severity} {place},title={problem.code}::{message}"
