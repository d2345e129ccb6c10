"""The command `dossier export`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, report, repository
from dossierkit.workflow.say import say_text

# Written out to start fast; a test compares them with export.formats.
_FORMATS = (
    "jsonld", "ftm", "skos", "csv", "geojson", "ics", "bibtex", "csl", "webannotation", "sqlite", "datasette", "prov", "okf",
)  # fmt: skip


class _Format(click.Choice[str]):
    """A built-in format, or another package's, which is looked up only for other names."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices:
            from dossierkit.export.formats import formats  # noqa: PLC0415 -- heavy

            self.choices = tuple(formats())
        return super().convert(value, param, ctx)


@main.command(short_help="Export what readers may see.")
@click.argument("form", metavar="FORMAT", type=_Format(_FORMATS))
@click.option(
    "--out",
    metavar="PATH",
    help="The file to write, the folder for csv and okf, or `-` for standard output (the default for text formats).",
)
@click.pass_obj
def export(root: Path, form: str, out: str | None) -> None:
    """Export what readers may see in a standard format.

    FORMAT: jsonld, ftm (FollowTheMoney), skos, csv (a folder of tables), geojson, ics (calendar), bibtex, csl
    (CSL-JSON), webannotation, sqlite, datasette (settings for Datasette), prov (PROV-JSON), okf (an Open Knowledge
    Format bundle, a folder). Drafts, embargoed and withdrawn pages are left out. The data page of the site offers
    the same files, except prov and okf. The same content gives the same bytes. docs/reference/exports.md describes
    each format.

    \b
    Examples:
      dossier export geojson > places.geojson
      dossier export csv --out tables
      dossier export sqlite --out dossier.db
      dossier export datasette --out datasette.json
    """
    from dossierkit.workflow.export import run  # noqa: PLC0415

    message, warnings = run(repository(root), form, out)
    if warnings:
        report(warnings)
    say_text(message, err=True)
