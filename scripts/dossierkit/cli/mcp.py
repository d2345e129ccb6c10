"""The command `dossier mcp`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository


@main.command(short_help="Let an agent read and propose (Model Context Protocol).")
@click.pass_obj
def mcp(root: Path) -> None:
    """Serve the repository to an agent over standard input and output, by the Model Context Protocol.

    Its tools search, read articles and records, list open questions, propose and check. What an agent proposes is held
    against its quote as by `dossier propose`, and waits for an editor. No tool writes a page or publishes one. The agent
    reads drafts too: what its model sees leaves this machine where the model runs elsewhere.

    Needs the extra `mcp`: pip install 'dossierkit[mcp]'. An agent is told to start: dossier -C DIR mcp

    \b
    Example:
      dossier -C my-dossier mcp
    """
    from dossierkit.workflow.agents.server import run  # noqa: PLC0415

    run(repository(root))
