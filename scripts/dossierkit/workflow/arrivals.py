"""`dossier arrivals`: the day on which each article was published here; `--write` puts it into pages, for builds without git."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from dossierkit.build.arrivals import known_to_git, shallow
from dossierkit.check.repository.inspect import unread
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import ArticlePage
from dossierkit.store.content import load_content
from dossierkit.store.edit import EditError, Put, apply
from dossierkit.store.history import PageHistory
from dossierkit.store.schema import ARTICLE, before
from dossierkit.text.number_of import number_of
from dossierkit.workflow.repository import Repository, exclusive
from dossierkit.workflow.say import say


def run(root: Path, *, write: bool) -> None:
    """Print each article's day, newest first.

    Raises DiagnosticsError for a history that git does not know whole, or a page that cannot be edited.
    """
    with exclusive(root):
        content, problems = load_content(root / "content", root)
        if problems:
            raise DiagnosticsError(problems)
        known = known_to_git(root, root / "content")
        if known is None:
            raise DiagnosticsError([shallow("error")])
        if refused := tuple(unread(root)):
            raise DiagnosticsError(refused)
        days = dict(_days(content.articles, known))
        for path, (day, on_page) in sorted(
            days.items(), key=lambda item: (item[1][0], item[0]), reverse=True
        ):
            say(f"{day}  {path}{'' if on_page else '  (from git)'}")
        if write:
            _write(root, {path: day for path, (day, on_page) in days.items() if not on_page})


def _days(
    articles: Mapping[str, ArticlePage], known: Mapping[str, PageHistory]
) -> Iterator[tuple[str, tuple[str, bool]]]:
    """By path, the day if it is known, and whether it is from the page itself."""
    for page in articles.values():
        if day := page.arrived or known.get(page.path, PageHistory()).arrived:
            yield page.path, (day, bool(page.arrived))


def _write(root: Path, days: Mapping[str, str]) -> None:
    repository = Repository(root)
    for path, day in days.items():
        try:
            text = apply(repository.page(path), [Put(("arrived",), day, before(ARTICLE, "arrived"))], path)
        except EditError as error:
            message = f"{error}: write `arrived: {day}` by hand"
            raise DiagnosticsError([Diagnostic(path, 1, 1, "D502", message)]) from None
        repository.write(path, text)
    repository.commit()
    say(f"{number_of(len(days), 'page')} written")
