"""What several commands have: an option, a setting of the collector."""

from __future__ import annotations

import click

FORCE = click.option(
    "--force", is_flag=True, help="Go on although articles would say something else than now."
)
JOBS = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes, at most; by default one for each processor.",
)
EXECUTOR = click.option(
    "--executor",
    metavar="ADDRESS",
    help="A Dask cluster that does the work: dask://HOST:PORT, or tls://HOST:PORT.",
)
TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=300,
    show_default=True,
    metavar="SECONDS",
    help="For one source, at most; then it is refused and the others go on.",
)
UNHURRIED = (100_000, 50, 50)
"""Thresholds of the garbage collector: a site is much that stays, and looking through it again and again takes a fifth of a build."""
