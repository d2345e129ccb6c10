"""The command `dossier serve`."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from dossierkit.cli.group import main, repository
from dossierkit.cli.options import UNHURRIED


@main.command(short_help="Serve a live preview.")
@click.option(
    "--address",
    default="127.0.0.1:8000",
    show_default=True,
    metavar="HOST:PORT",
    help="Where to serve the preview.",
)
@click.pass_obj
def serve(root: Path, address: str) -> None:
    """Serve a live preview, drafts included. It follows your edits.

    It answers only under its own address, and refuses pages of other sites. If others can reach the address, they
    can read the drafts.

    \b
    Example:
      dossier serve --address 127.0.0.1:8080
    """
    gc.set_threshold(*UNHURRIED)
    from dossierkit.workflow.serve import run  # noqa: PLC0415

    sys.exit(run(repository(root), address))
