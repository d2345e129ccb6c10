"""The command `dossier`: arguments, progress, exit codes. What a command needs is imported when it runs."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from subprocess import CalledProcessError
from typing import TYPE_CHECKING, Any

import click

from dossierkit import __version__

if TYPE_CHECKING:
    from dossierkit.model.problem import Problem

FOUND, USAGE = 1, 2


class _Commands(click.Group):
    """Turns what the rooms raise into messages and exit codes: 1 problems found, 2 usage or unreadable input."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        from dossierkit.model.problem import ProblemsError  # noqa: PLC0415

        try:
            return super().invoke(ctx)
        except ProblemsError as error:
            report(error.problems)
            sys.exit(getattr(error, "exit_code", FOUND))
        except CalledProcessError as error:
            click.echo(
                f"dossier: {error.cmd[2]} stopped with exit code {error.returncode}; its messages are above",
                err=True,
            )
            sys.exit(FOUND)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"dossier: {place}{error.strerror or error}", err=True)
            sys.exit(USAGE)


def report(problems: Iterable[Problem]) -> None:
    """Problems on standard error, and how many."""
    listed = tuple(problems)
    for problem in listed:
        click.echo(str(problem), err=True)
    errors = sum(problem.severity == "error" for problem in listed)
    click.echo(
        f"{errors} error{'s' * (errors != 1)}, {len(listed) - errors} warning{'s' * (len(listed) - errors != 1)}",
        err=True,
    )


@click.group(
    cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="dossier")
@click.option(
    "-C",
    "root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Work in the repository at DIR instead of the current one.",
)
@click.pass_context
def main(ctx: click.Context, root: Path) -> None:
    """Articles in, a published dossier out: every claim one click from its quote.

    \b
    A first dossier:
      dossier init my-dossier
      dossier -C my-dossier add article.txt --date 2016-05-30 --publisher "The Paper"
      dossier -C my-dossier serve
    """
    ctx.obj = root.resolve()


def _repository(root: Path) -> Path:
    if not (root / "mkdocs.yml").is_file():
        raise click.UsageError(
            f"no mkdocs.yml in {root}: go to a dossier repository, name one with -C DIR, or make one with `dossier init DIR`"
        )
    return root


@main.command()
@click.argument("target", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", metavar="TEXT", help="The site's name; by default made from the folder's.")
@click.pass_obj
def init(root: Path, target: Path, name: str | None) -> None:
    """Write a new dossier repository into DIR, which must be new or empty.

    \b
    Examples:
      dossier init my-dossier
      dossier init . --name "The river talks"
    """
    from dossierkit.commands.init import NotEmptyError, run  # noqa: PLC0415

    try:
        written = run(root / target, name=name)
    except NotEmptyError as error:
        raise click.UsageError(str(error)) from None
    click.echo(f"{target}: {len(written)} files written; README.md there says how an editor's day goes")


@main.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--date", metavar="D", help="When it was published, as EDTF: 2016-05-30, 2016-05, 2016.")
@click.option("--url", metavar="U", help="Where it was published.")
@click.option("--publisher", metavar="P", help="Who published it.")
@click.option("--author", metavar="A", help="Who wrote it.")
@click.option("--lang", metavar="L", help="The language of the text: en, ar, fr, ...")
@click.option("--title", metavar="T", help="The title, when the source does not say it.")
@click.option("--slug", metavar="S", help="The page's id, when the one made from the title is taken.")
@click.option("--encoding", metavar="E", help="The encoding, when it is neither stated nor certain.")
@click.option("--keep-going", is_flag=True, help="Add what can be added when other files cannot.")
@click.pass_obj
def add(root: Path, files: tuple[Path, ...], *, keep_going: bool, **options: str | None) -> None:
    """Add articles: plain text, Markdown with front matter, or saved HTML pages.

    Each source is copied into seeds/ unchanged; beside it stands what the machine proposes, and a draft page goes to
    content/articles/ for an editor to correct. What a curator knows of NAME.txt may stand in NAME.yml beside it.

    \b
    Examples:
      dossier add article.txt --date 2016-05-30 --publisher "The Paper"
      dossier add saved/*.html --keep-going
    """
    from dossierkit.commands.add import run  # noqa: PLC0415

    run(_repository(root), files, keep_going=keep_going, **options)


@main.command()
@click.option(
    "--engine", type=click.Choice(["mkdocs", "properdocs", "zensical"]), default="mkdocs", show_default=True
)
@click.option("--strict", is_flag=True, help="Stop on warnings too.")
@click.pass_obj
def build(root: Path, engine: str, *, strict: bool) -> None:
    """Check, compile and build the site into site/.

    \b
    Examples:
      dossier build --strict
      dossier build --engine zensical
    """
    from dossierkit.commands.build import run  # noqa: PLC0415
    from dossierkit.engines.run import EngineMissingError  # noqa: PLC0415

    try:
        site, warnings = run(_repository(root), engine, strict=strict)
    except EngineMissingError as error:
        raise click.UsageError(str(error)) from None
    if warnings:
        report(warnings)
    click.echo(f"site: {site}")


@main.command()
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.pass_obj
def serve(root: Path, address: str) -> None:
    """Serve a live preview, drafts included; an edit rebuilds it.

    \b
    Example:
      dossier serve --address 127.0.0.1:8080
    """
    from dossierkit.commands.serve import run  # noqa: PLC0415

    sys.exit(run(_repository(root), address))


@main.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "github", "json"]), default="text", show_default=True
)
@click.pass_obj
def check(root: Path, form: str) -> None:
    """Say everything that is wrong with the content, drafts included; exit code 1 if anything is.

    \b
    Example:
      dossier check --format github
    """
    from dossierkit.commands.check import run, show  # noqa: PLC0415

    problems = run(_repository(root))
    if form == "text":
        report(problems)
    else:
        click.echo(show(problems, form))
    sys.exit(FOUND if any(problem.severity == "error" for problem in problems) else 0)
