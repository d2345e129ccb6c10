"""Extensions by other packages through entry points: readers, exports, checks, citation styles, languages.

docs/how-to/extend.md describes each group. An extension must not use the name of anything built in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

READERS, EXPORTS = "dossierkit.readers", "dossierkit.exports"
CHECKS, CITATIONS = "dossierkit.checks", "dossierkit.citations"
LANGUAGES = "dossierkit.languages"
GROUPS = (CHECKS, CITATIONS, EXPORTS, LANGUAGES, READERS)

T = TypeVar("T")


class ExtensionError(Exception):
    """An extension of an installed package cannot be used; the message says why, and what to do."""


@cache
def _installed() -> Mapping[str, tuple[EntryPoint, ...]]:
    """The entry points of all groups, found in one search of the installed packages."""
    from importlib.metadata import entry_points  # noqa: PLC0415 -- not every command asks

    found = entry_points()
    return {group: tuple(found.select(group=group)) for group in GROUPS}


@cache
def extensions(group: str, built_in: frozenset[str] = frozenset()) -> Mapping[str, EntryPoint]:
    """The entry points of a group by name, sorted. Raises ExtensionError if two packages use one name, or one a built-in name."""
    found: dict[str, EntryPoint] = {}
    for one in sorted(_installed()[group], key=lambda one: (one.name, one.value)):
        if one.name in built_in:
            raise ExtensionError(
                f"{one.value} brings `{one.name}`, which is built in: its makers must rename it"
            )
        if one.name in found:
            both = f"{found[one.name].value} and {one.value}"
            raise ExtensionError(f"`{one.name}` of {group} is brought by {both}: uninstall one of them")
        found[one.name] = one
    return found


@cache
def brought(group: str, kind: type[T], built_in: frozenset[str] = frozenset()) -> Mapping[str, T]:
    """The loaded extensions of a group by name. Raises ExtensionError if one is not of `kind` or has a built-in name."""
    found: dict[str, T] = {}
    for name, one in extensions(group, built_in).items():
        value = loaded(one)
        if not isinstance(value, kind):
            raise ExtensionError(
                f"{one.value} is to be {kind.__name__} and is {type(value).__name__}: report it to its makers"
            )
        found[name] = value
    return found


def loaded(one: EntryPoint) -> Any:  # noqa: ANN401 - whatever the package brings
    """The value of an entry point. Raises ExtensionError if its module cannot be imported, or has no such name."""
    try:
        return one.load()
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        package = one.dist.name if one.dist else one.module
        raise ExtensionError(
            f"{one.value} of the package {package} cannot be loaded ({what}): update or uninstall it, or report it to its makers"
        ) from error


@cache
def extension_programs() -> tuple[str, ...]:
    """A line for each entry point with a digest of its module or package, to invalidate caches when an extension changes."""
    return tuple(
        f"{group} {name} {one.value} {_digest(one)}"
        for group in GROUPS
        for name, one in extensions(group).items()
    )


def _digest(one: EntryPoint) -> str:
    from importlib.util import find_spec  # noqa: PLC0415 -- only where something is brought

    spec = find_spec(one.module.partition(".")[0])
    digest = hashlib.sha256()
    for file in sorted(_files(spec.origin)) if spec and spec.origin else ():
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(origin: str) -> Iterator[Path]:
    """The file of a module, or all files of a package but compiled ones."""
    file = Path(origin)
    if file.name != "__init__.py":
        yield file
        return
    yield from (path for path in file.parent.rglob("*") if path.is_file() and path.suffix != ".pyc")
