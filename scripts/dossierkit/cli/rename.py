"""The command `dossier rename`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository
from dossierkit.cli.options import FORCE


@main.command("rename", short_help="Give a page another id.")
@click.argument("id_", metavar="A")
@click.argument("new", metavar="NEW-ID")
@FORCE
@click.option(
    "--no-redirect",
    is_flag=True,
    help="Of an article or a dossier: let its old address lead nowhere, for example because it has a name.",
)
@click.pass_obj
def rename_command(root: Path, id_: str, new: str, *, force: bool, no_redirect: bool) -> None:
    """Give record A another id, everywhere; its old address leads to the new one.

    A may be an article or, by its file, a dossier: its page moves, and links, dossiers and relations follow. The
    old address leads on if the page is reviewed or published.

    \b
    Examples:
      dossier rename al-zoubi asaad-al-zoubi
      dossier rename undated/talks-open 2016/talks-open
      dossier rename content/dossiers/talks.md geneva-talks
    """
    from dossierkit.workflow.records.rename import rename  # noqa: PLC0415

    rename(repository(root), id_, new, force=force, redirect=not no_redirect)
