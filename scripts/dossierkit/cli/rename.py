"""The command `dossier rename`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository
from dossierkit.cli.options import FORCE


@main.command(short_help="Give a record another id.")
@click.argument("id_", metavar="A")
@click.argument("new", metavar="NEW-ID")
@FORCE
@click.pass_obj
def rename(root: Path, id_: str, new: str, *, force: bool) -> None:
    """Give record A another id, everywhere; its old address leads to the new one.

    \b
    Example:
      dossier rename al-zoubi asaad-al-zoubi
    """
    from dossierkit.workflow.records.rename import run  # noqa: PLC0415

    run(repository(root), id_, new, force=force)
