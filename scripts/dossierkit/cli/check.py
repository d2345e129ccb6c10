"""The command `dossier check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from dossierkit.cli.group import main, repository


@main.command(short_help="List everything that is wrong with the content.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "gitlab", "sarif", "json"]),
    default="text",
    show_default=True,
    help="For people (text), for comments on pull requests (github, gitlab), or for programs (sarif, json).",
)
@click.option("--fix", "fixing", is_flag=True, help="First correct what can be corrected with certainty.")
@click.option("--select", default="", metavar="CODES", help="Only these rules, for example D2 or D201,D7.")
@click.option("--ignore", default="", metavar="CODES", help="All rules except these.")
@click.option(
    "--notes", is_flag=True, help="Show notes too: records that nothing names, claims of a single source, ..."
)
@click.option("--strict", is_flag=True, help="Exit code 1 for warnings too.")
@click.option("--no-cache", is_flag=True, help="Check every page again.")
@click.pass_obj
def check(root: Path, /, paths: tuple[Path, ...], form: str, **options: Any) -> None:  # noqa: ANN401 - click's options
    """List everything that is wrong with the content, drafts included.

    Exit code 1 if there is an error, or with --strict a warning. A build stops at errors in
    pages and settings; most warnings are found by this command only.

    PATHs limit the output to files and folders. A line `# dossier: ignore D703 -- why` on or above a line of a
    page's front matter makes an exception there.

    \b
    Examples:
      dossier check
      dossier check --fix content/articles/2016
      dossier check --select D2 --format github
      dossier check --strict --ignore D816
    """
    from dossierkit.workflow.check import command  # noqa: PLC0415

    sys.exit(command(repository(root), paths, form, **options))
