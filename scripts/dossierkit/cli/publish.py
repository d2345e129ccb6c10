"""The command `dossier publish`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository


@main.command(short_help="Publish pages in which all is decided.")
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option(
    "--accept",
    is_flag=True,
    help="Also accept every name and entry that stands in the pages: you have read them.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done; write nothing.")
@click.pass_obj
def publish(root: Path, pages: tuple[str, ...], *, accept: bool, dry_run: bool) -> None:
    """Set `status: published` in pages where nothing stands in the way; else say what does (exit code 1).

    PAGE is a file below content/ (an article, a dossier or a record), or an article's id. In the way of a page stand open
    proposals and questions, names and entries that the machine wrote and nobody decided on, drafts that it names, and every
    error of `dossier check`. `--accept` decides on what stands in the page as it is, not on questions and what is under
    `proposed:`. A page is published as a whole or not at all; the others that you name are published all the same.

    \b
    Examples:
      dossier publish 2016/talks-open
      dossier publish --accept content/articles/2016/talks-open.md content/entities/ada-moreau.md
      dossier publish --dry-run content/articles/2016/*.md
    """
    from dossierkit.workflow.publish import command  # noqa: PLC0415

    command(repository(root), pages, accept=accept, dry_run=dry_run)
