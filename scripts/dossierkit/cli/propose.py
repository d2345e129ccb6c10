"""The command `dossier propose`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dossierkit.cli.group import FOUND, main, repository


@main.command(short_help="Take proposals of others, each compared with its quote.")
@click.argument("source", metavar="[FILE|-]", default="-", type=click.Path(allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    help="The answer: text for people, or json with one line for each proposal, in order.",
)
@click.option(
    "--from",
    "origin",
    type=click.Choice(("dossier", "ftm", "uwazi", "okf")),
    help="The origin of FILE, if it is not a list of proposals: `dossier export csv` (its folder), FollowTheMoney, Uwazi's CSV, or an Open Knowledge Format bundle (its folder).",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="KEY=LABEL",
    help="For Uwazi: the column with quote, date, text, url, article, published, sha256 or entities.",
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a proposal and exit.")
@click.option("--dry-run", is_flag=True, help="Check and answer; write nothing.")
@click.pass_obj
def propose(  # noqa: PLR0913 -- one parameter an option
    root: Path,
    source: str,
    form: str,
    origin: str | None,
    columns: tuple[str, ...],
    *,
    schema: bool,
    dry_run: bool,
) -> None:
    """Take proposals that a program, a model or a colleague made, from FILE or standard input.

    They are JSON Lines or one JSON list. Each names an article and quotes it. A proposal is refused if its quote is
    not in the article word for word, if the article does not give its date, if the quote does not contain its name,
    or if an editor rejected it before. Accepted proposals wait under `proposed:` with their maker until somebody
    decides: this command publishes nothing. Exit code 1 if anything was refused.

    With `--from`, facts from another program about the articles here are proposed. An article is matched by its
    address, or else by the SHA-256 of its original, or else by title and date; articles that are missing here are
    listed. Facts without a quote are refused.

    \b
    Examples:
      dossier propose found.jsonl
      my-extractor article.txt | dossier propose --format json
      dossier propose --schema > proposal.schema.json
      dossier propose --from ftm their-graph.ftm.json
      dossier propose --from uwazi export.csv --column quote="Key excerpt"
    """
    from dossierkit.workflow.submitting import answers  # noqa: PLC0415

    if schema:
        answers.schema()
        return
    if origin:
        from dossierkit.workflow.submitting import foreign  # noqa: PLC0415

        wanted = foreign.ForeignOptions(origin, foreign.columns(columns), form)
        if not foreign.command(repository(root), Path(source), wanted, dry_run=dry_run):
            sys.exit(FOUND)
        return
    if columns:
        raise click.UsageError("--column is for `--from uwazi`")
    if not answers.command(repository(root), source, form=form, dry_run=dry_run):
        sys.exit(FOUND)
