"""The command `dossier archive`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main, repository, stop_on
from dossierkit.text.number_of import number_of
from dossierkit.workflow.say import say, say_all


@main.command(short_help="Find sources without a lasting copy.")
@click.argument("paths", nargs=-1, metavar="[PAGE]...", type=click.Path(path_type=Path))
@click.option(
    "--service",
    metavar="URL",
    help="Ask this web archive for copies; the page's address is appended to URL.",
)
@click.pass_obj
def archive(root: Path, /, paths: tuple[Path, ...], *, service: str | None) -> None:
    """List the pages whose source has an address but no lasting copy (`archived:`), one on each line: page, address.

    With --service, ask a web archive for a copy of each, and write its address beside the source and into the page.
    The service, and anyone who reads its list of copies, learns what you asked for.

    \b
    Examples:
      dossier archive
      dossier archive content/articles/2016/talks-open.md --service https://web.archive.org/save/
    """
    from dossierkit.workflow.archive import archive as ask  # noqa: PLC0415
    from dossierkit.workflow.archive import unarchived  # noqa: PLC0415

    at = repository(root)
    missing = unarchived(at, paths)
    if service is None:
        for one in missing:
            say(f"{one.page} {one.url}")
        say(f"{number_of(len(missing), 'page')} without a lasting copy", err=True)
        return
    from dossierkit.workflow.updating.update import lines, run  # noqa: PLC0415

    described, problems = ask(at, missing, service)
    outcomes, others = run(at, described) if described else ((), ())
    say_all(lines(outcomes))
    stop_on([*problems, *others])
