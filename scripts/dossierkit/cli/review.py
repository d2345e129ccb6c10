"""The command `dossier review`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from dossierkit.cli.group import main, repository
from dossierkit.model.record import ENTITY_TYPES

if TYPE_CHECKING:
    from dossierkit.workflow.editing.queue import Filter

_HOW = ("ask", "accept", "reject", "junk")
_KINDS = ("question", "twin", "doubtful", "rest")
_SCORE = click.FloatRange(0, 1)
_FILTERS = ("kind", "type_", "score_from", "score_below", "new")


class _Options(TypedDict):
    """The options of the command line."""

    maker: str
    entity: bool
    bulk: str | None
    yes: bool
    edit: bool
    events: bool
    changes: bool
    kind: str | None
    type_: str | None
    words: str
    score_from: float | None
    score_below: float | None
    new: bool | None


@main.command(short_help="Decide on proposals in the terminal.")
@click.argument("path", required=False, metavar="[PATH]", type=click.Path(path_type=Path))
@click.option(
    "--maker",
    default="",
    metavar="NAME",
    help="Only proposals of NAME, as in `dossier stats`; `dossierkit` for those of the extractor.",
)
@click.option(
    "--entity",
    is_flag=True,
    help="Go through the names of the whole site one by one, with all their mentions.",
)
@click.option(
    "--bulk",
    is_flag=False,
    flag_value="ask",
    type=click.Choice(_HOW),
    help="Make one decision on all names that match the filters, after showing them.",
)
@click.option("--yes", is_flag=True, help="With --bulk accept, reject or junk: decide without asking.")
@click.option("--edit", is_flag=True, help="Edit the fields of PATH: an article, a record or a dossier.")
@click.option("--events", is_flag=True, help="Join or part entries of several articles about one event.")
@click.option(
    "--changes", is_flag=True, help="Show what changed since the last commit; commit, create a branch."
)
@click.option("--kind", type=click.Choice(_KINDS), default=None, help="Filter: the kind of decision.")
@click.option(
    "--type", "type_", type=click.Choice(ENTITY_TYPES), default=None, help="Filter: names of this type."
)
@click.option("--words", default="", metavar="WORDS", help="Filter: names or events with these words.")
@click.option("--score-from", type=_SCORE, default=None, metavar="N", help="Filter: scores of at least N.")
@click.option("--score-below", type=_SCORE, default=None, metavar="N", help="Filter: scores below N.")
@click.option(
    "--new/--known", "new", default=None, help="Filter: names new to the site, or accepted elsewhere."
)
@click.pass_obj
def review(root: Path, /, path: Path | None, **options: Unpack[_Options]) -> None:
    """Decide on proposals with one key each: accept, reject, edit or merge. Each is shown with its sentence and quote.

    PATH is a page, its source, or a folder of pages; by default every page with open proposals is shown. Each
    decision is written at once, so you can stop at any time and continue later.

    --entity, --bulk, --edit, --events and --changes offer the views of `dossier desk`. The filters are for --entity
    and --bulk; PATH is then a folder of articles.

    \b
    Examples:
      dossier review
      dossier review content/articles/2016/talks-open.md
      dossier review --maker archive-bot
      dossier review --entity --kind twin
      dossier review --bulk --type place --score-from 0.9
      dossier review --bulk accept --score-from 0.95 --known --yes
      dossier review --edit content/entities/ada-moreau.md
      dossier review --events
      dossier review --changes
    """
    views = [name for name in _VIEWS if options.get(name)]
    if len(views) > 1:
        raise click.UsageError(f"--{views[0]} and --{views[1]} are two reviews: give one of them")
    _refuse_aimless(views, path, options)
    _VIEWS[views[0] if views else ""](repository(root), path, options)


def _refuse_aimless(views: list[str], path: Path | None, options: _Options) -> None:
    """Raises click.UsageError for options without effect in this kind of review."""
    view = views[0] if views else ""
    given = [name for name in _FILTERS if options.get(name) is not None]
    if given and view not in ("entity", "bulk"):
        name = "known" if options["new"] is False else given[0].rstrip("_").replace("_", "-")
        raise click.UsageError(f"--{name} is a filter of --entity and --bulk")
    if options["words"] and view not in ("entity", "bulk", "events"):
        raise click.UsageError("--words is a filter of --entity, --bulk and --events")
    if options["maker"] and view not in ("", "entity", "bulk"):
        raise click.UsageError(f"--maker is not a filter of --{view}")
    if options["yes"] and options["bulk"] not in _HOW[1:]:
        raise click.UsageError("--yes needs a decision: --bulk accept, reject or junk")
    if view == "edit" and path is None:
        raise click.UsageError("--edit needs a page")
    if view in ("events", "changes") and path is not None:
        raise click.UsageError(f"--{view} takes no PATH")


def _pages(root: Path, path: Path | None, options: _Options) -> None:
    from dossierkit.workflow.terminal.by_page import run  # noqa: PLC0415

    run(root, path, maker=options["maker"])


def _entity(root: Path, path: Path | None, options: _Options) -> None:
    from dossierkit.workflow.terminal.by_entity import run  # noqa: PLC0415

    run(root, _filter(root, path, options))


def _bulk(root: Path, path: Path | None, options: _Options) -> None:
    from dossierkit.workflow.terminal.together import run  # noqa: PLC0415

    how = options["bulk"] or "ask"
    run(root, _filter(root, path, options), "" if how == "ask" else how, asks=not options["yes"])


def _edit(root: Path, path: Path | None, _: _Options) -> None:
    from dossierkit.workflow.terminal.page_form import run  # noqa: PLC0415

    assert path is not None
    run(root, path)


def _events(root: Path, _: Path | None, options: _Options) -> None:
    from dossierkit.workflow.terminal.by_event import run  # noqa: PLC0415

    run(root, options["words"])


def _changes(root: Path, _: Path | None, __: _Options) -> None:
    from dossierkit.workflow.terminal.changes import run  # noqa: PLC0415

    run(root)


_VIEWS = {"": _pages, "entity": _entity, "bulk": _bulk, "edit": _edit, "events": _events, "changes": _changes}


def _filter(root: Path, path: Path | None, options: _Options) -> Filter:
    """The filter for names. Raises click.UsageError if PATH is not a folder of articles."""
    from dossierkit.workflow.editing.queue import Filter  # noqa: PLC0415

    below, new = options["score_below"], options["new"]
    return Filter(
        kind=options["kind"] or "",
        type=options["type_"] or "",
        words=options["words"],
        below=1.01 if below is None else below,
        least=options["score_from"] or 0.0,
        articles=_ids(root, path),
        maker=options["maker"],
        new="" if new is None else "yes" if new else "no",
    )


def _ids(root: Path, path: Path | None) -> str:
    """The prefix of the ids of the articles in a folder, or of the one of a page."""
    if path is None:
        return ""
    from dossierkit.workflow.named_files import path_named  # noqa: PLC0415

    articles, name = "content/articles/", f"{path_named(root, path)}/"
    if not name.startswith(articles):
        raise click.UsageError(f"{path} is neither a folder of content/articles/ nor a page in it")
    return name.removeprefix(articles).removesuffix(".md/")
