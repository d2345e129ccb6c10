"""What several commands have: an option, a setting of the collector."""

from __future__ import annotations

import click

FORCE = click.option(
    "--force", is_flag=True, help="Go on although articles would say something else than now."
)
UNHURRIED = (100_000, 50, 50)
"""Thresholds of the garbage collector: a site is much that stays, and looking through it again and again takes a fifth of a build."""
