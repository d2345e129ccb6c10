"""The command `dossier extract`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dossierkit.cli.group import FOUND, main, report
from dossierkit.cli.options import TIMEOUT


@main.command(short_help="Extract names, dates and events from JSON Lines.")
@click.option(
    "--jsonl",
    required=True,
    metavar="IN",
    type=click.Path(exists=True, path_type=Path),
    help="Articles, one a line.",
)
@click.option(
    "--out", required=True, metavar="OUT", type=click.Path(path_type=Path), help="Where the findings go."
)
@click.option(
    "--authority",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Authority records.",
)
@click.option(
    "--no-model",
    "model",
    is_flag=True,
    flag_value=False,
    default=True,
    help="Rules and records alone, without the name model.",
)
@click.option(
    "--names",
    default="",
    metavar="CHOICE",
    help="What finds names: `model` (the default), `none`, or `spacy:` and an installed spaCy model.",
)
@TIMEOUT
def extract(  # noqa: PLR0913 -- one parameter an option
    jsonl: Path, out: Path, authority: Path | None, *, model: bool, names: str, timeout: float
) -> None:
    """Extract names, dates and events from JSON Lines, without a repository.

    Each line of IN is {"id", "text", "title"?, "published"?, "lang"?}; OUT has a line for each, in the same order, with
    "sentences", "entities", "timexes" and "events". Offsets are code points, half open. Where something goes wrong with an
    article, its line has "error" instead, and the exit code is 1.

    \b
    Examples:
      dossier extract --jsonl articles.jsonl --out found.jsonl
      dossier extract --jsonl articles.jsonl --out found.jsonl --authority content/entities --no-model
      dossier extract --jsonl articles.jsonl --out found.jsonl --names spacy:xx_ent_wiki_sm
    """
    from dossierkit.workflow.extract import run  # noqa: PLC0415

    problems = run(jsonl, out, authority, model=model, names=names, limit=timeout)
    if problems:
        report(problems)
        sys.exit(FOUND)
