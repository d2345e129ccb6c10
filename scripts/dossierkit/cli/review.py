"""The command `dossier review`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository


@main.command(short_help="Decide on proposals, one key each.")
@click.argument("path", required=False, metavar="[PATH]", type=click.Path(path_type=Path))
@click.option(
    "--maker",
    default="",
    metavar="NAME",
    help="Only what NAME proposed, as `dossier stats` names it; `dossierkit` for the extractor's own.",
)
@click.pass_obj
def review(root: Path, path: Path | None, maker: str) -> None:
    """Decide on what is proposed, one key each: the sentence with its quote, and accept, reject, edit or merge.

    PATH is a page, its source, or a folder of pages; without one, every page with open proposals is walked. The page is
    written after each decision, so a review can be left at any time and goes on where it stopped.

    \b
    Examples:
      dossier review
      dossier review content/articles/2016/talks-open.md
      dossier review --maker archive-bot
    """
    from dossierkit.workflow.review.session import run  # noqa: PLC0415

    run(repository(root), path, maker=maker)
