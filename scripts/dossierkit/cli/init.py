"""The command `dossier init`."""

from __future__ import annotations

from pathlib import Path

import click

from dossierkit.cli.group import main
from dossierkit.cli.options import FILE
from dossierkit.workflow.say import say

_LANGUAGES = sorted(file.stem for file in (Path(__file__).parents[1] / "data" / "strings").glob("*.yml"))


@main.command(short_help="Create a new dossier repository.")
@click.argument("target", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", metavar="TEXT", help="The site's name; by default made from the folder's name.")
@click.option(
    "--language",
    type=click.Choice(_LANGUAGES),
    default="en",
    show_default=True,
    help="The language of the interface: what readers see beside your own texts.",
)
@click.option(
    "--wheel",
    metavar="FILE",
    type=FILE,
    help="The wheel of Dossierkit for its workflows; by default the one that this command was installed from.",
)
@click.pass_obj
def init(root: Path, target: Path, name: str | None, language: str, wheel: Path | None) -> None:
    """Write a new dossier repository into DIR, which must be new or empty.

    Its requirements.txt lists everything that the workflows install, with version and SHA-256.

    \b
    Examples:
      dossier init my-dossier
      dossier init . --name "The river talks"
      dossier init enquetes --language fr
    """
    from dossierkit.workflow import merge_driver  # noqa: PLC0415
    from dossierkit.workflow.init import WHEEL_NAME, run  # noqa: PLC0415

    written = run(root / target, name=name, wheel=wheel, language=language)
    if (root / target / ".git").exists():
        merge_driver.install(root / target)
    say(f"{target}: {len(written)} files written; {target}/README.md explains daily work")
    say(f"next, in {target}: add articles with `dossier add FILE`, then decide with `dossier desk`")
    if not any(file.name == WHEEL_NAME for file in written):
        say(f"{target}/wheels: {WHEEL_NAME} is missing; README.md there says how to add it", err=True)
