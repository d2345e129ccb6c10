"""The command `dossier add`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from dossierkit.cli.group import main, repository
from dossierkit.cli.options import EXECUTOR, JOBS, TIMEOUT
from dossierkit.workflow.say import say

if TYPE_CHECKING:
    from dossierkit.workflow.adding.stated_values import GivenValues


@main.command(short_help="Turn sources into draft pages.")
@click.argument("files", nargs=-1, metavar="[FILE]...")
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
    help="A CSV table of what is known of many sources: file, date, publisher, url, author, lang, title, rights, tags.",
)
@click.option(
    "--mapping",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Which fields of a scraper's records (JSON Lines, CSV) hold title, text, date, ...: YAML, `title: headline`.",
)
@click.option(
    "--list",
    "listed",
    metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A text file with a file or an address on each line; lines that begin with # are left out.",
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
    files: tuple[str, ...],
    *,
    metadata: Path | None,
    listed: Path | None,
    mapping: Path | None,
    keep_going: bool,
    jobs: int | None,
    executor: str | None,
    timeout: float,
    **options: Unpack[GivenValues],
) -> None:
    """Add articles: text, Markdown, saved web pages, PDF, Word, OpenDocument, EPUB, mails and mailboxes, feeds, web archives,
    records of scrapers, documents of FollowTheMoney.

    FILE is a file, a folder (all files below it), a pattern, an address, or - for names on standard input, one a line. Each source is copied into seeds/ unchanged; beside it stands what the machine proposes, and a draft page goes to
    content/articles/ for an editor to correct. What a curator knows of NAME.txt may stand in NAME.yml beside it.
    What was added already is passed over, so a command that was stopped goes on when it is run again. FILE may be an
    address that fsspec reads (s3://, gs://, file://), with a `*` for many. A page
    of the web (https://) is fetched once, as its host allows it, and kept in seeds/ as it came (extra `web`).

    \b
    Examples:
      dossier add article.txt --date 2016-05-30 --publisher "The Paper"
      dossier add saved/ --jobs 4
      dossier add inbox.mbox report.pdf feed.xml
      dossier add https://paper.example/2016/talks --list more-addresses.txt
      dossier add scraped.jsonl --mapping scraper.yml
      dossier add saved/*.html --metadata sources.csv
      dossier add "s3://bucket/2016/*.html" --executor dask://10.0.0.5:8786
    """
    from dossierkit.parallel.choice import executor as chosen  # noqa: PLC0415
    from dossierkit.workflow.adding.add import Manner, each  # noqa: PLC0415
    from dossierkit.workflow.adding.named import in_folders, named, without  # noqa: PLC0415
    from dossierkit.workflow.adding.source_table import load  # noqa: PLC0415

    table = load(metadata) if metadata else None
    where = chosen(executor, jobs, timeout)
    manner = Manner(
        keep_going=keep_going,
        jobs=jobs,
        executor=where,
        limit=timeout,
        table=table,
        mapping=mapping.read_bytes() if mapping else None,
        in_folders=in_folders(files),
    )
    sources = without(named(files, listed), metadata, mapping)
    added: list[str] = []
    try:
        each(repository(root), sources, lambda one: added.append(one.page), manner=manner, **options)
    finally:
        if len(added) > 1:
            say(f"{len(added):,} articles added", err=True)
