"""The command `dossier extract`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, stop_on
from dossierkit.cli.options import TIMEOUT


@main.command(short_help="Extract names, dates and events from JSON Lines.")
@click.option(
    "--jsonl",
    required=True,
    metavar="IN",
    type=click.Path(exists=True, path_type=Path),
    help="Articles, one on each line.",
)
@click.option(
    "--out", required=True, metavar="OUT", type=click.Path(path_type=Path), help="The file for the results."
)
@click.option(
    "--authority",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder of authority records.",
)
@click.option(
    "--no-model",
    "model",
    is_flag=True,
    flag_value=False,
    default=True,
    help="Use rules and records only, without the name model.",
)
@click.option(
    "--names",
    default="",
    metavar="CHOICE",
    help="What finds names: `model` (the default), `none`, or `spacy:` with an installed spaCy model.",
)
@TIMEOUT
def extract(  # noqa: PLR0913 -- one parameter an option
    jsonl: Path, out: Path, authority: Path | None, *, model: bool, names: str, timeout: float
) -> None:
    """Extract names, dates and events from JSON Lines, without a repository.

    Each line of IN is {"id", "text", "title"?, "published"?, "lang"?, "publisher"?};
    OUT has one line for each, in the same order, with "sentences", "entities", "timexes" and
    "events". Offsets are code points, half open. If an article fails, its line has "error"
    instead, and the exit code is 1.

    \b
    Examples:
      dossier extract --jsonl articles.jsonl --out found.jsonl
      dossier extract --jsonl articles.jsonl --out found.jsonl --authority content/entities --no-model
      dossier extract --jsonl articles.jsonl --out found.jsonl --names spacy:xx_ent_wiki_sm
    """
    from dossierkit.workflow.extract import run  # noqa: PLC0415

    stop_on(run(jsonl, out, authority, model=model, names=names, limit=timeout))
