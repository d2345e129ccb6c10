"""The command `dossier stats`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dossierkit.cli.group import FOUND, main, report, repository
from dossierkit.workflow.say import say_text


@main.command(short_help="Count pages, backlog and quality.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def stats(root: Path, form: str) -> None:
    """Say how much there is, what waits for editors, and how good the machine's proposals were.

    Quality is counted on pages that are reviewed or published and have a proposal: what editors kept as it was, edited,
    rejected (it was proposed and is not there), and added (it is there and was not proposed). Precision is the part of
    the proposed that stands, recall the part of what stands that was proposed.

    \b
    Examples:
      dossier stats
      dossier stats --format json
    """
    from dossierkit.workflow.stats import run  # noqa: PLC0415

    text, problems = run(repository(root), form)
    say_text(text)
    if problems:
        report(problems)
        sys.exit(FOUND)
