"""The command `dossier verify`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dossierkit.cli.group import main, repository


@main.command(short_help="Verify every hash and quote.")
@click.pass_obj
def verify(root: Path) -> None:
    """Prove that every seed still has its recorded hash and every quote still stands; exit code 1 if not.

    \b
    Example:
      dossier verify
    """
    from dossierkit.workflow.verify import run  # noqa: PLC0415

    sys.exit(run(repository(root)))
