"""What a person names on the command line: a file or a folder by its path, a page also by its id or without `.md`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path

import click

from dossierkit.evidence import visibility
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import Content, ContentPage
from dossierkit.store.content import ARTICLES, DOSSIERS, RECORDS

_ALIKE = 0.8
_CONTENT = "content/"
_KINDS = (ARTICLES, RECORDS, DOSSIERS)


def path_named(root: Path, name: Path | str) -> str:
    """The path from the root of a file or a folder that exists; "." is the repository itself.

    `name`: a path from the current folder or from the root, without `content/` or `.md` too, or the id of a page. Raises
    click.UsageError for others.
    """
    expected = "name a file or a folder of this repository, or an article's id such as 2016/some-slug"
    return _typed(root, name, Path.exists) or _page(root, name, f"{name} is not in this repository", expected)


def page_path(root: Path, name: Path | str) -> str:
    """As `path_named`, for commands that take a page: a folder of that name elsewhere in the repository is not meant."""
    expected = "name a file below content/, or an article's id such as 2016/some-slug"
    return _typed(root, name, Path.is_file) or _page(root, name, f"no page `{name}`", expected)


def page_named(
    root: Path, content: Content, problems: Iterable[Diagnostic], name: str
) -> tuple[str, ContentPage]:
    """The path below content/ of the page that is named, and the page.

    Raises click.UsageError, and DiagnosticsError if the page is among those that cannot be read.
    """
    path = page_path(root, name)
    place = path.removeprefix(_CONTENT)
    if page := dict(visibility.pages_of(content)).get(place):
        return place, page
    if wrong := [problem for problem in problems if problem.path == path]:
        raise DiagnosticsError(wrong)
    raise click.UsageError(f"{path} is no article, record or dossier: name a file below content/")


def record_id(name: str) -> str:
    """The id of a record that is named by its id or its file."""
    return _plain(name).removeprefix(RECORDS.removeprefix(_CONTENT))


def meant(name: str, names: Iterable[str]) -> str:
    """The question whether a similar name is meant, for a message that goes on; empty if none is similar."""
    close = get_close_matches(name, names, 1, _ALIKE)
    return f"did you mean `{close[0]}`? Otherwise " if close else ""


def _typed(root: Path, name: Path | str, is_there: Callable[[Path], bool]) -> str:
    """The path from the root if `name` is a path, from the current folder or else from the root; otherwise empty."""
    for place in (Path(os.path.normpath(folder / name)) for folder in (Path.cwd(), root)):
        if is_there(place) and place.resolve().is_relative_to(root.resolve()):
            inside = place if place.is_relative_to(root) else place.resolve()
            return inside.relative_to(root if inside is place else root.resolve()).as_posix()
    return ""


def _page(root: Path, name: Path | str, missing: str, expected: str) -> str:
    """The path from the root of the one page, or folder of pages, that `name` means. Raises click.UsageError."""
    plain = _plain(str(name))
    stems = [f"{_CONTENT}{plain}", *(f"{kind}{plain}" for kind in _KINDS)]
    found = [f"{stem}.md" for stem in stems if (root / f"{stem}.md").is_file()]
    found = found or [stem for stem in stems if (root / stem).is_dir()]
    if len(found) == 1:
        return found[0]
    if found:
        raise click.UsageError(f"`{name}` may be any of {', '.join(found)}: name the file")
    raise click.UsageError(f"{missing}: {meant(plain, _names(root))}{expected}")


def _plain(name: str) -> str:
    return name.replace("\\", "/").removeprefix("./").removeprefix(_CONTENT).removesuffix(".md")


def _names(root: Path) -> Sequence[str]:
    """What pages may be called: their ids, and their paths below content/ without `.md`."""
    folder = root / _CONTENT
    paths = [
        file.relative_to(folder).with_suffix("").as_posix()
        for kind in _KINDS
        for file in sorted((root / kind).rglob("*.md"))
    ]
    return [*(path.partition("/")[2] for path in paths), *paths]
