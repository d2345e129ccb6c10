"""The command `dossier stamp`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository
from dossierkit.cli.options import FILE, SITE
from dossierkit.workflow.say import say


@main.command(short_help="Have the site or the sources time-stamped.")
@click.option(
    "--authority",
    required=True,
    metavar="URL",
    help="The authority to ask (RFC 3161). It receives a SHA-256 and your network address.",
)
@click.option("--seeds", is_flag=True, help="Stamp every source without a stamp, instead of the site.")
@SITE
@click.option(
    "--authorities",
    type=FILE,
    metavar="FILE",
    help="Root certificates of authorities you trust, as PEM [default: timestamp_authorities.pem of the repository].",
)
@click.pass_obj
def stamp(root: Path, authority: str, site: str, authorities: Path | None, *, seeds: bool) -> None:
    """Ask a time-stamping authority of your choice to attest when the built site's manifest, or the sources, existed.
    Each stamp is a file beside the original (NAME.tsr), and `dossier verify` verifies it offline.

    \b
    Examples:
      dossier stamp --authority https://tsa.example.org/
      dossier stamp --authority https://tsa.example.org/ --seeds
    """
    from dossierkit.workflow.stamping import AUTHORITIES, named_or_own, stamp, unstamped  # noqa: PLC0415

    folder = repository(root)
    files = unstamped(folder, root / site, seeds=seeds)
    if not files:
        say("nothing to stamp: there is no site, or everything has a stamp", err=True)
    for file, found in stamp(files, authority, named_or_own(authorities, folder, AUTHORITIES)):
        doubt = "" if found.confirmed else " (no root certificate says that this authority is to be trusted)"
        say(f"{file}: {found.when}{doubt}")
