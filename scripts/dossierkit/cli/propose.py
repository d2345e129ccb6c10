"""The command `dossier propose`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dossierkit.cli.group import FOUND, main, repository


@main.command(short_help="Take proposals made elsewhere, each held against its quote.")
@click.argument("source", metavar="[FILE|-]", default="-", type=click.Path(allow_dash=True))
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "json")),
    default="text",
    help="How to answer: text for people, json with one line for each proposal, in order.",
)
@click.option(
    "--from",
    "origin",
    type=click.Choice(("dossier", "ftm", "uwazi", "okf")),
    help="What wrote FILE, where it holds no proposals: `dossier export csv` (its folder), FollowTheMoney, Uwazi's CSV, or an Open Knowledge Format bundle (its folder).",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="KEY=LABEL",
    help="For Uwazi: which column holds quote, date, text, url, article, published, sha256, entities.",
)
@click.option("--schema", is_flag=True, help="Print the JSON Schema of a proposal, and stop.")
@click.option("--dry-run", is_flag=True, help="Judge and answer; write nothing.")
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

    They come as JSON Lines or one JSON list. Each names an article and quotes it: a quote that does not stand there word for
    word is refused, and so are a date that the article does not give, a name that the quote does not have, and what an editor
    has turned down before. What is taken waits under `proposed:` with its maker until somebody decides on it: nothing is
    published by this command. Exit code 1 if anything was refused.

    With `--from`, what another program says of the articles here is proposed. An article is found by its address, else by the SHA-256 of
    its original, else by title and date; those that are not here are listed. What has no quote is refused.

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
