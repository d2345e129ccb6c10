"""Commands that make the site."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import click

from dossierkit.cli.group import main, report, repository
from dossierkit.workflow.say import say

_UNHURRIED = (100_000, 50, 50)
"""Thresholds of the garbage collector: a site is much that stays, and looking through it again and again takes a fifth of a build."""


@main.command(short_help="Build the site into site/.")
@click.option(
    "--engine", type=click.Choice(["mkdocs", "properdocs", "zensical"]), default="mkdocs", show_default=True
)
@click.option("--strict", is_flag=True, help="Stop on warnings too.")
@click.option("--no-cache", is_flag=True, help="Make every page anew, and keep nothing for the next build.")
@click.pass_obj
def build(root: Path, engine: str, *, strict: bool, no_cache: bool) -> None:
    """Check, compile and build the site into site/.

    What did not change since the last build is left as it stands; the result is the same as that of a clean build.

    \b
    Examples:
      dossier build --strict
      dossier build --engine zensical
    """
    gc.set_threshold(*_UNHURRIED)
    from dossierkit.engines.run import EngineMissingError  # noqa: PLC0415
    from dossierkit.workflow.build import run  # noqa: PLC0415

    try:
        site, warnings = run(repository(root), engine, strict=strict, keep=not no_cache)
    except EngineMissingError as error:
        raise click.UsageError(str(error)) from None
    if warnings:
        report(warnings)
    say(f"site: {site}")


@main.command(short_help="Serve a live preview.")
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.pass_obj
def serve(root: Path, address: str) -> None:
    """Serve a live preview, drafts included; an edit rebuilds it.

    It answers under the address that it listens at, and no page of another site. With an address that
    others can reach, whoever reaches it reads the drafts.

    \b
    Example:
      dossier serve --address 127.0.0.1:8080
    """
    gc.set_threshold(*_UNHURRIED)
    from dossierkit.workflow.serve import run  # noqa: PLC0415

    sys.exit(run(repository(root), address))
