"""The command `dossier desk`."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from dossierkit.cli.group import main, repository
from dossierkit.cli.options import UNHURRIED


@main.command(short_help="Decide, edit and publish in the browser.")
@click.option(
    "--host", metavar="HOST", default="127.0.0.1", show_default=True, help="The address to listen on."
)
@click.option(
    "--port",
    metavar="PORT",
    default=8001,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="The port; 0 for any free one.",
)
@click.option("--open/--no-open", "opens", default=True, help="Whether to open the browser.")
@click.pass_obj
def desk(root: Path, host: str, port: int, *, opens: bool) -> None:
    """Decide on proposals, edit pages, publish and commit, in your browser.

    The desk does the same as `dossier review`, over the whole site: names with all their mentions, articles with
    their text, records, events, dossiers, and changes in git. It writes the same files. It commits only when you
    tell it to, and never pushes.

    It listens on this machine only. The address that it prints contains a token that is new at every start;
    requests without it are refused.

    \b
    Examples:
      dossier desk
      dossier -C my-dossier desk --port 0 --no-open
    """
    gc.set_threshold(*UNHURRIED)
    from dossierkit.desk.server import run  # noqa: PLC0415

    run(repository(root), host, port, opens=opens)
