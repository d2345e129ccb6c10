"""The command `dossier merge`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository
from dossierkit.cli.options import FORCE


@main.command(short_help="Merge two authority records.")
@click.argument("into", metavar="A")
@click.argument("other", metavar="B")
@FORCE
@click.pass_obj
def merge(root: Path, into: str, other: str, *, force: bool) -> None:
    """Merge record B into record A, because they are the same entity.

    A and B are ids: file names in content/entities/ without `.md`, or the files. A gets the names, identifiers, relations and
    text of B; every page that names B then names A; the address of B leads to A. If words of an article would
    change their meaning, that is shown and nothing is written.

    \b
    Examples:
      dossier merge islamic-state daesh
      git revert HEAD        # undoes it, once it is committed
    """
    from dossierkit.workflow.records.merge import run  # noqa: PLC0415

    run(repository(root), into, other, force=force)
