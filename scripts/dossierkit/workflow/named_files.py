"""What a person names on the command line: a file or a folder by its path, a page also by its id or without `.md`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path, PurePosixPath

import click

from dossierkit.evidence import visibility
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.page import Content, ContentPage
from dossierkit.store import seeds
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


def article_pages(root: Path, paths: Sequence[Path]) -> tuple[str, ...]:
    """The articles that are named by their page, their source or a folder, by default all: paths from the root.

    Raises click.UsageError.
    """
    every = _pages(root, ARTICLES)
    if not paths:
        return every
    return tuple(dict.fromkeys(page for path in paths for page in _articles_at(root, path, every)))


def _articles_at(root: Path, path: Path, every: Sequence[str]) -> tuple[str, ...]:
    name = path_named(root, path)
    if (root / name).is_dir():
        return tuple(page for page in every if page.startswith(f"{name}/") or name == ".")
    if name in every:
        return (name,)
    stem = name.removesuffix(seeds.SUGGESTED).removesuffix(".yml")
    found = tuple(page for page in every if _names_seed((root / page).read_bytes(), name, stem))
    if not found:
        advice = "name an article" if name.startswith("content/") else f"run `dossier add {path}`"
        raise click.UsageError(f"{path} is not an article, and no page has it as its source: {advice}")
    return found


def _names_seed(page: bytes, name: str, stem: str) -> bool:
    """Whether a page has a file of seeds/, or a file beside it, as its source: a fast search of bytes, checked later."""
    return name.encode() in page or (stem != name and f"{stem}.".encode() in page)


def record_pages(root: Path, path: Path | None) -> tuple[str, ...]:
    """The records at or below `path`, by default all: paths from the root. Raises click.UsageError."""
    records = _pages(root, RECORDS)
    if path is None:
        return records
    place = path_named(root, path)
    return tuple(name for name in records if PurePosixPath(name).is_relative_to(place))


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
    paths = [_plain(page) for kind in _KINDS for page in _pages(root, kind)]
    return [*(path.partition("/")[2] for path in paths), *paths]


def _pages(root: Path, kind: str) -> tuple[str, ...]:
    """The pages in the folder of a kind, sorted paths from the root."""
    pages = sorted(file.relative_to(root).as_posix() for file in (root / kind).rglob("*.md"))
    return tuple(page for page in pages if not page.endswith("/index.md"))
