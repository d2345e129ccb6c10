"""The command `dossier arrivals`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository


@main.command(short_help="List when articles came to the site.")
@click.option("--write", is_flag=True, help="Write days that only git knows into the pages, as `arrived:`.")
@click.pass_obj
def arrivals(root: Path, *, write: bool) -> None:
    """List the days on which articles came to the site, the newest first.

    The day is taken from the page (`arrived:`), or else from git: the day on which the article reached this branch
    as reviewed or published. The page "What's new" and the feeds use it. `--write` writes the days into the pages,
    for builds without history, such as an archive of the repository or a shallow clone.

    \b
    Examples:
      dossier arrivals
      dossier arrivals --write
    """
    from dossierkit.workflow.arrivals import run  # noqa: PLC0415

    run(repository(root), write=write)
