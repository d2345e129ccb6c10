"""The places of a site's files: a folder, a ZIP, or a server."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Protocol, Self

from dossierkit.store.site_manifest import OWN, hashed, relative, site_files

_MOST = 512_000_000
_STEP = 1 << 20


class AbsentError(Exception):
    """The file does not exist."""


class UnreadError(Exception):
    """A file may exist but cannot be read; the message says why."""


class SitePlace(Protocol):
    """Files by their path from the site's root."""

    def read(self, path: str) -> bytes:
        """The bytes of a file. Raises AbsentError, UnreadError."""

    def digest(self, path: str) -> str:
        """SHA-256 of a file. Raises AbsentError, UnreadError."""

    def unlisted(self, listed: Collection[str]) -> Iterator[str]:
        """The files that are not in `listed`, in the order of their paths; none if the place cannot list its files."""


class Folder:
    def __init__(self, site: Path) -> None:
        self._site = site

    def read(self, path: str) -> bytes:
        try:
            return (self._site / path).read_bytes()
        except OSError as error:
            raise _failed(error) from None

    def digest(self, path: str) -> str:
        try:
            return hashed(self._site / path)
        except OSError as error:
            raise _failed(error) from None

    def unlisted(self, listed: Collection[str]) -> Iterator[str]:
        found = (relative(self._site, entry.path) for entry in site_files(self._site))
        yield from sorted(path for path in found if path not in listed and path not in OWN)


class ZippedSite:
    """A ZIP, such as `dossier bundle` makes, with the site's files at its root."""

    def __init__(self, file: Path) -> None:
        """Raises UnreadError."""
        try:
            self._zip = zipfile.ZipFile(file)
        except (OSError, zipfile.BadZipFile):
            raise UnreadError("is not a ZIP, or is damaged") from None
        names = self._zip.namelist()
        if len(set(names)) != len(names):
            raise UnreadError("contains two files with one name: programs would not agree on which is meant")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_raised: object) -> None:
        self._zip.close()

    def read(self, path: str) -> bytes:
        return b"".join(self._parts(path))

    def digest(self, path: str) -> str:
        hasher = hashlib.sha256()
        for part in self._parts(path):
            hasher.update(part)
        return hasher.hexdigest()

    def unlisted(self, listed: Collection[str]) -> Iterator[str]:
        names = (member.filename for member in self._zip.infolist() if not member.is_dir())
        yield from sorted(path for path in names if path not in listed and path not in OWN)

    def _parts(self, path: str) -> Iterator[bytes]:
        try:
            info = self._zip.getinfo(path)
        except KeyError:
            raise AbsentError from None
        if info.file_size > _MOST:
            raise UnreadError(f"is longer than {_MOST:,} bytes")
        try:
            with self._zip.open(info) as file:
                while part := file.read(_STEP):
                    yield part
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError):
            raise UnreadError("cannot be unpacked: it is damaged") from None


class ServedSite:
    def __init__(self, url: str) -> None:
        """Raises UnreadError if `url` is not a web address."""
        from dossierkit.ingest.web.address import FetchError  # noqa: PLC0415 - brings what asks the web
        from dossierkit.ingest.web.one_site import MissingError, OneSite  # noqa: PLC0415 - as above

        self._missing, self._failed = MissingError, FetchError
        try:
            self._site = OneSite(url)
        except FetchError as error:
            raise UnreadError(str(error)) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: object) -> None:
        self._site.__exit__(*raised)

    def read(self, path: str) -> bytes:
        try:
            return self._site.read(path)
        except self._missing:
            raise AbsentError from None
        except self._failed as error:
            raise UnreadError(str(error)) from None

    def digest(self, path: str) -> str:
        return hashlib.sha256(self.read(path)).hexdigest()

    def unlisted(self, listed: Collection[str]) -> Iterator[str]:
        """Always empty: a server does not list its files."""
        del listed
        yield from ()


def place(where: str) -> AbstractContextManager[SitePlace]:
    """The place that a person named: an address, a folder, or a ZIP. Raises UnreadError."""
    if where.startswith(("http://", "https://")):
        return ServedSite(where)
    path = Path(where)
    if path.is_dir():
        return nullcontext(Folder(path))
    if path.is_file():
        return ZippedSite(path)
    raise UnreadError("is not there: a folder, a ZIP or an address (https://...) is expected")


def _failed(error: OSError) -> Exception:
    if isinstance(error, FileNotFoundError | NotADirectoryError | IsADirectoryError):
        return AbsentError()
    return UnreadError(f"cannot be read ({error.strerror})")
