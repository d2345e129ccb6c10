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
    help="The reason, in a sentence that readers will see. A page that is withdrawn already keeps its reason.",
)
@click.option("--date", metavar="D", help="The day, as EDTF; by default today.")
@click.option("--title", metavar="T", help="A title for the tombstone, if the page's title must not remain.")
@click.option(
    "--source",
    is_flag=True,
    help="Also remove the source and its proposal from seeds/; possible later for a withdrawn page too.",
)
@click.option(
    "--no-tombstone",
    is_flag=True,
    help="Leave no page: its address, which has words of the title, is gone too. Also removes the source. Needs no reason.",
)
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@click.pass_obj
def withdraw(root: Path, /, page: str, *, yes: bool, **options: Any) -> None:  # noqa: ANN401 - click's options
    """Withdraw a page: only a tombstone with the reason remains, at the same address.

    PAGE is a file below content/, or an article's id. The page disappears from the site, its indexes, the search,
    feeds and exports, and its proposals are emptied. The source stays in seeds/ unless --source is given. Git
    history still has all of it: the command prints how to rewrite it.

    \b
    Examples:
      dossier withdraw 2016/talks-open --reason "The interviewee withdrew consent."
      dossier withdraw 2016/talks-open --source
      dossier withdraw content/entities/jane-doe.md --reason "At her request." --title "A person"
      dossier withdraw content/entities/jane-doe.md --no-tombstone
    """
    from dossierkit.workflow.records.withdraw import WithdrawalRequest, run  # noqa: PLC0415

    given = {name: value for name, value in options.items() if value is not None}
    run(repository(root), page, WithdrawalRequest(**given), ask=not yes)
