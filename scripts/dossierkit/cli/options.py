"""Shared by several commands: options, a setting of the garbage collector."""

from __future__ import annotations

from pathlib import Path

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
SITE = click.option(
    "--site", metavar="DIR", default="site", show_default=True, help="The folder of the built site."
)
FORCE = click.option("--force", is_flag=True, help="Continue even if the meaning of articles would change.")
JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="The number of processes; by default one for each processor.",
)
EXECUTOR = click.option(
    "--executor",
    metavar="ADDRESS",
    help="A Dask cluster for the work: dask://HOST:PORT, or tls://HOST:PORT.",
)
TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="Processor time for one source (by the clock, ten times as much); beyond it the source is refused and the others continue.",
)
UNHURRIED = (100_000, 50, 50)
"""Thresholds of the garbage collector: a site is much that stays, and looking through it again and again takes a fifth of a
build.
"""
