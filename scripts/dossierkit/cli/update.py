"""The command `dossier update`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from dossierkit.cli.group import FOUND, main, repository, stop_on
from dossierkit.cli.options import EXECUTOR, FILE, JOBS, TIMEOUT
from dossierkit.workflow.say import say_all


@main.command(short_help="Propose again and merge into the pages.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--metadata",
    metavar="TABLE",
    type=FILE,
    help="First write facts from a CSV table (file, date, publisher, url, ...) beside the sources.",
)
@JOBS
@EXECUTOR
@click.option(
    "--candidates",
    is_flag=True,
    help="Instead, turn unchanged draft records of older versions back into names in the pages.",
)
@TIMEOUT
@click.pass_obj
def update(  # noqa: PLR0913 -- one parameter an option
    root: Path,
    /,
    paths: tuple[Path, ...],
    *,
    metadata: Path | None,
    jobs: int | None,
    executor: str | None,
    candidates: bool,
    timeout: float,
) -> None:
    """Propose again from the sources, and merge the proposals into the pages without undoing decisions.

    PATH is a page or its source; by default every page is updated, or with --metadata those in the table. What was
    deleted stays deleted; what was changed or added stays. New items are added under `proposed:`, for `dossier
    review` or an editor to decide on. If the page and the new proposal contradict each other, the page stays, and
    the exit code is 1.

    \b
    Examples:
      dossier update
      dossier update content/articles/2016/talks-open.md
      dossier update --candidates
      dossier update --metadata sources.csv
    """
    from dossierkit.parallel.choice import choose_executor  # noqa: PLC0415
    from dossierkit.workflow.updating.candidates import conversion_hint, revert  # noqa: PLC0415
    from dossierkit.workflow.updating.update import lines, run  # noqa: PLC0415

    if candidates:
        if paths:
            raise click.UsageError("--candidates is about the whole repository: name no page with it")
        say_all(revert(repository(root)))
        return
    if metadata:
        from dossierkit.workflow.adding.source_table import write_beside  # noqa: PLC0415

        sources, written = write_beside(repository(root), metadata)
        say_all(written)
        paths = (*paths, *sources)

    where = choose_executor(executor, jobs, timeout)
    outcomes, problems = run(repository(root), paths, jobs=jobs, executor=where, limit=timeout)
    say_all(lines(outcomes))
    say_all(() if paths else conversion_hint(root))
    stop_on(problems)
    sys.exit(FOUND if any(outcome.conflicts for outcome in outcomes) else 0)
