"""The manifest of a built site: every file with its SHA-256, and one hash of all of them.

It is in the site at PATH, and may have a signature and a time stamp beside it; none of the three is listed in it. The root is
the hash of the output of `sha256sum` for all other files, sorted in byte order.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

FOLDER = ".well-known"
PATH = f"{FOLDER}/dossier.json"
SIGNATURE, STAMP = f"{PATH}.sig", f"{PATH}.tsr"
OWN = frozenset({PATH, SIGNATURE, STAMP})
_FORMAT = 1
_PREFIX = "sha256-"
_HASH = re.compile(r"sha256-[0-9a-f]{64}")
_MOST = 500_000
_OUTSIDE = frozenset({".git"})
"""Folders in a site's folder that do not belong to the site; in another work tree of a repository, `.git` is a file."""


class ManifestError(ValueError):
    """A file is not a manifest; the message says what was found and what was expected."""


@dataclass(frozen=True, slots=True)
class SiteManifest:
    """`site`: its address, empty if it has none. `revision`: the commit that it was built from, empty if not all pages are
    committed. `made_with`: versions by name. `files`: SHA-256 in hexadecimal digits by path, with `/`, from the site's root.
    """

    site: str = ""
    revision: str = ""
    made_with: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def root(self) -> str:
        """SHA-256 of the lines `HASH  PATH` in byte order, each with its line feed."""
        lines = sorted(
            f"{digest}  {path}\n".encode("utf-8", "surrogateescape") for path, digest in self.files.items()
        )
        return hashlib.sha256(b"".join(lines)).hexdigest()

    def dumps(self) -> bytes:
        """The manifest as JSON with sorted paths; equal sites give equal bytes."""
        payload: dict[str, object] = {"format": _FORMAT, "site": self.site}
        if self.revision:
            payload["revision"] = self.revision
        payload["made_with"] = dict(sorted(self.made_with.items()))
        payload["files"] = {path: f"{_PREFIX}{self.files[path]}" for path in sorted(self.files)}
        payload["root"] = f"{_PREFIX}{self.root}"
        return (json.dumps(payload, ensure_ascii=True, indent=1) + "\n").encode()


def loads(data: bytes) -> SiteManifest:
    """Read a manifest. Raises ManifestError, also for paths that lead out of a site and for a wrong root."""
    try:
        payload = json.loads(data)
    except ValueError:
        raise ManifestError("is not JSON") from None
    if not isinstance(payload, dict) or payload.get("format") != _FORMAT:
        raise ManifestError(f"is not a manifest of format {_FORMAT}, the only one that this version reads")
    files = payload.get("files")
    if not isinstance(files, dict) or len(files) > _MOST:
        raise ManifestError(f"has no list of at most {_MOST:,} files")
    for path, digest in files.items():
        if not safe(path):
            raise ManifestError(f"names {path[:200]!r}, which is not a path inside a site")
        if not isinstance(digest, str) or not _HASH.fullmatch(digest):
            raise ManifestError(f"has no SHA-256 for {path}")
    with_, hashes = (
        payload.get("made_with"),
        {path: file.removeprefix(_PREFIX) for path, file in files.items()},
    )
    versions = {str(name): str(one) for name, one in with_.items()} if isinstance(with_, dict) else {}
    found = SiteManifest(str(payload.get("site", "")), str(payload.get("revision", "")), versions, hashes)
    if payload.get("root") != f"{_PREFIX}{found.root}":
        raise ManifestError("has a root that is not that of its own list: somebody changed the list by hand")
    return found


def safe(path: str) -> bool:
    """Whether it is the path of a file below a folder, and unambiguous on every system."""
    parts = path.split("/")
    return (
        bool(path)
        and len(path) <= 1_000
        and not any(part in {"", ".", ".."} for part in parts)
        and not any(char in path for char in "\\\0\n\r")
        and PurePosixPath(path).parts[0] not in _OUTSIDE
        and path[1:2] != ":"
    )


def site_files(site: Path) -> Iterator[os.DirEntry[str]]:
    """Every file below a site's folder that a manifest lists; links to folders are not followed."""
    yield from _below(str(site), top=True)


def _below(folder: str, *, top: bool = False) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if top and entry.name in _OUTSIDE:
                continue
            if entry.is_dir():
                if not entry.is_symlink():
                    yield from _below(entry.path)
            else:
                yield entry


def relative(site: Path, path: str) -> str:
    """A path from `site_files` in the form of the manifest."""
    found = path[len(str(site)) :].lstrip(os.sep)
    return found if os.sep == "/" else found.replace(os.sep, "/")


def hashed(path: str | Path) -> str:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - many
        return hashlib.file_digest(file, "sha256").hexdigest()
