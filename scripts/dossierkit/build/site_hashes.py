"""Writes the manifest of the published site. Files that are unchanged since the last build are not hashed again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from dossierkit import __version__
from dossierkit.build.outputs import put
from dossierkit.cache import sealed
from dossierkit.cache.fingerprint import installed_version
from dossierkit.model.plain import dumps, parse
from dossierkit.store.history import committed
from dossierkit.store.site_manifest import OWN, PATH, SiteManifest, hashed, relative, site_files
from dossierkit.store.state import cache_folder

_FILE = "hashes"
_HEAD = b"dossierkit hashes 1\n"
_PROGRAMS = ("mkdocs-material", "jinja2", "markdown", "pymdown-extensions", "pygments", "nh3", "pillow")
"""Packages, beside the engine and Dossierkit, whose version can change the bytes of a page or a picture."""


class FileHash(NamedTuple):
    """The digest of a file, with its size, times (ns) and inode number when it was hashed, as in git's index."""

    size: int
    changed: int
    moved: int
    number: int
    digest: str


def write_manifest(root: Path, site: Path, address: str, engine: str, *, keep: bool = True) -> None:
    """Write the manifest of the site built from the repository at `root`; if it changed, remove the signature and time stamp of
    the old one.

    `keep`: use the hashes of the last build, and store those of this one.
    """
    before = _read(root) if keep else {}
    now = _hashes(site, before)
    files = {path: file_hash.digest for path, file_hash in now.items()}
    made = SiteManifest(address, committed(root, site), _versions(engine), files)
    _put(site, made.dumps())
    if keep and now != before:
        with suppress(OSError):  # the next build then hashes all files again
            sealed.write(cache_folder(root) / _FILE, _HEAD, dumps(now))


def mark(site: Path) -> None:
    """Write an empty manifest into a folder that has none, before any file of the site: so the next build knows it as its own,
    even if this one is interrupted.
    """
    if not (site / PATH).is_file():
        put(site / PATH, SiteManifest().dumps())


def _put(site: Path, data: bytes) -> None:
    file = site / PATH
    if file.is_file() and file.read_bytes() == data:
        return
    for path in OWN:
        (site / path).unlink(missing_ok=True)
    put(file, data)


def _hashes(site: Path, before: Mapping[str, FileHash]) -> dict[str, FileHash]:
    now: dict[str, FileHash] = {}
    for entry in site_files(site):
        path = relative(site, entry.path)
        if path in OWN:
            continue
        status = entry.stat()
        stamp = (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        known = before.get(path)
        digest = known.digest if known and known[:4] == stamp else hashed(entry.path)
        now[path] = FileHash(*stamp, digest)
    return now


def _read(root: Path) -> dict[str, FileHash]:
    try:
        hashes = parse(bytes(sealed.read(cache_folder(root) / _FILE, _HEAD)))
        return {path: FileHash(*hash_) for path, hash_ in hashes.items()}
    except (OSError, ValueError, TypeError):
        return {}


def _versions(engine: str) -> dict[str, str]:
    """Versions of the packages. That of Python is left out: all supported versions build the same site."""
    versions = {name: installed_version(name) for name in (engine, *_PROGRAMS)}
    return {"dossierkit": __version__, **{name: version for name, version in versions.items() if version}}
