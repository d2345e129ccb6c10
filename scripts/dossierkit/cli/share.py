"""Commands that give away what the pages say: exports, and numbers about them."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dossierkit.cli.group import FOUND, main, report, repository
from dossierkit.workflow.say import say_text

# Written out, since start-up counts: a test holds them against export.formats.
_FORMATS = ("jsonld", "ftm", "csv", "geojson", "ics", "bibtex", "csl", "webannotation", "sqlite")


@main.command(short_help="Export what readers may see.")
@click.argument("form", metavar="FORMAT", type=click.Choice(_FORMATS))
@click.option(
    "--out",
    metavar="PATH",
    help="The file to write, the folder for csv, `-` for standard output (the default where the format is one text).",
)
@click.pass_obj
def export(root: Path, form: str, out: str | None) -> None:
    """Export what readers may see in a format of others.

    FORMAT: jsonld, ftm (FollowTheMoney), csv (a folder of tables), geojson, ics (calendar), bibtex, csl (CSL-JSON),
    webannotation, sqlite. Drafts, embargoed and withdrawn pages are left out, as on the site; the site offers the same
    files on its data page. Same content, same bytes. docs/reference/exports.md says what stands in each.

    \b
    Examples:
      dossier export geojson > places.geojson
      dossier export csv --out tables
      dossier export sqlite --out dossier.db
    """
    from dossierkit.workflow.export import DestinationError, run  # noqa: PLC0415

    try:
        told, warnings = run(repository(root), form, out)
    except DestinationError as error:
        raise click.UsageError(str(error)) from None
    if warnings:
        report(warnings)
    say_text(told, err=True)


@main.command(short_help="Count pages, backlog and quality.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.pass_obj
def stats(root: Path, form: str) -> None:
    """Say how much there is, what waits for editors, and how good the machine's proposals were.

    Quality is counted on pages that are reviewed or published and have a proposal: what editors kept as it was, edited,
    rejected (it was proposed and is not there), and added (it is there and was not proposed). Precision is the part of
    the proposed that stands, recall the part of what stands that was proposed.

    \b
    Examples:
      dossier stats
      dossier stats --format json
    """
    from dossierkit.workflow.stats import run  # noqa: PLC0415

    told, problems = run(repository(root), form)
    say_text(told)
    if problems:
        report(problems)
        sys.exit(FOUND)
