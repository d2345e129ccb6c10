"""Commands for authority records, and for taking a page out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from dossierkit.cli.group import main, repository

_FORCE = click.option(
    "--force", is_flag=True, help="Go on although articles would say something else than now."
)


@main.command(short_help="Merge two authority records.")
@click.argument("into", metavar="A")
@click.argument("other", metavar="B")
@_FORCE
@click.pass_obj
def merge(root: Path, into: str, other: str, *, force: bool) -> None:
    """Make record B a part of record A, because they are one and the same.

    A and B are ids: file names in content/entities/ without `.md`. A gets the names, identifiers, relations and text of
    B; every page that names B names A; the address of B leads to A. Where words of an article would come to mean
    something else, that is shown and nothing is written.

    \b
    Examples:
      dossier merge islamic-state daesh
      git revert HEAD        # undoes it, once it is committed
    """
    from dossierkit.workflow.records.merge import run  # noqa: PLC0415

    run(repository(root), into, other, force=force)


@main.command(short_help="Split an authority record in two.")
@click.argument("id_", metavar="A")
@click.option("--into", required=True, metavar="NEW", help="The id of the new record.")
@click.option("--title", required=True, metavar="T", help="Its preferred name.")
@click.option(
    "--articles",
    required=True,
    multiple=True,
    metavar="ID,...",
    help="The articles that mean the new record, by id; may be given again.",
)
@click.option(
    "--aliases", multiple=True, metavar="NAME", help="An alias of A that goes to it; may be given again."
)
@_FORCE
@click.pass_obj
def split(root: Path, /, id_: str, *, articles: tuple[str, ...], force: bool, **options: Any) -> None:  # noqa: ANN401 - click's options
    """Give some articles of record A a record of their own, because they mean somebody or something else.

    The two records say that they are not the same. The articles named get the new id, with the forms of their text
    (`also:`) that the new record's names do not cover.

    \b
    Example:
      dossier split john-smith --into john-smith-journalist --title "John Smith (journalist)" \\
        --articles 2016/an-interview,2017/another --aliases "J. Smith"
    """
    from dossierkit.workflow.records.split import Split, run  # noqa: PLC0415

    listed = tuple(name.strip() for given in articles for name in given.split(",") if name.strip())
    run(repository(root), Split(id=id_, articles=listed, **options), force=force)


@main.command(short_help="Give a record another id.")
@click.argument("id_", metavar="A")
@click.argument("new", metavar="NEW-ID")
@_FORCE
@click.pass_obj
def rename(root: Path, id_: str, new: str, *, force: bool) -> None:
    """Give record A another id, everywhere; its old address leads to the new one.

    \b
    Example:
      dossier rename al-zoubi asaad-al-zoubi
    """
    from dossierkit.workflow.records.rename import run  # noqa: PLC0415

    run(repository(root), id_, new, force=force)


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
    from dossierkit.workflow.records.withdraw import Stone, run  # noqa: PLC0415

    given = {name: value for name, value in options.items() if value is not None}
    run(repository(root), page, Stone(**given), ask=not yes)
