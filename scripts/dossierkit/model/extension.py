"""Extensions of other packages, by entry points: readers, exports, checks, citation styles, languages.

docs/how-to/extend.md describes each group. Extensions cannot replace anything built in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

READERS, EXPORTS = "dossierkit.readers", "dossierkit.exports"
CHECKS, CITATIONS = "dossierkit.checks", "dossierkit.citations"
LANGUAGES = "dossierkit.languages"
GROUPS = (CHECKS, CITATIONS, EXPORTS, LANGUAGES, READERS)

T = TypeVar("T")


class ExtensionError(Exception):
    """An installed extension cannot be used; the message says why, and what to do."""


@cache
def _installed() -> Mapping[str, tuple[EntryPoint, ...]]:
    """All groups at once, since every look-up scans all installed packages."""
    from importlib.metadata import entry_points  # noqa: PLC0415 -- not every command asks

    found = entry_points()
    return {group: tuple(found.select(group=group)) for group in GROUPS}


@cache
def extensions(group: str) -> Mapping[str, EntryPoint]:
    """The entry points of a group by name, sorted. Raises ExtensionError if two packages use one name."""
    found: dict[str, EntryPoint] = {}
    for entry_point in sorted(_installed()[group], key=lambda point: (point.name, point.value)):
        if entry_point.name in found:
            both = f"{found[entry_point.name].value} and {entry_point.value}"
            raise ExtensionError(
                f"`{entry_point.name}` of {group} is brought by {both}: uninstall one of them"
            )
        found[entry_point.name] = entry_point
    return found


@cache
def brought(group: str, kind: type[T], built_in: frozenset[str] = frozenset()) -> Mapping[str, T]:
    """What a group brings, loaded, by name. Raises ExtensionError for another `kind` or the name of one that is built in."""
    found: dict[str, T] = {}
    for name, extension in extensions(group).items():
        if name in built_in:
            raise ExtensionError(
                f"{extension.value} brings `{name}`, which is built in: its makers must rename it"
            )
        value = extension.load()
        if not isinstance(value, kind):
            raise ExtensionError(
                f"{extension.value} is to be {kind.__name__} and is {type(value).__name__}: report it to its makers"
            )
        found[name] = value
    return found


@cache
def extension_programs() -> tuple[str, ...]:
    """A line for each entry point, with a digest of its module or package: what was made by another is not used."""
    return tuple(
        f"{group} {name} {extension.value} {_digest(extension)}"
        for group in GROUPS
        for name, extension in extensions(group).items()
    )


def _digest(point: EntryPoint) -> str:
    from importlib.util import find_spec  # noqa: PLC0415 -- only where something is brought

    spec = find_spec(point.module.partition(".")[0])
    digest = hashlib.sha256()
    for file in sorted(_files(spec.origin)) if spec and spec.origin else ():
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(origin: str) -> Iterator[Path]:
    """The file of a module; of a package, all of its files that are no compiled ones."""
    file = Path(origin)
    if file.name != "__init__.py":
        yield file
        return
    yield from (path for path in file.parent.rglob("*") if path.is_file() and path.suffix != ".pyc")
