"""Extensions by other packages through entry points: readers, exports, checks, citation styles, languages.

docs/how-to/extend.md describes each group. An extension must not use the name of anything built in. Whatever is wrong with one
is told in the same way: what it is, its package with its version, its entry point, and where it failed.
"""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from dossierkit import __version__

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

READERS, EXPORTS = "dossierkit.readers", "dossierkit.exports"
CHECKS, CITATIONS = "dossierkit.checks", "dossierkit.citations"
LANGUAGES = "dossierkit.languages"
GROUPS = {
    CHECKS: "check",
    CITATIONS: "citation style",
    EXPORTS: "export",
    LANGUAGES: "language",
    READERS: "reader",
}
"""What an entry point of each group is."""
TRACE = "DOSSIER_TRACE"
"""Environment variable: if set, tracebacks of unexpected errors are printed."""
_PROGRAM = "dossierkit"
_MOST = 200  # characters of an exception's text

T = TypeVar("T")


class ExtensionError(Exception):
    """An extension of an installed package cannot be used; the message says why, and what to do. `trace`: of what it raised."""

    def __init__(self, message: str, trace: str = "") -> None:
        super().__init__(message)
        self.trace = trace


@cache
def _installed() -> Mapping[str, tuple[EntryPoint, ...]]:
    """The entry points of all groups, found in one search of the installed packages."""
    from importlib.metadata import entry_points  # noqa: PLC0415 -- not every command asks

    found = entry_points()
    return {group: tuple(found.select(group=group)) for group in GROUPS}


@cache
def extensions(group: str, built_in: frozenset[str] = frozenset()) -> Mapping[str, EntryPoint]:
    """The entry points of a group by name, sorted. Raises ExtensionError if two packages use one name, or one a built-in name, or
    a package is for other versions of Dossierkit.
    """
    found: dict[str, EntryPoint] = {}
    for one in sorted(_installed()[group], key=lambda one: (one.name, one.value)):
        if one.name in built_in:
            raise ExtensionError(
                f"{_package(one)} brings `{one.name}`, which is built in: its makers must rename it"
            )
        if one.name in found:
            both = f"{_package(found[one.name])} and {_package(one)}"
            raise ExtensionError(
                f"the {GROUPS[group]} `{one.name}` is brought by {both}: uninstall one of them"
            )
        _fitting(one)
        found[one.name] = one
    return found


@cache
def brought(group: str, kind: type[T], built_in: frozenset[str] = frozenset()) -> Mapping[str, T]:
    """The loaded extensions of a group by name. Raises ExtensionError if one is not of `kind` or has a built-in name."""
    found: dict[str, T] = {}
    for name, point in extensions(group, built_in).items():
        value = loaded(point)
        if not isinstance(value, kind):
            raise wrong(group, name, f"is to be {kind.__name__} and is {type(value).__name__}")
        found[name] = value
    return found


def loaded(extension: EntryPoint) -> Any:  # noqa: ANN401 - whatever the package brings
    """The value of an entry point. Raises ExtensionError if its module cannot be imported, or has no such name."""
    try:
        return extension.load()
    except Exception as error:
        message = f"{_named(extension.group, extension)} cannot be loaded ({cause(error)}): update or uninstall its package, or {_report()}"
        raise ExtensionError(message, _trace(error)) from error


def wrong(group: str, name: str, what: str, at: str = "") -> ExtensionError:
    """The error for an extension that is not, or does not give, what it should: its sentence goes on with `what`. `at`: the page."""
    place = f"{at}: " if at else ""
    return ExtensionError(
        f"{place}{_named(group, _installed_as(group, name))} {what}: report it to its makers"
    )


@contextmanager
def blaming(group: str, name: str, at: str = "", passed: tuple[type[Exception], ...] = ()) -> Iterator[None]:
    """Raise ExtensionError for any exception of an extension that the block calls, except those in `passed`. `at`: the page.

    `sys.exit` counts as one: it would end the command without a word.
    """
    try:
        yield
    except ExtensionError:
        raise
    except passed:
        raise
    except (Exception, SystemExit) as error:
        place = f"{at}: " if at else ""
        message = (
            f"{place}{_named(group, _installed_as(group, name))} failed with {cause(error)}: {_report()}"
        )
        raise ExtensionError(message, _trace(error)) from error


def guarded(group: str, name: str, function: Callable[..., T]) -> Callable[..., T]:
    """A function of an extension, any exception of which becomes an ExtensionError."""
    return partial(_called, group, name, function)


def _called(group: str, name: str, function: Callable[..., T], *given: object) -> T:
    with blaming(group, name):
        return function(*given)


def _installed_as(group: str, name: str) -> EntryPoint:
    return next(one for one in _installed()[group] if one.name == name)


def _named(group: str, point: EntryPoint) -> str:
    return f"the {GROUPS[group]} `{point.name}` of {_package(point)}"


def _package(point: EntryPoint) -> str:
    return f"{point.dist.name} {point.dist.version} ({point.value})" if point.dist else point.value


def cause(error: BaseException) -> str:
    """The kind and the text of an exception, on one line."""
    text = " ".join(str(error).split())[:_MOST]
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def _report() -> str:
    return f"report it to its makers, with the traceback that the command prints with {TRACE}=1 in the environment"


def _trace(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


def _fitting(point: EntryPoint) -> None:
    """Raise ExtensionError if the package of an entry point requires other versions of Dossierkit than this one."""
    from packaging.requirements import InvalidRequirement, Requirement  # noqa: PLC0415 -- as in _digest

    for text in (point.dist.requires or ()) if point.dist else ():
        try:
            needed = Requirement(text)
        except InvalidRequirement:
            continue  # pip has refused to install it
        unconditional = needed.name.lower() == _PROGRAM and not needed.marker
        if unconditional and not needed.specifier.contains(__version__, prereleases=True):
            raise ExtensionError(
                f"{_package(point)} is for Dossierkit {needed.specifier}, and this is {__version__}: install a version of it for "
                "this one, or uninstall it"
            )


@cache
def extension_programs() -> tuple[str, ...]:
    """A line for each entry point with a digest of its module or package, to invalidate caches when an extension changes."""
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
    """The file of a module, or all files of a package but compiled ones."""
    file = Path(origin)
    if file.name != "__init__.py":
        yield file
        return
    yield from (path for path in file.parent.rglob("*") if path.is_file() and path.suffix != ".pyc")
