"""The command `dossier split`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dossierkit.cli.group import main, repository
from dossierkit.cli.options import FORCE


@main.command(short_help="Split an authority record in two.")
@click.argument("id_", metavar="A")
@click.option("--into", required=True, metavar="NEW", help="The id of the new record.")
@click.option("--title", required=True, metavar="T", help="Its preferred name.")
@click.option(
    "--articles",
    required=True,
    multiple=True,
    metavar="ID,...",
    help="The articles that mean the new record, by id; may be repeated.",
)
@click.option(
    "--aliases", multiple=True, metavar="NAME", help="An alias of A that moves to it; may be repeated."
)
@FORCE
@click.pass_obj
def split(root: Path, /, id_: str, *, articles: tuple[str, ...], force: bool, **options: Any) -> None:  # noqa: ANN401 - click's options
    """Give some articles of record A a record of their own, because they mean another entity.

    Both records declare that they are not the same. The named articles get the new id, with forms of their text
    (`also:`) that are not names of the new record.

    \b
    Example:
      dossier split john-smith --into john-smith-journalist --title "John Smith (journalist)" \\
        --articles 2016/an-interview,2017/another --aliases "J. Smith"
    """
    from dossierkit.workflow.records.split import SplitRequest, run  # noqa: PLC0415

    listed = tuple(name.strip() for given in articles for name in given.split(",") if name.strip())
    run(repository(root), SplitRequest(id=id_, articles=listed, **options), force=force)
