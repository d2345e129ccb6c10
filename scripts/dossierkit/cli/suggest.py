"""The command `dossier suggest`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from dossierkit.cli.group import FOUND, main, repository

_KEY = "DOSSIER_API_KEY"


@main.command(short_help="Ask a language model for proposals.")
@click.argument("paths", nargs=-1, metavar="[PAGE...]", type=click.Path(path_type=Path))
@click.option("--model", required=True, metavar="NAME", help="The model's name on its server.")
@click.option(
    "--endpoint",
    default="http://127.0.0.1:11434/v1",
    show_default=True,
    metavar="URL",
    help="The address of an OpenAI-compatible server, up to /v1.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=1),
    default=300.0,
    show_default=True,
    metavar="SECONDS",
    help="How long to wait for one answer of the server.",
)
@click.option(
    "--retry/--no-retry",
    default=True,
    show_default=True,
    help="Whether to send refused items back once, with the reasons.",
)
@click.option("--dry-run", is_flag=True, help="Ask and check; write nothing.")
@click.pass_obj
def suggest(  # noqa: PLR0913 -- one parameter an option
    root: Path,
    paths: tuple[Path, ...],
    model: str,
    endpoint: str,
    timeout: float,
    *,
    retry: bool,
    dry_run: bool,
) -> None:
    """Ask a language model about articles, by default all, and check its proposals as `dossier propose` does.

    The server is one that you run or chose; by default it is on this machine. If it is not, a warning says what is
    sent. A key is read from the environment (DOSSIER_API_KEY). Answers are kept, so that an interrupted run can
    continue. The proposals wait for an editor like all others: this command publishes nothing.

    \b
    Examples:
      dossier suggest --model qwen3:8b content/articles/2016/talks-open.md
      dossier suggest --model my-model --endpoint http://127.0.0.1:8080/v1
    """
    from dossierkit.workflow.suggesting.endpoint import Endpoint  # noqa: PLC0415
    from dossierkit.workflow.suggesting.suggest import command  # noqa: PLC0415

    asked = Endpoint(endpoint.rstrip("/"), model, os.environ.get(_KEY, ""), timeout)
    if not command(repository(root), paths, asked, retry=retry, dry_run=dry_run):
        sys.exit(FOUND)
