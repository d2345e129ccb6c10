"""The command `dossier rename`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository
from dossierkit.cli.options import FORCE


@main.command("rename", short_help="Give a record or an article another id.")
@click.argument("id_", metavar="A")
@click.argument("new", metavar="NEW-ID")
@FORCE
@click.pass_obj
def rename_command(root: Path, id_: str, new: str, *, force: bool) -> None:
    """Give record A another id, everywhere; its old address leads to the new one.

    A may be an article that is not published yet: its page moves, and links, dossiers and relations follow.

    \b
    Examples:
      dossier rename al-zoubi asaad-al-zoubi
      dossier rename undated/talks-open 2016/talks-open
    """
    from dossierkit.workflow.records.rename import article_id, rename_article, rename_record  # noqa: PLC0415

    article, folder = article_id(id_), repository(root)
    if (folder / "content" / "articles" / f"{article}.md").is_file() and "/" in article:
        rename_article(folder, article, article_id(new), force=force)
    else:
        rename_record(folder, id_, new, force=force)
