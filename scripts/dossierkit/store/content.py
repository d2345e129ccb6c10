"""content/ on disk -> `Content`, with everything that is wrong with it at once."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Protocol, TypeVar

from dossierkit.model.notice import Correction, Withdrawal
from dossierkit.model.page import (
    ArticlePage,
    Content,
    DossierPage,
    EntityRef,
    Selection,
    SourceNote,
    TimelineEntry,
)
from dossierkit.model.problem import Problem, ProblemsError
from dossierkit.model.record import Location, Name, Record, Relation
from dossierkit.store import frontmatter, schema
from dossierkit.store.held import PROPOSED
from dossierkit.store.reader import Reader, Values

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*$")
_T = TypeVar("_T")

Extra = tuple[tuple[str, object], ...]


Found = tuple[Any, list[Problem]]
"""A page, and what there is to warn of."""


class Kept(Protocol):
    """Pages as they were read last, by path; a text that is not the same has not been read."""

    def known(self, path: str, text: str) -> Found | ProblemsError | None: ...

    def keep(self, path: str, text: str, found: Found | ProblemsError) -> Found | ProblemsError:
        """What stands for it from now on."""


def load_content(
    content: Path, root: Path | None = None, kept: Kept | None = None
) -> tuple[Content, tuple[Problem, ...]]:
    """Read articles/, entities/ and dossiers/ below `content`; pages that cannot be read are left out and reported.

    Paths in problems are relative to `root` (default: the parent of `content`). Pages whose text `kept` knows are
    not read again.
    """
    base = root or content.parent
    unreadable: set[str] = set()
    articles, wrong_articles = _load(content / "articles", base, _keeping(article, kept), unreadable)
    records, wrong_records = _load(content / "entities", base, _keeping(record, kept), unreadable)
    dossiers, wrong_dossiers = _load(content / "dossiers", base, _keeping(dossier, kept), set())
    problems = (*wrong_articles, *wrong_records, *wrong_dossiers)
    return Content(articles, records, dossiers, frozenset(unreadable)), problems


def load_records(entities: Path) -> dict[str, Record]:
    """The authority records below one directory. Raises ProblemsError when any cannot be read."""
    records, problems = _load(entities, entities.parent, record, set())
    if any(problem.severity == "error" for problem in problems):
        raise ProblemsError(problems)
    return records


def _load(
    folder: Path, base: Path, build: Callable[[str, str, str], tuple[_T, list[Problem]]], unreadable: set[str]
) -> tuple[dict[str, _T], list[Problem]]:
    pages: dict[str, _T] = {}
    problems: list[Problem] = []
    place = folder.relative_to(base).as_posix()
    for id_ in _ids(str(folder)):
        path = f"{place}/{id_}.md"
        try:
            pages[id_], found = build(id_, path, text(f"{folder}/{id_}.md", path))
            problems += found
        except ProblemsError as error:
            problems += error.problems
            unreadable.add(id_)
    return pages, problems


def _ids(folder: str) -> list[str]:
    """Of all pages below a folder but its index, sorted by the names of their folders and their own."""
    start = len(folder) + 1
    found = [
        f"{place[start:]}/{name}".lstrip("/").replace(os.sep, "/").removesuffix(".md")
        for place, _, names in os.walk(folder)
        for name in names
        if name.endswith(".md")
    ]
    return sorted((id_ for id_ in found if id_ != "index"), key=lambda id_: f"{id_}.md".split("/"))


def _keeping(
    build: Callable[[str, str, str], tuple[_T, list[Problem]]], kept: Kept | None
) -> Callable[[str, str, str], tuple[_T, list[Problem]]]:
    """The same function; what it makes of a text is kept, and given for the same text at the same path."""
    if kept is None:
        return build

    def known(id_: str, path: str, text: str) -> tuple[_T, list[Problem]]:
        found = kept.known(path, text)
        if found is None:
            try:
                found = build(id_, path, text)
            except ProblemsError as error:
                found = error
            found = kept.keep(path, text, found)
        if isinstance(found, ProblemsError):
            raise found
        return found

    return known


def text(file: str | Path, path: str) -> str:
    """What a page holds. Raises ProblemsError."""
    with open(file, "rb") as opened:  # noqa: PTH123 - many
        data = opened.read()
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8: save the page as UTF-8"
        raise ProblemsError([Problem(path, 1, 1, "D100", message)]) from None


def _read(
    id_: str, path: str, text: str, keys: tuple[schema.Key, ...]
) -> tuple[Values, Extra, frontmatter.Parts, list[Problem]]:
    parts = frontmatter.parse(text, path)
    reader = Reader(path)
    values, found = reader.mapping(parts.root, keys)
    extra = tuple(pair for pair in found if pair[0] != PROPOSED)  # nobody but the desk reads what waits
    if not ID.match(id_):
        message = f"the file's name `{id_}` is its id: use lower-case a-z, 0-9 and single hyphens"
        reader.problems.append(Problem(path, 0, 0, "D110", message))
    if any(problem.severity == "error" for problem in reader.problems):
        raise ProblemsError(reader.problems)
    return values, extra, parts, reader.problems


def article(id_: str, path: str, text: str) -> tuple[ArticlePage, list[Problem]]:
    """An article page from its text. Raises ProblemsError; the list holds warnings."""
    values, extra, parts, warnings = _read(id_, path, text, schema.ARTICLE)
    page = ArticlePage(
        id=id_,
        path=path,
        source=SourceNote(**_without_position(values.pop("source", {}))),
        entities=tuple(EntityRef(**item) for item in values.pop("entities", ())),
        timeline=tuple(TimelineEntry(**item) for item in values.pop("timeline", ())),
        **_notices(values),
        body=parts.body,
        body_line=parts.body_line,
        extra=extra,
        **_without_position(values),
    )
    return page, warnings


def record(id_: str, path: str, text: str) -> tuple[Record, list[Problem]]:
    """An authority record from its text. Raises ProblemsError; the list holds warnings."""
    values, extra, parts, warnings = _read(id_, path, text, schema.RECORD)
    location = values.pop("location", None)
    page = Record(
        id=id_,
        path=path,
        aliases=tuple(_names(values.pop("aliases", ()))),
        weak_aliases=tuple(_names(values.pop("weak_aliases", ()))),
        relations=tuple(Relation(**item) for item in values.pop("relations", ())),
        location=Location(**_without_position(location)) if location else None,
        **_notices(values),
        body=parts.body,
        extra=extra,
        **_without_position(values),
    )
    return page, warnings


def dossier(id_: str, path: str, text: str) -> tuple[DossierPage, list[Problem]]:
    """A dossier page from its text. Raises ProblemsError; the list holds warnings."""
    values, extra, parts, warnings = _read(id_, path, text, schema.DOSSIER)
    page = DossierPage(
        id=id_,
        path=path,
        articles=tuple(_placed(values.pop("articles", ()))),
        cast=tuple(_placed(values.pop("cast", ()))),
        select=Selection(**_without_position(values.pop("select", {}))),
        **_notices(values),
        body=parts.body,
        extra=extra,
        **_without_position(values),
    )
    return page, warnings


def _notices(values: Values) -> dict[str, Any]:
    """What every kind of page may say of itself afterwards, taken out of the values."""
    withdrawn = values.pop("withdrawn", None)
    return {
        "corrections": tuple(Correction(**item) for item in values.pop("corrections", ())),
        "withdrawn": Withdrawal(**_without_position(withdrawn)) if withdrawn else None,
    }


def _names(items: tuple[Values, ...]) -> Iterator[Name]:
    return (Name(item["name"], item.get("lang", "")) for item in items)


def _placed(items: tuple[Values, ...]) -> Iterator[tuple[str, int, int]]:
    return ((item["id"], item["line"], item["col"]) for item in items)


def _without_position(values: Values) -> dict[str, Any]:
    return {name: value for name, value in values.items() if name not in {"line", "col"}}
