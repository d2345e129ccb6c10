"""The command `dossier diff`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository, stop_on
from dossierkit.workflow.say import say_text


@main.command(short_help="List what changed in meaning.")
@click.option(
    "--base",
    metavar="REV",
    help="Compare with this revision; by default with the point where the branch left main.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    show_default=True,
    help="For people (text), for a comment on a pull request (markdown), or for programs (json).",
)
@click.pass_obj
def diff(root: Path, base: str | None, form: str) -> None:
    """List what changed in meaning since a git revision: entities, aliases, events, decisions.

    \b
    Examples:
      dossier diff
      dossier diff --base HEAD~3 --format markdown
    """
    from dossierkit.store.commit import interrupted  # noqa: PLC0415
    from dossierkit.workflow.diff import run  # noqa: PLC0415

    at = repository(root)
    say_text(run(at, base, form))
    stop_on(interrupted(at))
