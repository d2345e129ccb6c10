"""`dossier publish PAGE...`: sets `status: published`, or lists what prevents it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dossierkit.build import unreviewed
from dossierkit.build.unreviewed import draft_record, draft_records, obstacle
from dossierkit.check.selection import RuleSelection
from dossierkit.evidence import visibility
from dossierkit.evidence.gathering import ERRORS_ONCE_PUBLISHED
from dossierkit.merge.unreviewed import ENTRY, NAME, PROPOSAL, Unreviewed
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError, errors_in
from dossierkit.model.page import ArticlePage, Content, ContentPage, DossierPage
from dossierkit.store import proposal as proposals
from dossierkit.store.edit import EditError, Put, apply
from dossierkit.store.schema import KINDS, before
from dossierkit.store.seeds import proposal_of
from dossierkit.text.number_of import number_of, some
from dossierkit.workflow.check import examined
from dossierkit.workflow.named_files import page_named
from dossierkit.workflow.repository import Repository, exclusive, last_proposal
from dossierkit.workflow.review import record_reviews
from dossierkit.workflow.say import say

_STATUS = "status"
_MOST_NAMED = 3  # items named in a message
_DRAFT_ARTICLE = "D310"


@dataclass(frozen=True, slots=True)
class Published:
    """The result for one page: items `accepted` with it, `problems` that prevented it, undecided items (`waiting`)."""

    path: str
    accepted: tuple[str, ...] = ()
    problems: tuple[Diagnostic, ...] = ()
    already: bool = False
    waiting: tuple[Unreviewed, ...] = ()


def run(
    root: Path, pages: Sequence[str], *, accept: bool = False, dry_run: bool = False
) -> tuple[Published, ...]:
    """Publish the named pages, each completely or not at all; all that can be published are written as one.

    `accept`: the items in a page count as decided. Raises click.UsageError if a page does not exist, DiagnosticsError if
    another process has locked the repository.
    """
    with exclusive(root):
        repository = Repository(root)
        made = prepare(repository, pages, accept=accept)
        if not dry_run:
            repository.commit()
    return made


def prepare(repository: Repository, pages: Sequence[str], *, accept: bool) -> tuple[Published, ...]:
    """Publish pages among the pending files of a repository that the caller has locked. Raises click.UsageError as `run` does."""
    library, report = examined(repository.root, RuleSelection(), use_cache=True)
    content = library.content
    named, unread = dict[str, None](), dict[str, Published]()
    for name in pages:
        try:
            named[page_named(repository.root, content, library.problems, name)[1].path] = None
        except DiagnosticsError as error:
            path = error.problems[0].path
            unread[path] = Published(path, problems=error.problems)
    by_path = {page.path: page for _, page in visibility.pages_of(content)}
    errors = errors_in(_as_published(checked.problem) for checked in report.found)
    wrong = {path: [error for error in errors if error.path == path] for path in named}
    together = _PublishedTogether(repository, content, wrong, frozenset(named), accept=accept)
    return (*unread.values(), *(together.publish(by_path[path]) for path in named))


def _as_published(problem: Diagnostic) -> Diagnostic:
    """The problem with the severity that it has on a page that readers see."""
    return replace(problem, severity="error") if problem.code in ERRORS_ONCE_PUBLISHED else problem


class _PublishedTogether:
    """Pages that are published together: none is an obstacle for another by being unpublished."""

    def __init__(
        self,
        repository: Repository,
        content: Content,
        wrong: Mapping[str, Sequence[Diagnostic]],
        named: frozenset[str],
        *,
        accept: bool,
    ) -> None:
        self.repository = repository
        self._root, self._content, self._wrong, self._named = repository.root, content, wrong, named
        self._accept = accept
        self._waiting = unreviewed.UnreviewedIndex(repository.root, content)

    def publish(self, page: ContentPage) -> Published:
        if page.status == "withdrawn":
            message = "the page is withdrawn: it stays so"
            return Published(page.path, problems=(Diagnostic(page.path, 1, 1, "D806", message),))
        of = self._waiting.of(page) if isinstance(page, ArticlePage) else None
        waiting = of.items if of else ()
        accepted = tuple(item for item in waiting if self._accept and item.code in {NAME, ENTRY})
        left = tuple(item for item in waiting if item not in accepted)
        own = {"D811", "D812", "D813", "D814", "D815"}
        obstacles = (
            *(diagnostic for diagnostic in self._wrong[page.path] if diagnostic.code not in own),
            *(obstacle(page.path, one) for one in left),
            *(of.broken if of else ()),
            *self._of_kind(page),
        )
        if obstacles:
            return Published(page.path, problems=tuple(sorted(obstacles)), waiting=left)
        return self._written(page, accepted)

    def _of_kind(self, page: ContentPage) -> Iterator[Diagnostic]:
        """Obstacles that depend on the kind of page: article, dossier or record."""
        if isinstance(page, ArticlePage):
            for ref, record in draft_records([page], self._content)[page.id]:
                if record not in self._named:
                    yield draft_record(page.path, ref, record)
        elif isinstance(page, DossierPage):
            yield from self._of_dossier(page)
        else:
            for open_ in record_reviews.waiting(self._root, page.path):
                what = f"the proposal “{open_.value}” waits: run `dossier review {page.path}`, or take it out"
                yield Diagnostic(page.path, 1, 1, PROPOSAL, what)

    def _of_dossier(self, page: DossierPage) -> Iterator[Diagnostic]:
        for id_, line, col in page.articles:
            article = self._content.articles.get(id_)
            if article is not None and article.status == "draft" and article.path not in self._named:
                message = f"its article `{id_}` is a draft: run `dossier publish {article.path}`"
                yield Diagnostic(page.path, line, col, _DRAFT_ARTICLE, message)
        for id_, line, col in page.cast:
            record = self._content.records.get(id_)
            if record is not None and record.status == "draft" and record.path not in self._named:
                message = f"its record `{id_}` is a draft: read it, then run `dossier publish {record.path}`"
                yield Diagnostic(page.path, line, col, unreviewed.DRAFT_RECORD, message)

    def _written(self, page: ContentPage, accepted: Sequence[Unreviewed]) -> Published:
        text = self.repository.page(page.path)
        try:
            kind = page.path.split("/")[1]
            done = apply(text, [Put((_STATUS,), "published", before(KINDS[kind], _STATUS))], page.path)
        except EditError as error:
            message = f"{error}: set `status: published` by hand"
            return Published(page.path, problems=(Diagnostic(page.path, 1, 1, "D502", message),))
        changed = self.repository.write(page.path, done)
        if isinstance(page, ArticlePage) and accepted:
            self._remember(page, accepted)
        return Published(page.path, tuple(one.text for one in accepted), already=not changed)

    def _remember(self, page: ArticlePage, accepted: Sequence[Unreviewed]) -> None:
        path = proposal_of(page.source.file)
        last, _ = last_proposal(self.repository, path)
        keys = {*last.accepted, *(one.open.key for one in accepted)}
        self.repository.write(path, proposals.dump(replace(last, accepted=tuple(sorted(keys)))))


def command(root: Path, pages: Sequence[str], *, accept: bool, dry_run: bool) -> None:
    """Publish the pages, and print the result: a line for each page, in a dry run also one for each item that would be accepted.

    Raises DiagnosticsError with all obstacles, and as `run` does.
    """
    made = run(root, pages, accept=accept, dry_run=dry_run)
    for published in made:
        for text in published.accepted if dry_run else ():
            say(f"{published.path}: would accept “{text}”")
        if not published.problems:
            say(f"{published.path}: {_done(published, dry_run=dry_run)}")
    if len(made) > 1:
        say(_in_all(made, dry_run=dry_run))
    problems = tuple(problem for published in made for problem in _in_short(published))
    if problems:
        raise DiagnosticsError(problems)


def _in_all(made: Sequence[Published], *, dry_run: bool) -> str:
    """How many pages were published and how many were not, with the next step."""
    new = sum(not one.problems and not one.already for one in made)
    refused = sum(bool(one.problems) for one in made)
    left = f", {refused} not, for the reasons below" if refused else ""
    if dry_run:
        return f"in all {number_of(new, 'page')} would be published{left}"
    further = "; look at the site with `dossier serve`" if new else ""
    return f"in all {number_of(new, 'page')} published{left}{further}"


def _in_short(published: Published) -> Iterator[Diagnostic]:
    """The problems of a page, with a single one for all undecided items."""
    if len(published.waiting) < 2:
        yield from published.problems
        return
    waits = {item.code for item in published.waiting}
    first = next(problem for problem in published.problems if problem.code in waits)
    names = some([f"“{item.text}”" for item in published.waiting], _MOST_NAMED)
    accepting = "; or read the page and publish it with `--accept`" if waits <= {NAME, ENTRY} else ""
    message = (
        f"{len(published.waiting)} undecided ({names}): run `dossier review {published.path}`{accepting}"
    )
    yield from (problem for problem in published.problems if problem.code not in waits)
    yield replace(first, message=message)


def _done(published: Published, *, dry_run: bool) -> str:
    if published.already:
        return "published already"
    if dry_run or not published.accepted:
        return "would be published" if dry_run else "published"
    names = some([f"“{text}”" for text in published.accepted], _MOST_NAMED)
    return f"published; {number_of(len(published.accepted), 'item')} accepted ({names})"
