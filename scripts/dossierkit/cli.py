"""The command `dossier`: arguments, progress, exit codes. What a command needs is imported when it runs."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from subprocess import CalledProcessError
from typing import TYPE_CHECKING, Any, Unpack

import click

from dossierkit import __version__

if TYPE_CHECKING:
    from dossierkit.commands.stated import Options
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


@main.command(short_help="Write a new dossier repository.")
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


@main.command(short_help="Turn sources into draft pages.")
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
def add(root: Path, /, files: tuple[Path, ...], *, keep_going: bool, **options: Unpack[Options]) -> None:
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


@main.command(short_help="Extract names, dates and events from JSON Lines.")
@click.option(
    "--jsonl",
    required=True,
    metavar="IN",
    type=click.Path(exists=True, path_type=Path),
    help="Articles, one a line.",
)
@click.option(
    "--out", required=True, metavar="OUT", type=click.Path(path_type=Path), help="Where the findings go."
)
@click.option(
    "--authority",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Authority records.",
)
@click.option(
    "--no-model",
    "model",
    is_flag=True,
    flag_value=False,
    default=True,
    help="Rules and records alone, without the name model.",
)
@click.option(
    "--names",
    default="",
    metavar="CHOICE",
    help="What finds names: `model` (the default), `none`, or `spacy:` and an installed spaCy model.",
)
def extract(jsonl: Path, out: Path, authority: Path | None, *, model: bool, names: str) -> None:
    """Extract names, dates and events from JSON Lines, without a repository.

    Each line of IN is {"id", "text", "title"?, "published"?, "lang"?}; OUT has a line for each, in the same order, with
    "sentences", "entities", "timexes" and "events". Offsets are code points, half open.

    \b
    Examples:
      dossier extract --jsonl articles.jsonl --out found.jsonl
      dossier extract --jsonl articles.jsonl --out found.jsonl --authority content/entities --no-model
      dossier extract --jsonl articles.jsonl --out found.jsonl --names spacy:xx_ent_wiki_sm
    """
    from dossierkit.commands.extract import run  # noqa: PLC0415

    run(jsonl, out, authority, model=model, names=names)


@main.command(short_help="Propose again and merge into the pages.")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.pass_obj
def update(root: Path, paths: tuple[Path, ...]) -> None:
    """Propose again from the sources, and merge into the pages what editors have not decided otherwise.

    PATH is a page or its source; without one, every page is updated. What was deleted stays out, what was changed or
    added stays; what is new comes under `proposed:` in the page, for `dossier review` or an editor to decide on. Where
    the page and the new proposal contradict each other the page stays, and the exit code is 1.

    \b
    Examples:
      dossier update
      dossier update content/articles/2016/talks-open.md
    """
    from dossierkit.commands.update import lines, run  # noqa: PLC0415

    outcomes, problems = run(_repository(root), paths)
    for line in lines(outcomes):
        click.echo(line)
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
    from dossierkit.commands.review import run  # noqa: PLC0415

    run(_repository(root), path)


_FORCE = click.option(
    "--force", is_flag=True, help="Go on although articles would say something else than now."
)


@main.command(short_help="Merge two authority records.")
@click.argument("into", metavar="A")
@click.argument("other", metavar="B")
@_FORCE
@click.pass_obj
def merge(root: Path, into: str, other: str, *, force: bool) -> None:
    """Make record B a part of record A, because they are one and the same.

    A and B are ids: file names in content/entities/ without `.md`. A gets the names, identifiers, relations and text of
    B; every page that names B names A; the address of B leads to A. Where words of an article would come to mean
    something else, that is shown and nothing is written.

    \b
    Examples:
      dossier merge islamic-state daesh
      git revert HEAD        # undoes it, once it is committed
    """
    from dossierkit.commands.merge import run  # noqa: PLC0415

    run(_repository(root), into, other, force=force)


@main.command(short_help="Split an authority record in two.")
@click.argument("id_", metavar="A")
@click.option("--into", required=True, metavar="NEW", help="The id of the new record.")
@click.option("--title", required=True, metavar="T", help="Its preferred name.")
@click.option(
    "--articles",
    required=True,
    multiple=True,
    metavar="ID,...",
    help="The articles that mean the new record, by id; may be given again.",
)
@click.option(
    "--aliases", multiple=True, metavar="NAME", help="An alias of A that goes to it; may be given again."
)
@_FORCE
@click.pass_obj
def split(root: Path, /, id_: str, *, articles: tuple[str, ...], force: bool, **options: Any) -> None:  # noqa: ANN401 - click's options
    """Give some articles of record A a record of their own, because they mean somebody or something else.

    The two records say that they are not the same. The articles named get the new id, with the forms of their text
    (`also:`) that the new record's names do not cover.

    \b
    Example:
      dossier split john-smith --into john-smith-journalist --title "John Smith (journalist)" \\
        --articles 2016/an-interview,2017/another --aliases "J. Smith"
    """
    from dossierkit.commands.split import Split, run  # noqa: PLC0415

    listed = tuple(name.strip() for given in articles for name in given.split(",") if name.strip())
    run(_repository(root), Split(id=id_, articles=listed, **options), force=force)


@main.command(short_help="Give a record another id.")
@click.argument("id_", metavar="A")
@click.argument("new", metavar="NEW-ID")
@_FORCE
@click.pass_obj
def rename(root: Path, id_: str, new: str, *, force: bool) -> None:
    """Give record A another id, everywhere; its old address leads to the new one.

    \b
    Example:
      dossier rename al-zoubi asaad-al-zoubi
    """
    from dossierkit.commands.rename import run  # noqa: PLC0415

    run(_repository(root), id_, new, force=force)


@main.command(short_help="Withdraw a page, leaving a tombstone.")
@click.argument("page", metavar="PAGE")
@click.option("--reason", required=True, metavar="R", help="Why, in a sentence that readers will see.")
@click.option("--date", metavar="D", help="When, as EDTF; by default today.")
@click.option("--title", metavar="T", help="A title for the tombstone, when the page's own must not stay.")
@click.option("--source", is_flag=True, help="Remove the source from seeds/ too.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def withdraw(root: Path, /, page: str, *, yes: bool, **options: Any) -> None:  # noqa: ANN401 - click's options
    """Take a page out: a tombstone with the reason stays, and nothing of what it said.

    PAGE is a file below content/, or an article's id. The page leaves the site, its indexes, the search, feeds and
    exports; the machine's proposal is emptied. Git history still has all of it: the command prints how to rewrite it.

    \b
    Examples:
      dossier withdraw 2016/talks-open --reason "The interviewee withdrew consent."
      dossier withdraw content/entities/jane-doe.md --reason "At her request." --title "A person" --source
    """
    from dossierkit.commands.withdraw import Stone, run  # noqa: PLC0415

    given = {name: value for name, value in options.items() if value is not None}
    run(_repository(root), page, Stone(**given), ask=not yes)


@main.command(short_help="Build the site into site/.")
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


@main.command(short_help="Serve a live preview.")
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
    from dossierkit.commands.check import command  # noqa: PLC0415

    sys.exit(command(_repository(root), paths, form, **options))


@main.command(short_help="Verify every hash and quote.")
@click.pass_obj
def verify(root: Path) -> None:
    """Prove that every seed still has its recorded hash and every quote still stands; exit code 1 if not.

    \b
    Example:
      dossier verify
    """
    from dossierkit.commands.verify import run  # noqa: PLC0415

    sys.exit(run(_repository(root)))


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
    from dossierkit.commands.diff import NoGitError, run  # noqa: PLC0415

    try:
        click.echo(run(_repository(root), base, form))
    except NoGitError as error:
        raise click.UsageError(str(error)) from None
