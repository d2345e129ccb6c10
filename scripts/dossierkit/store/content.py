"""Reads content/ into `Content`, and reports all its problems at once."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any, Protocol

import yaml

from dossierkit.model.decision import Decision
from dossierkit.model.diagnostic import Diagnostic, DiagnosticsError
from dossierkit.model.imported import ImportOrigin
from dossierkit.model.media import Medium
from dossierkit.model.notice import Correction, Withdrawal
from dossierkit.model.page import (
    ArticlePage,
    ArticleSelection,
    Content,
    DossierPage,
    EarlierSource,
    SourceNote,
)
from dossierkit.model.record import Location, Name, Record, Relation
from dossierkit.store import decisions, frontmatter, schema
from dossierkit.store.inside import leads_out, real
from dossierkit.store.items import author, entry, references, taken
from dossierkit.store.leftovers import leftover
from dossierkit.store.proposed import PROPOSED
from dossierkit.store.reader import FrontMatterReader, Values
from dossierkit.text.recordfacts import article_facts, fact_properties

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$")

_AT_A_TIME = 1000
"""The most pages whose texts are in memory at once."""

Extra = tuple[tuple[str, object], ...]


Found = tuple[Any, list[Diagnostic]]
"""A page, and warnings about it."""


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

    def keep(self, source: PageFile, found: Found | DiagnosticsError) -> Found | DiagnosticsError:
        """Store a page, and return the value to use for it."""


class _Nothing:
    """An empty `PageCache` that stores nothing."""

    def known(self, source: PageFile) -> None: ...

    def keep(self, _source: PageFile, found: Found | DiagnosticsError) -> Found | DiagnosticsError:
        return found


_Build = Callable[[str, str, str], Found]
_File = tuple[str, str, str]
"""Id, path and text of a page."""
Spread = Callable[
    [Callable[[_File], Found | DiagnosticsError], Iterable[_File]], Iterable[Found | DiagnosticsError]
]
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
    """The site-wide decisions of the repository at `root`. Raises DiagnosticsError (D410)."""
    file = root / decisions.PATH
    return decisions.load(file.read_text(encoding="utf-8", errors="replace")) if file.is_file() else ()


def load_records(entities: Path) -> dict[str, Record]:
    """The authority records below one folder. Raises DiagnosticsError if any cannot be read."""
    loaded = _load(entities, record, base=entities.parent, cache=_Nothing(), spread=map)
    if any(problem.severity == "error" for problem in loaded.problems):
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
    files = [(id_, source.path, source.text) for id_, source in new.items()]
    for (id_, source), made in zip(new.items(), spread(partial(_made, build), files), strict=True):
        found[id_] = cache.keep(source, made)
    return found


def _made(build: _Build, file: _File) -> Found | DiagnosticsError:
    try:
        return build(*file)
    except DiagnosticsError as error:
        return error


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


def id_of(path: str) -> str:
    """The id of the page at `content/KIND/ID.md`."""
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
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8: save the page as UTF-8"
        raise DiagnosticsError([Diagnostic(path, 1, 1, "D100", message)]) from None


def _read(
    id_: str, path: str, text: str, keys: tuple[schema.Key, ...]
) -> tuple[Values, Extra, frontmatter.Parts, list[Diagnostic]]:
    parts = frontmatter.parse(text, path)
    reader = FrontMatterReader(path)
    values, found = reader.mapping(parts.root, keys)
    extra = tuple(pair for pair in found if pair[0] != PROPOSED)  # read by `store.proposed` only
    if not ID.match(id_):
        message = f"the file's name `{id_}` is its id: use lower-case a-z, 0-9 and single hyphens"
        reader.problems.append(Diagnostic(path, 0, 0, "D110", message))
    if any(problem.severity == "error" for problem in reader.problems):
        raise DiagnosticsError(reader.problems)
    return values, extra, parts, reader.problems


def article(id_: str, path: str, text: str) -> tuple[ArticlePage, list[Diagnostic]]:
    """An article page from its text. Raises DiagnosticsError; the list holds warnings."""
    values, extra, parts, warnings = _read(id_, path, text, schema.ARTICLE)
    page = ArticlePage(
        id=id_,
        path=path,
        source=_source(_without_position(values.pop("source", {}))),
        entities=references(values.pop("entities", ())),
        timeline=tuple(map(entry, values.pop("timeline", ()))),
        **_shown(values),
        **_notices(values),
        body=parts.body,
        body_line=parts.body_line,
        extra=extra,
        waiting=_waits(parts.root),
        **_without_position(values),
    )
    return page, warnings


def _waits(root: yaml.MappingNode) -> bool:
    """Whether any list under `proposed:` has an item."""
    under = (
        value for key, value in root.value if key.value == PROPOSED and isinstance(value, yaml.MappingNode)
    )
    return any(isinstance(sub, yaml.SequenceNode) and sub.value for value in under for _, sub in value.value)


def record(id_: str, path: str, text: str) -> tuple[Record, list[Diagnostic]]:
    """An authority record from its text. Raises DiagnosticsError; the list holds warnings."""
    values, extra, parts, warnings = _read(id_, path, text, schema.RECORD)
    location = values.pop("location", None)
    page = Record(
        id=id_,
        path=path,
        aliases=tuple(_names(values.pop("aliases", ()))),
        weak_aliases=tuple(_names(values.pop("weak_aliases", ()))),
        relations=tuple(Relation(**item) for item in values.pop("relations", ())),
        location=Location(**_without_position(location)) if location else None,
        sources=tuple(ImportOrigin(**_without_position(item)) for item in values.pop("sources", ())),
        facts=taken(values, fact_properties()),
        **_shown(values),
        **_notices(values),
        body=parts.body,
        body_line=parts.body_line,
        extra=extra,
        **_without_position(values),
    )
    return page, warnings


def dossier(id_: str, path: str, text: str) -> tuple[DossierPage, list[Diagnostic]]:
    """A dossier page from its text. Raises DiagnosticsError; the list holds warnings."""
    values, extra, parts, warnings = _read(id_, path, text, schema.DOSSIER)
    page = DossierPage(
        id=id_,
        path=path,
        articles=tuple(_placed(values.pop("articles", ()))),
        cast=tuple(_placed(values.pop("cast", ()))),
        select=ArticleSelection(**_without_position(values.pop("select", {}))),
        **_shown(values),
        **_notices(values),
        body=parts.body,
        body_line=parts.body_line,
        extra=extra,
        **_without_position(values),
    )
    return page, warnings


def _source(values: Values) -> SourceNote:
    earlier = tuple(EarlierSource(**_without_position(one)) for one in values.pop("earlier", ()))
    return SourceNote(earlier=earlier, facts=taken(values, article_facts()), **values)


def _notices(values: Values) -> dict[str, Any]:
    """Corrections and withdrawal, removed from `values`."""
    withdrawn = values.pop("withdrawn", None)
    return {
        "corrections": tuple(Correction(**item) for item in values.pop("corrections", ())),
        "withdrawn": Withdrawal(**_without_position(withdrawn)) if withdrawn else None,
    }


def _shown(values: Values) -> dict[str, Any]:
    """Pictures, authors and media, removed from `values`."""
    image = values.pop("image", None)
    return {
        "image": Medium(**image) if image else None,
        "authors": tuple(map(author, values.pop("authors", ()))),
        "media": tuple(map(_medium, values.pop("media", ()))),
    }


def _medium(item: Values) -> Medium:
    return Medium(**{**item, "page": int(item.get("page", 0))})


def lead_image(text: str, path: str) -> tuple[Medium | None, list[Diagnostic]]:
    """The picture of one of the site's own pages, which may have no front matter; and its problems."""
    if not text.startswith("---"):
        return None, []
    reader = FrontMatterReader(path)
    root = frontmatter.parse(text, path).root
    given = [pair for pair in root.value if str(pair[0].value) == schema.IMAGE.name]
    if not given:
        return None, []
    values, _ = reader.mapping(yaml.MappingNode(root.tag, given), schema.LEAD)
    return _shown(values)["image"], reader.problems


def _names(items: tuple[Values, ...]) -> Iterator[Name]:
    return (Name(item["name"], item.get("lang", "")) for item in items)


def _placed(items: tuple[Values, ...]) -> Iterator[tuple[str, int, int]]:
    return ((item["id"], item["line"], item["col"]) for item in items)


def _without_position(values: Values) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in {"line", "col"}}


READERS: Mapping[str, Callable[[str, str, str], Found]] = {
    "articles": article,
    "entities": record,
    "dossiers": dossier,
}
"""By kind of page; each takes id, path and text."""
