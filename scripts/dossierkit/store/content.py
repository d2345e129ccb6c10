"""Reads content/ into `Content`, and reports all its problems at once."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Protocol

from dossierkit.model.decision import Decision
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError, errors_in
from dossierkit.model.page import Content
from dossierkit.model.record import Record
from dossierkit.store import decisions
from dossierkit.store.inside import leads_out, real
from dossierkit.store.page_parser import Found, article, dossier, record
from dossierkit.store.schema import KINDS
from dossierkit.store.served import leftover
from dossierkit.store.utf8 import decoded

ARTICLES, RECORDS, DOSSIERS = "content/articles/", "content/entities/", "content/dossiers/"
"""The folders of pages, from the repository's root."""
_AT_A_TIME = 1000
"""The most pages whose texts are in memory at once."""

SETTLED = 2 * 10**9
"""In nanoseconds: after this time, a file's times show any later change, since no file system in use has longer steps."""
Stamp = tuple[int, int, int, int]
"""A file's size in bytes, its times of modification and of status change in nanoseconds, and its inode number."""


class PageFile:
    """The file of a page; `path` is relative to the repository. Its text is read on first access."""

    def __init__(self, file: str, path: str) -> None:
        self.file, self.path = file, path

    @cached_property
    def stamp(self) -> Stamp | None:
        """Equal stamps mean equal text; None if the file changed too recently to be sure."""
        now, status = time.time_ns(), os.stat(self.file)  # noqa: PTH116 - many
        times = status.st_mtime_ns, status.st_ctime_ns
        return (status.st_size, *times, status.st_ino) if now - max(times) > SETTLED else None

    @cached_property
    def text(self) -> str:
        """The text of the page. Raises DiagnosticsError."""
        _ = self.stamp  # taken first: if the file changes before it is read, the stamp is already outdated
        return text(self.file, self.path)


class PageCache(Protocol):
    """Pages as they were last read; a page whose text changed is not in the cache."""

    def known(self, source: PageFile) -> Found | DiagnosticsError | None:
        """The cached page; None if it is not in the cache. Raises DiagnosticsError if the text cannot be read."""

    def packed(self, source: PageFile, found: Found | DiagnosticsError) -> Any:  # noqa: ANN401 - known to `keep` alone
        """What `keep` needs of a page: made by the process that read it, so that no other serialises it."""

    def keep(self, source: PageFile, packed: Any) -> Found | DiagnosticsError:  # noqa: ANN401 - as above
        """Store a page, and return the value to use for it."""


class _Nothing:
    """An empty `PageCache` that stores nothing."""

    def known(self, source: PageFile) -> None: ...

    def packed(self, _source: PageFile, found: Found | DiagnosticsError) -> Found | DiagnosticsError:
        return found

    def keep(self, _source: PageFile, packed: Found | DiagnosticsError) -> Found | DiagnosticsError:
        return packed


_Build = Callable[[str, str, str], Found]
_File = tuple[str, PageFile]
"""Id and file of a page."""
Spread = Callable[[Callable[[_File], Any], Iterable[_File]], Iterable[Any]]
"""Like `map`; it may compute in other processes."""


def load_content(
    content: Path, root: Path | None = None, cache: PageCache | None = None, spread: Spread = map
) -> tuple[Content, tuple[Diagnostic, ...]]:
    """Read articles/, entities/ and dossiers/ below `content`; unreadable pages are left out and reported.

    Paths in problems are relative to `root` (default: the parent of `content`). Pages in `cache` are not read again.
    """
    load = partial(_load, base=root or content.parent, cache=cache or _Nothing(), spread=spread)
    articles, records, dossiers = (
        load(content / "articles", article),
        load(content / "entities", record),
        load(content / "dossiers", dossier),
    )
    unreadable = frozenset(articles.unreadable | records.unreadable)
    decided, wrong = _decisions(root or content.parent)
    problems = (*articles.problems, *records.problems, *dossiers.problems, *wrong)
    return Content(articles.pages, records.pages, dossiers.pages, unreadable, decided), problems


def _decisions(root: Path) -> tuple[tuple[Decision, ...], tuple[Diagnostic, ...]]:
    try:
        return load_decisions(root), ()
    except DiagnosticsError as error:
        return (), error.problems


def load_decisions(root: Path) -> tuple[Decision, ...]:
    """The site-wide decisions of the repository at `root`. Raises DiagnosticsError (D100, D410)."""
    file = root / decisions.PATH
    return decisions.load(text(file, decisions.PATH)) if file.is_file() else ()


def load_records(entities: Path) -> dict[str, Record]:
    """The authority records below one folder. Raises DiagnosticsError if any cannot be read."""
    loaded = _load(entities, record, base=entities.parent, cache=_Nothing(), spread=map)
    if errors_in(loaded.problems):
        raise DiagnosticsError(loaded.problems)
    return loaded.pages


@dataclass(frozen=True, slots=True)
class _Loaded:
    pages: dict[str, Any]
    problems: list[Diagnostic]
    unreadable: set[str]


def _load(folder: Path, build: _Build, *, base: Path, cache: PageCache, spread: Spread) -> _Loaded:
    """The pages below one folder."""
    found: dict[str, Found | DiagnosticsError | None] = {}
    place, every = folder.relative_to(base).as_posix(), ids(str(folder), real(folder.parent.parent))
    for start in range(0, len(every), _AT_A_TIME):
        some = every[start : start + _AT_A_TIME]
        sources = {id_: PageFile(f"{folder}/{id_}.md", f"{place}/{id_}.md") for id_ in some}
        found |= _known_or_read(sources, build, cache, spread)
    return _loaded(found)


def _known_or_read(
    sources: Mapping[str, PageFile], build: _Build, cache: PageCache, spread: Spread
) -> dict[str, Found | DiagnosticsError | None]:
    found: dict[str, Found | DiagnosticsError | None] = {}
    new: dict[str, PageFile] = {}
    for id_, source in sources.items():
        try:
            found[id_] = cache.known(source)
            if found[id_] is None:
                _ = source.text
                new[id_] = source
        except DiagnosticsError as error:
            found[id_] = error
    for (id_, source), made in zip(
        new.items(), spread(partial(_made, build, cache), new.items()), strict=True
    ):
        found[id_] = cache.keep(source, made)
    return found


def _made(build: _Build, cache: PageCache, file: _File) -> Any:  # noqa: ANN401 - as the cache packs it
    id_, source = file
    try:
        return cache.packed(source, build(id_, source.path, source.text))
    except DiagnosticsError as error:
        return cache.packed(source, error)


def _loaded(found: Mapping[str, Found | DiagnosticsError | None]) -> _Loaded:
    loaded = _Loaded({}, [], set())
    for id_, one in found.items():
        if isinstance(one, DiagnosticsError):
            loaded.problems.extend(one.problems)
            loaded.unreadable.add(id_)
        elif one is not None:
            loaded.pages[id_], warnings = one
            loaded.problems.extend(warnings)
    return loaded


def ids(folder: str, root: str = "") -> list[str]:
    """The ids of all pages below a folder except its index, sorted by the names of folders and files.

    `root`: the repository, in the form of `store.inside.real`; pages that are links out of it are left out.
    """
    found = (path.removesuffix(".md") for path in _pages(folder, "", root))
    return sorted((id_ for id_ in found if id_ != "index"), key=lambda id_: f"{id_}.md".split("/"))


def is_page(path: str) -> bool:
    """Whether a path below docs_dir is that of an article, a record or a dossier: in the folder of its kind, and not its index."""
    kind, _, name = path.partition("/")
    return kind in KINDS and name.endswith(".md") and name != "index.md"


def article_file(id_: str) -> str:
    """The path of an article's page, from the repository's root."""
    return f"{ARTICLES}{id_}.md"


def record_file(id_: str) -> str:
    """The path of a record's page, from the repository's root."""
    return f"{RECORDS}{id_}.md"


def dossier_file(id_: str) -> str:
    """The path of a dossier's page, from the repository's root."""
    return f"{DOSSIERS}{id_}.md"


def id_of(path: str) -> str:
    """The id of a page, by its path from the repository's root."""
    return path.split("/", 2)[2].removesuffix(".md")


def _pages(folder: str, path: str, root: str) -> Iterator[str]:
    """The paths of all files that end in `.md`, without backups; folders that are links are not entered."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _pages(entry.path, f"{path}{entry.name}/", root)
                continue
            out = root and entry.is_symlink() and leads_out(entry.path, root)
            if entry.name.endswith(".md") and not (out or leftover(entry.name)) and entry.is_file():
                yield f"{path}{entry.name}"


def text(file: str | Path, path: str) -> str:
    """The text of a page with LF line breaks. Raises DiagnosticsError."""
    with open(file, "rb") as opened:  # noqa: PTH123 - many
        data = opened.read()
    return decoded(data, path).replace("\r\n", "\n")
