"""The command `dossier publish`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository


@main.command(short_help="Publish pages in which everything is decided.")
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option(
    "--accept",
    is_flag=True,
    help="Also accept every name and entry in the pages, after you have read them.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be done; write nothing.")
@click.pass_obj
def publish(root: Path, pages: tuple[str, ...], *, accept: bool, dry_run: bool) -> None:
    """Set `status: published` in pages in which everything is decided. Otherwise say what is left (exit code 1).

    PAGE is a file below content/ (an article, a dossier or a record), or an article's id. A page is not published
    while it has open proposals or questions, proposed names or entries that nobody decided on, drafts that it
    names, or errors in `dossier check`. `--accept` accepts the items in the page as it is, but answers no questions
    and takes nothing from `proposed:`. Each page is published completely or not at all, independently of the
    others.

    \b
    Examples:
      dossier publish 2016/talks-open
      dossier publish --accept content/articles/2016/talks-open.md content/entities/ada-moreau.md
      dossier publish --dry-run content/articles/2016/*.md
    """
    from dossierkit.workflow.publish import command  # noqa: PLC0415

    command(repository(root), pages, accept=accept, dry_run=dry_run)
