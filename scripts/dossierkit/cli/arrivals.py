"""The command `dossier arrivals`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository


@main.command(short_help="Say when articles came to the site.")
@click.option(
    "--write", is_flag=True, help="Write the days that only git knows into the pages, as `arrived:`."
)
@click.pass_obj
def arrivals(root: Path, *, write: bool) -> None:
    """Say on which day each article came to the site, the newest first.

    That is the day that the page says (`arrived:`), else the day on which it reached this branch as reviewed or published,
    from git. The page "What's new" and the feeds go by it. With `--write` the pages keep the days themselves, for builds
    that have no history: an archive of the repository, a shallow clone.

    \b
    Examples:
      dossier arrivals
      dossier arrivals --write
    """
    from dossierkit.workflow.arrivals import run  # noqa: PLC0415

    run(repository(root), write=write)
