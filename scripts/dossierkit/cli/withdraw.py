"""The command `dossier withdraw`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dossierkit.cli.group import main, repository


@main.command(short_help="Withdraw a page, leaving a tombstone.")
@click.argument("page", metavar="PAGE")
@click.option(
    "--reason",
    metavar="R",
    help="Why, in a sentence that readers will see. A page that was withdrawn before keeps its own.",
)
@click.option("--date", metavar="D", help="When, as EDTF; by default today.")
@click.option("--title", metavar="T", help="A title for the tombstone, when the page's own must not stay.")
@click.option(
    "--source",
    is_flag=True,
    help="Remove the source and its proposal from seeds/ too; also later, for a page that was withdrawn.",
)
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def withdraw(root: Path, /, page: str, *, yes: bool, **options: Any) -> None:  # noqa: ANN401 - click's options
    """Take a page out: a tombstone with the reason stays, and nothing of what it said.

    PAGE is a file below content/, or an article's id. The page leaves the site, its indexes, the search, feeds and
    exports; the machine's proposal is emptied. The source stays in seeds/ unless --source is given. Git history still has
    all of it: the command prints how to rewrite it.

    \b
    Examples:
      dossier withdraw 2016/talks-open --reason "The interviewee withdrew consent."
      dossier withdraw 2016/talks-open --source
      dossier withdraw content/entities/jane-doe.md --reason "At her request." --title "A person"
    """
    from dossierkit.workflow.records.withdraw import WithdrawalRequest, run  # noqa: PLC0415

    given = {name: value for name, value in options.items() if value is not None}
    run(repository(root), page, WithdrawalRequest(**given), ask=not yes)
