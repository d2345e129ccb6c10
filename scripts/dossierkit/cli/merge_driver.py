"""The command `dossier merge-driver`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dossierkit.cli.group import FOUND, main, repository
from dossierkit.workflow.say import say


@main.command("merge-driver", short_help="Let git merge proposals of two branches.")
@click.argument("files", nargs=-1, metavar="[BASE OURS THEIRS PATH]")
@click.option(
    "--install", is_flag=True, help="Set this up for this clone of the repository. Needed once in each clone."
)
@click.pass_obj
def merge_driver(root: Path, files: tuple[str, ...], *, install: bool) -> None:
    """Merge the proposals and decisions of two branches in one file. Git calls this with the files of the three
    versions.

    --install tells this clone's git to use it for `seeds/*.suggested.yml`, as `.gitattributes` says. Without it,
    git leaves conflict markers there, and `dossier update` keeps both sides.

    \b
    Example:
      dossier merge-driver --install
    """
    from dossierkit.workflow import merge_driver as driver  # noqa: PLC0415

    if install and not files:
        driver.install(repository(root))
        say("git now merges proposals in this clone")
        return
    if install or len(files) != 4:
        raise click.UsageError("give --install, or the files from git: BASE OURS THEIRS PATH")
    base, ours, theirs = (Path(file) for file in files[:3])
    sys.exit(0 if driver.run(base, ours, theirs, files[3]) else FOUND)
