"""Cached results of checks, by a digest of everything that they depend on, the page's path included: problems name it.

A cache file that is damaged, of another version or foreign is not used, and the report says so. Entries are found by
key only, so a page with changed inputs has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from dossierkit.cache import files
from dossierkit.check.report import Checked
from dossierkit.model.plain import digest, dumps, loads
from dossierkit.store.state import StateError, cache_folder

FILE = "checks"
_HEAD = b"dossierkit checks 2\n"


@dataclass(frozen=True, slots=True)
class CachedCheck:
    """Problems of one page, and the relative links in its text."""

    checked: tuple[Checked, ...] = ()
    links: tuple[str, ...] = ()


class _CachedChecks(NamedTuple):
    entries: Mapping[str, CachedCheck]


class Cache:
    """`version`, a digest of rules and configuration, is part of every key. Only used entries are written."""

    def __init__(self, version: str, checks: Mapping[str, CachedCheck] | None = None) -> None:
        self._version = version
        self._earlier = dict(checks or {})
        self._used: dict[str, CachedCheck] = {}

    def key(self, *parts: str) -> str:
        return digest("\x1f".join((self._version, *parts)).encode())

    def get(self, key: str) -> CachedCheck | None:
        entry = self._earlier.get(key)
        if entry is not None:
            self._used[key] = entry
        return entry

    def put(self, key: str, entry: CachedCheck) -> CachedCheck:
        self._used[key] = entry
        return entry

    @property
    def entries(self) -> Mapping[str, CachedCheck]:
        """The entries that were used."""
        return self._used

    @property
    def changed(self) -> bool:
        return self._used.keys() != self._earlier.keys()

    def write(self, root: Path) -> None:
        """Write the used entries for the repository. Raises OSError."""
        body = dumps(_CachedChecks(dict(sorted(self._used.items()))))
        files.write(cache_folder(root) / FILE, _HEAD, body)


def read(root: Path) -> tuple[Mapping[str, CachedCheck], str]:
    """The cached entries of the repository, and why a cache could not be used."""
    try:
        found: _CachedChecks = loads(_CachedChecks, bytes(files.read(cache_folder(root) / FILE, _HEAD)))
    except FileNotFoundError:
        return {}, ""
    except StateError as error:
        return {}, f"there is no cache, since {error}"
    except (OSError, files.ForeignFileError) as error:
        why = getattr(error, "strerror", None) or error
        return {}, f"{FILE} of the cache is not used, since {why}; it is written again"
    return found.entries, ""
