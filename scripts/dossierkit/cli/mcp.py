"""The command `dossier mcp`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository


@main.command(short_help="Let an agent read and propose (Model Context Protocol).")
@click.pass_obj
def mcp(root: Path) -> None:
    """Let an agent read the repository and make proposals, over standard input and output (Model Context Protocol).

    Its tools search, read articles and records, list open questions, propose and check. An agent's proposals are
    compared with their quotes, as by `dossier propose`, and wait for an editor. No tool writes or publishes a page.
    The agent can read drafts: if its model runs elsewhere, that text leaves this machine.

    Needs the extra `mcp`: pip install 'dossierkit[mcp]'. The command for the agent's settings: dossier -C DIR mcp

    \b
    Example:
      dossier -C my-dossier mcp
    """
    from dossierkit.workflow.agents.server import run  # noqa: PLC0415

    run(repository(root))
