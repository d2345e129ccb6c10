"""Commands that bring articles in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from dossierkit.cli.group import FOUND, TIMEOUT, main, report, repository
from dossierkit.workflow.say import say

if TYPE_CHECKING:
    from dossierkit.ingest.place import Place
    from dossierkit.workflow.adding.stated_values import Options


def _place(text: str) -> Place:
    from dossierkit.ingest.place import place  # noqa: PLC0415

    return place(text)


@main.command(short_help="Write a new dossier repository.")
@click.argument("target", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--name", metavar="TEXT", help="The site's name; by default made from the folder's.")
@click.option(
    "--wheel",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The wheel that its workflows install Dossierkit from; by default the one that this command was installed from.",
)
@click.pass_obj
def init(root: Path, target: Path, name: str | None, wheel: Path | None) -> None:
    """Write a new dossier repository into DIR, which must be new or empty.

    Its requirements.txt names all that the workflows install, with version and SHA-256.

    \b
    Examples:
      dossier init my-dossier
      dossier init . --name "The river talks"
    """
    from dossierkit.workflow import merge_driver  # noqa: PLC0415
    from dossierkit.workflow.adding.init import NotEmptyError, run  # noqa: PLC0415
    from dossierkit.workflow.adding.own_wheel import NAME, OtherWheelError  # noqa: PLC0415

    try:
        written = run(root / target, name=name, wheel=wheel)
        if (root / target / ".git").exists():
            merge_driver.install(root / target)
    except (NotEmptyError, OtherWheelError, merge_driver.NoGitError) as error:
        raise click.UsageError(str(error)) from None
    say(f"{target}: {len(written)} files written; README.md there says how an editor's day goes")
    if not any(file.name == NAME for file in written):
        say(f"{NAME} is not among them: before you publish, do what {target}/wheels/README.md says", err=True)


@main.command(short_help="Turn sources into draft pages.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=_place)
@click.option("--date", metavar="D", help="When it was published, as EDTF: 2016-05-30, 2016-05, 2016.")
@click.option("--url", metavar="U", help="Where it was published.")
@click.option("--publisher", metavar="P", help="Who published it.")
@click.option("--author", metavar="A", help="Who wrote it.")
@click.option("--lang", metavar="L", help="The language of the text: en, ar, fr, ...")
@click.option("--title", metavar="T", help="The title, when the source does not say it.")
@click.option(
    "--metadata",
    metavar="TABLE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A CSV table of what is known of many sources: file, date, publisher, url, author, lang, title.",
)
@click.option("--slug", metavar="S", help="The page's id, when the one made from the title is taken.")
@click.option("--encoding", metavar="E", help="The encoding, when it is neither stated nor certain.")
@click.option(
    "--keep-going/--all-or-none",
    default=True,
    show_default=True,
    help="Whether to add what can be added when other files cannot.",
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
@TIMEOUT
@click.pass_obj
def add(  # noqa: PLR0913 -- one parameter an option
    root: Path,
    /,
    files: tuple[Place, ...],
    *,
    metadata: Path | None,
    keep_going: bool,
    jobs: int | None,
    executor: str | None,
    timeout: float,
    **options: Unpack[Options],
) -> None:
    """Add articles: plain text, Markdown with front matter, or saved HTML pages.

    Each source is copied into seeds/ unchanged; beside it stands what the machine proposes, and a draft page goes to
    content/articles/ for an editor to correct. What a curator knows of NAME.txt may stand in NAME.yml beside it.
    What was added already is passed over, so a command that was stopped goes on when it is run again. FILE may be an
    address that fsspec reads (s3://, gs://, https://, file://), with a `*` for many.

    \b
    Examples:
      dossier add article.txt --date 2016-05-30 --publisher "The Paper"
      dossier add saved/*.html --jobs 4
      dossier add saved/*.html --metadata sources.csv
      dossier add "s3://bucket/2016/*.html" --executor dask://10.0.0.5:8786
    """
    from dossierkit.parallel.choice import executor as chosen  # noqa: PLC0415
    from dossierkit.workflow.adding.add import Manner, each  # noqa: PLC0415
    from dossierkit.workflow.adding.source_table import load  # noqa: PLC0415

    table = load(metadata) if metadata else None
    where = chosen(executor, jobs, timeout)
    manner = Manner(keep_going=keep_going, jobs=jobs, executor=where, limit=timeout, table=table)
    each(repository(root), files, lambda _: None, manner=manner, **options)


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
@TIMEOUT
def extract(  # noqa: PLR0913 -- one parameter an option
    jsonl: Path, out: Path, authority: Path | None, *, model: bool, names: str, timeout: float
) -> None:
    """Extract names, dates and events from JSON Lines, without a repository.

    Each line of IN is {"id", "text", "title"?, "published"?, "lang"?}; OUT has a line for each, in the same order, with
    "sentences", "entities", "timexes" and "events". Offsets are code points, half open. Where something goes wrong with an
    article, its line has "error" instead, and the exit code is 1.

    \b
    Examples:
      dossier extract --jsonl articles.jsonl --out found.jsonl
      dossier extract --jsonl articles.jsonl --out found.jsonl --authority content/entities --no-model
      dossier extract --jsonl articles.jsonl --out found.jsonl --names spacy:xx_ent_wiki_sm
    """
    from dossierkit.workflow.extract import run  # noqa: PLC0415

    problems = run(jsonl, out, authority, model=model, names=names, limit=timeout)
    if problems:
        report(problems)
        sys.exit(FOUND)
