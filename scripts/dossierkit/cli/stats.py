"""The command `dossier stats`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository, stop_on
from dossierkit.workflow.say import say_text


@main.command(short_help="Count pages, open decisions and quality.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For people (text), or for programs (json).",
)
@click.pass_obj
def stats(root: Path, form: str) -> None:
    """Count pages and open decisions, and report how good the proposals were.

    Quality is counted on decided items: what editors kept unchanged, edited, rejected (proposed, but not in the
    page), and added (in the page, but not proposed). Precision is the share of proposals that are in the pages,
    recall the share of items in the pages that were proposed.

    \b
    Examples:
      dossier stats
      dossier stats --format json
    """
    from dossierkit.workflow.stats import run  # noqa: PLC0415

    text, problems = run(repository(root), form)
    say_text(text)
    stop_on(problems)
