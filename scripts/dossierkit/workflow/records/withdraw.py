"""`dossier withdraw PAGE`: replaces a page by a tombstone, and removes its content from the files of the repository."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from shlex import quote
from typing import TypeVar

import click

from dossierkit.build.clock import instant
from dossierkit.evidence import media_use, visibility
from dossierkit.model.edtf import EdtfError
from dossierkit.model.edtf import parse as parse_edtf
from dossierkit.model.imported import ImportMemory
from dossierkit.model.media import FOLDER
from dossierkit.model.page import ArticlePage, Content, ContentPage
from dossierkit.model.proposal import Proposal
from dossierkit.model.record import Record
from dossierkit.site.interface import Lead
from dossierkit.site.withholding import withheld_files
from dossierkit.store import imported
from dossierkit.store import proposal as proposals
from dossierkit.store.commit import SET_ASIDE
from dossierkit.store.content import load_content
from dossierkit.store.edit_values import Value, entry
from dossierkit.store.seeds import proposal_of
from dossierkit.store.state import cache_folder, state_folder
from dossierkit.store.yamltext import date as yaml_date
from dossierkit.store.yamltext import scalar
from dossierkit.text.printable import printable
from dossierkit.workflow.named_files import page_named
from dossierkit.workflow.records.record_offers import withdrawn_offers
from dossierkit.workflow.records.withdrawal_remains import (
    ids_of_names,
    kept_source,
    remains,
    source_files,
    with_source,
)
from dossierkit.workflow.repository import Repository, exclusive
from dossierkit.workflow.say import say, say_text

_Page = TypeVar("_Page")


@dataclass(frozen=True, slots=True)
class WithdrawalRequest:
    """The text of the tombstone. `date`: EDTF; `title`: empty for the page's own; `source`: whether to remove the seed too.

    `reason`: may be empty for a page that was withdrawn before, which keeps its reason. `no_tombstone`: remove the page
    completely, with its source.
    """

    reason: str = ""
    date: str = ""
    title: str = ""
    source: bool = False
    no_tombstone: bool = False


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What was written. `files`: bytes by path from the root, None for removed files; `left`: messages about what still refers to
    the page.

    `records`: those of the files that concern other pages and stay, without proposals from this page. `source`: the files of
    the page's source that stay; `with_source`: the command that removes these, too.
    """

    page: str
    files: dict[str, bytes | None]
    left: tuple[str, ...]
    records: frozenset[str]
    source: tuple[str, ...]
    with_source: str


def run(root: Path, page: str, stone: WithdrawalRequest, *, ask: bool = True) -> Withdrawn | None:
    """Withdraw a page; None if the editor declines. Raises click.UsageError, DiagnosticsError before anything is written.

    Unreadable pages do not prevent the withdrawal of another page.
    """
    with exclusive(root):
        content, problems = load_content(root / "content", root)
        path, found = page_named(root, content, problems, page)
        checked = stone if stone.no_tombstone else _checked(_as_before(stone, found))
        repository = Repository(root)
        plan = _plan(repository, content, path, found, checked)
        _print(plan, checked.title or found.title)
        if ask and not click.confirm("Withdraw it?"):
            return None
        repository.commit()
        forget_results(root)
    _print_history(plan)
    return plan


def planned(repository: Repository, path: str, stone: WithdrawalRequest) -> tuple[ContentPage, Withdrawn]:
    """A page and its withdrawal among the pending changes of a repository. Raises click.UsageError, DiagnosticsError."""
    content, problems = load_content(repository.root / "content", repository.root)
    found_path, found = page_named(repository.root, content, problems, path)
    return found, _plan(repository, content, found_path, found, _checked(_as_before(stone, found)))


def forget_results(root: Path) -> None:
    """Delete the repository's caches: they contain the page's text, and can be made again. Name journals that were set aside."""
    try:
        shutil.rmtree(cache_folder(root))
    except OSError as error:
        say(
            f"warning: delete {error.filename or error} yourself: caches of the repository have the text of the page"
        )
    for journal in sorted(state_folder(root).glob(SET_ASIDE)):
        say(
            f"warning: delete {journal} when you no longer need it: it is what an interrupted command was writing, perhaps this page too"
        )


def _as_before(stone: WithdrawalRequest, page: ContentPage) -> WithdrawalRequest:
    """The request, completed with the reason and date of an earlier withdrawal."""
    was = page.withdrawn
    return (
        stone
        if was is None
        else replace(stone, reason=stone.reason or was.reason, date=stone.date or was.date)
    )


def _checked(stone: WithdrawalRequest) -> WithdrawalRequest:
    """The request with its date, by default today's. Raises click.UsageError."""
    reason = " ".join(stone.reason.split())
    if not reason:
        raise click.UsageError("--reason: say in a sentence why the page is gone; readers will see it")
    try:
        date = parse_edtf(stone.date).text if stone.date else instant().partition("T")[0]
    except EdtfError as error:
        raise click.UsageError(f"--date: {error}") from None
    return replace(stone, reason=reason, date=date)


def _plan(
    repository: Repository, content: Content, path: str, page: ContentPage, stone: WithdrawalRequest
) -> Withdrawn:
    """The withdrawal, pending in `repository`."""
    root, no_tombstone, files = repository.root, stone.no_tombstone, repository.pending
    named_as = ids_of_names(content, page) if isinstance(page, Record) else ()
    own: dict[str, bytes | None] = {
        page.path: None if no_tombstone else tombstone(page, stone, named_as).encode()
    }
    own |= dict(_source_files(root, page, source=stone.source or no_tombstone))
    withdrawn_offers(repository, content, page)
    records = frozenset() if isinstance(page, Record) else frozenset(files)
    own |= files
    own |= {f"content/{name}": None for name in _attachments(root, content, page)}
    own |= dict(_imports(root, page, no_tombstone=no_tombstone))
    files.clear()
    for name, data in own.items():
        repository.read(name)
        files[name] = data
    left = tuple(remains(root, content, path, page, files))
    return Withdrawn(page.path, files, left, records, kept_source(root, page, files), with_source(page))


def tombstone(page: ContentPage, stone: WithdrawalRequest, named_as: Sequence[str]) -> str:
    """The page that remains: written anew, because comments and keys of the old one may contain what must be removed."""
    lines = [f"title: {scalar(stone.title or page.title)}\n"]
    if isinstance(page, Record):
        lines.append(f"type: {page.type}\n")
    if isinstance(page, ArticlePage):
        lines += [f"date: {yaml_date(page.date)}\n"] if page.date else []
        source: dict[str, Value] = {"file": page.source.file, "sha256": page.source.sha256}
        source["earlier"] = [{"file": one.file, "sha256": one.sha256} for one in page.source.earlier]
        removed = {"file", "earlier"} if stone.source else set()
        given = {key: value for key, value in source.items() if value and key not in removed}
        lines += [entry("source", given, 0)] if given else []
    if not isinstance(page, Record) and page.lang:
        lines.append(f"lang: {scalar(page.lang)}\n")
    lines.append("status: withdrawn\n")
    lines.append(f"withdrawn:\n  date: {yaml_date(stone.date)}\n  reason: {scalar(stone.reason)}\n")
    if named_as:
        lines.append(entry("named_as", list(named_as), 2))
    return f"---\n{''.join(lines)}---\n"


def _source_files(root: Path, page: ContentPage, *, source: bool) -> Iterator[tuple[str, bytes | None]]:
    """The emptied proposal; with `source`, the removal of all the article's files in seeds/."""
    if not isinstance(page, ArticlePage) or not page.source.file:
        return
    suggested = proposal_of(page.source.file)
    if source:
        yield from ((name, None) for name in (*source_files(page), suggested) if (root / name).is_file())
    elif (root / suggested).is_file():
        stub = Proposal("", "", notes=("The page was withdrawn: nothing is proposed.",))
        yield suggested, proposals.dump(stub).encode()


def _imports(root: Path, page: ContentPage, *, no_tombstone: bool) -> Iterator[tuple[str, bytes | None]]:
    """The import memory of a record, reduced to what prevents another import; removed if no tombstone stays."""
    path = imported.path_of(page.id)
    if not isinstance(page, Record) or not (root / path).is_file():
        return
    if no_tombstone:
        yield path, None
    else:
        found = imported.load((root / path).read_text(encoding="utf-8"), path)
        yield (
            path,
            imported.dump(
                ImportMemory(memory.source, imported.hidden(memory.key)) for memory in found
            ).encode(),
        )


def _attachments(root: Path, content: Content, page: ContentPage) -> list[str]:
    """Pictures, recordings and documents below content/ that only this page shows or links to."""
    folder = root / "content"
    files = [file.relative_to(folder).as_posix() for file in sorted(folder.rglob("*")) if file.is_file()]
    pages = {path for path, _ in visibility.pages_of(content)}
    texts = {name: folder / name for name in files if name.endswith(".md") and name not in pages}
    leads = {
        name: Lead({}, file.read_text(encoding="utf-8", errors="replace")) for name, file in texts.items()
    }
    others, alone = (_where(content, keep) for keep in (lambda one: one is not page, lambda one: one is page))
    styles = (file.read_text(encoding="utf-8", errors="replace") for file in sorted(folder.rglob("*.css")))
    texts_left = (*(lead.body for lead in leads.values()), *styles)
    media = {name for name in files if name.startswith(FOLDER)}
    own = media_use.published(alone, (), media) - media_use.published(others, texts_left, media)
    return sorted({*withheld_files(content, others, leads, files), *own})


def _where(content: Content, keep: Callable[[object], bool]) -> Content:
    """The content with some of its pages only."""

    def filtered(pages: Mapping[str, _Page]) -> dict[str, _Page]:
        return {id_: page for id_, page in pages.items() if keep(page)}

    articles, records = filtered(content.articles), filtered(content.records)
    return replace(content, articles=articles, records=records, dossiers=filtered(content.dossiers))


def _print(plan: Withdrawn, title: str) -> None:
    address = plan.page.removeprefix("content/").removesuffix(".md")
    if plan.files[plan.page] is None:
        say(f"{plan.page}: everything is removed; readers find nothing at its address, and no reason")
    else:
        say(
            f"{plan.page}: everything is removed except the title “{title}”, the date and the reason, which readers will see"
        )
        say(
            f"  note: its address stays too, with the words in it: {address}/ and .well-known/dossier.json on the site, and in "
            "bundles; if they tell whom it was about, withdraw it with --no-tombstone"
        )
    for path, data in plan.files.items():
        if path in plan.records:
            say(f"{path}: without what was proposed from the page")
        elif path != plan.page:
            say(f"{path}: {'removed' if data is None else 'emptied'}")
    for line in (*plan.left, *_source_note(plan)):
        say(f"  note: {line}")


def _source_note(plan: Withdrawn) -> Iterator[str]:
    """A message about files of an article that remain in seeds/, and how to remove them."""
    if plan.source:
        are, them = ("is", "it") if len(plan.source) == 1 else ("are", "them")
        yield (
            f"{' and '.join(plan.source)} {are} still in the repository, with everything the page said; "
            f"to remove {them} and the proposal too: {plan.with_source}"
        )


_DONE = "Done. The caches on this machine are deleted. Commit it, build the site anew, and delete what other machines kept:\n"
_KEPT = """\
  on GitHub, caches and artifacts of workflows: gh cache delete --all, and the artifacts of each run of Actions
  on GitLab: the artifacts of earlier jobs
Git history still has what was there, in every clone and on the host.
To take it out of history too, with git-filter-repo (https://github.com/newren/git-filter-repo), in a fresh clone:
"""
_STEPS = (
    "keep a copy of {page} elsewhere",
    "git filter-repo --invert-paths {paths}",
    'put the copy back, then: git add {page} && git commit -m "Withdraw a page"',
    "git remote add origin ADDRESS (filter-repo has removed it), then: git push --force --all && git push --force --tags",
    "ask the host to drop cached views and old pull requests, and everybody who has a clone to make a new one",
)
_SOURCE_STAYS = (
    "These steps leave {source} in history, with all that the page said. To remove the source too, run this command first, "
    "and then the steps that it prints: {with_source}\n"
)
_EARLIER = "Earlier names of these files need a --path of their own: git log --follow --name-only --format= -- {page}\n"


def _print_history(plan: Withdrawn) -> None:
    stays = plan.files[plan.page] is not None
    steps = [step for step in _STEPS if stays or "copy" not in step]
    listed = "".join(f"  {number}. {one}\n" for number, one in enumerate(steps, 1))
    paths = " ".join(f"--path {quote(path)}" for path in plan.files if path not in plan.records)
    text = f"{_DONE}{_KEPT}{listed}{_SOURCE_STAYS if plan.source else ''}{_EARLIER}"
    given = {
        "page": quote(plan.page),
        "paths": paths,
        "source": " and ".join(plan.source),
        "with_source": plan.with_source,
    }
    say_text(text.format_map({name: printable(value) for name, value in given.items()}))
