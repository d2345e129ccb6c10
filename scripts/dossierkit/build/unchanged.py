"""Finds out whether nothing changed since the last build, before pages, settings and most modules are loaded.

A successful build stores a digest of size, times and inode number of every file that it could read or wrote, as git does in
its index. If anything differs or cannot be checked, the build goes on as usual.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from dossierkit.build.clock import instant
from dossierkit.build.messages import collected, messages
from dossierkit.cache import sealed
from dossierkit.model.plain import dumps, parse
from dossierkit.store.inside import SEEDS
from dossierkit.store.packaged import packaged_templates
from dossierkit.store.state import cache_folder

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

FILE = "unchanged"
EPOCH = "315532800"
"""Default of `SOURCE_DATE_EPOCH`, 1980-01-01: the site must not depend on the day of the build."""
_HEAD = b"dossierkit unchanged 1\n"
_SETTLED = 2 * 10**9
"""Nanoseconds: a file changed less than this ago could change again without a change of its times."""
_CONFIGURATION = "mkdocs.yml"
_PACKAGE = Path(__file__).parents[1]
_IGNORED = frozenset({".git", "node_modules", "__pycache__"})
"""Folders that are not part of a site."""
_ICONS = ".icons"
"""Folder of an installed theme with many files, which change only with its version."""


class UnknownInputsError(Exception):
    """The inputs of a build cannot be determined from files, because of a link or an inherited configuration."""


class LastBuild(NamedTuple):
    """The last successful build. `folders`: what it read. `site`: the folder that it wrote.

    `start`: its instant. `end`: the instant from which the site would be another, such as the end of an embargo; empty: never.
    Both as `build.clock` writes them. `inputs`, `outputs`: digests of files. `warnings`: the messages that it logged.
    """

    strict: bool
    folders: list[str]
    site: str
    start: str
    end: str
    inputs: str
    outputs: str
    warnings: list[str]


def unchanged(root: Path, *, strict: bool) -> LastBuild | None:
    """The last build of the repository at `root` if this one would make the same site, else None."""
    try:
        last = _read(cache_folder(root) / FILE)
        now = instant()
        same = (
            last.strict == strict
            and last.start <= now
            and (not last.end or now < last.end)
            and last.inputs == _inputs(root, last.folders).digest
            and last.outputs == _files(root, [last.site]).digest
        )
    except (OSError, ValueError, TypeError, UnknownInputsError):
        return None
    return last if same else None


def unchanged_site(root: Path, *, strict: bool) -> Path | None:
    """The site folder of the repository at `root`, if nothing changed since MkDocs built it last; otherwise None.

    The warnings of that build are printed again.
    """
    last = unchanged(root, strict=strict)
    if last is None:
        return None
    with messages() as logger:
        for line in last.warnings:
            logger.warning(line)
        logger.info("nothing changed since the last build: the site stays as it is")
    return Path(last.site)


class Recorder:
    """Takes the digest of a build's inputs before it begins, and stores it after the build succeeded."""

    def __init__(self, config: MkDocsConfig) -> None:
        self._root, self._site, self._strict = (
            Path(config.config_file_path).parent,
            config.site_dir,
            config.strict,
        )
        themes = map(str, (*config.theme.dirs, packaged_templates()))
        self._folders = list(dict.fromkeys((config.docs_dir, str(self._root / SEEDS), *themes)))
        self._start = instant()
        self._said: list[tuple[int, str]] = []
        self._before = self._look()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Collect the warnings of the build, so that a build without changes can repeat them."""
        with collected(logging.WARNING) as self._said:
            yield

    def done(self, end: str) -> None:
        """Store the build, which succeeded. `end`: see `LastBuild`. Errors are ignored.

        Inputs that changed meanwhile differ from the stored digest, so that the next build does not stop here. A build without the
        history is not stored: what lets git read it may be a setting outside the repository.
        """
        from dossierkit.store.git import refusal  # noqa: PLC0415 - `unchanged` is to start fast

        if not self._before or refusal(self._root):
            return
        with suppress(OSError, UnknownInputsError):
            made, warnings = _files(self._root, [self._site]).digest, [line for _, line in self._said]
            values = (self._strict, self._folders, self._site, self._start, end, self._before, made, warnings)
            _write(cache_folder(self._root) / FILE, LastBuild(*values))

    def _look(self) -> str:
        """Digest of all inputs; empty if it cannot be determined, or if a file was changed just now."""
        try:
            inputs = _inputs(self._root, self._folders)
        except (OSError, UnknownInputsError):
            return ""
        return "" if time.time_ns() - inputs.newest < _SETTLED else inputs.digest


class _FilesState(NamedTuple):
    """Digest of files. `newest`: the latest change of any of them, in nanoseconds since the epoch."""

    digest: str
    newest: int


def _inputs(root: Path, folders: list[str]) -> _FilesState:
    """State of all inputs: the repository, git's index and HEAD, the programs, the environment.

    Raises OSError, UnknownInputsError.
    """
    text = (root / _CONFIGURATION).read_text(encoding="utf-8")
    if "INHERIT" in text:
        raise UnknownInputsError
    named = sorted(f"{name}={value}" for name, value in os.environ.items() if name in text)
    epoch = os.environ.get("SOURCE_DATE_EPOCH", EPOCH)
    programs = [sys.version, *(f"{path} {_changed(path)}" for path in sys.path if path not in _here(root))]
    beside = [str(root / _CONFIGURATION), *_index(root)]
    files = _files(root, [*folders, *beside, str(_PACKAGE)])
    inputs = repr((text, named, epoch, programs, files.digest))
    return _FilesState(hashlib.blake2b(inputs.encode("utf-8", "surrogatepass")).hexdigest(), files.newest)


def _index(root: Path) -> Iterator[str]:
    """The files of git that change with the index or the commit: pages show the day on which they were committed."""
    for folder in (root.resolve(), *root.resolve().parents):
        place = folder / ".git"
        if place.is_file():  # a further work tree of a repository
            place = folder / place.read_text(encoding="utf-8").partition(":")[2].strip()
        if place.is_dir():
            yield from (str(place / name) for name in ("index", "HEAD", "logs/HEAD", "shallow"))
            return


def _here(root: Path) -> frozenset[str]:
    """Entries of `sys.path` that are the repository itself (`python -m`): its modification time changes with the site's folder."""
    return frozenset({"", str(root), str(root.resolve()), os.getcwd()})  # noqa: PTH109 - as `sys.path` has it


def _changed(path: str) -> int:
    """When a file was added to or removed from a folder, in nanoseconds; 0 if there is no such folder."""
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116 - many
    except OSError:
        return 0


def _files(root: Path, places: list[str]) -> _FilesState:
    """State of files, and of all files below folders. Raises UnknownInputsError for a link."""
    digest, newest = hashlib.blake2b(), 0
    for line, changed in _stamps(root, places):
        digest.update(line.encode("utf-8", "surrogatepass"))
        newest = max(newest, changed)
    return _FilesState(digest.hexdigest(), newest)


def _stamps(root: Path, places: list[str]) -> Iterator[tuple[str, int]]:
    for place in places:
        ignored = _IGNORED if Path(place).is_relative_to(root) else _IGNORED | {_ICONS}
        if os.path.islink(place):  # noqa: PTH114 - as below
            raise UnknownInputsError
        if os.path.isdir(place):  # noqa: PTH112 - many
            yield from _below(place, ignored)
        else:
            yield _stamp(place, os.stat(place)) if os.path.exists(place) else (f"{place}\n", 0)  # noqa: PTH110, PTH116 - as above


def _below(folder: str, ignored: frozenset[str]) -> Iterator[tuple[str, int]]:
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.is_symlink():
                raise UnknownInputsError
            if not entry.is_dir():
                yield _stamp(entry.path, entry.stat())
            elif entry.name not in ignored:
                yield f"{entry.path}/\n", 0
                yield from _below(entry.path, ignored)


def _stamp(path: str, status: os.stat_result) -> tuple[str, int]:
    times = status.st_mtime_ns, status.st_ctime_ns
    return f"{path} {status.st_size} {times} {status.st_ino}\n", max(times)


def _read(file: Path) -> LastBuild:
    """Raises ValueError if no build of this user wrote the file."""
    return LastBuild(*parse(bytes(sealed.read(file, _HEAD))))


def _write(file: Path, last: LastBuild) -> None:
    sealed.write(file, _HEAD, dumps(list(last)))
