"""The command in the tests' own process; `process` has it in one of its own."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from dossierkit.cli import main


def dossier(root: Path, *words: object) -> Result:
    """`dossier -C ROOT WORDS`."""
    return CliRunner().invoke(main, ["-C", str(root), *map(str, words)])


def printed(root: Path, *words: object, code: int = 0) -> str:
    """What it prints, where it ends with this code."""
    done = dossier(root, *words)
    assert done.exit_code == code, done.output
    return done.output
