"""Asks about article after article, checks the answers and writes proposals. Cached replies let a run continue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import click

from dossierkit.cache.files import replace_file
from dossierkit.evidence.plain_text import plain_text
from dossierkit.model.diagnostic import DiagnosticsError
from dossierkit.model.submission import Acceptance, Answer, Refusal
from dossierkit.store.state import StateError, cache_folder
from dossierkit.workflow.named_files import article_pages
from dossierkit.workflow.progress import watched
from dossierkit.workflow.repository import Repository, known_records, read_input
from dossierkit.workflow.say import say
from dossierkit.workflow.submitting import submit
from dossierkit.workflow.suggesting.endpoint import Endpoint, EndpointError, checked
from dossierkit.workflow.suggesting.question import ModelQuestion, question, read

_LEAVES = (
    "dossier: %s is not this machine: title, date and text of each article, drafts included, and the names of the records that it "
    "names are sent there"
)


@dataclass(frozen=True, slots=True)
class Suggested:
    """The result for one article. `problem`: why it was skipped, empty if it was not."""

    page: str
    answers: tuple[Answer, ...] = ()
    problem: str = ""


def command(root: Path, paths: Sequence[Path], endpoint: Endpoint, *, retry: bool, dry_run: bool) -> bool:
    """Ask about the pages, by default all. Returns False if an article was skipped. Raises click.UsageError."""
    try:
        checked(endpoint.url)
    except EndpointError as error:
        raise click.UsageError(str(error)) from None
    if not endpoint.here:
        say(_LEAVES % endpoint.host, err=True)
    pages = article_pages(root, paths)
    fine = True
    for suggested in watched(run(root, pages, endpoint, retry=retry, dry_run=dry_run), len(pages), "Asking"):
        say(_line(suggested), err=bool(suggested.problem))
        fine = fine and not suggested.problem
    return fine


def _line(suggested: Suggested) -> str:
    if suggested.problem:
        return f"{suggested.page}: {suggested.problem}"
    refused = sum(isinstance(answer, Refusal) for answer in suggested.answers)
    known = sum(isinstance(answer, Acceptance) and answer.already for answer in suggested.answers)
    return f"{suggested.page}: {len(suggested.answers) - refused - known} taken, {known} known already, {refused} refused"


def run(
    root: Path, pages: Sequence[str], endpoint: Endpoint, *, retry: bool, dry_run: bool
) -> Iterator[Suggested]:
    """Each page in turn; its proposals are written before the next is asked about."""
    asker = _Asker(root, endpoint)
    for path in pages:
        try:
            yield _page(asker, path, retry=retry, dry_run=dry_run)
        except EndpointError as error:
            yield Suggested(path, problem=str(error))
        except DiagnosticsError as error:
            yield Suggested(path, problem="; ".join(problem.message for problem in error.problems))


def _page(asker: _Asker, path: str, *, retry: bool, dry_run: bool) -> Suggested:
    given = read_input(Repository(asker.root), path)
    if given is None:
        return Suggested(path)
    text = plain_text(given.page.article.body)
    asked: ModelQuestion | None = question(
        given.page, text, given.last, known_records(asker.root), asker.endpoint.model
    )
    answers: list[Answer] = []
    for _ in range(2 if retry else 1):
        if asked is None:
            break
        answer = asker.answer(asked)
        try:
            items, sent = read(answer, asked)
        except (ValueError, RecursionError) as error:
            return Suggested(path, tuple(answers), f"the model's answer is not a list of proposals: {error}")
        judged = submit.run(asker.root, sent, dry_run=dry_run)
        answers = [*(one for one in answers if isinstance(one, Acceptance)), *judged]
        asked = asked.again(answer, items, judged)
    return Suggested(path, tuple(answers))


@dataclass(frozen=True, slots=True)
class _Asker:
    """Asks the endpoint, and stores replies in the user's cache, by a digest of the whole request."""

    root: Path
    endpoint: Endpoint

    def answer(self, asked: ModelQuestion) -> str:
        """The reply, from the cache if it was asked before. Raises EndpointError."""
        file = self._file(asked)
        if file is not None and file.is_file():
            return file.read_text(encoding="utf-8")
        reply = self.endpoint.ask(asked.messages)
        if file is not None:
            replace_file(file, reply.encode())
        return reply

    def _file(self, asked: ModelQuestion) -> Path | None:
        body = repr((self.endpoint.url, self.endpoint.body(asked.messages)))
        try:
            return cache_folder(self.root) / "suggest" / f"{sha256(body.encode()).hexdigest()}.txt"
        except StateError:
            return None
