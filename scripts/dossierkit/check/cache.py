"""What was found in each page, kept by a digest of everything that it rests on.

A cache is never trusted: a file that is broken, of another version or not ours is not used, and that is said. An entry
is found by its key alone, so a page whose inputs changed simply has none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dossierkit.check.finding import Checked, Fix
from dossierkit.model.diagnostic import Diagnostic
from dossierkit.store.state import StateError, cache_folder

FILE = "check.json"
_FORMAT = "dossierkit check 1"


@dataclass(frozen=True, slots=True)
class CachedCheck:
    """What was found in one page, and the relative links of its text."""

    checked: tuple[Checked, ...] = ()
    links: tuple[str, ...] = ()


class Cache:
    """`version` is part of every key: a digest of the rules and of the configuration. Only what was used is kept."""

    def __init__(self, version: str, checks: dict[str, CachedCheck] | None = None) -> None:
        self._version = version
        self._held = checks or {}
        self._used: dict[str, CachedCheck] = {}

    def key(self, *parts: str) -> str:
        return hashlib.sha256("\x1f".join((self._version, *parts)).encode()).hexdigest()

    def get(self, key: str) -> CachedCheck | None:
        entry = self._held.get(key)
        if entry is not None:
            self._used[key] = entry
        return entry

    def put(self, key: str, entry: CachedCheck) -> CachedCheck:
        self._used[key] = entry
        return entry

    @property
    def changed(self) -> bool:
        return self._used.keys() != self._held.keys()

    def dump(self) -> bytes:
        """The entries that were used, with a digest over them."""
        entries = json.dumps(
            {key: asdict(entry) for key, entry in sorted(self._used.items())}, ensure_ascii=False
        )
        return (
            f'{{"format": "{_FORMAT}", "digest": "{_digest(entries)}", "entries":\n{entries}\n}}\n'.encode()
        )


class ForeignCacheError(ValueError):
    """The file is no cache of ours, or is damaged; the message says which."""


def load(data: bytes) -> dict[str, CachedCheck]:
    """The entries that `dump` wrote. Raises ForeignCacheError."""
    head, _, rest = data.decode("utf-8", "replace").partition("\n")
    entries, _, _ = rest.partition("\n")
    if not head.startswith(f'{{"format": "{_FORMAT}"'):
        raise ForeignCacheError("it was written by another version, or by something else")
    if f'"digest": "{_digest(entries)}"' not in head:
        raise ForeignCacheError("it is damaged")
    return {key: _entry(value) for key, value in json.loads(entries).items()}


def read(root: Path) -> tuple[dict[str, CachedCheck], str]:
    """The entries kept for the repository, and why there are none where a cache could not be used."""
    try:
        return load((cache_folder(root) / FILE).read_bytes()), ""
    except FileNotFoundError:
        return {}, ""
    except StateError as error:
        return {}, f"there is no cache, since {error}"
    except (OSError, ForeignCacheError) as error:
        return (
            {},
            f"{FILE} of the cache is not used, since {getattr(error, 'strerror', None) or error}; it is written anew",
        )


def _entry(value: dict[str, Any]) -> CachedCheck:
    return CachedCheck(tuple(_checked(item) for item in value["checked"]), tuple(value["links"]))


def _checked(value: dict[str, Any]) -> Checked:
    fix = value["fix"]
    mend = Fix(fix["kind"], tuple(fix["path"]), fix["value"]) if fix else None
    return Checked(Diagnostic(**value["problem"]), mend)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def rules_version(package: Path, extra: Iterable[str] = ()) -> str:
    """A digest that changes with the code: names, sizes and times of the package's files, and versions given."""
    files = sorted(file for file in package.rglob("*") if file.suffix in {".py", ".yml"})
    lines = [
        f"{file.relative_to(package).as_posix()} {file.stat().st_size} {file.stat().st_mtime_ns}"
        for file in files
    ]
    return _digest("\n".join([*lines, *extra]))
