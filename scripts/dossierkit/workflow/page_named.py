"""A page that a person names by its file or its id, for `dossier publish` and `dossier withdraw`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches

import click

from dossierkit.evidence import visibility
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import Content, ContentPage

_ALIKE = 0.8
_KINDS = ("articles", "entities", "dossiers")


def page_named(content: Content, problems: Sequence[Diagnostic], named: str) -> tuple[str, ContentPage]:
    """The path below content/, and the page. Raises click.UsageError, and DiagnosticsError if the page cannot be read."""
    path = named.replace("\\", "/").removeprefix("./").removeprefix("content/")
    pages = dict(visibility.pages_of(content))
    places = [path, f"{path}.md", *(f"{kind}/{path}.md" for kind in _KINDS)]
    found = [(place, pages[place]) for place in places if place in pages]
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"content/{place}" for place, _ in found)
        raise click.UsageError(f"`{named}` may be any of {listed}: name the file")
    wrong = [problem for problem in problems if problem.path.removeprefix("content/") in places]
    if wrong:
        raise DiagnosticsError(wrong)
    guess = meant(path.removesuffix(".md"), _ids(pages))
    raise click.UsageError(
        f"no page `{named}`: {guess}name a file below content/, or an article's id such as 2016/some-slug"
    )


def meant(name: str, names: Iterable[str]) -> str:
    """The question whether a similar name is meant, for a message that goes on; empty if none is similar."""
    close = get_close_matches(name, names, 1, _ALIKE)
    return f"did you mean `{close[0]}`? Otherwise " if close else ""


def _ids(pages: Iterable[str]) -> list[str]:
    """What pages may be called: the paths below content/ and the ids, without `.md`."""
    paths = [path.removesuffix(".md") for path in pages]
    return [*(path.partition("/")[2] for path in paths), *paths]
