"""The command `dossier verify`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dossierkit.cli.group import main, repository
from dossierkit.cli.options import FILE


@main.command(short_help="Verify hashes and quotes, or a built site.")
@click.option(
    "--site",
    metavar="DIR|ZIP|URL",
    help="Verify this built site against its manifest instead: a folder, a bundle, or a web address, which is read slowly.",
)
@click.option(
    "--rebuild",
    is_flag=True,
    help="With --site: also build the repository in a temporary folder and compare.",
)
@click.option(
    "--signers",
    type=FILE,
    metavar="FILE",
    help="With --site: who may sign, in OpenSSH's format [default: allowed_signers of the repository].",
)
@click.option(
    "--authorities",
    type=FILE,
    metavar="FILE",
    help="With --site: root certificates for its time stamp, as PEM [default: timestamp_authorities.pem of the repository].",
)
@click.pass_obj
def verify(
    root: Path, site: str | None, signers: Path | None, authorities: Path | None, *, rebuild: bool
) -> None:
    """Verify that every source has its recorded hash and every quote is in its text. Exit code 1 if not.

    With --site, verify a built or published site: every file has the hash in the site's manifest
    (.well-known/dossier.json), none is missing, none was added, and the signature is valid. This needs no
    repository.

    \b
    Examples:
      dossier verify
      dossier verify --site site --rebuild
      dossier verify --site https://dossier.example.org/ --signers allowed_signers
    """
    if site is None:
        if rebuild or signers or authorities:
            raise click.UsageError("--rebuild, --signers and --authorities go with --site")
        from dossierkit.workflow.verify import run  # noqa: PLC0415

        sys.exit(run(repository(root)))
    from dossierkit.workflow.signing import SIGNERS  # noqa: PLC0415
    from dossierkit.workflow.stamping import AUTHORITIES, named_or_own  # noqa: PLC0415
    from dossierkit.workflow.verify_site import Proof  # noqa: PLC0415
    from dossierkit.workflow.verify_site import run as run_site  # noqa: PLC0415

    where = site if "://" in site else str(root / site)
    trusted = (named_or_own(signers, root, SIGNERS), named_or_own(authorities, root, AUTHORITIES))
    sys.exit(run_site(Proof(where, *trusted, repository(root) if rebuild else None)))
