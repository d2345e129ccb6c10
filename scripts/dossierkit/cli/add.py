"""The command `dossier add`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from dossierkit.cli.group import main, repository
from dossierkit.cli.options import EXECUTOR, JOBS, TIMEOUT

if TYPE_CHECKING:
    from dossierkit.ingest.place import Place
    from dossierkit.workflow.adding.stated_values import GivenValues


def _place(text: str) -> Place:
    from dossierkit.ingest.place import place  # noqa: PLC0415

    return place(text)


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
@JOBS
@EXECUTOR
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
    **options: Unpack[GivenValues],
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
