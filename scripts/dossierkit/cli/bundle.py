"""The command `dossier bundle`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository
from dossierkit.text.number_of import number_of
from dossierkit.workflow.say import say


@main.command(short_help="Pack one dossier to be read offline.")
@click.argument("dossier")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The archive to write [default: DOSSIER.zip].",
)
@click.option(
    "--originals",
    is_flag=True,
    help="Include the sources as received; only if you may pass them on.",
)
@click.pass_obj
def bundle(root: Path, dossier: str, out: Path | None, *, originals: bool) -> None:
    """Pack one dossier into a ZIP: its articles and the names in them as pages that open from a disk, the provenance
    of each claim, and a manifest to verify it (`dossier verify --site FILE`).

    DOSSIER is the id of a dossier that readers see, such as geneva-talks-2016. The bundle contains only what
    readers of the site see.

    \b
    Examples:
      dossier bundle geneva-talks-2016
      dossier bundle geneva-talks-2016 --originals --out handover.zip
    """
    from dossierkit.workflow.bundle import run  # noqa: PLC0415

    target = out or Path(f"{dossier.replace('/', '-')}.zip")
    made = run(repository(root), dossier, target, originals=originals)
    for id_ in made.left:
        say(f"no original for {id_}", err=True)
    say(f"{made.file}: {number_of(made.articles, 'article')}")
