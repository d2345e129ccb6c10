"""The command `dossier sign`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main
from dossierkit.cli.options import FILE, SITE
from dossierkit.workflow.say import say


@main.command(short_help="Sign the built site with an SSH key.")
@click.option(
    "--key",
    required=True,
    type=FILE,
    metavar="FILE",
    help="The private key, or the public half of a key in ssh-agent.",
)
@SITE
@click.pass_obj
def sign(root: Path, key: Path, site: str) -> None:
    """Sign the manifest of the built site with an SSH key. The signature is written beside it; publish it with the
    site.

    List who may sign in the file allowed_signers of the repository, one "NAME KEY" on each line, such as
    "desk@example.org ssh-ed25519 AAAA...". A build that changes the site removes the signature.

    \b
    Example:
      dossier build --strict
      dossier sign --key ~/.ssh/id_ed25519
      dossier verify --site site
    """
    from dossierkit.workflow.signing import sign as run  # noqa: PLC0415

    say(f"signature: {run(root / site, key)}")
