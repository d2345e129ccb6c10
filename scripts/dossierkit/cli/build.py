"""The command `dossier build`."""

from __future__ import annotations

import gc
from pathlib import Path

import click

from dossierkit.cli.group import main, report, repository
from dossierkit.cli.options import EXECUTOR, UNHURRIED
from dossierkit.workflow.say import say


@main.command(short_help="Build the site into site/.")
@click.option(
    "--engine",
    type=click.Choice(["mkdocs", "properdocs", "zensical"]),
    default="mkdocs",
    show_default=True,
    help="The program that puts the pages into a theme; others than mkdocs must be installed.",
)
@click.option("--strict", is_flag=True, help="Stop on warnings too.")
@click.option("--no-cache", is_flag=True, help="Make every page again, and keep nothing for the next build.")
@EXECUTOR
@click.pass_obj
def build(root: Path, engine: str, executor: str | None, *, strict: bool, no_cache: bool) -> None:
    """Check, compile and build the site into site/.

    Pages that did not change since the last build are kept; the result is the same as that of a clean build.

    \b
    Examples:
      dossier build --strict
      dossier build --engine zensical
      dossier build --executor dask://10.0.0.5:8786
    """
    gc.set_threshold(*UNHURRIED)
    from dossierkit.build.unchanged import unchanged_site  # noqa: PLC0415

    folder = repository(root)
    if engine == "mkdocs" and not no_cache and (site := unchanged_site(folder, strict=strict)):
        say(f"site: {site}")
        return
    from dossierkit.engines.run import BuildOptions  # noqa: PLC0415
    from dossierkit.parallel.choice import executor as chosen  # noqa: PLC0415
    from dossierkit.workflow.build import run  # noqa: PLC0415

    site, warnings = run(folder, engine, BuildOptions(strict, not no_cache, chosen(executor, None)))
    if warnings:
        report(warnings)
    say(f"site: {site}")
