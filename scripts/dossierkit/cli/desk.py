"""Commands for an editor's day: proposals, rules, what changed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from dossierkit.cli.group import FOUND, TIMEOUT, main, report, repository
from dossierkit.workflow.say import say, say_text


@main.command(short_help="Propose again and merge into the pages.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--metadata",
    metavar="TABLE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="First write what a CSV table says of sources (file, date, publisher, url, ...) beside them.",
)
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Processes, at most; by default one for each processor.",
)
@click.option(
    "--executor",
    metavar="ADDRESS",
    help="A Dask cluster that does the work: dask://HOST:PORT, or tls://HOST:PORT.",
)
@click.option(
    "--candidates",
    is_flag=True,
    help="Instead, turn draft records of older versions that nobody touched back into names in the pages.",
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
    """Propose again from the sources, and merge into the pages what editors have not decided otherwise.

    PATH is a page or its source; without one, every page is updated, or with --metadata those of the table. What was
    deleted stays out, what was changed or added stays; what is new comes under `proposed:` in the page, for `dossier review` or an editor to decide on. Where
    the page and the new proposal contradict each other the page stays, and the exit code is 1.

    \b
    Examples:
      dossier update
      dossier update content/articles/2016/talks-open.md
      dossier update --candidates
      dossier update --metadata sources.csv
    """
    from dossierkit.parallel.choice import executor as chosen  # noqa: PLC0415
    from dossierkit.workflow.updating.candidates import offer, revert  # noqa: PLC0415
    from dossierkit.workflow.updating.update import lines, run  # noqa: PLC0415

    if candidates:
        if paths:
            raise click.UsageError("--candidates is about the whole repository: name no page with it")
        for line in revert(repository(root)):
            say(line)
        return
    if metadata:
        from dossierkit.workflow.updating.metadata import run as describe  # noqa: PLC0415

        sources, told = describe(repository(root), metadata)
        for line in told:
            say(line)
        paths = (*paths, *sources)

    where = chosen(executor, jobs, timeout)
    outcomes, problems = run(repository(root), paths, jobs=jobs, executor=where, limit=timeout)
    for line in lines(outcomes):
        say(line)
    for line in () if paths else offer(root):
        say(line)
    if problems:
        report(problems)
    sys.exit(FOUND if problems or any(outcome.conflicts for outcome in outcomes) else 0)


@main.command(short_help="Decide on proposals, one key each.")
@click.argument("path", required=False, metavar="[PATH]", type=click.Path(path_type=Path))
@click.pass_obj
def review(root: Path, path: Path | None) -> None:
    """Decide on what is proposed, one key each: the sentence with its quote, and accept, reject, edit or merge.

    PATH is a page, its source, or a folder of pages; without one, every page with open proposals is walked. The page is
    written after each decision, so a review can be left at any time and goes on where it stopped.

    \b
    Examples:
      dossier review
      dossier review content/articles/2016/talks-open.md
    """
    from dossierkit.workflow.review.session import run  # noqa: PLC0415

    run(repository(root), path)


@main.command(short_help="Say what is wrong with the content.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "github", "sarif", "json"]),
    default="text",
    show_default=True,
)
@click.option("--fix", "mend", is_flag=True, help="First mend what can be mended with certainty.")
@click.option("--select", default="", metavar="CODES", help="Only these rules: D2, or D201,D7.")
@click.option("--ignore", default="", metavar="CODES", help="All rules but these.")
@click.option(
    "--notes", is_flag=True, help="Notes too: records that nothing names, claims of a single source, ..."
)
@click.option("--no-cache", is_flag=True, help="Look at every page anew.")
@click.pass_obj
def check(root: Path, /, paths: tuple[Path, ...], form: str, **options: Any) -> None:  # noqa: ANN401 - click's options
    """Say everything that is wrong with the content, drafts included; exit code 1 if anything is.

    PATHs limit what is shown to files and folders. A line `# dossier: ignore D703 -- why` on or above a line of a
    page's front matter lets a problem pass there.

    \b
    Examples:
      dossier check
      dossier check --fix content/articles/2016
      dossier check --select D2 --format github
    """
    from dossierkit.workflow.check import command  # noqa: PLC0415

    sys.exit(command(repository(root), paths, form, **options))


@main.command(short_help="Verify every hash and quote.")
@click.pass_obj
def verify(root: Path) -> None:
    """Prove that every seed still has its recorded hash and every quote still stands; exit code 1 if not.

    \b
    Example:
      dossier verify
    """
    from dossierkit.workflow.verify import run  # noqa: PLC0415

    sys.exit(run(repository(root)))


@main.command(short_help="Say what changed in meaning.")
@click.option(
    "--base", metavar="REV", help="Compare with this revision; by default where the branch left main."
)
@click.option(
    "--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", show_default=True
)
@click.pass_obj
def diff(root: Path, base: str | None, form: str) -> None:
    """Say what changed in meaning since a git revision: entities, aliases, events, decisions.

    \b
    Examples:
      dossier diff
      dossier diff --base HEAD~3 --format markdown
    """
    from dossierkit.workflow.diff import NoGitError, run  # noqa: PLC0415

    try:
        say_text(run(repository(root), base, form))
    except NoGitError as error:
        raise click.UsageError(str(error)) from None


@main.command("merge-driver", short_help="Have git merge proposals of two branches.")
@click.argument("files", nargs=-1, metavar="[BASE OURS THEIRS PATH]")
@click.option("--install", is_flag=True, help="Tell this clone's git to use it. Needed once in each clone.")
@click.pass_obj
def merge_driver(root: Path, files: tuple[str, ...], *, install: bool) -> None:
    """Merge what two branches remember of one file of proposals; git calls it with the files of the three versions.

    With --install, this clone's git is told to use it for `seeds/*.suggested.yml`, as `.gitattributes` says. Without, git leaves
    conflict markers there, and `dossier update` keeps both sides.

    \b
    Example:
      dossier merge-driver --install
    """
    from dossierkit.workflow import merge_driver as driver  # noqa: PLC0415

    if install and not files:
        try:
            driver.install(repository(root))
        except driver.NoGitError as error:
            raise click.UsageError(str(error)) from None
        say("git merges proposals in this clone from now on")
        return
    if install or len(files) != 4:
        raise click.UsageError("give --install, or the files that git gives: BASE OURS THEIRS PATH")
    base, ours, theirs = (Path(file) for file in files[:3])
    sys.exit(0 if driver.run(base, ours, theirs, files[3]) else FOUND)
