"""The command `dossier add`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Unpack

import click

from dossierkit.cli.group import FOUND, main, repository
from dossierkit.cli.options import EXECUTOR, FILE, JOBS, TIMEOUT
from dossierkit.workflow.say import say, say_all

if TYPE_CHECKING:
    from dossierkit.workflow.stated_values import GivenValues


@main.command(short_help="Add sources and write draft pages.")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--date", metavar="D", help="Date of publication, as EDTF: 2016-05-30, 2016-05, 2016.")
@click.option("--url", metavar="U", help="Where it was published.")
@click.option("--publisher", metavar="P", help="Who published it.")
@click.option("--author", metavar="A", help="Who wrote it.")
@click.option("--lang", metavar="L", help="The language of the text: en, ar, fr, ...")
@click.option("--title", metavar="T", help="The title, if the source does not state it.")
@click.option(
    "--metadata",
    metavar="TABLE",
    type=FILE,
    help="A CSV table with facts about many sources: file, date, publisher, url, author, lang, title, rights, tags.",
)
@click.option(
    "--mapping",
    metavar="FILE",
    type=FILE,
    help="A YAML file that says which fields of scraper output (JSON Lines, CSV) have title, text, date, ...: `title: headline`.",
)
@click.option(
    "--list",
    "listed",
    metavar="FILE",
    type=FILE,
    help="A text file with a file or an address on each line; lines that begin with # are ignored.",
)
@click.option("--slug", metavar="S", help="The page's id, if the one made from the title is taken.")
@click.option(
    "--replaces",
    metavar="PAGE",
    type=click.Path(path_type=Path),
    help="FILE is a corrected edition of PAGE's source: it takes its place, and decisions stay.",
)
@click.option(
    "--correction", metavar="C", help="With --replaces: what was wrong, in a sentence that readers will see."
)
@click.option("--encoding", metavar="E", help="The encoding, if it is neither stated nor certain.")
@click.option(
    "--keep-going/--all-or-none",
    default=True,
    show_default=True,
    help="Whether to add the other files if one cannot be added.",
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
    replaces: Path | None,
    correction: str | None,
    **options: Unpack[GivenValues],
) -> None:
    """Add articles: text, Markdown, saved web pages, PDF, Word, OpenDocument, EPUB, mails and mailboxes, feeds, web
    archives, exports of WordPress and Ghost, transcripts, output of scrapers, documents of FollowTheMoney.

    FILE is a file, a folder (with all files below it), a pattern, an address, or - for names on standard input, one
    on each line. Each source is copied into seeds/ unchanged, with proposals beside it, and a draft page is written
    to content/articles/. Write what you know about NAME.txt into NAME.yml beside it. Sources that were added before
    are skipped, so run the command again to continue after an interruption. FILE may be an address that fsspec
    reads (s3://, gs://, file://), with `*` for several. A web page (https://) is fetched once, if its host permits
    it, and kept in seeds/ (extra `web`).

    \b
    Examples:
      dossier add article.txt --date 2016-05-30 --publisher "The Paper"
      dossier add saved/ --jobs 4
      dossier add inbox.mbox report.pdf feed.xml
      dossier add https://paper.example/2016/talks --list more-addresses.txt
      dossier add scraped.jsonl --mapping scraper.yml
      dossier add saved/*.html --metadata sources.csv
      dossier add corrected.html --replaces content/articles/2016/talks-open.md --correction "Friday, not Thursday."
      dossier add "s3://bucket/2016/*.html" --executor dask://10.0.0.5:8786
    """
    if replaces or correction:
        others = (metadata, listed, mapping, *options.values())
        _replace(root, files, replaces, correction or "", alone=all(one is None for one in others))
        return
    from dossierkit.parallel.choice import choose_executor  # noqa: PLC0415
    from dossierkit.workflow.adding.add import AddOptions, add_sources  # noqa: PLC0415
    from dossierkit.workflow.adding.named import named, without  # noqa: PLC0415
    from dossierkit.workflow.adding.source_table import load  # noqa: PLC0415
    from dossierkit.workflow.adding.without_plugin import hint  # noqa: PLC0415

    sources = named(files, listed)
    table = load(metadata) if metadata else None
    where = choose_executor(executor, jobs, timeout)
    add_options = AddOptions(
        keep_going=keep_going,
        jobs=jobs,
        executor=where,
        limit=timeout,
        table=table,
        mapping=mapping.read_bytes() if mapping else None,
        in_folders=sources.in_folders,
    )
    added: list[str] = []
    try:
        add_sources(
            repository(root),
            without(sources.files, metadata, mapping),
            lambda addition: added.append(addition.page),
            add_options=add_options,
            **options,
        )
    finally:
        say_all(sources.passed_over)
        for line in hint(root) if added else ():
            say(f"dossier: {line}", err=True)
        if len(added) > 1:
            say(
                f"{len(added):,} drafts written: look at them with `dossier serve`, decide with `dossier desk` or `dossier review`",
                err=True,
            )


def _replace(root: Path, files: tuple[str, ...], page: Path | None, correction: str, *, alone: bool) -> None:
    if page is None:
        raise click.UsageError(
            "--correction goes with --replaces PAGE; else write `corrections:` into the page"
        )
    from dossierkit.workflow.adding.named import named  # noqa: PLC0415
    from dossierkit.workflow.updating import replace  # noqa: PLC0415

    sources = named(files).files
    if len(sources) != 1 or not alone:
        raise click.UsageError(
            "--replaces takes one file and --correction, since what is known of the source stays: change that in the page"
        )
    done = replace.run(repository(root), sources[0], page, correction)
    say_all(replace.lines(done))
    sys.exit(FOUND if done.open else 0)
