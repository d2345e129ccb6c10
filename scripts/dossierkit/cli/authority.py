"""Commands for authority records: imports and starter packs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from dossierkit.cli.group import FOUND, main, repository
from dossierkit.cli.options import FILE
from dossierkit.workflow.say import say, say_all

if TYPE_CHECKING:
    from dossierkit.workflow.records.import_plan import ImportOutcome


@main.group(short_help="Import authority records, use starter packs.")
def authority() -> None:
    """Add authority records: from files of others, and from starter packs that come with Dossierkit.

    \b
    Examples:
      dossier authority pack countries
      dossier authority import parties.csv --date 2026-05 --licence "CC0 1.0" --dry-run
    """


@authority.command(name="import", short_help="Import records from a file.")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, path_type=Path))
@click.option("--date", default="", metavar="D", help="The date of the facts, as EDTF.")
@click.option("--licence", default="", metavar="L", help="The licence of the facts.")
@click.option(
    "--source", default="", metavar="NAME", help="The source of the facts; by default the file's name."
)
@click.option("--url", default="", metavar="U", help="The address of the source.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "ftm", "wikidata", "openrefine"]),
    help="The format, if it is not clear from the file.",
)
@click.option("--type", "type_", default="", metavar="T", help="The type of records without one.")
@click.option(
    "--lang",
    default="",
    metavar="L",
    help="The language of names without one; for Wikidata, the preferred language.",
)
@click.option(
    "--map", "pairs", multiple=True, metavar="COLUMN=PROPERTY", help="What a column means; may be repeated."
)
@click.option(
    "--mapping",
    "mapping_file",
    type=FILE,
    metavar="FILE",
    help="The same for many columns, as YAML.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@click.pass_obj
def import_(  # noqa: PLR0913 -- click's options
    root: Path,
    /,
    file: Path,
    *,
    date: str,
    licence: str,
    source: str,
    url: str,
    form: str | None,
    type_: str,
    lang: str,
    pairs: tuple[str, ...],
    mapping_file: Path | None,
    dry_run: bool,
) -> None:
    """Import authority records from FILE into content/entities/.

    FILE is a CSV with a row of column names, FollowTheMoney entities as JSON Lines, Wikidata's entity JSON, the
    JSON of OpenRefine's template export, or the folder that `dossier export csv` writes. The meaning of a column is
    guessed from its name (`name`, `type`, `aliases`, `label_fr`, `wikidata`, `lat`, ...) and can be set with --map.

    An identifier in `same_as` identifies a record. If only name and type are those of an existing record, the
    imported facts wait there under `proposed:`. The last import is remembered: your changes since then stay. If the
    import contradicts your change, the conflict is listed, your record stays, and the exit code is 1.

    \b
    Examples:
      dossier authority import parties.csv --type organization --date 2026-05 --licence "CC0 1.0" --dry-run
      dossier authority import people.csv --map "Full name=title" --map "Notes=" --date 2026 --licence own
      dossier authority import entities.ftm.json --source "Open data" --date 2026-05-01 --licence "CC BY 4.0"
    """
    from dossierkit.workflow.records.imports import ImportOptions, mapping, origin, run  # noqa: PLC0415

    wanted = ImportOptions(
        origin(source or file.name, date, licence, url), mapping(mapping_file, pairs, type_, lang), form or ""
    )
    outcomes, notes = run(repository(root), file, wanted, write=not dry_run)
    say_all(notes)
    if not (date and licence):
        say("note: the records will have no date and no licence: give --date and --licence")
    _print(outcomes, dry_run=dry_run)


@authority.command(short_help="Use a starter pack of names.")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--remove", is_flag=True, help="Stop using the packs; records taken from them stay.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@click.pass_obj
def pack(root: Path, names: tuple[str, ...], *, remove: bool, dry_run: bool) -> None:
    """Use the starter pack NAME, or list the packs.

    The pack is copied to seeds/packs/, with titles in the language of the site where it has them, so that this
    repository keeps its version until you run this command again.
    `dossier add` and `dossier update` then recognise its names. A name becomes a record in content/entities/ when
    an article uses it. Existing records with an identifier of the pack receive its names.

    \b
    Examples:
      dossier authority pack
      dossier authority pack countries un media
    """
    from dossierkit.workflow.records.pack import listing, run  # noqa: PLC0415

    if not names:
        say_all(listing(repository(root)))
        return
    lines, outcomes = run(repository(root), names, remove=remove, write=not dry_run)
    say_all(lines)
    if not remove:
        _print(outcomes, dry_run=dry_run)


def _print(outcomes: Sequence[ImportOutcome], *, dry_run: bool) -> None:
    from dossierkit.workflow.records.import_plan import lines  # noqa: PLC0415

    say_all(lines(outcomes))
    if dry_run:
        say("nothing was written: run the command without --dry-run to write it")
    sys.exit(FOUND if any(outcome.conflicts for outcome in outcomes) else 0)
